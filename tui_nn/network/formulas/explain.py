"""How one cell of a matrix came to be: the cell's own formula, read off that of its matrix."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.formulas.equations import L1, L2, equations, kept_by_iteration_before
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
    OverNumber,
    PlusNumber,
    PlusRow,
    Product,
    Quotient,
    Signs,
    SlopeOverErrors,
    Squared,
    SquareRoot,
    SumOfSizes,
    SumOfSquares,
    SumOverErrors,
    Symbol,
    Transposed,
)
from tui_nn.network.formulas.optimizers.update_rule import LEARNING_RATE
from tui_nn.network.formulas.scalar_expression import (
    ActivationOfCell,
    CategoricalCrossEntropies,
    Cell,
    CostsOfErrors,
    CrossEntropies,
    Dot,
    ExpOf,
    FunctionOf,
    FunctionOfError,
    GivenNumber,
    LogOf,
    Minus,
    Multiple,
    Negative,
    OneMinus,
    Over,
    OverWeights,
    Plus,
    PowerOf,
    PowerOfNumber,
    RootOfCell,
    RowOrColumn,
    Scalar,
    SignOfCell,
    SoftmaxOfCell,
    SquareOfCell,
    Squares,
    SumOfExps,
    Times,
    Total,
)
from tui_nn.network.model.activations import ACTIVATIONS
from tui_nn.network.model.array import Array
from tui_nn.network.model.dataset import Dataset
from tui_nn.network.model.derived_inputs import Applied, Column, Combined, Constant, Formula, Opposite
from tui_nn.network.model.network import Network
from tui_nn.network.model.optimizer import number_in_formula
from tui_nn.network.model.pace import Moment
from tui_nn.network.model.scalings import NAMED_SCALINGS, NO_SCALING

DIVISOR = "divisor"
"""The name of a divisor that a formula shows as its number."""
CONSTANT = "constant"
"""The name of a number in the formula of a derived input."""
ROWS = "N"
"""The name of the number of rows, among the numbers that a formula of a cell has."""
ERROR = "error"
"""The name of Y − Ŷ among the cells that a question hides. It is no matrix of an iteration."""
IN_UNITS = "y_hat"
"""The name of the predictions in the units of y, among the numbers that an explanation uses."""


@frozen_dataclass
class SourceCells:
    """The cells of a matrix that a cell was made from: one, a row (``column`` 0), a column (``row`` 0) or all."""

    name: str
    row: int
    column: int

    def __contains__(self, cell: Cell) -> bool:
        return self.name == cell.name and self.row in (0, cell.row) and self.column in (0, cell.column)


@frozen_dataclass
class Explanation:
    """A cell and what it was made from: a scalar, or None for a weight that an iteration begins with."""

    cell: Cell
    scalar: Scalar | None

    @property
    def areas(self) -> tuple[SourceCells, ...]:
        """The cells that it was made from, each matrix in the order of the formula."""
        return tuple(dict.fromkeys(_areas(self.scalar))) if self.scalar else ()


def explain(network: Network, dataset: Dataset, cell: Cell, moment: Moment) -> Explanation:
    """How ``cell`` came to be in the iteration of ``moment``. Raises KeyError for a matrix that no iteration has.

    Source: the formulas of `equations`, each read off for one cell; for X and Y the lecture's scaling.
    """
    if cell.name in ("X", "Y"):
        return Explanation(cell, _scaled_cell(dataset, cell, moment))
    if cell.name in network.shapes or cell.name in kept_by_iteration_before(network):
        return Explanation(cell, None)
    expression = {equation.name: equation.expression for equation in equations(network)}[cell.name]
    return Explanation(cell, _Reader(network, moment).cell(expression, cell.row, cell.column))


def explain_in_units(dataset: Dataset, cell: Cell) -> Explanation:
    """How a cell of Ŷ gives the prediction in the units of y, the same cell of `IN_UNITS`.

    Source: the lecture's ``y / 100``, the other way round.
    """
    shift, divisor = _shift_and_divisor(dataset, Cell("Y", cell.row, cell.column))
    times = Times(cell, divisor)
    return Explanation(replace(cell, name=IN_UNITS), Plus(times, shift) if shift else times)


def _scaled_cell(dataset: Dataset, cell: Cell, moment: Moment) -> Scalar:
    """A cell of X or Y, computed from the number typed in; one of a derived column from those of its row."""
    row = moment.row_of_data(cell.row)
    typed: Scalar = Cell(cell.name.lower(), row, cell.column)
    if cell.name == "X" and cell.column > dataset.given_inputs:
        typed = _derived_cell(dataset.formulas[cell.column - 1 - dataset.given_inputs], row)
    if (dataset.x_scaling if cell.name == "X" else dataset.y_scaling) == NO_SCALING:
        return typed
    shift, divisor = _shift_and_divisor(dataset, cell)
    return Over(Minus(typed, shift) if shift else typed, divisor)


def _derived_cell(formula: Formula, row: int) -> Scalar:
    """What the formula of a derived input is for a row of x, counted from 1."""
    match formula:
        case Column(number):
            return Cell("x", row, number)
        case Constant(value):
            return GivenNumber(CONSTANT, value)
        case Opposite(of):
            return Negative(_derived_cell(of, row))
        case Applied(name, of):
            return FunctionOf(name, _derived_cell(of, row))
        case Combined(sign, left, right):
            return _COMBINED[sign](_derived_cell(left, row), _derived_cell(right, row))


_COMBINED: Mapping[str, Callable[[Scalar, Scalar], Scalar]] = {
    "+": Plus,
    "-": Minus,
    "*": Times,
    "/": Over,
    "^": PowerOf,
}


def _shift_and_divisor(dataset: Dataset, cell: Cell) -> tuple[GivenNumber | None, GivenNumber]:
    """What is subtracted in the column of a cell of X or Y, None if nothing is, and what it is divided by."""
    scaling, shifts, divisors, table = (
        (dataset.x_scaling, dataset.x_shifts, dataset.x_divisors, dataset.all_x)
        if cell.name == "X"
        else (dataset.y_scaling, dataset.y_shifts, dataset.y_divisors, dataset.y)
    )
    column = cell.column - 1
    shift, divisor = float(shifts[column]), float(divisors[column])
    named = NAMED_SCALINGS.get(scaling) if isinstance(scaling, str) else None
    if named is None or not named.shift_sign:
        return None, GivenNumber(DIVISOR, divisor)
    # A column that does not vary is divided by 1, which is not what the sign stands for.
    typed = table[dataset.training_rows, column]
    varies = bool((typed != typed[0]).any())
    return GivenNumber(named.shift_sign, shift), GivenNumber(named.divisor_sign if varies else DIVISOR, divisor)


def numbers(dataset: Dataset, matrices: Mapping[str, Array]) -> dict[str, Array]:
    """Every number that an explanation may name: the ``matrices`` of an iteration, and x and y in their own units."""
    return {**matrices, "x": dataset.all_x, "y": dataset.y}


def cells_in_value(expression: Expression, cells: tuple[SourceCells, ...]) -> tuple[SourceCells, ...]:
    """Where the value of ``expression`` holds ``cells``; () for an expression that does not work cell by cell."""
    match expression:
        case Symbol(name):
            return tuple(one for one in cells if one.name == name)
        case Transposed(of):
            return tuple(SourceCells(one.name, one.column, one.row) for one in cells_in_value(of, cells))
        case Activated(_, of) | Derivative(_, of) | Negated(of):
            return cells_in_value(of, cells)
        case Difference(Symbol("Y"), Symbol("Y_hat")):
            return tuple(one for one in cells if one.name in ("Y", "Y_hat", ERROR))
        case Difference(left, right) | SlopeOverErrors(_, left, right):
            return cells_in_value(left, cells) + cells_in_value(right, cells)
    return ()


@frozen_dataclass
class _Reader:
    """Reads the formula of one cell off that of its matrix."""

    network: Network
    moment: Moment

    @property
    def rows(self) -> int:
        """N, the number of rows of the iteration."""
        return self.moment.rows

    def cell(self, expression: Expression, row: int, column: int) -> Scalar:
        match expression:
            case Symbol(name):
                return Cell(name, row, column)
            case Transposed(Symbol(name)):
                return Cell(name, column, row)
            case Activated(activation, Symbol(name)) if ACTIVATIONS[activation].mixes_units:
                return SoftmaxOfCell(
                    Cell(name, row, column), SumOfExps(RowOrColumn(name, row=row), self.network.layers[-1])
                )
            case Activated(activation, Symbol(name)):
                return ActivationOfCell(activation, Cell(name, row, column))
            case Derivative(activation, Symbol(name)):
                return ActivationOfCell(activation, Cell(name, row, column), derived=True)
            case Product(left, right):
                return Dot(_row(left, row), _column(right, column), self._count(right))
            case Hadamard(left, right):
                return Times(self.cell(left, row, column), self.cell(right, row, column))
            case Difference(left, right):
                return Minus(self.cell(left, row, column), self.cell(right, row, column))
            case Added(left, right):
                return Plus(self.cell(left, row, column), self.cell(right, row, column))
            case Negated(of):
                return Negative(self.cell(of, row, column))
            case PlusRow(left, added):
                return Plus(self.cell(left, row, column), Cell(added.name, 1, column))
            case ColumnSums(of):
                return Total(RowOrColumn(of.name, column=column), self.rows)
            case ConstantTimes(constant, of):
                return Multiple(constant, self.cell(of, row, column))
            case SumOfSquares(Difference(Symbol(left), Symbol(right))):
                outputs = self.network.layers[-1]
                return Squares(left, right, self.rows * outputs, outputs)
            case SumOverErrors(function, Symbol(left), Symbol(right)):
                outputs = self.network.layers[-1]
                return CostsOfErrors(function, left, right, self.rows * outputs, outputs)
            case SlopeOverErrors(function, Symbol(left), Symbol(right)):
                error = Minus(Cell(left, row, column), Cell(right, row, column))
                return FunctionOfError(function, error, derived=True)
            case DividedByRows(of):
                return Over(self.cell(of, row, column), GivenNumber(ROWS, float(self.rows)))
            case Signs(Symbol(name)):
                return SignOfCell(Cell(name, row, column))
            case CrossEntropy(Symbol(y), Symbol(y_hat), Symbol(z)):
                outputs = self.network.layers[-1]
                return CrossEntropies(y, y_hat, z, self.rows * outputs, outputs)
            case CategoricalCrossEntropy(Symbol(y), Symbol(y_hat), Symbol(z)):
                outputs = self.network.layers[-1]
                return CategoricalCrossEntropies(y, y_hat, z, self.rows * outputs, outputs)
            case SumOfSizes():
                return OverWeights(self._weights, "size")
            case SumOfSquares(Symbol()):
                return OverWeights(self._weights, "square")
            case NumberTimes(name, of):
                return Times(self._number(name), self.cell(of, row, column))
            case OverNumber(of, name):
                return Over(self.cell(of, row, column), self._number(name))
            case PlusNumber(of, name):
                return Plus(self.cell(of, row, column), self._number(name))
            case Squared(Symbol(name)):
                return SquareOfCell(Cell(name, row, column))
            case SquareRoot(Symbol(name)):
                return RootOfCell(Cell(name, row, column))
            case Quotient(left, right):
                return Over(self.cell(left, row, column), self.cell(right, row, column))
        raise TypeError(f"no formula of a cell for {expression}")

    @property
    def _weights(self) -> tuple[tuple[str, int, int], ...]:
        return tuple((name, *self.network.shapes[name]) for name in self.network.penalised)

    def _number(self, name: str) -> Scalar:
        """A number in a formula: the rate, one of the penalty, or one of the optimizer, such as 1 − β₁ᵗ."""
        penalty = self.network.penalty
        known = {LEARNING_RATE: self.moment.learning_rate, L1: penalty.l1, L2: penalty.l2}
        if name in known:
            return GivenNumber(name, known[name])
        parts = number_in_formula(name)
        setting = GivenNumber(parts.setting, float(getattr(self.network.optimizer, parts.setting)))
        number = PowerOfNumber(setting, self.moment.iteration) if parts.is_power else setting
        return OneMinus(number) if parts.of_one else number

    def _count(self, right: Expression) -> int:
        """How many cells a column of the right operand has."""
        name, transposed = _operand(right)
        return self.network.shapes[name][1 if transposed else 0] if name in self.network.shapes else self.rows


def _row(matrix: Expression, row: int) -> RowOrColumn:
    name, transposed = _operand(matrix)
    return RowOrColumn(name, column=row) if transposed else RowOrColumn(name, row=row)


def _column(matrix: Expression, column: int) -> RowOrColumn:
    name, transposed = _operand(matrix)
    return RowOrColumn(name, row=column) if transposed else RowOrColumn(name, column=column)


def _operand(matrix: Expression) -> tuple[str, bool]:
    """The name of a product's operand, and whether it is transposed."""
    match matrix:
        case Symbol(name):
            return name, False
        case Transposed(Symbol(name)):
            return name, True
    raise TypeError(f"no product of a row and a column for {matrix}")


def _areas(scalar: Scalar) -> Iterator[SourceCells]:
    match scalar:
        case Cell(name, row, column):
            yield SourceCells(name, row, column)
        case ActivationOfCell(of=of) | FunctionOfError(of=of) | SignOfCell(of) | Negative(of) | Multiple(of=of):
            yield from _areas(of)
        case SquareOfCell(of) | RootOfCell(of):
            yield from _areas(of)
        case CrossEntropies(y, y_hat) | CategoricalCrossEntropies(y, y_hat):
            yield SourceCells(y, 0, 0)
            yield SourceCells(y_hat, 0, 0)
        case LogOf(of) | OneMinus(of) | ExpOf(of) | FunctionOf(of=of):
            yield from _areas(of)
        case OverWeights(matrices):
            yield from (SourceCells(name, 0, 0) for name, _, _ in matrices)
        case Times(left, right) | Over(left, right) | Minus(left, right) | Plus(left, right) | PowerOf(left, right):
            yield from _areas(left)
            yield from _areas(right)
        case Dot(left, right):
            yield SourceCells(left.name, left.row, left.column)
            yield SourceCells(right.name, right.row, right.column)
        case SoftmaxOfCell(total=total):
            yield from _areas(total)
        case Total(of) | SumOfExps(of):
            yield SourceCells(of.name, of.row, of.column)
        case Squares(left, right) | CostsOfErrors(_, left, right):
            yield SourceCells(left, 0, 0)
            yield SourceCells(right, 0, 0)
