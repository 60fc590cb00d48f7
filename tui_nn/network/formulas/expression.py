"""Formulas as values: the screen writes the same value that training evaluates.

An expression knows its operands. ``value(values)`` is the matrix that it makes of theirs, ``values`` holding every
matrix by its lecture name; ``shape(shapes)`` is that matrix's shape, and raises ValueError where the operands' do not
fit. `writing` decides how it is written.

The equations of an iteration are of whole matrices. A derivation takes one row n at a time: the value of such an
expression is that for the row whose number ``values`` holds under `ROW`. `SumOverRows` puts each number there in turn.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import TypeAlias

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.model.activations import ACTIVATIONS
from tui_nn.network.model.array import Array

Shape: TypeAlias = tuple[int, int]
Values: TypeAlias = Mapping[str, Array]
Shapes: TypeAlias = Mapping[str, Shape]

ROW = "n"
"""The name under which the number of a row stands among the values, counted from 0, as a 1×1 matrix."""


class _ShapedAsOperand:
    """An expression with the shape of its operand ``of``."""

    of: "Expression"

    def shape(self, shapes: Shapes) -> Shape:
        return self.of.shape(shapes)


@frozen_dataclass
class Symbol:
    """A matrix by its lecture name."""

    name: str

    def value(self, values: Values) -> Array:
        return values[self.name]

    def shape(self, shapes: Shapes) -> Shape:
        return shapes[self.name]


@frozen_dataclass
class MatrixRow:
    """aₙ: row n of a matrix."""

    of: Symbol

    def value(self, values: Values) -> Array:
        n = int(values[ROW][0, 0])
        return self.of.value(values)[n : n + 1]

    def shape(self, shapes: Shapes) -> Shape:
        return 1, self.of.shape(shapes)[1]


@frozen_dataclass
class Transposed:
    """Aᵀ."""

    of: Symbol | MatrixRow

    def value(self, values: Values) -> Array:
        return self.of.value(values).T

    def shape(self, shapes: Shapes) -> Shape:
        rows, columns = self.of.shape(shapes)
        return columns, rows


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
        return _same_shape(self.left.shape(shapes), self.right.shape(shapes))


@frozen_dataclass
class Difference:
    """A − B."""

    left: "Expression"
    right: "Expression"

    def value(self, values: Values) -> Array:
        return self.left.value(values) - self.right.value(values)

    def shape(self, shapes: Shapes) -> Shape:
        return _same_shape(self.left.shape(shapes), self.right.shape(shapes))


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
        return _same_shape(self.left.shape(shapes), self.right.shape(shapes))


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


def cross_entropies(y: Array, z: Array) -> Array:
    """What each cell adds to `CrossEntropy`, in the shape of ``y``."""
    terms: Array = np.log1p(np.exp(-np.abs(z))) + y * np.maximum(-z, 0.0) + (1.0 - y) * np.maximum(z, 0.0)
    return terms


@frozen_dataclass
class CrossEntropy:
    """−Σ (y ln ŷ + (1 − y) ln(1 − ŷ)), over all cells, as a 1×1 matrix; ŷ is the sigmoid of z.

    Computed from z, since ŷ loses digits close to 1. As −ln ŷ = ln(1 + e⁻ᶻ) and −ln(1 − ŷ) = ln(1 + eᶻ), J is
    Σ (ln(1 + e^−|z|) + y max(−z, 0) + (1 − y) max(z, 0)). For y from 0 to 1 no term is below 0: nothing cancels.
    """

    of: Symbol | MatrixRow
    predicted: Symbol | MatrixRow
    sums: Symbol | MatrixRow

    def terms(self, values: Values) -> Array:
        """What each cell adds to the sum."""
        return cross_entropies(self.of.value(values), self.sums.value(values))

    def value(self, values: Values) -> Array:
        return np.array([[self.terms(values).sum()]])

    def shape(self, shapes: Shapes) -> Shape:
        _same_shape(self.of.shape(shapes), self.predicted.shape(shapes))
        return 1, 1


SumOfTerms: TypeAlias = CrossEntropy
"""The sums whose formula names a matrix twice: the screen shows their terms as a matrix, ``terms(values)``."""


@frozen_dataclass
class CrossEntropySlope:
    """(ŷ − y) / (ŷ (1 − ŷ)), cell by cell: the slope of `CrossEntropy` by ŷ, which is the sigmoid of z."""

    of: Symbol | MatrixRow
    predicted: Symbol | MatrixRow
    sums: Symbol | MatrixRow

    def value(self, values: Values) -> Array:
        wrong = self.predicted.value(values) - self.of.value(values)
        with np.errstate(all="ignore"):
            slopes: Array = wrong / ACTIVATIONS["sigmoid"].derivative(self.sums.value(values))
        return slopes

    def shape(self, shapes: Shapes) -> Shape:
        return _same_shape(self.of.shape(shapes), self.predicted.shape(shapes))


def categorical_cross_entropies(y: Array, z: Array) -> Array:
    """What each cell adds to `CategoricalCrossEntropy`, in the shape of ``y``."""
    greatest = z.max(axis=1, keepdims=True)
    others = np.exp(z - greatest)
    # The greatest z of a row has the exponential 1. Without it, log1p keeps the digits of the others.
    ones = np.floor(others)
    others = (others - ones).sum(axis=1, keepdims=True) + (ones.sum(axis=1, keepdims=True) - 1.0)
    terms: Array = y * ((greatest - z) + np.log1p(others))
    return terms


@frozen_dataclass
class CategoricalCrossEntropy:
    """−Σ y ln ŷ, over all cells, as a 1×1 matrix; each row of ŷ is the softmax of that row of z.

    Computed from z, since ŷ loses digits close to 1: −ln ŷⱼ = (max z − zⱼ) + ln Σₖ e^(zₖ − max z), of which no term is
    below 0, so that nothing cancels.
    """

    of: Symbol | MatrixRow
    predicted: Symbol | MatrixRow
    sums: Symbol | MatrixRow

    def value(self, values: Values) -> Array:
        return np.array([[categorical_cross_entropies(self.of.value(values), self.sums.value(values)).sum()]])

    def shape(self, shapes: Shapes) -> Shape:
        _same_shape(self.of.shape(shapes), self.predicted.shape(shapes))
        return 1, 1


@frozen_dataclass
class CategoricalCrossEntropySlope:
    """−y / ŷ, cell by cell: the slope of `CategoricalCrossEntropy` by ŷ."""

    of: Symbol | MatrixRow
    predicted: Symbol | MatrixRow

    def value(self, values: Values) -> Array:
        with np.errstate(all="ignore"):
            return np.asarray(-self.of.value(values) / self.predicted.value(values))

    def shape(self, shapes: Shapes) -> Shape:
        return _same_shape(self.of.shape(shapes), self.predicted.shape(shapes))


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
    | CrossEntropy
    | CrossEntropySlope
    | CategoricalCrossEntropy
    | CategoricalCrossEntropySlope
    | SumOverRows
    | ConstantTimes
    | NumberTimes
    | DividedByRows
)


def parts(expression: Expression) -> Iterator[Expression]:
    """The expressions that ``expression`` is made of at its top level; a symbol has none."""
    for field in fields(expression):
        if not isinstance(part := getattr(expression, field.name), str | float):
            yield part


def symbols(expression: Expression) -> frozenset[str]:
    """The names of the matrices that ``expression`` is made of."""
    if isinstance(expression, Symbol):
        return frozenset({expression.name})
    return frozenset().union(*map(symbols, parts(expression)))


def replaced(expression: Expression, replacements: Mapping[Expression, Expression]) -> Expression:
    """``expression`` with each part that is a key of ``replacements`` replaced by the value there."""
    if expression in replacements:
        return replacements[expression]
    own = {field.name: getattr(expression, field.name) for field in fields(expression)}
    changed = {name: replaced(part, replacements) for name, part in own.items() if not isinstance(part, str | float)}
    return replace(expression, **changed)  # type: ignore[arg-type]  # each part in the place of its own kind


def _same_shape(left: Shape, right: Shape) -> Shape:
    if left != right:
        raise ValueError(f"a {left[0]}×{left[1]} matrix and a {right[0]}×{right[1]} one do not match cell by cell")
    return left
