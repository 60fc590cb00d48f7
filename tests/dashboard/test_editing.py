"""Typing into the cells of the data: what can be typed, what follows, what is refused, and taking it back."""

from dataclasses import replace

import numpy as np

from tests.dashboard.stage import Stage, opened
from tui_nn.session.document import Document
from tui_nn.session.events import Selected
from tui_nn.session.storage import document_toml
from tui_nn.writing.notation.number_format import matrix_format, rounded_text


def _with_cell(document: Document, row: int, column: int, value: float) -> Document:
    x = document.dataset.x.copy()
    x[row, column] = value
    return replace(document, dataset=replace(document.dataset, x=x))


def _shown(matrix: np.ndarray) -> set[str]:
    cells = matrix_format(matrix)
    return {cells(float(value)).strip() for value in matrix.ravel()}


async def _shows_the_run_of(stage: Stage, document: Document) -> None:
    """Whether all panes show iteration 37 of ``document`` at its update."""
    run = document.trajectory()
    run.extend(38)
    computed = run.pass_at(37)
    await stage.go_to("37 update")
    await stage.still()
    assert f"J = {rounded_text(computed.cost, 4)}" in stage.header
    for pane, names in (
        ("forward", ("X", "W1", "Z2", "A2", "W2", "Z3", "Y_hat")),
        ("backward", ("delta3", "dJdW2", "delta2", "dJdW1")),
        ("step", ("W1_next", "W2_next")),
    ):
        figures = stage.words(pane).replace("⎡", " ").replace("⎢", " ").replace("⎣", " ")
        words = set(figures.replace("⎤", " ").replace("⎥", " ").replace("⎦", " ").replace("[", " ").split())
        for name in names:
            assert _shown(computed[name]) <= {word.rstrip("]") for word in words}, name
    for before, after in zip(computed["Y_hat"][:, 0] * 100, run.pass_at(38)["Y_hat"][:, 0] * 100, strict=True):
        assert f"{before:.5f}" in stage.pane("results")
        assert f"{after:.5f}" in stage.pane("results")


async def test_everything_follows_a_cell() -> None:
    async with opened(size=(200, 60)) as stage:
        edited = _with_cell(stage.document, 1, 1, 4.5)
        await stage.focus("data")
        await stage.press("down", "right", *"4.5", "enter")
        await stage.still()
        assert stage.dump == document_toml.dump(edited)
        assert "(changed)" in stage.header
        assert "4.5 0.9000" in stage.pane("data")
        await stage.press("escape")
        await _shows_the_run_of(stage, edited)


async def test_a_number_may_be_written_in_many_ways() -> None:
    async with opened() as stage:
        begun = stage.document
        await stage.focus("data")
        for typed, value in (
            ("7", 7.0),
            ("7.25", 7.25),
            ("0,5", 0.5),
            (".5", 0.5),
            ("1/3", 1 / 3),
            ("1e-3", 0.001),
            ("-1/4", -0.25),
            ("+8", 8.0),
            ("0.1234567890123456", 0.1234567890123456),
        ):
            await stage.type(typed)
            await stage.press("enter", "up")
            assert stage.dump == document_toml.dump(_with_cell(begun, 0, 0, value)), typed


async def test_a_cell_is_edited_from_what_stands_in_it() -> None:
    async with opened() as stage:
        edited = _with_cell(stage.document, 2, 0, 12.5)
        await stage.focus("data")
        await stage.press("down", "down", "enter", "backspace", *"2.5", "enter")
        assert stage.dump == document_toml.dump(edited)


async def test_within_a_cell_one_moves_and_erases() -> None:
    async with opened() as stage:
        edited = _with_cell(stage.document, 0, 0, 12.75)
        await stage.focus("data")
        await stage.press(*"92.79", "home", "delete", "1", "end", "left", "right", "backspace", "5", "enter")
        assert stage.dump == document_toml.dump(edited)


async def test_leaving_a_cell_by_any_key_keeps_what_was_typed() -> None:
    async with opened() as stage:
        begun = stage.document
        for value, key in ((6, "enter"), (7, "down"), (8, "up"), (9, "tab"), (1, "shift+tab")):
            await stage.focus("data")
            await stage.press("up", "up", "up", "up", "down", "down", "left", "left", str(value), key)
            assert stage.dump == document_toml.dump(_with_cell(begun, 1, 0, value)), key


async def test_escape_leaves_the_cell_as_it_was() -> None:
    async with opened() as stage:
        await stage.focus("data")
        before, screen = stage.document, stage.terminal.cells
        await stage.press(*"99", "escape")
        assert stage.document is before
        assert stage.terminal.cells == screen


async def test_the_same_value_again_is_no_change() -> None:
    async with opened() as stage:
        before = stage.document
        await stage.focus("data")
        await stage.press("enter", "enter")
        assert stage.document is before
        assert "(changed)" not in stage.header


async def test_nonsense_is_refused_beside_its_field_and_nothing_changes() -> None:
    async with opened(size=(80, 24)) as stage:
        before = stage.document
        await stage.focus("data")
        await stage.press("down")
        for typed in ("7x", "1//2", "1/0", "1e999", "--1", "5 5", "0x10"):
            await stage.type(typed)
            await stage.press("enter")
            lines = stage.pane("data").splitlines()
            row = next(y for y, line in enumerate(lines) if line.strip("› ").startswith("2 "))
            assert typed in lines[row]
            assert "must be a number" in lines[row + 1], typed
            assert stage.document is before
            await stage.press("escape")
            assert "must be" not in stage.text


async def test_a_refusal_pushes_no_row_out_of_sight_and_goes_when_it_is_mended() -> None:
    async with opened(size=(120, 40)) as stage:
        await stage.focus("data")
        before = stage.pane("data").splitlines()
        await stage.press(*"7x", "enter")
        after = stage.pane("data").splitlines()
        assert [line for line in after if line not in before] == [next(line for line in after if "7x" in line)]
        assert "must be a number" in stage.text
        await stage.press("backspace")
        assert "must be a number" not in stage.text


async def test_what_was_refused_can_be_mended() -> None:
    async with opened() as stage:
        edited = _with_cell(stage.document, 0, 0, 7.0)
        await stage.focus("data")
        await stage.press(*"7x", "enter", "backspace", "enter")
        assert "must be" not in stage.text
        assert stage.dump == document_toml.dump(edited)


async def test_no_key_loses_what_was_typed_wrongly() -> None:
    async with opened() as stage:
        before = stage.document
        await stage.focus("data")
        await stage.type("7x")
        for key in ("tab", "shift+tab", "down", "up", "enter", "ctrl+p", "f1"):
            await stage.press(key)
            if len(stage.app.screen_stack) > 1:
                await stage.press("escape")
            assert " 7x " in stage.pane("data"), key
            assert stage.document is before
        await stage.press("backspace", "enter")
        assert stage.dump == document_toml.dump(_with_cell(before, 0, 0, 7.0))


async def test_nothing_typed_is_refused_and_an_empty_cell_is_no_zero() -> None:
    async with opened() as stage:
        before = stage.document
        await stage.focus("data")
        await stage.press("enter", "backspace", "enter")
        assert "you typed nothing" in stage.text
        assert stage.document is before


async def test_a_number_is_pasted_into_the_cell() -> None:
    async with opened() as stage:
        begun = stage.document
        await stage.focus("data")
        for pasted, value in (("12.5", 12.5), ("−7\n", -7.0), (" 1/3 \r\n", 1 / 3)):
            await stage.paste(pasted)
            assert pasted.rstrip() in stage.pane("data")
            await stage.press("enter", "up")
            assert stage.dump == document_toml.dump(_with_cell(begun, 0, 0, value))


async def test_what_is_pasted_into_a_number_stands_at_the_caret_without_control_characters() -> None:
    async with opened() as stage:
        edited = _with_cell(stage.document, 0, 0, 1.25)
        await stage.focus("data")
        await stage.press(*"1.5", "left")
        await stage.paste("\x1b2\x07")
        await stage.press("enter")
        assert stage.dump == document_toml.dump(edited)


async def test_tab_goes_from_cell_to_cell_while_one_types_as_in_a_spreadsheet() -> None:
    async with opened() as stage:
        await stage.focus("data")
        await stage.press("down", "down", "a")
        for number in ("8", "3", "88"):
            await stage.press(*number, "tab")
        await stage.still()
        data = stage.document.dataset
        assert [*data.x[3], *data.y[3]] == [8, 3, 88]
        # Behind the last cell begins a row to be added; before a cell of y stand those of x.
        await stage.press("up", "right", "right", "9", "shift+tab", "4", "enter")
        assert [*stage.document.dataset.x[3], *stage.document.dataset.y[3]] == [8, 4, 9]
        assert stage.app.screen.focused is not None
        assert stage.app.screen.focused.id == "data"


async def test_the_key_line_says_what_keeps_what_is_typed() -> None:
    async with opened(size=(80, 24)) as stage:
        for pane in ("data", "settings"):
            await stage.focus(pane)
            before = stage.key_line
            await stage.press("7")
            assert stage.key_line == " Enter keep  Tab keep, next  Esc leave as it was  ? help"
            await stage.press("escape")
            assert stage.key_line == before


async def test_tab_goes_from_setting_to_setting_while_one_types() -> None:
    async with opened() as stage:
        await stage.focus("settings")
        await stage.press("4", "tab")
        assert stage.document.hidden == (4,)
        assert stage.app.state.selected("settings") == Selected("activation")


async def test_a_paste_where_nothing_can_be_typed_says_where_it_can() -> None:
    async with opened() as stage:
        before = stage.document
        await stage.paste("12.5")
        assert stage.document is before
        assert "into the data (Tab goes there)" in stage.latest_notice
