"""A minus is lost or too much: ``W_1 + scalar * dJdW_1`` goes uphill, and so do steps from a δ of (y − ŷ)."""

from collections.abc import Iterator

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.rewrites import (
    deltas,
    groups,
    of_penalty,
    output_delta,
    slopes,
    updates,
)
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.equations import PENALTY
from tui_nn.network.formulas.expression import Added, Difference, Expression, Negated


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    yield program.rewritten(updates(program), _uphill)
    yield program.rewritten([output_delta(program)], Negated)
    for names in groups(program, updates(program, "W")):
        yield program.rewritten(names, _uphill)
    for names in groups(program, updates(program, "b")):
        yield program.rewritten(names, _uphill)
    if len(deltas(program)) > 2:
        yield program.rewritten(deltas(program)[1:], Negated)
    for name in deltas(program)[1:]:
        yield program.rewritten([name], Negated)
    for name in slopes(program):
        yield program.rewritten([name], Negated)
    if program.network.penalised:
        rewarded = program.rewritten(slopes(program), of_penalty(Negated))
        yield rewarded
        yield rewarded.rewritten([PENALTY], Negated)
        yield program.rewritten([PENALTY], Negated)


def _uphill(expression: Expression) -> Expression:
    match expression:
        case Difference(left, right):
            return Added(left, right)
    return expression


WRONG_SIGN = ProgramMistake("wrong sign", _programs, frequency=5)
