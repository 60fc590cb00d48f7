"""J = ½ Σ (y − ŷ)², over all rows and outputs. Source: lecture 3, "The cost"."""

from tui_nn.network.formulas.costs.cost import Y_HAT, Cost, Y
from tui_nn.network.formulas.expression import ConstantTimes, Difference, Negated, SumOfSquares

HALF_SQUARED_ERROR = Cost(
    "half squared error",
    value=ConstantTimes(0.5, SumOfSquares(Difference(Y, Y_HAT))),
    slope=Negated(Difference(Y, Y_HAT)),
    curvature=1.0,
    # ℒ = (1/N) Σ (y − ŷ)². Source: lecture 3, "The loss".
    loss_factor=2.0,
)
