"""The rows of the data stand in another order: reversed, sorted by a column, moved on by one, or two exchanged."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake, Rank
from tui_nn.network.diagnosis.student_program import StudentProgram

# Of how many rows any two may be exchanged.
_EXCHANGED = 6


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    seen = {(*range(len(program.X)),)}
    for order in _orders(program):
        if (called := (*order.tolist(),)) in seen:
            continue
        seen.add(called)
        x, y = program.dataset.x[order], program.dataset.y[order]
        yield program.with_data(program.X[order], program.Y[order]).with_typed(x=x, y=y)
        # x and y no longer belong together.
        if not np.array_equal(program.X, program.X[order]):
            yield program.with_data(X=program.X[order]).with_typed(x=x)
        if not np.array_equal(program.Y, program.Y[order]):
            yield program.with_data(Y=program.Y[order]).with_typed(y=y)


def _orders(program: StudentProgram) -> Iterator[NDArray[np.int_]]:
    rows, data = len(program.X), program.dataset
    yield np.arange(rows)[::-1]
    for column in (*data.all_x.T, *data.y.T):
        order = np.argsort(column, kind="stable")
        yield order
        yield order[::-1]
        yield np.argsort(-column, kind="stable")
    yield np.roll(np.arange(rows), 1)
    yield np.roll(np.arange(rows), -1)
    for i in range(min(rows, _EXCHANGED)):
        for j in range(i):
            order = np.arange(rows)
            order[[i, j]] = j, i
            yield order


ROWS_IN_ANOTHER_ORDER = ProgramMistake("rows in another order", _programs, frequency=1, rank=Rank.DATA)
