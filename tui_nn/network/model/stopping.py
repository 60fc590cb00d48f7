"""When a run stops before its last iteration."""

from enum import StrEnum

from tui_nn.frozen_dataclass import frozen_dataclass


@frozen_dataclass
class Stopping:
    """A run ends with the first iteration that meets one of these conditions; with 0 there is no such condition.

    J is below ``cost``, or every |∂J/∂w| of the parameters that are not fixed is below ``gradient``: then the
    iteration's own update is not made. If all parameters are fixed, ``gradient`` never stops the run. Or the mean cost
    of the test rows was no less than its least so far after ``patience`` epochs in a row.
    """

    cost: float = 0.0
    gradient: float = 0.0
    patience: int = 0

    @property
    def is_there(self) -> bool:
        """Whether there is a condition."""
        return self != NEVER


class StopReason(StrEnum):
    """Why a run stopped: the key of the condition in the session file."""

    COST = "stop_cost"
    GRADIENT = "stop_gradient"
    PATIENCE = "patience"


NEVER = Stopping()
