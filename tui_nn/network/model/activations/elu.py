"""elu(z) = z where z > 0, else eᶻ − 1: above −1, and without a jump of the slope at 0.

Source: D.-A. Clevert, T. Unterthiner and S. Hochreiter, "Fast and accurate deep network learning by exponential linear
units", 2016, with α = 1.
"""

from functools import partial
from math import inf

import numpy as np

from tui_nn.network.model.activations.activation import ZERO, Activation, Operation
from tui_nn.network.model.activations.function import BySign, Call, Number, exp, z
from tui_nn.network.model.array import Array


def _compile(z: Array, a: Array, prime: Array, scratch: Array) -> tuple[Operation, ...]:
    # With u, the smaller of z and 0: f′ = eᵘ, and f is the greater of z and eᵘ − 1, as eᶻ − 1 is nowhere below z.
    return (
        (partial(np.minimum, out=scratch), (z, ZERO)),
        (np.exp, (scratch, prime)),
        (np.expm1, (scratch, a)),
        (partial(np.maximum, out=a), (z, a)),
    )


ELU = Activation(
    "elu",
    _compile,
    formula=BySign(z, exp(z) - 1),
    slope=BySign(Number(1), exp(z)),
    derivation=(BySign(Number(1), None), BySign(None, exp(z))),
    # Where z < 0, f″ = f′ = eᶻ, at complex z as well.
    curvature=1.0,
    computed=(BySign(z, Call("expm1", z)), BySign(Number(1), exp(z))),
    # f′ does not jump at 0, but f″ does.
    kinks=(0.0,),
    reach=(-1.0, inf),
)
