"""Matrices on paper: their cells as text; dots replace the middle of a large matrix."""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.formulas.costs import COSTS
from tui_nn.network.formulas.expression import (
    CategoricalCrossEntropy,
    CrossEntropy,
    Expression,
    Shape,
    Symbol,
    Transposed,
    parts,
    replaced,
)
from tui_nn.network.model.array import Array
from tui_nn.writing.notation.number_format import Format, matrix_format

MOST_ROWS, MOST_COLUMNS = 10, 6
_FIRST_ROWS, _FIRST_COLUMNS = 6, 4
_FIGURES = 3
_MOST_DECIMALS = 7
# A double has no more digits than that.
_MOST_EXTRA = 15
_ALONG, _DOWN, _BOTH = "⋯", "⋮", "⋱"


@frozen_dataclass
class PaperMatrix:
    """A matrix of shape ``shape``: its cells as text, row by row, with dots for those that are left out."""

    shape: Shape
    cells: tuple[tuple[str, ...], ...]


@frozen_dataclass(eq=False)
class PaperTable:
    """A table with headings; a row that is None is shown as dots."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...] | None, ...]


def is_cut(shape: Shape) -> bool:
    """Whether a matrix of this shape is too large to be shown whole."""
    return shape[0] > MOST_ROWS or shape[1] > MOST_COLUMNS


def paper_matrix(matrix: Array, write: Callable[[float], str]) -> PaperMatrix:
    """``matrix``, each of its cells written by ``write``."""
    rows, columns = matrix.shape
    across = shown_indices(columns, MOST_COLUMNS, _FIRST_COLUMNS)
    cells = []
    for row in shown_indices(rows, MOST_ROWS, _FIRST_ROWS):
        if row is None:
            cells.append(tuple(_BOTH if column is None else _DOWN for column in across))
        else:
            cells.append(tuple(_ALONG if column is None else write(float(matrix[row, column])) for column in across))
    return PaperMatrix((rows, columns), tuple(cells))


def shown_indices(count: int, most: int = MOST_ROWS, first: int = _FIRST_ROWS) -> list[int | None]:
    """Which of ``count`` rows or columns are shown, from 0: all; if there are more than ``most``, the ``first`` ones,
    None for those left out, and the last.
    """
    return [*range(count)] if count <= most else [*range(first), None, count - 1]


def paper_format(matrix: Array) -> Format:
    """The usual format, with more decimals if the smallest cell needs them to show three significant digits."""
    usual = matrix_format(matrix)
    sizes = np.abs(matrix[np.isfinite(matrix) & (matrix != 0)])
    if usual.scientific or not sizes.size:
        return replace(usual, width=0)
    needed = _FIGURES - 1 - math.floor(math.log10(float(sizes.min())))
    return replace(usual, decimals=max(usual.decimals, min(needed, _MOST_DECIMALS)), width=0)


@frozen_dataclass(eq=False)
class Operands:
    """The matrices on the right side of an equation, as they stand on paper.

    A reader who computes with these numbers gets the result as it is shown. If no number of digits is enough for that,
    ``may_differ`` is True: the last digit of a cell may come out differently.
    """

    grids: Mapping[Expression, PaperMatrix]
    may_differ: bool = False


def operands(
    expression: Expression,
    blocks: list[Expression],
    values: Mapping[str, Array],
    formats: Mapping[str, Format],
    name: str,
) -> Operands:
    """``blocks``, the matrices in ``expression``, with as many digits as it takes to compute the matrix ``name``.

    Matrices that are cut or overflow have the usual digits: nobody can compute with them.
    """
    exact = {block: block.value(values) for block in blocks}
    usual = {block: _block_format(block, matrix, formats) for block, matrix in exact.items()}
    result = values[name]
    whole = not any(is_cut(matrix.shape) for matrix in (result, *exact.values()))
    finite = all(np.isfinite(matrix).all() for matrix in (result, *exact.values()))
    if not (whole and finite):
        return Operands({block: paper_matrix(matrix, usual[block]) for block, matrix in exact.items()})
    made_of = replaced(expression, {block: Symbol(str(i)) for i, block in enumerate(blocks)})
    shown = paper_matrix(result, formats[name])
    for extra in range(_MOST_EXTRA):
        written = {block: _with_digits(usual[block], matrix, extra) for block, matrix in exact.items()}
        rounded = {str(i): _numbers_as_read(exact[block], written[block]) for i, block in enumerate(blocks)}
        with np.errstate(all="ignore"):
            made = made_of.value({**values, **rounded, **_sums_as_read(made_of, rounded)})
        if paper_matrix(made, formats[name]) == shown:
            return Operands({block: paper_matrix(exact[block], written[block]) for block in blocks})
    written = {block: _with_digits(usual[block], matrix, _MOST_EXTRA - 1) for block, matrix in exact.items()}
    return Operands({block: paper_matrix(exact[block], written[block]) for block in blocks}, may_differ=True)


def _sums_as_read(expression: Expression, read: Mapping[str, Array]) -> dict[str, Array]:
    """The z of the cross-entropy for the rounded ŷ on paper: the formula here needs z, but a reader has only ŷ."""
    match expression:
        case CrossEntropy(_, Symbol(predicted), Symbol(sums)) | CategoricalCrossEntropy(
            _, Symbol(predicted), Symbol(sums)
        ):
            outputs = "sigmoid" if isinstance(expression, CrossEntropy) else "softmax"
            to_sums = COSTS["cross-entropy"].for_outputs(outputs).sums
            assert to_sums  # noqa: S101 - that cost is a function of z
            return {sums: to_sums(read[predicted])}
    return {name: z for part in parts(expression) for name, z in _sums_as_read(part, read).items()}


def _block_format(block: Expression, matrix: Array, formats: Mapping[str, Format]) -> Format:
    match block:
        case Symbol(name) | Transposed(Symbol(name)):
            return formats[name]
    return paper_format(matrix)


def _with_digits(usual: Format, matrix: Array, extra: int) -> Format:
    """``usual`` with ``extra`` more decimals; unchanged if it shows the numbers exactly."""
    if np.array_equal(_numbers_as_read(matrix, usual), matrix):
        return usual
    return replace(usual, decimals=usual.decimals + extra)


def _numbers_as_read(matrix: Array, write: Format) -> Array:
    """The numbers that a reader of ``matrix``, written by ``write``, computes with."""
    plain = replace(write, minus="-")
    return np.array([[float(plain(cell)) for cell in row] for row in matrix.tolist()])
