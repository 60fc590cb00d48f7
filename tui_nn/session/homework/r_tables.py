"""Reads tables with names above the columns and before the rows: R's matrices and data frames, pandas' frames."""

import re
from collections.abc import Sequence

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.session.homework.cells_in_columns import cells_named
from tui_nn.session.homework.digits import clean_number
from tui_nn.session.homework.iteration_words import is_iteration_name
from tui_nn.session.homework.number_rows import split_cells
from tui_nn.session.homework.reading_notes import numbers_text
from tui_nn.session.homework.student_names import is_matrix_name

_R_COLUMNS = re.compile(r"\s*+(?:\[,\d{1,7}\]\s*+)++\\?")
_R_COLUMN = re.compile(r"\[,(\d{1,7})\]")
_R_ROW = re.compile(r"\s*+(\[\d{0,7},\])\s")
_WORD = re.compile(r'"[^"\n]{0,200}+"|\S++')
_TYPES = re.compile(r"\s*+(?:<(?:dbl|int|chr|num|lgl|dbl\[,1\]|[a-z]{2,8})>\s*+)++")
_COUNTED_NAME = re.compile(r"([^\W\d]{1,20})[_. ]?(\d{1,4})")
_LONGEST_HEADING = 4_000


@frozen_dataclass(eq=False)
class NamedTable:
    """Rows of numbers below names. ``columns`` are the names above them, [] for R's [,1] [,2].

    ``error`` says in a sentence which row does not have a number for each column. ``end`` is the line behind.
    """

    columns: list[str]
    rows: list[list[str]]
    end: int
    error: str = ""


@frozen_dataclass(eq=False)
class _Part:
    """A part of a table whose columns did not fit beside each other. ``first`` is R's number of the first column."""

    first: int
    columns: list[str]
    names: list[str]
    rows: list[list[str]]
    end: int
    error: str = ""


def read_table(lines: Sequence[str], start: int) -> NamedTable | None:
    """The table that begins at ``start``; None if none does. Puts columns beside each other that stand below."""
    part = _read_part(lines, start)
    if part is None:
        return None
    columns, rows, end, error = list(part.columns), part.rows, part.end, part.error
    known = set(columns)
    width = len(columns) or len(rows[0] if rows else ())
    while not error:
        # pandas leaves a line blank between the parts, and writes \ above.
        begin = end + 1 if end < len(lines) and not lines[end].strip() and lines[start].endswith("\\") else end
        more = _read_part(lines, begin) if begin < len(lines) else None
        if more is None or more.names != part.names or bool(more.columns) != bool(part.columns):
            break
        if (more.first and more.first != width + 1) or not known.isdisjoint(more.columns):
            break
        width += len(more.rows[0]) if more.rows else 0
        columns += more.columns
        known.update(more.columns)
        for row, others in zip(rows, more.rows, strict=True):
            row += others
        end, error = more.end, more.error
        if not lines[begin].endswith("\\") and begin != more.end and lines[start].endswith("\\"):
            break
    return NamedTable(columns, rows, end, error)


def read_rows_below_blank(lines: Sequence[str], start: int) -> NamedTable | None:
    """The rows with names that begin at ``start``, below a line with blank names of columns; None if there are none.

    Such names are x1, x2, … or none that a matrix has; b1 may stand before the biases.
    """
    if start == 0 or lines[start - 1].strip():
        return None
    word = _WORD.search(lines[start])
    cells = split_cells(lines[start][word.end() :]) if word and len(lines[start]) <= _LONGEST_HEADING else None
    if not cells:
        return None
    names, rows, end, _error = _rows_below(lines, start, len(cells), may_lack_names=False)
    found = [_COUNTED_NAME.fullmatch(name) for name in names]
    counted = [(one[1], int(one[2])) for one in found if one and not one[1].casefold().startswith(("b", "w"))]
    first = counted[0] if counted else ("", 0)
    are_counted = len(counted) > 1 and counted == [(first[0], first[1] + i) for i in range(len(counted))]
    are_words = len(cells) > 1 and not any(map(is_matrix_name, names))
    has_others = len(names) - len(counted) > 1 or first[1] > 1
    if len(rows) < 2 or not (are_words or (are_counted and not has_others)):
        return None
    return NamedTable([], rows, end)


def _read_part(lines: Sequence[str], start: int) -> _Part | None:
    heading = lines[start]
    if _R_COLUMNS.fullmatch(heading):
        numbers = [int(number) for number in _R_COLUMN.findall(heading)]
        names, rows, end, error = _rows_below(lines, start + 1, len(numbers), may_lack_names=True)
        return _Part(numbers[0], [], names, rows, end, error) if rows or error else None
    if len(heading) > _LONGEST_HEADING or not heading.strip():
        return None
    if (row := _R_ROW.match(heading)) and (cells := split_cells(heading[row.end() :])):
        # The names of the columns are blank.
        names, rows, end, error = _rows_below(lines, start, len(cells), may_lack_names=False)
        return _Part(0, [], names, rows, end, error)
    return _named_columns(lines, start, heading.rstrip("\\ "))


def _named_columns(lines: Sequence[str], start: int, heading: str) -> _Part | None:
    """A table with names above the columns, which end where the numbers below them end, or stand in quotation marks."""
    words = list(_WORD.finditer(heading))
    below = start + 1
    if below < len(lines) and _TYPES.fullmatch(lines[below]):
        below += 1
    if below >= len(lines) or not lines[below].strip():
        return None
    columns = [word[0].strip('"') for word in words]
    if "..." in columns and "[" not in heading and "..." in lines[below].split():
        end = below
        while end < len(lines) and "..." in lines[end].split():
            end += 1
        error = _(
            'Line {line}: "..." stands for columns that the program left out. The matrix is left out.', line=start + 1
        )
        return _Part(0, columns, [], [], end, error)
    # Numbers as names, as pandas has them, count up from 0 or 1.
    if any(clean_number(name) is not None for name in columns) and columns not in (
        [str(i) for i in range(len(columns))],
        [str(i + 1) for i in range(len(columns))],
    ):
        return None
    first = lines[below]
    found = list(_WORD.finditer(first))
    extra = len(found) - len(words)
    if extra not in (0, 1) or split_cells(" ".join(word[0] for word in found[extra:])) is None:
        return None
    if extra == 0 and (len(words) == 1 or not all(_is_name(name) for name in columns)):
        return None
    is_quoted = all(word[0].startswith('"') for word in words)
    is_aligned = all(word.end() == cell.end() for word, cell in zip(words, found[extra:], strict=True))
    if not is_aligned and not (is_quoted and extra) and not _are_known(columns):
        return None
    if extra == 0:
        return _named_list(lines, below, columns)
    names, rows, end, error = _rows_below(lines, below, len(columns), may_lack_names=False)
    return _Part(0, columns, names, rows, end, error) if rows else None


def _named_list(lines: Sequence[str], below: int, columns: list[str]) -> _Part | None:
    """The numbers of a list whose names stand above them, or the rows of a table without names before the rows."""
    rows: list[list[str]] = []
    end = below
    while end < len(lines) and (cells := split_cells(lines[end])) and len(cells) == len(columns):
        rows.append(cells)
        end += 1
    return _Part(0, columns, [""] * len(rows), rows, end)


def _are_known(columns: Sequence[str]) -> bool:
    """Whether every name is that of a matrix, of a cell, or of an iteration: then they need not stand above numbers."""
    cells = cells_named(columns)
    return len(columns) > 1 and all(
        is_iteration_name(name) or is_matrix_name(cell[0] if cell else name)
        for name, cell in zip(columns, cells, strict=True)
    )


def _is_name(text: str) -> bool:
    return clean_number(text) is None and any(map(str.isalpha, text))


def _rows_below(
    lines: Sequence[str], start: int, columns: int, *, may_lack_names: bool
) -> tuple[list[str], list[list[str]], int, str]:
    """The names before the rows, the rows, the line behind them, and what is wrong with the last one."""
    names: list[str] = []
    rows: list[list[str]] = []
    line = start
    while line < len(lines):
        text = lines[line]
        if row := _R_ROW.match(text):
            name, rest = row[1], text[row.end() :]
            if name in names and name != "[,]":
                break
        else:
            word = _WORD.search(text)
            if word is None or word[0].startswith("[") or _R_COLUMNS.fullmatch(text):
                break
            if names and (names[0].startswith("[") or (columns == 1 and len(text) != len(lines[start]))):
                # R aligns the rows of a table: "iteration 2" below it is none.
                break
            name, rest = word[0], text[word.end() :]
        cells = split_cells(rest)
        if cells is None or len(cells) != columns:
            if may_lack_names and columns == 1 and not row and cells is None and split_cells(name):
                name, cells = "", split_cells(name) or []
            elif cells and may_lack_names and not row and split_cells(name) and len(cells) + 1 == columns:
                name, cells = "", [*(split_cells(name) or []), *cells]
            elif row or (cells and rows and not may_lack_names and names[-1].isdigit() and name.isdigit()):
                error = _(
                    "Line {line}: this row has {found}, but there are {columns} columns. The matrix is left out.",
                    line=line + 1,
                    found=numbers_text(len(cells or [])),
                    columns=columns,
                )
                return names, rows, _behind(lines, line), error
            else:
                break
        names.append(name)
        rows.append(cells)
        line += 1
    return names, rows, line, ""


def _behind(lines: Sequence[str], line: int) -> int:
    """The first line behind the rows that R labels, from ``line`` on."""
    line += 1
    while line < len(lines) and _R_ROW.match(lines[line]):
        line += 1
    return line
