"""Tables as spreadsheets copy them and as CSV files hold them: read into the data, and written from it."""

import csv
import io
import re
from codecs import BOM_UTF8
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tui_nn.network import COLUMN_MAX, Dataset, Refusal
from tui_nn.session import limits, values
from tui_nn.session.events import DataReplaced
from tui_nn.session.typed import number
from tui_nn.session.values import many

# Two in a line; one behind a name, beside a decimal point, or before a blank.
_PARTING_COMMA = re.compile(r",[^,\n]*,|^\s*[^\d\s.+−-][^,\n]*,|^[^,\n]*\.[^,\n]*,|,[^,\n]*\.|,[ \t]", re.MULTILINE)
_DIGITS = re.compile(r"[\d\s.,+−-]+")
_MARK = BOM_UTF8.decode()


@dataclass(frozen=True)
class Block:
    """Rows of numbers, all of one length; ``names`` is what stands above them, () where nothing does."""

    names: tuple[str, ...]
    rows: tuple[tuple[float, ...], ...]

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len(self.names) if self.names else len(self.rows[0])


def block(text: str, *, is_file: bool = False) -> Block:
    """The table in ``text``. Raises `Refusal`.

    Its columns are parted by tabs, else semicolons, else commas, else blanks. A single comma in each line is taken as a
    decimal one, unless the text is that of a CSV file or has decimal points as well. A first line without a number
    holds the columns' names; in a file, one in which anything is no number.
    """
    lines = text.removeprefix(_MARK).strip("\r\n").splitlines()
    if not any(map(str.strip, lines)):
        raise Refusal("table", "nothing", "rows of numbers")
    if len(lines) > limits.ROWS + 1:
        raise Refusal("table", f"{len(lines)} lines", f"at most {limits.ROWS} rows")
    cells = _cells(lines, is_file=is_file)
    numbers = [_is_number(cell) for cell in cells[0]]
    names: tuple[str, ...] = ()
    if not (all(numbers) if is_file else any(numbers)):
        names, cells = tuple(" ".join(cell.split()) for cell in cells[0]), cells[1:]
        if cells and names[0] == "" and all(names[1:]) and len(names) > 1:
            # What R's write.csv puts first: the names of the rows.
            names, cells = names[1:], [row[1:] for row in cells]
        names = values.names("names", names)
        if all(map(_DIGITS.fullmatch, names)):
            raise Refusal("table", f'"{values.short(names[0])}" in the first line', "numbers, or names")
    columns = len(names) if names else len(cells[0])
    if columns > 2 * limits.COLUMNS:
        raise Refusal("table", f"{columns} columns", f"at most {limits.COLUMNS}")
    if columns * len(cells) > limits.NUMBERS_AT_ONCE:
        raise Refusal("table", f"{columns * len(cells)} numbers", f"at most {limits.NUMBERS_AT_ONCE} at once")
    rows: list[tuple[float, ...]] = []
    for i, row in enumerate(cells, start=1):
        if len(row) != columns:
            raise Refusal("table", f"row {i} with {many(len(row), 'cell')}", f"{columns}, as the others have")
        rows.append(tuple(_number(cell, i, j) for j, cell in enumerate(row, start=1)))
    return Block(names, tuple(rows))


def _cells(lines: Sequence[str], *, is_file: bool) -> list[list[str]]:
    text = "\n".join(lines)
    separator = next((sign for sign in "\t;" if sign in text), "")
    if not separator and "," in text and (is_file or _PARTING_COMMA.search(text)):
        separator = ","
    if separator:
        rows = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
        try:
            # An empty line is a row with nothing in it, not none.
            return [[cell.strip() for cell in row] or [""] for row in rows]
        except csv.Error as error:
            raise Refusal("table", f"a table that can't be parted into cells ({error})", "rows of numbers") from None
    words = [line.split() for line in lines]
    if len(words[-1]) > 1 and all(map(_is_number, words[-1])):
        return [row or [""] for row in words]
    return [[line.strip()] for line in lines]


def _is_number(text: str) -> bool:
    try:
        number(text)
    except Refusal:
        return False
    return True


def _number(text: str, row: int, column: int) -> float:
    try:
        return number(text)
    except Refusal as refusal:
        found = f"{refusal.found} in row {row}, column {column}"
        raise Refusal("table", found, refusal.expected) from None


def replaced(data: Dataset, taken: Block) -> DataReplaced:
    """A whole table in the place of ``data``. Raises `Refusal` where it leaves no column for x, or has no rows.

    The columns of y are those that are called so now, or else the last ones, as many as there are now.
    """
    names = taken.names
    if taken.columns <= data.outputs:
        expected = f"at least {data.outputs + 1}: the last {data.outputs if data.outputs > 1 else 'one'} for y"
        raise Refusal("table", many(taken.columns, "column"), expected)
    if not taken.rows:
        raise Refusal("table", "a table without rows", "at least one row of numbers")
    inputs = taken.columns - data.outputs
    if not names:
        own = (*data.x_names, *data.y_names)
        new = (*(f"x{i}" for i in range(1, inputs + 1)), *data.y_names)
        return _with_cells(own if taken.columns == len(own) else new, taken.rows, inputs)
    order = list(range(taken.columns))
    if set(data.y_names) <= set(names):
        of_y = [names.index(name) for name in data.y_names]
        order = [*(i for i in order if i not in of_y), *of_y]
    rows = [[row[i] for i in order] for row in taken.rows]
    return _with_cells(tuple(names[i] for i in order), rows, inputs)


def _with_cells(names: tuple[str, ...], rows: Sequence[Sequence[float]], inputs: int) -> DataReplaced:
    x, y = tuple(tuple(row[:inputs]) for row in rows), tuple(tuple(row[inputs:]) for row in rows)
    return DataReplaced(names[:inputs], names[inputs:], x, y)


def dataset(text: str) -> Dataset:
    """The data of a CSV file by itself: its last column is y, and every column is scaled by its greatest number.

    Raises `Refusal`.
    """
    nothing = Dataset(np.ones((1, 1)), np.ones((1, 1)), ("x1",), ("y",), COLUMN_MAX, COLUMN_MAX)
    found = replaced(nothing, block(text, is_file=True))
    return Dataset(np.array(found.x), np.array(found.y), found.x_names, found.y_names, COLUMN_MAX, COLUMN_MAX)


def csv_of(data: Dataset) -> str:
    """``data`` as typed in, as CSV: the names, then the rows with all their digits, x before y."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow((*data.x_names, *data.y_names))
    # What is −0 in a computer is 0 in a table.
    writer.writerows((np.hstack([data.x, data.y]) + 0.0).tolist())
    return text.getvalue()
