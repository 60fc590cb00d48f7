"""Bounds the truncation error of (J(w + ε) − J(w − ε)) / 2ε: its distance from the slope, as J is curved.

Let t be the change of w. As long as |t| is at most R, no unit's z moves by more than ½ / curvature, complex t included,
and f′ grows by no more than √e (`Activation.curvature`). So J is analytic there and moves by at most M = pR + qR²: p is
Σ |∂J/∂ŷ| s and q ½ Σ c s², where s bounds |∂ŷ/∂w| and c |∂²J/∂ŷ²|. A cost that is a function of the last z, as
cross-entropy is, has z in the place of ŷ. By Cauchy's estimate the k-th Taylor coefficient of J is at most M / Rᵏ, and
the quotient's error, made of the odd ones from the third on, at most (M / R) · x² / (1 − x²) with x = ε / R. Each row
of the data has its own R, p and q. Where z does not pass through a curved f, R is infinite: J is a parabola then, and
the quotient is exact. With a cost Σ h(y − ŷ), R is also so small that ŷ moves by no more than ½, as far as
`CostOfError.curvature` holds.
"""

from collections.abc import Iterator

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.checks.gradient_check import WeightPlace
from tui_nn.network.formulas.costs import cost_of
from tui_nn.network.formulas.equations import layer_output
from tui_nn.network.model.array import Array
from tui_nn.network.training.passes import Pass

_REACH = 0.5
_GROWTH = float(np.exp(_REACH))


@frozen_dataclass(eq=False)
class CurvatureBound:
    """R, p and q for each row of the data, shape (rows,); a bound on |∂ŷ/∂w|, shape (rows, outputs).

    Where the cost is a function of the last z, ``speed`` bounds |∂z/∂w|.

    ``of_penalty`` is ½ |J″| of the penalty, a parabola on either side of 0.
    """

    radius: Array
    linear: Array
    squared: Array
    speed: Array
    of_penalty: float = 0.0

    def truncation(self, step: float) -> float:
        """A bound on the quotient's truncation error over w ± ``step``; inf if some row's R is at most ``step``."""
        x = step / self.radius
        if not (x < 1).all():
            return np.inf
        bent = x > 0
        x, radius = x[bent] ** 2, self.radius[bent]
        return float(((self.linear[bent] + self.squared[bent] * radius) * x / (1 - x)).sum())

    @property
    def second(self) -> float:
        """A bound on ½ |J″|: the factor of the error from steps of different length on the two sides of w."""
        return float((self.linear / self.radius + self.squared).sum()) + self.of_penalty


class CurvatureBounds:
    """Gives `CurvatureBound` for any weight of one iteration; computes once what all of them need."""

    def __init__(self, computed: Pass) -> None:
        self._computed = computed
        self._last = len(computed.network.layers)
        cost = cost_of(computed.network, len(computed["Y"]))
        self._gains = dict(self._all_gains())
        # J as a function of Ŷ, or of the last Z if the cost is one: its slope, and a bound on its curvature within the
        # allowed moves of z.
        self._is_of_sums = cost.delta is not None
        self._slope = np.abs((cost.delta or cost.slope).value(computed.matrices))
        self._cost_curvature: Array | float = cost.curvature
        if cost.curvature_around:
            self._cost_curvature = cost.curvature_around(computed[f"Z{self._last}"])
        self._is_over_errors = cost.over_errors is not None
        self._sizes = {f"W{layer}": np.abs(computed[f"W{layer}"]) for layer in range(2, computed.network.depth + 1)}

    def _all_gains(self) -> Iterator[tuple[int, Array]]:
        """Each layer's number with a bound on |f′| of its units within the allowed moves of z, shape (rows, units)."""
        for layer in range(2, self._last + 1):
            f = self._computed.network.activation_of(layer)
            slopes = f.derivative(self._computed[f"Z{layer}"])
            yield layer, slopes * _GROWTH if f.curvature else slopes

    def along(self, place: WeightPlace) -> CurvatureBound:
        """The `CurvatureBound` of J along a weight or bias."""
        name, row, column = place
        computed, before = self._computed, int(name[1:])
        moves = np.zeros_like(computed[f"Z{before + 1}"])
        incoming = computed[layer_output(before).name][:, row - 1] if name.startswith("W") else 1.0
        moves[:, column - 1] = np.abs(incoming)
        radius = np.full(len(moves), np.inf)
        for layer in range(before + 1, self._last + 1):
            if layer > before + 1:
                moves = moves @ self._sizes[f"W{layer - 1}"]
            if curvature := computed.network.activation_of(layer).curvature:
                with np.errstate(divide="ignore"):
                    radius = np.fmin(radius, _REACH / (curvature * moves.max(axis=1)))
            if layer < self._last or not self._is_of_sums:
                moves = moves * self._gains[layer]
        if self._is_over_errors:
            with np.errstate(divide="ignore"):
                radius = np.fmin(radius, _REACH / moves.max(axis=1))
        squared = (self._cost_curvature * moves**2).sum(axis=1) / 2
        penalty = computed.network.penalty.l2 / 2 if name in computed.network.penalised else 0.0
        return CurvatureBound(radius, (self._slope * moves).sum(axis=1), squared, moves, penalty)
