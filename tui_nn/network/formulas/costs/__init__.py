"""The costs that can be made small, one in each file, by their names in the session file.

To add one, write its file and put it into `COSTS`.
"""

from dataclasses import replace

from tui_nn.network.formulas.costs.cost import Cost, Z
from tui_nn.network.formulas.costs.cross_entropy import CROSS_ENTROPY
from tui_nn.network.formulas.costs.half_squared_error import HALF_SQUARED_ERROR
from tui_nn.network.formulas.costs.reduction import REDUCTIONS, SUM, reduced
from tui_nn.network.formulas.costs.squared_error import SQUARED_ERROR
from tui_nn.network.formulas.expression import Expression, Symbol, replaced
from tui_nn.network.model.network import Network

COSTS = {cost.name: cost for cost in (HALF_SQUARED_ERROR, SQUARED_ERROR, CROSS_ENTROPY)}
"""In the order in which the screen offers them."""


def in_network(network: Network, formula: Expression) -> Expression:
    """A formula of a cost, with the last layer's own name for its sums Z, and divided by N where J is a mean."""
    return reduced(network, replaced(formula, {Z: Symbol(f"Z{len(network.layers)}")}))


def summed_cost(network: Network) -> Cost:
    """The cost of ``network`` as a sum over the rows, with the formulas for its outputs."""
    return COSTS[network.cost].for_outputs(network.output_activation)


def cost_of(network: Network, rows: int) -> Cost:
    """The cost of ``network`` over so many rows, the sum over them or the mean."""
    cost = summed_cost(network)
    if network.reduction == SUM:
        return cost
    value, slope = reduced(network, cost.value), reduced(network, cost.slope)
    delta = cost.delta and reduced(network, cost.delta)
    around = cost.curvature_around
    bounds = around and (lambda Z: around(Z) / rows)
    return replace(
        cost, value=value, slope=slope, delta=delta, curvature=cost.curvature / rows, curvature_around=bounds
    )


__all__ = ["COSTS", "REDUCTIONS", "Cost", "cost_of", "in_network", "reduced", "summed_cost"]
