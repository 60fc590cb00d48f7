"""Formulas as values: the screen writes the same value that training evaluates.

An expression knows its operands. ``value(values)`` is the matrix that it makes of theirs, ``values`` holding every
matrix by its lecture name; ``shape(shapes)`` is that matrix's shape, and raises ValueError where the operands' do not
fit. `writing` decides how it is written.

The equations of an iteration are of whole matrices. A derivation takes one row n at a time: the value of such an
expression is that for the row whose number ``values`` holds under `ROW`. `SumOverRows` puts each number there in turn.

`operands` has what formulas begin with, `cost_expressions` what only costs are made of, `over_iterations` what only the
derivations of optimizers have, `numpy_call` what only a program with a mistake computes. This module has all of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import TypeAlias

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.formulas.cost_expressions import (
    CategoricalCrossEntropy,
    CategoricalCrossEntropySlope,
    CrossEntropy,
    CrossEntropySlope,
    SlopeOverErrors,
    SumOfTerms,
    SumOverErrors,
)
from tui_nn.network.formulas.numpy_call import NumpyCall
from tui_nn.network.formulas.operands import (
    ROW,
    MatrixRow,
    Shape,
    Shapes,
    Symbol,
    Transposed,
    Values,
    same_shape,
)
from tui_nn.network.formulas.over_iterations import (
    Magnitude,
    NumberPower,
    OfIteration,
    PowerTimes,
    SumOverIterations,
)
from tui_nn.network.model.activations import ACTIVATIONS
from tui_nn.network.model.activations.cell_function import CellFunction
from tui_nn.network.model.array import Array


class _ShapedAsOperand:
    """An expression with the shape of its operand ``of``."""

    of: "Expression"

    def shape(self, shapes: Shapes) -> Shape:
        return self.of.shape(shapes)


@frozen_dataclass
class Activated(_ShapedAsOperand):
    """f(Z)."""

    activation: str
    of: Symbol | MatrixRow

    def value(self, values: Values) -> Array:
        return ACTIVATIONS[self.activation].value(self.of.value(values))


@frozen_dataclass
class Derivative(_ShapedAsOperand):
    """f′(Z)."""

    activation: str
    of: Symbol | MatrixRow

    def value(self, values: Values) -> Array:
        return ACTIVATIONS[self.activation].derivative(self.of.value(values))


@frozen_dataclass
class Product:
    """The matrix product A B."""

    left: "Expression"
    right: "Expression"

    def value(self, values: Values) -> Array:
        return self.left.value(values) @ self.right.value(values)

    def shape(self, shapes: Shapes) -> Shape:
        (rows, inner), (outer, columns) = self.left.shape(shapes), self.right.shape(shapes)
        if inner != outer:
            raise ValueError(f"a {rows}×{inner} matrix has no product with a {outer}×{columns} one")
        return rows, columns


@frozen_dataclass
class Hadamard:
    """A ⊙ B, cell by cell."""

    left: "Expression"
    right: "Expression"

    def value(self, values: Values) -> Array:
        return self.left.value(values) * self.right.value(values)

    def shape(self, shapes: Shapes) -> Shape:
        return same_shape(self.left.shape(shapes), self.right.shape(shapes))


@frozen_dataclass
class Difference:
    """A − B."""

    left: "Expression"
    right: "Expression"

    def value(self, values: Values) -> Array:
        return self.left.value(values) - self.right.value(values)

    def shape(self, shapes: Shapes) -> Shape:
        return same_shape(self.left.shape(shapes), self.right.shape(shapes))


@frozen_dataclass
class Complement(_ShapedAsOperand):
    """1 − A, cell by cell."""

    of: "Expression"

    def value(self, values: Values) -> Array:
        return np.asarray(1.0 - self.of.value(values))


@frozen_dataclass
class Diagonal:
    """diag(a): the square matrix with the row a on its diagonal, and 0 elsewhere."""

    of: MatrixRow

    def value(self, values: Values) -> Array:
        return np.diag(self.of.value(values)[0])

    def shape(self, shapes: Shapes) -> Shape:
        columns = self.of.shape(shapes)[1]
        return columns, columns


@frozen_dataclass
class Added:
    """A + B."""

    left: "Expression"
    right: "Expression"

    def value(self, values: Values) -> Array:
        return self.left.value(values) + self.right.value(values)

    def shape(self, shapes: Shapes) -> Shape:
        return same_shape(self.left.shape(shapes), self.right.shape(shapes))


@frozen_dataclass
class Negated(_ShapedAsOperand):
    """−A."""

    of: "Expression"

    def value(self, values: Values) -> Array:
        return -self.of.value(values)


@frozen_dataclass
class PlusRow:
    """A + b, the row b being added to every row of A."""

    left: "Expression"
    row: Symbol

    def value(self, values: Values) -> Array:
        return self.left.value(values) + self.row.value(values)

    def shape(self, shapes: Shapes) -> Shape:
        rows, columns = self.left.shape(shapes)
        if self.row.shape(shapes) != (1, columns):
            raise ValueError(f"a row of shape {self.row.shape(shapes)} does not fit a {rows}×{columns} matrix")
        return rows, columns


@frozen_dataclass
class ColumnSums:
    """The sum of each column, as a row."""

    of: Symbol

    def value(self, values: Values) -> Array:
        sums: Array = self.of.value(values).sum(axis=0, keepdims=True)
        return sums

    def shape(self, shapes: Shapes) -> Shape:
        return 1, self.of.shape(shapes)[1]


@frozen_dataclass
class Signs(_ShapedAsOperand):
    """sign(A): 1 for each cell above 0, −1 for each below, 0 for 0."""

    of: Symbol

    def value(self, values: Values) -> Array:
        signs: Array = np.sign(self.of.value(values))
        return signs


@frozen_dataclass
class SumOfSquares:
    """Σ a², over all cells, as a 1×1 matrix."""

    of: Difference | Symbol

    def value(self, values: Values) -> Array:
        return np.array([[np.square(self.of.value(values)).sum()]])

    def shape(self, shapes: Shapes) -> Shape:
        self.of.shape(shapes)
        return 1, 1


@frozen_dataclass
class SumOfSizes:
    """Σ |a|, over all cells, as a 1×1 matrix."""

    of: Symbol

    def value(self, values: Values) -> Array:
        return np.array([[np.abs(self.of.value(values)).sum()]])

    def shape(self, shapes: Shapes) -> Shape:
        self.of.shape(shapes)
        return 1, 1


@frozen_dataclass
class SumOverRows(_ShapedAsOperand):
    """Σₙ A: the sum, over all rows n, of an expression of row n."""

    of: "Expression"

    def value(self, values: Values) -> Array:
        rows = len(values["X"])
        return sum(
            (self.of.value({**values, ROW: np.array([[float(n)]])}) for n in range(1, rows)), self._first(values)
        )

    def _first(self, values: Values) -> Array:
        return self.of.value({**values, ROW: np.array([[0.0]])})


@frozen_dataclass
class ConstantTimes(_ShapedAsOperand):
    """A constant times A, such as ½ A or −2 A."""

    constant: float
    of: "Expression"

    def value(self, values: Values) -> Array:
        return np.asarray(self.constant * self.of.value(values))


@frozen_dataclass
class NumberTimes(_ShapedAsOperand):
    """A number times A; ``factor`` is the number's name in the session file."""

    factor: str
    of: "Expression"

    def value(self, values: Values) -> Array:
        scaled: Array = values[self.factor] * self.of.value(values)
        return scaled


@frozen_dataclass
class OverNumber(_ShapedAsOperand):
    """A divided by a number; ``divisor`` is its name among the values."""

    of: "Expression"
    divisor: str

    def value(self, values: Values) -> Array:
        return self.of.value(values) / values[self.divisor]


@frozen_dataclass
class PlusNumber(_ShapedAsOperand):
    """A + a number, which is added to each cell; ``number`` is its name among the values."""

    of: "Expression"
    number: str

    def value(self, values: Values) -> Array:
        return self.of.value(values) + values[self.number]


@frozen_dataclass
class Squared(_ShapedAsOperand):
    """A², cell by cell."""

    of: Symbol | OfIteration

    def value(self, values: Values) -> Array:
        squares: Array = np.square(self.of.value(values))
        return squares


@frozen_dataclass
class SquareRoot(_ShapedAsOperand):
    """√A, cell by cell."""

    of: Symbol | OfIteration

    def value(self, values: Values) -> Array:
        roots: Array = np.sqrt(self.of.value(values))
        return roots


@frozen_dataclass
class Quotient:
    """A / B, cell by cell."""

    left: "Expression"
    right: "Expression"

    def value(self, values: Values) -> Array:
        return self.left.value(values) / self.right.value(values)

    def shape(self, shapes: Shapes) -> Shape:
        return same_shape(self.left.shape(shapes), self.right.shape(shapes))


@frozen_dataclass
class DividedByRows(_ShapedAsOperand):
    """(1/N) A, N being the number of rows of the matrix ``counted``."""

    of: "Expression"
    counted: Symbol

    def value(self, values: Values) -> Array:
        mean: Array = self.of.value(values) / len(self.counted.value(values))
        return mean


Expression: TypeAlias = (
    Symbol
    | MatrixRow
    | Transposed
    | Activated
    | Derivative
    | Product
    | Hadamard
    | Difference
    | Complement
    | Diagonal
    | Added
    | Negated
    | PlusRow
    | ColumnSums
    | Signs
    | SumOfSquares
    | SumOfSizes
    | SumOverErrors
    | SlopeOverErrors
    | CrossEntropy
    | CrossEntropySlope
    | CategoricalCrossEntropy
    | CategoricalCrossEntropySlope
    | SumOverRows
    | ConstantTimes
    | NumberTimes
    | OverNumber
    | PlusNumber
    | Squared
    | SquareRoot
    | Quotient
    | DividedByRows
    | OfIteration
    | NumberPower
    | PowerTimes
    | SumOverIterations
    | Magnitude
    | NumpyCall
)


def _is_part(field: object) -> bool:
    """Whether a field of an expression is an expression, and not a name, a constant or a function."""
    return not (isinstance(field, str | int | float | CellFunction) or callable(field))


def parts(expression: Expression) -> Iterator[Expression]:
    """The expressions that ``expression`` is made of at its top level; a symbol has none."""
    for field in fields(expression):
        if _is_part(part := getattr(expression, field.name)):
            yield part


def symbols(expression: Expression) -> frozenset[str]:
    """The names of the matrices that ``expression`` is made of."""
    if isinstance(expression, Symbol):
        return frozenset({expression.name})
    return frozenset().union(*map(symbols, parts(expression)))


def factors(expression: Expression) -> frozenset[str]:
    """The names of the numbers, such as the learning rate, by which ``expression`` multiplies."""
    own = {expression.factor} if isinstance(expression, NumberTimes) else set[str]()
    return frozenset(own).union(*map(factors, parts(expression)))


def replaced(expression: Expression, replacements: Mapping[Expression, Expression]) -> Expression:
    """``expression`` with each part that is a key of ``replacements`` replaced by the value there."""
    if expression in replacements:
        return replacements[expression]
    own = {field.name: getattr(expression, field.name) for field in fields(expression)}
    changed = {name: replaced(part, replacements) for name, part in own.items() if _is_part(part)}
    return replace(expression, **changed)  # type: ignore[arg-type]  # each part in the place of its own kind


__all__ = [
    "ROW",
    "Activated",
    "Added",
    "CategoricalCrossEntropy",
    "CategoricalCrossEntropySlope",
    "ColumnSums",
    "Complement",
    "ConstantTimes",
    "CrossEntropy",
    "CrossEntropySlope",
    "Derivative",
    "Diagonal",
    "Difference",
    "DividedByRows",
    "Expression",
    "Hadamard",
    "Magnitude",
    "MatrixRow",
    "Negated",
    "NumberPower",
    "NumberTimes",
    "NumpyCall",
    "OfIteration",
    "OverNumber",
    "PlusNumber",
    "PlusRow",
    "PowerTimes",
    "Product",
    "Quotient",
    "Shape",
    "Shapes",
    "Signs",
    "SlopeOverErrors",
    "SquareRoot",
    "Squared",
    "SumOfSizes",
    "SumOfSquares",
    "SumOfTerms",
    "SumOverErrors",
    "SumOverIterations",
    "SumOverRows",
    "Symbol",
    "Transposed",
    "Values",
    "factors",
    "parts",
    "replaced",
    "symbols",
]
