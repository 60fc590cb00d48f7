"""Gradient descent at full speed: the same formulas as in `equations`, written into buffers made once."""

from itertools import pairwise

import numpy as np

from tui_nn.network.model.activations import Operation
from tui_nn.network.model.array import Array
from tui_nn.network.model.dataset import Dataset
from tui_nn.network.model.network import Network
from tui_nn.network.model.parameters import views


class Trainer:
    """Runs iterations of one network on one dataset, from any parameters.

    An iteration is a list of numpy calls with their buffers, put together here once for whatever depth: on networks as
    small as the lecture's, making temporaries and looking up methods costs more than the arithmetic.
    """

    def __init__(self, network: Network, dataset: Dataset, learning_rate: float) -> None:
        self._flat = np.empty(network.size)
        gradient = np.empty(network.size)
        parameter, slope = views(network, self._flat), views(network, gradient)
        rows, last = dataset.rows, len(network.layers)

        def buffers() -> dict[int, Array]:
            return {layer: np.empty((rows, network.layers[layer - 1])) for layer in range(2, last + 1)}

        Z, A, prime, delta = buffers(), buffers(), buffers(), buffers()
        A[1] = dataset.X
        residual = np.empty_like(dataset.Y)

        forward: list[Operation] = []
        for before, layer in pairwise(range(1, last + 1)):
            forward.append((A[before].dot, (parameter[f"W{before}"], Z[layer])))
            if network.bias:
                forward.append((np.add, (Z[layer], parameter[f"b{before}"], Z[layer])))
            # δ is not needed before the way back: until then it is the room to work in.
            forward += network.activation_of(layer).compile(Z[layer], A[layer], prime[layer], delta[layer])
        forward.append((np.subtract, (A[last], dataset.Y, residual)))

        backward: list[Operation] = [(np.multiply, (residual, prime[last], delta[last]))]
        for layer in range(last, 1, -1):
            if layer < last:
                W = parameter[f"W{layer}"]
                backward.append((delta[layer + 1].dot, (W.T, delta[layer])))
                backward.append((np.multiply, (delta[layer], prime[layer], delta[layer])))
            backward.append((A[layer - 1].T.dot, (delta[layer], slope[f"W{layer - 1}"])))
            if network.bias:
                backward.append((np.add.reduce, (delta[layer], 0, None, slope[f"b{layer - 1}"][0])))
        backward.append((np.multiply, (gradient, np.array(learning_rate), gradient)))
        backward.append((np.subtract, (self._flat, gradient, self._flat)))

        self._operations = (*forward, *backward)
        self._residual = residual.ravel()

    def run(self, start: Array, rows: Array, costs: Array) -> Array:
        """Runs ``len(rows)`` iterations from the flat parameters ``start``; gives those after the last update.

        Row i of ``rows``, shape (iterations, size), receives the parameters that its iteration starts from, and
        ``costs[i]`` its J. What overflows turns to inf or nan, without a warning.
        """
        flat, squares, operations = self._flat, self._residual.dot, self._operations
        residual = self._residual
        flat[:] = start
        with np.errstate(all="ignore"):
            for i in range(len(rows)):
                rows[i] = flat
                for call, arguments in operations:
                    call(*arguments)
                costs[i] = squares(residual)
            np.multiply(costs, 0.5, costs)
        return flat.copy()
