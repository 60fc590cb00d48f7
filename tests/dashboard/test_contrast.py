"""Whatever is sent can be read: by anyone, on black and on white, in the colours that the terminal makes of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.contrast import CONSOLE, XTERM, Palette, contrast, pale, shown
from tests.dashboard.stage import Stage, follow_app, on_stage, opened, replay_app, taught
from tui_nn.dashboard.apps.base import LessonApp
from tui_nn.session.events import Moved, Noted
from tui_nn.session.storage import bundled_lessons

_LEAST = 3.0
_LEAST_OF_RESULT = 4.5
_ON_ANY = {**XTERM, **CONSOLE}
_ON_WHITE = {name: palette for name, palette in _ON_ANY.items() if name.endswith("on white")}
# A theme of its own ground is the same on each.
_ON_ONE = {"xterm on black": XTERM["xterm on black"]}


class _Reader:
    """Looks at the screen again and again, and remembers what could not be read."""

    def __init__(self, stage: Stage, palettes: dict[str, Palette]) -> None:
        self._stage = stage
        self._palettes = palettes
        self.pale: list[str] = []
        self.looks = 0

    def look(self) -> None:
        self.looks += 1
        cells = self._stage.terminal.cells
        for name, palette in self._palettes.items():
            self.pale += [f"{name}: {found}" for found in pale(cells, palette, _LEAST)]

    async def press(self, *keys: str) -> None:
        """Presses keys, and looks after each."""
        for key in keys:
            await self._stage.press(key)
            await self._stage.still()
            self.look()

    async def type(self, text: str) -> None:
        """Types, and looks at it."""
        await self._stage.type(text)
        self.look()


@asynccontextmanager
async def _read(
    app: LessonApp | str, palettes: dict[str, Palette], size: tuple[int, int] = (120, 40)
) -> AsyncIterator[tuple[Stage, _Reader]]:
    opening = opened(app, size) if isinstance(app, str) else on_stage(app, size)
    async with opening as stage:
        reader = _Reader(stage, palettes)
        reader.look()
        yield stage, reader
        assert reader.looks > 1
        assert not reader.pale, "\n".join(dict.fromkeys(reader.pale))


@pytest.fixture
def sixteen_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", "standard")


@pytest.mark.usefixtures("sixteen_colours")
@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_sixteen_colours_can_be_read_on_black_and_on_white(size: tuple[int, int]) -> None:
    async with _read("lecture", _ON_ANY, size) as (stage, reader):
        await stage.go_to("37 delta2")
        # The charts, what Explain says and where its numbers come from, the derivation, the check and a mistake.
        await reader.press(*"123456", "e", "enter", "right", "escape", "y", "right", "escape")
        await reader.press("G", "M", "down", "enter", "escape", "escape", "7", "8")
        # The help, the palette, dialogs and what they refuse.
        await reader.press("?", "down", "escape", "ctrl+p")
        await reader.type("th")
        await reader.press("down", "escape", "g")
        await reader.type("nowhere")
        await reader.press("enter", "escape", "E", "escape", "o", "escape")
        # Cells that are typed into, settings, a second run, a new row.
        await stage.focus("data")
        await reader.type("7x")
        await reader.press("enter", "escape", "escape")
        await stage.focus("settings")
        await reader.press("down", "right", "escape", "b", "V", "escape", "N")
        await reader.type("8 5")
        await reader.press("enter")
        for severity in ("information", "warning", "error"):
            stage.app.notify("A notice.", severity=severity)
        await stage.settle()
        reader.look()
        await reader.press("t")
        await reader.type("3")
        await reader.press("enter", "escape", "q")


@pytest.mark.usefixtures("sixteen_colours")
@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light"])
async def test_in_sixteen_colours_the_result_stands_out_from_the_page(
    theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LessonApp, "colours", theme)
    async with opened("lecture") as stage:
        await stage.go_to("37 delta3")
        filled = {
            cell for row in stage.terminal.cells for cell in row if cell.background != "default" and cell.char.strip()
        }
        assert {"8", "9", "δ"} <= {cell.char for cell in filled}
        for palette in (one for name, one in _ON_ANY.items() if name != "console on grey"):
            for text, ground in (shown(cell, palette) for cell in filled):
                assert contrast(ground, palette.background) >= _LEAST
                assert contrast(text, ground) >= _LEAST_OF_RESULT


@pytest.mark.usefixtures("sixteen_colours")
async def test_sixteen_colours_can_be_read_in_a_quiz_a_replay_and_as_a_follower(tmp_path: Path) -> None:
    async with _read("lecture-quiz", _ON_ANY) as (_, reader):
        await reader.press("P")
        await reader.type("3x3")
        await reader.press("enter", "P")
        await reader.type("2x2")
        await reader.press("enter", "a", "a")
    async with _read(replay_app(bundled_lessons.bundled()["lecture-walkthrough"]), _ON_ANY, (80, 24)) as (_, reader):
        await reader.press("space", "down", "down", "down", "right", "l", "escape")
    async with _read(follow_app(taught(tmp_path, Moved(2, "J"), Noted("hm"))), _ON_ANY) as (_, reader):
        await reader.press("tab")


@pytest.mark.parametrize(
    ("theme", "system", "no_color"),
    [
        ("textual-dark", "truecolor", False),
        ("textual-light", "truecolor", False),
        ("colour-blind", "truecolor", False),
        ("high-contrast", "truecolor", False),
        ("ansi-light", "standard", False),
        ("", "truecolor", True),
    ],
)
async def test_every_theme_can_be_read_with_its_lines_and_dialogs(
    theme: str, system: str, no_color: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LessonApp, "colours", theme)
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", system)
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    async with _read("lecture", _ON_WHITE if theme == "ansi-light" else _ON_ONE) as (stage, reader):
        await stage.go_to("37 delta2")
        await reader.press("e", "G", "M", "escape", "6", "?", "escape", "ctrl+p", "escape", "g")
        await reader.type("nowhere")
        await reader.press("enter", "escape")
        for severity in ("information", "warning", "error"):
            stage.app.notify("A notice.", severity=severity)
        await stage.settle()
        reader.look()
