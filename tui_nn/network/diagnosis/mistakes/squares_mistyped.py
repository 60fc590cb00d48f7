"""The slopes are not squared in S, or the root of S is left out or has the ε inside."""

from collections.abc import Iterator, Mapping

import numpy as np

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.optimizer_matrices import rule_of, with_rule
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import Expression, PlusNumber, Squared, SquareRoot, parts, replaced
from tui_nn.network.formulas.numpy_call import call_of
from tui_nn.network.formulas.optimizers.update_rule import dJdw


def _not_squared(program: StudentProgram) -> Iterator[StudentProgram]:
    formulas = {one.letter: one.expression for one in rule_of(program).before_update}
    # ``beta2 * S + (1 - beta2) * dJdW``, or with the size of each slope.
    for slope in (dJdw, call_of(np.abs, dJdw)):
        yield from _with_replaced(program, formulas, Squared(dJdw), slope)


def _root_mistyped(program: StudentProgram) -> Iterator[StudentProgram]:
    update = {"w": rule_of(program).update}
    for divisor in _divisors(update["w"]):
        if isinstance(divisor.of, SquareRoot):
            of = divisor.of.of
            # ``S + 1e-8`` for ``sqrt(S) + 1e-8``, and ``sqrt(S + 1e-8)``.
            yield from _with_replaced(program, update, divisor, PlusNumber(of, divisor.number))
            yield from _with_replaced(program, update, divisor, call_of(np.sqrt, PlusNumber(of, divisor.number)))


def _divisors(expression: Expression) -> Iterator[PlusNumber]:
    if isinstance(expression, PlusNumber):
        yield expression
    for part in parts(expression):
        yield from _divisors(part)


def _with_replaced(
    program: StudentProgram, formulas: Mapping[str, Expression], old: Expression, new: Expression
) -> Iterator[StudentProgram]:
    """The program with ``new`` for ``old`` in the formulas that have it; none if no formula has it."""
    rewritten = {letter: replaced(one, {old: new}) for letter, one in formulas.items()}
    changed = {letter: one for letter, one in rewritten.items() if one != formulas[letter]}
    if changed and program.network.trained:
        yield with_rule(program, changed)


SLOPES_NOT_SQUARED = ProgramMistake("slopes not squared", _not_squared, frequency=1)
ROOT_MISTYPED = ProgramMistake("root mistyped", _root_mistyped, frequency=1)
