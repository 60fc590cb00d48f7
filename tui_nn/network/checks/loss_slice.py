"""J as a function of one weight, all others fixed: an interval, the tangent, and the step of gradient descent."""

import math

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.checks.gradient_check import WeightPlace, costs_along
from tui_nn.network.model.array import Array
from tui_nn.network.model.dataset import RowData
from tui_nn.network.training.passes import Pass

_NEARBY = 1e-3
_FEWEST_STEPS = 4
STEPS = 26
"""The greatest length of the interval in steps of gradient descent: one step can still be seen in thirty columns."""
_LENGTHS = 3.0
_BEHIND = 0.35


@frozen_dataclass(eq=False)
class LossSlice:
    """J at some ``weights``, shape (points,); the weight itself, with its J and its slope; and where its step leads.

    ``next_weight`` is the weight after the update, and ``next_cost`` J there; neither is finite where that overflows.
    """

    weights: Array
    costs: Array
    weight: float
    cost: float
    slope: float
    next_weight: float
    next_cost: float

    @property
    def tangent(self) -> Array:
        """J(w) + ∂J/∂w (v − w) at each of the weights v, shape (points,)."""
        return self.cost + self.slope * (self.weights - self.weight)


def loss_slice(dataset: RowData, computed: Pass, place: WeightPlace, points: int, steps: int = STEPS) -> LossSlice:
    """J at ``points`` values of a weight, over an interval that shows its curvature, at most ``steps`` steps long."""
    name, row, column = place
    weight = float(computed[name][row - 1, column - 1])
    slope = float(computed[f"dJd{name}"][row - 1, column - 1])
    with np.errstate(all="ignore"):
        next_weight = float(computed[f"{name}_next"][row - 1, column - 1])
        beside = costs_along(dataset, computed, place, [weight - _NEARBY, weight + _NEARBY, next_weight])
        curvature = float(beside[0] - 2 * computed.cost + beside[1]) / _NEARBY**2
        length = abs(slope / curvature) if curvature else math.inf
        weights = np.linspace(*_interval(weight, next_weight, length, steps), points)
        costs = costs_along(dataset, computed, place, weights)
    return LossSlice(weights, costs, weight, computed.cost, slope, next_weight, float(beside[2]))


def _interval(weight: float, next_weight: float, length: float, steps: int) -> tuple[float, float]:
    """The ends of the interval: `_LENGTHS` times ``length``, over which the slope changes by its own size.

    But it is from `_FEWEST_STEPS` to ``steps`` steps of gradient descent long.
    """
    step = next_weight - weight
    if not (math.isfinite(step) and step):
        return weight - 1 - abs(weight), weight + 1 + abs(weight)
    span = step * min(max(_FEWEST_STEPS, _LENGTHS * length / abs(step)), steps)
    low, high = sorted((weight - _BEHIND * span, weight + (1 - _BEHIND) * span))
    return (low, high) if low < weight < high else (weight - 1 - abs(weight), weight + 1 + abs(weight))
