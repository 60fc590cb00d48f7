"""The look of the screen, as a picture that a person has looked at. `pytest --snapshot-update` takes them anew."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

import pytest
from textual.pilot import Pilot

from tests.dashboard.stage import Stage, lesson_app
from tests.emulator import Emulator
from tui_nn.dashboard.app import Following

SnapCompare: TypeAlias = Callable[..., bool]
Scene: TypeAlias = Callable[[Stage], Awaitable[None]]


async def _start(stage: Stage) -> None:
    """Nothing pressed yet."""
    await stage.settle()


async def _delta3(stage: Stage) -> None:
    await stage.go_to("37 delta3")


async def _end(stage: Stage) -> None:
    await stage.press("end", "c")


async def _refusal(stage: Stage) -> None:
    await stage.focus("data")
    await stage.press("down", *"7x", "enter")


async def _settings(stage: Stage) -> None:
    await stage.focus("settings")
    await stage.press("down")


async def _help(stage: Stage) -> None:
    await stage.press("?")


_SCENES: dict[str, tuple[str, Scene]] = {
    "start": ("lecture", _start),
    "iteration-37-at-delta3": ("lecture", _delta3),
    "the-last-update": ("lecture", _end),
    "a-refusal-in-the-data": ("lecture", _refusal),
    "settings": ("lecture", _settings),
    "help": ("lecture", _help),
    "xor": ("xor", _delta3),
    "too-fast": ("too-fast", _end),
}


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("scene", _SCENES)
def test_the_screen(scene: str, size: tuple[int, int], snap_compare: SnapCompare) -> None:
    lesson, play = _SCENES[scene]
    app = lesson_app(lesson)

    async def before(pilot: Pilot[Following]) -> None:
        stage = Stage(app, pilot, Emulator(*size))
        await stage.still()
        await play(stage)
        await stage.still()

    assert snap_compare(app, terminal_size=size, run_before=before)
