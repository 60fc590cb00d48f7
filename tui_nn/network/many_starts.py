"""The same training from many starts: gradient descent gets stuck in flat regions, and one tries other starts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tui_nn.network.activations import Operation
from tui_nn.network.array import Array
from tui_nn.network.dataset import Dataset
from tui_nn.network.network import Network
from tui_nn.network.refusal import Refusal
from tui_nn.network.starts import Start
from tui_nn.network.training import Trainer

_CURVE = 200
_CELLS_OF_ALL_CURVES = 4_000_000

# Of an iteration with fewer multiplications, calling numpy takes most of the time, and runs had better share the calls.
# Measured: from 10 000 to 20 000 on they take as long together as one after the other.
_STACKED_WORK = 10_000
_STACKED_BYTES = 4 * 2**20

_SLICE_WORK = 2_000_000
_SLICE_ITERATIONS = 512
_DRAWS_AT_A_TIME = 16

STUCK_FALL = 0.01
"""What J of a run has to fall by, over the second half of the iterations, not to be stuck: a share of itself."""
STUCK_HEIGHT = 10
"""How many times the least J of all a run's J is, where it is stuck."""
_ROUNDING = 1e-20


@dataclass(frozen=True, eq=False)
class ManyStarts:
    """How training went from each of ``seeds``.

    ``costs`` holds J, before the update, of each run at each of ``iterations``, shape (starts, iterations); nan from
    where a run overflowed. The iterations are equally far apart, the first and the last among them: 200 at most, and
    fewer where there are more than 20 000 starts. Both arrays are read-only.
    """

    seeds: tuple[int, ...]
    iterations: NDArray[np.int64]
    costs: Array

    def __post_init__(self) -> None:
        self.iterations.flags.writeable = False
        self.costs.flags.writeable = False

    @property
    def final_costs(self) -> Array:
        """J of the last iteration, before its update, shape (starts,); nan where the run overflowed by then."""
        return self.costs[:, -1]

    @property
    def overflowed(self) -> NDArray[np.bool_]:
        """Which of the runs overflowed, shape (starts,)."""
        return np.isnan(self.final_costs)

    @property
    def stuck(self) -> NDArray[np.bool_]:
        """Which of the runs ended in a flat region high up, shape (starts,).

        That is where J fell by less than `STUCK_FALL` of itself over the second half of the iterations, and is more
        than `STUCK_HEIGHT` times the least of all. A J below 1e-20 of what it was at first is no more than rounding,
        and not high. Source: lecture 3, on flat regions.
        """
        last = len(self.iterations) - 1
        first, halfway, final = (self.costs[:, column] for column in (0, last // 2, last))
        flat = final > (1 - STUCK_FALL) * halfway
        high = (final / STUCK_HEIGHT > np.fmin.reduce(final, initial=np.inf)) & (final > _ROUNDING * first)
        stuck: NDArray[np.bool_] = flat & high & (last > 0)
        return stuck


def many_starts(
    network: Network,
    dataset: Dataset,
    start: Start,
    learning_rate: float,
    iterations: int,
    seeds: Sequence[int],
    stop: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] = lambda done: None,  # noqa: ARG005
) -> ManyStarts:
    """Trains from what ``start`` draws with each of ``seeds``; each run is that of `Trajectory`, but for rounding.

    ``progress`` is told the share of the work that is done, from 0 to 1, and ``stop`` is asked, every few milliseconds,
    or after every iteration where one takes longer than that. Once ``stop()`` is true, the result holds the runs that
    were complete, from the first on. Raises `Refusal` for a start that draws nothing and for a seed that its generator
    does not take.
    """
    if start.method not in ("uniform", "normal"):
        expected = '"uniform" or "normal", as the weights are the same for every seed otherwise'
        raise Refusal("method", f'"{start.method}"', expected)
    starts = [replace(start, seed=seed) for seed in seeds]
    kept = _kept(iterations, len(starts))
    costs = np.empty((len(starts), len(kept)))
    together = _together(network, dataset, len(starts))

    def go_on(begin: int, runs: int, iteration: int) -> bool:
        progress((begin + runs * iteration / iterations) / len(starts))
        return not stop()

    complete = 0
    for begin in range(0, len(starts), together):
        chunk = starts[begin : begin + together]
        runs: _Runs
        if together > 1:
            runs = _Stacked(network, dataset, learning_rate, len(chunk))
        else:
            runs = _Single(network, dataset, learning_rate)
        curves = _curves(runs, chunk, kept, partial(go_on, begin, len(chunk)))
        if curves is None:
            break
        complete = begin + len(chunk)
        costs[begin:complete] = curves
        progress(complete / len(starts))
    return ManyStarts(tuple(seeds[:complete]), kept, costs[:complete])


def _kept(iterations: int, starts: int) -> NDArray[np.int64]:
    """The iterations at which costs are kept."""
    count = max(2, min(_CURVE, iterations, _CELLS_OF_ALL_CURVES // max(1, starts)))
    return np.unique(np.linspace(1, iterations, count).round().astype(np.int64))


def _together(network: Network, dataset: Dataset, starts: int) -> int:
    """How many runs to compute together: as many as have their buffers in the processor's cache, or one."""
    if dataset.rows * network.size > _STACKED_WORK or starts == 0:
        return 1
    # Z, A, f′ and δ of each unit but the inputs, the residual, the parameters and the gradient.
    cells = dataset.rows * (4 * sum(network.layers[1:]) + network.layers[-1]) + 2 * network.size
    chunks = -(-starts * cells * 8 // _STACKED_BYTES)
    return -(-starts // chunks)


class _Runs(Protocol):
    """Runs of one network on one dataset, computed side by side."""

    network: Network
    iteration_work: int

    def advance(self, parameters: Array, costs: Array) -> Array:
        """Goes on from ``parameters``, shape (size, runs), for as many iterations as ``costs`` has rows.

        Gives the parameters after the last update; ``costs``, shape (iterations, runs), receives J of each iteration.
        What overflows turns to inf or nan, without a warning, and leaves the other runs alone.
        """


def _curves(
    runs: _Runs, starts: Sequence[Start], kept: NDArray[np.int64], go_on: Callable[[int], bool]
) -> Array | None:
    """J at the iterations ``kept``, shape (starts, kept); None where ``go_on(iterations done)`` says no."""
    parameters = np.empty((runs.network.size, len(starts)))
    for column, start in enumerate(starts):
        if column % _DRAWS_AT_A_TIME == 0 and not go_on(0):
            return None
        parameters[:, column] = start.draw(runs.network).flat
    curves = np.full((len(starts), len(kept)), np.nan)
    finite = np.ones(len(starts), dtype=np.bool_)
    at_once = max(1, min(_SLICE_ITERATIONS, _SLICE_WORK // runs.iteration_work))
    done = 0
    for column, iteration in enumerate(kept.tolist()):
        while done < iteration:
            if not go_on(done):
                return None
            costs = np.empty((min(at_once, iteration - done), len(starts)))
            parameters = runs.advance(parameters, costs)
            done += len(costs)
            # Parameters that are not finite never are again: to look at the last ones is to look at all of them.
            finite &= np.isfinite(costs).all(axis=0) & np.isfinite(parameters).all(axis=0)
            if not finite.any():
                return curves
        curves[finite, column] = costs[-1, finite]
    return curves


class _Single:
    """One run alone: where there is much to compute, sharing the calls gains nothing."""

    def __init__(self, network: Network, dataset: Dataset, learning_rate: float) -> None:
        self.network = network
        self.iteration_work = dataset.rows * network.size
        self._trainer = Trainer(network, dataset, learning_rate)

    def advance(self, parameters: Array, costs: Array) -> Array:
        rows = np.empty((len(costs), self.network.size))
        return self._trainer.run(parameters[:, 0], rows, costs[:, 0])[:, np.newaxis]


class _Stacked:
    """Many runs in each call to numpy: `Trainer`'s iteration on arrays whose last and contiguous axis counts the runs.

    X is the same for all of them, and a product with it is one matrix product. The others are sums of products, each
    of one run: numpy's matmul would take the runs one by one.
    """

    def __init__(self, network: Network, dataset: Dataset, learning_rate: float, runs: int) -> None:
        self.network = network
        self.iteration_work = dataset.rows * network.size * runs
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
            # δ is not needed before the way back: until then it is the room to work in.
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
    """Of the rows n, the units i of one layer and j of the next, and the runs r: as np.einsum writes it."""
    return partial(np.einsum, out=into), (subscripts, left, right)
