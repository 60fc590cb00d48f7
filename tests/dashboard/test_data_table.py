"""Rows, columns and names of the data, and taking edits back."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.dashboard.stage import follow_app, on_stage, opened, recorded, taught
from tui_nn.network import Dataset
from tui_nn.session.document import Document
from tui_nn.session.events import PaneChosen
from tui_nn.session.storage import document_toml

_LEFT, _MIDDLE, _RIGHT = (), ("right",), ("right", "right")


def _edited(document: Document, **changes: object) -> str:
    """The document with other data, as its file would have it."""
    data: Dataset = replace(document.dataset, **changes)  # type: ignore[arg-type]
    return document_toml.dump(replace(document, dataset=data))


async def test_a_row_is_added_below_equal_to_the_cursor_s_and_can_be_edited_at_once() -> None:
    async with opened() as stage:
        data = stage.document.dataset
        added = {"x": np.insert(data.x, 2, data.x[1], axis=0), "y": np.insert(data.y, 2, data.y[1], axis=0)}
        edited = _edited(stage.document, **added)
        await stage.focus("data")
        await stage.press("down", "a")
        assert stage.dump == edited
        added["x"][2, 0] = 6.0
        edited = _edited(stage.document, **added)
        await stage.press("6", "enter")
        assert stage.dump == edited
        assert "4 10" in stage.pane("data")


async def test_a_row_is_removed() -> None:
    async with opened() as stage:
        data = stage.document.dataset
        edited = _edited(stage.document, x=data.x[[0, 2]], y=data.y[[0, 2]])
        await stage.focus("data")
        await stage.press("down", "d")
        assert stage.dump == edited


async def test_a_column_of_ones_is_added_at_the_right_of_the_cursor() -> None:
    async with opened() as stage:
        begun = stage.document
        await stage.focus("data")
        for way, changes in (
            (_LEFT, {"x": [[3, 1, 5], [5, 1, 1], [10, 1, 2]], "x_names": ("hours slept", "x1", "hours studied")}),
            (_MIDDLE, {"x": [[3, 5, 1], [5, 1, 1], [10, 2, 1]], "x_names": ("hours slept", "hours studied", "x1")}),
            (_RIGHT, {"y": [[75, 1], [82, 1], [93, 1]], "y_names": ("test score", "y1"), "y_scaling": (100.0, 1.0)}),
        ):
            await stage.press("left", "left", "left", *way, "A")
            assert stage.dump == _edited(begun, **changes)
            await stage.press("u")
            assert stage.document is begun


async def test_a_column_is_removed_and_the_network_with_it() -> None:
    async with opened() as stage:
        data = stage.document.dataset
        edited = _edited(stage.document, x=data.x[:, [1]], x_names=("hours studied",))
        await stage.focus("data")
        await stage.press("D")
        await stage.still()
        assert stage.dump == edited
        assert stage.document.network.layers == (1, 3, 1)


async def test_the_last_row_or_column_stays_and_the_screen_says_so() -> None:
    async with opened() as stage:
        await stage.focus("data")
        await stage.press("d", "d", "D", "right", "right")
        before = stage.document
        for keys, said in (
            (("d",), "The only row stays: the data need one at least."),
            (("D",), "The only column of y stays: the data need one at least."),
            (("left", "D"), "The only column of x stays: the data need one at least."),
        ):
            await stage.press(*keys)
            assert said in " ".join(stage.notices)
            assert stage.document is before


async def test_a_column_gets_another_name() -> None:
    async with opened() as stage:
        begun = stage.document
        await stage.focus("data")
        for way, names in (
            (_LEFT, {"x_names": ("Schlaf, in Stunden", "hours studied")}),
            (_MIDDLE, {"x_names": ("hours slept", "Schlaf, in Stunden")}),
            (_RIGHT, {"y_names": ("Schlaf, in Stunden",)}),
        ):
            await stage.press("up", "left", "left", *way, "enter")
            await stage.erase(20)
            await stage.type("Schlaf, in Stunden")
            await stage.press("enter")
            assert stage.dump == _edited(begun, **names)
            assert "Schlaf," in stage.pane("data")
            await stage.press("u")


async def test_a_name_that_can_t_be_is_refused() -> None:
    async with opened() as stage:
        before = stage.document
        await stage.focus("data")
        await stage.press("up")
        for name, said in (
            ("", "The name must be one that is not blank; you typed nothing."),
            ("x" * 61, "The name must have at most 60 characters; it has 61."),
        ):
            await stage.press("enter")
            await stage.erase(20)
            await stage.paste(name)
            await stage.press("enter")
            assert said in stage.latest_notice
            assert stage.document is before
            await stage.press("escape")
            assert "hours hours │ test slept studied │ score" in stage.words("data")


async def test_undo_and_redo_bring_back_every_edit_exactly() -> None:
    async with opened() as stage:
        await stage.focus("data")
        states = [stage.dump]
        for keys in (["7", "enter"], ["a"], ["right", "A"], ["d"], ["left", "D"], [*"99", "enter"]):
            await stage.press(*keys)
            states.append(stage.dump)
        assert len(set(states)) == 7
        for state in reversed(states[:-1]):
            await stage.press("u")
            assert stage.dump == state
        assert "(changed)" not in stage.header
        await stage.press("u")
        assert "There is nothing to undo." in " ".join(stage.notices)
        for state in states[1:]:
            await stage.press("U")
            assert stage.dump == state
        await stage.press("U")
        assert "There is nothing to redo." in " ".join(stage.notices)


async def test_undo_brings_the_screen_back() -> None:
    async with opened(notices=False) as stage:
        await stage.go_to("37 delta3")
        before = stage.terminal.cells
        await stage.focus("data")
        # Enter leads on to the next row of the data, which the step and the network show then.
        await stage.press("7", "enter", "up", "escape")
        await stage.still()
        assert stage.terminal.cells != before
        await stage.press("u")
        await stage.still()
        assert stage.terminal.cells == before


async def test_after_a_new_edit_there_is_nothing_to_redo() -> None:
    async with opened() as stage:
        await stage.focus("data")
        await stage.press("7", "enter", "u", "8", "enter")
        edited = stage.dump
        await stage.press("U")
        assert "There is nothing to redo." in " ".join(stage.notices)
        assert stage.dump == edited


async def test_keys_of_the_data_do_nothing_elsewhere() -> None:
    async with opened() as stage:
        before = stage.document
        await stage.press("a", "d", "A", "D")
        await stage.focus("settings")
        await stage.press("a", "d", "A", "D")
        assert stage.document is before


@pytest.mark.parametrize("key", ["a", "A"])
async def test_a_cursor_stays_on_a_cell_where_nothing_can_be_added(key: str, tmp_path: Path) -> None:
    path = tmp_path / "given.toml"
    # The weights given are those of one output: another column of y is refused.
    weights = "W1 = [[1.0, 1.0], [1.0, 1.0]]\nW2 = [[1.0], [1.0]]"
    path.write_text(f'[network]\nhidden = [2]\n[start]\nmethod = "given"\n{weights}\n', encoding="utf-8")
    async with opened(path) as stage:
        await stage.focus("data")
        await stage.press("down", "down", "right", "right", key)
        rows = stage.document.dataset.rows
        await stage.press("enter", "backspace", "5", "enter")
        assert stage.document.dataset.y[rows - 1, 0] == 95


async def test_below_the_last_row_a_number_adds_one_as_in_a_spreadsheet() -> None:
    async with opened() as stage:
        data = stage.document.dataset
        await stage.focus("data")
        # Enter on the last row leads below it, and what is typed there overwrites nothing.
        await stage.press("down", "down", "7", "enter")
        x = data.x.copy()
        x[2, 0] = 7
        assert stage.dump == _edited(stage.document, x=x)
        await stage.press("8", "tab", "9", "tab", "6", "1", "tab", "4", "enter")
        added = {"x": [*x, [8, 9], [4, 9]], "y": [*data.y, [61], [61]]}
        assert stage.dump == _edited(stage.document, **{table: np.array(rows) for table, rows in added.items()})
        assert "Row 5 is added, else equal to row 4; u takes it back." in stage.notices
        # Nothing typed is no row, and Esc leaves none either.
        before = stage.dump
        await stage.press("enter", "enter", "3", "escape", "d", "down", "down", "up", "escape")
        assert stage.dump == before
        assert recorded().state.document.dataset.rows == 5


async def test_what_can_t_be_a_number_adds_no_row_and_says_so_below() -> None:
    async with opened(size=(80, 24)) as stage:
        before = stage.dump
        await stage.focus("data")
        await stage.press("down", "down", "down", "-", "enter")
        assert "must be a number" in stage.words("data")
        await stage.press("tab", "escape")
        assert stage.dump == before


async def test_whole_rows_are_pasted_below_the_last_one() -> None:
    async with opened() as stage:
        data = stage.document.dataset
        await stage.focus("data")
        await stage.press("down", "down", "down")
        await stage.paste("1\t2\t30\n4\t5\t60\n")
        edited = {"x": [*data.x, [1, 2], [4, 5]], "y": [*data.y, [30], [60]]}
        assert stage.dump == _edited(stage.document, **{table: np.array(rows) for table, rows in edited.items()})


async def test_whoever_follows_has_no_line_below_the_last_row(tmp_path: Path) -> None:
    path = taught(tmp_path, PaneChosen("data"))
    async with on_stage(follow_app(path)) as stage:
        shown = stage.pane("data")
        await stage.focus("data")
        await stage.press("down", "down", "down", "down")
        assert "4" not in stage.pane("data").splitlines()[-1][:2]
        assert len(shown.splitlines()) == len(stage.pane("data").splitlines())


async def test_beside_a_scrollbar_no_number_loses_its_last_digits() -> None:
    async with opened(size=(120, 40)) as stage:
        await stage.focus("data")
        await stage.press(*"aaaaaaaaa")
        pane = stage.pane("data")
        assert "10 " in pane
        assert all(line.rstrip(" ▁▂▃▄▅▆▇█").endswith("75 0.7500") for line in pane.splitlines()[-5:])
