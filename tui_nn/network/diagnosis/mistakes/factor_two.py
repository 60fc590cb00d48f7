"""The ½ of J or of its penalty is missing, or J has it and δ a 2: ``sum((Y - Y_hat)^2)``, ``-2 * (Y - Y_hat)``."""

from collections.abc import Iterator

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.rewrites import of_data, of_penalty, output_delta, scaled, slopes
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.equations import PENALTY
from tui_nn.network.formulas.steps import StepKind


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    # ½ Σ e² has the slope −e, Σ e² the slope −2 e; a program may take one from the one and one from the other.
    for factor in (2.0, 0.5):
        in_delta = program.rewritten([output_delta(program)], scaled(factor))
        yield in_delta.with_cost(scaled(factor))
        yield in_delta
        yield program.with_cost(scaled(factor))
        if program.network.penalised:
            in_penalty = program.rewritten(slopes(program), of_penalty(scaled(factor)))
            yield in_penalty.rewritten([PENALTY], scaled(factor))
            yield in_penalty
            yield program.rewritten([PENALTY], scaled(factor))
        in_slopes = program.rewritten(slopes(program), of_data(scaled(factor)))
        yield in_slopes
        yield in_slopes.with_cost(scaled(factor))
        yield program.rewritten(program.named(StepKind.DJDW), of_data(scaled(factor)))


FACTOR_TWO = ProgramMistake("factor two", _programs, frequency=3)
