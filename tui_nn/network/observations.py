"""What a student has to be told of a run and its data: the facts, which `writing.observations` puts into words."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np

from tui_nn.network.array import Array
from tui_nn.network.dataset import Dataset
from tui_nn.network.network import Network
from tui_nn.network.passes import Pass
from tui_nn.network.scalings import COLUMN_MAX

SATURATED = 1e-3
"""The slope f′(z) below which hardly anything of the error gets through a unit."""
RECENT = 20
"""How many updates are recent."""
_FEWEST_RISES = 5
# Of many updates, so large a share have to be rises, unless they are recent: now and then J may rise.
_SHARE_OF_RISES = 0.05
_RISE = 1e-6
_WRONG = 0.1
# A J that small is rounding, and goes up and down.
_ROUNDING = 1e-20


@dataclass(frozen=True)
class OutOfReach:
    """Some of y, as the network sees it, lie beyond what f of the output reaches, ``least`` to ``greatest``.

    ``row`` and ``column`` (from 1) and ``value`` are those of the one that lies furthest off; ``count`` is how many do.
    """

    row: int
    column: int
    value: float
    least: float
    greatest: float
    count: int


@dataclass(frozen=True)
class TurnedSigns:
    """The greatest number of a column of ``table``, x or y, is below 0: division by it turns the sign of each."""

    table: str
    column: int
    greatest: float


@dataclass(frozen=True)
class Rescaled:
    """Cells of a column that were not edited have another scaled value than before, as what they are scaled by has."""

    table: str
    column: int


@dataclass(frozen=True)
class Rising:
    """J went up in ``rises`` of the last ``updates`` updates; ``last`` is the last iteration whose J is the higher."""

    rises: int
    updates: int
    last: int


@dataclass(frozen=True)
class Saturated:
    """Units of a layer, from 1, that pass on hardly any of the error in every row of the data.

    ``is_silent`` where what they answer is 0 besides, as relu does.
    """

    layer: int
    units: tuple[int, ...]
    is_silent: bool


Observation: TypeAlias = OutOfReach | TurnedSigns | Rescaled | Rising | Saturated


@lru_cache(maxsize=8)
def out_of_reach(dataset: Dataset, network: Network) -> OutOfReach | None:
    """Whether there are y that the output can't come to, however long it learns. 0 and 1 are in a sigmoid's reach."""
    least, greatest = network.activation_of(len(network.layers)).reach
    beyond = np.maximum(least - dataset.Y, dataset.Y - greatest)
    if not (beyond > 0).any():
        return None
    row, column = np.unravel_index(int(beyond.argmax()), beyond.shape)
    value = float(dataset.Y[row, column])
    return OutOfReach(int(row) + 1, int(column) + 1, value, least, greatest, int((beyond > 0).sum()))


@lru_cache(maxsize=8)
def turned_signs(dataset: Dataset) -> tuple[TurnedSigns, ...]:
    """The columns whose signs are turned by a division by their greatest number."""
    found = []
    for table, values, scaling in (("x", dataset.x, dataset.x_scaling), ("y", dataset.y, dataset.y_scaling)):
        if scaling == COLUMN_MAX:
            greatest = values.max(axis=0).tolist()
            found += [TurnedSigns(table, i, one) for i, one in enumerate(greatest, start=1) if one < 0]
    return tuple(found)


def rescaled(before: Dataset, now: Dataset) -> tuple[Rescaled, ...]:
    """The columns in which numbers that are the same as typed in are others to the network.

    Only where the data have the same shape and scalings: whoever chose another scaling knows.
    """
    found = []
    for table, typed, scaled, scaling in (
        ("x", (before.x, now.x), (before.X, now.X), (before.x_scaling, now.x_scaling)),
        ("y", (before.y, now.y), (before.Y, now.Y), (before.y_scaling, now.y_scaling)),
    ):
        if typed[0].shape == typed[1].shape and scaling[0] == scaling[1]:
            others = ((typed[0] == typed[1]) & (scaled[0] != scaled[1])).any(axis=0)
            found += [Rescaled(table, int(column) + 1) for column in np.flatnonzero(others)]
    return tuple(found)


def rising(costs: Array, updates: int | None = None) -> Rising | None:
    """Whether J goes up again and again over the last ``updates``, or all of them, of the iterations up to the last.

    It does where it rises in 5 of the last 20, or, of more updates, in 5 % of all.

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


def saturated(computed: Pass, layer: int) -> Saturated | None:
    """The units of ``layer``, from 2, whose slope is close to 0 in every row.

    Those of the output count only where they are wrong in some row: one that has learnt 0 and 1 is flat by design.
    """
    network = computed.network
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
