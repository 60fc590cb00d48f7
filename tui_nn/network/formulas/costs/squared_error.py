"""J = Σ (y − ŷ)², over all rows and outputs: what R's nnet calls the value, and other programs the SSE."""

from tui_nn.network.formulas.costs.cost import Y_HAT, Cost, Y
from tui_nn.network.formulas.expression import ConstantTimes, Difference, SumOfSquares

SQUARED_ERROR = Cost(
    "squared error",
    value=SumOfSquares(Difference(Y, Y_HAT)),
    slope=ConstantTimes(-2.0, Difference(Y, Y_HAT)),
    curvature=2.0,
)
