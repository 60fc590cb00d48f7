"""J or its slopes are divided by another number than N: by N − 1, by the number of columns, by another data set's N."""

from collections.abc import Iterator

from tui_nn.network.diagnosis.mistakes.division import divided
from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake, Rank
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.costs.reduction import MEAN


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    rows, layers = program.rows, program.network.layers
    right = {rows, rows * layers[-1]}
    others = [len(program.X), rows - 1, rows + 1, layers[0], *layers[1:], rows * layers[0], 10, 100, sum(layers), 1000]
    for divisor in dict.fromkeys(others):
        if divisor > 1 and divisor not in right:
            for one in divided(program, divisor, undone=program.network.reduction == MEAN):
                yield one.noting(divisor)


BY_ANOTHER_NUMBER = ProgramMistake("by another number of rows", _programs, frequency=1, rank=Rank.NUMBER)
