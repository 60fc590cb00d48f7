"""The data is scaled by other numbers: twice, ``x / max(x)`` for all columns, ``(x - mean) / sd`` for ``x / max``."""

from collections.abc import Iterator

import numpy as np

from tui_nn.network.diagnosis.mistakes.data_tables import is_new
from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake, Rank
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.model.array import Array


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    data = program.dataset
    with np.errstate(all="ignore"):
        xs = [data.scaled(program.X), *_scaled(data.all_x), data.all_x / data.x_divisors, data.all_x - data.x_shifts]
        ys = [(program.Y - data.y_shifts) / data.y_divisors, *_scaled(data.y), data.y / data.y_divisors]
    for X in xs:
        if is_new(X, data.X) and is_new(X, data.all_x):
            yield program.with_data(X=X)
    for Y in ys:
        if is_new(Y, data.Y) and is_new(Y, data.y):
            yield program.with_data(Y=Y)
    for X, Y in zip(xs, ys, strict=False):
        if all(is_new(table, one) for table, one in ((X, data.X), (X, data.all_x), (Y, data.Y), (Y, data.y))):
            yield program.with_data(X, Y)


def _scaled(table: Array) -> Iterator[Array]:
    """Ways to scale a table."""
    least, mean, deviations = table.min(axis=0), table.mean(axis=0), table - table.mean(axis=0)
    samples = max(len(table) - 1, 1)
    yield table / np.abs(table).max()
    yield table / table.max(axis=0)
    yield deviations / np.sqrt((deviations**2).sum(axis=0) / samples)
    yield deviations / table.std(axis=0)
    yield (table - least) / (table.max(axis=0) - least)
    yield (table - table.min()) / (table.max() - table.min())
    yield from (table / divisor for divisor in (10.0, 100.0, 1000.0))
    yield (table - table.mean()) / np.sqrt(((table - table.mean()) ** 2).sum() / max(table.size - 1, 1))
    yield (table - table.mean()) / table.std()
    yield table / np.abs(table).max(axis=0)
    yield deviations
    yield deviations / (table.max(axis=0) - least)
    yield table / table.std(axis=0)
    yield table / np.sqrt((deviations**2).sum(axis=0) / samples)
    yield table / table.sum(axis=0)
    yield table / mean
    yield table / np.sqrt((table**2).sum(axis=0))
    yield table / table.max(axis=1, keepdims=True)
    yield table / table.sum(axis=1, keepdims=True)
    yield table / (table.max(axis=0) + 1)
    yield table / table.min(axis=0)
    yield from (table / divisor for divisor in (2.0, 255.0))


SCALED_BY_ANOTHER_NUMBER = ProgramMistake("scaled by another number", _programs, frequency=2, rank=Rank.DATA)
