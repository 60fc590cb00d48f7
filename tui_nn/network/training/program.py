"""Compiles an iteration's equations into numpy calls on arrays that are made once.

On networks as small as the lecture's, making temporary arrays and looking up methods costs more than the arithmetic. On
more than `BLOCK` rows, fetching them from memory does: there the program computes a block of rows at a time, adds up
what is a sum over the rows, and goes on with the sums at the end. A pass and a run compile to the same calls on arrays
of the same shapes, so that they agree to the last bit.
"""

from collections.abc import Iterable, Mapping

import numpy as np

from tui_nn.network.formulas.equations import Equation
from tui_nn.network.formulas.expression import (
    Activated,
    ColumnSums,
    ConstantTimes,
    Derivative,
    Difference,
    DividedByRows,
    Expression,
    Hadamard,
    Negated,
    NumberTimes,
    PlusRow,
    Product,
    Shape,
    SumOfSquares,
    Symbol,
    Transposed,
    symbols,
)
from tui_nn.network.model.activations import ACTIVATIONS, Operation
from tui_nn.network.model.array import Array
from tui_nn.network.training.layouts import ONE_RUN, Layout
from tui_nn.network.training.row_blocks import Split, is_sum_over_rows, split_by_rows

BLOCK = 1024
"""The rows that are computed at a time: with 64 units, each of their matrices takes 512 kB of the processor's cache."""

# XᵀΔ of so few columns of X takes a third of the time column by column.
_FEW = 4


class Program:
    """Equations as numpy calls, in ``operations``.

    ``formulas`` stand in the order in which they are computed. ``known`` holds the arrays of the matrices that they
    begin with, X among them, and ``results`` the arrays that receive the matrices which are wanted; an array may be in
    both. Any other matrix lives no longer than its block of rows. ``by_row`` names the matrices that have a row for
    each row of the data.
    """

    def __init__(
        self,
        formulas: Iterable[Equation],
        known: Mapping[str, Array],
        by_row: frozenset[str],
        results: Mapping[str, Array],
        layout: Layout = ONE_RUN,
    ) -> None:
        rows = len(known["X"])
        if rows <= BLOCK:
            split = Split(tuple((equation.name, equation.expression) for equation in formulas), ())
        else:
            split = split_by_rows(formulas, by_row & known.keys(), known.keys() - by_row)
        compiler = _Compiler(known, by_row, results, layout)
        for begin in range(0, rows, BLOCK):
            compiler.take_rows(slice(begin, min(begin + BLOCK, rows)), split.by_block)
            for name, expression in split.by_block:
                if rows > BLOCK and is_sum_over_rows(expression, by_row):
                    compiler.add_up(name, expression)
                else:
                    compiler.compute(name, expression)
        compiler.take_all_rows()
        for name, expression in split.afterwards:
            compiler.compute(name, expression)
        self.operations = tuple(compiler.operations)

    def run(self) -> None:
        """Fills the results. What overflows becomes inf or nan, without a warning."""
        with np.errstate(all="ignore"):
            for call, arguments in self.operations:
                call(*arguments)


class _Compiler:
    """Writes one formula after the other as operations."""

    def __init__(
        self,
        known: Mapping[str, Array],
        by_row: frozenset[str],
        results: Mapping[str, Array],
        layout: Layout,
    ) -> None:
        self.operations: list[Operation] = []
        self._known, self._by_row, self._results, self._layout = known, by_row, results, layout
        self._all_rows = len(known["X"])
        self._buffers: dict[tuple[object, int], Array] = {}
        self._sums: dict[str, Array] = {}
        self._taken: slice | None = None
        self._arrays: dict[str, Array] = {}
        self._shapes: dict[str, Shape] = {}
        self._values: dict[Expression, Array] = {}
        self._later: dict[str, Shape] = {}

    def take_rows(self, rows: slice, formulas: Iterable[tuple[str, Expression]]) -> None:
        """From here on the matrices that have a row for each row of the data are those ``rows`` of theirs.

        The ``formulas`` are those that will be computed with them.
        """
        self._taken = rows
        self._set_arrays({name: array[rows] if name in self._by_row else array for name, array in self._known.items()})
        shapes = {**self._shapes}
        for name, expression in formulas:
            shapes[name] = expression.shape(shapes)
            if name in self._by_row and name not in self._results:
                self._later[name] = shapes[name]

    def take_all_rows(self) -> None:
        """From here on all matrices are whole again, and the sums over the rows are complete."""
        self._taken = None
        self._set_arrays({**self._known, **self._results, **self._sums})

    def _set_arrays(self, arrays: Mapping[str, Array]) -> None:
        self._arrays = {**arrays}
        self._shapes = {name: (len(array), array.shape[1]) for name, array in arrays.items() if array.ndim > 1}
        self._values = {}

    def compute(self, name: str, expression: Expression) -> None:
        """Computes a matrix, which formulas that follow find by its name."""
        self._later.pop(name, None)
        into = self._array_for(name, expression.shape(self._shapes))
        self._write(expression, into)
        self._arrays[name], self._shapes[name] = into, (len(into), into.shape[1])

    def add_up(self, name: str, expression: Expression) -> None:
        """Computes the part that these rows have in a sum over the rows, and adds it to that of the rows before."""
        shape = expression.shape(self._shapes)
        is_first = name not in self._sums
        whole = self._sums.setdefault(name, self._array_for(name, shape))
        part = whole if is_first else self._buffer("part of a sum", shape)
        if isinstance(expression, Product) and shape[0] <= _FEW:
            left, right = self._value(expression.left), self._value(expression.right)
            self.operations += [self._layout.product(left[i : i + 1], right, part[i : i + 1]) for i in range(shape[0])]
        else:
            self._write(expression, part)
        if not is_first:
            self._add(np.add, whole, part, whole)

    def _array_for(self, name: str, shape: Shape) -> Array:
        if name not in self._results:
            return self._buffer(name, shape)
        whole = self._results[name]
        return whole[self._taken] if self._taken and name in self._by_row else whole

    def _buffer(self, content: object, shape: Shape) -> Array:
        """The array that holds ``content`` for a while."""
        rows, columns = shape
        found = self._buffers.get((content, columns))
        if found is None or len(found) < rows:
            found = self._buffers[content, columns] = self._layout.empty(shape)
        # The last block may have fewer rows.
        return found[:rows]

    def _scratch(self, shape: Shape) -> Array:
        """An array for intermediate results: of a matrix that is computed later, where there is one of that shape."""
        return self._buffer(next((name for name, later in self._later.items() if later == shape), "scratch"), shape)

    def _value(self, expression: Expression, into: Array | None = None) -> Array:
        """The array that has the value of ``expression``: ``into``, unless there is one already."""
        match expression:
            case Symbol(name):
                return self._arrays[name]
            case Transposed(of):
                return self._value(of).swapaxes(0, 1)
        if expression in self._values:
            return self._values[expression]
        if into is None:
            into = self._values[expression] = self._buffer(expression, expression.shape(self._shapes))
        self._write(expression, into)
        return into

    def _write(self, expression: Expression, into: Array) -> None:
        """Adds the operations that fill ``into`` with the value of ``expression``."""
        match expression:
            case Symbol(name):
                self._add(np.positive, self._arrays[name], into)
            case Activated(name, of):
                slope = Derivative(name, of)
                # f and f′ share the work; where f is wanted, f′ is as well, or costs little.
                self._values[slope] = self._buffer(slope, of.shape(self._shapes))
                self._activate(name, of, into, self._values[slope])
            case Derivative(name, of):
                self._activate(name, of, self._buffer("f(z)", of.shape(self._shapes)), into)
            case Product(left, right):
                self.operations.append(self._layout.product(self._value(left), self._value(right), into))
            case Hadamard(left, right):
                self._add(np.multiply, *self._both(left, right, into), into)
            case Negated(Difference(left, right)):
                self._add(np.subtract, *self._both(right, left, into), into)
            case Difference(left, right):
                self._add(np.subtract, *self._both(left, right, into), into)
            case Negated(of):
                self._add(np.negative, self._value(of, into), into)
            case PlusRow(left, row):
                self._add(np.add, *self._both(left, row, into), into)
            case ColumnSums(of):
                self._add(np.add.reduce, self._value(of), 0, None, into[0])
            case SumOfSquares(of):
                # −a has the squares of a, and is what δ needs: −(Y − Ŷ) is computed once.
                self.operations.append(self._layout.sum_of_squares(self._value(Negated(of)), into))
            case ConstantTimes(constant, of):
                self._add(np.multiply, self._value(of, into), np.array(constant), into)
            case NumberTimes(factor, of):
                self._add(np.multiply, self._value(of), self._arrays[factor], into)
            case DividedByRows(of):
                self._add(np.divide, self._value(of, into), np.array(float(self._all_rows)), into)
            case _:
                raise TypeError(f"no equation of an iteration has {expression} in it")

    def _both(self, left: Expression, right: Expression, into: Array) -> tuple[Array, Array]:
        """The values of two operands, where the left one may overwrite ``into`` unless the right one is made of it."""
        is_free = all(self._arrays[name] is not into for name in symbols(right))
        return self._value(left, into if is_free else None), self._value(right)

    def _activate(self, name: str, of: Expression, value: Array, slope: Array) -> None:
        z = self._value(of)
        self.operations += ACTIVATIONS[name].compile(z, value, slope, self._scratch(of.shape(self._shapes)))

    def _add(self, call: object, *arguments: object) -> None:
        self.operations.append((call, arguments))  # type: ignore[arg-type]
