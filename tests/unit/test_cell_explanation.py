"""Whoever puts the numbers shown into the formula shown gets the value shown, to its last digit.

The text is read here as a student would read it, by its signs alone.
"""

import math
import re

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.unit.arithmetic import agrees, read
from tests.unit.helpers import all_rows, lesson, random_problem, some_iteration
from tests.unit.strategies import networks_with_optimizers
from tui_nn.network import Network, Parameters, Slope, compute_pass, equations
from tui_nn.network.formulas.explain import explain, numbers
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.network.model.array import Array
from tui_nn.session.document import Document
from tui_nn.writing.formulas.cell_explanation import CellExplanation, explain_cell
from tui_nn.writing.formulas.cell_formula import FormulaLine
from tui_nn.writing.formulas.slope_text import slope_lines
from tui_nn.writing.notation.signs import ASCII, UNICODE, Notation

_LECTURE = lesson("lecture")


def _text(line: FormulaLine) -> str:
    return "".join(piece.text for piece in line)


def check(found: CellExplanation, notation: Notation, value: float) -> None:
    shown = found.result.replace(notation.minus, "-")
    assert agrees(value, shown)
    for line in found.lines[1:]:
        text = _text(line)
        assert agrees(read(text, notation), shown), f"{text} = {found.result}"


def _explained(
    document: Document, iteration: int, known: dict[str, Array], cell: Cell, notation: Notation
) -> CellExplanation:
    moment = document.moment(iteration)
    return explain_cell(explain(document.network, document.dataset, cell, moment), known, notation)


def _known(document: Document, iteration: int) -> dict[str, Array]:
    run = document.trajectory()
    run.extend(iteration)
    return numbers(document.dataset, run.pass_at(iteration).matrices)


@pytest.mark.parametrize("notation", [UNICODE, ASCII], ids=["unicode", "ascii"])
@pytest.mark.parametrize("iteration", [1, 37, 10_000])
def test_each_cell_of_the_lecture_is_what_its_formula_says(iteration: int, notation: Notation) -> None:
    network = _LECTURE.network
    known = _known(_LECTURE, iteration)
    for name in ["X", "Y", *(equation.name for equation in equations(network))]:
        for (row, column), value in np.ndenumerate(known[name]):
            found = _explained(
                _LECTURE, iteration, known, Cell(name, row + 1, column + 1), notation.for_network(network)
            )
            assert not found.rounded
            assert found.left_out == 0
            check(found, notation.for_network(network), value)


@settings(max_examples=200)
@given(network=networks_with_optimizers(), rows=st.integers(1, 30), seed=st.integers(0, 10_000), data=st.data())
@example(network=Network((1, 1), "identity", "identity", False), rows=30, seed=0, data=None)
def test_a_cell_of_any_network_is_what_its_formula_says(
    network: Network, rows: int, seed: int, data: st.DataObject | None
) -> None:
    problem, iteration = random_problem(network, rows, seed), 1 + seed % 100
    known = numbers(problem.dataset, some_iteration(problem, iteration).matrices)
    names = ["X", "Y", *(equation.name for equation in equations(network))]
    name = data.draw(st.sampled_from(names)) if data else "dJdW1"
    rows_of, columns_of = known[name].shape
    row, column = (data.draw(st.integers(1, n)) for n in (rows_of, columns_of)) if data else (1, 1)
    value = float(known[name][row - 1, column - 1])
    assume(math.isfinite(value))
    notation = UNICODE.for_network(network)
    moment = all_rows(rows, iteration=iteration)
    found = explain_cell(explain(network, problem.dataset, Cell(name, row, column), moment), known, notation)
    assert not found.rounded
    check(found, notation, value)


def test_of_a_long_sum_the_largest_terms_are_shown_and_what_the_others_come_to() -> None:
    network = Network((1, 1), "identity", "identity", bias=False)
    dataset, parameters = random_problem(network, 100, 1)[1:]
    known = numbers(dataset, compute_pass(network, dataset, parameters, 0.3).matrices)
    found = explain_cell(
        explain(network, dataset, Cell("dJdW1", 1, 1), all_rows(100)), known, UNICODE.for_network(network), most_terms=4
    )
    assert found.left_out == 96
    assert _text(found.signs).endswith(" + 96 more")
    shown = [piece.cell.row for piece in found.signs if piece.cell and piece.cell.name == "X"]
    terms = np.abs(known["X"] * known["delta2"]).ravel()
    assert shown == sorted(np.argsort(terms)[-4:] + 1)
    check(found, UNICODE.for_network(network), float(known["dJdW1"][0, 0]))


_EXTREME = st.sampled_from([0.0, -0.0, 1e-300, -1e-12, 1.0, -700.0, 1e5, 1e155, -1e155, 1e300])


@given(network=networks_with_optimizers(), rows=st.integers(1, 3), data=st.data())
def test_whatever_the_numbers_are_there_is_a_text(network: Network, rows: int, data: st.DataObject) -> None:
    flat = data.draw(st.lists(_EXTREME, min_size=network.size, max_size=network.size))
    dataset = random_problem(network, rows, 1).dataset
    parameters = Parameters.from_flat(network, np.array(flat))
    known = numbers(dataset, compute_pass(network, dataset, parameters, 0.3).matrices)
    name = data.draw(st.sampled_from([equation.name for equation in equations(network)]))
    row, column = (data.draw(st.integers(1, n)) for n in known[name].shape)
    explanation = explain(network, dataset, Cell(name, row, column), all_rows(rows))
    found = explain_cell(explanation, known, UNICODE.for_network(network))
    assert all(len(piece.text) < 40 for line in found.lines for piece in line)


@given(st.floats(0, 1e3), st.floats(-1e-2, 1e-2))
def test_the_slope_measured_is_the_quotient_of_the_costs_shown(below: float, difference: float) -> None:
    above = max(0.0, below + difference)
    numeric = (above - below) / 2e-5
    lines = list(slope_lines(Slope(1e-5, above, below, numeric, 0.5, 0.1, below), "w", ASCII))
    found = re.fullmatch(r"  = \((\S+) - (\S+)\) / 2e-05 = (\S+)", lines[1])
    assert found
    assert agrees((float(found[1]) - float(found[2])) / 2e-5, found[3])
