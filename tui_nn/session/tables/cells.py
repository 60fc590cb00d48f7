"""Splits a text into cells: leaves out the comments, and finds the sign that separates the columns."""

import re
from collections.abc import Sequence

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.session import limits
from tui_nn.session.tables.errors import TableError
from tui_nn.session.tables.numerals import looks_like_number
from tui_nn.session.tables.records import CsvRecord, plain_cells, records_of
from tui_nn.session.tables.separators import separator_of_file, separator_of_paste

_MOST_LINES = 2 * limits.ROWS
_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
_COMMENT = re.compile(r" *+#++(?: ++|\Z)")


@frozen_dataclass
class Cells:
    """All rows of a text, and the sign that separates their cells."""

    separator: str
    records: tuple[CsvRecord, ...]


def split_file(text: str) -> Cells:
    """The cells in a file's text. Raises `TableError`."""
    lines = _without_comments(_split_lines(text.rstrip("\r\n")))
    if named := _SEPARATOR_LINE.fullmatch(lines[0].strip(" ")):
        # Excel names the separator on a first line, which is no part of the table.
        return Cells(named[1], records_of(lines[1:], named[1], first_line=2))
    separator = separator_of_file(lines)
    return Cells(separator, records_of(lines, separator))


def split_paste(text: str) -> Cells:
    """The cells in a text that the user pastes. Raises `TableError`."""
    lines = _split_lines(text.strip("\r\n"))
    separator = separator_of_paste(lines)
    return Cells(separator, records_of(lines, separator))


def _split_lines(text: str) -> list[str]:
    """The lines of ``text``, including blank lines. Raises `TableError` if there are far too many."""
    count = max(text.count("\n"), text.count("\r")) + 1
    if count > _MOST_LINES:
        raise TableError(_("There are {lines} lines; at most {most} rows are read.", lines=count, most=limits.ROWS))
    return _LINE_ENDS.split(text)


def _without_comments(lines: Sequence[str]) -> Sequence[str]:
    """``lines`` with comments, which begin with ``# ``, made blank. A comment with the columns' names loses only its #.

    numpy writes such names. A line that begins within quotation marks is no comment.
    """
    if not any(line.lstrip(" ").startswith("#") for line in lines):
        return lines
    kept: list[str] = []
    above, is_open, first_row = -1, False, ""
    for i, line in enumerate(lines):
        is_comment = not is_open and bool(_COMMENT.match(line))
        if is_comment and not first_row:
            above = i
        kept.append("" if is_comment else line)
        if not is_comment:
            is_open ^= line.count('"') % 2 == 1
            first_row = first_row or line.strip(" ")
    if above >= 0 and first_row:
        kept[above] = _names_in_comment(lines[above], first_row)
    return kept


def _names_in_comment(comment: str, row: str) -> str:
    """The names that a ``comment`` has for the numbers in the ``row`` below it; "" if it has none."""
    separator = separator_of_file([row])
    cells = plain_cells(row, separator)
    # Tries the comment with its # as well: that may be the first column's name.
    for names in (_COMMENT.sub("", comment), comment):
        found = plain_cells(names, separator)
        if len(found) == len(cells) > 1 and looks_like_number(cells[0]) and not any(map(looks_like_number, found)):
            return names
    return ""
