"""Compares the costs in a lesson's log with the costs that this machine computes."""

import math
from collections.abc import Iterable
from dataclasses import replace

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network import PROMISED, Agreement, Run, agreement, cost_rounding, output_rounding
from tui_nn.session import limits
from tui_nn.session.events import CostReached
from tui_nn.session.reducer import apply_event
from tui_nn.session.runs.run_cache import RunCache
from tui_nn.session.runs.run_plan import RunPlan
from tui_nn.session.state import State
from tui_nn.session.storage.session_file import Lesson

TOLERANCE = 1e-9
"""Costs whose relative difference is smaller are the same."""
_MOST_MEASURED = 16
"""How many runs are measured for rounding at most: a log may have hundreds of runs that differ."""


@frozen_dataclass
class ComparedValue:
    """A recorded cost and the cost computed here, which is None if the run does not reach the iteration.

    ``tolerance`` is the relative difference that rounding can make, at least 1e-9.
    """

    seq: int
    run: str
    iteration: int
    recorded: float
    computed: float | None
    tolerance: float = TOLERANCE

    @property
    def difference(self) -> float:
        """|recorded − computed| relative to the larger of the two; infinite if nothing was computed."""
        if self.computed is None:
            return math.inf
        largest = max(abs(self.recorded), abs(self.computed))
        return abs(self.recorded - self.computed) / largest if largest else 0.0

    @property
    def differs(self) -> bool:
        """Whether the costs differ by more than ``tolerance``."""
        return self.difference > self.tolerance


@frozen_dataclass
class Verification:
    """How many recorded costs were compared, and which of them differ.

    ``worst`` differs most; None if there are no costs. ``runs_that_amplify`` has the name of each run that amplifies
    rounding, and how many digits stay certain in it. Only the run shown at the end of the log and the runs whose costs
    differ are checked for this.
    """

    compared: int
    differing: tuple[ComparedValue, ...]
    worst: ComparedValue | None
    largest_tolerance: float = TOLERANCE
    runs_that_amplify: tuple[tuple[str, Agreement], ...] = ()

    @property
    def passed(self) -> bool:
        """Whether every recorded cost is the one computed here."""
        return not self.differing

    @property
    def largest_difference(self) -> float:
        """The largest relative difference."""
        return self.worst.difference if self.worst else 0.0


def verify(lesson: Lesson) -> Verification:
    """Recomputes every cost that the log of ``lesson`` recorded."""
    runs = RunCache(most=limits.BRANCHES)
    state = State.opened(lesson.document)
    comparisons: list[ComparedValue] = []
    # For each run whose costs differ by more than the rounding of J: where these are in `comparisons`.
    doubtful: dict[RunPlan, list[int]] = {}
    last: tuple[str, RunPlan, int] | None = None
    for entry in lesson.entries:
        state = apply_event(state, entry.event)
        if isinstance(entry.event, CostReached):
            run = runs.run_of(state.plan)
            iteration, recorded = entry.event.iteration, entry.event.cost
            run.extend(iteration)
            computed = run.cost(iteration) if iteration <= run.reached else None
            name = state.branches.current.name
            compared = _with_rounding(ComparedValue(entry.seq, name, iteration, recorded, computed), run)
            if compared.differs and computed is not None:
                doubtful.setdefault(state.plan, []).append(len(comparisons))
            comparisons.append(compared)
            reached = last[2] if last and last[1] is state.plan else 0
            last = name, state.plan, max(iteration, reached)
    amplified: dict[str, Agreement] = {}
    for plan, places in [*doubtful.items()][:_MOST_MEASURED]:
        until = max(comparisons[place].iteration for place in places)
        found = _measure_agreement(runs, plan, until)
        for place in places:
            comparisons[place] = _with_amplification(comparisons[place], found)
        if found.first:
            amplified[comparisons[places[0]].run] = found
    if last and last[0] not in amplified and (found := _measure_agreement(runs, *last[1:])).first:
        amplified[last[0]] = found
    return _verification(comparisons, amplified.items())


def _with_rounding(compared: ComparedValue, run: Run) -> ComparedValue:
    """Raises the tolerance to the rounding of J: for a J close to 0, that is far more than 1e-9 of it."""
    if not compared.differs or compared.computed is None:
        return compared
    largest = max(abs(compared.recorded), compared.computed)
    computed = run.pass_at(compared.iteration)
    rounding = cost_rounding(run.network, len(computed["Y"]), compared.computed, output_rounding(computed))
    return replace(compared, tolerance=min(1.0, max(TOLERANCE, rounding / largest)))


def _with_amplification(compared: ComparedValue, found: Agreement) -> ComparedValue:
    """Raises the tolerance if the run has amplified rounding by this iteration."""
    digits = found.digits(compared.iteration)
    return compared if digits >= PROMISED else replace(compared, tolerance=max(compared.tolerance, 10.0**-digits))


def _measure_agreement(runs: RunCache, plan: RunPlan, until: int) -> Agreement:
    run = runs.run_of(plan)
    run.extend(until)
    return agreement(run, until)


def _verification(comparisons: Iterable[ComparedValue], amplified: Iterable[tuple[str, Agreement]]) -> Verification:
    compared = tuple(comparisons)
    differing = tuple(value for value in compared if value.differs)
    worst = max(compared, key=lambda value: value.difference, default=None)
    widest = max((value.tolerance for value in compared), default=TOLERANCE)
    return Verification(len(compared), differing, worst, widest, tuple(amplified))
