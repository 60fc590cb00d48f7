"""A sign or a factor is wrong: uphill in place of downhill, Σ without its ½, a mean in place of a sum, another rate."""

from collections.abc import Iterator
from dataclasses import replace

from tui_nn.network.diagnosis.mistakes.mistake import (
    ProgramMistake,
    Rank,
    biases,
    deltas,
    groups,
    of_data,
    output_delta,
    scaled,
    slopes,
    updates,
    without_mean,
)
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.costs.reduction import MEAN
from tui_nn.network.formulas.equations import LEARNING_RATE
from tui_nn.network.formulas.expression import (
    Added,
    ConstantTimes,
    Difference,
    Expression,
    Negated,
    NumberTimes,
)
from tui_nn.network.formulas.steps import StepKind


def _uphill(expression: Expression) -> Expression:
    match expression:
        case Difference(left, right):
            return Added(left, right)
    return expression


def _wrong_sign(program: StudentProgram) -> Iterator[StudentProgram]:
    yield program.rewritten(updates(program), _uphill)
    yield program.rewritten([output_delta(program)], Negated)
    for name in deltas(program)[1:]:
        yield program.rewritten([name], Negated)
    for names in groups(updates(program, "W")):
        yield program.rewritten(names, _uphill)
    for names in groups(updates(program, "b")):
        yield program.rewritten(names, _uphill)
    for name in slopes(program):
        yield program.rewritten([name], Negated)


def _factor_two(program: StudentProgram) -> Iterator[StudentProgram]:
    # ½ Σ e² has the slope −e, Σ e² the slope −2 e; a program may take one from the one and one from the other.
    for factor in (2.0, 0.5):
        both = program.rewritten([output_delta(program)], scaled(factor)).with_cost(scaled(factor))
        yield both
        yield program.rewritten([output_delta(program)], scaled(factor))
        yield program.with_cost(scaled(factor))
        yield program.rewritten(slopes(program), of_data(scaled(factor)))
        if program.network.penalised:
            yield program.rewritten(slopes(program), lambda one, factor=factor: _with_penalty_times(one, factor))  # type: ignore[misc]


def _with_penalty_times(expression: Expression, factor: float) -> Expression:
    match expression:
        case Added(left, right):
            return Added(_with_penalty_times(left, factor), ConstantTimes(factor, right))
    return expression


def divided(program: StudentProgram, divisor: float, *, undone: bool = False) -> Iterator[StudentProgram]:
    """Programs that divide J, the slopes, or both by ``divisor``; with ``undone``, by that and no longer by N."""

    def rewrite(expression: Expression) -> Expression:
        return ConstantTimes(1 / divisor, without_mean(expression) if undone else expression)

    in_delta = program.rewritten([output_delta(program)], rewrite)
    yield in_delta.with_cost(rewrite)
    yield in_delta
    yield program.with_cost(rewrite)
    start = program.rewritten([output_delta(program)], without_mean) if undone else program
    in_slopes = start.rewritten(slopes(program), of_data(scaled(1 / divisor)))
    yield in_slopes
    yield in_slopes.with_cost(rewrite)
    if undone:
        return
    if biases(program):
        yield program.rewritten(program.named(StepKind.DJDW), of_data(scaled(1 / divisor)))


def _mean_for_sum(program: StudentProgram) -> Iterator[StudentProgram]:
    if program.network.reduction == MEAN:
        return
    outputs = program.Y.shape[1]
    for divisor in dict.fromkeys([program.rows, program.rows * outputs]):
        if divisor > 1:
            yield from divided(program, divisor)


def _sum_for_mean(program: StudentProgram) -> Iterator[StudentProgram]:
    if program.network.reduction == MEAN and program.rows > 1:
        yield from divided(program, 1.0, undone=True)


def _divided_twice(program: StudentProgram) -> Iterator[StudentProgram]:
    if program.rows > 1:
        by = program.rows if program.network.reduction == MEAN else program.rows**2
        yield from divided(program, by)


def _by_another_number(program: StudentProgram) -> Iterator[StudentProgram]:
    rows, layers = program.rows, program.network.layers
    right = {rows, rows * layers[-1]}
    others = [rows - 1, rows + 1, *layers, sum(layers), rows * layers[0], 2 * rows]
    for divisor in dict.fromkeys(others):
        if divisor > 1 and divisor not in right:
            for one in divided(program, divisor, undone=program.network.reduction == MEAN):
                yield one.noting(divisor)


def _without_rate(expression: Expression) -> Expression:
    match expression:
        case Difference(left, NumberTimes(_, slope)):
            return Difference(left, slope)
    return expression


def _rate_twice(expression: Expression) -> Expression:
    match expression:
        case Difference(left, step):
            return Difference(left, NumberTimes(LEARNING_RATE, step))
    return expression


_FACTORS = (0.1, 10.0, 0.5, 2.0, 0.01, 100.0, 0.2, 5.0, 0.001)
_RATES = (0.1, 1.0, 0.5, 0.01, 0.001, 0.05, 0.2, 0.3, 0.7, 2.0, 3.0, 5.0, 10.0, 50.0)


def _other_rate(program: StudentProgram) -> Iterator[StudentProgram]:
    right = program.learning_rate
    if right != 1:
        yield program.rewritten(updates(program), _rate_twice).noting(right * right)
        yield program.rewritten(updates(program), _without_rate).noting(1.0)
    for rate in dict.fromkeys([*(round(factor * right, 12) for factor in _FACTORS), *_RATES]):
        if rate != right:
            yield with_rate(program, rate)
    for names in groups(updates(program, "b")):
        yield program.rewritten(names, _without_rate).noting(1.0)


def with_rate(program: StudentProgram, rate: float) -> StudentProgram:
    """The program with another learning rate."""
    return replace(program, learning_rate=rate).noting(rate)


WRONG_SIGN = ProgramMistake("wrong sign", _wrong_sign, found=5)
FACTOR_TWO = ProgramMistake("factor two", _factor_two, found=3)
MEAN_FOR_SUM = ProgramMistake("mean for sum", _mean_for_sum, found=5)
SUM_FOR_MEAN = ProgramMistake("sum for mean", _sum_for_mean, found=5)
DIVIDED_TWICE = ProgramMistake("divided by the number of rows twice", _divided_twice, found=2)
BY_ANOTHER_NUMBER = ProgramMistake("by another number of rows", _by_another_number, found=1, rank=Rank.NUMBER)
OTHER_RATE = ProgramMistake("other learning rate", _other_rate, found=2, rank=Rank.NUMBER)
