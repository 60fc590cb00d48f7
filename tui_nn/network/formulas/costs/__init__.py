"""The costs that can be made small, one in each file, by their names in the session file.

To add one, write its file and put it into `COSTS`.
"""

from tui_nn.network.formulas.costs.cost import Cost
from tui_nn.network.formulas.costs.half_squared_error import HalfSquaredError
from tui_nn.network.model.network import Network

HALF_SQUARED_ERROR = HalfSquaredError()
COSTS: dict[str, Cost] = {cost.name: cost for cost in (HALF_SQUARED_ERROR,)}


def cost_of(network: Network) -> Cost:  # noqa: ARG001 - a second cost will be chosen with the network
    """The cost that a network is trained on: the lecture's, which is the only one so far."""
    return HALF_SQUARED_ERROR


__all__ = ["COSTS", "HALF_SQUARED_ERROR", "Cost", "cost_of"]
