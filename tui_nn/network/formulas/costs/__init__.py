"""The costs that can be made small, one in each file, by their names in the session file.

To add one, write its file and put it into `COSTS`.
"""

from dataclasses import replace

from tui_nn.network.formulas.costs.cost import Cost
from tui_nn.network.formulas.costs.half_squared_error import HALF_SQUARED_ERROR
from tui_nn.network.formulas.costs.reduction import REDUCTIONS, SUM, reduced
from tui_nn.network.formulas.costs.squared_error import SQUARED_ERROR
from tui_nn.network.model.network import Network

COSTS = {cost.name: cost for cost in (HALF_SQUARED_ERROR, SQUARED_ERROR)}
"""In the order in which the screen offers them."""


def cost_of(network: Network, rows: int) -> Cost:
    """The cost of ``network`` over so many rows, the sum over them or the mean."""
    cost = COSTS[network.cost]
    if network.reduction == SUM:
        return cost
    value, slope = reduced(network, cost.value), reduced(network, cost.slope)
    return replace(cost, value=value, slope=slope, curvature=cost.curvature / rows)


__all__ = ["COSTS", "REDUCTIONS", "Cost", "cost_of", "reduced"]
