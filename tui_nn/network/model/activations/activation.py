"""What the lesson has to know of an activation."""

from collections.abc import Callable
from math import inf
from typing import TypeAlias

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.model.activations.function import Function
from tui_nn.network.model.array import Array

Operation: TypeAlias = tuple[Callable[..., object], tuple[object, ...]]
"""A numpy call with its arguments, the last of which receives the result."""

ZERO, ONE = np.array(0.0), np.array(1.0)


@frozen_dataclass(eq=False)
class Activation:
    """f and f′: as numpy calls, and as formulas.

    ``compile(z, a, prime, scratch)`` gives the numpy calls that fill a with f(z) and prime with f′(z), all four arrays
    being of one shape. Training runs these calls without a temporary array; `value` and `derivative` run them on new
    arrays, so that the lesson's numbers are the training's to the last bit.
    ``formula`` is f(z) and ``slope`` f′(z) as a textbook writes them, and ``derivation`` are the formulas of f′(z) that
    lead from the one to the other, the last of them being ``slope``.
    ``computed`` are f(z) and f′(z) as an exported program computes them, where the textbook's formulas lose digits.
    ``curvature`` is the least number c with |f″(z)| ≤ c · |f′(z)| at every real z, and at every complex z whose
    distance from a real one is below 1 / 2c; 0 if f is made of straight lines. The checks also count on |f′(z)| ≤ 1,
    and on an f′ that only rises or only falls on each side of 0.
    ``has_kink`` is true if f is one formula where z > 0 and another where z < 0, as with max or |z|: the gradient check
    then measures no slope across 0, even if f′ does not jump there. ``curvature`` holds for each formula by itself.
    ``reach`` is the greatest lower and the least upper bound of f(z).
    ``mixes_units`` is true if f of a unit depends on the z of all units of its row, as softmax does; all others work on
    each cell of Z by itself. Then f′ is the slope of each unit's f by its own z.
    """

    name: str
    compile: Callable[[Array, Array, Array, Array], tuple[Operation, ...]]
    formula: Function
    slope: Function
    derivation: tuple[Function, ...]
    curvature: float
    computed: tuple[Function, Function] | None = None
    has_kink: bool = False
    reach: tuple[float, float] = (-inf, inf)
    mixes_units: bool = False

    def value(self, z: Array) -> Array:
        """f(z), in the shape of z; accurate at any finite z, without a warning."""
        return self.both(z)[0]

    def derivative(self, z: Array) -> Array:
        """f′(z), in the shape of z; accurate at any finite z, without a warning.

        relu′(0) is 0, and with leaky relu 0.01: at a kink it is the slope of the side below 0.
        """
        return self.both(z)[1]

    def both(self, z: Array) -> tuple[Array, Array]:
        """f(z) and f′(z), computed together, each of z's shape."""
        a, prime = np.empty_like(z), np.empty_like(z)
        with np.errstate(all="ignore"):
            for call, arguments in self.compile(z, a, prime, np.empty_like(z)):
                call(*arguments)
        return a, prime
