"""∂J/∂b sums each row of δ, in place of each column."""

from collections.abc import Iterator

import numpy as np

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.recycling import less_recycled
from tui_nn.network.diagnosis.mistakes.rewrites import biases, groups, with_bias_slopes, with_bias_sums
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import Difference, Expression
from tui_nn.network.formulas.numpy_call import call_of, column_of_rows, row_of_rows
from tui_nn.network.model.array import Array


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    for names in groups(program, biases(program)):
        row = with_bias_slopes(program, names, lambda sums: call_of(row_sums, sums.of, result=row_of_rows))
        # R: dJdb_1 <- rowSums(delta_2). b_1 - scalar * dJdb_1 repeats the shorter vector; a longer b fills rows.
        updated = row.rewritten([f"{name}_next" for name in names], _recycled_difference)
        yield with_bias_sums(updated, names, lambda left, b: call_of(_plus_by_rows, left, b))
        # numpy: dJdb1 = delta2.sum(axis=1, keepdims=True), a column: b1 becomes a matrix.
        yield with_bias_slopes(program, names, lambda sums: call_of(row_sums_as_column, sums.of, result=column_of_rows))
        # numpy: dJdb1 = delta2.sum(axis=1), a list, which b1 takes as a row.
        yield row


def row_sums(delta: Array) -> Array:
    """``rowSums(delta)``, as a row."""
    return np.asarray(delta.sum(axis=1)[np.newaxis])


def row_sums_as_column(delta: Array) -> Array:
    """``delta.sum(axis=1, keepdims=True)``."""
    return np.asarray(delta.sum(axis=1, keepdims=True))


def _plus_by_rows(Z: Array, b: Array) -> Array:
    """``sweep(Z, 2, b, "+")``: b is repeated along the rows of Z."""
    if b.size > Z.size:
        raise ValueError(f"{b.size} biases are longer than {Z.size} cells")
    return Z + np.resize(b, Z.shape)


def _recycled_difference(expression: Expression) -> Expression:
    match expression:
        case Difference(left, right):
            return call_of(less_recycled, left, right)
    return expression


BIAS_SUMMED_OVER_WRONG_AXIS = ProgramMistake("bias summed over the wrong axis", _programs, frequency=6)
