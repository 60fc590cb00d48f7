"""J over two weights, all others held: a slice through the surface on which gradient descent walks."""

from collections.abc import Callable

import numpy as np

from tui_nn.network.checks.gradient_check import WeightPlace
from tui_nn.network.model.array import Array
from tui_nn.network.model.dataset import RowData
from tui_nn.network.model.network import Network
from tui_nn.network.training.passes import CostAt, Pass

_MOST_WORK = 24_000_000
_TOO_MUCH_WORK = 100_000_000
_WORK_OF_A_CALL = 12_000
"""A J of a small network takes as long as so many multiplications."""
_FEWEST = 6
_LEAST_COST = 1e-300


def grid_size(network: Network, rows: int, columns: int, lines: int) -> tuple[int, int]:
    """How many values of either weight are tried, at most ``columns`` and ``lines``, so that it takes 0.1 s at most."""
    most = _MOST_WORK / max(_WORK_OF_A_CALL, rows * network.size)
    shrink = min(1.0, float(np.sqrt(most / (columns * lines))))
    return max(_FEWEST, int(columns * shrink)), max(_FEWEST, int(lines * shrink))


def takes_long(network: Network, rows: int) -> bool:
    """Whether even the coarsest grid would keep a class waiting for a second or more."""
    return rows * network.size * _FEWEST**2 > _TOO_MUCH_WORK


def costs_over(
    dataset: RowData,
    computed: Pass,
    weights: tuple[WeightPlace, WeightPlace],
    values: tuple[Array, Array],
    pause: Callable[[], None] = lambda: None,
) -> Array:
    """J where the two ``weights`` have these ``values``, shape (values of the second, values of the first).

    All other parameters are those with which the iteration begins. Calls ``pause`` after each line.
    """
    flat = computed.parameters.flat.copy()
    first, second = (index_of_weight(computed.network, weight) for weight in weights)
    cost_at = CostAt(computed.network, dataset)
    across, up = values
    costs = np.empty((len(up), len(across)))
    with np.errstate(all="ignore"):
        for line, value in enumerate(up.tolist()):
            flat[second] = value
            for column, other in enumerate(across.tolist()):
                flat[first] = other
                costs[line, column] = cost_at(flat)
            pause()
    return costs


def index_of_weight(network: Network, weight: WeightPlace) -> int:
    """Where a weight stands among all parameters, from 0."""
    name, row, column = weight
    before = 0
    for matrix, (rows, columns) in network.shapes.items():
        if matrix == name:
            return before + (row - 1) * columns + column - 1
        before += rows * columns
    raise KeyError(name)


def logarithms_of_costs(costs: Array) -> Array:
    """log₁₀ J, finite everywhere: where J overflows, as high as the highest; where J is 0, −300."""
    with np.errstate(all="ignore"):
        found = np.log10(np.maximum(costs, _LEAST_COST))
    finite = found[np.isfinite(found)]
    return np.where(np.isfinite(found), found, float(finite.max(initial=0.0)))


def resampled(values: Array, lines: int, columns: int) -> Array:
    """``values`` on a grid of so many lines and columns with the same corners, along straight lines between them."""
    across = [np.interp(np.linspace(0, len(row) - 1, columns), np.arange(len(row)), row) for row in values]
    places = np.linspace(0, len(values) - 1, lines)
    before = np.minimum(places.astype(int), max(0, len(values) - 2))
    weight = (places - before)[:, np.newaxis]
    table = np.array(across)
    return np.asarray(table[before] * (1 - weight) + table[np.minimum(before + 1, len(values) - 1)] * weight)


def contour_levels(low: float, high: float, most: int = 7) -> list[float]:
    """Levels of log₁₀ J for contour lines, evenly spaced between ``low`` and ``high``."""
    return [low + (high - low) * (i + 1) / (most + 1) for i in range(most)] if high > low else []
