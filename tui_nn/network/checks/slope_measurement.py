"""What the gradient check of one iteration measures: at once if that is quick, else when a thread asks for it."""

from collections.abc import Callable, Mapping
from functools import cached_property

import numpy as np

from tui_nn.network.checks.gradient_check import (
    EPSILONS,
    GradientCheck,
    Slope,
    WeightPlace,
    costs_along,
    epsilon_sweep,
    gradient_sweep,
)
from tui_nn.network.checks.loss_slice import STEPS, LossSlice, loss_slice
from tui_nn.network.checks.slope_verdict import GradientVerdict, MeasuredSlope, SlopeMeasurer
from tui_nn.network.formulas.equations import Equation
from tui_nn.network.model.array import Array
from tui_nn.network.model.dataset import RowData
from tui_nn.network.training.passes import Pass, backward_by

# Work is counted in multiplications. A cost of the smallest network takes as long as this many.
_LEAST_WORK = 20_000
# Up to this many, a measurement is made at once: nobody notices the time.
_WORK_AT_ONCE = 16_000_000
# Above this many, the whole gradient is not measured: it would take minutes.
_MOST_WORK = 30_000_000_000
# J at w ± ε for each ε, and for the verdict a few more costs with their rounding bounds.
_COSTS_OF_SWEEP, _COSTS_OF_VERDICT = 2 * len(EPSILONS), 8
_COSTS_OF_SLICE = 121
"""How many costs the curve of J along a weight has."""


class SlopeMeasurement:
    """The measurements at one iteration: slopes and the whole gradient at each ε, the verdict, and J along a weight.

    A slow measurement is None until `measure` or `measure_whole_gradient` has made it, in any thread.
    """

    def __init__(self, dataset: RowData, computed: Pass) -> None:
        self._dataset = dataset
        self._computed = computed
        self._epsilon_sweeps: dict[WeightPlace, tuple[Slope, ...]] = {}
        self._loss_slices: dict[tuple[WeightPlace, int], LossSlice] = {}
        self._next_costs: dict[WeightPlace, float] = {}
        self._whole_gradient: tuple[GradientCheck, ...] | None = None
        self._measured_slopes: dict[WeightPlace, MeasuredSlope] = {}
        self._all_measured_slopes: tuple[MeasuredSlope, ...] = ()
        # Keeps each gradient alive beside its verdict: its id then belongs to no other object.
        self._gradient_verdicts: dict[int, tuple[Mapping[str, Array], GradientVerdict]] = {}
        self._mistaken_passes: dict[tuple[Equation, ...], Mapping[str, Array]] = {}

    @cached_property
    def _measurer(self) -> SlopeMeasurer:
        return SlopeMeasurer(self._dataset, self._computed)

    @cached_property
    def _work_of_a_cost(self) -> int:
        """About how many multiplications a cost takes."""
        return _LEAST_WORK + self._dataset.rows * self._computed.network.size

    def _is_quick(self, costs: int) -> bool:
        return costs * self._work_of_a_cost <= _WORK_AT_ONCE

    @property
    def _costs_of_whole_gradient(self) -> int:
        return (_COSTS_OF_SWEEP + _COSTS_OF_VERDICT) * self._computed.network.size

    @property
    def is_too_large(self) -> bool:
        """Whether the whole gradient is not measured, because that would take too long."""
        return self._costs_of_whole_gradient * self._work_of_a_cost > _MOST_WORK

    @property
    def is_whole_gradient_quick(self) -> bool:
        """Whether `whole_gradient` measures it at once."""
        return self._is_quick(self._costs_of_whole_gradient)

    @property
    def is_whole_gradient_known(self) -> bool:
        """Whether the whole gradient is measured by now."""
        return self._whole_gradient is not None

    @property
    def lacks_whole_gradient(self) -> bool:
        """Whether a thread still has to measure the whole gradient."""
        return not (self.is_too_large or self.is_whole_gradient_quick or self.is_whole_gradient_known)

    def whole_gradient(self) -> tuple[GradientCheck, ...] | None:
        """The check of the whole gradient, at each ε."""
        if self._whole_gradient is None and self.is_whole_gradient_quick:
            self.check_whole_gradient(lambda: False)
        return self._whole_gradient

    def gradient_verdict(self, gradient: Mapping[str, Array] | None = None) -> GradientVerdict | None:
        """The verdict on ``gradient``, by default backpropagation's. None until every slope is measured."""
        if self.whole_gradient() is None:
            return None
        if not self._all_measured_slopes:
            # Where that is slow, a thread has measured them together with the whole gradient.
            self._all_measured_slopes = self._measurer.all() or ()
        gradient = self._computed.matrices if gradient is None else gradient
        if id(gradient) not in self._gradient_verdicts:
            self._gradient_verdicts[id(gradient)] = gradient, GradientVerdict.on(self._all_measured_slopes, gradient)
        return self._gradient_verdicts[id(gradient)][1]

    def epsilon_sweep(self, place: WeightPlace) -> tuple[Slope, ...] | None:
        """The slope at a weight, at each ε."""
        if place not in self._epsilon_sweeps and self._is_quick(_COSTS_OF_SWEEP):
            self._measure_epsilon_sweep(place)
        return self._epsilon_sweeps.get(place)

    def measured_slope(self, place: WeightPlace) -> MeasuredSlope | None:
        """The best measurement of the slope at a weight; the verdict rests on it."""
        if place not in self._measured_slopes and self._is_quick(_COSTS_OF_VERDICT):
            self._measured_slopes[place] = self._measurer.at(place)
        return self._measured_slopes.get(place)

    def loss_slice(self, place: WeightPlace, steps: int = STEPS) -> LossSlice | None:
        """J along a weight, over at most ``steps`` steps of gradient descent; over `STEPS` if more would take long."""
        if (place, steps) not in self._loss_slices and self._is_quick(_COSTS_OF_SLICE):
            self._measure_loss_slice(place, steps)
        return self._loss_slices.get((place, steps)) or self._loss_slices.get((place, STEPS))

    def has_loss_slice(self, place: WeightPlace) -> bool:
        """Whether `loss_slice` gives J along a weight now."""
        return self._is_quick(_COSTS_OF_SLICE) or (place, STEPS) in self._loss_slices

    def next_cost(self, place: WeightPlace) -> float | None:
        """J where gradient descent's next step leads along a weight; inf or NaN if it overflows there.

        None where that takes long, until a thread has measured it.
        """
        if place not in self._next_costs and self._is_quick(1):
            name, row, column = place
            weight = float(self._computed[f"{name}_next"][row - 1, column - 1])
            with np.errstate(all="ignore"):
                self._next_costs[place] = float(costs_along(self._dataset, self._computed, place, [weight])[0])
        measured = self._loss_slices.get((place, STEPS))
        return measured.next_cost if measured else self._next_costs.get(place)

    def mistaken_pass(self, mistaken: tuple[Equation, ...]) -> Mapping[str, Array] | None:
        """Every matrix, as a program with the ``mistaken`` equations computes them."""
        # A backward pass takes about as long as two costs.
        if mistaken not in self._mistaken_passes and self._is_quick(2):
            self._compute_mistaken_pass(mistaken)
        return self._mistaken_passes.get(mistaken)

    def lacks_measurements(self, place: WeightPlace, mistaken: tuple[Equation, ...]) -> bool:
        """Whether a thread has to make a measurement at a weight, or the pass with the ``mistaken`` equations, if any.

        What is quick is measured when somebody asks for it.
        """
        missing = (
            (2, mistaken != () and mistaken not in self._mistaken_passes),
            (_COSTS_OF_SWEEP, place not in self._epsilon_sweeps),
            (_COSTS_OF_VERDICT, place not in self._measured_slopes),
            (_COSTS_OF_SLICE, (place, STEPS) not in self._loss_slices),
        )
        return any(is_missing and not self._is_quick(costs) for costs, is_missing in missing)

    def measure(self, place: WeightPlace, mistaken: tuple[Equation, ...]) -> None:
        """Makes what `lacks_measurements` asks for. Any thread may call it."""
        if mistaken:
            self._compute_mistaken_pass(mistaken)
        self._measure_epsilon_sweep(place)
        self._measured_slopes[place] = self._measurer.at(place)
        self._measure_loss_slice(place, STEPS)

    def measure_whole_gradient(self, stop: Callable[[], bool]) -> None:
        """Checks the whole gradient, and measures every slope for its verdict.

        Asks ``stop()`` at every weight, and gives up once it is true.
        """
        measured = self._measurer.all(stop)
        if measured is not None:
            self._all_measured_slopes = measured
            self.check_whole_gradient(stop)

    def check_whole_gradient(self, stop: Callable[[], bool]) -> None:
        """Checks the whole gradient at each ε. Asks ``stop()`` at every weight, and gives up once it is true."""
        with np.errstate(all="ignore"):
            checks = gradient_sweep(self._dataset, self._computed, stop=stop)
        if checks is not None:
            self._whole_gradient = checks

    def _measure_epsilon_sweep(self, place: WeightPlace) -> None:
        with np.errstate(all="ignore"):
            self._epsilon_sweeps[place] = epsilon_sweep(self._dataset, self._computed, place)

    def _measure_loss_slice(self, place: WeightPlace, steps: int) -> None:
        self._loss_slices[place, steps] = loss_slice(self._dataset, self._computed, place, _COSTS_OF_SLICE, steps)

    def _compute_mistaken_pass(self, mistaken: tuple[Equation, ...]) -> None:
        self._mistaken_passes[mistaken] = backward_by(mistaken, self._computed)
