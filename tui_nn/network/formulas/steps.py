"""The steps of one iteration, in the order in which the lecture takes them."""

from enum import StrEnum
from functools import lru_cache

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.formulas.optimizers import update_rule
from tui_nn.network.model.network import Network


class StepKind(StrEnum):
    """What a step computes; the value is its name in the session file, before the layer's number."""

    Z = "Z"
    A = "A"
    Y_HAT = "Y_hat"
    COST = "J"
    DELTA = "delta"
    DJDW = "dJdW"
    DJDB = "dJdb"
    VELOCITY = "velocity"
    SQUARES = "squares"
    MOMENTS = "moments"
    CORRECTED = "corrected"
    UPDATE = "update"


STEPS_OF_UPDATE = (
    StepKind.VELOCITY,
    StepKind.SQUARES,
    StepKind.MOMENTS,
    StepKind.CORRECTED,
    StepKind.UPDATE,
)
"""The steps that follow the gradient. Each has a matrix, or several, for every parameter."""


@frozen_dataclass
class Step:
    """One step: its kind, and the number of its matrix in the lecture; 0 for Y_hat, J, update and what leads to it."""

    kind: StepKind
    number: int = 0

    @property
    def name(self) -> str:
        """``Z2``, ``Y_hat``, ``J``, ``delta3``, ``dJdW2``, ``update``."""
        return f"{self.kind}{self.number or ''}"


def weight_of(step: Step, network: Network) -> str:
    """The weights or biases that ``step`` is about: W1 for Z2, A2, δ2 and the update, b2 for ∂J/∂b2."""
    match step.kind:
        case StepKind.Z | StepKind.A | StepKind.DELTA:
            return f"W{step.number - 1}"
        case StepKind.DJDW | StepKind.DJDB:
            return step.name.removeprefix("dJd")
        case kind if kind in STEPS_OF_UPDATE:
            return "W1"
    return f"W{network.depth}"


@lru_cache(maxsize=64)
def steps(network: Network) -> tuple[Step, ...]:
    """All steps of an iteration: ``Z2 A2 Z3 Y_hat J delta3 dJdW2 delta2 dJdW1 update`` for the lecture's network.

    Some optimizers have steps of their own before the update; none if all parameters are fixed.
    """
    last = len(network.layers)
    order = []
    for layer in range(2, last):
        order += [Step(StepKind.Z, layer), Step(StepKind.A, layer)]
    order += [Step(StepKind.Z, last), Step(StepKind.Y_HAT), Step(StepKind.COST)]
    for layer in range(last, 1, -1):
        order += [Step(StepKind.DELTA, layer), Step(StepKind.DJDW, layer - 1)]
        if network.bias:
            order.append(Step(StepKind.DJDB, layer - 1))
    if network.trained:
        order += [Step(StepKind(name)) for name in update_rule(network).steps]
    return (*order, Step(StepKind.UPDATE))


@lru_cache(maxsize=64)
def steps_by_name(network: Network) -> dict[str, Step]:
    """The steps of an iteration, in their order, by their names."""
    return {step.name: step for step in steps(network)}
