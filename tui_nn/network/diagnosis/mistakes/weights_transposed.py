"""W is units by inputs: the numbers drawn fill the transposed matrix, or a square W is used as its transpose."""

from collections.abc import Iterator

import numpy as np

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake, Rank
from tui_nn.network.diagnosis.mistakes.rewrites import groups, weights
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import Product, Symbol, Transposed, replaced
from tui_nn.network.formulas.steps import StepKind
from tui_nn.network.model.array import Array
from tui_nn.network.model.generators import ROWS


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    for names in groups(program, weights(program)):
        transposed = {name: filled_and_transposed(program.parameters[name], program.drawing.fill) for name in names}
        if any(not np.array_equal(matrix, program.parameters[name]) for name, matrix in transposed.items()):
            yield program.with_parameters(transposed)
    for name in weights(program):
        rows, columns = program.parameters[name].shape
        if rows == columns > 1:
            yield from _used_transposed(program, int(name[1:]))


def filled_and_transposed(matrix: Array, fill: str) -> Array:
    """``t(matrix(runif(6), 3, 2))``: the numbers fill units by inputs, as they are drawn; then t() transposes."""
    rows, columns = matrix.shape
    if rows == columns:
        return matrix.T.copy()
    if fill == ROWS:
        return matrix.ravel().reshape((columns, rows)).T.copy()
    return matrix.ravel(order="F").reshape((columns, rows), order="F").T.copy()


def _used_transposed(program: StudentProgram, layer: int) -> Iterator[StudentProgram]:
    """A square W is transposed forwards, backwards, or both; ∂J/∂W is transposed with it, or not."""
    W, delta = Symbol(f"W{layer}"), Symbol(f"delta{layer + 1}")
    z, below, slope = f"Z{layer + 1}", f"delta{layer}", f"dJdW{layer}"
    forwards = {z: replaced(program.formula(z), {W: Transposed(W)})}
    backwards = {}
    if below in program.named(StepKind.DELTA):
        backwards[below] = replaced(program.formula(below), {Transposed(W): W})
    before = Symbol("X" if layer == 1 else f"A{layer}")
    right, transposed = Product(Transposed(before), delta), Product(Transposed(delta), before)
    slopes = {slope: replaced(program.formula(slope), {right: transposed})}
    yield program.with_formulas(forwards | backwards | slopes)
    yield program.with_formulas(forwards | backwards)
    if backwards:
        yield program.with_formulas(backwards)
        yield program.with_formulas(forwards)
    yield program.with_formulas(slopes)


WEIGHTS_TRANSPOSED = ProgramMistake("weights transposed", _programs, frequency=1, rank=Rank.DATA)
