"""``matrix(1, 2, 3)``: every weight starts at 1; the biases do, too, or start at 0, or as they should."""

from collections.abc import Iterator

import numpy as np

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake, Rank
from tui_nn.network.diagnosis.mistakes.rewrites import biases, weights
from tui_nn.network.diagnosis.student_program import StudentProgram


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    ones = {name: np.ones_like(program.parameters[name]) for name in weights(program)}
    for bias in (1.0, 0.0, None) if biases(program) else (None,):
        changed = dict(ones)
        if bias is not None:
            changed |= {name: np.full_like(program.parameters[name], bias) for name in biases(program)}
        if any(not np.array_equal(matrix, program.parameters[name]) for name, matrix in changed.items()):
            yield program.with_parameters(changed)


ONES_FOR_THE_START = ProgramMistake("ones for the start", _programs, frequency=0, rank=Rank.DATA)
