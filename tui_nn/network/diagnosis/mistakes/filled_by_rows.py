"""``matrix(runif(6), 2, 3, byrow = TRUE)`` where it is not wanted, or wanted and forgotten: of W, or of x and y."""

from collections.abc import Iterator

import numpy as np

from tui_nn.network.diagnosis.mistakes.data_tables import filled_otherwise, with_x
from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake, Rank
from tui_nn.network.diagnosis.mistakes.rewrites import groups, weights
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.model.generators import ROWS


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    for names in groups(program, weights(program)):
        others = {name: [*filled_otherwise(program.parameters[name])] for name in names}
        # A start that fills by columns was to be filled by rows, and the other way round: both orders are tried.
        for number in (1, 0) if program.drawing.fill != ROWS else (0, 1):
            changed = {name: matrices[number] for name, matrices in others.items()}
            if any(not np.array_equal(matrix, program.parameters[name]) for name, matrix in changed.items()):
                yield program.with_parameters(changed)
    data = program.dataset
    for x in filled_otherwise(data.all_x):
        if not np.array_equal(x, data.all_x):
            yield from with_x(program, x)
    for y in filled_otherwise(data.y):
        if not np.array_equal(y, data.y):
            yield program.with_data(Y=(y - data.y_shifts) / data.y_divisors).with_typed(y=y)


FILLED_BY_ROWS = ProgramMistake("filled by rows", _programs, frequency=2, rank=Rank.DATA)
