"""A column of X stands in the place of another one as well: ``cbind(x[, 1], x[, 1])``."""

from collections.abc import Iterator

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake, Rank
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.model.array import Array


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    data = program.dataset
    for wrong in range(data.inputs):
        for taken in range(data.inputs):
            if wrong != taken:
                X = _with_column(program.X, wrong, program.X[:, taken])
                x = _with_column(data.x, wrong, data.x[:, taken])
                yield program.with_data(X).with_typed(x=x).noting(f"{taken + 1}")
    # The column that is taken twice is divided by the number of the column that it replaces.
    if not data.x_shifts.any() and len({*data.x_divisors.tolist()}) > 1:
        for wrong in range(data.inputs):
            for taken in range(data.inputs):
                if wrong != taken:
                    column = data.all_x[:, taken] / data.x_divisors[wrong]
                    x = _with_column(data.all_x, wrong, data.all_x[:, taken])
                    X = _with_column(program.X, wrong, column)
                    yield program.with_data(X).with_typed(x=x).noting(f"{taken + 1}")


def _with_column(X: Array, number: int, column: Array) -> Array:
    changed = X.copy()
    changed[:, number] = column
    return changed


COLUMN_TAKEN_TWICE = ProgramMistake("a column taken twice", _programs, frequency=1, rank=Rank.DATA)
