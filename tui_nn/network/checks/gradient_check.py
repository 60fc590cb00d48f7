"""Checks the gradient of backpropagation by finite differences of J."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Self, TypeAlias

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.model.array import Array
from tui_nn.network.model.dataset import RowData
from tui_nn.network.model.parameters import Parameters, views
from tui_nn.network.training.passes import CostAt, Pass

EPSILON = 1e-5
EPSILONS = tuple(float(f"1e-{power}") for power in range(1, 13))
"""0.1, 0.01, …, 1e-12: a smaller ε brings the quotient closer to the slope at first; later it shows only rounding."""

WeightPlace: TypeAlias = tuple[str, int, int]
"""A weight or bias: its matrix by its lecture name, its row and its column, from 1."""


@frozen_dataclass(eq=False)
class GradientCheck:
    """∂J/∂W and ∂J/∂b by name (``dJdW1`` …), as a program computes them and by two costs for each weight.

    ``relative_error`` is that of all of them together.
    """

    epsilon: float
    analytic: dict[str, Array]
    numeric: dict[str, Array]
    relative_error: float

    def for_gradient(self, gradient: Mapping[str, Array]) -> Self:
        """Checks another gradient, such as that of a program with a mistake, by the same costs."""
        analytic = {name: gradient[name] for name in self.analytic}
        return replace(self, analytic=analytic, relative_error=relative_error(_flat(analytic), _flat(self.numeric)))


@frozen_dataclass
class Slope:
    """How J changes with one weight w.

    ``above`` is J(w + ε), ``below`` J(w − ε), and ``at`` J(w). ``numeric`` is the quotient of the two costs, and
    ``analytic`` the slope that a program computes.
    """

    epsilon: float
    above: float
    below: float
    numeric: float
    analytic: float
    relative_error: float
    at: float

    def for_slope(self, analytic: float) -> Self:
        """Checks another slope, such as that of a program with a mistake, by the same two costs."""
        error = relative_error(np.array([analytic]), np.array([self.numeric]))
        return replace(self, analytic=analytic, relative_error=error)


def slope(dataset: RowData, computed: Pass, place: WeightPlace, epsilon: float = EPSILON) -> Slope:
    """The check of one weight of an iteration.

    Source: lecture 3, "Numerical gradient checking".
    """
    return epsilon_sweep(dataset, computed, place, (epsilon,))[0]


def epsilon_sweep(
    dataset: RowData, computed: Pass, place: WeightPlace, epsilons: Sequence[float] = EPSILONS
) -> tuple[Slope, ...]:
    """The check of one weight of an iteration at each ε."""
    name, row, column = place
    analytic = float(computed[f"dJd{name}"][row - 1, column - 1])
    w = float(computed[name][row - 1, column - 1])
    weights = [w + shift for epsilon in epsilons for shift in (epsilon, -epsilon)]
    costs = costs_along(dataset, computed, place, weights).reshape(-1, 2).tolist()
    slopes = []
    for epsilon, (above, below) in zip(epsilons, costs, strict=True):
        numeric = _quotient(above, below, epsilon)
        error = relative_error(np.array([analytic]), np.array([numeric]))
        slopes.append(Slope(epsilon, above, below, numeric, analytic, error, computed.cost))
    return tuple(slopes)


def costs_along(dataset: RowData, computed: Pass, place: WeightPlace, weights: Sequence[float] | Array) -> Array:
    """J at other values of one weight, while all other weights stay the same; shape (len(weights),)."""
    name, row, column = place
    flat = computed.parameters.flat
    cell = views(computed.network, flat)[name]
    cost_at = CostAt(computed.network, dataset)
    costs = np.empty(len(weights))
    for i, weight in enumerate(weights):
        cell[row - 1, column - 1] = weight
        costs[i] = cost_at(flat)
    return costs


def _quotient(above: float, below: float, epsilon: float) -> float:
    # Costs that overflow have no difference: the check fails.
    return (above - below) / (2 * epsilon) if math.isfinite(above) and math.isfinite(below) else math.nan


def check_gradient(
    dataset: RowData, computed: Pass, epsilon: float = EPSILON, stop: Callable[[], bool] = lambda: False
) -> GradientCheck | None:
    """The gradient of an iteration, checked by (J(w + ε) − J(w − ε)) / 2ε for each weight w.

    None if ``stop()``, called at every weight, returned True. Source: lecture 3, "Numerical gradient checking".
    """
    checks = gradient_sweep(dataset, computed, (epsilon,), stop)
    return checks[0] if checks else None


def gradient_sweep(
    dataset: RowData, computed: Pass, epsilons: Sequence[float] = EPSILONS, stop: Callable[[], bool] = lambda: False
) -> tuple[GradientCheck, ...] | None:
    """The gradient of an iteration, checked at each ε; None if ``stop()``, called at every weight, returned True."""
    network, flat = computed.network, computed.parameters.flat
    analytic, cost_at = {f"dJd{name}": computed[f"dJd{name}"] for name in network.shapes}, CostAt(network, dataset)
    checks = []
    for epsilon in epsilons:
        slopes = np.empty_like(flat)
        for i in range(flat.size):
            if stop():
                return None
            costs = []
            for shift in (epsilon, -epsilon):
                moved = flat.copy()
                moved[i] += shift
                costs.append(cost_at(moved))
            slopes[i] = _quotient(costs[0], costs[1], epsilon)
        numeric = {f"dJd{name}": slope for name, slope in Parameters.from_flat(network, slopes).named.items()}
        checks.append(GradientCheck(epsilon, analytic, numeric, relative_error(_flat(analytic), _flat(numeric))))
    return tuple(checks)


def _flat(gradient: Mapping[str, Array]) -> Array:
    return np.concatenate([slopes.ravel() for slopes in gradient.values()])


def relative_error(analytic: Array, numeric: Array) -> float:
    """‖g − n‖ / ‖g + n‖ over all cells; 0 where both are 0. Source: lecture 3, "Numerical gradient checking"."""
    largest = max(float(np.abs(analytic).max()), float(np.abs(numeric).max()))
    if not np.isfinite(largest):
        return float("inf")
    if largest == 0:
        return 0.0
    # Divided by the largest number first, so that no square overflows or vanishes.
    g, n = analytic / largest, numeric / largest
    difference, total = float(np.linalg.norm(g - n)), float(np.linalg.norm(g + n))
    return difference / total if total else float("inf")
