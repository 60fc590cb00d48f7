"""The slopes of J without a difference: Im J(w + ih) / h, in plain Python, which knows nothing of backpropagation."""

import cmath
import math
from collections.abc import Callable

from tui_nn.network import Dataset, Network, Parameters

_STEP = 1e-150


def _expm1(z: complex) -> complex:
    """eᶻ − 1, without the loss of digits close to 0; the imaginary part of z is as good as 0."""
    return complex(math.expm1(z.real), math.exp(z.real) * z.imag)


def _log1p(u: complex) -> complex:
    """ln(1 + u). Where u is so small that 1 + u is 1, the imaginary part is still right."""
    return complex(math.log1p(u.real), u.imag / (1 + u.real))


_FUNCTIONS: dict[str, Callable[[complex], complex]] = {
    "sigmoid": lambda z: 1 / (1 + cmath.exp(-z)) if z.real > 0 else cmath.exp(z) / (1 + cmath.exp(z)),
    "tanh": lambda z: cmath.tanh(z) if abs(z.real) < 300 else complex(1 if z.real > 0 else -1),
    "relu": lambda z: z if z.real > 0 else 0j,
    "identity": lambda z: z,
    "leaky relu": lambda z: z if z.real > 0 else 0.01 * z,
    "elu": lambda z: z if z.real > 0 else _expm1(z),
    "softplus": lambda z: z + _log1p(cmath.exp(-z)) if z.real > 0 else _log1p(cmath.exp(z)),
}

COSTS: dict[str, Callable[[float, complex], complex]] = {
    "half squared error": lambda y, y_hat: (y - y_hat) ** 2 / 2,
    "squared error": lambda y, y_hat: (y - y_hat) ** 2,
}
"""What a cell adds to J. Cross-entropy is not here: it is computed from z."""


def exact_slopes(network: Network, data: Dataset, parameters: Parameters) -> list[float]:
    """∂J/∂w of each weight and bias, in the order of `Parameters.flat`. Relative to its terms each is right to 1e-15.

    Source: W. Squire and G. Trapp, "Using complex variables to estimate derivatives of real functions", 1998.
    """
    flat = [complex(weight) for weight in parameters.flat.tolist()]
    found = []
    for place, weight in enumerate(flat):
        moved = [*flat]
        moved[place] = complex(weight.real, _STEP)
        found.append(_cost(network, data, moved).imag / _STEP)
    return found


def _cost(network: Network, data: Dataset, flat: list[complex]) -> complex:
    weights = iter(flat)
    matrices = {
        name: [[next(weights) for _ in range(columns)] for _ in range(rows)]
        for name, (rows, columns) in network.shapes.items()
    }
    total = 0j
    for x, y in zip(data.X.tolist(), data.Y.tolist(), strict=True):
        a = [complex(number) for number in x]
        for layer in range(1, network.depth + 1):
            f = _FUNCTIONS.get(network.activation_of(layer + 1).name)
            bias = matrices[f"b{layer}"][0] if network.bias else [0j] * network.layers[layer]
            columns = zip(*matrices[f"W{layer}"], strict=True)
            z = [
                sum((a_i * w_i for a_i, w_i in zip(a, column, strict=True)), b_j)
                for column, b_j in zip(columns, bias, strict=True)
            ]
            # Softmax, which has no function here, is in the cost.
            a = [f(z_j) for z_j in z] if f else []
        if network.output_activation == "softmax":
            total += sum(wanted * _minus_log(z, z_j) for wanted, z_j in zip(y, z, strict=True))
            continue
        if network.cost == "cross-entropy":
            total += sum(_surprise(wanted, z_j) for wanted, z_j in zip(y, z, strict=True))
            continue
        total += sum(COSTS[network.cost](wanted, found) for wanted, found in zip(y, a, strict=True))
    total /= data.rows if network.reduction == "mean" else 1
    penalty = network.penalty
    counted = (cell for name in network.penalised for row in matrices[name] for cell in row)
    return total + sum(penalty.l1 * size(w) + penalty.l2 / 2 * w**2 for w in counted)


def _surprise(y: float, z: complex) -> complex:
    """−(y ln ŷ + (1 − y) ln(1 − ŷ)), where ŷ is the sigmoid of z."""
    return (z if z.real > 0 else 0j) - z * y + cmath.log(1 + cmath.exp(-z if z.real > 0 else z))


def _minus_log(z: list[complex], z_j: complex) -> complex:
    """−ln ŷ, where ŷ is the softmax of z for unit j."""
    greatest = max(z_i.real for z_i in z)
    return cmath.log(sum(cmath.exp(z_i - greatest) for z_i in z)) - (z_j - greatest)


def size(w: complex) -> complex:
    """|w|, whose slope at 0 is taken to be 0."""
    return w * ((w.real > 0) - (w.real < 0))
