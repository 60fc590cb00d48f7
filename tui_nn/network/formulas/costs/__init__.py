"""The costs that can be made small, one in each file, by their names in the session file.

To add one, write its file and put it into `COSTS`.
"""

from tui_nn.network.formulas.costs.cost import Cost
from tui_nn.network.formulas.costs.half_squared_error import HALF_SQUARED_ERROR

COSTS = {cost.name: cost for cost in (HALF_SQUARED_ERROR,)}
"""In the order in which the screen offers them."""

__all__ = ["COSTS", "Cost"]
