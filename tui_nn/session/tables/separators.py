"""Finds the sign that separates the columns of a text."""

import operator
import re
from collections.abc import Sequence

from tui_nn.language import _
from tui_nn.session.tables.errors import TableError
from tui_nn.session.tables.numerals import is_missing, is_word, looks_like_number, parse_logical, parse_numeral
from tui_nn.session.tables.records import BLANKS, NO_SEPARATOR, CsvRecord, Quoted, cells_between_blanks, records_of
from tui_nn.session.validation import shortened

_IN_QUOTES = re.compile(r'"(?:[^"]++|"")*+"')
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


def separator_of_file(lines: Sequence[str]) -> str:
    """The separator of the columns in a file. Raises `TableError` if several are possible."""
    bare = _lines_without_quotes(lines)
    commonest = _commonest(bare, "\t;|,")
    if commonest == ",":
        return _comma_or_blanks(lines, bare)
    if commonest:
        return commonest
    with_blanks = sum(bool(_GAP.search(line)) for line in bare)
    return BLANKS if 2 * with_blanks > len(bare) else NO_SEPARATOR


def separator_of_paste(lines: Sequence[str]) -> str:
    """The separator of the columns in a text that the user pastes, in which a line may also be one number.

    Raises `TableError` if several are possible.
    """
    bare = _lines_without_quotes(lines)
    if commonest := _commonest(bare, "\t;|"):
        return commonest
    for sign, every, some in _GROUPED_NUMBER_LINES:
        if (found := _separator_of_grouped_numbers(bare, sign, every, some)) is not None:
            return found
    if _PARTING_COMMA.search("\n".join(bare)):
        return _comma_or_blanks(lines, bare)
    words = cells_between_blanks(bare[-1], len(lines)) if bare else []
    numbers = sum(parse_numeral(word) is not None for word in words)
    if len(words) > 1 and numbers == len(words):
        return BLANKS
    # Class names among the numbers. A single number may also have its unit behind it, such as 5 kg.
    has_names = len(cells_between_blanks(bare[0], 1)) == len(words) if bare else False
    may_be_table = numbers > 1 or (numbers == 1 and ('"' in bare[-1] or has_names))
    return BLANKS if may_be_table and _numbers_in_columns(lines, BLANKS) else NO_SEPARATOR


def _separator_of_grouped_numbers(
    bare: Sequence[str], sign: str, every: re.Pattern[str], some: re.Pattern[str]
) -> str | None:
    """The separator if every line looks like 1,200 or 1 200 or 1.200,5; None if any line looks different.

    Only names above the lines tell whether each line is one number or several. Raises `TableError` if there are none.
    """
    first, *others = bare or [""]
    has_names = bool(others) and not looks_like_number(first)
    rows = others if has_names else bare
    if not rows or not all(map(every.fullmatch, rows)) or not any(map(some.search, rows)):
        return None
    if has_names:
        columns = len(first.split(sign))
        return NO_SEPARATOR if columns == 1 else sign
    shown = next(row for row in rows if some.search(row))
    alone = shown.replace("." if some.pattern != sign else sign, "")
    says = _(
        '"{text}" may be one number or {numbers}. '
        "Put tabs or semicolons between the columns, or write {alone} if it is one number.",
        text=shortened(shown),
        numbers=len(shown.split(sign)),
        alone=alone,
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
    return next((sign for sign, count in counts.items() if count == most), NO_SEPARATOR) if most else NO_SEPARATOR


def _comma_or_blanks(lines: Sequence[str], bare: Sequence[str]) -> str:
    """The separator: commas, or blanks if the commas are decimal commas. Raises `TableError`."""
    with_blanks = sum(bool(_GAP.search(line)) for line in bare)
    if 2 * with_blanks <= len(bare) or any(re.search(r"[ \t],|,[ \t]", line) for line in bare):
        return ","
    by_comma, by_blanks = _numbers_in_columns(lines, ","), _numbers_in_columns(lines, BLANKS)
    if by_comma and by_blanks:
        line = by_comma.line
        shown = [" | ".join(map(shortened, record.cells)) for record in (by_comma, by_blanks)]
        says = _(
            "its cells may be {cells} or {others}. Put semicolons between the columns.", cells=shown[0], others=shown[1]
        )
        raise TableError(says, line)
    return BLANKS if by_blanks else ","


def _numbers_in_columns(lines: Sequence[str], separator: str) -> CsvRecord | None:
    """The last row if ``separator`` splits all lines into columns of numbers, below a line of names or none.

    Among them there may be columns of words, such as the names of classes.
    """
    try:
        records = [record for record in records_of(lines, separator) if record.extent]
    except TableError:
        return None
    first, *others = records
    rows = others or records
    columns = len(rows[0].cells)
    # R's write.table writes row names without a name above them.
    are_quoted = all(isinstance(row.cells[0], Quoted) for row in rows)
    are_names = not any("," in cell or parse_numeral(cell) for cell in first.cells)
    has_row_names = len(first.cells) == columns - 1 and (are_quoted or are_names)
    if columns < 2 or not (len(first.cells) == columns or has_row_names):
        return None
    if any(len(row.cells) != columns for row in rows):
        return None
    columns_of_cells = list(zip(*(row.cells[has_row_names:] for row in rows), strict=True))
    are_numbers = [all(map(_may_stand_among_numbers, cells)) for cells in columns_of_cells]
    are_words = (all(map(_may_stand_among_words, cells)) for cells in columns_of_cells)
    return rows[-1] if any(are_numbers) and all(map(operator.or_, are_numbers, are_words)) else None


def _may_stand_among_numbers(cell: str) -> bool:
    return bool(parse_numeral(cell)) or is_missing(cell) or parse_logical(cell) is not None


def _may_stand_among_words(cell: str) -> bool:
    """Whether a cell is a word without digits at its beginning: "2 setosa" is rather two cells."""
    return is_missing(cell) or (is_word(cell) and not cell[0].isdigit())
