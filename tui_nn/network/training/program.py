"""Equations of an iteration as numpy calls on arrays that are made once.

On networks as small as the lecture's, making temporary arrays and looking up methods costs more than the arithmetic. On
more than `BLOCK` rows, fetching them from memory does: there the program computes a block of rows at a time, adds up
what is a sum over the rows, and goes on with the sums at the end. A pass and a run compile to the same calls on arrays
of the same shapes, so that they agree to the last bit.
"""

from collections.abc import Iterable, Mapping

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.formulas.equations import Equation
from tui_nn.network.formulas.expression import Shape
from tui_nn.network.model.activations import Operation
from tui_nn.network.model.array import Array
from tui_nn.network.training.compiler import Buffers, Compiler, Instructions
from tui_nn.network.training.layouts import ONE_RUN, Layout
from tui_nn.network.training.row_blocks import is_sum_over_rows, split_by_rows

BLOCK = 1024
"""The rows that are computed at a time: with 64 units, each of their matrices takes 512 kB of the processor's cache."""


@frozen_dataclass(eq=False)
class CompiledEquations:
    """Equations, compiled for matrices of certain shapes.

    ``by_row`` names the matrices that have a row for each row of the data. ``blocks`` has the instructions for each
    block of rows in turn, and ``afterwards`` those that follow once the ``sums`` over the rows are complete.
    ``results`` and ``sums`` have the shapes of matrices by their names.
    """

    by_row: frozenset[str]
    results: Mapping[str, Shape]
    blocks: tuple[Instructions, ...]
    sums: Mapping[str, Shape]
    afterwards: Instructions


def compile_equations(
    formulas: Iterable[Equation], shapes: Mapping[str, Shape], by_row: frozenset[str], results: frozenset[str]
) -> CompiledEquations:
    """Compiles ``formulas``, in the order in which they are computed.

    ``shapes`` has the matrices that they begin with, X among them. ``results`` names those that are wanted; some may be
    in both. Any other matrix lives no longer than its block of rows.
    """
    rows, formulas = shapes["X"][0], tuple(formulas)
    whole = {**shapes}
    for equation in formulas:
        whole[equation.name] = equation.expression.shape(whole)
    wanted = {equation.name: whole[equation.name] for equation in formulas if equation.name in results}
    if rows <= BLOCK:
        compiler = Compiler(shapes, results, rows)
        every = [(equation.name, equation.expression) for equation in formulas]
        compiler.announce(every, by_row)
        for name, expression in every:
            compiler.compute(name, expression)
        return CompiledEquations(by_row, wanted, (compiler.instructions,), {}, Instructions((), ()))
    split = split_by_rows(formulas, by_row & shapes.keys(), shapes.keys() - by_row)
    for name, expression in split.by_block:
        whole[name] = expression.shape(whole)
    sums = {name: whole[name] for name, expression in split.by_block if is_sum_over_rows(expression, by_row)}
    lengths = [min(BLOCK, rows - begin) for begin in range(0, rows, BLOCK)]
    of_length = {}
    for length in {*lengths}:
        of_block = {name: (length, shape[1]) if name in by_row else shape for name, shape in shapes.items()}
        compiler = Compiler(of_block, results | sums.keys(), rows)
        compiler.announce(split.by_block, by_row)
        for name, expression in split.by_block:
            (compiler.add_up if name in sums else compiler.compute)(name, expression)
        of_length[length] = compiler.instructions
    compiler = Compiler(whole, results | sums.keys(), rows)
    for name, expression in split.afterwards:
        compiler.compute(name, expression)
    return CompiledEquations(
        by_row, wanted, tuple(of_length[length] for length in lengths), sums, compiler.instructions
    )


class Program:
    """Compiled equations as numpy calls on certain arrays, in ``operations``.

    ``known`` holds the arrays of the matrices that the equations begin with, ``results`` those that receive the wanted
    matrices.
    """

    def __init__(
        self,
        compiled: CompiledEquations,
        known: Mapping[str, Array],
        results: Mapping[str, Array],
        layout: Layout = ONE_RUN,
    ) -> None:
        buffers = Buffers(layout)
        sums = {name: buffers.array(name, shape) for name, shape in compiled.sums.items() if name not in results}
        matrices = {**known, **sums, **results}
        operations: list[Operation] = [(matrices[name].fill, (0.0,)) for name in compiled.sums]
        for number, block in enumerate(compiled.blocks):
            rows = slice(number * BLOCK, (number + 1) * BLOCK)
            of_block = {name: array[rows] if name in compiled.by_row else array for name, array in matrices.items()}
            operations += block.bind(of_block if len(compiled.blocks) > 1 else matrices, buffers)
        operations += compiled.afterwards.bind(matrices, buffers)
        self.operations = tuple(operations)

    def run(self) -> None:
        """Fills the results. What overflows becomes inf or nan, without a warning."""
        with np.errstate(all="ignore"):
            for call, arguments in self.operations:
                call(*arguments)
