"""Every theme can be read, and tells apart what has to be told apart; so do sixteen colours, and none."""

from itertools import combinations

import pytest
from rich.color import Color, ColorType
from rich.style import Style
from textual.theme import BUILTIN_THEMES

from tests.dashboard.stage import Stage, opened
from tests.emulator import Cell
from tui_nn.dashboard.apps.base import LessonApp
from tui_nn.dashboard.apps.launch import use
from tui_nn.dashboard.terminal.themes import OWN_THEMES
from tui_nn.dashboard.widgets.canvas import Canvas
from tui_nn.session.storage.session_file import SessionError
from tui_nn.writing.notation.signs import UNICODE

_STYLES = (
    "",
    "label",
    "current",
    "operand",
    "pending",
    "faint",
    "title",
    "editing",
    "error",
    "mark",
    "good",
    "source",
)
# What may stand in one matrix, or beside another one on whose part in the step a class is to see the difference.
_TOLD_APART = ("", "current", "operand", "source", "cursor", "editing")
_THEMES = sorted({*BUILTIN_THEMES, *(theme.name for theme in OWN_THEMES)})
_LEAST_CONTRAST, _HIGH_CONTRAST = 4.0, 7.0


def _luminance(colour: Color) -> float:
    parts = [part / 255 for part in colour.get_truecolor()]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(style: Style) -> float:
    """By the formula of the Web Content Accessibility Guidelines, from 1 to 21."""
    assert style.color
    assert style.bgcolor
    lighter, darker = sorted((_luminance(style.color), _luminance(style.bgcolor)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


async def _styles(stage: Stage, theme: str) -> dict[str, Style]:
    """The styles of a pane and of the lines above and below the panes."""
    stage.app.theme = theme
    await stage.settle()
    pane = stage.app.screen.query_one("#forward", Canvas)
    lines = {
        "header": ("title", "", "faint", "label"),
        "keys": ("title", ""),
        "banner": ("label",),
        "tabs": ("faint",),
    }
    of_lines = {
        f"{name} of {line}": stage.app.screen.query_one(f"#{line}", Canvas).style_of(name)
        for line, names in lines.items()
        for name in names
    }
    return {name: pane.style_of(name) for name in (*_STYLES, "cursor")} | of_lines


async def test_every_theme_can_be_read_and_tells_the_parts_of_a_step_apart() -> None:
    async with opened(size=(80, 24), trained=False) as stage:
        for theme in _THEMES:
            _can_be_read(theme, await _styles(stage, theme))


def _can_be_read(theme: str, styles: dict[str, Style]) -> None:
    for one, other in combinations(_TOLD_APART, 2):
        assert styles[one] != styles[other], (theme, one, other)
    if theme.startswith("ansi"):
        # Which colours these are is the terminal's own affair; the same one twice can't be read on any.
        for name in ("current", "source", "editing"):
            style = styles[name]
            assert style.color
            assert style.bgcolor
            assert style.color.type is style.bgcolor.type is ColorType.STANDARD
            assert style.color.number != style.bgcolor.number, (theme, name)
        return
    least = _HIGH_CONTRAST if theme == "high-contrast" else _LEAST_CONTRAST
    contrasts = {name: _contrast(style) for name, style in styles.items() if name != "cursor"}
    assert {name: contrast for name, contrast in contrasts.items() if contrast < least} == {}, theme


async def test_another_theme_is_drawn_at_once_and_loses_nothing() -> None:
    async with opened() as stage:
        await stage.go_to("37 delta2")
        await stage.press("e")
        before, looks = stage.text, set()
        for theme in _THEMES:
            stage.app.theme = theme
            await stage.settle()
            assert stage.text == before, theme
            looks.add(tuple(map(tuple, stage.terminal.cells)))
        assert len(looks) == len(_THEMES)


def _look(cell: Cell) -> tuple[object, ...]:
    return cell[1:]


async def test_without_colours_the_parts_of_a_step_are_told_apart_by_weight_and_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened() as stage:
        await stage.go_to("37 delta2")
        await stage.press("e")
        lines, cells = stage.terminal.lines, stage.terminal.cells

        def look(text: str) -> tuple[object, ...]:
            y = next((y for y, line in enumerate(lines) if text in line[:63]), 0)
            y = y or next(y for y, line in enumerate(lines) if text in line)
            return _look(cells[y][lines[y].index(text)])

        # The cell explained, the rest of its matrix, one that it was made from, an operand, and what has no part in it.
        looks = [look(text) for text in ("0.003215", "0.001736", "0.01148", "0.00049", "0.7240")]
        assert len(set(looks)) == len(looks)
        # Seen from afar as well: what is chosen among cells that stand on white is the one that does not.
        assert [look(text)[-1] for text in ("0.003215", "0.001736")] == [False, True]
        for cell in (cell for line in cells for cell in line):
            for colour in (cell.foreground, cell.background):
                assert colour == "default" or colour[:2] == colour[2:4] == colour[4:], "a grey"


async def test_a_terminal_of_sixteen_colours_gets_a_theme_of_sixteen_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    for system, theme in (("standard", "ansi-dark"), ("256", "textual-dark"), ("truecolor", "textual-dark")):
        monkeypatch.setattr("textual.constants.COLOR_SYSTEM", system)
        async with opened(trained=False) as stage:
            assert stage.app.theme == theme
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", "standard")
    monkeypatch.setattr(LessonApp, "colours", "nord")
    async with opened(trained=False) as stage:
        assert stage.app.theme == "nord"


def test_a_theme_that_there_is_not_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(SessionError) as error:
        use(UNICODE, "pi\x1bnk")
    assert str(error.value).startswith("there is no theme called pi�nk; there are ansi-dark, ")
    assert "high-contrast" in str(error.value)


@pytest.mark.parametrize("system", ["standard", "truecolor"])
async def test_without_colours_no_theme_is_chosen_or_offered_of_which_nothing_could_be_seen(
    system: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", system)
    monkeypatch.setattr(LessonApp, "colours", "ansi-light")
    async with opened() as stage:
        assert not stage.app.theme.startswith("ansi")
        assert not [name for name in stage.app.themes if name.startswith("ansi")]
        for line in stage.terminal.cells:
            for cell in line:
                if cell.char.strip():
                    assert cell.foreground != cell.background


async def test_the_fill_of_the_result_can_be_read_without_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened() as stage:
        await stage.go_to("37 delta2")
        for line in stage.terminal.cells:
            for cell in line:
                if cell.reversed:
                    assert (
                        _contrast(Style(color=f"#{cell.foreground}", bgcolor=f"#{cell.background}")) >= _HIGH_CONTRAST
                    )
