"""What the lesson has to know of a cost."""

from collections.abc import Callable
from math import inf

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.formulas.expression import Expression, MatrixRow, Symbol, replaced
from tui_nn.network.model.array import Array

Y, Y_HAT, Z = Symbol("Y"), Symbol("Y_hat"), Symbol("Z")


@frozen_dataclass
class Cost:
    """J, which gradient descent makes small. ``name`` is its name in the session file.

    ``value`` is J of all rows, a 1×1 matrix, and ``slope`` is ∂J/∂Ŷ, in the shape of Ŷ; both are formulas of `Y` and
    `Y_HAT`, and of the sum over the rows: `reduced` makes the mean of it. Where ŷ loses digits, they may be computed
    from `Z` as well, which stands for the last layer's sums. ``loss_factor`` is the factor in ℒ, the mean over the N
    rows: ℒ = loss_factor · J / N, J being the sum.

    ``outputs`` are the output activations that it allows; () if it allows any. ``reach`` is the range in which y must
    lie.
    ``delta`` is ∂J/∂Z if f′ cancels in it; without it, δ is ``slope`` ⊙ f′(Z). With it, J is taken as a function of Z:
    ``sums`` gives z for any ŷ, and ``curvature`` is the least number c with |∂²J/∂z²| ≤ c for every cell. Otherwise
    ``curvature`` is that of ŷ. The checks bound with it how J changes.
    """

    name: str
    value: Expression
    slope: Expression
    curvature: float
    loss_factor: float = 1.0
    outputs: tuple[str, ...] = ()
    reach: tuple[float, float] = (-inf, inf)
    delta: Expression | None = None
    sums: Callable[[Array], Array] | None = None

    def at(self, Y: Array, Y_hat: Array) -> float:
        """J for any ``Y_hat``, shape (rows, outputs) or one that fits ``Y``."""
        values = {"Y": Y, "Y_hat": Y_hat}
        if self.sums:
            values["Z"] = self.sums(Y_hat)
        return float(self.value.value(values)[0, 0])


def of_row(formula: Expression) -> Expression:
    """What a ``value``, ``slope`` or ``delta`` is for row n alone."""
    return replaced(formula, {matrix: MatrixRow(matrix) for matrix in (Y, Y_HAT, Z)})
