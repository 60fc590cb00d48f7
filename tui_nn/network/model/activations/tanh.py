"""tanh(z) = (eᶻ − e⁻ᶻ) / (eᶻ + e⁻ᶻ), from −1 to 1."""

import numpy as np

from tui_nn.network.model.activations.activation import ONE, Activation, Operation
from tui_nn.network.model.activations.function import Call, exp, f, z
from tui_nn.network.model.array import Array

_ABOVE, _BELOW = exp(z) - exp(-z), exp(z) + exp(-z)


def _compile(z: Array, a: Array, prime: Array, scratch: Array) -> tuple[Operation, ...]:
    # tanh′ = 1 / cosh². Unlike 1 − tanh², this loses no digits where tanh is close to ±1.
    return (
        (np.tanh, (z, a)),
        (np.cosh, (z, scratch)),
        (np.multiply, (scratch, scratch, scratch)),
        (np.divide, (ONE, scratch, prime)),
    )


TANH = Activation(
    "tanh",
    _compile,
    formula=_ABOVE / _BELOW,
    slope=1 - f**2,
    derivation=((_BELOW**2 - _ABOVE**2) / _BELOW**2, 1 - _ABOVE**2 / _BELOW**2, 1 - f**2),
    curvature=2.0,
    computed=(Call("tanh", z), 1 / Call("cosh", z) ** 2),
    reach=(-1.0, 1.0),
)
