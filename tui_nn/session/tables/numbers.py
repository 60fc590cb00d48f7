"""Reads the numbers in a table's cells: finds its decimal sign, rows with missing numbers, and cells that are none."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from tui_nn.decimal_sign import is_comma
from tui_nn.language import _, ngettext
from tui_nn.session.class_names import find_class, normal_name
from tui_nn.session.tables.errors import TableError
from tui_nn.session.tables.layout import TableLayout
from tui_nn.session.tables.numerals import (
    COMMA,
    POINT,
    UNDECIDED,
    Numeral,
    is_missing,
    is_missing_class,
    is_range,
    is_too_large,
    number_text,
    parse_logical,
    parse_numeral,
    two_meanings_message,
    why_no_number,
)
from tui_nn.session.tables.records import Quoted
from tui_nn.session.tables.selection_options import SKIP_MISSING, WITHOUT
from tui_nn.session.validation import shortened

_MOST_LINES = 8


class _Lacking(Enum):
    """What the cells lack that have a missing value."""

    NUMBER = _("a number")
    CLASS = _("a class")
    EITHER = _("a number or a class")


class _LocatedNumeral(NamedTuple):
    """A cell that holds a number: its place, and the number as written."""

    line: int
    column: int
    numeral: Numeral


class _Gap(NamedTuple):
    """A cell that lacks its number or its class: its place, and its text."""

    line: int
    column: int
    cell: str


@dataclass
class TableNumbers:
    """The numbers of a table's chosen columns, row by row, with notes on how they were read.

    ``words`` has the cells of the column of classes, one for each of the rows.
    """

    rows: list[tuple[float, ...]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    reading_notes: list[str] = field(default_factory=list)


def read_numbers(
    layout: TableLayout,
    used: Sequence[int],
    *,
    is_file: bool,
    skips_missing: bool = False,
    class_column: int | None = None,
    known_classes: Sequence[str] = (),
) -> TableNumbers:
    """The numbers in the columns ``used``, and the words in ``class_column``, which is none of these.

    A word that names one of ``known_classes`` becomes its name. Raises `TableError`, with the place, for a cell that is
    no number.
    """
    found = TableNumbers()
    truths = [column for column in used if _is_logical(layout, column)]
    gaps = list(_find_gaps(layout, used, class_column))
    places = list(_locate_numerals(layout, used, truths, is_file=is_file))
    lacking = list(dict.fromkeys(gap.line for gap in gaps))
    gaps_of = Counter(gap.column for gap in gaps)
    what = _Lacking.NUMBER
    if class_column in gaps_of:
        what = _Lacking.CLASS if len(gaps_of) == 1 else _Lacking.EITHER
    empty = [column for column, count in gaps_of.items() if count == len(layout.rows)]
    if gaps and (empty or not skips_missing):
        first = next(gap for gap in gaps if not empty or gap.column in empty)
        raise _missing_value_error(layout, first, len(lacking), what, is_file=is_file, is_all=bool(empty))
    decimal = _decimal_sign(layout, places)
    values = {(place.line, place.column): _number_at(layout, place, decimal) for place in places}
    left_out = set(lacking)
    for row in layout.rows:
        if row.line not in left_out:
            found.rows.append(
                tuple(
                    parse_logical(row.cells[column]) or 0.0 if column in truths else values[row.line, column]
                    for column in used
                )
            )
            if class_column is not None:
                word = normal_name(row.cells[class_column])
                found.words.append(find_class(word, known_classes) or word)
    found.reading_notes += _reading_notes(layout, truths, lacking, what, places, decimal)
    return found


def _find_gaps(layout: TableLayout, used: Sequence[int], class_column: int | None) -> Iterator[_Gap]:
    """The cells that lack their number or their class, row by row."""
    columns = [(column, is_missing) for column in used]
    if class_column is not None:
        columns = sorted([*columns, (class_column, is_missing_class)])
    for row in layout.rows:
        for column, is_gap in columns:
            if is_gap(row.cells[column]):
                yield _Gap(row.line, column, row.cells[column])


def _is_logical(layout: TableLayout, column: int) -> bool:
    """Whether a column holds only TRUE and FALSE, as R writes logical values."""
    given = [row.cells[column] for row in layout.rows if not is_missing(row.cells[column])]
    return bool(given) and all(parse_logical(cell) is not None for cell in given)


def _locate_numerals(
    layout: TableLayout, used: Sequence[int], truths: Sequence[int], *, is_file: bool
) -> Iterator[_LocatedNumeral]:
    """Every number in the columns ``used``, with its place. Raises `TableError` for a cell that holds no number.

    In a table with commas between the columns, the decimal sign is a point.
    """
    by_column = {
        column: [parse_numeral(row.cells[column]) for row in layout.rows] for column in used if column not in truths
    }
    are_whole = {
        column: any(numeral and not numeral.decimal for numeral in found) for column, found in by_column.items()
    }
    for i, row in enumerate(layout.rows):
        for column, found in by_column.items():
            numeral, cell = found[i], row.cells[column]
            if numeral:
                if numeral.decimal == UNDECIDED and layout.separator == "," and not isinstance(cell, Quoted):
                    numeral = _between_commas(numeral, has_whole_numbers=are_whole[column])
                yield _LocatedNumeral(row.line, column, numeral)
            elif not is_missing(cell):
                says = why_no_number(cell)
                if not any(found) and is_range(cell):
                    says += _(' For a class, write a word with it, such as "group {cell}".', cell=cell)
                if is_file and not any(found):
                    option = layout.as_option(column)
                    says += _(" Or leave the column out: {without} {column}.", without=WITHOUT, column=option)
                raise TableError(says, row.line, layout.column_name(column))


def _between_commas(numeral: Numeral, *, has_whole_numbers: bool) -> Numeral:
    """A number outside quotation marks in a table with commas between columns: a point must be the decimal sign.

    But 1.200 stays undecided if its column also has whole numbers, such as 900: it is then likely to mean 1200.
    """
    is_a_thousand = numeral.text.endswith("0") and has_whole_numbers
    return numeral if is_a_thousand else Numeral(numeral.text, POINT)


def _decimal_sign(layout: TableLayout, places: Iterable[_LocatedNumeral]) -> str:
    """The decimal sign of the table; "" if it needs none. Raises `TableError` if it has two, or none is certain."""
    first: dict[str, _LocatedNumeral] = {}
    may_be_points = False
    for place in places:
        first.setdefault(place.numeral.decimal, place)
        may_be_points |= place.numeral.decimal == UNDECIDED and POINT in place.numeral.text
    if POINT in first and COMMA in first:
        earlier, later = sorted((first[POINT], first[COMMA]), key=lambda place: (place.line, place.column))
        shown = {"this": later.numeral.text, "that": earlier.numeral.text, "line": earlier.line}
        if later.numeral.decimal == POINT:
            says = _(
                '"{this}" has the point as its decimal sign, but "{that}" in line {line} the comma. '
                "Write all numbers with the same sign.",
                **shown,
            )
        else:
            says = _(
                '"{this}" has the comma as its decimal sign, but "{that}" in line {line} the point. '
                "Write all numbers with the same sign.",
                **shown,
            )
        raise TableError(says, later.line, layout.column_name(later.column))
    if UNDECIDED in first and POINT not in first and COMMA not in first:
        if is_comma() and not may_be_points:
            # Who reads numbers with commas writes them so.
            return COMMA
        place = first[UNDECIDED]
        raise TableError(two_meanings_message(place.numeral), place.line, layout.column_name(place.column))
    return POINT if POINT in first else COMMA if COMMA in first else ""


def _number_at(layout: TableLayout, place: _LocatedNumeral, decimal: str) -> float:
    value = place.numeral.value(decimal)
    if is_too_large(value):
        says = _('"{number}" is too large; the largest number is 1.8e308.', number=shortened(place.numeral.text))
        raise TableError(says, place.line, layout.column_name(place.column))
    return value


def _missing_value_error(
    layout: TableLayout, gap: _Gap, rows: int, what: _Lacking, *, is_file: bool, is_all: bool
) -> TableError:
    """The error for a cell without ``what`` it needs, or for a column without any; it says what to do."""
    line, column, cell = gap
    missing = _('"{cell}" is a missing value', cell=cell) if cell else _("the cell is empty")
    values = {"missing": missing, "what": what.value}
    if not is_file:
        says = _("{missing}. Fill in {what}.", **values)
    elif is_all:
        says = _(
            "{missing}, and so is all of this column. Leave it out: {without} {column}.",
            missing=missing,
            without=WITHOUT,
            column=layout.as_option(column),
        )
    elif rows > 1:
        says = ngettext(
            "{missing} ({lacking} of {rows} row lack {what}). Fill in {what}, or leave such rows out: {skip_missing}.",
            "{missing} ({lacking} of {rows} rows lack {what}). Fill in {what}, or leave such rows out: {skip_missing}.",
            len(layout.rows),
            lacking=rows,
            rows=len(layout.rows),
            skip_missing=SKIP_MISSING,
            **values,
        )
    else:
        says = _(
            "{missing}. Fill in {what}, or leave such rows out: {skip_missing}.", skip_missing=SKIP_MISSING, **values
        )
    return TableError(says, line, layout.column_name(column))


def _reading_notes(
    layout: TableLayout,
    truths: Sequence[int],
    lacking: Sequence[int],
    what_lacks: _Lacking,
    places: Iterable[_LocatedNumeral],
    decimal: str,
) -> Iterator[str]:
    if layout.has_row_names:
        yield _("The first column, which has no name, is taken for the rows' names and left out.")
    if truths:
        names = ", ".join(layout.column_name(column) for column in truths)
        yield _("TRUE is read as 1 and FALSE as 0 ({columns}).", columns=names)
    if lacking:
        listed = ", ".join(map(str, lacking[:_MOST_LINES])) + (", …" if len(lacking) > _MOST_LINES else "")
        so_many = ngettext(
            "{lacking} of {rows} row left out",
            "{lacking} of {rows} rows left out",
            len(layout.rows),
            lacking=len(lacking),
            rows=len(layout.rows),
        )
        yield ngettext(
            "{so_many}, where {what} is missing (line {lines}).",
            "{so_many}, where {what} is missing (lines {lines}).",
            len(lacking),
            so_many=so_many,
            what=what_lacks.value,
            lines=listed,
        )
    for place in places:
        if place.numeral.decimal == UNDECIDED and decimal not in place.numeral.text:
            whole, text = number_text(place.numeral.value(decimal)), place.numeral.text
            if decimal == POINT:
                yield _(
                    '"{text}" is read as {whole}: the decimal sign of this table is the point.', text=text, whole=whole
                )
            else:
                yield _(
                    '"{text}" is read as {whole}: the decimal sign of this table is the comma.', text=text, whole=whole
                )
            return
