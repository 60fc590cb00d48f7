"""``matrix(1, 2, 3)``: every weight starts at 1, or at 0; the biases do, too, or start at 0, or as they should."""

from collections.abc import Iterator

import numpy as np

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake, Rank
from tui_nn.network.diagnosis.mistakes.rewrites import biases, weights
from tui_nn.network.diagnosis.student_program import StudentProgram


def _all_the_same(program: StudentProgram, number: float) -> Iterator[StudentProgram]:
    same = {name: np.full_like(program.parameters[name], number) for name in weights(program)}
    for bias in dict.fromkeys((number, 0.0, None)) if biases(program) else (None,):
        changed = dict(same)
        if bias is not None:
            changed |= {name: np.full_like(program.parameters[name], bias) for name in biases(program)}
        if any(not np.array_equal(matrix, program.parameters[name]) for name, matrix in changed.items()):
            yield program.with_parameters(changed)


def _ones(program: StudentProgram) -> Iterator[StudentProgram]:
    return _all_the_same(program, 1.0)


def _zeros(program: StudentProgram) -> Iterator[StudentProgram]:
    return _all_the_same(program, 0.0)


ONES_FOR_THE_START = ProgramMistake("ones for the start", _ones, frequency=0, rank=Rank.DATA)
ZEROS_FOR_THE_START = ProgramMistake("zeros for the start", _zeros, frequency=0, rank=Rank.DATA)
