"""The penalty is left out of J or of its slopes, ``dJdW_1 + lambda * W_1``, is divided by N, or counts the biases."""

from collections.abc import Iterator
from dataclasses import replace

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.rewrites import biases, of_penalty, scaled, slopes
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.equations import PENALTY, equations
from tui_nn.network.formulas.expression import Added, Expression
from tui_nn.network.formulas.steps import StepKind


def _left_out(program: StudentProgram) -> Iterator[StudentProgram]:
    if not program.network.penalised:
        return
    without = program.rewritten(slopes(program), _data_part)
    yield without.rewritten([StepKind.COST], _data_part)
    yield without
    yield program.rewritten([StepKind.COST], _data_part)
    # One matrix is forgotten.
    for name in slopes(program):
        if (one := program.rewritten([name], _data_part)).formulas != program.formulas:
            yield one


def _data_part(expression: Expression) -> Expression:
    while isinstance(expression, Added):
        expression = expression.left
    return expression


def _on_biases(program: StudentProgram) -> Iterator[StudentProgram]:
    if not biases(program) or not program.network.penalised or program.network.penalty.on_biases:
        return
    network = replace(program.network, penalty=replace(program.network.penalty, on_biases=True))
    every = {one.name: one.expression for one in equations(network)}
    slopes_of_biases = {f"dJd{name}": every[f"dJd{name}"] for name in biases(program)}
    with_slopes = program.with_formulas(slopes_of_biases)
    yield replace(with_slopes, network=network)
    yield with_slopes
    yield replace(program, network=network)


def _divided_by_rows(program: StudentProgram) -> Iterator[StudentProgram]:
    """``dJdW_1 + lambda / nrow(X) * W_1``."""
    if program.rows > 1 and program.network.penalised:
        share = scaled(1 / program.rows)
        in_slopes = program.rewritten(slopes(program), of_penalty(share))
        yield in_slopes.rewritten([PENALTY], share)
        yield in_slopes
        yield program.rewritten([PENALTY], share)


PENALTY_DIVIDED = ProgramMistake("penalty divided by the number of rows", _divided_by_rows, frequency=0)
PENALTY_LEFT_OUT = ProgramMistake("penalty left out", _left_out, frequency=1)
PENALTY_ON_BIASES = ProgramMistake("penalty on the biases", _on_biases, frequency=3)
