"""How the learning rate changes from update to update."""

from collections.abc import Callable
from math import cos, pi

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass


@frozen_dataclass
class Schedule:
    """The rate of iteration i, as a multiple of the learning rate η. ``name`` is one among `SCHEDULES`.

    ``decay`` and ``every`` are numbers in its formula; without a ``decay``, the one usual for the schedule holds.
    ``iterations`` is the length of the run, which the cosine needs.
    """

    name: str = "constant"
    decay: float | None = None
    every: int = 100
    iterations: int = 10_000

    @property
    def decay_in_force(self) -> float:
        """The ``decay`` that is set, or the usual one."""
        return SCHEDULES[self.name].usual_decay if self.decay is None else self.decay

    @property
    def is_constant(self) -> bool:
        """Whether every iteration has the same rate."""
        return self.name == Schedule.name

    def factor(self, iteration: int) -> float:
        """What η is multiplied by in ``iteration``, counted from 1."""
        return SCHEDULES[self.name].factor(self, iteration)


@frozen_dataclass
class ScheduleFormula:
    """A schedule's formula: ``factor(schedule, iteration)`` is what η is multiplied by.

    ``usual_decay`` is its decay if a lesson sets none. ``uses`` names the settings that stand in its formula.
    """

    name: str
    factor: Callable[[Schedule, int], float]
    uses: tuple[str, ...] = ()
    usual_decay: float = 1.0


def _power(base: float, exponent: int) -> float:
    """A power, which is inf where it is too large a number."""
    with np.errstate(over="ignore"):
        return float(np.float64(base) ** exponent)


CONSTANT = Schedule()
SCHEDULES = {
    formula.name: formula
    for formula in (
        ScheduleFormula("constant", lambda schedule, iteration: 1.0),  # noqa: ARG005
        ScheduleFormula(
            "step",
            lambda schedule, iteration: _power(schedule.decay_in_force, (iteration - 1) // schedule.every),
            ("decay", "every"),
            0.5,
        ),
        ScheduleFormula(
            "exponential",
            lambda schedule, iteration: _power(schedule.decay_in_force, iteration - 1),
            ("decay",),
            0.999,
        ),
        ScheduleFormula(
            "inverse time",
            lambda schedule, iteration: 1 / (1 + schedule.decay_in_force * (iteration - 1)),
            ("decay",),
            0.001,
        ),
        ScheduleFormula(
            "cosine",
            lambda schedule, iteration: (1 + cos(pi * (iteration - 1) / schedule.iterations)) / 2,
            ("iterations",),
        ),
    )
}
"""The schedules by their names in the session file, in the order in which the screen offers them.

η, η · decay^⌊(i − 1) / every⌋, η · decay^(i − 1), η / (1 + decay · (i − 1)), η/2 · (1 + cos(π (i − 1) / iterations)).
"""
