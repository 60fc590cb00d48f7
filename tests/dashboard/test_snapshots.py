"""The look of the screen, as a picture that a person has looked at. `pytest --snapshot-update` takes them anew."""

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from tests.dashboard.stage import Stage, follow_app, lesson_app, opened, replay_app, taught
from tests.emulator import Emulator
from tui_nn.dashboard.apps.base import Following, LessonApp
from tui_nn.network import NO_SCALING, Dataset, Start
from tui_nn.session.document import Document
from tui_nn.session.events import (
    CellSet,
    Event,
    HyperparameterSet,
    Looked,
    Marked,
    Moved,
    Noted,
    Selected,
)
from tui_nn.session.storage.document_toml import dump
from tui_nn.writing.notation.signs import ASCII

SnapCompare: TypeAlias = Callable[..., bool]
Scene: TypeAlias = Callable[[Stage], Awaitable[None]]
Make: TypeAlias = Callable[[Path], LessonApp]

_TAUGHT: tuple[Event, ...] = (
    Moved(1, "A2"),
    Marked("the hidden units answer"),
    Moved(37, "delta3"),
    Noted("The error, times the slope of f."),
    Looked("data"),
    Selected("x", 2, 1),
    CellSet("x", 2, 1, 7.0),
    Looked("forward"),
    Selected("W1", 1, 2),
    Looked("step"),
    HyperparameterSet("learning_rate", 0.5),
    Marked("slower"),
)


def _lesson(name: str, _directory: Path) -> LessonApp:
    return lesson_app(name)


def _straight(directory: Path) -> LessonApp:
    """A network whose every number is rounded once: the last digits of J are those of any processor."""
    data = Dataset(np.array([[1.0, 0.0]]), np.array([[3.0]]), ("slept", "studied"), ("score",), NO_SCALING, NO_SCALING)
    document = Document("Straight lines", data, (2,), "identity", "identity", start=Start("ones"), learning_rate=0.125)
    (directory / "straight.toml").write_text(dump(document), encoding="utf-8")
    return lesson_app(directory / "straight.toml")


def _not_recorded_lesson(directory: Path) -> LessonApp:
    """A lesson for whose recording there is no folder, but a file where it ought to be."""
    (directory / "state").write_text("in the way\n", encoding="utf-8")
    return lesson_app("lecture")


def _replayed(directory: Path) -> LessonApp:
    return replay_app(taught(directory, *_TAUGHT))


def _followed(directory: Path) -> LessonApp:
    return follow_app(taught(directory, *_TAUGHT))


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


async def _two_runs(stage: Stage) -> None:
    await stage.go_to("12 J")
    await stage.press("b", "enter")
    await stage.focus("settings")
    await stage.press(*["down"] * 7, *"0.5", "enter", "escape", "c")
    await stage.go_to("37 delta3[1,1]")
    await stage.focus("compare")


async def _note(stage: Stage) -> None:
    await stage.go_to("37 delta3")
    await stage.press("r")
    await stage.type(
        "This is the error, times the slope of f: where f is flat, a unit learns little however wrong it is."
    )
    await stage.press("enter", "m")
    await stage.type("the error")
    await stage.press("enter")


async def _weight(stage: Stage) -> None:
    await stage.go_to("20 J")
    await stage.press("h")
    await stage.focus("forward")
    await stage.press("right", "right", "right", "enter")


async def _check(stage: Stage) -> None:
    await stage.go_to("delta3")
    await stage.press("8", "G", "left")


async def _mistake(stage: Stage) -> None:
    await stage.go_to("delta3")
    await stage.press("7", "M", "3", "enter", "1", "enter", "3")


async def _slope(stage: Stage) -> None:
    await stage.go_to("37 delta3")
    await stage.press("7")


async def _derivation(stage: Stage) -> None:
    await stage.go_to("37 dJdW2")
    await stage.press("y", *["right"] * 4)


async def _quiz(stage: Stage) -> None:
    for answer in ("3x2", "3x2", "3x1", "3x1", "0.45"):
        await stage.press("P")
        await stage.type(answer)
        await stage.press("enter")


async def _question(stage: Stage) -> None:
    await stage.press(*["P", "a", "a"] * 5, "P")
    await stage.type("1 2")
    await stage.press("enter")


async def _new_row(stage: Stage) -> None:
    await stage.go_to("37 update")
    await stage.press("N")
    await stage.type("8 5")
    await stage.press("enter")
    await stage.focus("results")


async def _replay(stage: Stage) -> None:
    await stage.go_to("8")


async def _look_around(stage: Stage) -> None:
    await stage.go_to("4")
    await stage.press("l", "down", "right")


async def _follow(stage: Stage) -> None:
    # There is nobody who teaches it: the class is told so when the file has been looked at.
    await stage.until(lambda: "gone" in str(stage.app.status().banner))
    await stage.press("home", "escape")


async def _one_step(stage: Stage) -> None:
    await stage.press("right")


_SCENES: dict[str, tuple[Make, Scene]] = {
    "start": (partial(_lesson, "lecture"), _start),
    "iteration-37-at-delta3": (partial(_lesson, "lecture"), _delta3),
    "the-last-update": (partial(_lesson, "lecture"), _end),
    "a-refusal-in-the-data": (partial(_lesson, "lecture"), _refusal),
    "settings": (partial(_lesson, "lecture"), _settings),
    "help": (partial(_lesson, "lecture"), _help),
    "xor": (partial(_lesson, "xor"), _delta3),
    "too-fast": (partial(_lesson, "too-fast"), _end),
    "two-runs": (partial(_lesson, "lecture"), _two_runs),
    "a-note-and-a-mark": (partial(_lesson, "lecture"), _note),
    "setting-a-weight": (partial(_lesson, "lecture"), _weight),
    "gradient-check": (_straight, _check),
    "a-mistake-found": (_straight, _mistake),
    "along-a-weight": (partial(_lesson, "lecture"), _slope),
    "derivation": (partial(_lesson, "lecture"), _derivation),
    "quiz": (partial(_lesson, "lecture-quiz"), _quiz),
    "no-answer": (partial(_lesson, "lecture-quiz"), _question),
    "new-row": (partial(_lesson, "lecture"), _new_row),
    "replay": (_replayed, _replay),
    "looking-around": (_replayed, _look_around),
    "following": (_followed, _follow),
    "not-recorded": (_not_recorded_lesson, _one_step),
}


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("scene", _SCENES)
def test_the_screen(scene: str, size: tuple[int, int], snap_compare: SnapCompare, tmp_path: Path) -> None:
    make, play = _SCENES[scene]
    app = make(tmp_path)

    async def before(pilot: Pilot[Following]) -> None:
        stage = Stage(app, pilot, Emulator(*size))
        await stage.still()
        await play(stage)
        await stage.still()

    assert snap_compare(app, terminal_size=size, run_before=before)


_SIZES = ((200, 60), (120, 40), (100, 30), (80, 24), (60, 20))
_LOOKS = {"high-contrast": "", "colour-blind": "", "ansi-dark": "", "textual-light": "", "no-colour": "1"}


async def _explained(stage: Stage) -> None:
    await stage.go_to("37 delta2")
    await stage.press("e", "right")


@pytest.mark.parametrize("size", _SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("look", ["default", *_LOOKS])
def test_every_size_in_every_look(
    look: str, size: tuple[int, int], snap_compare: SnapCompare, monkeypatch: pytest.MonkeyPatch
) -> None:
    if look in _LOOKS:
        monkeypatch.setenv("NO_COLOR", _LOOKS[look])
        monkeypatch.setattr(LessonApp, "colours", "" if _LOOKS[look] else look)
    app = lesson_app("lecture")

    async def before(pilot: Pilot[Following]) -> None:
        stage = Stage(app, pilot, Emulator(*size))
        await stage.still()
        await _explained(stage)
        await stage.still()

    assert snap_compare(app, terminal_size=size, run_before=before)


@pytest.mark.parametrize("size", _SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_every_size_in_ascii(
    size: tuple[int, int], snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LessonApp, "notation", ASCII)
    async with opened(size=size) as stage:
        await _explained(stage)
        await stage.still()
        # What is written, where the pictures show what is meant to be.
        assert "\n".join(line.rstrip() for line in stage.terminal.lines) == snapshot
