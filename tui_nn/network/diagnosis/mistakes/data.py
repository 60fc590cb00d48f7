"""The data is not scaled, is scaled by other numbers, is filled or taken wrongly, or has its rows in another order."""

from collections.abc import Callable, Iterator

import numpy as np

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake, Rank
from tui_nn.network.diagnosis.mistakes.updates import halted, truncated_weights
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.model.array import Array
from tui_nn.network.model.scalings import NAMED_SCALINGS, NO_SCALING


def _is_scaled(program: StudentProgram, key: str) -> bool:
    data = program.dataset
    divisors, shifts = (data.x_divisors, data.x_shifts) if key == "x" else (data.y_divisors, data.y_shifts)
    return bool((divisors != 1).any() or (shifts != 0).any())


def _either(program: StudentProgram, X: Array | None, Y: Array | None) -> Iterator[StudentProgram]:
    """The program with both replaced, with X, and with Y."""
    if X is not None and Y is not None:
        yield program.with_data(X, Y)
    if X is not None:
        yield program.with_data(X=X)
    if Y is not None:
        yield program.with_data(Y=Y)


def _not_scaled(program: StudentProgram) -> Iterator[StudentProgram]:
    data = program.dataset
    yield from _either(
        program, data.x if _is_scaled(program, "x") else None, data.y if _is_scaled(program, "y") else None
    )


def _scaled_otherwise(table: Array) -> Iterator[Array]:
    """Ways to scale a table that a lesson does not have."""
    greatest = np.abs(table).max()
    spread = table.std(axis=0)
    yield table / greatest
    yield table / table.max(axis=0)
    yield table / np.abs(table).max(axis=0)
    yield (table - table.min(axis=0)) / (table.max(axis=0) - table.min(axis=0))
    yield (table - table.min()) / (table.max() - table.min())
    yield (table - table.mean(axis=0)) / table.std(axis=0, ddof=1) if len(table) > 1 else table
    yield (table - table.mean(axis=0)) / spread
    yield (table - table.mean()) / table.std()
    yield table - table.mean(axis=0)
    yield table / spread
    yield table / table.sum(axis=0)
    yield table / table.mean(axis=0)
    yield table / np.sqrt((table**2).sum(axis=0))
    yield table / table.max(axis=1, keepdims=True)
    yield table / table.sum(axis=1, keepdims=True)
    yield from (table / divisor for divisor in (10.0, 100.0, 1000.0, 2.0, 255.0))


def _by_another_number(program: StudentProgram) -> Iterator[StudentProgram]:
    data = program.dataset
    with np.errstate(all="ignore"):
        xs = [data.scaled(program.X), *_scaled_otherwise(data.x)]
        ys = [(program.Y - data.y_shifts) / data.y_divisors, *_scaled_otherwise(data.y)]
    for X in xs:
        if _is_new(X, data.X) and _is_new(X, data.x):
            yield program.with_data(X=X)
    for Y in ys:
        if _is_new(Y, data.Y) and _is_new(Y, data.y):
            yield program.with_data(Y=Y)


def _is_new(table: Array, right: Array) -> bool:
    return bool(np.isfinite(table).all()) and not np.array_equal(table, right)


def _recycled(program: StudentProgram) -> Iterator[StudentProgram]:
    """X / d, as R computes it for a vector d: it repeats d down the columns."""
    data = program.dataset

    def recycled(table: Array, shifts: Array, divisors: Array) -> Array:
        down = [np.resize(one, table.size).reshape(table.shape, order="F") for one in (shifts, divisors)]
        with np.errstate(all="ignore"):
            return np.asarray((table - down[0]) / down[1])

    X = recycled(data.x, data.x_shifts, data.x_divisors) if data.inputs > 1 else None
    Y = recycled(data.y, data.y_shifts, data.y_divisors) if data.outputs > 1 else None
    X = X if X is not None and _is_new(X, data.X) else None
    Y = Y if Y is not None and _is_new(Y, data.Y) else None
    yield from _either(program, X, Y)
    # Only the shifts, or only the divisors are repeated down the columns.
    if data.inputs > 1 and data.x_shifts.any():
        one = recycled(data.x, data.x_shifts, np.ones(data.inputs)) / data.x_divisors
        other = recycled(data.x - data.x_shifts, np.zeros(data.inputs), data.x_divisors)
        yield from (program.with_data(X=X) for X in (one, other))


def refilled(table: Array) -> Iterator[Array]:
    """The numbers of a matrix filled in the other order: by columns for by rows, and by rows for by columns."""
    yield table.ravel().reshape(table.shape, order="F")
    yield table.ravel(order="F").reshape(table.shape)


def filled_by_rows(program: StudentProgram) -> Iterator[StudentProgram]:
    """Programs whose x has its numbers in the other order; they are scaled afterwards."""
    data = program.dataset
    if data.inputs == 1 or data.rows == 1:
        return
    for x in refilled(data.x):
        if not np.array_equal(x, data.x):
            yield from _with_x(program, x)


def _with_x(program: StudentProgram, x: Array) -> Iterator[StudentProgram]:
    """The program with other x, scaled as the lesson says, or by the numbers that the right x gives."""
    data = program.dataset
    scaled = [(x - data.x_shifts) / data.x_divisors]
    if isinstance(data.x_scaling, str) and data.x_scaling != NO_SCALING:
        scaling = NAMED_SCALINGS[data.x_scaling]
        with np.errstate(all="ignore"):
            scaled.insert(0, (x - scaling.shifts(x)) / scaling.divisors(x))
    for X in scaled:
        if _is_new(X, program.X):
            yield program.with_data(X=np.asarray(X))


def _column_twice(program: StudentProgram) -> Iterator[StudentProgram]:
    for wrong in range(program.dataset.inputs):
        for taken in range(program.dataset.inputs):
            if wrong != taken:
                X = program.X.copy()
                X[:, wrong] = X[:, taken]
                yield program.with_data(X=X).noting(f"{taken + 1}")


def _orders(program: StudentProgram) -> Iterator[Array]:
    """Orders in which rows are likely to stand: the last first, sorted by a column, each moved on by one."""
    rows, data = program.rows, program.dataset
    yield np.arange(rows)[::-1]
    for column in (*data.x.T, *data.y.T):
        order = np.argsort(column, kind="stable")
        yield order
        yield order[::-1]
    yield np.roll(np.arange(rows), 1)
    yield np.roll(np.arange(rows), -1)
    for i in range(min(rows, 8)):
        for j in range(i):
            order = np.arange(rows)
            order[[i, j]] = j, i
            yield order


def _in_another_order(program: StudentProgram) -> Iterator[StudentProgram]:
    seen = set()
    for order in _orders(program):
        if tuple(order) in seen or (order == np.arange(program.rows)).all():
            continue
        seen.add(tuple(order))
        yield program.with_data(program.X[order], program.Y[order])
        yield program.with_data(X=program.X[order])
        if not np.array_equal(program.Y, program.Y[order]):
            yield program.with_data(Y=program.Y[order])


def _whole(table: Array, divisors: Array) -> Array:
    with np.errstate(all="ignore"):
        return np.asarray(np.floor_divide(table, divisors))


def _integer_division(program: StudentProgram) -> Iterator[StudentProgram]:
    data = program.dataset
    X = _whole(data.x - data.x_shifts, data.x_divisors) if _is_scaled(program, "x") else None
    Y = _whole(data.y - data.y_shifts, data.y_divisors) if _is_scaled(program, "y") else None
    yield from _either(program, X, Y)


def changed_start(program: StudentProgram, change: Callable[[Array], Array], names: tuple[str, ...]) -> StudentProgram:
    """The program with ``change`` made to some of its parameters in iteration 1."""
    return program.with_parameters({name: change(program.parameters[name]) for name in names})


NOT_SCALED = ProgramMistake("data not scaled", _not_scaled, found=2, rank=Rank.DATA)
BY_ANOTHER_SCALE = ProgramMistake("scaled by another number", _by_another_number, found=2, rank=Rank.DATA)
RECYCLED_SCALING = ProgramMistake("scaling recycled down the columns", _recycled, found=2, rank=Rank.DATA)
COLUMN_TWICE = ProgramMistake("a column taken twice", _column_twice, found=1, rank=Rank.DATA)
OTHER_ORDER = ProgramMistake("rows in another order", _in_another_order, found=1, rank=Rank.DATA)


def integer_division(program: StudentProgram) -> Iterator[StudentProgram]:
    """Quotients of whole numbers lose what is behind the point: in the data, in ½ or in 1/N, in the weights."""
    yield from _integer_division(program)
    yield from halted(program)
    yield from truncated_weights(program)


INTEGER_DIVISION = ProgramMistake("integer division", integer_division, found=2, rank=Rank.DATA)
