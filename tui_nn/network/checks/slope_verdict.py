"""Judges by two costs whether a slope that a program computes is the slope of J.

The program's slope and the measured slope differ if they are farther apart than the error of the measurement. They
agree if they are not, and that error is small compared with the slope. Otherwise the costs show nothing, and the
verdict says why.

The error has two parts. The rounding error of J is divided by 2ε, so it grows as ε gets smaller; the truncation error,
from the curvature of J, grows as ε gets larger. The measurement uses the ε with the least bound on both.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from functools import cached_property
from typing import Self

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.checks.gradient_check import EPSILON, EPSILONS, WeightPlace
from tui_nn.network.checks.kinks import KINK_OF_PENALTY, Kink, Sides, kinks_between, sides_of
from tui_nn.network.checks.rounding_bounds import UNIT, rounding_errors
from tui_nn.network.checks.truncation_bounds import CurvatureBound, CurvatureBounds
from tui_nn.network.formulas.costs import cost_of
from tui_nn.network.formulas.equations import equations
from tui_nn.network.formulas.steps import STEPS_OF_UPDATE, StepKind
from tui_nn.network.model.array import Array
from tui_nn.network.model.dataset import RowData
from tui_nn.network.model.parameters import Parameters, views
from tui_nn.network.training.passes import Pass, forward

PRECISION = 1e-3
"""Two slopes agree only if the measured one has at most this relative error."""

# The rounding of the subtraction and the division in (J(w + ε) − J(w − ε)) / 2ε.
_OF_QUOTIENT = 4 * UNIT
_UNEVEN = 0.5
# For a weight larger than this, w + ε keeps only few digits of a small ε.
_LARGE_WEIGHT = 1e3


class SlopeVerdict(StrEnum):
    """What two costs show about a slope. The values are those of ``verdict`` in JSON."""

    AGREE = "agree"
    DIFFER = "differ"
    TOO_SMALL = "too small to be measured here"
    KINK = "kink of relu"
    TOO_LARGE_EPSILON = "epsilon too large"
    TOO_SMALL_EPSILON = "epsilon too small"
    OVERFLOW = "overflow"

    @property
    def is_measured(self) -> bool:
        """Whether the costs show anything. The other verdicts are no failure; a gradient's verdict leaves them out."""
        return self in (SlopeVerdict.AGREE, SlopeVerdict.DIFFER)


# If different ε fail for different reasons, the verdict names the first of these.
_SAID_FIRST = (SlopeVerdict.OVERFLOW, SlopeVerdict.TOO_SMALL_EPSILON, SlopeVerdict.TOO_LARGE_EPSILON)


@frozen_dataclass
class MeasuredSlope:
    """The slope of J at a weight, measured by two costs.

    ``numeric`` is the quotient at ``epsilon``, and ``error`` a bound on its distance from the slope of any right
    program. ``right`` is backpropagation's slope. ``is_flat`` is true if both costs are equal and ``right`` is 0.
    ``obstacle`` says what prevents a (better) measurement, and ``kinks`` are the kinks if it is a kink. ``better`` is
    an ε that works if the user's ε does not. ``weight`` is w, and ``cost`` the larger of the two costs.
    """

    place: WeightPlace
    weight: float
    cost: float
    right: float
    epsilon: float
    numeric: float
    error: float
    obstacle: SlopeVerdict
    is_flat: bool = False
    kinks: tuple[Kink, ...] = ()
    better: float | None = None

    def verdict(self, slope: float | None = None) -> SlopeVerdict:
        """The verdict on ``slope``, the result of another program; without it, on backpropagation's slope."""
        slope = self.right if slope is None else slope
        if not math.isfinite(slope):
            return SlopeVerdict.OVERFLOW
        if not math.isfinite(self.error):
            return self.obstacle
        if abs(slope - self.numeric) > self.error:
            return SlopeVerdict.DIFFER
        if self.is_precise or (self.is_flat and slope == 0):
            return SlopeVerdict.AGREE
        return self.obstacle

    @property
    def is_precise(self) -> bool:
        """Whether the error is at most `PRECISION` of the quotient."""
        return self.error <= PRECISION * abs(self.numeric)


@frozen_dataclass(eq=False)
class _Trial:
    """An ε to try, with bounds on both parts of its error, computed before any cost."""

    epsilon: float
    rounding: float
    truncation: float

    @property
    def error(self) -> float:
        error = self.rounding + self.truncation
        return math.inf if math.isnan(error) else error


@frozen_dataclass(eq=False)
class GradientVerdict:
    """The verdict on a whole gradient, from the verdicts on its ``slopes``, which are in the order of ``measured``."""

    measured: tuple[MeasuredSlope, ...]
    slopes: tuple[float, ...]

    @classmethod
    def on(cls, measured: tuple[MeasuredSlope, ...], gradient: Mapping[str, Array]) -> Self:
        """The verdict on ``gradient``, a program's matrices by the names ``dJdW1`` …."""
        every = ((gradient[f"dJd{name}"][row - 1, column - 1]) for name, row, column in (m.place for m in measured))
        return cls(measured, tuple(map(float, every)))

    @cached_property
    def verdicts(self) -> tuple[SlopeVerdict, ...]:
        """The verdict on each slope, in the order of ``measured``."""
        return tuple(one.verdict(slope) for one, slope in zip(self.measured, self.slopes, strict=True))

    @property
    def verdict(self) -> SlopeVerdict:
        """DIFFER if a slope differs, AGREE if all measured slopes agree; without any, the most frequent reason."""
        counts = Counter(self.verdicts)
        for one in (SlopeVerdict.DIFFER, SlopeVerdict.AGREE):
            if counts[one]:
                return one
        return counts.most_common(1)[0][0]

    def those(self, verdict: SlopeVerdict) -> tuple[tuple[MeasuredSlope, float], ...]:
        """The slopes with this verdict: each as measured, and as the program computes it."""
        every = zip(self.measured, self.slopes, self.verdicts, strict=True)
        return tuple((one, slope) for one, slope, said in every if said is verdict)


class SlopeMeasurer:
    """Measures the slopes of one iteration with ``epsilon``; without it, each slope with the ε that suits it best.

    That ε is one of `EPSILONS`, scaled up for a large weight.
    """

    def __init__(self, dataset: RowData, computed: Pass, epsilon: float | None = None) -> None:
        self._dataset, self._computed, self._epsilon = dataset, computed, epsilon
        network = computed.network
        every = [one for one in equations(network) if one.step.kind not in STEPS_OF_UPDATE]
        self._to_cost = every[: 1 + next(i for i, one in enumerate(every) if one.name == StepKind.COST)]
        self._errors = rounding_errors(every, computed.matrices)
        with np.errstate(all="ignore"):
            self._curvature = CurvatureBounds(computed)
        self._sides = sides_of(computed, computed.matrices)

    def all(self, stop: Callable[[], bool] = lambda: False) -> tuple[MeasuredSlope, ...] | None:
        """Every slope, each matrix row by row; None if ``stop()``, called at every weight, returned True."""
        found = []
        for place in places(self._computed):
            if stop():
                return None
            found.append(self.at(place))
        return tuple(found)

    def at(self, place: WeightPlace) -> MeasuredSlope:
        """The slope at one weight."""
        with np.errstate(all="ignore"):
            return self._measured(place)

    def _measured(self, place: WeightPlace) -> MeasuredSlope:
        name, row, column = place
        weight = float(self._computed[name][row - 1, column - 1])
        right = float(self._computed[f"dJd{name}"][row - 1, column - 1])
        nothing = MeasuredSlope(
            place, weight, self._computed.cost, right, self._epsilon or EPSILON, np.nan, np.inf, SlopeVerdict.OVERFLOW
        )
        if not math.isfinite(self._computed.cost + right):
            return nothing
        curvature = self._curvature.along(place)
        if self._epsilon is None:
            return self._best(nothing, curvature, _sweep(weight))
        found = self._best(nothing, curvature, (self._epsilon,))
        if found.verdict().is_measured:
            return found
        best = self._best(nothing, curvature, _sweep(weight))
        if not best.is_precise:
            return found
        # Another ε measures this slope, so the slope itself is not too small.
        is_rounding = found.obstacle is SlopeVerdict.TOO_SMALL
        obstacle = SlopeVerdict.TOO_SMALL_EPSILON if is_rounding else found.obstacle
        return replace(found, obstacle=obstacle, better=best.epsilon)

    def _best(self, nothing: MeasuredSlope, curvature: CurvatureBound, epsilons: Iterable[float]) -> MeasuredSlope:
        """The slope, measured with the usable ε that has the least bound on its error."""
        trials = sorted(self._trials(curvature, epsilons), key=lambda one: (one.error, -one.epsilon))
        found, kinked, obstacles = nothing, None, []
        for trial in trials:
            one = self._tried(nothing, trial.epsilon, curvature)
            if math.isfinite(one.error):
                found = one
                break
            if one.kinks:
                # The last trial counts: a smaller ε crosses fewer kinks.
                kinked = one
            else:
                obstacles.append(one)
        if found is nothing and obstacles:
            found = min(obstacles, key=lambda one: _SAID_FIRST.index(one.obstacle))
        if kinked and not (math.isfinite(found.error) and (found.is_precise or found.is_flat)):
            found = replace(found, obstacle=SlopeVerdict.KINK, kinks=kinked.kinks)
        return found

    def _trials(self, curvature: CurvatureBound, epsilons: Iterable[float]) -> Iterator[_Trial]:
        # As ŷ or z moves, J's slope at it changes, and its rounding errors with it.
        cost = cost_of(self._computed.network, len(self._computed["Y"]))
        of = "Y_hat" if cost.delta is None else f"Z{len(self._computed.network.layers)}"
        speed, error = curvature.speed, self._errors[of]
        steepness = np.abs((cost.delta or cost.slope).value(self._computed.matrices))
        still = float(self._errors["J"].sum())
        linear = float((speed * (cost.curvature * error + 2 * UNIT * speed.size * steepness)).sum())
        squared = float(cost.curvature * UNIT * speed.size * (speed**2).sum())
        for epsilon in epsilons:
            rounding = still / epsilon + linear + squared * epsilon
            yield _Trial(epsilon, rounding, curvature.truncation(epsilon))

    def _tried(self, nothing: MeasuredSlope, epsilon: float, curvature: CurvatureBound) -> MeasuredSlope:
        """The slope, measured with one ε. If that fails, its error is inf, and its obstacle says why."""
        weight = nothing.weight
        unmeasured = replace(nothing, epsilon=epsilon, numeric=np.nan, error=np.inf, kinks=())
        up, down = (weight + epsilon) - weight, weight - (weight - epsilon)
        width = up + down
        # w + ε is rounded, so the actual step is not exactly ε.
        uneven = abs(width - 2 * epsilon) / (2 * epsilon)
        if min(up, down) <= 0 or uneven > _UNEVEN:
            return replace(unmeasured, obstacle=SlopeVerdict.TOO_SMALL_EPSILON)
        if nothing.place[0] in self._computed.network.penalised and self._computed.network.penalty.l1:
            if weight == 0:
                return replace(unmeasured, obstacle=SlopeVerdict.KINK, kinks=(KINK_OF_PENALTY,))
            if abs(weight) <= max(up, down):
                return replace(unmeasured, obstacle=SlopeVerdict.TOO_LARGE_EPSILON)
        truncation = curvature.truncation(max(up, down))
        if not math.isfinite(truncation):
            is_bent = math.isfinite(float(curvature.speed.sum()))
            return replace(unmeasured, obstacle=SlopeVerdict.TOO_LARGE_EPSILON if is_bent else SlopeVerdict.OVERFLOW)
        (above, above_error, above_sides), (below, below_error, below_sides) = (
            self._cost_at(nothing.place, weight + shift) for shift in (epsilon, -epsilon)
        )
        if not (math.isfinite(above) and math.isfinite(below)):
            return replace(unmeasured, obstacle=SlopeVerdict.OVERFLOW)
        kinks = tuple(kinks_between(self._computed, self._sides, above_sides, below_sides))
        if kinks:
            return replace(unmeasured, obstacle=SlopeVerdict.KINK, kinks=kinks)
        numeric = (above - below) / (2 * epsilon)
        name, row, column = nothing.place
        rounding = (above_error + below_error) / (2 * epsilon) + _OF_QUOTIENT * abs(numeric)
        rounding += float(self._errors[f"dJd{name}"][row - 1, column - 1])
        steps = abs(numeric) * uneven / (1 - uneven) + curvature.second * abs(up - down) * width / (2 * epsilon)
        error = rounding + truncation + steps
        if not math.isfinite(error) or not math.isfinite(numeric):
            return replace(unmeasured, obstacle=SlopeVerdict.OVERFLOW)
        return replace(
            unmeasured,
            cost=max(above, below),
            numeric=numeric,
            error=error,
            obstacle=SlopeVerdict.TOO_LARGE_EPSILON if truncation > rounding else SlopeVerdict.TOO_SMALL,
            is_flat=above == below and nothing.right == 0,
        )

    def _cost_at(self, place: WeightPlace, weight: float) -> tuple[float, float, Sides]:
        """J with ``weight`` in one place, a bound on J's error, and the side of the kink for each relu unit."""
        name, row, column = place
        network, flat = self._computed.network, self._computed.parameters.flat
        views(network, flat)[name][row - 1, column - 1] = weight
        known = forward(network, self._dataset, Parameters.from_flat(network, flat))
        error = float(rounding_errors(self._to_cost, known)["J"].sum())
        return float(known["J"][0, 0]), error, sides_of(self._computed, known)


def places(computed: Pass) -> Iterator[WeightPlace]:
    """Every weight and bias, each matrix row by row."""
    for name, shape in computed.network.shapes.items():
        yield from ((name, row + 1, column + 1) for row, column in np.ndindex(shape))


def _sweep(weight: float) -> tuple[float, ...]:
    size = abs(weight)
    return EPSILONS if size <= _LARGE_WEIGHT else (*EPSILONS, *(size * epsilon for epsilon in EPSILONS))
