"""relu(z) = z where z > 0, else 0."""

from functools import partial
from math import inf

import numpy as np

from tui_nn.network.model.activations.activation import ZERO, Activation, Operation
from tui_nn.network.model.activations.function import BySign, Number, z
from tui_nn.network.model.array import Array


def _compile(z: Array, a: Array, prime: Array, scratch: Array) -> tuple[Operation, ...]:  # noqa: ARG001
    return (partial(np.maximum, out=a), (z, ZERO)), (np.heaviside, (z, ZERO, prime))


RELU = Activation(
    "relu",
    _compile,
    formula=BySign(z, Number(0)),
    slope=BySign(Number(1), Number(0)),
    derivation=(BySign(Number(1), None), BySign(None, Number(0))),
    curvature=0.0,
    kinks=(0.0,),
    reach=(0.0, inf),
)
