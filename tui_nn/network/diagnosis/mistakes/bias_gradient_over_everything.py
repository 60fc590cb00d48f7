"""∂J/∂b adds up all cells of δ: ``sum(delta_2)``, ``np.sum(delta2)``, one number for all biases of a layer."""

from collections.abc import Iterator

import numpy as np

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.rewrites import wide_biases, with_bias_slopes
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import Difference, Expression
from tui_nn.network.formulas.numpy_call import a_number, call_of
from tui_nn.network.model.array import Array


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    for names in wide_biases(program):
        number = with_bias_slopes(program, names, lambda sums: call_of(np.sum, sums.of, result=a_number))
        yield number.rewritten([f"{name}_next" for name in names], _less_a_number)
        # The number stands in every cell.
        yield with_bias_slopes(program, names, lambda sums: call_of(_in_every_cell, sums))
        # The mean of all cells.
        average = with_bias_slopes(program, names, lambda sums: call_of(np.mean, sums.of, result=a_number))
        yield average.rewritten([f"{name}_next" for name in names], _less_a_number)


def _in_every_cell(sums: Array) -> Array:
    return np.full_like(sums, sums.sum())


def _less_a_number(expression: Expression) -> Expression:
    match expression:
        case Difference(left, right):
            return call_of(np.subtract, left, right)
    return expression


BIAS_GRADIENT_OVER_EVERYTHING = ProgramMistake("bias gradient summed over everything", _programs, frequency=1)
