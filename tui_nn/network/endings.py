"""Judges how a run of gradient descent ends: learnt, stuck, still falling, and so on.

J alone does not show that: 0.02 may be a plateau, or the best that any network can do with contradictory data. So J is
compared with the cost of predicting the mean, with the least cost that any network can reach, and with the other
starts; and the verdict uses how much of the error still reaches the weights.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from tui_nn.network.activations import Activation
from tui_nn.network.array import Array
from tui_nn.network.dataset import Dataset
from tui_nn.network.passes import Pass

FALL = 0.01
"""The share of itself by which J must fall over the second half of the iterations to count as falling."""
HEIGHT = 10
"""A J this many times as high as the least J of all starts is high; both are measured from the floor."""
LEARNT = 1e-3
"""The greatest share of the way from the floor to the cost of the mean at which J counts as learnt."""
VANISHED = 1e-3
"""Below this share of the error let through by the output's slopes, the gradient counts as vanished."""
PULL = 0.05
"""The least `Evidence.pulls` of a J that is not flat: the share by which J would fall, going by its slope, if the
weights changed by their own size, each by 1 at most."""
RISES = 0.05
"""From this share of rises among the updates of the second half on, a run counts as unsettled."""
RISE = 1e-3
"""The least share of itself by which J goes up in an update that counts as a rise."""
_ROUNDING = 1e-20


class Ending(StrEnum):
    """How a run ends. The values are those on the screen and in JSON."""

    OVERFLOWED = "overflowed"
    UNKNOWN = "too short to tell"
    LEARNT = "learnt"
    UNSETTLED = "rising or oscillating"
    FALLING = "still falling"
    STUCK = "stuck"
    AT_REST = "at rest"


@dataclass(frozen=True, eq=False)
class Evidence:
    """What the verdicts on the ends of runs rest on, besides their costs.

    ``floor`` is the J that no network can fall below on the data, ``mean_cost`` J of predicting each column's mean.
    The arrays have shape (runs,): ``rises`` is the share of the updates of the second half in which J rose, ``slopes``
    is √(Σ δ² / Σ (y − ŷ)²) at the output, and ``pulls`` is |∇J| |w| / J, with |w| at most that of weights of 1.
    ``slopes`` and ``pulls`` are nan where they were not computed.
    """

    floor: float
    mean_cost: float
    rises: Array
    slopes: Array
    pulls: Array


def floor_of(dataset: Dataset, output: Activation) -> float:
    """½ Σ (y − m)², where m is the mean of y over the rows with the same x, moved into the output's range.

    Rows with the same x have the same ŷ, whatever the weights, so no run can reach a smaller J.
    """
    _, groups = np.unique(dataset.X, axis=0, return_inverse=True)
    groups = groups.ravel()
    sums = np.zeros((int(groups.max()) + 1, dataset.outputs))
    np.add.at(sums, groups, dataset.Y)
    means = sums / np.bincount(groups)[:, np.newaxis]
    return _cost(dataset.Y, _reached(means, output)[groups])


def mean_cost(dataset: Dataset, output: Activation) -> float:
    """½ Σ (y − m)², where m is the mean of y's column, moved into the output's range."""
    return _cost(dataset.Y, _reached(dataset.Y.mean(axis=0), output))


def _reached(values: Array, output: Activation) -> Array:
    return np.asarray(np.clip(values, *output.reach))


def _cost(Y: Array, predicted: Array) -> float:
    with np.errstate(over="ignore"):
        return 0.5 * float(np.square(Y - predicted).sum())


def slopes_and_pull(computed: Pass) -> tuple[float, float]:
    """√(Σ δ² / Σ (y − ŷ)²) at the output, the share of the error let through; |∇J| |w| / J, small where J is flat."""
    residual = float(np.linalg.norm(computed["Y"] - computed["Y_hat"]))
    if not residual:
        return 0.0, 0.0
    delta = float(np.linalg.norm(computed[f"delta{len(computed.network.layers)}"]))
    gradient = np.concatenate([computed[f"dJd{name}"].ravel() for name in computed.network.shapes])
    with np.errstate(all="ignore"):
        size = min(float(np.linalg.norm(computed.parameters.flat)), len(gradient) ** 0.5)
        pull = float(np.linalg.norm(gradient)) * size / computed.cost
    return delta / residual, pull


def endings(costs: Array, evidence: Evidence) -> list[Ending]:
    """How each run ends. ``costs`` has shape (runs, iterations), with nan from where a run overflowed.

    The iterations are evenly spaced, from the first to the last.
    """
    if not len(costs):
        return []
    flat, learnt = is_flat(costs), has_learnt(costs, evidence)
    first, halfway, final = _columns(costs)
    least = np.fmin.reduce(final, initial=np.inf)
    unsettled = (evidence.rises >= RISES) | (final > (1 + FALL) * halfway)
    high = (final - evidence.floor) / HEIGHT > least - evidence.floor
    no_better_than_the_mean = (final >= (1 - FALL) * evidence.mean_cost) & ~(evidence.pulls >= PULL)
    # If no network can do better than the mean, a run that does no better is not stuck.
    no_better_than_the_mean &= evidence.mean_cost > (1 + FALL) * evidence.floor
    stuck = high | no_better_than_the_mean | (evidence.slopes < VANISHED)
    # J may fall slowly because the rate is small, not because J is flat: then it is still falling.
    slow = (final < halfway) & (evidence.pulls >= PULL)
    verdicts = np.select(
        [np.isnan(final), learnt, unsettled, ~flat, stuck, slow],
        [Ending.OVERFLOWED, Ending.LEARNT, Ending.UNSETTLED, Ending.FALLING, Ending.STUCK, Ending.FALLING],
        Ending.AT_REST,
    )
    if costs.shape[1] == 1:
        verdicts = np.where(np.isnan(first), Ending.OVERFLOWED, Ending.UNKNOWN)
    return [Ending(verdict) for verdict in verdicts.tolist()]


def is_flat(costs: Array) -> NDArray[np.bool_]:
    """Which runs' J fell by less than `FALL` of itself over the second half of the iterations, shape (runs,)."""
    _, halfway, final = _columns(costs)
    flat: NDArray[np.bool_] = final > (1 - FALL) * halfway
    return flat


def has_learnt(costs: Array, evidence: Evidence) -> NDArray[np.bool_]:
    """Which runs have learnt: J is within `LEARNT` of the way from the floor to ``mean_cost``, shape (runs,).

    If the two are equal, as where y is the same in every row, J of iteration 1 takes the place of ``mean_cost``. A J
    that is only rounding has learnt as well.
    """
    first, halfway, final = _columns(costs)
    mean, floor = evidence.mean_cost, evidence.floor
    high = np.full(len(costs), mean) if mean > (1 + FALL) * floor else first
    # Takes the larger of two J: a run that oscillates comes close to the floor now and then.
    worse = np.maximum(halfway, final) if costs.shape[1] > 1 else final
    reached = np.where(evidence.rises >= RISES, worse, final) - floor <= LEARNT * np.maximum(high - floor, 0)
    learnt: NDArray[np.bool_] = reached | (final <= _ROUNDING * first)
    return learnt


def _columns(costs: Array) -> tuple[Array, Array, Array]:
    last = costs.shape[1] - 1
    return costs[:, 0], costs[:, last // 2], costs[:, last]
