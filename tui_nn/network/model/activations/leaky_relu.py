"""leaky relu(z) = z where z > 0, else 0.01 · z: where relu is flat, it still has a slope."""

from functools import partial

import numpy as np

from tui_nn.network.model.activations.activation import ZERO, Activation, Operation
from tui_nn.network.model.activations.function import BySign, Number, z
from tui_nn.network.model.array import Array

_LEAK = 0.01
"""The slope where z ≤ 0, 0 itself included."""
_SLOPE = np.array(_LEAK)


def _compile(z: Array, a: Array, prime: Array, scratch: Array) -> tuple[Operation, ...]:
    # 0.01 · z is above z where z is below 0, and below it where z is above 0.
    return (
        (np.multiply, (z, _SLOPE, scratch)),
        (partial(np.maximum, out=a), (z, scratch)),
        (np.heaviside, (z, ZERO, prime)),
        (partial(np.maximum, out=prime), (prime, _SLOPE)),
    )


LEAKY_RELU = Activation(
    "leaky relu",
    _compile,
    formula=BySign(z, _LEAK * z),
    slope=BySign(Number(1), Number(_LEAK)),
    derivation=(BySign(Number(1), None), BySign(None, Number(_LEAK))),
    curvature=0.0,
    kinks=(0.0,),
)
