"""The columns of X stand in another order: ``cbind(study, sleep)``."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from tui_nn.network.diagnosis.mistakes.data_tables import with_x
from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake, Rank
from tui_nn.network.diagnosis.student_program import StudentProgram

# Of how many columns any two may be exchanged.
_EXCHANGED = 6


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    seen = {(*range(program.dataset.inputs),)}
    for order in _orders(program.dataset.inputs):
        if (called := (*order.tolist(),)) not in seen:
            seen.add(called)
            yield from with_x(program, program.dataset.x[:, order])


def _orders(columns: int) -> Iterator[NDArray[np.int_]]:
    yield np.arange(columns)[::-1]
    for i in range(min(columns, _EXCHANGED)):
        for j in range(i):
            order = np.arange(columns)
            order[[i, j]] = j, i
            yield order


COLUMNS_IN_ANOTHER_ORDER = ProgramMistake("columns in another order", _programs, frequency=0, rank=Rank.DATA)
