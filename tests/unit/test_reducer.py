"""The state of a lesson is the fold of its events, and nothing else."""

from string import ascii_uppercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.event_strategies import events, histories
from tests.unit.helpers import after_events, lesson, plain
from tests.unit.strategies import documents
from tui_nn.network import ValidationError, matrix_shapes
from tui_nn.session.document import Document
from tui_nn.session.events import (
    Branched,
    ChartChosen,
    ChartCursorMoved,
    CostReached,
    EffectChosen,
    Ended,
    Event,
    HyperparameterSet,
    Marked,
    MistakeGuessed,
    MistakePlanted,
    Moved,
    Noted,
    PaneChosen,
    Paused,
    Played,
    Redone,
    RowAdded,
    RowRemoved,
    RunChosen,
    RunCompared,
    Selected,
    Undone,
    WeightSet,
)
from tui_nn.session.lesson_log import LessonLog
from tui_nn.session.reducer import apply_event
from tui_nn.session.state import State
from tui_nn.session.storage.session_file import Lesson

_OPENED = State.opened(Document())


def test_a_lesson_opens_at_the_first_step_of_the_first_iteration() -> None:
    state = _OPENED
    assert (state.iteration, state.step.name, state.step_number, state.chart) == (1, "Z2", 1, "cost")
    assert len(state.steps) == 10
    assert (state.pane, state.edit_effect, state.speed, state.branches.names) == ("step", "restart", None, ("A",))
    assert (state.past, state.future, state.notes, state.marks, state.selected_cells) == (None, None, (), (), {})


def test_a_lesson_moves_to_a_step_of_an_iteration() -> None:
    state = after_events(_OPENED, [Moved(37, "delta3")])
    assert (state.iteration, state.step.name, state.step_number) == (37, "delta3", 6)


@pytest.mark.parametrize(
    ("event", "where"),
    [
        (Moved(0, "Z2"), "iteration"),
        (Moved(-1, "Z2"), "iteration"),
        (Moved(10_001, "Z2"), "iteration"),
        (Moved(1, "Z9"), "step"),
        (Moved(1, "dJdb1"), "step"),
        (Selected("W1", 3, 1), "row"),
        (Selected("W1", 0, 1), "row"),
        (Selected("W2", 1, 2), "column"),
        (Selected("b1", 1, 1), "matrix"),
        (Selected("x", 4, 1), "row"),
        (Selected("x", 0, 0), "column"),
        (Selected("learning_rate", 2, 1), "row"),
        (Selected("\x1b[31m"), "matrix"),
        (PaneChosen("wall"), "pane"),
        (ChartChosen("pie"), "chart"),
        (ChartCursorMoved(10_001), "iteration"),
        (EffectChosen("never"), "effect"),
        (Branched("A"), "name"),
        (Branched(" "), "name"),
        (RunChosen("B"), "name"),
        (RunCompared("B"), "name"),
        (Played(0), "speed"),
        (Noted(" "), "text"),
        (Noted("two\nlines"), "text"),
        (Noted("a" * 501), "text"),
        (Marked(""), "name"),
        (Marked("\x1b[31mred"), "name"),
        (Marked("a" * 61), "name"),
        (CostReached(0, 1.0), "iteration"),
        (MistakePlanted("a typo"), "mistake"),
        (MistakeGuessed("lost minus"), "mistake"),
        (CostReached(10_001, 1.0), "iteration"),
        (CostReached(1, float("nan")), "cost"),
        (WeightSet("W3", 1, 1, 1.0), "matrix"),
        (Undone(), "undo"),
        (Redone(), "redo"),
    ],
    ids=str,
)
def test_an_event_that_does_not_apply_is_refused(event: Event, where: str) -> None:
    with pytest.raises(ValidationError) as error:
        apply_event(_OPENED, event)
    assert error.value.where == where


def test_the_chart_is_chosen() -> None:
    assert apply_event(_OPENED, ChartChosen("log10 cost")).chart == "log10 cost"


@given(document=documents(), happened=st.lists(events, max_size=8))
def test_folding_twice_gives_the_same_and_changes_nothing(document: Document, happened: list[Event]) -> None:
    state = State.opened(document)
    for event in happened:
        before = plain(state)
        try:
            after = apply_event(state, event)
            assert plain(apply_event(state, event)) == plain(after)
        except ValidationError:
            after = state
        assert plain(state) == before
        state = after


def test_an_edit_stays_at_the_iteration_and_the_step_where_it_can() -> None:
    state = after_events(_OPENED, [Moved(37, "delta2"), HyperparameterSet("learning_rate", 0.5)])
    assert (state.iteration, state.step.name) == (37, "delta2")


def test_a_shorter_run_ends_the_lesson_s_walk_at_its_last_iteration() -> None:
    state = after_events(_OPENED, [Moved(37, "J"), HyperparameterSet("iterations", 10)])
    assert (state.iteration, state.step.name) == (10, "J")


@pytest.mark.parametrize(
    ("name", "step", "edit", "stays_at"),
    [
        ("homework-biases", "dJdb1", HyperparameterSet("bias", False), "Z2"),
        ("two-hidden-layers", "delta4", HyperparameterSet("hidden", (3,)), "delta3"),
        ("two-hidden-layers", "A3", HyperparameterSet("hidden", (3,)), "A2"),
        ("two-hidden-layers", "A3", HyperparameterSet("hidden", ()), "Z2"),
        ("lecture", "dJdW2", HyperparameterSet("bias", True), "dJdW2"),
    ],
)
def test_where_a_step_is_gone_the_lesson_is_at_one_like_it_or_at_the_first(
    name: str, step: str, edit: HyperparameterSet, stays_at: str
) -> None:
    assert after_events(State.opened(lesson(name)), [Moved(3, step), edit]).step.name == stays_at


def test_a_cell_of_each_table_is_selected() -> None:
    happened = [Selected("W2", 3), Selected("x", 0, 2), Selected("hidden")]
    state = after_events(_OPENED, happened)
    assert state.selected_table == "settings"
    assert [state.selected(table) for table in ("matrices", "data", "settings")] == happened
    assert after_events(state, [Selected("Z3", 2)]).selected("matrices") == Selected("Z3", 2, 1)


def test_where_a_matrix_became_smaller_the_cell_selected_is_the_nearest() -> None:
    state = after_events(
        _OPENED, [Selected("y", 3), Selected("W1", 2, 3), RowRemoved(1), HyperparameterSet("hidden", (2,))]
    )
    assert state.selected("data") == Selected("y", 2)
    assert state.selected("matrices") == Selected("W1", 2, 2)
    assert after_events(state, [Undone(), Undone()]).selected("matrices") == Selected("W1", 2, 3)


def test_where_a_matrix_is_gone_nothing_is_selected() -> None:
    state = after_events(_OPENED, [Selected("W2", 3), HyperparameterSet("hidden", ())])
    assert state.selected("matrices") is None
    assert after_events(state, [Undone()]).selected("matrices") == Selected("W2", 3)


def test_what_is_in_force_is_seen_where_one_is() -> None:
    state = after_events(_OPENED, [HyperparameterSet("learning_rate", 0.5, 20), RowAdded(1, (8.0, 3.0), (88.0,), 30)])
    seen = [after_events(state, [Moved(iteration, "J")]).document for iteration in (19, 20, 29, 30, 10_000)]
    assert [document.learning_rate for document in seen] == [5.0, 0.5, 0.5, 0.5, 0.5]
    assert [document.dataset.rows for document in seen] == [3, 3, 3, 4, 4]


def test_a_lesson_plays_until_it_pauses_or_ends() -> None:
    assert after_events(_OPENED, [Played(10), Moved(2, "Z2")]).speed == 10
    assert after_events(_OPENED, [Played(10), Paused()]).speed is None
    assert after_events(_OPENED, [Played(10), Ended()]).speed is None


def test_notes_and_marks_are_at_the_step_of_the_run_where_they_were_made() -> None:
    happened: list[Event] = [
        Moved(5, "J"),
        Noted("it falls"),
        Noted("and falls"),
        Marked("falling"),
        Branched("B"),
        Noted("here"),
    ]
    state = after_events(_OPENED, happened)
    assert state.marks == (("falling", "A", 5, "J"),)
    in_a = after_events(state, [RunChosen("A")])
    assert (in_a.notes_here, in_a.marks_here) == (("it falls", "and falls"), ("falling",))
    assert after_events(in_a, [Moved(6, "J")]).notes_here == ()
    assert after_events(in_a, [Moved(5, "Z2")]).marks_here == ()
    with pytest.raises(ValidationError, match="no other mark"):
        apply_event(state, Marked("falling"))


def test_notes_are_those_of_the_run_that_one_came_from_up_to_where_one_left_it() -> None:
    happened: list[Event] = [
        *(Moved(4, "J"), Noted("before")),
        *(Moved(5, "J"), Noted("at the fork"), Branched("B"), Noted("in B")),
        *(RunChosen("A"), Moved(6, "J"), Noted("after"), RunChosen("B")),
    ]
    state = after_events(_OPENED, happened)
    assert state.notes_here == ()
    assert after_events(state, [Moved(5, "J")]).notes_here == ("at the fork", "in B")
    assert after_events(state, [Moved(4, "J")]).notes_here == ("before",)
    assert after_events(state, [RunChosen("A"), Moved(6, "J")]).notes_here == ("after",)
    assert after_events(state, [RunChosen("A"), Moved(5, "J")]).notes_here == ("at the fork",)


def test_a_run_chosen_that_is_shorter_is_shown_where_it_ends() -> None:
    happened: list[Event] = [
        Branched("B"),
        HyperparameterSet("iterations", 10),
        RunChosen("A"),
        Moved(37, "J"),
        RunChosen("B"),
    ]
    state = after_events(_OPENED, happened)
    assert (state.iteration, state.step.name, state.branches.current.name) == (10, "J", "B")


def test_there_is_room_for_as_many_runs_as_there_are_letters() -> None:
    state = after_events(_OPENED, map(Branched, ascii_uppercase[1:]))
    assert state.branches.names == tuple(ascii_uppercase)
    assert state.next_run_name == ""
    with pytest.raises(ValidationError, match="at most 26 runs"):
        apply_event(state, Branched("one more"))


@given(document=documents(), happened=st.lists(events, max_size=12))
def test_the_log_holds_what_applied_and_its_fold_is_the_state(document: Document, happened: list[Event]) -> None:
    history = LessonLog(Lesson.without_events(document))
    applied: list[Event] = []
    for event in happened:
        before = plain(history.state)
        try:
            assert history.append(event) is history.state
            applied.append(event)
        except ValidationError:
            assert plain(history.state) == before
        assert [entry.event for entry in history.entries] == applied
        assert [entry.seq for entry in history.entries] == list(range(1, history.event_count + 1))
    assert plain(after_events(State.opened(document), applied)) == plain(history.state)
    assert 1 <= history.state.iteration <= history.state.plan.document.iterations
    assert history.state.step in history.state.steps


@given(history=histories())
def test_the_state_of_any_lesson_is_one_that_can_be_shown(history: LessonLog) -> None:
    state = history.state
    assert 1 <= state.iteration <= state.plan.document.iterations
    assert 1 <= state.step_number <= len(state.steps)
    shapes = matrix_shapes(state.document.network, state.document.dataset.rows)
    cell = state.selected("matrices")
    assert cell is None or (cell.row, cell.column) <= shapes[cell.matrix]
    assert plain(
        after_events(State.opened(history.lesson.document), [entry.event for entry in history.entries])
    ) == plain(state)
