"""The functions that units apply to z: sigmoid, tanh, relu, identity, each with its derivative.

Each is written once, as the numpy calls that fill given buffers: training runs them without a temporary, and `value`
and `derivative` run the same calls on fresh arrays, so that the lesson's figures are the training's to the last bit.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import inf
from typing import TypeAlias

import numpy as np

from tui_nn.network.model.array import Array

Operation: TypeAlias = tuple[Callable[..., object], tuple[object, ...]]
"""A numpy call with its arguments, the last of which receives the result."""

_ONE = np.array(1.0)


@dataclass(frozen=True, eq=False)
class Activation:
    """f and f′, elementwise.

    ``compile(z, a, prime, scratch)`` gives the calls that fill a with f(z) and prime with f′(z), all of one shape.
    ``bend`` is the least number with |f″(z)| ≤ bend · |f′(z)| at every z; 0 if f is made of straight lines.
    ``has_kink`` is true where f′ jumps at z = 0.
    ``reach`` is the greatest lower and the least upper bound of f(z).
    """

    name: str
    compile: Callable[[Array, Array, Array, Array], tuple[Operation, ...]]
    bend: float
    has_kink: bool = False
    reach: tuple[float, float] = (-inf, inf)

    def value(self, z: Array) -> Array:
        """f(z), in the shape of z; accurate at any finite z, without a warning."""
        return self.both(z)[0]

    def derivative(self, z: Array) -> Array:
        """f′(z), in the shape of z; accurate at any finite z, without a warning. relu′(0) is 0."""
        return self.both(z)[1]

    def both(self, z: Array) -> tuple[Array, Array]:
        """f(z) and f′(z), computed together, each of z's shape."""
        a, prime = np.empty_like(z), np.empty_like(z)
        with np.errstate(all="ignore"):
            for call, arguments in self.compile(z, a, prime, np.empty_like(z)):
                call(*arguments)
        return a, prime


def _sigmoid(z: Array, a: Array, prime: Array, scratch: Array) -> tuple[Operation, ...]:
    # With u = eᶻ: f = u / (1 + u) and f′ = f / (1 + u). Unlike f (1 − f), this cancels nothing where f is close to 1.
    # Where u overflows, u / (1 + u) is undefined and f is 1; fmin takes the number of the two.
    return (
        (np.exp, (z, prime)),
        (np.add, (prime, _ONE, scratch)),
        (np.divide, (prime, scratch, a)),
        (np.fmin, (a, _ONE, a)),
        (np.divide, (a, scratch, prime)),
    )


def _tanh(z: Array, a: Array, prime: Array, scratch: Array) -> tuple[Operation, ...]:
    # tanh′ = 1 / cosh². Unlike 1 − tanh², this cancels nothing where tanh is close to ±1.
    return (
        (np.tanh, (z, a)),
        (np.cosh, (z, scratch)),
        (np.multiply, (scratch, scratch, scratch)),
        (np.divide, (_ONE, scratch, prime)),
    )


def _relu(z: Array, a: Array, prime: Array, scratch: Array) -> tuple[Operation, ...]:  # noqa: ARG001
    return (
        (partial(np.maximum, out=a), (z, np.array(0.0))),
        (np.heaviside, (z, np.array(0.0), prime)),
    )


def _identity(z: Array, a: Array, prime: Array, scratch: Array) -> tuple[Operation, ...]:  # noqa: ARG001
    return ((np.positive, (z, a)), (prime.fill, (1.0,)))


ACTIVATIONS = {
    "sigmoid": Activation("sigmoid", _sigmoid, bend=1.0, reach=(0.0, 1.0)),
    "tanh": Activation("tanh", _tanh, bend=2.0, reach=(-1.0, 1.0)),
    "relu": Activation("relu", _relu, bend=0.0, has_kink=True, reach=(0.0, inf)),
    "identity": Activation("identity", _identity, bend=0.0),
}
