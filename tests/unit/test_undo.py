"""Undo after do is nothing, and redo after undo is what was done."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.unit.event_strategies import fitting_edits, histories
from tests.unit.helpers import after_events, plain
from tui_nn.network import ValidationError
from tui_nn.session import limits
from tui_nn.session.document import Document
from tui_nn.session.events import (
    Branched,
    CellSet,
    ChartChosen,
    Event,
    HyperparameterSet,
    Marked,
    Moved,
    Noted,
    PaneChosen,
    Redone,
    RowRemoved,
    RunChosen,
    Selected,
    Undone,
    WeightSet,
)
from tui_nn.session.lesson_log import LessonLog
from tui_nn.session.reducer import apply_event
from tui_nn.session.state import State

_OPENED = State.opened(Document())


def _edited(state: State, data: st.DataObject) -> State:
    try:
        return apply_event(state, data.draw(fitting_edits(state) | st.builds(Branched, st.text("BCDE", min_size=1))))
    except ValidationError:
        assume(False)
        raise


def _without_future(state: State) -> object:
    return plain(replace(state, future=None, edits=0, cells_copied=0))


@given(data=st.data(), history=histories(6))
def test_undo_after_an_edit_is_nothing_and_redo_after_undo_is_the_edit(data: st.DataObject, history: LessonLog) -> None:
    before = history.state
    edited = _edited(before, data)
    undone = apply_event(edited, Undone())
    assert _without_future(undone) == _without_future(before)
    assert undone.future is not None
    assert undone.future[1] is None
    assert _without_future(apply_event(undone, Redone())) == _without_future(edited)


@given(values=st.lists(st.integers(1, 99), min_size=1, max_size=60), iteration=st.sampled_from([1, 2]))
def test_of_more_edits_than_can_be_held_the_last_ones_can_be_taken_back(values: list[int], iteration: int) -> None:
    limit = 100
    states = [_OPENED]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "CELLS_KEPT_FOR_UNDO", limit)
        for value in values:
            states.append(apply_event(states[-1], CellSet("x", 1, 1, float(value), iteration=iteration)))
            assert states[-1].cells_kept_for_undo <= limit
        state = states.pop()
        # An edit of the lecture's data holds its nine cells.
        undone = 0
        while state.past is not None:
            state = apply_event(state, Undone())
            undone += 1
            assert plain(state.branches) == plain(states.pop().branches)
        assert undone >= min(len(values), limit // 2 // 9)
        assert state.cells_kept_for_undo == 0


@given(data=st.data(), history=histories(6), count=st.integers(1, 6))
def test_all_edits_can_be_undone_one_by_one_and_made_again(data: st.DataObject, history: LessonLog, count: int) -> None:
    states = [history.state]
    for _ in range(count):
        states.append(_edited(states[-1], data))
    for before in states[-2::-1]:
        states.append(apply_event(states[-1], Undone()))
        assert _without_future(states[-1]) == _without_future(before)
    for after in states[1 : count + 1]:
        states.append(apply_event(states[-1], Redone()))
        assert _without_future(states[-1]) == _without_future(after)
    with pytest.raises(ValidationError):
        apply_event(states[-1], Redone())


@given(history=histories())
def test_after_undoing_everything_nothing_of_the_edits_is_left(history: LessonLog) -> None:
    state = history.state
    while state.past:
        state = apply_event(state, Undone())
    # But for which of the runs that began before them is shown.
    assert state.branches.names == ("A",)
    assert plain(state.plan) == plain(State.opened(history.lesson.document).plan)
    with pytest.raises(ValidationError, match="no edit to undo"):
        apply_event(state, Undone())


def test_an_edit_after_an_undo_leaves_nothing_to_redo() -> None:
    state = after_events(_OPENED, [RowRemoved(1), Undone(), RowRemoved(2)])
    assert state.document.dataset.x.tolist() == [[3.0, 5.0], [10.0, 2.0]]
    with pytest.raises(ValidationError):
        apply_event(state, Redone())


def test_a_move_between_undo_and_redo_leaves_something_to_redo() -> None:
    state = after_events(_OPENED, [RowRemoved(1), Undone(), Moved(5, "J"), Redone()])
    assert state.document.dataset.rows == 2
    assert (state.iteration, state.step.name) == (5, "J")


def test_what_is_no_edit_is_not_undone() -> None:
    happened: list[Event] = [
        RowRemoved(1),
        Moved(5, "J"),
        ChartChosen("log10 cost"),
        PaneChosen("data"),
        Selected("W1", 2, 3),
        Noted("a note"),
        Marked("a mark"),
    ]
    state = after_events(_OPENED, happened)
    undone = apply_event(state, Undone())
    kept = ("iteration", "step", "chart", "pane", "selected_cells", "selected_table", "notes", "marks")
    assert [getattr(undone, name) for name in kept] == [getattr(state, name) for name in kept]
    assert (undone.iteration, undone.step.name) == (5, "J")
    assert undone.document.dataset.rows == 3


def test_undoing_a_shorter_run_goes_back_to_where_one_was() -> None:
    state = after_events(_OPENED, [Moved(37, "J"), HyperparameterSet("iterations", 10)])
    assert state.iteration == 10
    assert apply_event(state, Undone()).iteration == 37
    assert after_events(state, [Undone(), Redone()]).iteration == 10


def test_a_branch_is_undone_with_the_run_that_it_began() -> None:
    state = after_events(_OPENED, [Moved(5, "J"), Branched("B"), HyperparameterSet("learning_rate", 0.5, 5), Undone()])
    assert state.branches.names == ("A", "B")
    assert state.document.learning_rate == 5.0
    state = apply_event(state, Undone())
    assert (state.branches.names, state.branches.current.name) == (("A",), "A")
    state = after_events(state, [Redone(), Redone()])
    assert (state.branches.current.name, state.document.learning_rate) == ("B", 0.5)


def test_an_edit_is_undone_in_the_run_that_it_was_made_in() -> None:
    happened: list[Event] = [Branched("B"), RowRemoved(1), RunChosen("A"), Undone()]
    state = after_events(_OPENED, happened)
    assert [branch.plan.document.dataset.rows for branch in state.branches.all] == [3, 3]
    assert state.branches.current.name == "B"
    state = apply_event(state, Redone())
    assert [branch.plan.document.dataset.rows for branch in state.branches.all] == [3, 2]


def test_changes_that_an_edit_dropped_come_back_when_it_is_undone() -> None:
    happened: list[Event] = [
        HyperparameterSet("learning_rate", 0.5, 20),
        WeightSet("W1", 1, 1, 7.0, 30),
        CellSet("x", 1, 1, 4.0, 10),
    ]
    state = after_events(_OPENED, happened)
    assert [segment.first for segment in state.plan.changes] == [10]
    undone = apply_event(state, Undone())
    assert [(segment.first, segment.learning_rate, len(segment.weights)) for segment in undone.plan.changes] == [
        (20, 0.5, 0),
        (30, 0.5, 1),
    ]
