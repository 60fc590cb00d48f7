"""What the lesson has to know of a cost."""

from collections.abc import Callable
from functools import cached_property
from math import inf

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.formulas.expression import Expression, MatrixRow, SumOverErrors, Symbol, parts, replaced
from tui_nn.network.model.activations import ACTIVATIONS
from tui_nn.network.model.array import Array

Y, Y_HAT, Z = Symbol("Y"), Symbol("Y_hat"), Symbol("Z")


@frozen_dataclass
class Cost:
    """J, which gradient descent makes small. ``name`` is its name in the session file.

    ``value`` is J of all rows, a 1×1 matrix, and ``slope`` is ∂J/∂Ŷ, in the shape of Ŷ; both are formulas of `Y` and
    `Y_HAT`, and of the sum over the rows: `reduced` makes the mean of it. Where ŷ loses digits, they may be computed
    from `Z` as well, which stands for the last layer's sums. If ``value`` adds up h(y − ŷ), it has a `SumOverErrors`:
    `CostOfError` then says where h has kinks, and the best constant prediction follows from h′; of any other cost, the
    best constant is the mean of y. ``loss_factor`` is the factor in ℒ, the mean over the N rows:
    ℒ = loss_factor · J / N, J being the sum.

    ``outputs`` are the output activations that it allows; () if it allows any that works on each cell of Z by itself.
    ``variants`` are the same cost with the formulas for some of these outputs. ``reach`` is the range in which y must
    lie, and ``total_of_row`` what each row of y must sum to; None if it need not.
    ``delta`` is ∂J/∂Z if f′ cancels in it; without it, δ is ``slope`` ⊙ f′(Z). With it, J is taken as a function of Z:
    ``sums`` gives z for any ŷ, and ``curvature`` is the least number c with |sᵀ H s| ≤ c |s|² for every change s of a
    row of z, where H is the Hessian ∂²J/∂z². Without ``delta``, J is taken as a function of Ŷ. The checks use it to
    bound how J changes. ``curvature_around(Z)`` gives closer bounds near Z, in its shape: Σ c s² for each row, also at
    complex z whose distance from ``Z`` is at most ½ in each cell; without it, ``curvature`` is the bound everywhere.
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
    curvature_around: Callable[[Array], Array] | None = None
    total_of_row: float | None = None
    variants: tuple["Cost", ...] = ()

    @cached_property
    def over_errors(self) -> SumOverErrors | None:
        """The sum over the errors in ``value``, if J is a sum of h(y − ŷ)."""
        return _over_errors(self.value)

    def for_outputs(self, output_activation: str) -> "Cost":
        """The same cost, with the formulas for the outputs of that activation."""
        return next((one for one in self.variants if output_activation in one.outputs), self)

    def allows(self, output_activation: str) -> bool:
        """Whether the outputs may have that activation."""
        if self.outputs:
            return output_activation in self.outputs
        return not ACTIVATIONS[output_activation].mixes_units

    def at(self, Y: Array, Y_hat: Array) -> float:
        """J for any ``Y_hat``, in the shape of ``Y``."""
        values = {"Y": Y, "Y_hat": Y_hat}
        if self.sums:
            values["Z"] = self.sums(Y_hat)
        return float(self.value.value(values)[0, 0])


def _over_errors(expression: Expression) -> SumOverErrors | None:
    if isinstance(expression, SumOverErrors):
        return expression
    return next((found for part in parts(expression) if (found := _over_errors(part))), None)


def of_row(formula: Expression) -> Expression:
    """What a ``value``, ``slope`` or ``delta`` is for row n alone."""
    return replaced(formula, {matrix: MatrixRow(matrix) for matrix in (Y, Y_HAT, Z)})
