"""Reads a matrix that the user pastes into the weights, as other programs print it."""

import re
from collections.abc import Sequence

from tui_nn.network import ValidationError
from tui_nn.session import limits
from tui_nn.session.input_parsing import parse_number, split_numbers
from tui_nn.session.validation import counted

# R's labels before rows and above columns; the brackets of Python's lists and of numpy.
_ROW_NAME = re.compile(r"^\[\d*,?\]\s+")
_COLUMN_NAMES = re.compile(r"(?:\s*\[,\d+\])+\s*")
_BRACKETS = re.compile(r"[\[\](){}]|\barray\b")

Rows = tuple[tuple[float, ...], ...]


def parse_matrix(text: str) -> Rows:
    """The numbers of a matrix, row by row; tabs, semicolons, commas or blanks separate them. Raises `ValidationError`.

    Leaves out names above the columns and before the rows, R's ``[,1]`` and ``[1,]``, and Python's brackets. Columns
    that R printed below the others, because the line was full, are put beside them again.
    """
    parts: list[list[list[str]]] = [[]]
    for line in text.strip("\r\n").splitlines()[: limits.UNITS * 4]:
        if _COLUMN_NAMES.fullmatch(line):
            parts.append([])
        elif cells := _split_line(line):
            parts[-1].append(cells)
    parts = [part for part in parts if part]
    if not parts:
        raise ValidationError("value", "nothing", "numbers", "The pasted text holds no number.")
    if len({len(part) for part in parts}) > 1:
        raise ValidationError(
            "value",
            "columns of different lengths",
            "numbers",
            "The columns pasted do not all have the same number of rows.",
        )
    rows = [[cell for part in parts for cell in part[place]] for place in range(len(parts[0]))]
    return _numbers(_without_names(rows))


def _split_line(line: str) -> list[str]:
    bare = _BRACKETS.sub(" ", _ROW_NAME.sub("", line.strip())).strip().rstrip(",;")
    if "\t" in bare:
        return [cell.strip() for cell in bare.split("\t")]
    return split_numbers(bare, 0)


def _without_names(rows: list[list[str]]) -> list[list[str]]:
    if len(rows) > 1 and not any(map(_is_number, rows[0])):
        rows = rows[1:]
    if all(len(row) > 1 and not _is_number(row[0]) for row in rows):
        rows = [row[1:] for row in rows]
    return rows


def _numbers(rows: Sequence[Sequence[str]]) -> Rows:
    columns = len(rows[0])
    found = []
    for place, row in enumerate(rows, start=1):
        if len(row) != columns:
            says = f"Row {place} of the pasted text has {counted(len(row), 'number')}; row 1 has {columns}."
            raise ValidationError("value", counted(len(row), "number"), str(columns), says)
        for cell in row:
            if not _is_number(cell):
                says = f'Row {place} of the pasted text has "{cell[:40]}", which is no number.'
                raise ValidationError("value", f'"{cell[:40]}"', "a number", says)
        found.append(tuple(map(parse_number, row)))
    return tuple(found)


def _is_number(text: str) -> bool:
    try:
        parse_number(text)
    except ValidationError:
        return False
    return True


def place_block(
    rows: Rows, shape: tuple[int, int], row: int, column: int, name: str, written: str
) -> tuple[int, int, Rows]:
    """The row and column of a block's first cell in a matrix of ``shape``, and the block's rows.

    A block begins at the cell selected; a whole matrix begins at its first cell. A column of biases is taken as a
    row. Raises `ValidationError` if the block does not fit; the message says so if it has the shape of the transposed
    matrix. ``name`` is the matrix's name in the file, ``written`` its name on the screen.
    """
    found = len(rows), len(rows[0])
    if name.startswith("b") and found[1] == 1 and found[0] > 1:
        rows = (tuple(number for (number,) in rows),)
        found = 1, len(rows[0])
    if found == shape:
        return 1, 1, rows
    if row - 1 + found[0] <= shape[0] and column - 1 + found[1] <= shape[1]:
        return row, column, rows
    room = shape[0] - row + 1, shape[1] - column + 1
    says = (
        f"The pasted text has {_size_text(found)}; {written} has {_size_text(shape)}, "
        f"and from [{row},{column}] on room for {_size_text(room)}."
    )
    if found == shape[::-1]:
        says = (
            f"The pasted text has {_size_text(found)}; {written} has {_size_text(shape)}: "
            "a row for each unit before it, a column for each unit behind it. "
            "Other programs print units by inputs: transpose it there, by t(W) in R or W.T in numpy."
        )
    raise ValidationError("value", _size_text(found), _size_text(shape), says)


def _size_text(shape: tuple[int, int]) -> str:
    return f"{counted(shape[0], 'row')} of {counted(shape[1], 'number')}"
