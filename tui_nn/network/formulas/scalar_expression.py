"""Formulas of one number as values: the screen writes the formula of a cell that computes its number.

A scalar knows the cells it is made of. ``value(values)`` is the number that it makes of theirs, ``values`` holding
every matrix by its lecture name, and x and y as typed in. A sum may have very many terms: ``terms`` gives the number of
each, shape (count,), and ``term`` the scalar of one. `writing` decides how a scalar is written. `scalar_operands` has
what formulas begin with; this module has all of it.
"""

from typing import Literal, TypeAlias

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.formulas.cost_expressions import categorical_cross_entropies, cross_entropies
from tui_nn.network.formulas.scalar_operands import (
    Cell,
    GivenNumber,
    OneMinus,
    PowerOfNumber,
    RootOfCell,
    RowOrColumn,
    SignOfCell,
    SquareOfCell,
    Values,
)
from tui_nn.network.model.activations import ACTIVATIONS
from tui_nn.network.model.array import Array
from tui_nn.network.model.cost_of_error import CostOfError
from tui_nn.network.model.derived_inputs import FUNCTIONS

GREATEST_Z = "max z"
"""The name of the greatest z of a row, among the numbers that a formula has."""
_LARGEST_EXPONENT = 700.0


@frozen_dataclass
class ActivationOfCell:
    """f(z), or f′(z)."""

    activation: str
    of: Cell
    derived: bool = False

    def value(self, values: Values) -> float:
        f = ACTIVATIONS[self.activation]
        z = np.array([self.of.value(values)])
        return float((f.derivative(z) if self.derived else f.value(z))[0])


@frozen_dataclass
class LogOf:
    """ln a; −∞ where a is 0."""

    of: Cell | OneMinus

    def value(self, values: Values) -> float:
        return float(np.log(self.of.value(values)))


@frozen_dataclass
class ExpOf:
    """e to the power a; inf where that is too large."""

    of: "Cell | Minus"

    def value(self, values: Values) -> float:
        with np.errstate(all="ignore"):
            return float(np.exp(self.of.value(values)))


@frozen_dataclass
class FunctionOf:
    """One of the functions that a derived input may have, such as sin, of a."""

    name: str
    of: "Scalar"

    def of_number(self, number: float) -> float:
        """The same function of any number."""
        with np.errstate(all="ignore"):
            return float(FUNCTIONS[self.name](np.float64(number)))  # type: ignore[arg-type]  # numpy takes both

    def value(self, values: Values) -> float:
        return self.of_number(self.of.value(values))


@frozen_dataclass
class PowerOf:
    """a to the power b."""

    left: "Scalar"
    right: "Scalar"

    def value(self, values: Values) -> float:
        with np.errstate(all="ignore"):
            return float(np.power(self.left.value(values), self.right.value(values)))


@frozen_dataclass
class Times:
    """a · b."""

    left: "Scalar"
    right: "Scalar"

    def value(self, values: Values) -> float:
        return self.left.value(values) * self.right.value(values)


@frozen_dataclass
class Over:
    """a / b."""

    left: "Scalar"
    right: "Scalar"

    def value(self, values: Values) -> float:
        return self.left.value(values) / self.right.value(values)


@frozen_dataclass
class Minus:
    """a − b."""

    left: "Scalar"
    right: "Scalar"

    def value(self, values: Values) -> float:
        return self.left.value(values) - self.right.value(values)


@frozen_dataclass
class Plus:
    """a + b."""

    left: "Scalar"
    right: "Scalar"

    def value(self, values: Values) -> float:
        return self.left.value(values) + self.right.value(values)


@frozen_dataclass
class Negative:
    """−a."""

    of: "Scalar"

    def value(self, values: Values) -> float:
        return -self.of.value(values)


@frozen_dataclass
class Multiple:
    """A constant times a."""

    constant: float
    of: "Scalar"

    def value(self, values: Values) -> float:
        return self.constant * self.of.value(values)


@frozen_dataclass
class FunctionOfError:
    """h(a − b), or h′(a − b), for the error of one cell."""

    function: CostOfError
    of: Minus
    derived: bool = False

    def of_error(self, error: float) -> float:
        """The same function of any error."""
        e = np.array([error])
        return float((self.function.derivative(e) if self.derived else self.function.value(e))[0])

    def value(self, values: Values) -> float:
        return self.of_error(self.of.value(values))


class _SumOfTerms:
    """A sum: its value is that of its terms added up."""

    def terms(self, values: Values) -> Array:
        """What each term contributes, shape (count,)."""
        raise NotImplementedError

    def value(self, values: Values) -> float:
        return float(self.terms(values).sum())


@frozen_dataclass
class Dot(_SumOfTerms):
    """a₁ b₁ + a₂ b₂ + …, over two lines of ``count`` cells."""

    left: RowOrColumn
    right: RowOrColumn
    count: int

    def terms(self, values: Values) -> Array:
        """What each term contributes, shape (count,)."""
        return self.left.values(values) * self.right.values(values)

    def term(self, number: int) -> Times:
        """Term ``number``, from 1."""
        return Times(self.left.cell(number), self.right.cell(number))


@frozen_dataclass
class Total(_SumOfTerms):
    """a₁ + a₂ + …, over a line of ``count`` cells."""

    of: RowOrColumn
    count: int

    def terms(self, values: Values) -> Array:
        """What each term contributes, shape (count,)."""
        return self.of.values(values)

    def term(self, number: int) -> Cell:
        """Term ``number``, from 1."""
        return self.of.cell(number)


@frozen_dataclass
class Squares(_SumOfTerms):
    """(a₁ − b₁)² + (a₂ − b₂)² + …, over all cells of two matrices of ``columns`` columns, row by row."""

    left: str
    right: str
    count: int
    columns: int

    def terms(self, values: Values) -> Array:
        """The square of each difference, shape (count,)."""
        return ((values[self.left] - values[self.right]) ** 2).ravel()

    def term(self, number: int) -> Minus:
        """The difference that is squared, from 1."""
        row, column = divmod(number - 1, self.columns)
        return Minus(Cell(self.left, row + 1, column + 1), Cell(self.right, row + 1, column + 1))


@frozen_dataclass
class CostsOfErrors(_SumOfTerms):
    """h(a₁ − b₁) + h(a₂ − b₂) + …, over all cells of two matrices of ``columns`` columns, row by row."""

    function: CostOfError
    left: str
    right: str
    count: int
    columns: int

    def terms(self, values: Values) -> Array:
        """What each error adds to the sum, shape (count,)."""
        return self.function.value(values[self.left] - values[self.right]).ravel()

    def term(self, number: int) -> FunctionOfError:
        """What error ``number``, from 1, adds to the sum."""
        row, column = divmod(number - 1, self.columns)
        error = Minus(Cell(self.left, row + 1, column + 1), Cell(self.right, row + 1, column + 1))
        return FunctionOfError(self.function, error)


@frozen_dataclass
class CrossEntropies(_SumOfTerms):
    """−(y ln ŷ + (1 − y) ln(1 − ŷ)) − …, over all cells of two matrices of ``columns`` columns, row by row.

    A term is computed from z, of which ŷ is the sigmoid, as `expression.CrossEntropy` is.
    """

    targets: str
    predicted: str
    sums: str
    count: int
    columns: int

    def terms(self, values: Values) -> Array:
        """What each cell adds to the sum, shape (count,)."""
        return cross_entropies(values[self.targets].ravel(), values[self.sums].ravel())

    def term(self, number: int) -> "Negative":
        """What cell ``number``, from 1, adds to the sum."""
        row, column = divmod(number - 1, self.columns)
        y, y_hat = (Cell(name, row + 1, column + 1) for name in (self.targets, self.predicted))
        return Negative(Plus(Times(y, LogOf(y_hat)), Times(OneMinus(y), LogOf(OneMinus(y_hat)))))


@frozen_dataclass
class CategoricalCrossEntropies(_SumOfTerms):
    """−y ln ŷ − y ln ŷ − …, over all cells of two matrices of ``columns`` columns, row by row.

    A term is computed from z, of which ŷ is the softmax, as `expression.CategoricalCrossEntropy` is.
    """

    targets: str
    predicted: str
    sums: str
    count: int
    columns: int

    def terms(self, values: Values) -> Array:
        """What each cell adds to the sum, shape (count,)."""
        return categorical_cross_entropies(values[self.targets], values[self.sums]).ravel()

    def term(self, number: int) -> "Negative":
        """What cell ``number``, from 1, adds to the sum."""
        row, column = divmod(number - 1, self.columns)
        y, y_hat = (Cell(name, row + 1, column + 1) for name in (self.targets, self.predicted))
        return Negative(Times(y, LogOf(y_hat)))


@frozen_dataclass
class SumOfExps(_SumOfTerms):
    """e^a₁ + e^a₂ + …, over a line of ``count`` cells; with a ``shift`` that is subtracted from each a."""

    of: RowOrColumn
    count: int
    shift: GivenNumber | None = None

    def terms(self, values: Values) -> Array:
        """What each term contributes, shape (count,)."""
        with np.errstate(all="ignore"):
            return np.asarray(np.exp(self.of.values(values) - (self.shift.number if self.shift else 0.0)))

    def term(self, number: int) -> ExpOf:
        """Term ``number``, from 1."""
        cell = self.of.cell(number)
        return ExpOf(Minus(cell, self.shift) if self.shift else cell)


@frozen_dataclass
class SoftmaxOfCell:
    """e^z / (e^z₁ + e^z₂ + …): softmax for a cell z of Z, over the cells of its row."""

    of: Cell
    total: SumOfExps

    @property
    def numerator(self) -> ExpOf:
        """e^z."""
        return self.total.term(self.of.column)

    def without_overflow(self, values: Values) -> "SoftmaxOfCell":
        """The same quotient; if an exponential overflows, the greatest z of the row is subtracted from each z."""
        row = self.total.of.values(values)
        if not np.isfinite(row).all() or np.abs(row).max() < _LARGEST_EXPONENT:
            return self
        return SoftmaxOfCell(
            self.of, SumOfExps(self.total.of, self.total.count, GivenNumber(GREATEST_Z, float(row.max())))
        )

    def value(self, values: Values) -> float:
        row = self.total.of.values(values)[np.newaxis]
        return float(ACTIVATIONS["softmax"].value(row)[0, self.of.column - 1])


@frozen_dataclass
class OverWeights(_SumOfTerms):
    """|w| + |w| + … or w² + w² + …, over all cells of ``matrices``, each given by its name, its rows and its columns.

    ``of_each`` is "size" or "square": what is added up of each cell.
    """

    matrices: tuple[tuple[str, int, int], ...]
    of_each: Literal["size", "square"]

    @property
    def count(self) -> int:
        """How many cells the matrices have."""
        return sum(rows * columns for _, rows, columns in self.matrices)

    def terms(self, values: Values) -> Array:
        """What each term contributes, shape (count,)."""
        cells = np.concatenate([values[name].ravel() for name, _, _ in self.matrices])
        return np.abs(cells) if self.of_each == "size" else cells**2

    def term(self, number: int) -> Cell:
        """The cell of one term, from 1: matrix by matrix, each row by row."""
        left = number - 1
        for name, rows, columns in self.matrices:
            if left < rows * columns:
                row, column = divmod(left, columns)
                return Cell(name, row + 1, column + 1)
            left -= rows * columns
        raise IndexError(number)


Sum: TypeAlias = (
    Dot | Total | Squares | CostsOfErrors | CrossEntropies | CategoricalCrossEntropies | SumOfExps | OverWeights
)
Scalar: TypeAlias = (
    Cell
    | GivenNumber
    | PowerOfNumber
    | ActivationOfCell
    | SignOfCell
    | SquareOfCell
    | RootOfCell
    | OneMinus
    | LogOf
    | ExpOf
    | FunctionOf
    | FunctionOfError
    | SoftmaxOfCell
    | Times
    | Over
    | Minus
    | Plus
    | PowerOf
    | Negative
    | Multiple
    | Sum
)

__all__ = [
    "GREATEST_Z",
    "ActivationOfCell",
    "CategoricalCrossEntropies",
    "Cell",
    "CostsOfErrors",
    "CrossEntropies",
    "Dot",
    "ExpOf",
    "FunctionOfError",
    "GivenNumber",
    "LogOf",
    "Minus",
    "Multiple",
    "Negative",
    "OneMinus",
    "Over",
    "OverWeights",
    "Plus",
    "PowerOfNumber",
    "RootOfCell",
    "RowOrColumn",
    "Scalar",
    "SignOfCell",
    "SoftmaxOfCell",
    "SquareOfCell",
    "Squares",
    "Sum",
    "SumOfExps",
    "Times",
    "Total",
    "Values",
]
