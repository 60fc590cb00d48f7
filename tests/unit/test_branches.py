"""Runs beside each other: where each left the one that it came from, and what they still have in common."""

import pytest
from hypothesis import given

from tests.unit.event_strategies import histories
from tests.unit.helpers import after_events, plain
from tui_nn.network import ValidationError
from tui_nn.session.document import Document
from tui_nn.session.events import (
    Branched,
    ColumnRenamed,
    Event,
    HyperparameterSet,
    Moved,
    Redone,
    RowRemoved,
    RunChosen,
    SettingsTried,
    StartTried,
    Undone,
)
from tui_nn.session.lesson_log import LessonLog
from tui_nn.session.reducer import apply_event
from tui_nn.session.state import State

_OPENED = State.opened(Document())
_SLOWER = HyperparameterSet("learning_rate", 0.5, 37)


def _forks(state: State) -> list[tuple[str, str, int]]:
    return [(branch.name, branch.parent, branch.fork) for branch in state.branches.all]


def test_another_run_begins_where_one_is_with_what_is_in_force_there() -> None:
    state = after_events(_OPENED, [Moved(37, "J"), Branched("B"), _SLOWER])
    assert _forks(state) == [("A", "", 1), ("B", "A", 37)]
    assert (state.iteration, state.step.name, state.branches.current.name) == (37, "J", "B")
    a, b = (branch.plan for branch in state.branches.all)
    assert (a.document_at(37).learning_rate, b.document_at(36).learning_rate, b.document_at(37).learning_rate) == (
        5.0,
        5.0,
        0.5,
    )


def test_edits_are_made_in_the_run_shown_alone() -> None:
    state = after_events(_OPENED, [Branched("B"), RowRemoved(1), RunChosen("A"), ColumnRenamed("x", 1, "naps")])
    a, b = (branch.plan.document.dataset for branch in state.branches.all)
    assert (a.rows, a.x_names[0]) == (3, "naps")
    assert (b.rows, b.x_names[0]) == (2, "hours slept")


@pytest.mark.parametrize(
    ("edit", "fork"),
    [
        (_SLOWER, 37),
        (HyperparameterSet("learning_rate", 0.5, 60), 50),
        (HyperparameterSet("learning_rate", 0.5), 1),
        (RowRemoved(1, 20), 20),
        (HyperparameterSet("hidden", (4,)), 1),
        (HyperparameterSet("iterations", 60), 50),
        (ColumnRenamed("x", 1, "naps"), 50),
    ],
    ids=str,
)
@pytest.mark.parametrize("edited", ["A", "B"])
def test_two_runs_differ_from_the_first_change_on_that_either_has(edit: Event, fork: int, edited: str) -> None:
    state = after_events(_OPENED, [Moved(50, "J"), Branched("B"), RunChosen(edited), edit])
    assert _forks(state) == [("A", "", 1), ("B", "A", fork)]
    assert _forks(apply_event(state, Undone())) == [("A", "", 1), ("B", "A", 50)]


def test_another_start_is_a_run_that_has_nothing_in_common_with_the_one_before() -> None:
    state = after_events(_OPENED, [Moved(37, "J"), StartTried("B", 42)])
    assert _forks(state) == [("A", "", 1), ("B", "A", 1)]
    assert [branch.plan.document.start.seed for branch in state.branches.all] == [1, 42]
    assert (state.iteration, state.branches.current.name) == (37, "B")
    assert _forks(apply_event(state, Undone())) == [("A", "", 1)]


def test_other_settings_are_a_run_that_has_nothing_in_common_with_the_one_before() -> None:
    tried = SettingsTried("B", ("optimizer", "learning_rate", "hidden"), ("adam", 5.0, (4, 2)), 42)
    state = after_events(_OPENED, [Moved(37, "J"), tried])
    assert _forks(state) == [("A", "", 1), ("B", "A", 1)]
    own = state.branches.current.plan.document
    assert (own.optimizer, own.learning_rate, own.hidden, own.start.seed) == ("adam", 5.0, (4, 2), 42)
    assert state.iteration == 37
    back = apply_event(state, Undone())
    assert (_forks(back), back.document.optimizer) == ([("A", "", 1)], "gradient descent")
    assert plain(apply_event(back, Redone())) == plain(state)


@pytest.mark.parametrize(
    ("event", "where"),
    [
        (StartTried("A", 42), "name"),
        (StartTried("B", 2**31), "seed"),
        (StartTried("B", -(2**31)), "seed"),
        (SettingsTried("B", ("learning_rate",), (-1.0,), 1), "learning_rate"),
        (SettingsTried("B", ("colour",), ("red",), 1), "key"),
        (SettingsTried("B", ("hidden",), (), 1), "values"),
    ],
)
def test_a_start_that_can_t_be_is_refused(event: Event, where: str) -> None:
    with pytest.raises(ValidationError) as error:
        apply_event(_OPENED, event)
    assert error.value.where == where


def test_a_run_is_compared_with_the_one_that_it_came_from() -> None:
    state = after_events(_OPENED, [Branched("B"), Branched("C")])

    def compared(name: str) -> str:
        other = apply_event(state, RunChosen(name)).compared_run
        return other.name if other else ""

    assert [compared(name) for name in "ABC"] == ["C", "A", "B"]
    assert _OPENED.compared_run is None


@given(history=histories())
def test_up_to_where_it_left_it_a_run_is_the_one_that_it_came_from(history: LessonLog) -> None:
    branches = history.state.branches
    by_name = {branch.name: branch.plan for branch in branches.all}
    assert branches.current in branches.all
    assert len(by_name) == len(branches.all)
    for branch in branches.all:
        parent = by_name.get(branch.parent)
        if parent is None:
            assert branch.parent == ""
            continue
        for iteration in {1, branch.fork // 2, branch.fork - 1}:
            if 1 <= iteration < branch.fork:
                mine, theirs = branch.plan.document_at(iteration), parent.document_at(iteration)
                assert plain(mine.dataset.X) == plain(theirs.dataset.X)
                assert plain(mine.start_parameters) == plain(theirs.start_parameters)
                assert (mine.network, mine.learning_rate) == (theirs.network, theirs.learning_rate)
