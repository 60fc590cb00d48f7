"""Splits the equations of an iteration into those that a block of rows can compute, and those that need all rows."""

from collections.abc import Collection, Iterable, Iterator

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.formulas.equations import Equation
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
    PlusRow,
    Product,
    SlopeOverErrors,
    SumOfSquares,
    SumOverErrors,
    Symbol,
    Transposed,
    parts,
    replaced,
    symbols,
)


@frozen_dataclass
class Split:
    """Formulas by their names: those computed for each block of rows, and those computed once afterwards.

    Each of ``by_block`` gives rows of a matrix, or a block's part of a sum over the rows.
    """

    by_block: tuple[tuple[str, Expression], ...]
    afterwards: tuple[tuple[str, Expression], ...]


def split_by_rows(formulas: Iterable[Equation], by_row: Collection[str], others: Collection[str]) -> Split:
    """Splits ``formulas``, where ``by_row`` names the known matrices with a row for each row, ``others`` the others."""
    rows, known = set(by_row), {*by_row, *others}
    by_block, afterwards = [], []
    for equation in formulas:
        name, expression = equation.name, equation.expression
        if symbols(expression) <= known and is_by_row(expression, rows):
            by_block.append((name, expression))
            rows.add(name)
            known.add(name)
            continue
        if symbols(expression) <= known and is_sum_over_rows(expression, rows):
            by_block.append((name, expression))
            continue
        # A block can compute its part of a sum, but not what is made of the whole sum, such as a mean.
        for number, part in enumerate(_sums(expression, rows)):
            if symbols(part) <= known:
                called = f"sum {number} of {name}"
                by_block.append((called, part))
                expression = replaced(expression, {part: Symbol(called)})
        afterwards.append((name, expression))
    return Split(tuple(by_block), tuple(afterwards))


def is_by_row(expression: Expression, rows: Collection[str]) -> bool:
    """Whether each row of ``expression`` is made of the same row of the matrices that ``rows`` names."""
    match expression:
        case Symbol(name):
            return name in rows
        case (
            Activated(_, of)
            | Derivative(_, of)
            | Negated(of)
            | ConstantTimes(_, of)
            | NumberTimes(_, of)
            | DividedByRows(of)
        ):
            return is_by_row(of, rows)
        case Hadamard(left, right) | Difference(left, right) | Added(left, right):
            return is_by_row(left, rows) and is_by_row(right, rows)
        case SlopeOverErrors(_, of, predicted):
            return is_by_row(of, rows) and is_by_row(predicted, rows)
        case PlusRow(left, row):
            return is_by_row(left, rows) and row.name not in rows
        case Product(left, right):
            return is_by_row(left, rows) and not symbols(right) & {*rows}
    return False


def is_sum_over_rows(expression: Expression, rows: Collection[str]) -> bool:
    """Whether ``expression`` is the sum of what it would be for each block of rows."""
    match expression:
        case Product(Transposed(left), right):
            return is_by_row(left, rows) and is_by_row(right, rows)
        case ColumnSums(of) | SumOfSquares(of):
            return is_by_row(of, rows)
        case SumOverErrors(_, of, predicted):
            return is_by_row(of, rows) and is_by_row(predicted, rows)
        case CrossEntropy(of, _, sums) | CategoricalCrossEntropy(of, _, sums):
            return is_by_row(of, rows) and is_by_row(sums, rows)
    return False


def _sums(expression: Expression, rows: Collection[str]) -> Iterator[Expression]:
    if is_sum_over_rows(expression, rows):
        yield expression
    else:
        for part in parts(expression):
            yield from _sums(part, rows)
