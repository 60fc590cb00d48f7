"""The learning rate is another number, or the step is multiplied by it twice, or never: ``W_1 - dJdW_1``."""

from collections.abc import Iterator
from dataclasses import replace

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake, Rank
from tui_nn.network.diagnosis.mistakes.rewrites import groups, updates
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import Difference, Expression, NumberTimes
from tui_nn.network.formulas.optimizers.update_rule import LEARNING_RATE

_FACTORS = (0.1, 10.0, 0.5, 2.0, 0.01, 100.0, 0.2, 5.0, 0.001)
_RATES = (0.1, 1.0, 0.5, 0.01, 0.001, 0.05, 0.2, 0.3, 0.7, 2.0, 3.0, 5.0, 10.0, 50.0)


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    right = program.learning_rate
    if right != 1:
        yield program.rewritten(updates(program), _rate_twice).noting(right * right)
        yield program.rewritten(updates(program), _without_rate).noting(1.0)
    for rate in dict.fromkeys([*(round(factor * right, 12) for factor in _FACTORS), *_RATES]):
        if rate != right:
            yield with_rate(program, rate)
    if right != 1:
        for names in (*groups(program, updates(program, "b")), *groups(program, updates(program, "W"))):
            yield program.rewritten(names, _without_rate).noting(1.0)


def with_rate(program: StudentProgram, rate: float) -> StudentProgram:
    """The program with another learning rate."""
    return replace(program, learning_rate=rate).noting(rate)


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


OTHER_LEARNING_RATE = ProgramMistake("other learning rate", _programs, frequency=2, rank=Rank.NUMBER)
