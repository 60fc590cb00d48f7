"""What an activation and the cost of an error have in common: both work on each cell of a matrix by itself."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from tui_nn.network.model.activations.function import Function
from tui_nn.network.model.array import Array

Operation: TypeAlias = tuple[Callable[..., object], tuple[object, ...]]
"""A numpy call with its arguments, the last of which receives the result."""

ZERO, ONE = np.array(0.0), np.array(1.0)


class CellFunction:
    """A function of one number z, and its slope: as numpy calls, and as formulas.

    ``compile(z, a, prime, scratch)`` gives the numpy calls that fill a with f(z) and prime with f′(z), all four arrays
    being of one shape. Training runs these calls without a temporary array; `value` and `derivative` run them on new
    arrays, so that the lesson's numbers are the training's to the last bit.
    ``formula`` is f(z) and ``slope`` f′(z) as a textbook writes them, and ``derivation`` are the formulas of f′(z) that
    lead from the one to the other, the last of them being ``slope``.
    ``computed`` are f(z) and f′(z) as an exported program computes them, where the textbook's formulas lose digits.
    ``kinks`` are the z at which one formula of f ends and another begins, in rising order: 0 for max(z, 0) and for |z|.
    The gradient check measures no slope across them, even where f′ does not jump.
    """

    name: str
    compile: Callable[[Array, Array, Array, Array], tuple[Operation, ...]]
    formula: Function
    slope: Function
    derivation: tuple[Function, ...]
    computed: tuple[Function, Function] | None
    kinks: tuple[float, ...]

    def value(self, z: Array) -> Array:
        """f(z), in the shape of z; accurate at any finite z, without a warning."""
        return self.both(z)[0]

    def derivative(self, z: Array) -> Array:
        """f′(z), in the shape of z; accurate at any finite z, without a warning.

        relu′(0) is 0, and with leaky relu 0.01: at a kink it is the slope of the side below.
        """
        return self.both(z)[1]

    def both(self, z: Array) -> tuple[Array, Array]:
        """f(z) and f′(z), computed together, each of z's shape."""
        a, prime = np.empty_like(z), np.empty_like(z)
        with np.errstate(all="ignore"):
            for call, arguments in self.compile(z, a, prime, np.empty_like(z)):
                call(*arguments)
        return a, prime
