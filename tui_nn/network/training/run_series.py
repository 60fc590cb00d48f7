"""Numbers of many iterations at once, as charts draw them."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.model.array import Array
from tui_nn.network.training.passes import mean_cost
from tui_nn.network.training.run import Run

_PEAK, _FEWEST_PEAKS, _SHARE_OF_PEAKS = 1e-3, 5, 0.05
_SMOOTHED_POINTS, _WEIGHT_OF_A_STEP_BACK = 2_000, 0.95


@frozen_dataclass(eq=False)
class RunSeries:
    """The parameters and the sizes of their gradients at some iterations of a run.

    ``iterations`` has the shape (count,), ``parameters`` (count, size of the network), ``gradient_sizes`` (count,
    matrices), with the matrices in the order of the network's parameters. ``training_costs`` and ``test_costs`` are the
    costs as means over all training rows and over the test rows, without a penalty, shape (count,); None where every
    iteration uses all rows, or where there are no test rows.
    """

    iterations: Array
    parameters: Array
    gradient_sizes: Array
    training_costs: Array | None = None
    test_costs: Array | None = None

    def between(self, first: int, last: int) -> "RunSeries":
        """The same series from iteration ``first`` to ``last``."""
        part = slice(*np.searchsorted(self.iterations, (first, last + 1)).tolist())
        return RunSeries(
            self.iterations[part],
            self.parameters[part],
            self.gradient_sizes[part],
            *(None if costs is None else costs[part] for costs in (self.training_costs, self.test_costs)),
        )


def spread_iterations(first: int, last: int, most: int, *, by_factor: bool = False) -> NDArray[np.int64]:
    """At most ``most`` iterations from ``first`` to ``last``: two thirds evenly spaced, the others denser at the
    beginning, where a run moves most; the other way round if the chart spaces them by factors.
    """
    early = 2 * most // 3 if by_factor else most // 3
    count = last - first + 1
    spread = np.linspace(first, last, min(most - early, count)), np.geomspace(first, last, min(early, count))
    return np.unique(np.concatenate(spread).round().astype(np.int64))


def collect_run_series(run: Run, iterations: NDArray[np.int64], pause: Callable[[], None] = lambda: None) -> RunSeries:
    """The series at some iterations of a run, which has reached them. Calls ``pause`` after each iteration."""
    names = list(run.network.shapes)
    parameters = np.empty((len(iterations), run.network.size))
    gradient_sizes = np.empty((len(iterations), len(names)))
    training_costs, test_costs = (np.full(len(iterations), np.nan) for _ in range(2))
    for i, iteration in enumerate(iterations):
        computed = run.pass_at(int(iteration))
        parameters[i] = np.concatenate([computed[name].ravel() for name in names])
        gradient_sizes[i] = [gradient_size(computed[f"dJd{name}"]) for name in names]
        segment = run.segment_at(int(iteration))
        if not segment.pace.epochs(segment.dataset).is_one_batch:
            training_costs[i] = mean_cost(computed.network, segment.dataset.training, computed.parameters)
        if segment.dataset.test_rows:
            test_costs[i] = mean_cost(computed.network, segment.dataset.test, computed.parameters)
        pause()
    kept = (None if np.isnan(costs).all() else costs for costs in (training_costs, test_costs))
    return RunSeries(iterations.astype(np.float64), parameters, gradient_sizes, *kept)


def mean_costs_of_test_rows(run: Run) -> list[float | None]:
    """The cost of every complete iteration as a mean over the test rows, without a penalty.

    It is that with the weights which the iteration starts from; None where the iteration's data have no test rows.
    """
    datasets = [run.segment_at(iteration).dataset for iteration in range(1, run.reached + 1)]
    return [
        mean_cost(run.network, dataset.test, run.parameters(iteration)) if dataset.test_rows else None
        for iteration, dataset in enumerate(datasets, start=1)
    ]


def is_noisy(costs: Array) -> bool:
    """Whether ``costs``, shape (count,), have a peak in 5 % of their steps or more, and five peaks at least."""
    before, here, after = costs[:-2], costs[1:-1], costs[2:]
    with np.errstate(all="ignore"):
        peaks = int(((here > (1 + _PEAK) * before) & (here > (1 + _PEAK) * after)).sum())
    return peaks >= max(_FEWEST_PEAKS, _SHARE_OF_PEAKS * len(costs))


def smoothed(costs: Array) -> tuple[Array, Array]:
    """A noisy series, shape (count,), as a curve: the places of its points, counted from 1, and their heights.

    Of many costs, each of the 2 000 points stands for the mean of its share. A height is the weighted mean of all
    points so far; each step back, a point weighs 0.95 times as much. Source: the exponential moving average, corrected
    for its start, with which TensorBoard smooths curves.
    """
    count = min(len(costs), _SMOOTHED_POINTS)
    ends = np.linspace(0, len(costs), count + 1).astype(np.int64)
    means = np.add.reduceat(costs, ends[:-1]) / np.diff(ends)
    heights, total, weights = np.empty(count), 0.0, 0.0
    for i, mean in enumerate(means.tolist()):
        total = _WEIGHT_OF_A_STEP_BACK * total + mean
        weights = _WEIGHT_OF_A_STEP_BACK * weights + 1
        heights[i] = total / weights
    return (ends[:-1] + 1 + ends[1:]) / 2, heights


def gradient_size(slopes: Array) -> float:
    """√(Σ slope²) over all cells."""
    return float(np.linalg.norm(slopes))
