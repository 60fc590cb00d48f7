"""Finds the title, the names, the rows of numbers and the columns in the cells of a text."""

import re
from collections.abc import Sequence
from dataclasses import replace

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _, ngettext
from tui_nn.network import ValidationError
from tui_nn.session import limits, validation
from tui_nn.session.class_names import normal_name
from tui_nn.session.tables.cells import Cells
from tui_nn.session.tables.errors import TableError
from tui_nn.session.tables.numerals import POINT, is_missing, looks_like_number, parse_logical, parse_numeral
from tui_nn.session.tables.records import BLANKS, CsvRecord, Quoted
from tui_nn.session.validation import shortened

_THOUSANDS = re.compile(r"\d{1,3} \d{3}(?:[.,]\d*)?", re.ASCII)


@frozen_dataclass
class TableLayout:
    """Rows of cells, all of the same length, and the names above them, () if there are none."""

    separator: str
    names: tuple[str, ...]
    rows: tuple[CsvRecord, ...]
    columns: int
    has_row_names: bool = False
    """Whether a column with row names was left out."""

    def column_name(self, column: int) -> str:
        """What a message calls a column, counted from 0: its name; without names, its number."""
        return shortened(self.names[column]) if self.names else str(column + 1)

    def as_option(self, column: int) -> str:
        """A column's name as the user types it after an option; without names, the name that it will get."""
        if not self.names:
            return f"x{column + 1}" if column + 1 < self.columns else "y"
        name = self.column_name(column)
        return f'"{name}"' if " " in name else name


def layout_of_file(cells: Cells) -> TableLayout:
    """The layout of a file: leaves out blank rows, blank columns and a title above. Raises `TableError`."""
    records = [record for record in cells.records if record.extent]
    if not records:
        raise TableError(_("There is nothing in it. Write a line of names, and rows of numbers below."))
    if len(records) > limits.ROWS + 1:
        lines, most = len(records), limits.ROWS
        raise TableError(_("It has {lines} lines; at most {most} rows are read.", lines=lines, most=most))
    del records[: _count_title_rows(records)]
    header, rows = (records[0], records[1:]) if _is_header(records) else (None, records)
    if header is None:
        columns = max(record.extent for record in rows)
        longest = next(record for record in rows if record.extent == columns)
        layout = TableLayout(cells.separator, (), _rows_of_length(columns, rows, longest, cells.separator), columns)
    else:
        layout = _layout_below_header(header, rows, cells.separator)
    return _checked_layout(_without_empty_columns(layout), header.line if header else 0)


def layout_of_paste(cells: Cells) -> TableLayout:
    """The layout of a paste: leaves out only empty rows and columns at its end. Raises `TableError`."""
    extent = max(record.extent for record in cells.records)
    if not extent:
        raise TableError(_("The pasted text is empty. Copy rows of numbers."))
    records = [replace(record, cells=record.cells[:extent]) for record in cells.records]
    while not records[-1].extent:
        del records[-1]
    if len(records) > limits.ROWS + 1:
        lines, most = len(records), limits.ROWS
        raise TableError(_("The pasted text has {lines} lines; at most {most} rows are taken.", lines=lines, most=most))
    for record in records:
        if not record.extent and len(records[0].cells) > 1 and len(record.cells) == 1:
            raise TableError(_("this line is empty. Fill it in, or paste without it."), record.line)
    header, rows = (records[0], records[1:]) if _is_all_names(records[0]) else (None, records)
    if header is None:
        columns = len(rows[0].cells)
        layout = TableLayout(cells.separator, (), _rows_of_length(columns, rows, rows[0], cells.separator), columns)
    else:
        layout = _layout_below_header(header, rows, cells.separator)
    return _checked_layout(layout, header.line if header else 0)


def _is_name(cell: str) -> bool:
    return bool(cell) and not looks_like_number(cell)


def _is_all_names(record: CsvRecord) -> bool:
    """Whether the row contains names and no numbers."""
    given = [cell for cell in record.cells if cell]
    return any(not is_missing(cell) for cell in given) and all(map(_is_name, given))


def _count_title_rows(records: Sequence[CsvRecord]) -> int:
    """How many rows are a title above the table: lines of one cell, or rows shorter than the names below them."""
    alone = next((i for i, record in enumerate(records) if record.extent > 1), 0)
    count = alone if alone > 1 and all(map(_is_all_names, records[:alone])) else 0
    if count and not _is_title(records[count - 1], records[count]):
        return 0
    while count + 1 < len(records) and _is_title(records[count], records[count + 1]):
        count += 1
    return count


def _is_title(first: CsvRecord, second: CsvRecord) -> bool:
    """Whether ``first`` is a title above a table that begins with ``second``, a row of names or of numbers."""
    if not _is_all_names(first) or first.extent >= second.extent:
        return False
    is_above_names = _is_all_names(second) and not any(map(is_missing, second.cells[: second.extent]))
    return is_above_names or (first.extent == 1 and second.extent > 2)


def _is_header(records: Sequence[CsvRecord]) -> bool:
    """Whether the first row holds the columns' names. Raises `TableError` if it may be either."""
    first, *rows = records
    given = [(column, cell) for column, cell in enumerate(first.cells) if cell]
    names = [(column, cell) for column, cell in given if not looks_like_number(cell) and not is_missing(cell)]
    figures = [cell for _, cell in given if looks_like_number(cell)]
    # Names such as "2019" stand in quotation marks, while the numbers below them do not.
    are_quoted = all(isinstance(cell, Quoted) and (cell.isdecimal() or not parse_numeral(cell)) for _, cell in given)
    if are_quoted and any(
        looks_like_number(cell) and not isinstance(cell, Quoted) for row in rows for cell in row.cells
    ):
        return True
    if not names:
        return False
    if not figures:
        return True
    if all(
        _recurs_in_column(cell, [row.cells[column] for row in rows if column < len(row.cells)])
        for column, cell in names
    ):
        return False
    says = _(
        'it has words ("{word}") as well as numbers ("{number}"). '
        "If they are the columns' names, put all of them in quotation marks; "
        "if they are a row, write a line of names above it.",
        word=shortened(names[0][1]),
        number=shortened(figures[0]),
    )
    raise TableError(says, first.line)


def _recurs_in_column(word: str, below: Sequence[str]) -> bool:
    """Whether a word of the first row occurs again in its column, such as TRUE, FALSE or the name of a class."""
    return word in below or (parse_logical(word) is not None and all(parse_logical(cell) is not None for cell in below))


def _layout_below_header(header: CsvRecord, rows: Sequence[CsvRecord], separator: str) -> TableLayout:
    """The layout of a table with names above. Leaves out the row names that R writes in front."""
    # A column with numbers and no name is still a column.
    longest = max((row.extent for row in rows), default=0)
    columns = max(header.extent, min(longest, len(header.cells)))
    names = header.cells[:columns]
    if has_row_names := _are_named_by_write_table(header, rows, separator):
        rows = [replace(row, cells=row.cells[1:]) for row in rows]
    elif has_row_names := columns > 1 and not names[0] and _are_row_names(names[0], [row.cells[0] for row in rows]):
        names, columns = names[1:], columns - 1
        rows = [replace(row, cells=row.cells[1:]) for row in rows]
    found = _rows_of_length(columns, rows, header, separator)
    return TableLayout(separator, names, found, columns, has_row_names)


def _are_named_by_write_table(header: CsvRecord, rows: Sequence[CsvRecord], separator: str) -> bool:
    """Whether each row begins with its own name, for which there is no heading, as R's write.table writes it.

    The names are in quotation marks, or they are different words or whole numbers. In other tables with too few names,
    nothing says which column lacks its name. Between commas, there must be a decimal point somewhere: otherwise 1,5 may
    be a single number. So may 1,234.5 or 1 234, unless the first cells count the rows.
    """
    are_longer = bool(rows) and all(len(row.cells) == len(header.cells) + 1 for row in rows)
    firsts = [row.cells[0] for row in rows]
    are_different = len(set(firsts)) == len(firsts) > 1
    are_cells_certain = separator != "," or any(_has_decimal_point(cell) for row in rows for cell in row.cells)
    are_whole = all(cell.isascii() and cell.isdecimal() for cell in firsts) and not _may_be_thousands(rows, separator)
    if are_longer and are_different and are_cells_certain and (are_whole or _are_row_names("", firsts)):
        return True
    in_quotes = (*header.cells, *firsts)
    has_numbers = any(
        looks_like_number(cell) and not isinstance(cell, Quoted) for row in rows for cell in row.cells[1:]
    )
    return are_longer and has_numbers and all(isinstance(cell, Quoted) for cell in in_quotes)


def _count_rows(firsts: Sequence[str]) -> bool:
    """Whether ``firsts`` count the rows from 0 or 1 on."""
    return any(list(firsts) == [str(i) for i in range(begin, begin + len(firsts))] for begin in (0, 1))


def _may_be_thousands(rows: Sequence[CsvRecord], separator: str) -> bool:
    """Whether the first two cells of each row may be one number with its thousands apart: 1,234.5 or 1 234."""
    return separator in {",", BLANKS} and all(_THOUSANDS.fullmatch(" ".join(row.cells[:2])) for row in rows)


def _has_decimal_point(cell: str) -> bool:
    numeral = parse_numeral(cell)
    return numeral is not None and numeral.decimal == POINT


def _are_row_names(heading: str, firsts: Sequence[str]) -> bool:
    """Whether a column below an empty ``heading`` holds row names: words, or numbers from 0 or 1 on.

    R's write.csv puts the empty heading and the row names in quotation marks.
    """
    if not any(firsts):
        return False
    if isinstance(heading, Quoted) and all(isinstance(cell, Quoted) for cell in firsts):
        return True
    if not any(looks_like_number(cell) or is_missing(cell) for cell in firsts):
        return True
    return len(firsts) > 1 and _count_rows(firsts)


def _rows_of_length(columns: int, rows: Sequence[CsvRecord], first: CsvRecord, separator: str) -> tuple[CsvRecord, ...]:
    """``rows``, each with ``columns`` cells; leaves out empty cells beyond. Raises `TableError`."""
    found = []
    for row in rows:
        if len(row.cells) < columns or row.extent > columns:
            here, there = _counted_cells(len(row.cells)), _counted_cells(columns)
            says = _(
                "it has {cells}, but line {line} has {others}. Every line needs the same number.",
                cells=here,
                line=first.line,
                others=there,
            )
            if separator == "," and row.extent > columns:
                says += _(' A number with a comma in it stands in quotation marks: "1,5".')
            raise TableError(says, row.line)
        found.append(row if len(row.cells) == columns else replace(row, cells=row.cells[:columns]))
    return tuple(found)


def _counted_cells(count: int) -> str:
    return ngettext("{cells} cell", "{cells} cells", count, cells=count)


def _without_empty_columns(layout: TableLayout) -> TableLayout:
    kept = [
        column
        for column in range(layout.columns)
        if (layout.names and layout.names[column]) or any(row.cells[column] for row in layout.rows)
    ]
    if len(kept) == layout.columns:
        return layout
    names = tuple(layout.names[column] for column in kept) if layout.names else ()
    rows = tuple(replace(row, cells=tuple(row.cells[column] for column in kept)) for row in layout.rows)
    return replace(layout, names=names, rows=rows, columns=len(kept))


def _checked_layout(layout: TableLayout, line: int) -> TableLayout:
    """``layout`` with line breaks in names removed. Raises `TableError` if a name or the size is not allowed."""
    if layout.columns * len(layout.rows) > limits.NUMBERS_AT_ONCE:
        count, most = layout.columns * len(layout.rows), limits.NUMBERS_AT_ONCE
        raise TableError(_("There are {numbers} numbers; at most {most} are taken at once.", numbers=count, most=most))
    names: list[str] = []
    for column, given in enumerate(layout.names, start=1):
        name = normal_name(given)
        if not name:
            raise TableError(_("there is no name above it. Write one, or delete the column."), line, str(column))
        try:
            names.append(validation.name("name", name))
        except ValidationError as error:
            says = _("its name is {found}; expected {expected}.", found=error.found, expected=error.expected)
            raise TableError(says, line, str(column)) from None
        if name in names[:-1]:
            first = names.index(name) + 1
            says = _(
                'columns {first} and {column} are both called "{name}". Give each a name of its own.',
                first=first,
                column=column,
                name=shortened(name),
            )
            raise TableError(says, line)
    return replace(layout, names=tuple(names))
