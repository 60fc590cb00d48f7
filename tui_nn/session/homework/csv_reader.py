"""Reads tables with separators: a matrix, columns of costs, a column for each cell, or a row for each cell."""

import csv
import re
from collections.abc import Sequence
from typing import NamedTuple

from tui_nn.language import _
from tui_nn.session import limits
from tui_nn.session.homework.bare_rows import add_bare_rows
from tui_nn.session.homework.cells_in_columns import add_cells_in_columns
from tui_nn.session.homework.collector import Collector
from tui_nn.session.homework.columns import add_named_columns
from tui_nn.session.homework.digits import clean_number
from tui_nn.session.homework.iteration_words import is_iteration_name
from tui_nn.session.homework.printed_numbers import NumbersError
from tui_nn.session.homework.r_tables import NamedTable
from tui_nn.session.homework.reading_notes import too_many_numbers

_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_SEPARATORS = ";\t,"
_SEEN = 50
_NAMES = frozenset({"matrix", "name", "label", "what", "variable", "quantity", "matrix_name"})
_ROWS = frozenset({"row", "i", "zeile", "rows"})
_COLUMNS = frozenset({"column", "col", "j", "spalte", "columns", "cols"})
_VALUES = frozenset({"value", "values", "number", "wert", "x", "cell", "val"})


class _Record(NamedTuple):
    line: int
    cells: list[str]


def read_csv(collector: Collector, text: str) -> bool:
    """Adds the matrices of ``text`` to ``collector``, and says whether it is a table with separators."""
    lines = [line.rstrip() for line in _LINE_ENDS.split(text)]
    first = [line for line in lines[: 2 * _SEEN] if line.strip()][:_SEEN]
    separator = _separator(first)
    if not separator:
        return False
    records = _records(lines, separator)
    if records is None or len(records) < 2:
        return False
    records = _without_blank_columns(records)
    heading, *rows = records
    is_named = _is_heading(heading.cells)
    rows = rows if is_named else records
    names = heading.cells if is_named else []
    has_words = [column for column in range(len(rows[0].cells)) if not _is_number(rows[0].cells[column], separator)]
    decimal = "," if separator != "," and _has_decimal_commas(rows) else "."
    if has_words not in ([], [0]) and not _is_long(names):
        return False
    _add(collector, names, rows, decimal, has_words == [0])
    return True


def _separator(lines: Sequence[str]) -> str:
    """The sign that is in every line equally often; "" if there is none."""
    for sign in _SEPARATORS:
        # A sheet with several matrices below each other has rows of several lengths: it is read as text.
        counts = {_without_quoted(line).rstrip(f"{sign} \t").count(sign) for line in lines}
        if (
            len(counts) == 1
            and counts != {0}
            and len(lines) > 1
            and not any("[" in _before(line, sign) for line in lines)
        ):
            return sign
    return ""


def _without_quoted(line: str) -> str:
    return re.sub(r'"[^"]*+"', '""', line)


def _before(line: str, sign: str) -> str:
    """What a line begins with, outside quotation marks: a [ there is of a list, not of a table."""
    return _without_quoted(line).lstrip()[:1] if sign == "," else ""


def _records(lines: Sequence[str], separator: str) -> list[_Record] | None:
    """The rows, all equally long; None if they are not, or a cell is neither a number nor in the first columns."""
    found: list[_Record] = []
    count = 0
    try:
        for line, cells in enumerate(csv.reader(lines, delimiter=separator, skipinitialspace=True), start=1):
            if not cells or (len(cells) == 1 and not cells[0].strip()):
                continue
            if found and len(cells) != len(found[0].cells):
                return None
            count += len(cells)
            if count > 3 * limits.PRINTED_CELLS:
                raise NumbersError(too_many_numbers())
            found.append(_Record(line, [cell.strip() for cell in cells]))
    except csv.Error:
        return None
    return found


def _without_blank_columns(records: Sequence[_Record]) -> list[_Record]:
    """The records without the columns that are blank in each, as between two tabs and at the end of a line."""
    kept = [i for i in range(len(records[0].cells)) if any(record.cells[i] for record in records)]
    return [_Record(record.line, [record.cells[i] for i in kept]) for record in records]


def _is_heading(cells: Sequence[str]) -> bool:
    return not any(cell and _is_number(cell, ";") for cell in cells) or cells[0] == ""


def _is_number(cell: str, separator: str) -> bool:
    return clean_number(cell if separator == "," else cell.replace(",", ".", 1)) is not None


def _has_decimal_commas(rows: Sequence[_Record]) -> bool:
    return any("," in cell for row in rows[:_SEEN] for cell in row.cells)


def _is_long(names: Sequence[str]) -> bool:
    return _place(names, _NAMES) is not None and _place(names, _VALUES) is not None


def _place(names: Sequence[str], wanted: frozenset[str]) -> int | None:
    return next((i for i, name in enumerate(names) if name.casefold() in wanted), None)


def _add(collector: Collector, names: Sequence[str], records: Sequence[_Record], decimal: str, has_words: bool) -> None:
    if _is_long(names):
        _add_cells(collector, names, records, decimal)
        return
    rows: list[list[str]] = []
    for record in records:
        cells = [clean_number(cell.replace(decimal, ".")) for cell in record.cells[has_words:]]
        wrong = next((i for i, cell in enumerate(cells) if cell is None), None)
        if wrong is not None:
            collector.note(
                _(
                    "Line {line}: the cell in column {column} is not a number. The row is left out.",
                    line=record.line,
                    column=wrong + 1 + has_words,
                )
            )
        else:
            rows.append([cell or "nan" for cell in cells])
    line = records[0].line
    if not rows:
        return
    if has_words and not names:
        _add_rows_by_name(collector, records, rows)
        return
    above = list(names[has_words:])
    if names and not has_words and names[0] == "":
        above, rows = above[1:], [row[1:] for row in rows]
    if not above:
        add_bare_rows(collector, "", rows, line, None)
    else:
        # Rows that were left out are noted already.
        lines = [record.line for record in records][: len(rows)]
        if add_cells_in_columns(collector, above, rows, lines, None):
            return
        add_named_columns(collector, "", NamedTable(above, rows, 0), line, None)


def _add_rows_by_name(collector: Collector, records: Sequence[_Record], rows: Sequence[list[str]]) -> None:
    """Adds rows that begin with the name of their matrix."""
    if len(records) != len(rows):
        return
    start = 0
    for i in range(1, len(rows) + 1):
        if i == len(rows) or records[i].cells[0] != records[start].cells[0]:
            collector.add(records[start].cells[0], rows[start:i], records[start].line, is_list=i - start == 1)
            start = i


def _add_cells(collector: Collector, names: Sequence[str], records: Sequence[_Record], decimal: str) -> None:
    """Adds a table with a row for each cell: matrix, row, column, value, and perhaps iteration."""
    named, value = _place(names, _NAMES), _place(names, _VALUES)
    row, column = _place(names, _ROWS), _place(names, _COLUMNS)
    iteration = next((i for i, name in enumerate(names) if is_iteration_name(name) and i not in (row, column)), None)
    if named is None or value is None:
        return
    of_all: int | None = None
    for record in records:
        if collector.is_full:
            return
        cells = record.cells
        number = clean_number(cells[value].replace(decimal, "."))
        place = tuple(_whole(cells[i]) for i in (row, column) if i is not None and cells[i])
        at = _whole(cells[iteration]) if iteration is not None else of_all
        if is_iteration_name(cells[named]) and not place and number:
            of_all = _whole(number)
            continue
        if number is None or None in place:
            collector.note(
                _(
                    "Line {line}: this row names no cell, or its value is not a number. It is left out.",
                    line=record.line,
                )
            )
        elif place:
            collector.add_cell(cells[named], tuple(p for p in place if p is not None), number, at, record.line)
        elif at is not None:
            collector.add_of_iteration(cells[named], number, at, record.line)
        else:
            collector.add(cells[named], [[number]], record.line, is_list=True)


def _whole(cell: str) -> int | None:
    return int(cell) if cell.isascii() and cell.isdigit() and len(cell) < 9 else None
