"""The biases are added or their slopes are summed along the wrong axis, with the wrong sign, or not at all."""

from collections.abc import Callable, Iterator

import numpy as np

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake, biases, groups
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import (
    Added,
    ColumnSums,
    ConstantTimes,
    Difference,
    Expression,
    Negated,
    PlusRow,
    Symbol,
)
from tui_nn.network.formulas.numpy_call import call_of
from tui_nn.network.formulas.steps import StepKind
from tui_nn.network.model.array import Array


def _plus_recycled(Z: Array, b: Array) -> Array:
    """What R computes for Z + b where b is a vector: it repeats b down the columns of Z."""
    cells = max(Z.size, b.size)
    if Z.size < b.size:
        raise ValueError("R refuses a vector that is longer than the matrix")
    return Z + np.resize(b.ravel(order="F"), cells).reshape(Z.shape, order="F")


def _with_sums(
    program: StudentProgram, names: tuple[str, ...], add: Callable[[Expression, Symbol], Expression]
) -> StudentProgram:
    """The program with ``add(Z, b)`` in place of Z + b, for the biases ``names``."""

    def rewrite(expression: Expression) -> Expression:
        match expression:
            case PlusRow(left, row) if row.name in names:
                return add(left, row)
        return expression

    return program.rewritten(program.named(StepKind.Z), rewrite)


def _with_slopes(
    program: StudentProgram, names: tuple[str, ...], rewrite: Callable[[Expression], Expression]
) -> StudentProgram:
    def of_sum(expression: Expression) -> Expression:
        match expression:
            case Added(left, right):
                return Added(of_sum(left), right)
            case ColumnSums():
                return rewrite(expression)
        return expression

    return program.rewritten([f"dJd{name}" for name in names], of_sum)


def _recycled(program: StudentProgram) -> Iterator[StudentProgram]:
    for names in groups(biases(program)):
        if any(program.parameters[name].size > 1 for name in names):
            yield _with_sums(program, names, lambda left, row: call_of(_plus_recycled, left, row))


def _row_sums_as_column(delta: Array) -> Array:
    return delta.sum(axis=1, keepdims=True)


def _updated_by_recycling(b: Array, step: Array) -> Array:
    """What R computes for b − step where the two vectors have other lengths: it repeats the shorter one."""
    size = max(b.size, step.size)
    return (np.resize(b, size) - np.resize(step, size))[np.newaxis]


def _wrong_axis(program: StudentProgram) -> Iterator[StudentProgram]:
    for names in groups(biases(program)):
        # As numpy does: a column of sums, and a row of biases less a column is a matrix.
        yield _with_slopes(program, names, lambda one: call_of(_row_sums_as_column, one.of))  # type: ignore[union-attr]
        # As R does: vectors, of which the shorter one is repeated. A bias that grew longer is added down the columns.
        summed = _with_slopes(program, names, lambda one: call_of(_row_sums, one.of))  # type: ignore[union-attr]
        updated = summed.rewritten([f"{name}_next" for name in names], _recycled_difference)
        yield updated
        yield _with_sums(updated, names, lambda left, row: call_of(_plus_recycled, left, row))
        yield _with_sums(updated, names, lambda left, row: call_of(_plus_grown, left, row))


def _row_sums(delta: Array) -> Array:
    return delta.sum(axis=1)[np.newaxis]


def _plus_grown(Z: Array, b: Array) -> Array:
    """Z + b, a bias for each column as long as there are as many, and repeated down the columns when there are not."""
    return Z + b if b.size == Z.shape[1] else _plus_recycled(Z, b)


def _recycled_difference(expression: Expression) -> Expression:
    match expression:
        case Difference(left, right):
            return call_of(_updated_by_recycling, left, right)
    return expression


def _averaged(program: StudentProgram) -> Iterator[StudentProgram]:
    for names in groups(biases(program)):
        if program.rows > 1:
            yield _with_slopes(program, names, lambda one: ConstantTimes(1 / program.rows, one))


def _over_everything(program: StudentProgram) -> Iterator[StudentProgram]:
    for names in groups(biases(program)):
        if any(program.parameters[name].size > 1 for name in names):
            yield _with_slopes(program, names, lambda one: call_of(_total_of_columns, one))


def _total_of_columns(sums: Array) -> Array:
    return np.full_like(sums, sums.sum())


def _subtracted(program: StudentProgram) -> Iterator[StudentProgram]:
    for names in groups(biases(program)):
        # The slope as if b were added, or the right one of −b.
        minus = _with_sums(program, names, lambda left, row: call_of(np_subtract, left, row))
        yield minus
        yield _with_slopes(minus, names, Negated)


def np_subtract(Z: Array, b: Array) -> Array:
    """Z − b, in each row."""
    return Z - b


def _not_added(program: StudentProgram) -> Iterator[StudentProgram]:
    for names in groups(biases(program)):
        yield _with_sums(program, names, lambda left, row: left)  # noqa: ARG005


def _per_row(program: StudentProgram) -> Iterator[StudentProgram]:
    """A bias for each row of the data, each with the slope of its own δ."""
    for names in groups(biases(program)):
        own = _with_slopes(program, names, lambda one: one.of)  # type: ignore[union-attr]
        repeated = {name: np.repeat(program.parameters[name], program.rows, axis=0) for name in names}
        yield _with_sums(own, names, lambda left, row: Added(left, row)).with_parameters(repeated)
        # A column: the units of a layer share the bias of a row, whose slope sums over the units.
        shared = _with_slopes(program, names, lambda one: call_of(_row_sums_as_column, one.of))  # type: ignore[union-attr]
        columns = {name: np.resize(program.parameters[name], program.rows)[:, np.newaxis] for name in names}
        yield _with_sums(shared, names, lambda left, row: Added(left, row)).with_parameters(columns)


RECYCLED = ProgramMistake("bias recycled down the columns", _recycled, found=8)
WRONG_AXIS = ProgramMistake("bias summed over the wrong axis", _wrong_axis, found=6)
AVERAGED = ProgramMistake("bias gradient averaged", _averaged, found=1)
OVER_EVERYTHING = ProgramMistake("bias gradient summed over everything", _over_everything, found=1)
SUBTRACTED = ProgramMistake("bias with the wrong sign", _subtracted, found=2)
NOT_ADDED = ProgramMistake("bias not in the forward pass", _not_added, found=1)
PER_ROW = ProgramMistake("a bias per row of data", _per_row, found=2)
