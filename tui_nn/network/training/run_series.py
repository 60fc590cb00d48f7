"""Numbers of many iterations at once, as charts draw them."""

from collections.abc import Callable

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.model.array import Array
from tui_nn.network.training.run import Run


@frozen_dataclass(eq=False)
class RunSeries:
    """The parameters and the sizes of their gradients at some iterations of a run.

    ``iterations`` has the shape (count,), ``parameters`` (count, size of the network), ``gradient_sizes`` (count,
    matrices), with the matrices in the order of the network's parameters.
    """

    iterations: Array
    parameters: Array
    gradient_sizes: Array

    def up_to(self, iteration: int) -> "RunSeries":
        """The same series without what comes after ``iteration``."""
        count = int(np.searchsorted(self.iterations, iteration, side="right"))
        return RunSeries(self.iterations[:count], self.parameters[:count], self.gradient_sizes[:count])


def collect_run_series(run: Run, reached: int, most: int, pause: Callable[[], None] = lambda: None) -> RunSeries:
    """The series at ``most`` iterations at the most: two thirds evenly spaced from 1 to ``reached``, the others denser
    at the beginning, where a run moves most.

    Calls ``pause`` after each iteration.
    """
    even = np.linspace(1, reached, min(most - most // 3, reached))
    early = np.geomspace(1, reached, min(most // 3, reached))
    iterations = np.unique(np.concatenate([even, early]).round().astype(int))
    names = list(run.network.shapes)
    parameters = np.empty((len(iterations), run.network.size))
    gradient_sizes = np.empty((len(iterations), len(names)))
    for i, iteration in enumerate(iterations):
        computed = run.pass_at(int(iteration))
        parameters[i] = np.concatenate([computed[name].ravel() for name in names])
        gradient_sizes[i] = [gradient_size(computed[f"dJd{name}"]) for name in names]
        pause()
    return RunSeries(iterations.astype(np.float64), parameters, gradient_sizes)


def gradient_size(slopes: Array) -> float:
    """√(Σ slope²) over all cells."""
    return float(np.linalg.norm(slopes))
