"""Finds the column of class names in a table, and writes it as columns of 0 and 1."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.network import ValidationError
from tui_nn.session import limits, validation
from tui_nn.session.class_names import find_class, listed, no_class_sentence, normal_name
from tui_nn.session.document import Document
from tui_nn.session.tables.class_order import in_order_of_factor
from tui_nn.session.tables.column_selection import Columns
from tui_nn.session.tables.errors import TableError
from tui_nn.session.tables.layout import TableLayout
from tui_nn.session.tables.numerals import is_missing_class, is_no_date, is_open_range, is_range, is_word, parse_logical
from tui_nn.session.tables.records import Quoted
from tui_nn.session.tables.selection_options import WITHOUT, Y
from tui_nn.session.validation import shortened

CLASS_SETTINGS: Mapping[str, Any] = {
    "output_activation": "softmax",
    "cost": "cross-entropy",
    "reduction": "mean",
    "learning_rate": 0.5,
}
"""Settings of a lesson that is made from a table with classes.

The slopes of a mean do not grow with the number of rows, so the rate need not fall with it.
"""

_FEW_CLASSES = 10
_ROWS_OF_A_CLASS = 3
"""With more than `_FEW_CLASSES` names, a column holds classes if each has so many rows on average."""
_MOST_NAMES = 8


@frozen_dataclass
class ClassColumn:
    """The classes of a table, in the order of R's factor(), and the class of each row.

    ``column`` is what a message calls the column that they stand in.
    """

    column: str
    names: tuple[str, ...]
    of_rows: tuple[str, ...]

    def indicators(self, names: Sequence[str]) -> list[tuple[float, ...]]:
        """A row for each row of the table: 1 below the name of its class, 0 below the other ``names``."""
        row_of = {name: tuple(float(name == other) for other in names) for name in self.names}
        return [row_of[name] for name in self.of_rows]

    @property
    def note_on_y(self) -> str:
        """A sentence on what the classes become, if the table replaces all data."""
        return _(
            "y has a column of 0 and 1 for each of the {classes} classes of {column}: {names}.",
            classes=len(self.names),
            column=self.column,
            names=listed(self.names),
        )


def find_class_column(layout: TableLayout, chosen: Columns, *, is_file: bool, known: Sequence[str] = ()) -> int | None:
    """The column of class names among those ``chosen``, counted from 0; None if there is none.

    If the user chose y, only a column of y can be one. ``known`` are classes that the lesson has already. Raises
    `TableError` if several columns have words, or if a column's words are hardly classes: it asks what to do then.
    """
    of_words = [column for column in chosen.used if _has_words(layout, column, known, is_file=is_file)]
    if chosen.y:
        of_words = [column for column in of_words if column in chosen.y]
        if of_words and len(chosen.y) > 1:
            name = layout.column_name(of_words[0])
            says = _(
                "{column} has class names, so no other column can be y. Name no other column after {y}.",
                column=name,
                y=Y,
            )
            raise TableError(says)
    doubts = {column: doubt for column in of_words if (doubt := _why_no_classes(layout, column, known))}
    if len(of_words) > 1:
        raise _several_columns_error(layout, of_words, doubts, is_file=is_file)
    if doubts and not chosen.y:
        column, doubt = doubts.popitem()
        if known and not layout.names:
            raise _unknown_class_error(layout, column, known)
        raise _no_classes_error(layout, column, doubt, is_file=is_file)
    return of_words[0] if of_words else None


def read_classes(layout: TableLayout, column: int, of_rows: Sequence[str], inputs: int) -> ClassColumn:
    """The classes in ``column``, of the rows that are taken; ``inputs`` is the number of the other columns.

    Raises `TableError` if there are too many, or if one can't be the name of a column.
    """
    called = layout.column_name(column) if layout.names else _("column {column}", column=column + 1)
    found = in_order_of_factor(of_rows)
    for name in found:
        try:
            validation.name("class", name)
        except ValidationError as error:
            says = _(
                'the class "{name}" is {found}; expected {expected}.',
                name=shortened(name),
                found=error.found,
                expected=error.expected,
            )
            raise TableError(says, column=called) from None
    if len(found) > limits.COLUMNS:
        says = _(
            "{column} has {classes} classes; at most {most} are read.",
            column=called,
            classes=len(found),
            most=limits.COLUMNS,
        )
        raise TableError(says)
    if (count := len(of_rows) * (inputs + len(found))) > limits.NUMBERS_AT_ONCE:
        says = _(
            "With a column for each of {classes} classes there are {numbers} numbers; "
            "at most {most} are taken at once.",
            classes=len(found),
            numbers=count,
            most=limits.NUMBERS_AT_ONCE,
        )
        raise TableError(says)
    return ClassColumn(called, found, tuple(of_rows))


def note_on_figures_in_quotes(layout: TableLayout, used: Sequence[int]) -> Iterator[str]:
    """A sentence if only some columns have their numbers in quotation marks, as R writes the levels of a factor."""
    in_quotes = [column for column in used if _are_figures_in_quotes([row.cells[column] for row in layout.rows])]
    if in_quotes and any(not isinstance(row.cells[column], Quoted) for row in layout.rows[:1] for column in used):
        names = ", ".join(map(layout.column_name, in_quotes[:_MOST_NAMES]))
        yield _(
            "The numbers in quotation marks are read as numbers ({names}). For classes, write words, such as c1.",
            names=names,
        )


def _are_figures_in_quotes(cells: Sequence[str]) -> bool:
    """Whether all cells have whole numbers in quotation marks, and some the same."""
    return len(set(cells)) < len(cells) and all(isinstance(cell, Quoted) and cell.isdecimal() for cell in cells)


def note_on_settings(document: Document) -> str:
    """A sentence on which settings suit classes, if a lesson whose y became classes has others; else ""."""
    output, cost = CLASS_SETTINGS["output_activation"], CLASS_SETTINGS["cost"]
    if (document.output_activation, document.cost) == (output, cost):
        return ""
    return _(
        "The settings stay as they are; for classes, {output} outputs with {cost} are usual.", output=output, cost=cost
    )


def _has_words(layout: TableLayout, column: int, known: Collection[str], *, is_file: bool) -> bool:
    """Whether a column has a word in every row with a class. Raises `TableError` for a number among many words.

    Ranges, such as 18-24, are words where one in their column can't be a date.
    """
    given = [(row, row.cells[column]) for row in layout.rows if not is_missing_class(row.cells[column])]
    has_ranges = any((is_range(cell) and is_no_date(cell)) or is_open_range(cell) for _, cell in given)

    def is_class(cell: str) -> bool:
        return is_word(cell) or cell in known or (has_ranges and is_range(cell))

    words = sum(is_class(cell) for _, cell in given)
    if 2 * words <= len(given) or all(parse_logical(cell) is not None for _, cell in given):
        return False
    if words < len(given):
        line, cell = next((row.line, cell) for row, cell in given if not is_class(cell))
        if is_file:
            says = _(
                '"{cell}" stands among words. For classes, write a word in every row. '
                "Or leave the column out: {without} {column}.",
                cell=shortened(cell),
                without=WITHOUT,
                column=layout.as_option(column),
            )
        else:
            says = _(
                '"{cell}" stands among words. For classes, write a word in every row. '
                "Or copy the table without this column.",
                cell=shortened(cell),
            )
        raise TableError(says, line, layout.column_name(column))
    return True


def _why_no_classes(layout: TableLayout, column: int, known: Sequence[str]) -> str:
    """Why the words in a column are hardly the names of classes; "" if they may well be."""
    words = [normal_name(row.cells[column]) for row in layout.rows if not is_missing_class(row.cells[column])]
    count = len(set(words))
    if known and all(find_class(word, known) for word in set(words)):
        return ""
    if count == 1:
        return _("It would be the only class, and a network learns nothing from a single one.")
    if count == len(words):
        return _("Every row has a different word, as if these were names of the rows.")
    if count > _FEW_CLASSES and count * _ROWS_OF_A_CLASS > len(words):
        return _(
            "Nearly every row has a different word: there would be {classes} classes for {rows} rows.",
            classes=count,
            rows=len(words),
        )
    return ""


def _no_classes_error(layout: TableLayout, column: int, doubt: str, *, is_file: bool) -> TableError:
    line, word = next((row.line, row.cells[column]) for row in layout.rows if not is_missing_class(row.cells[column]))
    option = layout.as_option(column)
    may_be_classes = any(row.cells[column] != word for row in layout.rows)
    says = [_('"{word}" is no number.', word=shortened(word)), doubt]
    if is_file:
        says.append(_("Leave the column out: {without} {column}.", without=WITHOUT, column=option))
        if may_be_classes:
            says.append(_("If these are classes: {y} {column}.", y=Y, column=option))
    else:
        says.append(_("Copy the table without this column."))
        if may_be_classes:
            says.append(_("If these are classes, save the table as a CSV file and take that in with i."))
    return TableError(" ".join(says), line, layout.column_name(column))


def _unknown_class_error(layout: TableLayout, column: int, known: Sequence[str]) -> TableError:
    """The error for pasted rows whose words are hardly classes, and not all of the classes that the lesson has."""
    line, word = next(
        (row.line, row.cells[column])
        for row in layout.rows
        if not is_missing_class(row.cells[column]) and not find_class(row.cells[column], known)
    )
    return TableError(no_class_sentence(word, known), line)


def _several_columns_error(
    layout: TableLayout, columns: Sequence[int], doubts: Collection[int], *, is_file: bool
) -> TableError:
    """The error for several columns of words; it proposes to keep the last that may well have classes."""
    kept = next((column for column in reversed(columns) if column not in doubts), columns[-1])
    between = _(" and ")
    listed = between.join(layout.column_name(column) for column in columns[:_MOST_NAMES])
    if len(columns) > _MOST_NAMES:
        listed += _(" and {more} more", more=len(columns) - _MOST_NAMES)
    says = _("Columns {columns} have words, but only one column can be the classes.", columns=listed)
    if is_file:
        others = " ".join(layout.as_option(column) for column in columns if column != kept)
        advice = _("Leave the others out: {without} {columns}.", without=WITHOUT, columns=others)
    else:
        advice = _("Copy the table without the others.")
    return TableError(f"{says} {advice}")
