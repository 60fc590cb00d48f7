"""The output of a unit over the plane of two inputs: its values, its boundary, and axes on which a circle is round."""

from typing import NamedTuple

import numpy as np

from tui_nn.network.model.array import Array
from tui_nn.network.model.dataset import Dataset
from tui_nn.network.model.network import Network
from tui_nn.network.model.parameters import Parameters
from tui_nn.network.training.passes import prediction

_MARGIN = 1 / 8
_MOST_STRETCHED = 4.0
_HEIGHT_OF_A_CELL = 2.0
"""How many times as high as wide a cell of the terminal is."""


class Limits(NamedTuple):
    """The ends of two axes, each array of shape (2,): across and up."""

    lows: Array
    highs: Array


def rows_on_plane(dataset: Dataset, inputs: tuple[int, ...], places: Array) -> Array:
    """Rows x in their own units, shape (places, inputs of the data), for ``places``, shape (places, axes).

    ``inputs`` are the columns of x on the axes, from 1. The other inputs have their mean over the data.
    """
    with np.errstate(over="ignore"):
        means = dataset.x.mean(axis=0)
    rows = np.tile(np.where(np.isfinite(means), means, 0.0), (len(places), 1))
    rows[:, [number - 1 for number in inputs]] = places
    return rows


def unit_outputs(network: Network, dataset: Dataset, parameters: Parameters, matrix: str, x: Array) -> Array:
    """The outputs of a layer for rows x in their own units: columns of A2, A3, …, or of Y_hat in the units of y."""
    computed = all_outputs(network, dataset, parameters, x)[matrix]
    return dataset.in_units(computed) if matrix == "Y_hat" else computed


def all_outputs(network: Network, dataset: Dataset, parameters: Parameters, x: Array) -> dict[str, Array]:
    """Z2, A2, …, Y_hat for rows x in their own units, as the network sees them; each by its name."""
    with np.errstate(all="ignore"):
        return prediction(network, dataset.scaled(x), parameters)


def threshold_of(y: Array) -> float:
    """Where one class ends and the other begins: 0.5 for y in 0 and 1, else the middle between least and greatest."""
    # Halves first: the sum of two large numbers overflows.
    return float(y.min()) / 2 + float(y.max()) / 2


def has_two_classes(y: Array) -> bool:
    """Whether a column of y has two values only, in more than two rows or as 0 and 1."""
    values = np.unique(y)
    return len(values) == 2 and (len(y) > 2 or values.tolist() == [0.0, 1.0])


def activation_at_zero(network: Network, layer: int) -> float:
    """f(0) of a layer, counted from 2: the boundary of its units is where z changes its sign."""
    return float(network.activation_of(layer).value(np.zeros((1, network.layers[layer - 1])))[0, 0])


def limits_around(
    points: Array, units: Array, columns: int, lines: int, most_stretched: float = _MOST_STRETCHED
) -> Limits | None:
    """Axes around ``points``, shape (points, 2), on so many columns and lines; None if they overflow.

    ``units`` says how long one unit of the network's inputs is on either axis, shape (2,). A circle in these inputs
    looks round, unless one axis would then be more than ``most_stretched`` times longer than the points need it.
    """
    with np.errstate(all="ignore"):
        margins = np.ptp(points, axis=0) * _MARGIN
        margins = np.where(margins > 0, margins, 1.0)
        lows, highs = points.min(axis=0) - margins, points.max(axis=0) + margins
        spans = (highs - lows) / np.abs(units)
        room = np.array([max(1, columns - 1), _HEIGHT_OF_A_CELL * max(1, lines - 1)])
        longer = float((spans / room).max()) * room / spans
        if np.isfinite(longer).all() and longer.max() <= most_stretched:
            middles, halves = lows / 2 + highs / 2, (highs - lows) / 2 * longer
            lows, highs = middles - halves, middles + halves
        if not (np.isfinite(highs - lows).all() and (highs > lows).all()):
            return None
    return Limits(lows, highs)
