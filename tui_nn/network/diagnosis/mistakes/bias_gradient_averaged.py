"""∂J/∂b is the mean of δ, in place of its sum: ``colMeans(delta_2)``, ``delta2.mean(axis=0)``."""

from collections.abc import Iterator

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.rewrites import biases, groups, with_bias_slopes
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import ConstantTimes


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    if program.rows > 1:
        for names in groups(program, biases(program)):
            yield with_bias_slopes(program, names, lambda sums: ConstantTimes(1 / program.rows, sums))


BIAS_GRADIENT_AVERAGED = ProgramMistake("bias gradient averaged", _programs, frequency=1)
