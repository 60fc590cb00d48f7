"""What the lesson has to know of a cost."""

from typing import Protocol

from tui_nn.network.formulas.expression import Expression, MatrixRow, Symbol
from tui_nn.network.formulas.reasons import Reason
from tui_nn.network.model.array import Array


class Cost(Protocol):
    """J, which gradient descent makes small. ``name`` is its name in the session file.

    The reasons are those of the lines in its derivation: J from single rows, J from matrices, and what the chain rule
    puts in front of ∂ŷₙ/∂W.
    """

    name: str
    row_reason: Reason
    matrix_reason: Reason
    slope_reason: Reason

    def value(self, Y: Symbol | MatrixRow, Y_hat: Symbol | MatrixRow) -> Expression:
        """J of all rows, a 1×1 matrix; or what one row adds to it."""

    def slope(self, Y: Symbol | MatrixRow, Y_hat: Symbol | MatrixRow) -> Expression:
        """∂J/∂Ŷ, in the shape of Ŷ; or ∂J/∂ŷₙ, in that of one row."""

    def between(self, Y: Array, Y_hat: Array) -> float:
        """J where the network's outputs are ``Y_hat``; both arrays have the shape (rows, outputs)."""

    def loss(self, cost: float, rows: int) -> float:
        """ℒ, the mean over so many rows that the screen shows beside J, which is ``cost``."""
