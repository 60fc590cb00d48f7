"""Reads the numbers in a table's cells: finds its decimal sign, rows with missing numbers, and cells that are none."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tui_nn.session.tables.column_selection import SKIP_MISSING, WITHOUT
from tui_nn.session.tables.errors import TableError
from tui_nn.session.tables.layout import TableLayout
from tui_nn.session.tables.numerals import (
    COMMA,
    POINT,
    UNDECIDED,
    Numeral,
    is_missing,
    is_too_large,
    number_text,
    parse_logical,
    parse_numeral,
    two_meanings_message,
    why_no_number,
)
from tui_nn.session.tables.records import Quoted
from tui_nn.session.validation import counted, shortened

_SIGN_NAMES = {POINT: "point", COMMA: "comma"}
_MOST_LINES = 8


class _LocatedNumeral(NamedTuple):
    """A cell that holds a number: its place, and the number as written."""

    line: int
    column: int
    numeral: Numeral


@dataclass
class TableNumbers:
    """The numbers of a table's chosen columns, row by row, with notes on how they were read."""

    rows: list[tuple[float, ...]] = field(default_factory=list)
    reading_notes: list[str] = field(default_factory=list)


def read_numbers(
    layout: TableLayout, used: Sequence[int], *, is_file: bool, skips_missing: bool = False
) -> TableNumbers:
    """The numbers in the columns ``used``. Raises `TableError`, with the place, for a cell that is no number."""
    found = TableNumbers()
    truths = [column for column in used if _is_logical(layout, column)]
    lacking = [row.line for row in layout.rows if any(is_missing(row.cells[column]) for column in used)]
    places = list(_locate_numerals(layout, used, truths, is_file=is_file))
    empty = [column for column in used if layout.rows and all(is_missing(row.cells[column]) for row in layout.rows)]
    if lacking and (empty or not skips_missing):
        raise _missing_value_error(layout, empty or used, len(lacking), is_file=is_file)
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
    found.reading_notes += _reading_notes(layout, truths, lacking, places, decimal)
    return found


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
                if is_file and not any(found):
                    says += f" Or leave the column out: {WITHOUT} {_as_option(layout, column)}."
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
    for place in places:
        first.setdefault(place.numeral.decimal, place)
    if POINT in first and COMMA in first:
        earlier, later = sorted((first[POINT], first[COMMA]), key=lambda place: (place.line, place.column))
        this, that = _SIGN_NAMES[later.numeral.decimal], _SIGN_NAMES[earlier.numeral.decimal]
        says = (
            f'"{later.numeral.text}" has the {this} as its decimal sign, but "{earlier.numeral.text}" in line '
            f"{earlier.line} the {that}. Write all numbers with the same sign."
        )
        raise TableError(says, later.line, layout.column_name(later.column))
    if UNDECIDED in first and POINT not in first and COMMA not in first:
        place = first[UNDECIDED]
        raise TableError(two_meanings_message(place.numeral), place.line, layout.column_name(place.column))
    return POINT if POINT in first else COMMA if COMMA in first else ""


def _number_at(layout: TableLayout, place: _LocatedNumeral, decimal: str) -> float:
    value = place.numeral.value(decimal)
    if is_too_large(value):
        says = f'"{shortened(place.numeral.text)}" is too large; the largest number is 1.8e308.'
        raise TableError(says, place.line, layout.column_name(place.column))
    return value


def _missing_value_error(layout: TableLayout, used: Sequence[int], rows: int, *, is_file: bool) -> TableError:
    """The error for the first cell without a number in the columns ``used``; it says what to do."""
    line, column, cell = next(
        (row.line, column, row.cells[column]) for row in layout.rows for column in used if is_missing(row.cells[column])
    )
    what = f'"{cell}" is a missing value' if cell else "the cell is empty"
    if not is_file:
        return TableError(f"{what}. Fill in a number.", line, layout.column_name(column))
    if all(is_missing(row.cells[column]) for row in layout.rows):
        says = f"{what}, and so is all of this column. Leave it out: {WITHOUT} {_as_option(layout, column)}."
        return TableError(says, line, layout.column_name(column))
    so_many = f" ({rows} of {counted(len(layout.rows), 'row')} lack a number)" if rows > 1 else ""
    says = f"{what}{so_many}. Fill in a number, or leave such rows out: {SKIP_MISSING}."
    return TableError(says, line, layout.column_name(column))


def _as_option(layout: TableLayout, column: int) -> str:
    """A column's name as the user types it after an option; without names, the name that it will get."""
    if not layout.names:
        return f"x{column + 1}" if column + 1 < layout.columns else "y"
    name = layout.column_name(column)
    return f'"{name}"' if " " in name else name


def _reading_notes(
    layout: TableLayout, truths: Sequence[int], lacking: Sequence[int], places: Iterable[_LocatedNumeral], decimal: str
) -> Iterator[str]:
    if layout.has_row_names:
        yield "The first column, which has no name, is taken for the rows' names and left out."
    if truths:
        names = ", ".join(layout.column_name(column) for column in truths)
        yield f"TRUE is read as 1 and FALSE as 0 ({names})."
    if lacking:
        listed = ", ".join(map(str, lacking[:_MOST_LINES])) + (", …" if len(lacking) > _MOST_LINES else "")
        yield (
            f"{len(lacking)} of {counted(len(layout.rows), 'row')} left out, where a number is missing "
            f"({'line' if len(lacking) == 1 else 'lines'} {listed})."
        )
    for place in places:
        if place.numeral.decimal == UNDECIDED and decimal not in place.numeral.text:
            whole, sign = number_text(place.numeral.value(decimal)), _SIGN_NAMES[decimal]
            yield f'"{place.numeral.text}" is read as {whole}: the decimal sign of this table is the {sign}.'
            return
