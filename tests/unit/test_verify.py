"""Whether this machine computes the costs that another one recorded."""

import math
from dataclasses import replace

import pytest

from tests.unit.helpers import DATA, entries, figures_of_R
from tests.unit.helpers import lesson as bundled
from tui_nn.network import ValidationError
from tui_nn.session.document import Document
from tui_nn.session.events import (
    Branched,
    CellSet,
    CostReached,
    Event,
    HyperparameterSet,
    Moved,
    RowAdded,
    RunChosen,
    Undone,
    WeightSet,
)
from tui_nn.session.lesson_log import LessonLog
from tui_nn.session.runs.run_cache import RunCache
from tui_nn.session.storage.session_file import Lesson, read
from tui_nn.session.verify import TOLERANCE, Verification, verify

_LESSON = Lesson.without_events(Document())
_DONE: list[Event] = [
    Moved(50, "J"),
    HyperparameterSet("learning_rate", 0.5, 50),
    Moved(60, "J"),
    Branched("B"),
    WeightSet("W1", 1, 1, 3.0, 60),
    CellSet("x", 1, 1, 4.0, 70),
    Moved(80, "J"),
    RunChosen("A"),
    RowAdded(1, (8.0, 3.0), (88.0,)),
    Moved(40, "J"),
    Undone(),
]


def _recorded() -> Lesson:
    """A lesson in which the cost of the iteration shown was recorded after every event."""
    history, runs = LessonLog(_LESSON), RunCache()
    for event in _DONE:
        state = history.append(event)
        run = runs.run_of(state.plan)
        run.extend(state.iteration)
        history.append(CostReached(state.iteration, run.cost(state.iteration)))
    return replace(_LESSON, entries=history.entries)


def _with(*happened: Event) -> Lesson:
    return replace(_LESSON, entries=entries(*happened))


def _changed(lesson: Lesson, number: int, factor: float) -> Lesson:
    """``lesson`` with one of its recorded costs multiplied."""
    places = [place for place, entry in enumerate(lesson.entries) if isinstance(entry.event, CostReached)]
    log = list(lesson.entries)
    entry = log[places[number]]
    assert isinstance(entry.event, CostReached)
    log[places[number]] = replace(entry, event=replace(entry.event, cost=entry.event.cost * factor))
    return replace(lesson, entries=tuple(log))


def test_what_was_recorded_here_is_computed_here() -> None:
    found = verify(_recorded())
    assert (found.passed, found.compared, found.differing, found.largest_difference) == (True, len(_DONE), (), 0.0)
    assert found.worst is not None
    assert found.worst.difference == 0.0


def test_the_costs_that_R_computed_are_computed_here() -> None:
    traces = figures_of_R("r_lecture")["traces"]
    happened = [CostReached(int(iteration), trace["cost"]) for iteration, trace in traces.items()]
    found = verify(_with(*happened))
    assert (found.passed, found.compared) == (True, len(happened))


@pytest.mark.parametrize("number", range(len(_DONE)))
@pytest.mark.parametrize("factor", [1 + 3e-9, 1 - 3e-9, -1.0, 0.0, 2.0])
def test_a_cost_that_was_changed_is_noticed(number: int, factor: float) -> None:
    lesson = _changed(_recorded(), number, factor)
    found = verify(lesson)
    assert not found.passed
    (differing,) = found.differing
    assert differing is found.worst
    assert differing.seq == [e.seq for e in lesson.entries if isinstance(e.event, CostReached)][number]
    assert differing.computed is not None
    assert differing.recorded == pytest.approx(differing.computed * factor)
    assert found.largest_difference == differing.difference > TOLERANCE


_TINY = {5000: 4.4058721719180135e-16, 10_000: 2.852225210439721e-29}
"""J of iterations of the homework's run, as a processor with AVX-512 computes it."""
_TINY_ELSEWHERE = {5000: 4.4058721163e-16, 10_000: 2.8922845532829753e-29}
"""The same as one without it does; of iteration 5 000 as far off as it may well be."""


def _of(name: str, costs: dict[int, float]) -> Lesson:
    happened = [CostReached(iteration, cost) for iteration, cost in costs.items()]
    return replace(Lesson.without_events(_lesson(name)), entries=entries(*happened))


def _lesson(name: str) -> Document:
    return read(DATA / "parting.toml").document if name == "parting" else bundled(name)


@pytest.mark.parametrize("costs", [_TINY, _TINY_ELSEWHERE])
def test_a_cost_that_is_the_square_of_rounding_agrees_on_any_processor(costs: dict[int, float]) -> None:
    found = verify(_of("homework-biases", costs))
    assert (found.passed, found.compared) == (True, 2)
    assert found.runs_that_amplify == ()


@pytest.mark.parametrize("factor", [1 + 1e-4, 1 - 1e-4, 2.0, -1.0])
def test_a_tiny_cost_that_was_changed_is_noticed(factor: float) -> None:
    (differing,) = verify(_of("homework-biases", {5000: _TINY[5000] * factor})).differing
    assert TOLERANCE < differing.tolerance < 1e-5 < differing.difference


def test_where_the_run_amplifies_rounding_what_r_computed_agrees_and_what_it_could_not_have_does_not() -> None:
    computed_by_r = {50: 0.24354300524588118, 140: 0.028471153988589612, 160: 0.20699632957175645}
    found = verify(_of("parting", computed_by_r))
    assert (found.passed, found.largest_tolerance) == (True, 1.0)
    ((run, agreed),) = found.runs_that_amplify
    assert run == "A"
    assert agreed.first is not None
    assert 100 < agreed.first < 130
    changed = {50: 0.24354300524588118 * (1 + 3e-9), 120: 0.054236185114036897 * (1 + 1e-4)}
    assert [one.iteration for one in verify(_of("parting", changed)).differing] == [50, 120]


@pytest.mark.parametrize("factor", [1 + 1e-10, 1 - 1e-10])
def test_a_cost_that_differs_by_rounding_is_the_same(factor: float) -> None:
    found = verify(_changed(_recorded(), 3, factor))
    assert found.passed
    assert 0 < found.largest_difference < TOLERANCE


def test_a_cost_is_that_of_the_run_shown() -> None:
    lesson = _recorded()
    names = [comparison.run for comparison in verify(_all_changed(lesson)).differing]
    assert names == ["A"] * 3 + ["B"] * 4 + ["A"] * 4


def _all_changed(lesson: Lesson) -> Lesson:
    for number in range(len(_DONE)):
        lesson = _changed(lesson, number, 2.0)
    return lesson


def test_an_iteration_that_the_run_does_not_reach_differs() -> None:
    too_fast: list[Event] = [
        HyperparameterSet("activation", "identity"),
        HyperparameterSet("output_activation", "identity"),
        HyperparameterSet("learning_rate", 100.0),
        CostReached(9999, 0.5),
    ]
    found = verify(_with(*too_fast))
    assert not found.passed
    assert found.worst is not None
    assert (found.worst.iteration, found.worst.computed, found.worst.difference) == (9999, None, math.inf)
    assert found.largest_difference == math.inf


def test_a_cost_of_zero_is_a_cost_of_zero() -> None:
    perfect: list[Event] = [HyperparameterSet("y_scaling", (1.0,)), HyperparameterSet("activation", "relu")]
    perfect += [HyperparameterSet("output_activation", "relu"), HyperparameterSet("method", "ones")]
    perfect += [WeightSet("W2", row, 1, 0.0) for row in (1, 2, 3)]
    perfect += [CellSet("y", row, 1, 0.0) for row in (1, 2, 3)]
    found = verify(_with(*perfect, CostReached(1, 0.0)))
    assert (found.passed, found.largest_difference) == (True, 0.0)
    assert verify(_with(*perfect, CostReached(1, 1e-300))).largest_difference == 1.0


def test_where_no_cost_was_recorded_there_is_nothing_to_compare() -> None:
    assert verify(_with(Moved(2, "J"))) == Verification(0, (), None)
    assert verify(_LESSON).passed
    assert verify(_LESSON).largest_difference == 0.0


def test_a_cost_of_an_iteration_after_the_last_is_no_event_of_the_lesson() -> None:
    with pytest.raises(ValidationError, match="one from 1 to 10000"):
        LessonLog(_LESSON).append(CostReached(10_001, 0.5))
