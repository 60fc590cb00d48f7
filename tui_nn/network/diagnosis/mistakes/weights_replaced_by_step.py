"""``W_1 <- -scalar * dJdW_1``: the step replaces the weights, in place of being added to them."""

from collections.abc import Iterator

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.rewrites import groups, updates
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import Difference, Expression, Negated, NumberTimes


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    chosen = [updates(program), *groups(program, updates(program, "W")), *groups(program, updates(program, "b"))]
    for names in dict.fromkeys(chosen):
        if names:
            yield program.rewritten(names, _minus_step)
            yield program.rewritten(names, _step)
    yield program.rewritten(updates(program), _slope)


def _step(expression: Expression) -> Expression:
    return expression.right if isinstance(expression, Difference) else expression


def _minus_step(expression: Expression) -> Expression:
    return Negated(expression.right) if isinstance(expression, Difference) else expression


def _slope(expression: Expression) -> Expression:
    """``W_1 <- dJdW_1``."""
    match expression:
        case Difference(_, NumberTimes(_, slope)):
            return slope
    return expression


WEIGHTS_REPLACED = ProgramMistake("weights replaced by the step", _programs, frequency=2)
