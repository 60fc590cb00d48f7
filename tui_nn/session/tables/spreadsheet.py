"""Reads the tables that spreadsheets copy and CSV files hold into the data, and writes the data as CSV."""

import csv
import io
import operator
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from tui_nn.decimal_sign import is_comma
from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _, ngettext
from tui_nn.network import COLUMN_ABS_MAX, NO_SCALING, Dataset
from tui_nn.session import limits
from tui_nn.session.class_names import no_class_sentence
from tui_nn.session.document import Document, usual_names
from tui_nn.session.editing.cell_edits import has_classes
from tui_nn.session.events import BlockPasted, DataReplaced
from tui_nn.session.tables.cells import split_file, split_paste
from tui_nn.session.tables.class_columns import (
    CLASS_SETTINGS,
    find_class_column,
    note_on_figures_in_quotes,
    read_classes,
)
from tui_nn.session.tables.column_selection import EVERYTHING, Columns, TableSelection, select_columns
from tui_nn.session.tables.errors import TableError
from tui_nn.session.tables.layout import TableLayout, layout_of_file, layout_of_paste
from tui_nn.session.tables.numbers import read_numbers
from tui_nn.session.tables.numerals import is_missing, looks_like_number
from tui_nn.session.tables.selection_options import WITHOUT
from tui_nn.session.validation import shortened

_MARK = BOM_UTF8.decode()
GREATEST_RATE = 5.0
RATE_OF_ONE_ROW = 15.0
"""A cost summed over N rows allows a learning rate of about this number over N: 5 for the lecture's three rows."""


@frozen_dataclass
class PastedTable:
    """Rows of numbers, all of the same length; ``names`` are the columns' names, () if there are none.

    ``y`` are the columns that the user chose as y, counted from 0. ``classes`` are those of a column of names: y then
    has a column of 0 and 1 for each, and these come last. ``reading_notes`` say in sentences how the text was read,
    where the user may expect something else; ``note_on_y`` says what the classes become if the table replaces all data.
    """

    names: tuple[str, ...]
    rows: tuple[tuple[float, ...], ...]
    y: tuple[int, ...] = ()
    reading_notes: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    note_on_y: str = ""

    @property
    def notes_as_data(self) -> tuple[str, ...]:
        """What to say if the table replaces all data."""
        return (*self.reading_notes, self.note_on_y) if self.note_on_y else self.reading_notes

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len(self.names) if self.names else len(self.rows[0])


def read_paste(text: str, known_classes: Sequence[str] = ()) -> PastedTable:
    """The table in a text that the user pastes. Raises `TableError`.

    Tabs, semicolons, bars, commas or blanks separate the columns. A single comma in each line is taken as a decimal
    comma, unless there are decimal points as well. A first line without a number holds the columns' names.
    ``known_classes`` are the classes of the lesson: words that name them are classes, however few there are.
    """
    layout = layout_of_paste(split_paste(text.removeprefix(_MARK)))
    columns = Columns(tuple(range(layout.columns)), ())
    return _read(layout, columns, layout.names, is_file=False, known_classes=known_classes)


def read_table_text(text: str, choice: TableSelection = EVERYTHING) -> PastedTable:
    """The table in a file's text, with the columns and rows that ``choice`` selects. Raises `TableError`."""
    layout = layout_of_file(split_file(text.removeprefix(_MARK)))
    names = layout.names or _names_without(layout)
    chosen = select_columns(choice, names)
    is_named = bool(layout.names) or choice != EVERYTHING
    found = _read(layout, chosen, names if is_named else (), is_file=True, skips_missing=choice.skips_missing)
    if layout.rows and not found.rows:
        raise TableError(_("A number is missing in every row, so no row is left. Leave out columns, not rows."))
    return found


def _read(
    layout: TableLayout,
    chosen: Columns,
    names: Sequence[str],
    *,
    is_file: bool,
    skips_missing: bool = False,
    known_classes: Sequence[str] = (),
) -> PastedTable:
    """The table of the columns ``chosen``; ``names`` are those of all columns, () if they have none."""
    class_column = find_class_column(layout, chosen, is_file=is_file, known=known_classes)
    of_numbers = [column for column in chosen.used if column != class_column]
    found = read_numbers(
        layout,
        of_numbers,
        is_file=is_file,
        skips_missing=skips_missing,
        class_column=class_column,
        known_classes=() if layout.names else known_classes,
    )
    kept = tuple(names[column] for column in of_numbers) if names else ()
    if class_column is None:
        y = tuple(of_numbers.index(column) for column in chosen.y)
        notes = (*found.reading_notes, *note_on_figures_in_quotes(layout, of_numbers))
        return PastedTable(kept, tuple(found.rows), y, notes)
    classes = read_classes(layout, class_column, found.words, len(of_numbers))
    rows = tuple(map(operator.add, found.rows, classes.indicators(classes.names)))
    return PastedTable(
        (*kept, *classes.names) if layout.names else (),
        rows,
        tuple(range(len(of_numbers), len(of_numbers) + len(classes.names))),
        tuple(found.reading_notes),
        classes.names,
        classes.note_on_y,
    )


def _names_without(layout: TableLayout) -> tuple[str, ...]:
    """The names of columns without names above them: x1, x2, … and y."""
    return (*usual_names("x", layout.columns - 1), *usual_names("y", 1))


def paste_event(data: Dataset, taken: PastedTable, row: int, column: int) -> BlockPasted | DataReplaced:
    """The event that a pasted table means with the cursor at ``row`` and ``column``, both counted from 1.

    Numbers are a block that begins at the cursor. A table with classes replaces all ``data``. If it has no names, the
    columns of ``data`` and classes that ``data`` have already, it is a block of whole rows from ``row`` on. Raises
    `TableError`, also if ``data`` have only some of the classes.
    """
    if not taken.classes:
        return BlockPasted(row, column, taken.names, taken.rows)
    inputs = taken.columns - len(taken.classes)
    unknown = [name for name in taken.classes if name not in data.y_names]
    if taken.names or not has_classes(data) or len(unknown) == len(taken.classes):
        return replacement_event(data, taken)
    if inputs != data.given_inputs and len(taken.classes) == 1:
        says = ngettext(
            "x has {columns}, but there is {numbers} number in each row pasted.",
            "x has {columns}, but there are {numbers} numbers in each row pasted.",
            inputs,
            columns=_counted_columns(data.given_inputs),
            numbers=inputs,
        )
        raise TableError(says)
    if inputs != data.given_inputs:
        return replacement_event(data, taken)
    if unknown:
        advice = _("To replace all data, copy the names of the columns, too.")
        raise TableError(f"{no_class_sentence(unknown[0], data.y_names)} {advice}")
    codes = [tuple(float(name == other) for other in data.y_names) for name in taken.classes]
    rows = tuple((*cells[:inputs], *codes[cells[inputs:].index(1.0)]) for cells in taken.rows)
    return BlockPasted(row, 1, (), rows)


def _counted_columns(count: int) -> str:
    return ngettext("{columns} column", "{columns} columns", count, columns=count)


def replacement_event(data: Dataset, taken: PastedTable) -> DataReplaced:
    """The event that replaces ``data`` by a table. Raises `TableError` if no column is left for x, or no row.

    The columns of y are the classes, or those that the user chose; otherwise those with the names of y now; otherwise
    the last ones, as many as y has now.
    """
    names = taken.names
    outputs = len(taken.y) or data.outputs
    if not taken.rows:
        raise TableError(_("There are names, but no rows below them. Write at least one row of numbers."))
    if len(taken.classes) == 1:
        only = shortened(taken.classes[0])
        raise TableError(_("{name} is the only class. A lesson with classes needs at least two.", name=only))
    if taken.classes and taken.columns == outputs:
        raise TableError(
            _("There is only the column of classes. For x, a lesson needs at least one column of numbers.")
        )
    if taken.columns <= outputs:
        says = ngettext(
            "There is only {columns}; a lesson needs at least {needed}: one for y, the others for x.",
            "There is only {columns}; a lesson needs at least {needed}: the last {outputs} for y, the others for x.",
            outputs,
            columns=_counted_columns(taken.columns),
            needed=outputs + 1,
            outputs=outputs,
        )
        raise TableError(says)
    inputs = taken.columns - outputs
    if len(taken.rows) > limits.ROWS:
        rows, most = len(taken.rows), limits.ROWS
        raise TableError(_("There are {rows} rows; at most {most} are read.", rows=rows, most=most))
    if max(inputs, outputs) > limits.COLUMNS:
        is_x = inputs > limits.COLUMNS
        says = _(
            "There are {columns} columns for {table}; at most {most} are read. Leave columns out: {without} NAME….",
            columns=inputs if is_x else outputs,
            table="x" if is_x else "y",
            most=limits.COLUMNS,
            without=WITHOUT,
        )
        raise TableError(says)
    if not names:
        y_names = taken.classes or data.y_names
        x_names = data.x_names if inputs == data.given_inputs else usual_names("x", inputs)
        return _replacement((*x_names, *y_names), taken, range(taken.columns), inputs)
    of_y = taken.y
    if not of_y and set(data.y_names) <= set(names):
        of_y = tuple(names.index(name) for name in data.y_names)
    order = list(range(taken.columns))
    if of_y:
        order = [*(i for i in order if i not in of_y), *of_y]
    return _replacement(tuple(names[i] for i in order), taken, order, inputs)


def _replacement(names: tuple[str, ...], taken: PastedTable, order: Sequence[int], inputs: int) -> DataReplaced:
    """The event for the columns of ``taken`` in this ``order``; the first ``inputs`` of them are x."""
    x, y = order[:inputs], order[inputs:]
    return DataReplaced(
        names[:inputs],
        names[inputs:],
        tuple(tuple(row[i] for i in x) for row in taken.rows),
        tuple(tuple(row[i] for i in y) for row in taken.rows),
        y_are_classes=bool(taken.classes),
    )


@frozen_dataclass(eq=False)
class TableLesson:
    """The lesson made from a table, with notes on how it was made."""

    document: Document
    reading_notes: tuple[str, ...]


def lesson_from_table(title: str, text: str, choice: TableSelection = EVERYTHING) -> TableLesson:
    """The lesson made from a file's table: y is the classes or the last column, or as ``choice`` says.

    Divides every column but those of classes by its greatest absolute value, and sets the learning rate to
    `RATE_OF_ONE_ROW` over the number of rows, at most `GREATEST_RATE`; with classes, sets `CLASS_SETTINGS` instead.
    Raises `ValidationError`.
    """
    taken = read_table_text(text, choice)
    nothing = Dataset(np.ones((1, 1)), np.ones((1, 1)), ("x1",), ("y",))
    found = replacement_event(nothing, taken)
    x, y = np.array(found.x), np.array(found.y)
    y_scaling = NO_SCALING if taken.classes else COLUMN_ABS_MAX
    data = Dataset(x, y, found.x_names, found.y_names, COLUMN_ABS_MAX, y_scaling)
    rate = min(GREATEST_RATE, RATE_OF_ONE_ROW / data.rows)
    document = Document(title, data, learning_rate=rate)
    if taken.classes:
        document = replace(document, **CLASS_SETTINGS)
    return TableLesson(document, (*taken.notes_as_data, *_notes_on_choices(document, taken)))


def _notes_on_choices(document: Document, taken: PastedTable) -> Iterator[str]:
    """Sentences about what was chosen for the user, who can change it."""
    data, rate = document.dataset, document.learning_rate
    rounded = f"{rate:.4g}"
    if taken.classes:
        yield _(
            "The outputs are {activation} and J is the mean {cost}, as suits classes.",
            activation=document.output_activation,
            cost=document.cost,
        )
        yield _("Each column of x is divided by its greatest absolute value ({scaling}).", scaling=COLUMN_ABS_MAX)
        yield _("The learning rate is {rate}.", rate=rounded)
    else:
        listed = ", ".join(data.y_names[:_MOST_NAMES]) + (", …" if data.outputs > _MOST_NAMES else "")
        yield _("y is {names}.", names=listed) if taken.y else _("y is {names}, the last column.", names=listed)
        yield _("Each column is divided by its greatest absolute value ({scaling}).", scaling=COLUMN_ABS_MAX)
        rows = ngettext("{rows} row", "{rows} rows", data.rows, rows=data.rows)
        values = {"rate": rounded, "of_one_row": f"{RATE_OF_ONE_ROW:g}", "rows": rows}
        if rate == GREATEST_RATE:
            most = f"{GREATEST_RATE:g}"
            yield _("The learning rate is {rate} ({of_one_row} / {rows}, at most {most}).", most=most, **values)
        else:
            yield _("The learning rate is {rate} ({of_one_row} / {rows}).", **values)


_MOST_NAMES = 8


def csv_text(data: Dataset, separator: str = ",") -> str:
    """``data`` before scaling, as CSV: the names, then the rows with all their digits, x before y.

    If a name looks like a number, all names stand in quotation marks, so that they are read as names again. Where the
    user chose the decimal comma, semicolons take the place of the commas between the cells.
    """
    has_commas = is_comma() and separator == ","
    if has_commas:
        separator = ";"
    text = io.StringIO()
    names = (*data.x_names, *data.y_names)
    has_figures = any(looks_like_number(name) or is_missing(name) for name in names)
    heading = csv.writer(
        text, delimiter=separator, lineterminator="\n", quoting=csv.QUOTE_ALL if has_figures else csv.QUOTE_MINIMAL
    )
    heading.writerow(names)
    # Writes −0 as 0.
    numbers = np.hstack([data.x, data.y]) + 0.0
    cells = numbers.tolist()
    rows = [[repr(cell).replace(".", ",") for cell in row] for row in cells] if has_commas else cells
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows(rows)
    return text.getvalue()
