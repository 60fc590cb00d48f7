"""Judges how a run of gradient descent ends: learnt, stuck, still falling, and so on.

J alone does not show that: 0.02 may be a plateau, or the best that any network can do with contradictory data. So J is
compared with the cost of the best constant prediction, with the least cost that any network can reach, and with the
other starts; and the verdict uses how much of the error still reaches the weights.
"""

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.formulas.costs import cost_of, summed_cost
from tui_nn.network.formulas.costs.best_constants import best_constants
from tui_nn.network.formulas.costs.reduction import MEAN
from tui_nn.network.model.array import Array
from tui_nn.network.model.dataset import RowData
from tui_nn.network.model.network import Network
from tui_nn.network.training.passes import Pass

FALL = 0.01
"""The share of itself by which J must fall over the second half of the iterations to count as falling."""
HEIGHT = 10
"""A J this many times as high as the least J of all starts is high; both are measured from the floor."""
LEARNT = 1e-3
"""The greatest share of the way from the floor to the cost of the best constant at which J counts as learnt."""
VANISHED = 1e-3
"""The gradient counts as vanished if the slopes of the output let less than this share of the error through."""
PULL = 0.05
"""J is flat if its `Evidence.pulls` is below this: the share of itself by which J would fall, going by its slope, if
the weights changed by their own size."""
RISES = 0.05
"""From this share of rises among the updates of the second half on, a run counts as unsettled."""
RISE = 1e-3
"""The least share of itself by which J goes up in an update that counts as a rise."""
_ROUNDING = 1e-20
# If J's slope says that an update lowers J by this share of itself, the weights jump across a valley.
_JUMP = 0.05
# A share of J that is more than its rounding.
_FELL = 1e-12


class Outcome(StrEnum):
    """How a run ends. The values are those on the screen and in JSON."""

    OVERFLOWED = "overflowed"
    UNKNOWN = "too short to tell"
    LEARNT = "learnt"
    UNSETTLED = "rising or oscillating"
    FALLING = "still falling"
    STUCK = "stuck"
    AT_REST = "at rest"


@frozen_dataclass(eq=False)
class Evidence:
    """What the verdicts on the ends of runs rest on, besides their costs.

    No network can get J below ``floor`` on these data. ``constant_cost`` is J where each ŷ is the best constant for its
    column of y, which is the mean for most costs, whether or not the output's range contains it.
    The others have a number for each run. ``rises`` is the share of the updates of the second half in which J rose.
    ``slopes`` is √(Σ δ² / Σ (y − ŷ)²) at the output, the share of the error that its slopes let through; of a cost that
    adds up h(y − ŷ), h′(y − ŷ) is in the place of the error. ``pulls`` is |∇J| |w| / J, where |w| is at most that of
    weights of 1. ``falls`` is η |∇J|² / J, the share of J that an update takes away if the rate is small. The last
    three are nan for runs whose verdict does not need them.
    """

    floor: float
    constant_cost: float
    rises: Array
    slopes: Array
    pulls: Array
    falls: Array

    @property
    def constant_is_beaten(self) -> bool:
        """Whether some function of x fits y better than a constant does; none does if y is the same in every row."""
        return self.constant_cost > (1 + FALL) * self.floor

    @property
    def constant_beats_all(self) -> bool:
        """Whether a constant fits y better than any network can, because y lies outside the output's range."""
        return self.floor > (1 + FALL) * self.constant_cost


def floor_of(dataset: RowData, network: Network) -> float:
    """J where each ŷ is the best constant for the rows with the same x, moved into the output's range.

    Rows with the same x have the same ŷ, whatever the weights, so no run can reach a smaller J.
    """
    _, groups = np.unique(dataset.X, axis=0, return_inverse=True)
    groups = groups.ravel()
    best = best_constants(summed_cost(network), dataset.Y, groups)
    reached = np.clip(best, *network.activation_of(len(network.layers)).reach)
    return _cost_of(network, dataset, reached[groups])


def constant_cost(dataset: RowData, network: Network) -> float:
    """J where each ŷ is the best constant for its column of y, whether or not the output reaches it."""
    cost = summed_cost(network)
    if cost.over_errors is None:
        return _cost_of(network, dataset, dataset.Y.mean(axis=0))
    return _cost_of(network, dataset, best_constants(cost, dataset.Y, np.zeros(dataset.rows, dtype=np.intp))[0])


def _cost_of(network: Network, dataset: RowData, Y_hat: Array) -> float:
    """J where the network's outputs are ``Y_hat``."""
    with np.errstate(over="ignore"):
        return cost_of(network, dataset.rows).at(dataset.Y, np.broadcast_to(Y_hat, dataset.Y.shape))


def slopes_of(computed: Pass, learning_rate: float) -> tuple[float, float, float]:
    """``slopes``, ``pulls`` and ``falls`` of `Evidence` for a run, whose last iteration is ``computed``."""
    with np.errstate(all="ignore"):
        return _slopes_of(computed, learning_rate)


def _slopes_of(computed: Pass, learning_rate: float) -> tuple[float, float, float]:
    over_errors = summed_cost(computed.network).over_errors
    errors = over_errors.errors(computed.matrices) if over_errors else computed["Y"] - computed["Y_hat"]
    # With h, a large error may pull no more than a small one, so h′ takes the place of the error.
    residual = float(np.linalg.norm(over_errors.function.derivative(errors) if over_errors else errors))
    if not residual:
        return 0.0, 0.0, 0.0
    rows = len(computed["Y"]) if computed.network.reduction == MEAN else 1
    # If J is a mean, δ has the factor 1/N, which says nothing about the slopes.
    delta = rows * float(np.linalg.norm(computed[f"delta{len(computed.network.layers)}"]))
    # Only what updates change can pull J down.
    names = computed.network.trained
    if not names:
        return delta / residual, 0.0, 0.0
    gradient, weights = (np.concatenate([computed[f"{of}{name}"].ravel() for name in names]) for of in ("dJd", ""))
    size = min(float(np.linalg.norm(weights)), len(gradient) ** 0.5)
    steepness = float(np.linalg.norm(gradient))
    cost = np.float64(computed.cost)
    pull, fall = steepness * size / cost, learning_rate * steepness * steepness / cost
    return delta / residual, float(pull), float(fall)


def outcomes(costs: Array, evidence: Evidence) -> list[Outcome]:
    """How each run ends. ``costs`` has shape (runs, iterations), with nan from where a run overflowed.

    The iterations are evenly spaced, from the first to the last.
    """
    if not len(costs):
        return []
    flat, learnt = is_flat(costs), has_learnt(costs, evidence)
    first, halfway, final = _columns(costs)
    least = np.fmin.reduce(final, initial=np.inf)
    unsettled = (evidence.rises >= RISES) | (final > (1 + FALL) * halfway)
    # If J is steep and still does not fall, the weights jump to and fro across a valley.
    unsettled |= flat & (evidence.falls >= _JUMP)
    high = (final - evidence.floor) / HEIGHT > least - evidence.floor
    no_better_than_a_constant = (final >= (1 - FALL) * evidence.constant_cost) & ~(evidence.pulls >= PULL)
    # Where nothing fits y better than a constant, a run that is no better is not stuck.
    no_better_than_a_constant &= evidence.constant_is_beaten | evidence.constant_beats_all
    stuck = high | no_better_than_a_constant | (evidence.slopes < VANISHED)
    # J may also fall slowly because the learning rate is small, and not because J is flat.
    slow = (final < (1 - _FELL) * halfway) & (evidence.pulls >= PULL)
    verdicts = np.select(
        [np.isnan(final), learnt, unsettled, ~flat, stuck, slow],
        [Outcome.OVERFLOWED, Outcome.LEARNT, Outcome.UNSETTLED, Outcome.FALLING, Outcome.STUCK, Outcome.FALLING],
        Outcome.AT_REST,
    )
    if costs.shape[1] == 1:
        verdicts = np.where(np.isnan(first), Outcome.OVERFLOWED, Outcome.UNKNOWN)
    return [Outcome(verdict) for verdict in verdicts.tolist()]


def is_flat(costs: Array) -> NDArray[np.bool_]:
    """Which runs' J fell by less than `FALL` of itself over the second half of the iterations, shape (runs,)."""
    _, halfway, final = _columns(costs)
    flat: NDArray[np.bool_] = final > (1 - FALL) * halfway
    return flat


def has_learnt(costs: Array, evidence: Evidence) -> NDArray[np.bool_]:
    """Which runs have learnt: J is within `LEARNT` of the way from the floor to ``constant_cost``, shape (runs,).

    If no function fits y better than a constant, J of iteration 1 takes the place of ``constant_cost``. If a constant
    fits y better than any network can, no run has learnt.
    """
    if evidence.constant_beats_all:
        return np.zeros(len(costs), dtype=np.bool_)
    first, halfway, final = _columns(costs)
    floor = evidence.floor
    high = np.full(len(costs), evidence.constant_cost) if evidence.constant_is_beaten else first
    # For a run that oscillates, the higher of two costs counts, since it passes the floor now and then.
    worse = np.maximum(halfway, final) if costs.shape[1] > 1 else final
    reached = np.where(evidence.rises >= RISES, worse, final) - floor <= LEARNT * np.maximum(high - floor, 0)
    learnt: NDArray[np.bool_] = reached | (final <= _ROUNDING * first)
    return learnt


def _columns(costs: Array) -> tuple[Array, Array, Array]:
    last = costs.shape[1] - 1
    return costs[:, 0], costs[:, last // 2], costs[:, last]
