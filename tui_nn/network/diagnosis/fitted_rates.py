"""Programs whose learning rate is taken from the parameters that they gave after an update."""

from collections.abc import Iterator, Mapping

import numpy as np

from tui_nn.network.diagnosis.given import GivenNumbers
from tui_nn.network.diagnosis.mistakes.other_learning_rate import with_own_rates, with_rate
from tui_nn.network.diagnosis.program_run import ProgramRun, ProgramStopped, Work
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import Difference, NumberTimes
from tui_nn.network.formulas.optimizers.update_rule import LEARNING_RATE
from tui_nn.network.model.array import Array

# A rate is likely to be a number of few digits.
_DIGITS = (3, 6, 9)


def with_fitted_rates(program: StudentProgram, given: GivenNumbers) -> Iterator[StudentProgram]:
    """The program with the learning rates with which its update in iteration 1 gives the parameters given."""
    updated = [one for one in given.of_iteration(1) if one.name.endswith("_next")]
    if not updated:
        return
    try:
        values = ProgramRun(program, Work(np.inf, np.inf)).at(1)
    except ProgramStopped:
        return
    seen, own = {0.0, program.learning_rate}, dict[str, float]()
    for one in updated:
        name = one.name.removesuffix("_next")
        slope = _direction(program, one.name, values)
        if slope is None or slope.shape != one.numbers.shape or values[name].shape != slope.shape:
            continue
        place = np.unravel_index(np.argmax(np.abs(slope)), slope.shape)
        with np.errstate(all="ignore"):
            rate = float((values[name][place] - one.numbers[place]) / slope[place])
        for digits in _DIGITS:
            if np.isfinite(rate) and (found := float(f"{rate:.{digits}g}")) not in seen:
                seen.add(found)
                yield with_rate(program, found)
        # A matrix of a single cell has a rate whatever its mistake is.
        if np.isfinite(rate) and one.numbers.size > 1:
            own[one.name] = float(f"{rate:.{_DIGITS[0]}g}")
    own = {name: rate for name, rate in own.items() if rate not in (0.0, program.learning_rate)}
    if own:
        yield with_own_rates(program, own)


def _direction(program: StudentProgram, name: str, values: Mapping[str, Array]) -> Array | None:
    """What the update ``name`` multiplies by the rate: the slope, or what an optimizer makes of it; None if nothing."""
    match program.formula(name):
        case Difference(_, NumberTimes(factor, direction)) if factor == LEARNING_RATE:
            return direction.value(values)
    return values.get(f"dJd{name.removesuffix('_next')}")
