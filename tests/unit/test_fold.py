"""The state of a lesson is the fold of its events, and nothing else."""

from functools import reduce

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.unit.helpers import lesson
from tests.unit.strategies import documents, events, fitting_edits
from tui_nn.network import Refusal
from tui_nn.session import toml
from tui_nn.session.document import Document
from tui_nn.session.events import ChartChosen, Event, HyperparameterSet, Moved, Redone, RowRemoved, Undone
from tui_nn.session.history import History
from tui_nn.session.state import State, fold


def _written(state: State) -> tuple[object, ...]:
    """All of ``state``, in values that can be compared."""
    stacks = (tuple(map(toml.dump, documents)) for documents in (state.past, state.future))
    return (toml.dump(state.document), state.iteration, state.step, state.chart, *stacks)


def _folded(state: State, *happened: Event) -> State:
    return reduce(fold, happened, state)


def _edited(state: State, data: st.DataObject) -> State:
    try:
        return fold(state, data.draw(fitting_edits(state)))
    except Refusal:
        assume(False)
        raise


def test_a_lesson_opens_at_the_first_step_of_the_first_iteration() -> None:
    state = State.opened(Document())
    assert (state.iteration, state.step.name, state.step_number, state.chart) == (1, "Z2", 1, "cost")
    assert len(state.steps) == 10


def test_a_lesson_moves_to_a_step_of_an_iteration() -> None:
    state = _folded(State.opened(Document()), Moved(37, "delta3"))
    assert (state.iteration, state.step.name, state.step_number) == (37, "delta3", 6)


@pytest.mark.parametrize(
    ("event", "where"),
    [
        (Moved(0, "Z2"), "iteration"),
        (Moved(-1, "Z2"), "iteration"),
        (Moved(10_001, "Z2"), "iteration"),
        (Moved(1, "Z9"), "step"),
        (Moved(1, "dJdb1"), "step"),
        (ChartChosen("pie"), "chart"),
        (Undone(), "undo"),
        (Redone(), "redo"),
    ],
    ids=str,
)
def test_an_event_that_does_not_apply_is_refused(event: Event, where: str) -> None:
    with pytest.raises(Refusal) as refused:
        fold(State.opened(Document()), event)
    assert refused.value.where == where


def test_the_chart_is_chosen() -> None:
    assert fold(State.opened(Document()), ChartChosen("log10 cost")).chart == "log10 cost"


@given(document=documents(), happened=st.lists(events, max_size=8))
def test_folding_twice_gives_the_same_and_changes_nothing(document: Document, happened: list[Event]) -> None:
    state = State.opened(document)
    for event in happened:
        before = _written(state)
        try:
            after = fold(state, event)
            assert _written(fold(state, event)) == _written(after)
        except Refusal:
            after = state
        assert _written(state) == before
        state = after


@given(data=st.data(), document=documents())
def test_undo_after_an_edit_is_nothing_and_redo_after_undo_is_the_edit(data: st.DataObject, document: Document) -> None:
    before = State.opened(document)
    edited = _edited(before, data)
    undone = fold(edited, Undone())
    assert toml.dump(undone.document) == toml.dump(before.document)
    assert (undone.past, len(undone.future)) == ((), 1)
    assert _written(fold(undone, Redone())) == _written(edited)


@given(data=st.data(), count=st.integers(1, 6))
def test_all_edits_can_be_undone_one_by_one_and_made_again(data: st.DataObject, count: int) -> None:
    states = [State.opened(Document())]
    for _ in range(count):
        states.append(_edited(states[-1], data))
    texts = [toml.dump(state.document) for state in states]
    state, there, back = states[-1], [], []
    for _ in range(count):
        state = fold(state, Undone())
        back.append(toml.dump(state.document))
    assert back == texts[-2::-1]
    for _ in range(count):
        state = fold(state, Redone())
        there.append(toml.dump(state.document))
    assert there == texts[1:]
    with pytest.raises(Refusal):
        fold(state, Redone())


def test_an_edit_after_an_undo_leaves_nothing_to_redo() -> None:
    state = _folded(State.opened(Document()), RowRemoved(1), Undone(), RowRemoved(2))
    assert state.document.dataset.x.tolist() == [[3.0, 5.0], [10.0, 2.0]]
    with pytest.raises(Refusal):
        fold(state, Redone())


def test_moving_and_the_chart_are_not_undone() -> None:
    state = _folded(State.opened(Document()), RowRemoved(1), Moved(5, "J"), ChartChosen("log10 cost"), Undone())
    assert (state.iteration, state.step.name, state.chart) == (5, "J", "log10 cost")
    assert state.document.dataset.rows == 3


def test_an_edit_stays_at_the_iteration_and_the_step_where_it_can() -> None:
    state = _folded(State.opened(Document()), Moved(37, "delta2"), HyperparameterSet("learning_rate", 0.5))
    assert (state.iteration, state.step.name) == (37, "delta2")


def test_a_shorter_run_ends_the_lesson_s_walk_at_its_last_iteration() -> None:
    state = _folded(State.opened(Document()), Moved(37, "J"), HyperparameterSet("iterations", 10))
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
    assert _folded(State.opened(lesson(name)), Moved(3, step), edit).step.name == stays_at


@given(document=documents(), happened=st.lists(events, max_size=12))
def test_the_log_holds_what_applied_and_its_fold_is_the_state(document: Document, happened: list[Event]) -> None:
    history = History(document)
    applied: list[Event] = []
    for event in happened:
        before = _written(history.state)
        try:
            assert history.append(event) is history.state
            applied.append(event)
        except Refusal:
            assert _written(history.state) == before
        assert history.events == tuple(applied)
    assert _written(_folded(State.opened(document), *history.events)) == _written(history.state)
    assert 1 <= history.state.iteration <= history.state.document.iterations
    assert history.state.step in history.state.steps
