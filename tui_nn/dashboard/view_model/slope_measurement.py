"""What the gradient check of one iteration measures: at once if that is quick, else in a thread."""

from collections.abc import Callable, Mapping
from functools import cached_property

import numpy as np

from tui_nn.network import (
    EPSILONS,
    STEPS,
    Dataset,
    Equation,
    GradientCheck,
    GradientVerdict,
    LossSlice,
    MeasuredSlope,
    Pass,
    Slope,
    SlopeMeasurer,
    WeightPlace,
    backward_by,
    check_gradient,
    epsilon_sweep,
    loss_slice,
)
from tui_nn.network.model.array import Array

# Work is counted in multiplications. A cost of the smallest network takes as long as this many.
_LEAST_WORK = 20_000
# Up to this many, the UI thread computes them itself: nobody notices the time.
_AT_ONCE = 16_000_000
# Above this many, the whole gradient is not measured: it would take minutes.
_MOST_WORK = 30_000_000_000
# J at w ± ε for each ε, and for the verdict a few more costs with their rounding bounds.
_COSTS, _OF_VERDICT = 2 * len(EPSILONS), 8
POINTS = 121
"""How many costs the curve of J along a weight has."""


class SlopeMeasurement:
    """The measurements at one iteration: slopes and the whole gradient at each ε, the verdict, and J along a weight.

    A slow measurement is None until a thread, any thread, has made it.
    """

    def __init__(self, dataset: Dataset, computed: Pass) -> None:
        self._dataset = dataset
        self._computed = computed
        self._epsilon_sweeps: dict[WeightPlace, tuple[Slope, ...]] = {}
        self._loss_slices: dict[tuple[WeightPlace, int], LossSlice] = {}
        self._whole: tuple[GradientCheck, ...] | None = None
        self._measured: dict[WeightPlace, MeasuredSlope] = {}
        self._all_measured: tuple[MeasuredSlope, ...] = ()
        # Keeps each gradient alive beside its verdict: its id then belongs to no other object.
        self._judged: dict[int, tuple[Mapping[str, Array], GradientVerdict]] = {}
        self._programs: dict[tuple[Equation, ...], Mapping[str, Array]] = {}

    @cached_property
    def _work(self) -> int:
        """About how many multiplications a cost takes."""
        return _LEAST_WORK + self._dataset.rows * self._computed.network.size

    @property
    def _work_of_whole(self) -> int:
        return (_COSTS + _OF_VERDICT) * self._computed.network.size * self._work

    @property
    def is_too_large(self) -> bool:
        """Whether the whole gradient is not measured, because that would take too long."""
        return self._work_of_whole > _MOST_WORK

    def epsilon_sweep(self, place: WeightPlace) -> tuple[Slope, ...] | None:
        """The slope at a weight, at each ε."""
        if place not in self._epsilon_sweeps and _COSTS * self._work <= _AT_ONCE:
            self._find_epsilon_sweep(place)
        return self._epsilon_sweeps.get(place)

    def whole(self) -> tuple[GradientCheck, ...] | None:
        """The whole gradient, at each ε."""
        if self._whole is None and self._work_of_whole <= _AT_ONCE:
            self.measure_whole(lambda: False)
        return self._whole

    def measured(self, place: WeightPlace) -> MeasuredSlope | None:
        """The best measurement of the slope at a weight, which gives the verdict; None until it is made."""
        if place not in self._measured and _OF_VERDICT * self._work <= _AT_ONCE:
            self._find_measured(place)
        return self._measured.get(place)

    def judged(self, gradient: Mapping[str, Array] | None = None) -> GradientVerdict | None:
        """The verdict on ``gradient``, or on backpropagation's without one. None until every slope is measured."""
        if self.whole() is None:
            return None
        gradient = self._computed.matrices if gradient is None else gradient
        if id(gradient) not in self._judged:
            self._judged[id(gradient)] = gradient, GradientVerdict.on(self._all_measured, gradient)
        return self._judged[id(gradient)][1]

    def loss_slice(self, place: WeightPlace, steps: int = STEPS) -> LossSlice | None:
        """J along a weight, over so many steps at most where that is soon measured."""
        if (place, steps) not in self._loss_slices and POINTS * self._work <= _AT_ONCE:
            self._find_loss_slice(place, steps)
        return self._loss_slices.get((place, steps)) or self._loss_slices.get((place, STEPS))

    def program(self, formulas: tuple[Equation, ...]) -> Mapping[str, Array] | None:
        """Every matrix of a program that computes by other formulas, such as one with a mistake in it."""
        if formulas not in self._programs and self.is_soon_gone_back:
            self._find_program(formulas)
        return self._programs.get(formulas)

    @property
    def is_soon_gone_back(self) -> bool:
        """Whether a backward pass is quick enough for the UI thread."""
        return 2 * self._work <= _AT_ONCE

    def lacks(self, place: WeightPlace, formulas: tuple[Equation, ...]) -> bool:
        """Whether a measurement at a weight is missing, or the program that ``formulas`` describes, if any."""
        has_program = not formulas or self.program(formulas) is not None
        return not has_program or any(of(place) is None for of in (self.epsilon_sweep, self.measured, self.loss_slice))

    @property
    def lacks_whole(self) -> bool:
        """Whether the whole gradient still has to be measured."""
        return not self.is_too_large and self.whole() is None

    def measure(self, place: WeightPlace, formulas: tuple[Equation, ...]) -> None:
        """Measures what is slow at a weight, and computes the program with a mistake. Any thread may call it."""
        if formulas:
            self._find_program(formulas)
        self._find_epsilon_sweep(place)
        self._find_measured(place)
        self._find_loss_slice(place, STEPS)

    def measure_whole(self, stop: Callable[[], bool]) -> None:
        """Measures the whole gradient, unless ``stop()`` becomes true, which is asked at every weight."""
        measured = self._measuring.all(stop)
        if measured is None:
            return
        found = []
        with np.errstate(all="ignore"):
            for epsilon in EPSILONS:
                check = check_gradient(self._dataset, self._computed, epsilon, stop)
                if check is None:
                    return
                found.append(check)
        self._all_measured = measured
        self._whole = tuple(found)

    def _find_epsilon_sweep(self, place: WeightPlace) -> None:
        with np.errstate(all="ignore"):
            self._epsilon_sweeps[place] = epsilon_sweep(self._dataset, self._computed, place)

    @cached_property
    def _measuring(self) -> SlopeMeasurer:
        return SlopeMeasurer(self._dataset, self._computed)

    def _find_measured(self, place: WeightPlace) -> None:
        self._measured[place] = self._measuring.at(place)

    def _find_program(self, formulas: tuple[Equation, ...]) -> None:
        self._programs[formulas] = backward_by(formulas, self._computed)

    def _find_loss_slice(self, place: WeightPlace, steps: int) -> None:
        self._loss_slices[place, steps] = loss_slice(self._dataset, self._computed, place, POINTS, steps)
