"""Reads a matrix that the user pastes into the weights, as other programs print it."""

import re
from collections.abc import Sequence

from tui_nn.language import _, ngettext
from tui_nn.network import ValidationError
from tui_nn.network.model.errors import quoted
from tui_nn.session import limits
from tui_nn.session.input_parsing import parse_number, split_numbers

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
        raise ValidationError("value", _("nothing"), _("numbers"), _("The pasted text holds no number."))
    if len({len(part) for part in parts}) > 1:
        raise ValidationError(
            "value",
            _("columns of different lengths"),
            _("numbers"),
            _("The columns pasted do not all have the same number of rows."),
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
            found_there = ngettext("{numbers} number", "{numbers} numbers", len(row), numbers=len(row))
            says = _(
                "Row {row} of the pasted text has {numbers}; row 1 has {columns}.",
                row=place,
                numbers=found_there,
                columns=columns,
            )
            raise ValidationError("value", found_there, str(columns), says)
        for cell in row:
            if not _is_number(cell):
                says = _('Row {row} of the pasted text has "{cell}", which is no number.', row=place, cell=cell[:40])
                raise ValidationError("value", quoted(cell[:40]), _("a number"), says)
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
    if found == shape[::-1]:
        says = _(
            "The pasted text has {size}; {matrix} has {own_size}: "
            "a row for each unit before it, a column for each unit behind it. "
            "Other programs print units by inputs: transpose it there, by t(W) in R or W.T in numpy.",
            size=_size_text(found),
            matrix=written,
            own_size=_size_text(shape),
        )
    else:
        says = _(
            "The pasted text has {size}; {matrix} has {own_size}, and from [{row},{column}] on room for {room}.",
            size=_size_text(found),
            matrix=written,
            own_size=_size_text(shape),
            row=row,
            column=column,
            room=_size_text(room),
        )
    raise ValidationError("value", _size_text(found), _size_text(shape), says)


def _size_text(shape: tuple[int, int]) -> str:
    rows, numbers = shape
    return _(
        "{rows} of {numbers}",
        rows=ngettext("{rows} row", "{rows} rows", rows, rows=rows),
        numbers=ngettext("{numbers} number", "{numbers} numbers", numbers, numbers=numbers),
    )
