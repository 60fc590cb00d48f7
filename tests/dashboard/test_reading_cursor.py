"""The terminal's own cursor, which screen readers, braille displays and magnifiers follow."""

import re

import pytest

from tests.dashboard.stage import Stage, opened


def _around_cursor(stage: Stage) -> tuple[str, str]:
    """The texts before the terminal's cursor on its line, and from the cursor on; empty if it is hidden."""
    if (cursor := stage.terminal.cursor) is None:
        return "", ""
    x, y = cursor
    line = stage.terminal.lines[y]
    return line[:x], line[x:]


async def test_it_stands_where_the_user_is_and_where_text_is_typed() -> None:
    async with opened() as stage:
        await stage.press("f3")
        await stage.dismiss_notices()
        await stage.focus("forward")
        await stage.press("right", "right", "right")
        view = stage.app.view
        assert view
        assert view.selected
        assert view.iteration_numbers
        matrix = view.iteration_numbers.computed[view.selected.matrix]
        cell = float(matrix[view.selected.row - 1, view.selected.column - 1])
        shown = re.match(r"[ −]*[0-9.]+", _around_cursor(stage)[1])
        assert shown
        assert float(shown[0].replace("−", "-")) == pytest.approx(cell, abs=1e-4)
        await stage.focus("data")
        await stage.press("1", "2")
        assert _around_cursor(stage)[0].endswith("12")
        await stage.press("escape", "g")
        await stage.type("37")
        assert _around_cursor(stage)[0].endswith("37")
        await stage.press("escape", "f3")
        assert stage.terminal.cursor is None


async def test_it_is_there_from_the_start_if_the_user_asks_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUI_NN_CURSOR", "1")
    async with opened() as stage:
        await stage.press("right")
        # Without a pane that has the keys, it stands in the step.
        assert _around_cursor(stage)[1].split()[0] == "A⁽²⁾"
