"""The learning rate is another number, or the step is multiplied by it twice, or never: ``W_1 - dJdW_1``."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake, Rank
from tui_nn.network.diagnosis.mistakes.rewrites import groups, slopes, updates
from tui_nn.network.diagnosis.student_program import Rewritten, StudentProgram
from tui_nn.network.formulas.expression import ConstantTimes, Difference, Expression, NumberTimes
from tui_nn.network.formulas.optimizers.update_rule import LEARNING_RATE

_FACTORS = (0.1, 10.0, 0.5, 2.0, 0.01, 100.0, 0.2, 5.0, 0.001)
_FACTORS_OF_ONE = (0.1, 10.0, 0.5, 2.0)
_RATES = (0.1, 1.0, 0.5, 0.01, 0.001, 0.05, 0.2, 0.3, 0.7, 2.0, 3.0, 5.0, 10.0, 50.0)


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    right = program.learning_rate
    if right != 1:
        yield program.rewritten(updates(program), _rate_twice).noting(right * right)
        yield program.rewritten(updates(program), _without_rate).noting(1.0)
        # ``dJdW_1 <- scalar * t(X) %*% delta_2``, and the update multiplies by the rate again.
        yield program.rewritten(slopes(program), lambda slope: NumberTimes(LEARNING_RATE, slope)).noting(right * right)
    for rate in dict.fromkeys([*(round(factor * right, 12) for factor in _FACTORS), *_RATES]):
        if rate != right:
            yield with_rate(program, rate)
    if right != 1:
        for names in (*groups(program, updates(program, "b")), *groups(program, updates(program, "W"))):
            yield program.rewritten(names, _without_rate).noting(1.0)
    # One matrix, or all biases, have a rate of their own.
    of_biases = updates(program, "b")
    alone = [*((name,) for name in updates(program, "W")), *([of_biases] if of_biases else [])]
    for factor, names in product(_FACTORS_OF_ONE, alone):
        yield with_own_rates(program, dict.fromkeys(names, round(factor * right, 12)))


def with_own_rates(program: StudentProgram, rates: Mapping[str, float]) -> StudentProgram:
    """The program with other learning rates for some matrices, by the names of their updates: W1_next."""
    changed = program
    for name, rate in rates.items():
        changed = changed.rewritten([name], _at_rate(rate))
    for rate in dict.fromkeys(rates.values()):
        changed = changed.noting(rate)
    return changed


def _at_rate(rate: float) -> Rewritten:
    def rewrite(expression: Expression) -> Expression:
        match expression:
            case Difference(left, NumberTimes(_, slope)):
                return Difference(left, ConstantTimes(rate, slope))
        return expression

    return rewrite


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
