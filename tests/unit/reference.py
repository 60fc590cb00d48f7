"""The lecture's network in plain Python, one number at a time: an independent way to the same costs."""

import math
from collections.abc import Callable, Sequence

from tui_nn.network import Dataset, Network, Parameters

_FUNCTIONS: dict[str, Callable[[float], float]] = {
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "tanh": math.tanh,
    "relu": lambda z: max(z, 0.0),
    "identity": lambda z: z,
    "leaky relu": lambda z: z if z > 0 else z / 100,
    "elu": lambda z: z if z > 0 else math.expm1(z),
    "softplus": lambda z: z + math.log1p(math.exp(-z)) if z > 0 else math.log1p(math.exp(z)),
}

COSTS: dict[str, Callable[[float, float], float]] = {
    "half squared error": lambda y, y_hat: (y - y_hat) ** 2 / 2,
    "squared error": lambda y, y_hat: (y - y_hat) ** 2,
    "cross-entropy": lambda y, y_hat: -(y * math.log(y_hat) + (1 - y) * math.log(1 - y_hat)),
}


def cost(network: Network, data: Dataset, parameters: Parameters) -> float:
    """J as the session file's keys define it."""
    cost_of_cell, terms = COSTS[network.cost], []
    for x, y in zip(data.X.tolist(), data.Y.tolist(), strict=True):
        predicted = _prediction(network, x, parameters)
        if network.output_activation == "softmax":
            terms += [-wanted * math.log(found) for wanted, found in zip(y, predicted, strict=True)]
            continue
        terms += [cost_of_cell(wanted, found) for wanted, found in zip(y, predicted, strict=True)]
    of_data = math.fsum(terms) / (data.rows if network.reduction == "mean" else 1)
    weights = [cell for matrix in parameters.weights for cell in matrix.ravel().tolist()]
    if network.penalty.on_biases:
        weights += [cell for matrix in parameters.biases for cell in matrix.ravel().tolist()]
    l1, l2 = network.penalty.l1, network.penalty.l2
    return of_data + l1 * math.fsum(map(abs, weights)) + l2 / 2 * math.fsum(w * w for w in weights)


def slopes(network: Network, data: Dataset, parameters: Parameters, epsilon: float) -> list[float]:
    """(J(w + ε) − J(w − ε)) / 2ε for each weight and bias, in the order of `Parameters.flat`."""
    found = []
    for place in range(network.size):
        sides = []
        for shift in (epsilon, -epsilon):
            moved = parameters.flat.copy()
            moved[place] += shift
            sides.append(cost(network, data, Parameters.from_flat(network, moved)))
        found.append((sides[0] - sides[1]) / (2 * epsilon))
    return found


def _prediction(network: Network, x: Sequence[float], parameters: Parameters) -> list[float]:
    a = list(x)
    for layer, weights in enumerate(parameters.weights):
        last, hidden = layer == network.depth - 1, network.activation
        f = _FUNCTIONS.get(network.output_activation if last else hidden if isinstance(hidden, str) else hidden[layer])
        bias = parameters.biases[layer][0].tolist() if network.bias else [0.0] * weights.shape[1]
        columns = zip(*weights.tolist(), strict=True)
        z = [math.fsum(a_i * w_i for a_i, w_i in zip(a, column, strict=True)) for column in columns]
        z = [z_j + b_j for z_j, b_j in zip(z, bias, strict=True)]
        a = [f(z_j) for z_j in z] if f else _softmax(z)
    return a


def _softmax(z: Sequence[float]) -> list[float]:
    exponentials = [math.exp(z_j - max(z)) for z_j in z]
    return [one / math.fsum(exponentials) for one in exponentials]
