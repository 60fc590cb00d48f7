"""Numbers lose their decimals: ``x %/% 10``, ``1 // 2 * sum(…)``, an integer W."""

from collections.abc import Iterator

import numpy as np

from tui_nn.network.diagnosis.mistakes.data_tables import with_either, x_is_scaled, y_is_scaled
from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake, Rank
from tui_nn.network.diagnosis.mistakes.rewrites import (
    calling,
    of_data,
    output_delta,
    scaled,
    slopes,
    updates,
    without_mean,
)
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.costs.reduction import MEAN
from tui_nn.network.formulas.expression import ConstantTimes, Expression
from tui_nn.network.formulas.numpy_call import call_of
from tui_nn.network.formulas.steps import StepKind
from tui_nn.network.model.array import Array


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    data = program.dataset
    X = _whole(data.all_x - data.x_shifts, data.x_divisors) if x_is_scaled(program) else None
    Y = _whole(data.y - data.y_shifts, data.y_divisors) if y_is_scaled(program) else None
    yield from with_either(program, X, Y)
    # 1 // 2, or 1 %/% N, is 0: so is J, and so are δ and the slopes where they have the factor.
    yield program.with_cost(scaled(0.0))
    no_delta = program.rewritten([output_delta(program)], scaled(0.0))
    yield no_delta.with_cost(scaled(0.0))
    yield no_delta
    yield program.rewritten(slopes(program), of_data(scaled(0.0)))
    if program.network.reduction == MEAN:
        yield from _whole_means(program)
    # W is a table of whole numbers: each update is cut off.
    for names in dict.fromkeys([updates(program, "W"), updates(program)]):
        start = {name.removesuffix("_next"): np.trunc(program.parameters[name.removesuffix("_next")]) for name in names}
        cut = program.rewritten(names, calling(np.trunc))
        yield cut
        yield cut.with_parameters(start)
        yield program.with_parameters(start)


def _whole(table: Array, divisors: Array) -> Array:
    with np.errstate(all="ignore"):
        return np.asarray(np.floor_divide(table, divisors))


def _whole_means(program: StudentProgram) -> Iterator[StudentProgram]:
    """``(t(X) %*% delta_2) %/% N``, with δ as a sum; J, too, or J and δ."""
    rows = program.rows

    def whole(expression: Expression) -> Expression:
        return call_of(np.floor, ConstantTimes(1 / rows, without_mean(expression)))

    in_slopes = program.rewritten([output_delta(program)], without_mean).rewritten(slopes(program), of_data(whole))
    yield in_slopes
    yield in_slopes.with_cost(whole)
    sums = program.rewritten([output_delta(program)], without_mean)
    yield sums.rewritten(program.named(StepKind.DJDW), of_data(whole))
    yield program.with_cost(whole)
    yield program.rewritten(program.named(StepKind.DELTA)[:1], whole)


INTEGER_DIVISION = ProgramMistake("integer division", _programs, frequency=2, rank=Rank.DATA)
