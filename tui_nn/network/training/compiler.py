"""Compiles the equations of an iteration into instructions, which give numpy calls for any arrays of the same shapes.

Compiling takes longer than an iteration of the lecture's network. So instructions know only shapes, and are kept:
`Instructions.bind` gives the calls on the arrays of a pass, of a run, or of a block of rows.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from typing import TypeAlias

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.formulas.expression import (
    Activated,
    Added,
    CategoricalCrossEntropy,
    ColumnSums,
    ConstantTimes,
    CrossEntropy,
    Derivative,
    Difference,
    DividedByRows,
    Expression,
    Hadamard,
    Negated,
    NumberTimes,
    NumpyCall,
    OverNumber,
    PlusNumber,
    PlusRow,
    Product,
    Quotient,
    Shape,
    Signs,
    SlopeOverErrors,
    Squared,
    SquareRoot,
    SumOfSizes,
    SumOfSquares,
    SumOverErrors,
    Symbol,
    Transposed,
    symbols,
)
from tui_nn.network.formulas.numpy_call import InPlaceFunction
from tui_nn.network.model.activations import ACTIVATIONS, Operation
from tui_nn.network.model.activations.cell_function import CellFunction
from tui_nn.network.model.array import Array
from tui_nn.network.training.layouts import Layout

# XᵀΔ of so few columns of X takes a third of the time column by column.
_FEW = 4


class Buffers:
    """Arrays for intermediate results, which all blocks of a program share."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._arrays: dict[tuple[object, int], Array] = {}

    def array(self, content: object, shape: Shape) -> Array:
        """The array that holds ``content`` for a while."""
        rows, columns = shape
        found = self._arrays.get((content, columns))
        if found is None or len(found) < rows:
            found = self._arrays[content, columns] = self.layout.new_array(shape)
        # The last block may have fewer rows.
        return found[:rows]


_Place: TypeAlias = Callable[[list[Array], Mapping[str, Array], Buffers], Array]
"""Finds an array, given the arrays of the places before it, the matrices by their names, and the buffers."""
_Emit: TypeAlias = Callable[..., tuple[Operation, ...]]
"""Gives operations on arrays, which are its arguments after the layout; the last array receives the result."""


@frozen_dataclass(eq=False)
class Instructions:
    """Compiled formulas. Each instruction makes operations of the arrays in certain ``places``, given by number."""

    places: tuple[_Place, ...]
    instructions: tuple[tuple[_Emit, tuple[int, ...]], ...]

    def bind(self, matrices: Mapping[str, Array], buffers: Buffers) -> Iterator[Operation]:
        """The operations on ``matrices``: those that the formulas begin with, and the results that are wanted."""
        arrays: list[Array] = []
        for place in self.places:
            arrays.append(place(arrays, matrices, buffers))
        for emit, numbers in self.instructions:
            yield from emit(buffers.layout, *[arrays[number] for number in numbers])


class Compiler:
    """Compiles one formula after the other, for matrices with these ``shapes``.

    ``wanted`` names the matrices whose arrays are given when the instructions are bound; any other is a buffer.
    ``rows`` is the number of rows of the data, of which the shapes may be those of a block.
    """

    def __init__(self, shapes: Mapping[str, Shape], wanted: Collection[str], rows: int) -> None:
        self._shapes, self._wanted, self._rows = {**shapes}, wanted, rows
        self._places: list[_Place] = []
        self._instructions: list[tuple[_Emit, tuple[int, ...]]] = []
        self._numbers: dict[object, int] = {}
        self._later: dict[str, Shape] = {}

    @property
    def instructions(self) -> Instructions:
        """All that was compiled so far."""
        return Instructions(tuple(self._places), tuple(self._instructions))

    def announce(self, formulas: Iterable[tuple[str, Expression]], by_row: Collection[str]) -> None:
        """Says which formulas will be compiled: until then, buffers of their matrices ``by_row`` have other uses."""
        shapes = {**self._shapes}
        for name, expression in formulas:
            shapes[name] = expression.shape(shapes)
            if name in by_row and name not in self._wanted:
                self._later[name] = shapes[name]

    def compute(self, name: str, expression: Expression) -> None:
        """Computes a matrix, which formulas that follow find by its name."""
        self._later.pop(name, None)
        shape = expression.shape(self._shapes)
        into = self._matrix(name) if name in self._wanted else self._buffer(name, shape)
        if expression in self._numbers:
            self._add(_copy, self._numbers[expression], into)
        else:
            self._write(expression, into)
        self._numbers[Symbol(name)], self._shapes[name] = into, shape

    def add_up(self, name: str, expression: Expression) -> None:
        """Adds the part that a block of rows has in a sum over the rows to the wanted matrix ``name``."""
        shape = expression.shape(self._shapes)
        whole, part = self._matrix(name), self._buffer("part of a sum", shape)
        if isinstance(expression, Product) and shape[0] <= _FEW:
            left, right = self._value(expression.left), self._value(expression.right)
            for row in range(shape[0]):
                self._add(_product, self._row(left, row), right, self._row(part, row))
        else:
            self._write(expression, part)
        self._add(_add, whole, part, whole)

    def _place(self, content: object, place: _Place) -> int:
        """The number of the place that has ``content``."""
        if content not in self._numbers:
            self._numbers[content] = len(self._places)
            self._places.append(place)
        return self._numbers[content]

    def _matrix(self, name: str) -> int:
        return self._place(Symbol(name), lambda arrays, matrices, buffers: matrices[name])  # noqa: ARG005

    def _buffer(self, content: object, shape: Shape) -> int:
        return self._place(
            ("buffer", content, shape),
            lambda arrays, matrices, buffers: buffers.array(content, shape),  # noqa: ARG005
        )

    def _transposed(self, of: int) -> int:
        return self._place(("transposed", of), lambda arrays, matrices, buffers: arrays[of].swapaxes(0, 1))  # noqa: ARG005

    def _row(self, of: int, row: int) -> int:
        return self._place(("row", of, row), lambda arrays, matrices, buffers: arrays[of][row : row + 1])  # noqa: ARG005

    def _constant(self, constant: float) -> int:
        array = np.array(constant)
        return self._place(("constant", constant), lambda arrays, matrices, buffers: array)  # noqa: ARG005

    def _value(self, expression: Expression, into: int | None = None) -> int:
        """The place that has the value of ``expression``: ``into``, unless there is one already."""
        match expression:
            case Symbol(name):
                return self._matrix(name)
            case Transposed(of):
                return self._transposed(self._value(of))
        if expression in self._numbers:
            return self._numbers[expression]
        if into is None:
            into = self._numbers[expression] = self._buffer(expression, expression.shape(self._shapes))
        self._write(expression, into)
        return into

    def _write(self, expression: Expression, into: int) -> None:
        """Adds the instructions that fill ``into`` with the value of ``expression``."""
        match expression:
            case Symbol(name):
                self._add(_copy, self._matrix(name), into)
            case Activated(name, of):
                slope = Derivative(name, of)
                # f and f′ share the work; where f is wanted, f′ is as well, or costs little.
                self._numbers[slope] = self._buffer(slope, of.shape(self._shapes))
                self._apply(ACTIVATIONS[name], of, into, self._numbers[slope])
            case Derivative(name, of):
                self._apply(ACTIVATIONS[name], of, self._buffer("f(z)", of.shape(self._shapes)), into)
            case Product(left, right):
                self._add(_product, self._value(left), self._value(right), into)
            case Hadamard(left, right):
                self._add(_multiply, *self._both(left, right, into), into)
            case Negated(Difference(left, right)):
                self._add(_subtract, *self._both(right, left, into), into)
            case Difference(left, right):
                self._add(_subtract, *self._both(left, right, into), into)
            case Added(left, right):
                self._add(_add, *self._both(left, right, into), into)
            case Negated(of):
                self._add(_negate, self._value(of, into), into)
            case PlusRow(left, row):
                self._add(_add, *self._both(left, row, into), into)
            case ColumnSums(of):
                self._add(_sum_columns, self._value(of), into)
            case Signs(of):
                self._add(_sign, self._value(of), into)
            case SumOfSizes(of):
                sizes = self._buffer(expression, of.shape(self._shapes))
                self._add(_size, self._value(of), sizes)
                self._add(_sum_cells, sizes, into)
            case SumOverErrors(function, of, predicted):
                slopes = SlopeOverErrors(function, of, predicted)
                costs = self._buffer(expression, of.shape(self._shapes))
                # h and h′ share the work; δ needs h′.
                self._numbers[slopes] = self._buffer(slopes, of.shape(self._shapes))
                self._apply(function, Difference(of, predicted), costs, self._numbers[slopes])
                self._add(_sum_cells, costs, into)
            case SlopeOverErrors(function, of, predicted):
                costs = self._buffer("f(z)", of.shape(self._shapes))
                self._apply(function, Difference(of, predicted), costs, into)
            case CrossEntropy(of, _, sums):
                shape = of.shape(self._shapes)
                terms, scratch = (self._buffer((expression, part), shape) for part in ("terms", "scratch"))
                self._add(_cross_entropies, self._value(of), self._value(sums), scratch, terms)
                self._add(_sum_cells, terms, into)
            case CategoricalCrossEntropy(of, _, sums):
                shape = of.shape(self._shapes)
                terms, below, ones = (self._buffer((expression, part), shape) for part in ("terms", "below", "ones"))
                column = self._buffer((expression, "column"), (shape[0], 1))
                self._add(_categorical_cross_entropies, self._value(of), self._value(sums), below, ones, column, terms)
                self._add(_sum_cells, terms, into)
            case SumOfSquares(Symbol() as of):
                self._add(_sum_squares, self._value(of), into)
            case SumOfSquares(of):
                # −a has the squares of a, and is what δ needs: −(Y − Ŷ) is computed once.
                self._add(_sum_squares, self._value(Negated(of)), into)
            case ConstantTimes(constant, of):
                self._add(_multiply, self._value(of, into), self._constant(constant), into)
            case NumberTimes(factor, of):
                self._add(_multiply, self._value(of, into), self._matrix(factor), into)
            case OverNumber(of, divisor):
                self._add(_divide, self._value(of, into), self._matrix(divisor), into)
            case PlusNumber(of, number):
                self._add(_add, self._value(of, into), self._matrix(number), into)
            case Squared(of):
                self._add(_square, self._value(of), into)
            case SquareRoot(of):
                self._add(_root, self._value(of), into)
            case Quotient(left, right):
                self._add(_divide, *self._both(left, right, into), into)
            case DividedByRows(of):
                self._add(_divide, self._value(of, into), self._constant(float(self._rows)), into)
            case NumpyCall(function):
                self._add(_called(function), *map(self._value, expression.operands), into)
            case _:
                raise TypeError(f"no equation of an iteration has {expression} in it")

    def _both(self, left: Expression, right: Expression, into: int) -> tuple[int, int]:
        """The values of two operands, where the left one may overwrite ``into`` unless the right one is made of it."""
        is_free = all(self._matrix(name) != into for name in symbols(right))
        return self._value(left, into if is_free else None), self._value(right)

    def _apply(self, function: CellFunction, of: Expression, value: int, slope: int) -> None:
        """Adds the instructions that fill ``value`` with the function of ``of``, and ``slope`` with its slope there."""
        shape = of.shape(self._shapes)
        # The buffer of a matrix that is computed later is free until then.
        scratch = self._buffer(next((one for one, later in self._later.items() if later == shape), "scratch"), shape)
        self._add(lambda layout, *arrays: function.compile(*arrays), self._value(of), value, slope, scratch)  # noqa: ARG005

    def _add(self, emit: _Emit, *places: int) -> None:
        self._instructions.append((emit, places))


_ZERO, _ONE = np.array(0.0), np.array(1.0)


def _elementwise(call: Callable[..., object]) -> _Emit:
    return lambda layout, *arrays: ((call, arrays),)  # noqa: ARG005


_add, _subtract, _multiply = _elementwise(np.add), _elementwise(np.subtract), _elementwise(np.multiply)
_divide, _negate, _copy = _elementwise(np.divide), _elementwise(np.negative), _elementwise(np.positive)
_sign, _size = _elementwise(np.sign), _elementwise(np.abs)
_square, _root = _elementwise(np.square), _elementwise(np.sqrt)


def _called(function: Callable[..., Array] | InPlaceFunction) -> _Emit:
    if isinstance(function, InPlaceFunction):
        return lambda layout, *arrays: function.operations(*arrays)  # noqa: ARG005

    def fill(*arrays: Array) -> None:
        arrays[-1][:] = function(*arrays[:-1])

    return _elementwise(fill)


def _product(layout: Layout, left: Array, right: Array, into: Array) -> tuple[Operation, ...]:
    return (layout.product(left, right, into),)


def _sum_squares(layout: Layout, of: Array, into: Array) -> tuple[Operation, ...]:
    return (layout.sum_of_squares(of, into),)


def _cross_entropies(layout: Layout, y: Array, z: Array, scratch: Array, into: Array) -> tuple[Operation, ...]:  # noqa: ARG001
    # As `cross_entropies` computes them: −(y min(z, 0)) is y max(−z, 0).
    return (
        (np.abs, (z, into)),
        (np.negative, (into, into)),
        (np.exp, (into, into)),
        (np.log1p, (into, into)),
        (partial(np.minimum, out=scratch), (z, _ZERO)),
        (np.multiply, (scratch, y, scratch)),
        (np.subtract, (into, scratch, into)),
        (np.subtract, (_ONE, y, scratch)),
        (np.multiply, (scratch, z, scratch)),
        (partial(np.maximum, out=scratch), (scratch, _ZERO)),
        (np.add, (into, scratch, into)),
    )


def _categorical_cross_entropies(
    layout: Layout,  # noqa: ARG001 - as all
    y: Array,
    z: Array,
    below: Array,
    ones: Array,
    column: Array,
    into: Array,
) -> tuple[Operation, ...]:
    # As `categorical_cross_entropies` computes them. Units are on axis 1, also in an array with many runs.
    others = ones[:, :1]
    return (
        (np.maximum.reduce, (z, 1, None, column, True)),
        (np.subtract, (z, column, below)),
        (np.exp, (below, into)),
        (np.floor, (into, ones)),
        (np.subtract, (into, ones, into)),
        (np.add.reduce, (ones, 1, None, column, True)),
        (np.subtract, (column, _ONE, column)),
        (np.add.reduce, (into, 1, None, others, True)),
        (np.add, (others, column, column)),
        (np.log1p, (column, column)),
        (np.subtract, (column, below, into)),
        (np.multiply, (into, y, into)),
    )


def _sum_cells(layout: Layout, of: Array, into: Array) -> tuple[Operation, ...]:  # noqa: ARG001 - as all
    return ((np.add.reduce, (of, (0, 1), None, into, True)),)


def _sum_columns(layout: Layout, of: Array, into: Array) -> tuple[Operation, ...]:  # noqa: ARG001 - as all
    return ((np.add.reduce, (of, 0, None, into[0])),)
