"""Numbers of many iterations at once, for the charts that are not of the cost."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tui_nn.network import Run
from tui_nn.network.model.array import Array


@dataclass(frozen=True, eq=False)
class RunSeries:
    """At some ``iterations``, shape (count,): each parameter, shape (count, size), and how large each slope is.

    ``sizes`` has the shape (count, matrices), these being in the order of the network's parameters.
    """

    iterations: Array
    parameters: Array
    sizes: Array

    def up_to(self, iteration: int) -> "RunSeries":
        """Without what comes behind an iteration."""
        count = int(np.searchsorted(self.iterations, iteration, side="right"))
        return RunSeries(self.iterations[:count], self.parameters[:count], self.sizes[:count])


def collected(run: Run, reached: int, most: int, between: Callable[[], None] = lambda: None) -> RunSeries:
    """The path of each weight over at most ``most`` iterations, evenly spaced from 1 to ``reached``.

    Calls ``between`` after each iteration.
    """
    iterations = np.unique(np.linspace(1, reached, min(most, reached)).round().astype(int))
    names = list(run.network.shapes)
    parameters = np.empty((len(iterations), run.network.size))
    sizes = np.empty((len(iterations), len(names)))
    for i, iteration in enumerate(iterations):
        computed = run.pass_at(int(iteration))
        parameters[i] = np.concatenate([computed[name].ravel() for name in names])
        sizes[i] = [gradient_size(computed[f"dJd{name}"]) for name in names]
        between()
    return RunSeries(iterations.astype(np.float64), parameters, sizes)


def gradient_size(slopes: Array) -> float:
    """√(Σ slope²) over all cells."""
    return float(np.linalg.norm(slopes))
