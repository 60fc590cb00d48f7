"""Splits the lines of a text into rows of cells at a separator that is known, and reads quotation marks."""

import re
from collections.abc import Sequence

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.session import limits
from tui_nn.session.tables.errors import TableError
from tui_nn.session.validation import shortened

_MOST_CELLS = 2 * limits.COLUMNS
# Empty cells count too, though they are no numbers.
_MOST_CELLS_IN_ALL = 4 * limits.NUMBERS_AT_ONCE
BLANKS = " "
"""The separator if any number of blanks separates the columns."""
NO_SEPARATOR = ""
"""The separator if there is only one column."""
_QUOTED_CELL = re.compile(r' *+"((?:[^"]++|"")*+)" *+')
_QUOTED_WORD = re.compile(r'"((?:[^"]++|"")*+)"(?=[ \t\n]|\Z)')
_WORD = re.compile(r"[^ \t]++")
_GAP = re.compile(r"[ \t]+")


class Quoted(str):
    """The text of a cell that stood in quotation marks."""

    __slots__ = ()


@frozen_dataclass
class CsvRecord:
    """A row of cells, and the line of the text on which it begins, counted from 1."""

    line: int
    cells: tuple[str, ...]

    @property
    def extent(self) -> int:
        """How many cells there are up to the last cell that is not empty."""
        return next((i for i in range(len(self.cells), 0, -1) if self.cells[i - 1]), 0)


def records_of(lines: Sequence[str], separator: str, first_line: int = 1) -> tuple[CsvRecord, ...]:
    """The rows in ``lines``; a cell in quotation marks may span several lines. Raises `TableError`."""
    records: list[CsvRecord] = []
    number = count = 0
    while number < len(lines):
        if count > _MOST_CELLS_IN_ALL:
            raise TableError(
                _("There are too many cells; at most {most} numbers are taken at once.", most=limits.NUMBERS_AT_ONCE)
            )
        begins, line = first_line + number, lines[number]
        number += 1
        if '"' not in line:
            records.append(_record(begins, plain_cells(line, separator)))
            count += len(records[-1].cells)
            continue
        parts, is_open = [line], line.count('"') % 2 == 1
        while is_open and number < len(lines):
            parts.append(lines[number])
            is_open ^= lines[number].count('"') % 2 == 1
            number += 1
        if is_open:
            raise TableError(_('a cell begins with ", and no other " ends it. Add one, or take this one out.'), begins)
        text = "\n".join(parts)
        cells = cells_between_blanks(text, begins) if separator == BLANKS else _quoted_cells(text, separator, begins)
        records.append(_record(begins, cells or [""]))
        count += len(records[-1].cells)
    return tuple(records)


def _record(line: int, cells: Sequence[str]) -> CsvRecord:
    if len(cells) > _MOST_CELLS:
        says = _(
            "there are more than {cells} cells; a table has at most the columns {most} of x and {most} of y.",
            cells=_MOST_CELLS,
            most=limits.COLUMNS,
        )
        raise TableError(says, line)
    return CsvRecord(line, tuple(cells))


def plain_cells(line: str, separator: str) -> list[str]:
    """The cells of a row without quotation marks, up to one more than a row may have."""
    if separator == BLANKS:
        return _GAP.split(line.strip(" \t"), _MOST_CELLS)
    return [cell.strip() for cell in line.split(separator, _MOST_CELLS)] if separator else [line.strip()]


def _quoted_cells(text: str, separator: str, line: int) -> list[str]:
    """The cells of a row, up to one more than a row may have."""
    cells: list[str] = []
    place = 0
    while True:
        if quoted := _QUOTED_CELL.match(text, place):
            cells.append(Quoted(quoted[1].replace('""', '"').strip()))
            end = quoted.end()
            if end < len(text) and text[end] != separator:
                raise _text_after_quotes_error(text[end:], line)
        else:
            end = text.find(separator, place) if separator else -1
            end = len(text) if end < 0 else end
            cells.append(text[place:end].strip())
        if end >= len(text) or len(cells) > _MOST_CELLS:
            return cells
        place = end + 1


def cells_between_blanks(text: str, line: int) -> list[str]:
    """The cells of a row whose columns are separated by blanks, up to one more than a row may have."""
    cells: list[str] = []
    place = 0
    while found := _GAP.match(text, place) or _QUOTED_WORD.match(text, place) or _WORD.match(text, place):
        if len(cells) > _MOST_CELLS:
            break
        if found.re is _QUOTED_WORD:
            cells.append(Quoted(found[1].replace('""', '"').strip()))
        elif found.re is _WORD:
            if found[0].startswith('"'):
                raise _text_after_quotes_error(found[0], line)
            cells.append(found[0])
        place = found.end()
    return cells


def _text_after_quotes_error(text: str, line: int) -> TableError:
    says = _(
        '"{text}" follows the end of a cell in quotation marks. A " within a cell is written twice: "".',
        text=shortened(text),
    )
    return TableError(says, line)
