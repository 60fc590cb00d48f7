"""A lesson with more rows than a pane has lines: a step shows its whole formula, with a page of the rows."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.dashboard.stage import Stage, opened
from tests.unit.helpers import lesson, written
from tui_nn.dashboard.widgets.matrices.matrix_board import MatrixBoard
from tui_nn.network import Network, Pass, Step, equations, steps
from tui_nn.network.formulas.equations import matrices_by_row
from tui_nn.network.formulas.expression import Symbol, Transposed
from tui_nn.session.events import RowChosen, Selected
from tui_nn.session.storage import document_toml
from tui_nn.writing.notation.number_format import matrix_format
from tui_nn.writing.notation.signs import UNICODE, FormulaBlock

_ROW = 77
_WORKED_OUT = ("A2", "Z3", "Y_hat", "delta3", "delta2")
"""The steps by row whose numbers stand below them on each of these screens."""


def _iris_asking(directory: Path, question: str) -> Path:
    """The lesson with this question in place of its own."""
    return written(directory, document_toml.dump(replace(lesson("iris"), questions=())) + question)


def _pass(stage: Stage) -> Pass:
    run = stage.document.trajectory()
    run.extend(3)
    return run.pass_at(3)


def _written(computed: Pass, name: str, row: int) -> list[str]:
    cells = matrix_format(computed[name])
    return [cells(float(value)).strip() for value in computed[name][row - 1]]


def _is_shown(row: list[str], shown: str) -> bool:
    return bool(re.search(r"[⎡⎢⎣] *" + " +".join(map(re.escape, row)) + r" *[⎤⎥⎦]", shown))


def _blocks(network: Network, step: Step) -> list[FormulaBlock]:
    names = UNICODE.for_network(network)
    tokens = (token for equation in equations(network) if equation.step == step for token in names.equation(equation))
    return [token for token in tokens if isinstance(token, FormulaBlock)]


async def _choose(stage: Stage, row: int) -> None:
    stage.app.dispatch(RowChosen(row))
    await stage.settle()


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (200, 60)])
async def test_every_step_shows_all_names_and_the_chosen_row_of_each_matrix(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async with opened(_iris_asking(tmp_path, ""), size=size) as stage:
        network, computed, pane = stage.document.network, _pass(stage), stage.app.screen.query_one("#step")
        await stage.go_to("3 Z2")
        await _choose(stage, _ROW)
        # The update has no rows of the data.
        for step in steps(network)[:-1]:
            shown = stage.pane("step")
            assert pane.max_scroll_y == pane.max_scroll_x == 0, step.name
            blocks = _blocks(network, step)
            for block in blocks:
                assert block.label in shown, (step.name, block.label)
                match block.expression:
                    case Symbol(name) if name in matrices_by_row(network):
                        assert _is_shown(_written(computed, name, _ROW), shown), (step.name, name)
                    case Transposed(Symbol(name)) if name in matrices_by_row(network):
                        assert set(_written(computed, name, _ROW)) <= set(re.findall(r"−?[\d.]+", shown)), step.name
            if step.name in _WORKED_OUT:
                assert f"{blocks[0].label}[{_ROW},1]" in shown, step.name
            if any("150" in line for line in shown.splitlines()[1:]):
                assert re.search(r"rows? [\d–]+ of 150", shown.splitlines()[0])
            await stage.press("right")


async def test_the_passes_show_the_chosen_row() -> None:
    async with opened("iris", size=(120, 40)) as stage:
        computed = _pass(stage)
        for step, pane, name in (("Y_hat", "forward", "Y_hat"), ("delta3", "backward", "delta3")):
            await stage.go_to(f"3 {step}")
            for row in (1, 150, _ROW):
                await _choose(stage, row)
                assert _is_shown(_written(computed, name, row), stage.pane(pane)), (pane, row)
                assert re.search(r"rows [\d–]+ of 150", stage.pane(pane))


async def test_the_window_follows_the_row_and_nothing_else_moves() -> None:
    async with opened("iris", size=(120, 40)) as stage:
        computed = _pass(stage)
        await stage.go_to("3 Y_hat")
        frames = set()
        for row in (1, 2, 5, 6, 76, 77, 78, 149, 150):
            await _choose(stage, row)
            lines = stage.pane("step").splitlines()
            (marked,) = (line for line in lines if "›" in line)
            assert all(number in marked for number in _written(computed, "Y_hat", row))
            assert all(number in marked for number in _written(computed, "Z3", row))
            frames.add(tuple(re.sub("[^⎡⎢⎣⎤⎥⎦Ŷ⁽³⁾]", " ", line).rstrip() for line in lines[1:-3]))
        assert len(frames) == 1


async def test_a_click_selects_the_cell_under_it_and_dots_go_on() -> None:
    async with opened("iris", size=(80, 24)) as stage:
        await stage.go_to("3 Y_hat")
        await _choose(stage, _ROW)
        computed = _pass(stage)
        pane = stage.app.screen.query_one("#step", MatrixBoard)
        lines = stage.pane("step").splitlines()[1:]
        y = next(number for number, line in enumerate(lines) if "›" in line)
        dots = next(number for number, line in enumerate(lines) if number > y and "…" in line)
        x = lines[y].index(_written(computed, "Y_hat", _ROW)[1])
        for line in (y, dots):
            await stage.pilot.click(pane, offset=(x + 2, line + 1))
            await stage.settle()
            selected = stage.app.state.selected("matrices")
            assert selected
            assert (selected.matrix, selected.column) == ("Y_hat", 2)
            assert selected.row == _ROW if line == y else selected.row > _ROW
            assert _is_shown(_written(computed, "Y_hat", selected.row), stage.pane("step"))


async def test_arrows_go_from_row_to_row_through_all_pages() -> None:
    async with opened("iris", size=(80, 24)) as stage:
        await stage.go_to("3 Y_hat")
        computed = _pass(stage)
        await stage.focus("step")
        stage.app.dispatch(Selected("Y_hat", 1, 2))
        await stage.settle()
        for row in range(2, 25):
            await stage.press("down")
            assert stage.app.state.selected("matrices") == Selected("Y_hat", row, 2)
            cells = _written(computed, "Y_hat", row)
            assert _is_shown(cells, stage.pane("step")), row
            drawn = stage.app.screen.query_one("#step", MatrixBoard)._drawn_lines
            assert (cells[1], "chosen") in [part for line in drawn for part in line], row


async def test_what_a_question_asks_for_is_not_shown_in_a_window(tmp_path: Path) -> None:
    asked = f'\n[[question]]\nask = "cell"\nmatrix = "Z3"\nrow = {_ROW}\ncolumn = 1\niteration = 3\n'
    async with opened(_iris_asking(tmp_path, asked), size=(80, 24)) as stage:
        await stage.go_to("3 Z3")
        await _choose(stage, _ROW)
        (first, *others) = _written(_pass(stage), "Z3", _ROW)
        assert first not in stage.text
        assert _is_shown(["?", *others], stage.pane("step"))


async def test_a_question_of_the_shape_has_no_window(tmp_path: Path) -> None:
    asked = '\n[[question]]\nask = "shape"\nmatrix = "Z3"\niteration = 3\n'
    async with opened(_iris_asking(tmp_path, asked), size=(80, 24)) as stage:
        await stage.go_to("3 Z3")
        assert "150×3" not in stage.pane("step")
        assert np.all([number not in stage.pane("step") for number in _written(_pass(stage), "Z3", 1)])
