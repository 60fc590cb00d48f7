"""softplus(z) = ln(1 + eᶻ), above 0: a relu without a kink."""

from functools import partial
from math import inf

import numpy as np

from tui_nn.network.model.activations.activation import ONE, ZERO, Activation, Operation
from tui_nn.network.model.activations.function import BySign, Call, Number, exp, log, z
from tui_nn.network.model.array import Array


def _compile(z: Array, a: Array, prime: Array, scratch: Array) -> tuple[Operation, ...]:
    # With u = e^−|z|, which can't overflow: f is ln(1 + u) plus the greater of z and 0.
    # f′ is 1 / (1 + u) where z > 0, else u / (1 + u).
    return (
        (np.absolute, (z, scratch)),
        (np.negative, (scratch, scratch)),
        (np.exp, (scratch, scratch)),
        (np.log1p, (scratch, a)),
        (np.add, (scratch, ONE, scratch)),
        (partial(np.minimum, out=prime), (z, ZERO)),
        (np.exp, (prime, prime)),
        (np.divide, (prime, scratch, prime)),
        (partial(np.maximum, out=scratch), (z, ZERO)),
        (np.add, (a, scratch, a)),
    )


_SLOPE = 1 / (1 + exp(-z))
SOFTPLUS = Activation(
    "softplus",
    _compile,
    formula=log(1 + exp(z)),
    slope=_SLOPE,
    derivation=(exp(z) / (1 + exp(z)), _SLOPE),
    # f″ / f′ = 1 / (1 + eᶻ). At complex z up to ½ from a real one, eᶻ has a real part above 0: still at most 1.
    curvature=1.0,
    computed=(BySign(z, Number(0)) + Call("log1p", exp(-abs(z))), _SLOPE),
    reach=(0.0, inf),
)
