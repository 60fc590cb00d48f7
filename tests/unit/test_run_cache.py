"""Runs are kept, and share what they have in common."""

from functools import reduce

import pytest

from tests.unit.helpers import after_events
from tui_nn.network import Run
from tui_nn.session.document import Document
from tui_nn.session.events import Branched, CellSet, Edit, HyperparameterSet, Moved, Undone, WeightSet
from tui_nn.session.runs.run_cache import RunCache
from tui_nn.session.runs.run_plan import RunPlan
from tui_nn.session.state import State

_SLOWER = HyperparameterSet("learning_rate", 0.5, 100)
_FASTER = HyperparameterSet("learning_rate", 9.0, 200)


def _plan(document: Document, *edits: Edit) -> RunPlan:
    return reduce(lambda plan, edit: edit.edited_plan(plan, 1), edits, RunPlan(document))


def _costs(run: Run, until: int = 300) -> list[float]:
    run.extend(until)
    return list(run.costs)


@pytest.fixture
def lecture() -> Document:
    return Document()


def test_the_run_of_a_course_is_made_once(lecture: Document) -> None:
    runs, plan = RunCache(), _plan(lecture, _SLOWER)
    assert runs.run_of(plan) is runs.run_of(plan)


def test_a_course_with_the_same_numbers_has_the_same_run(lecture: Document) -> None:
    runs = RunCache()
    run = runs.run_of(_plan(lecture, _SLOWER))
    assert runs.run_of(_plan(lecture, _SLOWER)) is run
    assert runs.run_of(_plan(lecture, CellSet("x", 1, 1, 3.0), _SLOWER)) is run
    assert runs.run_of(_plan(lecture, CellSet("x", 1, 1, 4.0), _SLOWER)) is not run


@pytest.mark.parametrize(
    "edit",
    [
        HyperparameterSet("activation", "tanh"),
        HyperparameterSet("hidden", (4,)),
        HyperparameterSet("seed", 2),
        HyperparameterSet("learning_rate", 1.0),
        HyperparameterSet("y_scaling", "none"),
        CellSet("y", 1, 1, 76.0),
        WeightSet("W1", 1, 1, 0.5),
        WeightSet("W1", 1, 1, 0.5, 100),
        _SLOWER,
    ],
    ids=str,
)
def test_a_course_with_other_numbers_has_another_run(lecture: Document, edit: Edit) -> None:
    runs = RunCache()
    plain, other = runs.run_of(_plan(lecture)), runs.run_of(_plan(lecture, edit))
    assert other is not plain
    assert _costs(other) != _costs(plain)


def test_given_weights_in_another_network_are_another_run(lecture: Document) -> None:
    runs, given = RunCache(), HyperparameterSet("method", "given")
    plan = _plan(lecture, given)
    other = HyperparameterSet("activation", "tanh").edited_plan(plan, 1)
    assert other.document.start_parameters is plan.document.start_parameters
    assert _costs(runs.run_of(other)) != _costs(runs.run_of(plan))


def test_what_two_runs_have_in_common_is_computed_once(lecture: Document) -> None:
    runs = RunCache()
    first = runs.run_of(_plan(lecture, _SLOWER))
    first.extend(150)
    second = runs.run_of(_plan(lecture, _SLOWER, _FASTER))
    assert second.reached == 150
    second.extend(300)
    assert first.reached == 199
    other_way = runs.run_of(_plan(lecture, HyperparameterSet("learning_rate", 7.0, 100)))
    assert other_way.reached == 99
    assert _costs(other_way)[:99] == _costs(first)[:99]
    assert _costs(other_way)[100] != _costs(first)[100]


@pytest.mark.parametrize("edits", [(), (_SLOWER,), (_SLOWER, _FASTER)], ids=["plain", "one change", "two changes"])
def test_a_run_that_shares_computes_what_one_alone_computes(lecture: Document, edits: tuple[Edit, ...]) -> None:
    runs = RunCache()
    for plan in (_plan(lecture), _plan(lecture, _FASTER), _plan(lecture, _SLOWER)):
        _costs(runs.run_of(plan))
    assert _costs(runs.run_of(_plan(lecture, *edits))) == _costs(RunCache().run_of(_plan(lecture, *edits)))


def test_going_back_to_a_run_computes_nothing_again() -> None:
    runs = RunCache()
    state = after_events(State.opened(Document()), [Moved(100, "J"), Branched("B"), _SLOWER])
    runs.run_of(state.branches.all[0].plan).extend(300)
    assert runs.run_of(state.plan).reached == 99
    undone = after_events(state, [Undone()])
    assert runs.run_of(undone.plan).reached == 300


def test_only_the_runs_asked_for_last_are_kept(lecture: Document) -> None:
    runs = RunCache(most=2)
    plans = [_plan(lecture, HyperparameterSet("seed", seed)) for seed in (1, 2, 3)]
    first, *_ = [runs.run_of(plan) for plan in plans]
    assert runs.run_of(plans[2]) is runs.run_of(plans[2])
    assert runs.run_of(plans[0]) is not first
