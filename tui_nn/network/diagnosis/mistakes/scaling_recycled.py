"""``x / apply(x, 2, max)``: R repeats the divisors down the columns; ``t(t(x) / apply(x, 2, max))`` is right."""

from collections.abc import Iterator

import numpy as np

from tui_nn.network.diagnosis.mistakes.data_tables import is_new, with_either
from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake, Rank
from tui_nn.network.diagnosis.mistakes.recycling import down_the_columns
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.model.array import Array


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    data = program.dataset
    if data.rows == 1:
        return
    X = recycled(data.all_x, data.x_shifts, data.x_divisors)
    Y = recycled(data.y, data.y_shifts, data.y_divisors)
    yield from with_either(program, X if is_new(X, data.X) else None, Y if is_new(Y, data.Y) else None)
    if data.x_shifts.any():
        # Only the divisors, or only the shifts are repeated down the columns.
        no_shifts, no_divisors = np.zeros(data.inputs), np.ones(data.inputs)
        yield program.with_data(X=recycled(data.all_x - data.x_shifts, no_shifts, data.x_divisors))
        yield program.with_data(X=recycled(data.all_x, data.x_shifts, no_divisors) / data.x_divisors)


def recycled(table: Array, shifts: Array, divisors: Array) -> Array:
    """(x − shift) / divisor, with shifts and divisors repeated down the columns, shape (rows, columns)."""
    with np.errstate(all="ignore"):
        return np.asarray((table - down_the_columns(shifts, table)) / down_the_columns(divisors, table))


SCALING_RECYCLED = ProgramMistake("scaling recycled down the columns", _programs, frequency=2, rank=Rank.DATA)
