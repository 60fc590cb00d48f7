"""Matrices as they stand on paper: their cells as text, cut with dots where they are large."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from tui_nn.network.formulas.expression import Expression, Shape, Symbol, Transposed
from tui_nn.network.model.array import Array
from tui_nn.writing.notation.number_format import Format, format_of

MOST_ROWS, MOST_COLUMNS = 10, 6
_FIRST_ROWS, _FIRST_COLUMNS = 6, 4
_FIGURES = 3
_MOST_DECIMALS = 7
# Beyond that there are no digits of a double left.
_MOST_EXTRA = 15
_ALONG, _DOWN, _BOTH = "⋯", "⋮", "⋱"


@dataclass(frozen=True)
class PaperMatrix:
    """The cells of a matrix of this shape as text, row by row; dots stand for those that are left out."""

    shape: Shape
    cells: tuple[tuple[str, ...], ...]


def is_cut(shape: Shape) -> bool:
    """Whether a matrix of this shape is too large to be written whole."""
    return shape[0] > MOST_ROWS or shape[1] > MOST_COLUMNS


def grid(matrix: Array, write: Callable[[float], str]) -> PaperMatrix:
    """``matrix`` with each cell as ``write`` has it."""
    rows, columns = matrix.shape
    across = places(columns, MOST_COLUMNS, _FIRST_COLUMNS)
    cells = []
    for row in places(rows, MOST_ROWS, _FIRST_ROWS):
        if row is None:
            cells.append(tuple(_BOTH if column is None else _DOWN for column in across))
        else:
            cells.append(tuple(_ALONG if column is None else write(float(matrix[row, column])) for column in across))
    return PaperMatrix((rows, columns), tuple(cells))


def places(count: int, most: int = MOST_ROWS, first: int = _FIRST_ROWS) -> list[int | None]:
    """The rows that are shown of so many, from 0, None standing for those left out: the first ones and the last."""
    return [*range(count)] if count <= most else [*range(first), None, count - 1]


def paper_format(matrix: Array) -> Format:
    """The usual format, with as many decimals more as the smallest cell needs for three digits that count."""
    usual = format_of(matrix)
    sizes = np.abs(matrix[np.isfinite(matrix) & (matrix != 0)])
    if usual.scientific or not sizes.size:
        return replace(usual, width=0)
    needed = _FIGURES - 1 - math.floor(math.log10(float(sizes.min())))
    return replace(usual, decimals=max(usual.decimals, min(needed, _MOST_DECIMALS)), width=0)


@dataclass(frozen=True, eq=False)
class Operands:
    """What an equation is made from, as grids.

    Whoever computes with the numbers shown gets every cell of the result as it is shown; where no reasonable number of
    digits is enough for that, the last one ``may_differ``.
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
    """``blocks``, the matrices in ``expression``, with as many digits as it takes for that called ``name`` to come out.

    Matrices that are cut, or that overflow, have the usual digits: nobody can compute with them.
    """
    exact = {block: block.value(values) for block in blocks}
    usual = {block: _format_of(block, matrix, formats) for block, matrix in exact.items()}
    result = values[name]
    whole = not any(is_cut(matrix.shape) for matrix in (result, *exact.values()))
    finite = all(np.isfinite(matrix).all() for matrix in (result, *exact.values()))
    if not (whole and finite):
        return Operands({block: grid(matrix, usual[block]) for block, matrix in exact.items()})
    made_of = _in_symbols(expression, blocks)
    shown = grid(result, formats[name])
    for extra in range(_MOST_EXTRA):
        written = {block: _with_digits(usual[block], matrix, extra) for block, matrix in exact.items()}
        rounded = {str(i): _read(exact[block], written[block]) for i, block in enumerate(blocks)}
        with np.errstate(all="ignore"):
            made = made_of.value({**values, **rounded})
        if grid(made, formats[name]) == shown:
            return Operands({block: grid(exact[block], written[block]) for block in blocks})
    written = {block: _with_digits(usual[block], matrix, _MOST_EXTRA - 1) for block, matrix in exact.items()}
    return Operands({block: grid(exact[block], written[block]) for block in blocks}, may_differ=True)


def _format_of(block: Expression, matrix: Array, formats: Mapping[str, Format]) -> Format:
    match block:
        case Symbol(name) | Transposed(Symbol(name)):
            return formats[name]
    return paper_format(matrix)


def _with_digits(usual: Format, matrix: Array, extra: int) -> Format:
    """``usual`` with so many decimals more, but where it shows the numbers as they are."""
    if np.array_equal(_read(matrix, usual), matrix):
        return usual
    return replace(usual, decimals=usual.decimals + extra)


def _read(matrix: Array, write: Format) -> Array:
    """The numbers that whoever reads ``matrix`` takes down."""
    plain = replace(write, minus="-")
    return np.array([[float(plain(cell)) for cell in row] for row in matrix.tolist()])


def _in_symbols(expression: Expression, blocks: list[Expression]) -> Expression:
    """``expression`` with the number of each block, as a name, in its place."""
    if expression in blocks:
        return Symbol(str(blocks.index(expression)))
    parts = {part.name: getattr(expression, part.name) for part in fields(expression)}
    changed: dict[str, Any] = {
        name: part if isinstance(part, str) else _in_symbols(part, blocks) for name, part in parts.items()
    }
    return replace(expression, **changed)
