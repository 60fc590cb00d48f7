"""What the lesson has to know of a cost."""

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.formulas.expression import Expression, MatrixRow, Symbol, replaced

Y, Y_HAT = Symbol("Y"), Symbol("Y_hat")


@frozen_dataclass
class Cost:
    """J, which gradient descent makes small. ``name`` is its name in the session file.

    ``value`` is J of all rows, a 1×1 matrix, and ``slope`` is ∂J/∂Ŷ, in the shape of Ŷ; both are formulas of `Y` and
    `Y_HAT`, and of the sum over the rows: `reduced` makes the mean of it. ``curvature`` is the least number c with
    |∂²J/∂ŷ²| ≤ c for every cell ŷ: the checks bound with it how J changes with Ŷ. ``loss_factor`` is the factor in ℒ,
    the mean over the N rows: ℒ = loss_factor · J / N, J being the sum.
    """

    name: str
    value: Expression
    slope: Expression
    curvature: float
    loss_factor: float = 1.0


def of_row(formula: Expression) -> Expression:
    """What a ``value`` or ``slope`` is for row n alone."""
    return replaced(formula, {matrix: MatrixRow(matrix) for matrix in (Y, Y_HAT)})
