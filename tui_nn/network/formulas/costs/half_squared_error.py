"""J = ½ Σ (y − ŷ)². Source: lecture 3, "The cost"."""

import numpy as np

from tui_nn.network.formulas.expression import Difference, HalfSumOfSquares, MatrixRow, Negated, Symbol
from tui_nn.network.formulas.reasons import Reason
from tui_nn.network.model.array import Array


class HalfSquaredError:
    """½ Σ (y − ŷ)², over all rows and outputs."""

    name = "half squared error"
    row_reason, matrix_reason, slope_reason = Reason.SQUARES, Reason.COST, Reason.SQUARE_RULE

    def value(self, Y: Symbol | MatrixRow, Y_hat: Symbol | MatrixRow) -> HalfSumOfSquares:
        return HalfSumOfSquares(Difference(Y, Y_hat))

    def slope(self, Y: Symbol | MatrixRow, Y_hat: Symbol | MatrixRow) -> Negated:
        return Negated(Difference(Y, Y_hat))

    def between(self, Y: Array, Y_hat: Array) -> float:
        with np.errstate(over="ignore"):
            return 0.5 * float(np.square(Y - Y_hat).sum())

    def loss(self, cost: float, rows: int) -> float:
        """ℒ = (1/N) Σ (y − ŷ)², so twice the mean of J. Source: lecture 3, "The loss"."""
        return 2 * cost / rows
