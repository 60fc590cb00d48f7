"""Splits a text into cells: finds the sign that separates the columns, and reads quotation marks."""

import re
from collections.abc import Sequence

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.session import limits
from tui_nn.session.tables.errors import TableError
from tui_nn.session.tables.numerals import is_missing, looks_like_number, parse_logical, parse_numeral
from tui_nn.session.validation import shortened

_MOST_CELLS = 2 * limits.COLUMNS
_MOST_LINES = 2 * limits.ROWS
# Empty cells count too, though they are no numbers.
_MOST_CELLS_IN_ALL = 4 * limits.NUMBERS_AT_ONCE
BLANKS = " "
"""The separator if any number of blanks separates the columns."""
_NO_SEPARATOR = ""
_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
_IN_QUOTES = re.compile(r'"(?:[^"]++|"")*+"')
_QUOTED_CELL = re.compile(r' *+"((?:[^"]++|"")*+)" *+')
_QUOTED_WORD = re.compile(r'"((?:[^"]++|"")*+)"(?=[ \t\n]|\Z)')
_WORD = re.compile(r"[^ \t]++")
_COMMENT = re.compile(r" *+#++(?: ++|\Z)")
_GAP = re.compile(r"[ \t]+")
# Commas that separate: two in a line; one after a name, on a line with a decimal point, or before a blank.
_PARTING_COMMA = re.compile(r",[^,\n]*,|^\s*[^\d\s.+−-][^,\n]*,|^[^,.\n]*\.[^,\n]*,|,[^,.\n]*\.|,[ \t]", re.MULTILINE)
# Lines like 1,200 may each be one number or several. Each row of this table has the sign that makes them doubtful, what
# every line must look like (1,200; 1 200; 1.200,5), and what at least one line must have.
_GROUPED_NUMBER_LINES = tuple(
    (sign, re.compile(rf"[+−-]?{every}", re.ASCII), re.compile(some))
    for sign, every, some in (
        (",", r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", ","),
        (BLANKS, r"[1-9]\d{0,2}(?: \d{3})+(?:[.,]\d+)?", BLANKS),
        (",", r"(?:[1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:,\d+)?", r"\..*,"),
    )
)


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
        return Cells(named[1], _records(lines[1:], named[1], first_line=2))
    separator = _separator_of_file(lines)
    return Cells(separator, _records(lines, separator))


def split_paste(text: str) -> Cells:
    """The cells in a text that the user pastes. Raises `TableError`."""
    lines = _split_lines(text.strip("\r\n"))
    separator = _separator_of_paste(lines)
    return Cells(separator, _records(lines, separator))


def _split_lines(text: str) -> list[str]:
    """The lines of ``text``, including blank lines. Raises `TableError` if there are far too many."""
    count = max(text.count("\n"), text.count("\r")) + 1
    if count > _MOST_LINES:
        raise TableError(f"There are {count} lines; at most {limits.ROWS} rows are read.")
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
    separator = _separator_of_file([row])
    cells = _plain_cells(row, separator)
    # Tries the comment with its # as well: that may be the first column's name.
    for names in (_COMMENT.sub("", comment), comment):
        found = _plain_cells(names, separator)
        if len(found) == len(cells) > 1 and looks_like_number(cells[0]) and not any(map(looks_like_number, found)):
            return names
    return ""


def _separator_of_file(lines: Sequence[str]) -> str:
    bare = _lines_without_quotes(lines)
    commonest = _commonest(bare, "\t;|,")
    if commonest == ",":
        return _comma_or_blanks(lines, bare)
    if commonest:
        return commonest
    with_blanks = sum(bool(_GAP.search(line)) for line in bare)
    return BLANKS if 2 * with_blanks > len(bare) else _NO_SEPARATOR


def _separator_of_paste(lines: Sequence[str]) -> str:
    bare = _lines_without_quotes(lines)
    if commonest := _commonest(bare, "\t;|"):
        return commonest
    for sign, every, some in _GROUPED_NUMBER_LINES:
        if (found := _separator_of_grouped_numbers(bare, sign, every, some)) is not None:
            return found
    if _PARTING_COMMA.search("\n".join(bare)):
        return _comma_or_blanks(lines, bare)
    words = _cells_between_blanks(bare[-1], len(lines)) if bare else []
    return BLANKS if len(words) > 1 and all(map(parse_numeral, words)) else _NO_SEPARATOR


def _separator_of_grouped_numbers(
    bare: Sequence[str], sign: str, every: re.Pattern[str], some: re.Pattern[str]
) -> str | None:
    """The separator if every line looks like 1,200 or 1 200 or 1.200,5; None if a line looks otherwise.

    Only names above the lines tell whether each line is one number or several. Raises `TableError` if there are none.
    """
    first, *others = bare or [""]
    has_names = bool(others) and not looks_like_number(first)
    rows = others if has_names else bare
    if not rows or not all(map(every.fullmatch, rows)) or not any(map(some.search, rows)):
        return None
    if has_names:
        columns = len(first.split(sign))
        return _NO_SEPARATOR if columns == 1 else sign
    shown = next(row for row in rows if some.search(row))
    alone = shown.replace("." if some.pattern != sign else sign, "")
    says = (
        f'"{shortened(shown)}" may be one number or {len(shown.split(sign))}. '
        f"Put tabs or semicolons between the columns, or write {alone} if it is one number."
    )
    raise TableError(says, 1 + rows.index(shown))


def _lines_without_quotes(lines: Sequence[str]) -> list[str]:
    """The lines that are not blank, with the text in quotation marks removed."""
    text = _IN_QUOTES.sub('""', "\n".join(lines))
    return [stripped for line in text.split("\n") if (stripped := line.strip(" "))]


def _commonest(bare: Sequence[str], signs: str) -> str:
    """The sign that is in most lines; the first of ``signs`` in a tie; "" if no line has one."""
    counts = {sign: sum(sign in line for line in bare) for sign in signs}
    most = max(counts.values(), default=0)
    return next((sign for sign, count in counts.items() if count == most), _NO_SEPARATOR) if most else _NO_SEPARATOR


def _comma_or_blanks(lines: Sequence[str], bare: Sequence[str]) -> str:
    """The separator: commas, or blanks if the commas are decimal commas. Raises `TableError`."""
    with_blanks = sum(bool(_GAP.search(line)) for line in bare)
    if 2 * with_blanks <= len(bare) or any(re.search(r"[ \t],|,[ \t]", line) for line in bare):
        return ","
    by_comma, by_blanks = _numbers_in_columns(lines, ","), _numbers_in_columns(lines, BLANKS)
    if by_comma and by_blanks:
        line = by_comma.line
        shown = [" | ".join(map(shortened, record.cells)) for record in (by_comma, by_blanks)]
        says = f"its cells may be {shown[0]} or {shown[1]}. Put semicolons between the columns."
        raise TableError(says, line)
    return BLANKS if by_blanks else ","


def _numbers_in_columns(lines: Sequence[str], separator: str) -> CsvRecord | None:
    """The last row if ``separator`` splits all lines into columns of numbers, below a line of names or none."""
    try:
        records = [record for record in _records(lines, separator) if record.extent]
    except TableError:
        return None
    first, *others = records
    rows = others or records
    columns = len(rows[0].cells)
    # R's write.table writes row names without a name above them.
    has_row_names = len(first.cells) == columns - 1 and all(isinstance(row.cells[0], Quoted) for row in rows)
    if columns < 2 or not (len(first.cells) == columns or has_row_names):
        return None
    for row in rows:
        if len(row.cells) != columns:
            return None
        if not all(
            parse_numeral(cell) or is_missing(cell) or parse_logical(cell) is not None
            for cell in row.cells[has_row_names:]
        ):
            return None
    return rows[-1]


def _records(lines: Sequence[str], separator: str, first_line: int = 1) -> tuple[CsvRecord, ...]:
    """The rows in ``lines``; a cell in quotation marks may span several lines. Raises `TableError`."""
    records: list[CsvRecord] = []
    number = count = 0
    while number < len(lines):
        if count > _MOST_CELLS_IN_ALL:
            raise TableError(f"There are too many cells; at most {limits.NUMBERS_AT_ONCE} numbers are taken at once.")
        begins, line = first_line + number, lines[number]
        number += 1
        if '"' not in line:
            records.append(_record(begins, _plain_cells(line, separator)))
            count += len(records[-1].cells)
            continue
        parts, is_open = [line], line.count('"') % 2 == 1
        while is_open and number < len(lines):
            parts.append(lines[number])
            is_open ^= lines[number].count('"') % 2 == 1
            number += 1
        if is_open:
            raise TableError('a cell begins with ", and no other " ends it. Add one, or take this one out.', begins)
        text = "\n".join(parts)
        cells = _cells_between_blanks(text, begins) if separator == BLANKS else _quoted_cells(text, separator, begins)
        records.append(_record(begins, cells or [""]))
        count += len(records[-1].cells)
    return tuple(records)


def _record(line: int, cells: Sequence[str]) -> CsvRecord:
    if len(cells) > _MOST_CELLS:
        most = f"{limits.COLUMNS} of x and {limits.COLUMNS} of y"
        raise TableError(f"there are more than {_MOST_CELLS} cells; a table has at most the columns {most}.", line)
    return CsvRecord(line, tuple(cells))


def _plain_cells(line: str, separator: str) -> list[str]:
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


def _cells_between_blanks(text: str, line: int) -> list[str]:
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
    says = f'"{shortened(text)}" follows the end of a cell in quotation marks. A " within a cell is written twice: "".'
    return TableError(says, line)
