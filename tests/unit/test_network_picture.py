"""The picture of the network: its numbers are those of the pass, row by row and as sums."""

import dataclasses
import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Size

from tests.unit.helpers import lesson, random_problem
from tests.unit.strategies import networks
from tui_nn.dashboard.panes.parts.network_units import NetworkUnits
from tui_nn.dashboard.view_model.iteration_numbers import IterationNumbers
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.network.network_drawing import NetworkDrawing
from tui_nn.dashboard.widgets.network.network_layout import NetworkLayout
from tui_nn.network import Network, named_shapes, steps
from tui_nn.network.formulas.diagram import (
    ALL_ROWS,
    Edge,
    Unit,
    edge_of,
    edges_between,
    element_at,
    element_count,
    index_of,
    matrices_at,
    share_of_row,
    unit_of,
    units,
    value_at,
)
from tui_nn.network.formulas.scalar_expression import Cell, Values
from tui_nn.session.document import Document
from tui_nn.session.quiz.questions import CELL, Question
from tui_nn.session.runs.run_cache import RunCache
from tui_nn.session.selected_cell import SelectedCell
from tui_nn.session.state import State, replace
from tui_nn.writing.notation.sign_set import SignSet
from tui_nn.writing.notation.signs import ASCII, UNICODE, Notation

_ROWS = 3
_OUTPUTS = ("X", "A", "Y_hat")
_SIGNS = {
    SignSet.ALL: {"X": "x", "Z": "z", "A": "a", "Y_hat": "ŷ", "delta": "δ"},
    SignSet.ASCII: {"X": "x", "Z": "z", "A": "a", "Y_hat": "y^", "delta": "d"},
}


def _view(document: Document, step: int, row: int, notation: Notation = UNICODE, iteration: int = 1) -> View:
    opened = State.opened(document)
    run = RunCache(most=1).run_of(opened.plan)
    run.extend(iteration)
    network = document.network
    state = replace(opened, step=steps(network)[step], row=row, iteration=iteration)
    written = notation.for_network(network)
    numbers = IterationNumbers(run.pass_at(iteration), written)
    return View(state, iteration, numbers, run.costs, None, written, run)


def _edges(network: Network) -> list[Edge]:
    return [edge for before, after in pairwise(units(network)) for edge in edges_between(before, after)]


def _values(view: View) -> Values:
    assert view.iteration_numbers
    return view.iteration_numbers.computed.matrices


def _drawn(view: View, width: int = 120, height: int = 60) -> tuple[NetworkUnits, NetworkDrawing]:
    shown = NetworkUnits(view, height)
    drawing = NetworkDrawing(shown.layers, shown.edges_from, Size(width, height), signs=view.notation.signs)
    return shown, drawing


def _texts(drawing: NetworkDrawing) -> list[str]:
    return ["".join(text for text, _ in line) for line in drawing.lines]


@given(networks(), st.integers(0, 1000))
def test_the_shares_of_the_rows_add_up_to_the_gradient_of_each_edge(network: Network, seed: int) -> None:
    problem = random_problem(network, _ROWS, seed)
    document = Document(dataset=problem.dataset, hidden=network.layers[1:-1], bias=network.bias)
    values = _values(_view(document, 0, 1))
    network = document.network
    for edge in _edges(network):
        shares = [share_of_row(edge, row, values) for row in range(1, _ROWS + 1)]
        assert math.isclose(sum(shares), edge.gradient.value(values), rel_tol=1e-9, abs_tol=1e-12)


@given(networks())
def test_every_cell_of_a_pass_belongs_to_one_unit_or_one_edge(network: Network) -> None:
    for layer in units(network):
        for unit in layer:
            for matrix in () if unit.is_bias else matrices_at(network, unit.layer).values():
                assert unit_of(Cell(matrix, 2, unit.number), network) == unit
    for edge in _edges(network):
        for cell in (edge.weight, edge.gradient, edge.updated):
            assert edge_of(cell, network) == edge
            assert unit_of(cell, network) is None
    assert len(_edges(network)) == network.size


@given(networks())
def test_up_and_down_lead_through_every_unit_and_every_edge_once(network: Network) -> None:
    walked = [element_at(network, index) for index in range(element_count(network))]
    assert len({*walked}) == len(walked) == network.size + sum(map(len, units(network)))
    assert [index_of(network, element) for element in walked] == [*range(len(walked))]
    with pytest.raises(IndexError):
        element_at(network, len(walked))


@given(networks(most_units=3), st.integers(0, 1000), st.integers(0, _ROWS), st.data())
def test_the_numbers_drawn_are_those_of_the_pass(network: Network, seed: int, row: int, data: st.DataObject) -> None:
    problem = random_problem(network, _ROWS, seed)
    document = Document(dataset=problem.dataset, hidden=network.layers[1:-1], bias=network.bias)
    step = data.draw(st.integers(0, len(steps(document.network)) - 1))
    view = _view(document, step, row)
    values = _values(view)
    shown, drawing = _drawn(view)
    lines = _texts(drawing)
    for layer in shown.layers:
        for one in layer.units:
            for number in (*one.numbers, *([one.delta] if one.delta else [])):
                if number.cell.name in view.reached_matrices:
                    expected = value_at(number.cell, values)
                    assert math.isclose(float(number.text.replace("−", "-")), expected, rel_tol=6e-4, abs_tol=6e-5)
                    assert number.cell.row == row
                    assert any(number.text in line for line in lines)
                else:
                    assert number.text == "·"
    edges = (one for layer in range(1, len(shown.layers)) for one in shown.edges_from(layer).items())
    for edge, drawn in edges:
        gradient, is_update = view.step.name == edge.gradient.name, view.step.name == "update"
        weight = edge.weight.value(values)
        expected = (
            edge.gradient.value(values) if gradient else edge.updated.value(values) - weight if is_update else weight
        )
        assert math.isclose(float(drawn.number.text.replace("−", "-")), expected, rel_tol=0.06, abs_tol=5.1e-3)
        assert drawn.is_negative == (weight < 0)


@given(networks(), st.integers(0, _ROWS), st.sampled_from((UNICODE, ASCII)), st.data())
def test_all_units_of_a_layer_show_the_same_matrix_and_say_which(
    network: Network, row: int, notation: Notation, data: st.DataObject
) -> None:
    problem = random_problem(network, _ROWS, 1)
    document = Document(dataset=problem.dataset, hidden=network.layers[1:-1], bias=network.bias)
    step = data.draw(st.sampled_from(steps(document.network)))
    shapes = named_shapes(document.network, _ROWS)
    name = data.draw(st.sampled_from([*shapes]))
    cell = SelectedCell(name, *(data.draw(st.integers(1, count)) for count in shapes[name]))
    asked = Question(CELL, name, step=step.name, row=cell.row, column=cell.column)
    questions = data.draw(st.sampled_from([(), (asked,)]))
    view = _view(dataclasses.replace(document, questions=questions), steps(document.network).index(step), row, notation)
    with_cell = dataclasses.replace(view, state=replace(view.state, selected_cells={"matrices": cell}))
    for layer, without in zip(NetworkUnits(with_cell, 20).layers, NetworkUnits(view, 20).layers, strict=True):
        mains = [one.main for one in layer.units if one.main]
        (matrix,) = {main.number.cell.name for main in mains}
        matrices = matrices_at(document.network, layer.units[-1].unit.layer).values()
        assert matrix == step.name if step.name in matrices else matrix.rstrip("0123456789") in _OUTPUTS
        (sign,) = {main.name.rstrip()[: len(main.number.symbol)] for main in mains}
        assert sign == _SIGNS[notation.signs][matrix.rstrip("0123456789")]
        assert [one.main and one.main.name for one in layer.units] == [
            one.main and one.main.name for one in without.units
        ]
        assert {one.is_current for one in layer.units if one.main} == {step.name in matrices}


@pytest.mark.parametrize("name", ["iris", "softmax", "xor"])
def test_units_with_one_number_stay_in_their_place_from_step_to_step(name: str) -> None:
    document = lesson(name)
    views = [_view(document, step, 1) for step in range(len(steps(document.network)))]
    pictures = [NetworkUnits(view, 13) for view in views]
    size = Size(52, 13)
    places = [NetworkLayout(one.layers, one.edges_from, size, layer=2, ellipsis="…").places for one in pictures]
    assert len({tuple((unit, place.region) for unit, place in one.items()) for one in places}) == 1


def test_the_boxes_of_outputs_have_the_letters_of_their_classes() -> None:
    text = "\n".join(_texts(_drawn(_view(lesson("iris"), 0, 1), 70, 30)[1]))
    assert all(f" {title} " in text for title in ("ŷ1 A", "ŷ2 B", "ŷ3 C", "h1"))
    assert " ŷ A " not in "\n".join(_texts(_drawn(_view(lesson("xor"), 0, 1), 70, 30)[1]))


def test_the_sum_over_the_rows_is_that_of_the_columns() -> None:
    values = {"Z2": np.array([[1.0, 2.0], [3.0, 4.0]])}
    assert value_at(Cell("Z2", ALL_ROWS, 2), values) == 6.0
    assert value_at(Cell("Z2", 2, 1), values) == 3.0


def test_the_lecture_s_picture_at_iteration_37() -> None:
    """The figures are R's, as the lecture prints them."""
    shown, drawing = _drawn(_view(lesson("lecture"), 5, 1, iteration=37), 52, 13)
    text = "\n".join(_texts(drawing))
    for number in ("0.3000", "1.0000", "0.2257", "0.5562", "0.9643", "0.7240", "1.6017", "0.8323", "0.01148", "1.13"):
        assert number in text
    assert shown.edges_from(2)[Edge(Unit(2, 1), Unit(3, 1))].thickness == 3
    assert shown.edges_from(1)[Edge(Unit(1, 2), Unit(2, 1))].thickness == 1


def test_what_a_question_asks_for_is_hidden_and_so_is_what_would_tell_it() -> None:
    asked = Question(CELL, "dJdW2")
    document = Document(questions=(asked,))
    at_gradient, at_update = (_view(document, step, 1) for step in (6, 9))
    edge = Edge(Unit(2, 1), Unit(3, 1))
    for view in (at_gradient, at_update):
        shown = NetworkUnits(view, 20)
        assert shown.edges_from(2)[edge].number.text == "?"
        assert shown.edges_from(2)[Edge(Unit(2, 2), Unit(3, 1))].number.text != "?"


@pytest.mark.parametrize("layers", [(30,), (1000,), (3,) * 9, (12, 12)])
@pytest.mark.parametrize("size", [Size(54, 13), Size(36, 12), Size(58, 14), Size(10, 3), Size(1, 1)])
@pytest.mark.parametrize("notation", [UNICODE, ASCII])
def test_a_network_of_any_size_is_drawn_within_the_room(
    layers: tuple[int, ...], size: Size, notation: Notation
) -> None:
    _, drawing = _drawn(_view(Document(hidden=layers), 0, 1, notation), *size)
    assert len(drawing.lines) == size.height
    assert all(len(line) <= size.width for line in _texts(drawing))
    if notation is ASCII:
        assert all(ord(sign) < 128 or sign in "╭─╮│╰╯┎┒┃┖┚" for line in _texts(drawing) for sign in line)


def test_what_does_not_fit_is_counted() -> None:
    text = "\n".join(_texts(_drawn(_view(Document(hidden=(1000,)), 0, 1), 54, 13)[1]))
    (more,) = (int(line.split("…")[1].split()[0]) for line in text.splitlines() if "…" in line)
    assert more + sum(f"z{unit} " in text for unit in range(1, 20)) == 1000
