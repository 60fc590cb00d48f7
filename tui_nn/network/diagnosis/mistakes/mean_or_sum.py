"""J and its slopes are means where sums are meant, ``mean((Y - Y_hat)^2) / 2``, or sums where means are meant."""

from collections.abc import Iterator

from tui_nn.network.diagnosis.mistakes.division import divided
from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.costs.reduction import MEAN


def _mean_for_sum(program: StudentProgram) -> Iterator[StudentProgram]:
    if program.network.reduction == MEAN:
        return
    # The mean over the rows, or over all cells of Y.
    for divisor in dict.fromkeys([program.rows, program.rows * program.network.layers[-1]]):
        if divisor > 1:
            yield from divided(program, divisor)


def _sum_for_mean(program: StudentProgram) -> Iterator[StudentProgram]:
    if program.network.reduction == MEAN and program.rows > 1:
        yield from divided(program, 1.0, undone=True)


SUM_FOR_MEAN = ProgramMistake("sum for mean", _sum_for_mean, frequency=5)
MEAN_FOR_SUM = ProgramMistake("mean for sum", _mean_for_sum, frequency=5)
