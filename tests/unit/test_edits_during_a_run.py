"""Edits in the middle of a run: what holds from which iteration on, and what the run then computes."""

from collections.abc import Iterable
from functools import reduce

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.unit.event_strategies import fitting_edits
from tests.unit.helpers import after_events, plain
from tui_nn.network import Parameters, Segment, ValidationError, compute_pass
from tui_nn.session import limits
from tui_nn.session.document import Document
from tui_nn.session.events import (
    CellSet,
    ColumnRenamed,
    Edit,
    HyperparameterSet,
    Moved,
    RowAdded,
    RowRemoved,
    WeightSet,
)
from tui_nn.session.runs.run_cache import RunCache
from tui_nn.session.runs.run_plan import RunPlan
from tui_nn.session.state import State

_SLOWER = HyperparameterSet("learning_rate", 0.5, 20)
_ROW = RowAdded(1, (8.0, 3.0), (88.0,), 30)
_CELL = CellSet("y", 2, 1, 91.0, 40)
_WEIGHT = WeightSet("W1", 2, 3, -1.5, 25)


def _plan(*edits: Edit, shown: int = 1) -> RunPlan:
    return reduce(lambda plan, edit: edit.edited_plan(plan, shown), edits, RunPlan(Document()))


def _segments(plan: RunPlan) -> list[tuple[int, float, int, int]]:
    """Of each segment: its first iteration, its rate, its number of rows, and how many weights it sets."""
    return [
        (segment.first, segment.learning_rate, segment.dataset.rows, len(segment.weights)) for segment in plan.segments
    ]


def test_each_change_holds_from_its_own_iteration_on() -> None:
    plan = _plan(_SLOWER, _ROW, _CELL)
    assert _segments(plan) == [(1, 5.0, 3, 0), (20, 0.5, 3, 0), (30, 0.5, 4, 0), (40, 0.5, 4, 0)]
    assert plan.document_at(1) is plan.document
    assert plan.document_at(19) is plan.document
    assert plan.document_at(20).learning_rate == 0.5
    assert plan.document_at(39).dataset.y.tolist() == [[88.0], [75.0], [82.0], [93.0]]
    assert plan.document_at(10_000).dataset.y.tolist() == [[88.0], [91.0], [82.0], [93.0]]
    assert plan.document_at(40) is plan.document_at(10_000)


def test_a_change_drops_those_that_came_later() -> None:
    plan = _plan(_SLOWER, _ROW, _CELL, HyperparameterSet("learning_rate", 2.0, 25))
    assert _segments(plan) == [(1, 5.0, 3, 0), (20, 0.5, 3, 0), (25, 2.0, 3, 0)]


def test_two_changes_from_the_same_iteration_on_both_hold() -> None:
    plan = _plan(WeightSet("W1", 2, 3, -1.5, 20), _SLOWER, WeightSet("W2", 1, 1, 0.0, 20))
    assert _segments(plan) == [(1, 5.0, 3, 0), (20, 0.5, 3, 2)]
    again = WeightSet("W1", 2, 3, 4.5, 20).edited_plan(plan, 1)
    assert [(cell.name, cell.value) for cell in again.changes[0].weights] == [("W2", 0.0), ("W1", 4.5)]


@pytest.mark.parametrize(("shown", "rate", "rows"), [(1, 5.0, 3), (20, 0.5, 3), (35, 0.5, 4)])
def test_an_edit_from_the_first_iteration_on_restarts_with_what_is_in_force_where_one_is(
    shown: int, rate: float, rows: int
) -> None:
    plan = HyperparameterSet("activation", "tanh").edited_plan(_plan(_SLOWER, _ROW, _CELL), shown)
    assert _segments(plan) == [(1, rate, rows, 0)]
    assert plan.document.activation == "tanh"
    plan = WeightSet("W1", 1, 1, 0.0).edited_plan(_plan(_SLOWER, _ROW, _CELL), shown)
    assert _segments(plan) == [(1, rate, rows, 0)]
    assert plan.document.start_parameters.named["W1"][0, 0] == 0.0


def test_the_state_restarts_with_what_its_screen_shows() -> None:
    state = after_events(State.opened(Document()), [_SLOWER, Moved(20, "J"), HyperparameterSet("bias", True)])
    assert (state.document.learning_rate, state.document.bias, state.plan.changes) == (0.5, True, ())
    state = after_events(State.opened(Document()), [_SLOWER, Moved(19, "J"), HyperparameterSet("bias", True)])
    assert (state.document.learning_rate, state.document.bias, state.plan.changes) == (5.0, True, ())


@pytest.mark.parametrize(
    "edit",
    [
        HyperparameterSet("hidden", (4,), 2),
        HyperparameterSet("activation", "tanh", 2),
        HyperparameterSet("seed", 3, 2),
        HyperparameterSet("iterations", 50, 2),
    ],
    ids=str,
)
def test_what_makes_another_network_or_start_can_only_restart(edit: Edit) -> None:
    with pytest.raises(ValidationError, match="starts the run again"):
        _plan(edit)


@pytest.mark.parametrize(
    ("edit", "where"),
    [
        (CellSet("x", 5, 1, 1.0, 35), "row"),
        (CellSet("x", 4, 1, 1.0, 29), "row"),
        (CellSet("x", 1, 1, float("inf"), 35), "x"),
        (RowAdded(6, (1.0, 2.0), (3.0,), 35), "row"),
        (RowRemoved(5, 35), "row"),
        (WeightSet("b1", 1, 1, 1.0, 35), "matrix"),
        (WeightSet("W1", 3, 1, 1.0, 35), "row"),
        (WeightSet("W1", 1, 1, float("nan"), 35), "value"),
        (HyperparameterSet("learning_rate", 0.0, 35), "learning_rate"),
        (HyperparameterSet("x_scaling", (1.0, 0.0), 35), "x_scaling"),
        (HyperparameterSet("learning_rate", 1.0, 10_001), "iteration"),
    ],
    ids=str,
)
def test_a_change_that_can_t_be_at_its_iteration_is_refused(edit: Edit, where: str) -> None:
    plan = _plan(_SLOWER, _ROW)
    before = plain(plan)
    with pytest.raises(ValidationError) as error:
        edit.edited_plan(plan, 1)
    assert error.value.where == where
    assert plain(plan) == before


def test_another_name_or_length_is_the_same_run() -> None:
    plan = _plan(_SLOWER, _ROW)
    runs = RunCache()
    run = runs.run_of(plan)
    renamed = ColumnRenamed("x", 2, "naps").edited_plan(plan, 35)
    longer = HyperparameterSet("iterations", 77).edited_plan(renamed, 35)
    assert _segments(longer) == _segments(plan)
    assert {longer.document_at(iteration).dataset.x_names for iteration in (1, 20, 30)} == {("hours slept", "naps")}
    assert runs.run_of(renamed) is run
    assert runs.run_of(longer) is run


def test_a_run_has_no_end_of_changes_but_a_limit() -> None:
    most = limits.CHANGES_OF_A_RUN
    plan = _plan(*(HyperparameterSet("learning_rate", 1 / k, k) for k in range(2, most + 1)))
    plan = WeightSet("W1", 1, 1, 0.5, 2).edited_plan(plan, 1)
    assert len(plan.changes) == 1
    plan = _plan(*(HyperparameterSet("learning_rate", 1 / k, k) for k in range(2, most)))
    plan = WeightSet("W1", 1, 1, 0.5, most - 1).edited_plan(plan, 1)
    plan = WeightSet("W1", 1, 2, 0.5, most - 1).edited_plan(plan, 1)
    with pytest.raises(ValidationError, match="at most 1000 changes"):
        WeightSet("W1", 1, 3, 0.5, most - 1).edited_plan(plan, 1)
    assert len(WeightSet("W1", 1, 3, 0.5, most - 2).edited_plan(plan, 1).changes) == most - 3


@given(data=st.data(), shown=st.integers(1, 50))
def test_what_is_in_force_before_a_change_stays_as_it_was(data: st.DataObject, shown: int) -> None:
    state = after_events(State.opened(Document()), [_SLOWER, _WEIGHT, _ROW, Moved(shown, "J")])
    edit = data.draw(fitting_edits(state))
    iteration = getattr(edit, "iteration", 1)
    assume(iteration > 1)
    try:
        plan = edit.edited_plan(state.plan, shown)
    except ValidationError:
        return
    assert plan.changes[-1].first == iteration
    for earlier in {1, 19, 20, 25, 30, shown, iteration - 1}:
        if earlier < iteration:
            assert plain(plan.document_at(earlier)) == plain(state.plan.document_at(earlier))
    assert plain(plan.segments[:-1]) == plain(
        tuple(segment for segment in state.plan.segments if segment.first < iteration)
    )


def _looped(start: Parameters, segments: Iterable[Segment], iterations: int) -> list[float]:
    """The costs of a plain loop over the equations."""
    parameters, costs = start, []
    by_first = {segment.first: segment for segment in segments}
    segment = by_first[1]
    for iteration in range(1, iterations + 1):
        segment = by_first.get(iteration, segment)
        if segment.first == iteration:
            named = {name: matrix.copy() for name, matrix in parameters.named.items()}
            for cell in segment.weights:
                named[cell.name][cell.row - 1, cell.column - 1] = cell.value
            parameters = Parameters(tuple(named.values()))
        computed = compute_pass(Document().network, segment.dataset, parameters, segment.learning_rate)
        costs.append(computed.cost)
        parameters = computed.next_parameters
    return costs


@pytest.mark.parametrize(
    "changes",
    [(_SLOWER,), (_CELL,), (_ROW,), (RowRemoved(2, 7),), (_WEIGHT,), (_SLOWER, _WEIGHT, _ROW, _CELL)],
    ids=["rate", "cell", "row added", "row removed", "weight", "all"],
)
def test_a_run_with_changes_is_what_a_plain_loop_computes(changes: tuple[Edit, ...]) -> None:
    plan = _plan(*changes)
    run = RunCache().run_of(plan)
    run.extend(60)
    expected = _looped(plan.document.start_parameters, plan.segments, 60)
    np.testing.assert_allclose(run.costs, expected, rtol=1e-12)
    for iteration in (1, 20, 25, 30, 40, 60):
        shown, in_force = run.pass_at(iteration), plan.document_at(iteration)
        assert shown["X"].tolist() == in_force.dataset.X.tolist()
        assert shown["Y"].tolist() == in_force.dataset.Y.tolist()


def test_a_weight_set_on_the_way_is_there_before_the_forward_pass() -> None:
    run = RunCache().run_of(_plan(_WEIGHT))
    run.extend(25)
    assert run.pass_at(25)["W1"][1, 2] == -1.5
    assert run.pass_at(24)["W1_next"][1, 2] != -1.5
