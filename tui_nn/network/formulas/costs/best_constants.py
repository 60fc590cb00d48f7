"""The constant predictions that make a cost least."""

import numpy as np
from numpy.typing import NDArray

from tui_nn.network.formulas.costs.cost import Cost
from tui_nn.network.model.array import Array
from tui_nn.network.model.cost_of_error import CostOfError

# A double has 53 binary digits: after so many halvings, the interval can't become shorter.
_HALVINGS = 64


def best_constants(cost: Cost, Y: Array, groups: NDArray[np.intp]) -> Array:
    """For each group of rows, the one ŷ for all of them that makes their cost least, shape (groups, outputs).

    ``groups`` has the number of each row's group, from 0. That ŷ is the mean of y, unless J is a sum of h(y − ŷ): then
    it is where the slopes h′(y − ŷ) of the group add up to 0.
    """
    counts = np.bincount(groups)[:, np.newaxis]
    if cost.over_errors is None:
        return _added_up(Y, groups, len(counts)) / counts
    return _balanced(cost.over_errors.function, Y, groups, len(counts))


def _balanced(h: CostOfError, Y: Array, groups: NDArray[np.intp], count: int) -> Array:
    """Where Σ h′(y − ŷ), which falls as ŷ grows, crosses 0; it lies between the least y and the greatest."""
    low, high = np.full((count, Y.shape[1]), np.inf), np.full((count, Y.shape[1]), -np.inf)
    np.minimum.at(low, groups, Y)
    np.maximum.at(high, groups, Y)
    for _ in range(_HALVINGS):
        middle = low / 2 + high / 2
        is_below = _added_up(h.derivative(Y - middle[groups]), groups, count) > 0
        low, high = np.where(is_below, middle, low), np.where(is_below, high, middle)
    return high


def _added_up(cells: Array, groups: NDArray[np.intp], count: int) -> Array:
    sums = np.zeros((count, cells.shape[1]))
    np.add.at(sums, groups, cells)
    return sums
