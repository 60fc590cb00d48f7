"""The plane of two inputs: which values, which boundary, which signs; and what its events refuse."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from textual.geometry import Size

from tui_nn.dashboard.charts.plane_rows import RowSigns, marks_of_rows
from tui_nn.dashboard.charts.plot import Axes, Plot
from tui_nn.dashboard.charts.shades import dots_of_path, middles_of_cells
from tui_nn.dashboard.charts.unit_tiles import tiles_in
from tui_nn.network import UNKNOWN, Dataset, Network, ValidationError, predict
from tui_nn.network.checks.contours import borders, crossings, refined
from tui_nn.network.checks.plane import (
    activation_at_zero,
    has_two_classes,
    limits_around,
    rows_on_plane,
    threshold_of,
    unit_outputs,
)
from tui_nn.network.model.classes import classes_of
from tui_nn.network.model.parameters import Parameters
from tui_nn.session.document import Document
from tui_nn.session.events import Event, PlaneCursorMoved, PlaneInputsChosen, PlaneUnitChosen, SecondWeightChosen
from tui_nn.session.plane_choice import (
    PlaneChoice,
    PlaneUnit,
    next_inputs,
    next_unit,
    plane_units,
    weight_at,
    weight_number,
)
from tui_nn.session.reducer import apply_event
from tui_nn.session.state import State
from tui_nn.writing.notation.rulers import Ruler

_NETWORK = Network((3, 2, 2), bias=True)
_DATA = Dataset(
    np.array([[1.0, 4.0, 100.0], [2.0, 8.0, 300.0], [3.0, 2.0, 200.0]]),
    np.array([[10.0, 0.0], [20.0, 1.0], [40.0, 0.0]]),
    ("a", "b", "c"),
    ("p", "q"),
    y_scaling="column max",
)


def _parameters() -> Parameters:
    return Parameters.from_flat(_NETWORK, np.random.default_rng(1).normal(size=_NETWORK.size))


def test_the_other_inputs_have_their_means() -> None:
    rows = rows_on_plane(_DATA, (3, 1), np.array([[250.0, 1.5], [0.0, 0.0]]))
    assert rows.tolist() == [[1.5, 14 / 3, 250.0], [0.0, 14 / 3, 0.0]]


def test_a_unit_gives_on_the_plane_what_it_gives_in_a_pass() -> None:
    parameters = _parameters()
    prediction = predict(_NETWORK, _DATA.X, parameters) * [40.0, 1.0]
    assert unit_outputs(_NETWORK, _DATA, parameters, "Y_hat", _DATA.x) == pytest.approx(prediction, rel=1e-14)
    W1, b1 = parameters.named["W1"], parameters.named["b1"]
    hidden = 1 / (1 + np.exp(-(_DATA.X @ W1 + b1)))
    assert unit_outputs(_NETWORK, _DATA, parameters, "A2", _DATA.x) == pytest.approx(hidden, rel=1e-14)


def test_the_boundary_is_between_the_classes() -> None:
    assert threshold_of(np.array([0.0, 1.0, 1.0])) == 0.5
    assert threshold_of(np.array([75.0, 82.0, 93.0])) == 84
    assert threshold_of(np.array([-1.7e308, -1.7e308])) == -1.7e308
    assert [
        has_two_classes(np.array(y)) for y in ([0.0, 1.0], [3.0, 4.0], [3.0, 4.0, 3.0], [1.0, 2.0, 3.0], [1.0])
    ] == [
        True,
        False,
        True,
        False,
        False,
    ]
    assert [activation_at_zero(Network((2, 2, 1), name), 2) for name in ("sigmoid", "tanh", "relu")] == [0.5, 0, 0]


def test_a_circle_looks_round() -> None:
    points = np.array([[-1.0, -1.0], [1.0, 1.0]])
    for columns, lines in ((45, 12), (30, 30), (110, 20)):
        found = limits_around(points, np.ones(2), columns, lines)
        assert found
        across, up = found.highs - found.lows
        assert across / (columns - 1) * 2 == pytest.approx(up / (lines - 1))
        assert (found.lows < -1).all()
        assert (found.highs > 1).all()
    # In the units of the data, if both columns are divided by other numbers.
    scaled = limits_around(points * [100.0, 1.0], np.array([100.0, 1.0]), 45, 12)
    plain = limits_around(points, np.ones(2), 45, 12)
    assert scaled
    assert plain
    assert scaled.highs == pytest.approx(plain.highs * [100.0, 1.0])
    assert limits_around(np.array([[-1.7e308, 0.0], [1.7e308, 1.0]]), np.ones(2), 45, 12) is None


def test_points_in_a_line_still_fill_the_plane() -> None:
    found = limits_around(np.array([[0.0, 5.0], [1000.0, 5.0]]), np.ones(2), 45, 12)
    assert found
    assert (found.highs - found.lows).tolist() == [1250.0, 2.0]


def test_a_contour_lies_within_a_dot_of_where_it_belongs() -> None:
    x, y = np.meshgrid(np.arange(30.0), np.arange(20.0))
    fine = refined(np.hypot(x - 15, y - 10), 2, 4)
    assert fine.shape == (80, 60)
    rows, columns = np.nonzero(crossings(fine, [6.0]))
    distance = np.hypot((columns + 0.5) / 2 - 0.5 - 15, (rows + 0.5) / 4 - 0.5 - 10)
    assert len(rows) > 60
    assert np.abs(distance - 6).max() < 0.6
    assert not crossings(np.array([[np.nan, 1.0], [np.inf, 0.0]]), [0.5])[:, :1].any()


def test_each_unit_comes_in_turn() -> None:
    lesson = Document("", _DATA, (2,))
    assert [f"{one.matrix} {one.column}" for one in plane_units(lesson)] == ["Y_hat 1", "Y_hat 2", "A2 1", "A2 2"]
    choice = PlaneChoice(PlaneUnit("A2", 2))
    assert next_unit(choice, lesson, 1) == ("Y_hat", 1)
    assert next_unit(PlaneChoice(), lesson, -1) == ("A2", 2)
    # A network that has become smaller.
    assert choice.fitted(replace(lesson, hidden=(1,))).unit == ("Y_hat", 1)
    fewer = replace(lesson, dataset=Dataset(_DATA.x[:, :2], _DATA.y, ("a", "b"), ("p", "q")))
    assert PlaneChoice(across=3, up=1).fitted(fewer) == PlaneChoice(PlaneUnit("Y_hat", 1))
    shown = [PlaneChoice(across=across, up=up) for across, up in ((1, 2), (3, 2))]
    assert [next_inputs(one, 3, is_across=True) for one in shown] == [(3, 2), (1, 2)]
    assert next_inputs(shown[0], 3, is_across=False) == (1, 3)


def test_classes_come_first_where_each_has_an_output() -> None:
    of_classes = Document("", Dataset(_DATA.x, np.eye(3), ("a", "b", "c"), ("p", "q", "r"), "none", "none"), (1,))
    assert [unit.matrix for unit in plane_units(of_classes)] == ["classes", "Y_hat", "Y_hat", "Y_hat", "A2"]
    assert PlaneChoice().fitted(of_classes).unit == ("classes", 1)
    # An output that was chosen stays.
    assert PlaneChoice(PlaneUnit("Y_hat", 1)).fitted(of_classes).unit == ("Y_hat", 1)
    one_input = replace(of_classes, dataset=Dataset(_DATA.x[:, :1], np.eye(3), ("a",), ("p", "q", "r"), "none", "none"))
    assert plane_units(one_input)[0] == ("Y_hat", 1)
    two_classes = replace(
        of_classes, dataset=Dataset(_DATA.x, np.eye(3)[:, :1], ("a", "b", "c"), ("p",), "none", "none")
    )
    assert plane_units(two_classes)[0] == ("Y_hat", 1)
    chosen = apply_event(State.opened(of_classes), PlaneUnitChosen("classes", 1))
    assert chosen.plane.unit == ("classes", 1)
    with pytest.raises(ValidationError):
        apply_event(State.opened(two_classes), PlaneUnitChosen("classes", 1))


def test_the_border_of_three_classes_is_where_two_of_them_are_equally_large() -> None:
    columns, lines = 60, 20
    axes = Axes(Size(columns, lines), Ruler(-2.0, 2.0, [], []), Ruler(-2.0, 2.0, [], []))
    plot = Plot([], axes, 4, 1, 50, 15)
    xs, ys = middles_of_cells(plot)
    x, y = np.meshgrid(xs, ys)
    outputs = np.stack([refined(values, 2, 4) for values in (x, y, -x - y)], axis=-1)
    classes = classes_of(np.eye(3), ("p", "q", "r"))
    assert classes
    found = borders(classes.predicted(outputs), UNKNOWN)
    assert found.sum() > 60
    for row, column in np.argwhere(found).tolist():
        here = -2 + 4 * column / 99, 2 - 4 * row / 59
        first, second, _ = sorted((here[0], here[1], -sum(here)), reverse=True)
        assert first - second <= 2 * (4 / 99 + 4 / 59)


def test_each_weight_has_a_number() -> None:
    weights = [weight_at(_NETWORK, number) for number in range(_NETWORK.size)]
    assert [weight_number(_NETWORK, one) for one in weights] == [*range(_NETWORK.size)]
    assert weight_at(_NETWORK, _NETWORK.size) == ("W1", 1, 1)
    assert weight_number(_NETWORK, weights[0]._replace(row=4)) is None


@pytest.mark.parametrize(
    "event",
    [
        PlaneUnitChosen("Z2", 1),
        PlaneUnitChosen("A2", 4),
        PlaneInputsChosen(1, 1),
        PlaneInputsChosen(0, 1),
        PlaneInputsChosen(1, 3),
        PlaneCursorMoved(float("nan"), 1.0),
        SecondWeightChosen("W1", 3, 1),
        SecondWeightChosen("A2", 1, 1),
    ],
)
def test_what_the_lesson_does_not_have_is_refused(event: Event) -> None:
    with pytest.raises(ValidationError):
        apply_event(State.opened(Document()), event)


def test_the_choices_are_kept() -> None:
    state: Any = State.opened(Document())
    for event in (PlaneUnitChosen("A2", 3), PlaneInputsChosen(2, 1), PlaneCursorMoved(5.0, 2.0)):
        state = apply_event(state, event)
    assert state.plane == (("A2", 3), 2, 1, (5.0, 2.0))
    assert apply_event(state, SecondWeightChosen("W2", 1, 1)).second_weight == ("W2", 1, 1)


def test_all_tiles_find_room_or_as_many_as_do() -> None:
    for units in range(1, 60):
        for size in (Size(52, 14), Size(76, 17), Size(116, 33), Size(16, 5)):
            found = tiles_in(size, units)
            assert found
            rows = -(-found.shown // found.per_row)
            assert found.per_row * (found.size.width + 1) - 1 <= size.width
            assert rows * (found.size.height + 1) <= size.height
            assert found.shown <= units
            assert found.size.width >= 6
            assert found.size.height >= 2
    for size, units, shown in ((Size(116, 33), 64, 64), (Size(52, 14), 24, 24), (Size(52, 14), 99, 28)):
        found = tiles_in(size, units)
        assert found
        assert found.shown == shown
    assert tiles_in(Size(52, 2), 3) is None


def test_rows_from_the_tenth_on_are_told_apart_where_there_is_room() -> None:
    rows = RowSigns([str(number) for number in range(1, 13)], ["label"] * 12)
    axes = Axes(Size(60, 10), Ruler(0.0, 59.0, [], []), Ruler(0.0, 9.0, [], []))
    plot = Plot([], axes, 0, 0, 60, 10)
    places = np.array([[5.0 * i, 5.0] for i in range(12)])
    marks = marks_of_rows(plot, rows, 1, places)
    assert "".join(mark.sign for mark in sorted(marks)) == "123456789101112"
    # The eleventh right of the tenth: ●11, not 1011.
    places[10] = places[9] + [2.0, 0.0]
    assert "".join(mark.sign for mark in marks_of_rows(plot, rows, 1, places)).count("●11") == 1


def test_the_boundary_on_the_screen_is_within_a_dot_of_where_the_unit_crosses_it() -> None:
    axes = Axes(Size(60, 20), Ruler(-2.0, 3.0, [], []), Ruler(-1.0, 4.0, [], []))
    plot = Plot([], axes, 4, 1, 50, 15)
    xs, ys = middles_of_cells(plot)
    fine = refined(np.add.outer(ys, xs), 2, 4)
    rows, columns = np.nonzero(crossings(fine, [1.0]))
    assert len(rows) > 40
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        x, y = -2 + 5 * column / 99, 4 - 5 * row / 59
        assert abs(x + y - 1) <= 5 / 99 + 5 / 59
    # The same dots as those of a path along the boundary, or beside them.
    path = dots_of_path(plot, np.array([-2.0, 2.0]), np.array([3.0, -1.0]))
    near = path | np.roll(path, 1, 0) | np.roll(path, -1, 0) | np.roll(path, 1, 1) | np.roll(path, -1, 1)
    assert near[rows, columns].mean() > 0.95
