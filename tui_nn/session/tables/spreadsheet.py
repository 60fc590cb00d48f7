"""Reads the tables that spreadsheets copy and CSV files hold into the data, and writes the data as CSV."""

import csv
import io
from codecs import BOM_UTF8
from collections.abc import Sequence

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network import COLUMN_ABS_MAX, Dataset
from tui_nn.session import limits
from tui_nn.session.document import Document, usual_names
from tui_nn.session.events import DataReplaced
from tui_nn.session.tables.cells import split_file, split_paste
from tui_nn.session.tables.column_selection import EVERYTHING, WITHOUT, TableSelection, select_columns
from tui_nn.session.tables.errors import TableError
from tui_nn.session.tables.layout import TableLayout, layout_of_file, layout_of_paste
from tui_nn.session.tables.numbers import read_numbers
from tui_nn.session.tables.numerals import is_missing, looks_like_number
from tui_nn.session.validation import counted

_MARK = BOM_UTF8.decode()
GREATEST_RATE = 5.0
RATE_OF_ONE_ROW = 15.0
"""A cost summed over N rows allows a learning rate of about this number over N: 5 for the lecture's three rows."""


@frozen_dataclass
class PastedTable:
    """Rows of numbers, all of the same length; ``names`` are the columns' names, () if there are none.

    ``y`` are the columns that the user chose as y, counted from 0. ``reading_notes`` say in sentences how the text was
    read, where the user may expect something else.
    """

    names: tuple[str, ...]
    rows: tuple[tuple[float, ...], ...]
    y: tuple[int, ...] = ()
    reading_notes: tuple[str, ...] = ()

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len(self.names) if self.names else len(self.rows[0])


def read_paste(text: str) -> PastedTable:
    """The table in a text that the user pastes. Raises `TableError`.

    Tabs, semicolons, bars, commas or blanks separate the columns. A single comma in each line is taken as a decimal
    comma, unless there are decimal points as well. A first line without a number holds the columns' names.
    """
    layout = layout_of_paste(split_paste(text.removeprefix(_MARK)))
    found = read_numbers(layout, range(layout.columns), is_file=False)
    return PastedTable(layout.names, tuple(found.rows), reading_notes=tuple(found.reading_notes))


def read_table_text(text: str, choice: TableSelection = EVERYTHING) -> PastedTable:
    """The table in a file's text, with the columns and rows that ``choice`` selects. Raises `TableError`."""
    layout = layout_of_file(split_file(text.removeprefix(_MARK)))
    names = layout.names or _names_without(layout)
    chosen = select_columns(choice, names)
    found = read_numbers(layout, chosen.used, is_file=True, skips_missing=choice.skips_missing)
    if layout.rows and not found.rows:
        raise TableError("A number is missing in every row, so no row is left. Leave out columns, not rows.")
    is_named = bool(layout.names) or choice != EVERYTHING
    return PastedTable(
        tuple(names[column] for column in chosen.used) if is_named else (),
        tuple(found.rows),
        tuple(chosen.used.index(column) for column in chosen.y),
        tuple(found.reading_notes),
    )


def _names_without(layout: TableLayout) -> tuple[str, ...]:
    """The names of columns without names above them: x1, x2, … and y."""
    return (*usual_names("x", layout.columns - 1), *usual_names("y", 1))


def replacement_event(data: Dataset, taken: PastedTable) -> DataReplaced:
    """The event that replaces ``data`` by a table. Raises `TableError` if no column is left for x, or no row.

    The columns of y are those that the user chose; otherwise those with the names of y now; otherwise the last ones, as
    many as y has now.
    """
    names = taken.names
    outputs = len(taken.y) or data.outputs
    if not taken.rows:
        raise TableError("There are names, but no rows below them. Write at least one row of numbers.")
    if taken.columns <= outputs:
        needed = f"{outputs + 1}: {'one' if outputs == 1 else f'the last {outputs}'} for y, the others for x"
        raise TableError(f"There is only {counted(taken.columns, 'column')}; it takes at least {needed}.")
    inputs = taken.columns - outputs
    if len(taken.rows) > limits.ROWS:
        raise TableError(f"There are {len(taken.rows)} rows; at most {limits.ROWS} are read.")
    if max(inputs, outputs) > limits.COLUMNS:
        which = f"{inputs} columns for x" if inputs > limits.COLUMNS else f"{outputs} columns for y"
        raise TableError(f"There are {which}; at most {limits.COLUMNS} are read. Leave columns out: {WITHOUT} NAME….")
    if not names:
        own = (*data.x_names, *data.y_names)
        new = (*usual_names("x", inputs), *data.y_names)
        return _replacement(own if taken.columns == len(own) else new, taken.rows, inputs)
    of_y = taken.y
    if not of_y and set(data.y_names) <= set(names):
        of_y = tuple(names.index(name) for name in data.y_names)
    order = list(range(taken.columns))
    if of_y:
        order = [*(i for i in order if i not in of_y), *of_y]
    rows = [[row[i] for i in order] for row in taken.rows]
    return _replacement(tuple(names[i] for i in order), rows, inputs)


def _replacement(names: tuple[str, ...], rows: Sequence[Sequence[float]], inputs: int) -> DataReplaced:
    x, y = tuple(tuple(row[:inputs]) for row in rows), tuple(tuple(row[inputs:]) for row in rows)
    return DataReplaced(names[:inputs], names[inputs:], x, y)


@frozen_dataclass(eq=False)
class TableLesson:
    """The lesson made from a table, with notes on how it was made."""

    document: Document
    reading_notes: tuple[str, ...]


def lesson_from_table(title: str, text: str, choice: TableSelection = EVERYTHING) -> TableLesson:
    """The lesson made from a file's table: y is the last column, or as ``choice`` says. Raises `ValidationError`.

    Divides every column by its greatest absolute value, and sets the learning rate to `RATE_OF_ONE_ROW` over the number
    of rows, at most `GREATEST_RATE`.
    """
    taken = read_table_text(text, choice)
    nothing = Dataset(np.ones((1, 1)), np.ones((1, 1)), ("x1",), ("y",))
    found = replacement_event(nothing, taken)
    x, y = np.array(found.x), np.array(found.y)
    data = Dataset(x, y, found.x_names, found.y_names, COLUMN_ABS_MAX, COLUMN_ABS_MAX)
    rate = min(GREATEST_RATE, RATE_OF_ONE_ROW / data.rows)
    document = Document(title, data, learning_rate=rate)
    return TableLesson(document, (*taken.reading_notes, *_notes_on_choices(data, rate, is_y_chosen=bool(taken.y))))


def _notes_on_choices(data: Dataset, rate: float, *, is_y_chosen: bool) -> tuple[str, ...]:
    """Sentences about what was chosen for the user, who can change it."""
    listed = ", ".join(data.y_names[:_MOST_NAMES]) + (", …" if data.outputs > _MOST_NAMES else "")
    why = f"{RATE_OF_ONE_ROW:g} / {counted(data.rows, 'row')}"
    return (
        f"y is {listed}." if is_y_chosen else f"y is {listed}, the last column.",
        f"Each column is divided by its greatest absolute value ({COLUMN_ABS_MAX}).",
        f"The learning rate is {rate:.4g} ({why}{f', at most {GREATEST_RATE:g}' if rate == GREATEST_RATE else ''}).",
    )


_MOST_NAMES = 8


def csv_text(data: Dataset, separator: str = ",") -> str:
    """``data`` before scaling, as CSV: the names, then the rows with all their digits, x before y.

    If a name looks like a number, all names stand in quotation marks, so that they are read as names again.
    """
    text = io.StringIO()
    names = (*data.x_names, *data.y_names)
    has_figures = any(looks_like_number(name) or is_missing(name) for name in names)
    heading = csv.writer(
        text, delimiter=separator, lineterminator="\n", quoting=csv.QUOTE_ALL if has_figures else csv.QUOTE_MINIMAL
    )
    heading.writerow(names)
    # Writes −0 as 0.
    numbers = np.hstack([data.x, data.y]) + 0.0
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows(numbers.tolist())
    return text.getvalue()
