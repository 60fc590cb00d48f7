"""Gradient descent for several runs at once: each numpy call computes for all of them."""

from functools import partial
from itertools import pairwise

import numpy as np

from tui_nn.network.model.activations import Operation
from tui_nn.network.model.array import Array
from tui_nn.network.model.dataset import Dataset
from tui_nn.network.model.network import Network
from tui_nn.network.training.program import Trainer

# In an iteration with fewer multiplications, calling numpy takes most of the time, so sharing the calls pays.
# Measured: from 10 000 to 20 000 multiplications on, stacked runs take as long as one after the other.
_STACKED_WORK = 10_000


def gains_by_stacking(network: Network, rows: int) -> bool:
    """Whether several runs take less time stacked than one after another."""
    return rows * network.size <= _STACKED_WORK


def cells_of_a_run(network: Network, rows: int) -> int:
    """How many numbers a `StackedTrainer` keeps for each of its runs.

    Z, A, f′ and δ of each unit but the inputs, the residual, the parameters and the gradient.
    """
    return rows * (4 * sum(network.layers[1:]) + network.layers[-1]) + 2 * network.size


class SequentialTrainer:
    """Does the same as `StackedTrainer`, one run after another: with much to compute, sharing calls gains nothing."""

    def __init__(self, network: Network, dataset: Dataset, learning_rate: float) -> None:
        self._trainer = Trainer(network, dataset, learning_rate)

    def advance(self, parameters: Array, costs: Array) -> Array:
        """Trains from ``parameters``, shape (size, runs), for as many iterations as ``costs`` has rows."""
        size, runs = parameters.shape
        after, own = np.empty((size, runs)), np.empty(len(costs))
        rows = np.empty((len(costs), size))
        for column in range(runs):
            after[:, column] = self._trainer.run(parameters[:, column], rows, own)
            costs[:, column] = own
        return after


class StackedTrainer:
    """Trains many runs with each numpy call: `Trainer`'s iteration, on arrays whose last, contiguous axis is the run.

    All runs share X, so a product with X is one matrix product. The other products are sums over each run, since
    numpy's matmul would multiply the runs one by one.
    """

    def __init__(self, network: Network, dataset: Dataset, learning_rate: float, runs: int) -> None:
        self._flat = np.empty((network.size, runs))
        gradient = np.empty((network.size, runs))
        parameter, slope = _stacked(network, self._flat), _stacked(network, gradient)
        rows, last = dataset.rows, len(network.layers)

        def buffers() -> dict[int, Array]:
            return {layer: np.empty((rows, network.layers[layer - 1], runs)) for layer in range(2, last + 1)}

        def flat(array: Array) -> Array:
            return array.reshape(len(array), -1)

        Z, A, prime, delta = buffers(), buffers(), buffers(), buffers()
        residual = np.empty((rows, dataset.outputs, runs))

        forward: list[Operation] = []
        for before, layer in pairwise(range(1, last + 1)):
            W = parameter[f"W{before}"]
            if before == 1:
                forward.append((dataset.X.dot, (flat(W), flat(Z[layer]))))
            else:
                forward.append(_sums_of_products("nir,ijr->njr", A[before], W, Z[layer]))
            if network.bias:
                forward.append((np.add, (Z[layer], parameter[f"b{before}"], Z[layer])))
            # δ is not needed before the backward pass: until then its array holds intermediate results.
            forward += network.activation_of(layer).compile(Z[layer], A[layer], prime[layer], delta[layer])
        forward.append((np.subtract, (A[last], dataset.Y[:, :, np.newaxis], residual)))

        backward: list[Operation] = [(np.multiply, (residual, prime[last], delta[last]))]
        for layer in range(last, 1, -1):
            if layer < last:
                W = parameter[f"W{layer}"]
                backward.append(_sums_of_products("njr,ijr->nir", delta[layer + 1], W, delta[layer]))
                backward.append((np.multiply, (delta[layer], prime[layer], delta[layer])))
            dJdW = slope[f"W{layer - 1}"]
            if layer == 2:
                backward.append((dataset.X.T.copy().dot, (flat(delta[layer]), flat(dJdW))))
            else:
                backward.append(_sums_of_products("nir,njr->ijr", A[layer - 1], delta[layer], dJdW))
            if network.bias:
                backward.append((np.add.reduce, (delta[layer], 0, None, slope[f"b{layer - 1}"][0])))
        backward.append((np.multiply, (gradient, np.array(learning_rate), gradient)))
        backward.append((np.subtract, (self._flat, gradient, self._flat)))

        self._operations = (*forward, *backward)
        self._squares = partial(np.einsum, "njr,njr->r", residual, residual)

    def advance(self, parameters: Array, costs: Array) -> Array:
        """Trains from ``parameters``, shape (size, runs), for as many iterations as ``costs`` has rows.

        Gives the parameters after the last update; ``costs``, shape (iterations, runs), receives J of each iteration.
        Numbers that overflow become inf or nan, without a warning; the other runs are not affected.
        """
        self._flat[:] = parameters
        with np.errstate(all="ignore"):
            for i in range(len(costs)):
                for call, arguments in self._operations:
                    call(*arguments)
                self._squares(out=costs[i])
            np.multiply(costs, 0.5, costs)
        return self._flat.copy()


def _stacked(network: Network, flat: Array) -> dict[str, Array]:
    """Each parameter's matrices by its name, shape (rows, columns, runs), as views of ``flat``, shape (size, runs)."""
    named, begin = {}, 0
    for name, (rows, columns) in network.shapes.items():
        named[name] = flat[begin : begin + rows * columns].reshape(rows, columns, -1)
        begin += rows * columns
    return named


def _sums_of_products(subscripts: str, left: Array, right: Array, into: Array) -> Operation:
    """The operation ``np.einsum(subscripts, left, right, out=into)``; n is the row, i and j units, and r the run."""
    return partial(np.einsum, out=into), (subscripts, left, right)
