"""The gradient by backpropagation beside the one that two costs on either side give."""

from dataclasses import dataclass

import numpy as np

from tui_nn.network.array import Array
from tui_nn.network.dataset import Dataset
from tui_nn.network.network import Network
from tui_nn.network.parameters import Parameters, views
from tui_nn.network.passes import Pass, compute_pass, forward


@dataclass(frozen=True, eq=False)
class GradientCheck:
    """∂J/∂W and ∂J/∂b by name (``dJdW1`` …), analytic and numeric, and the relative error over all of them."""

    epsilon: float
    analytic: dict[str, Array]
    numeric: dict[str, Array]
    relative_error: float


@dataclass(frozen=True)
class Slope:
    """How J changes with one weight: J(w + ε), J(w − ε), their quotient, the analytic slope, and the relative error."""

    epsilon: float
    above: float
    below: float
    numeric: float
    analytic: float
    relative_error: float


def slope(dataset: Dataset, computed: Pass, place: tuple[str, int, int], epsilon: float = 1e-5) -> Slope:
    """The check of one weight of an iteration, its ``place`` being its matrix, row and column, from 1.

    Source: lecture 3, "Numerical gradient checking".
    """
    name, row, column = place
    analytic = float(computed[f"dJd{name}"][row - 1, column - 1])
    costs = []
    for shift in (epsilon, -epsilon):
        moved = computed.parameters.flat
        views(computed.network, moved)[name][row - 1, column - 1] += shift
        costs.append(_cost(computed.network, dataset, moved))
    numeric = _quotient(costs[0], costs[1], epsilon)
    error = relative_error(np.array([analytic]), np.array([numeric]))
    return Slope(epsilon, costs[0], costs[1], numeric, analytic, error)


def _cost(network: Network, dataset: Dataset, flat: Array) -> float:
    return float(forward(network, dataset, Parameters.from_flat(network, flat))["J"][0, 0])


def _quotient(above: float, below: float, epsilon: float) -> float:
    # Costs that overflow have no difference; the check fails then.
    return (above - below) / (2 * epsilon) if np.isfinite((above, below)).all() else np.nan


def gradient_check(network: Network, dataset: Dataset, parameters: Parameters, epsilon: float = 1e-5) -> GradientCheck:
    """The gradient at ``parameters``, checked by (J(w + ε) − J(w − ε)) / 2ε for each weight w.

    Source: lecture 3, "Numerical gradient checking".
    """
    computed = compute_pass(network, dataset, parameters, learning_rate=0.0)
    analytic = {f"dJd{name}": computed[f"dJd{name}"] for name in network.shapes}
    flat = parameters.flat
    slopes = np.empty_like(flat)
    for i in range(flat.size):
        costs = []
        for shift in (epsilon, -epsilon):
            moved = flat.copy()
            moved[i] += shift
            costs.append(_cost(network, dataset, moved))
        slopes[i] = _quotient(costs[0], costs[1], epsilon)
    numeric = {f"dJd{name}": slope for name, slope in Parameters.from_flat(network, slopes).named.items()}
    g, n = (np.concatenate([slope.ravel() for slope in slopes.values()]) for slopes in (analytic, numeric))
    return GradientCheck(epsilon, analytic, numeric, relative_error(g, n))


def relative_error(analytic: Array, numeric: Array) -> float:
    """‖g − n‖ / ‖g + n‖ over all cells; 0 where both are 0. Source: lecture 3, "Numerical gradient checking"."""
    largest = max(float(np.abs(analytic).max()), float(np.abs(numeric).max()))
    if not np.isfinite(largest):
        return float("inf")
    if largest == 0:
        return 0.0
    # Of numbers brought to the size of 1, no square overflows or vanishes.
    g, n = analytic / largest, numeric / largest
    difference, total = float(np.linalg.norm(g - n)), float(np.linalg.norm(g + n))
    return difference / total if total else float("inf")
