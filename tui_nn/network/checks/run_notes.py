"""Finds what a student should notice about a run and its data; `note_sentences` puts it into words."""

from functools import lru_cache
from typing import TypeAlias

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.formulas.costs import summed_cost
from tui_nn.network.model.array import Array
from tui_nn.network.model.dataset import Dataset
from tui_nn.network.model.network import Network
from tui_nn.network.model.scalings import NAMED_SCALINGS
from tui_nn.network.training.passes import Pass

SATURATED = 1e-3
"""Below this f′(z), a unit passes on hardly any of the error."""
RECENT = 20
"""How many of the last updates are searched for rises of J."""
_FEWEST_RISES = 5
# If the rises are not recent, they must be this share of all updates: now and then J may rise.
_SHARE_OF_RISES = 0.05
_RISE = 1e-6
_WRONG = 0.1
_FEWEST_ON_PLATEAU = 50
_PART_ON_PLATEAU = 6
"""J must hardly change in the last sixth of the updates so far: a J that falls as 1/i still falls by a sixth there."""
_HARDLY = 0.02
# A J as small as this is rounding, and goes up and down.
_ROUNDING = 1e-20


@frozen_dataclass
class OutOfReach:
    """Some scaled y lie outside the range of the output's f, ``least`` to ``greatest``.

    ``row`` and ``column`` (from 1) and ``value`` belong to the y farthest outside; ``count`` is how many lie outside.
    """

    row: int
    column: int
    value: float
    least: float
    greatest: float
    count: int


@frozen_dataclass
class TurnedSigns:
    """The greatest number of a column of ``table``, x or y, is below 0: dividing by it turns the sign of every cell."""

    table: str
    column: int
    greatest: float


@frozen_dataclass
class Rescaled:
    """An edit changed the shift or divisor of a column, and so the scaled values of cells that were not edited."""

    table: str
    column: int


@frozen_dataclass
class Rising:
    """J went up in ``rises`` of the last ``updates`` updates; ``last`` is the last iteration whose J rose."""

    rises: int
    updates: int
    last: int


@frozen_dataclass
class Plateau:
    """J changed by the share ``change`` of its value, or less, in all of the last ``updates`` updates."""

    updates: int
    change: float


@frozen_dataclass
class Saturated:
    """Units of a layer, counted from 1, that pass on hardly any of the error in any row of the data.

    ``is_silent`` is true if their outputs are 0 as well, as with relu.
    """

    layer: int
    units: tuple[int, ...]
    is_silent: bool


Observation: TypeAlias = OutOfReach | TurnedSigns | Rescaled | Rising | Plateau | Saturated


@lru_cache(maxsize=8)
def out_of_reach(dataset: Dataset, network: Network) -> OutOfReach | None:
    """The scaled y outside the output's range, or None if all are inside. 0 and 1 count as inside a sigmoid's."""
    least, greatest = network.activation_of(len(network.layers)).reach
    beyond = np.maximum(least - dataset.Y, dataset.Y - greatest)
    if not (beyond > 0).any():
        return None
    row, column = np.unravel_index(int(beyond.argmax()), beyond.shape)
    value = float(dataset.Y[row, column])
    return OutOfReach(int(row) + 1, int(column) + 1, value, least, greatest, int((beyond > 0).sum()))


@lru_cache(maxsize=8)
def turned_signs(dataset: Dataset) -> tuple[TurnedSigns, ...]:
    """The columns whose signs turn because their greatest number, the divisor, is below 0."""
    found = []
    for table, values, scaling in (("x", dataset.all_x, dataset.x_scaling), ("y", dataset.y, dataset.y_scaling)):
        if isinstance(scaling, str) and NAMED_SCALINGS[scaling].turns_signs:
            greatest = values.max(axis=0).tolist()
            found += [TurnedSigns(table, i, one) for i, one in enumerate(greatest, start=1) if one < 0]
    return tuple(found)


def rescaled(before: Dataset, now: Dataset) -> tuple[Rescaled, ...]:
    """The columns in which unedited numbers have new scaled values.

    Empty if the data have another shape or scaling than ``before``: a user who chose another scaling expects this.
    """
    found = []
    for table, typed, scaled, scaling in (
        ("x", (before.all_x, now.all_x), (before.X, now.X), (before.x_scaling, now.x_scaling)),
        ("y", (before.y, now.y), (before.Y, now.Y), (before.y_scaling, now.y_scaling)),
    ):
        if typed[0].shape == typed[1].shape and scaling[0] == scaling[1]:
            others = ((typed[0] == typed[1]) & (scaled[0] != scaled[1])).any(axis=0)
            found += [Rescaled(table, int(column) + 1) for column in np.flatnonzero(others)]
    return tuple(found)


def rising(costs: Array, updates: int | None = None) -> Rising | None:
    """How often J went up in the last ``updates`` updates, or in all without it; None if not often enough to tell.

    Five rises in the last 20 updates are often enough, or rises in 5 % of all updates, and in five at least.
    ``costs`` are those of iterations 1, 2, 3, …, shape (iterations,).
    """
    begin = 0 if updates is None else max(0, len(costs) - 1 - updates)
    recent = costs[begin:]
    with np.errstate(all="ignore"):
        places = np.flatnonzero((recent[1:] > (1 + _RISE) * recent[:-1]) & (recent[1:] > _ROUNDING * costs[:1]))
    count = len(recent) - 1
    latest = int((places >= count - RECENT).sum())
    if latest < _FEWEST_RISES and len(places) < max(_FEWEST_RISES, _SHARE_OF_RISES * count):
        return None
    return Rising(len(places), count, begin + int(places[-1]) + 2)


def plateau(costs: Array) -> Plateau | None:
    """The plateau that a run has come to: J changed by less than 2 % in the last sixth of its updates, 50 at least.

    ``costs`` are those of iterations 1, 2, 3, …, shape (iterations,). None where J still changes, or is as good as 0.
    """
    updates = max(_FEWEST_ON_PLATEAU, len(costs) // _PART_ON_PLATEAU)
    if len(costs) <= updates or not costs[-1] > _ROUNDING * costs[0]:
        return None
    recent = costs[-1 - updates :]
    change = float((recent.max() - recent.min()) / recent[0])
    return Plateau(updates, change) if change < _HARDLY else None


def saturated(computed: Pass, layer: int) -> Saturated | None:
    """The units of ``layer``, counted from 2, whose f′(z) is close to 0 in every row; None if there are none.

    An output unit counts only if it is wrong in some row: one that has learnt 0 and 1 is flat by design. Where f′
    cancels in δ, no output unit counts: it passes on the whole error.
    """
    network = computed.network
    if layer == len(network.layers) and summed_cost(network).delta:
        return None
    activation = network.activation_of(layer)
    slopes = activation.derivative(computed[f"Z{layer}"])
    flat = (slopes < SATURATED).all(axis=0)
    if layer == len(network.layers):
        flat &= (np.abs(computed["Y"] - computed["Y_hat"]) > _WRONG).any(axis=0)
    if not flat.any():
        return None
    outputs = computed["Y_hat" if layer == len(network.layers) else f"A{layer}"]
    is_silent = not slopes[:, flat].any() and not outputs[:, flat].any()
    return Saturated(layer, tuple((np.flatnonzero(flat) + 1).tolist()), is_silent)
