"""Puts other tables in place of X and Y."""

from collections.abc import Iterator

import numpy as np

from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.model.array import Array
from tui_nn.network.model.scalings import NAMED_SCALINGS, NO_SCALING


def x_is_scaled(program: StudentProgram) -> bool:
    """Whether the lesson scales x."""
    return bool((program.dataset.x_divisors != 1).any() or program.dataset.x_shifts.any())


def y_is_scaled(program: StudentProgram) -> bool:
    """Whether the lesson scales y."""
    return bool((program.dataset.y_divisors != 1).any() or program.dataset.y_shifts.any())


def is_new(table: Array, right: Array) -> bool:
    """Whether a table can be computed with, and is another one."""
    return bool(np.isfinite(table).all()) and not np.array_equal(table, right)


def with_either(program: StudentProgram, X: Array | None, Y: Array | None) -> Iterator[StudentProgram]:
    """The program with X, with Y, and with both in place of its own; None stands for none."""
    if X is not None:
        yield program.with_data(X=X)
    if Y is not None:
        yield program.with_data(Y=Y)
    if X is not None and Y is not None:
        yield program.with_data(X, Y)


def with_x(program: StudentProgram, x: Array) -> Iterator[StudentProgram]:
    """The program with other x: scaled by their own numbers, such as their maxima, or by those of the right x."""
    data = program.dataset
    scaled = [(x - data.x_shifts) / data.x_divisors]
    if isinstance(data.x_scaling, str) and data.x_scaling != NO_SCALING:
        scaling = NAMED_SCALINGS[data.x_scaling]
        with np.errstate(all="ignore"):
            scaled.insert(0, (x - scaling.shifts(x)) / scaling.divisors(x))
    for X in scaled:
        if is_new(X, program.X):
            yield program.with_data(X=np.asarray(X)).with_typed(x=x)


def filled_otherwise(table: Array) -> Iterator[Array]:
    """The numbers of a matrix filled in the other order: by columns for by rows, and by rows for by columns."""
    yield table.ravel().reshape(table.shape, order="F")
    yield table.ravel(order="F").reshape(table.shape)
