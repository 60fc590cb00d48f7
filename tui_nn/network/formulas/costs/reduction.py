"""How the costs of the rows become J: their sum, as in the lecture, or their mean, as in most libraries."""

from tui_nn.network.formulas.costs.cost import Y
from tui_nn.network.formulas.expression import DividedByRows, Expression
from tui_nn.network.model.network import Network

SUM, MEAN = "sum", "mean"
REDUCTIONS = (SUM, MEAN)
"""Their names in the session file, in the order in which the screen offers them."""


def reduced(network: Network, formula: Expression) -> Expression:
    """``formula`` of a sum over the rows, such as J or ∂J/∂Ŷ; divided by N if ``network`` takes the mean."""
    return DividedByRows(formula, Y) if network.reduction == MEAN else formula
