"""sigmoid(z) = 1 / (1 + e⁻ᶻ), from 0 to 1."""

from functools import lru_cache

import numpy as np

from tui_nn.network.model.activations.activation import ONE, Activation, Operation
from tui_nn.network.model.activations.function import Limited, exp, f, z
from tui_nn.network.model.array import Array

# Up to this size, an array of ones is kept: `np.fmin(a, ones)` takes a sixth of the time of `np.fmin(a, 1.0)`.
# `np.add(u, ones)` takes less time only up to a few numbers; of more, fetching the ones takes longer.
_MOST_ONES, _FEW = 2**17, 2**9


def _compile(z: Array, a: Array, prime: Array, scratch: Array) -> tuple[Operation, ...]:  # noqa: ARG001
    # With u = eᶻ: f = u / (1 + u) and f′ = f / (1 + u). Unlike f (1 − f), this cancels nothing where f is close to 1.
    # Where u overflows, u / (1 + u) is undefined and f is 1; fmin takes the number of the two.
    ones = _ones(a.shape) if a.size <= _MOST_ONES else ONE
    return (
        (np.exp, (z, a)),
        (np.add, (a, ones if a.size <= _FEW else ONE, prime)),
        (np.divide, (a, prime, a)),
        (np.fmin, (a, ones, a)),
        (np.divide, (a, prime, prime)),
    )


@lru_cache(maxsize=16)
def _ones(shape: tuple[int, ...]) -> Array:
    return np.ones(shape)


_U = exp(z)
SIGMOID = Activation(
    "sigmoid",
    _compile,
    formula=1 / (1 + exp(-z)),
    slope=f * (1 - f),
    derivation=(
        (0 * (1 + exp(-z)) - 1 * (-exp(-z))) / (1 + exp(-z)) ** 2,
        exp(-z) / (1 + exp(-z)) ** 2,
        f * (1 - f),
    ),
    curvature=1.0,
    computed=(Limited(_U / (1 + _U), 1, _U), f / (1 + _U)),
    reach=(0.0, 1.0),
)
