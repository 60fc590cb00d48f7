"""Whether this machine computes what the machine computed on which a lesson was recorded."""

import math
from dataclasses import dataclass

from tui_nn.session import limits
from tui_nn.session.events import Reached
from tui_nn.session.file import Lesson
from tui_nn.session.fold import fold
from tui_nn.session.runs import Runs
from tui_nn.session.state import State

TOLERANCE = 1e-9
"""Relative: costs that lie closer together are the same."""


@dataclass(frozen=True)
class Comparison:
    """A recorded cost and the one computed here, which is None where the run does not reach the iteration."""

    seq: int
    run: str
    iteration: int
    recorded: float
    computed: float | None

    @property
    def difference(self) -> float:
        """|recorded − computed| relative to the larger of the two; infinite where nothing was computed."""
        if self.computed is None:
            return math.inf
        largest = max(abs(self.recorded), abs(self.computed))
        return abs(self.recorded - self.computed) / largest if largest else 0.0


@dataclass(frozen=True)
class Verification:
    """How many recorded costs were compared, those that differ, and the one that differs most; None without any."""

    compared: int
    differing: tuple[Comparison, ...]
    worst: Comparison | None

    @property
    def passed(self) -> bool:
        """Whether every recorded cost is the one computed here."""
        return not self.differing

    @property
    def largest(self) -> float:
        """The largest relative difference."""
        return self.worst.difference if self.worst else 0.0


def verify(lesson: Lesson) -> Verification:
    """Recomputes every cost that the log of ``lesson`` recorded."""
    runs = Runs(most=limits.BRANCHES)
    state = State.opened(lesson.document)
    comparisons = []
    for entry in lesson.entries:
        state = fold(state, entry.event)
        if isinstance(entry.event, Reached):
            run = runs.run_of(state.course)
            iteration, recorded = entry.event.iteration, entry.event.cost
            run.extend(iteration)
            computed = run.cost(iteration) if iteration <= run.reached else None
            name = state.branches.current.name
            comparisons.append(Comparison(entry.seq, name, iteration, recorded, computed))
    differing = tuple(one for one in comparisons if one.difference > TOLERANCE)
    worst = max(comparisons, key=lambda one: one.difference, default=None)
    return Verification(len(comparisons), differing, worst)
