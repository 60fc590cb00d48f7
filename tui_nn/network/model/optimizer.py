"""The optimizer: which rule makes the update of the gradient, and the numbers in its formulas."""

from collections.abc import Callable, Mapping
from dataclasses import fields

from tui_nn.frozen_dataclass import frozen_dataclass


@frozen_dataclass
class Optimizer:
    """``name`` is one among `formulas.optimizers.UPDATE_RULES`; the numbers are those of the rules that have them."""

    name: str = "gradient descent"
    momentum: float = 0.9
    rho: float = 0.9
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8


GRADIENT_DESCENT = Optimizer()

NUMBERS: Mapping[str, Callable[[Optimizer, int], float]] = {
    "momentum": lambda optimizer, t: optimizer.momentum,  # noqa: ARG005
    "rho": lambda optimizer, t: optimizer.rho,  # noqa: ARG005
    "1-rho": lambda optimizer, t: 1 - optimizer.rho,  # noqa: ARG005
    "beta1": lambda optimizer, t: optimizer.beta1,  # noqa: ARG005
    "1-beta1": lambda optimizer, t: 1 - optimizer.beta1,  # noqa: ARG005
    "1-beta1^t": lambda optimizer, t: 1 - optimizer.beta1**t,
    "beta2": lambda optimizer, t: optimizer.beta2,  # noqa: ARG005
    "1-beta2": lambda optimizer, t: 1 - optimizer.beta2,  # noqa: ARG005
    "1-beta2^t": lambda optimizer, t: 1 - optimizer.beta2**t,
    "epsilon": lambda optimizer, t: optimizer.epsilon,  # noqa: ARG005
}
"""The numbers that formulas of an update may name: functions of the optimizer and of t, the number of the update."""
OF_UPDATE_NUMBER = frozenset({"1-beta1^t", "1-beta2^t"})
"""Those that are another number in each update."""
SETTINGS = tuple(field.name for field in fields(Optimizer) if field.name != "name")
"""The settings that the `NUMBERS` are made of."""


@frozen_dataclass
class NumberInFormula:
    """What the name of a number says: a ``setting``, with ``is_power`` to the power t, with ``of_one`` 1 minus that."""

    setting: str
    is_power: bool
    of_one: bool


def number_in_formula(name: str) -> NumberInFormula:
    """What the name of one of the `NUMBERS` says."""
    return NumberInFormula(name.removeprefix("1-").removesuffix("^t"), name.endswith("^t"), name.startswith("1-"))
