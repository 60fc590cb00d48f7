"""Edits of single cells, rows and columns of the data."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.network import ACTIVATIONS, Dataset, ValidationError
from tui_nn.network.model.array import Array
from tui_nn.network.model.derived_inputs import renamed
from tui_nn.session import limits, validation
from tui_nn.session.document import Document
from tui_nn.session.events.edit import DataEdit
from tui_nn.session.events.event import TableName
from tui_nn.session.events.phrase import Phrase, phrase
from tui_nn.session.runs.run_plan import RunPlan

_TYPE_A_CLASS = _("Type 1 or the name for the row's class; paste a row for fractions.")


@frozen_dataclass
class CellSet(DataEdit, kind="cell set"):
    """A number of the data was set, in its own units."""

    table: TableName
    row: int
    column: int
    value: float
    iteration: int = 1

    def changed_plan(self, plan: RunPlan, in_force: Document) -> RunPlan:
        with _advice_on_classes(in_force, self.table):
            return super().changed_plan(plan, in_force)

    def edited_data(self, data: Dataset) -> Dataset:
        cells = _table_numbers(data, self.table).copy()
        validation.in_range("row", self.row, data.rows)
        validation.in_range("column", self.column, cells.shape[1])
        cells[self.row - 1, self.column - 1] = validation.number(self.table, self.value)
        return replace(data, x=cells) if self.table == "x" else replace(data, y=cells)

    @property
    def description(self) -> Phrase:
        cell = f"{self.table}[{self.row},{self.column}]"
        return *phrase(_("{cell} set to {value}"), cell=cell, value=self.value), *self.from_when


@frozen_dataclass
class RowAdded(DataEdit, kind="row added"):
    """A row was added to the data; it now stands at ``row``."""

    row: int
    x: tuple[float, ...]
    y: tuple[float, ...]
    iteration: int = 1

    def changed_plan(self, plan: RunPlan, in_force: Document) -> RunPlan:
        with _advice_on_classes(in_force, "y"):
            return super().changed_plan(plan, in_force)

    def edited_data(self, data: Dataset) -> Dataset:
        validation.in_range("row", self.row, data.rows + 1)
        if data.rows >= limits.ROWS:
            most = _("at most {rows} rows", rows=limits.ROWS)
            says = _("The data can have at most {rows} rows. Delete one first.", rows=limits.ROWS)
            raise ValidationError("x", _("one row more"), most, says)
        _check_length("x", self.x, data.given_inputs)
        _check_length("y", self.y, data.outputs)
        place = self.row - 1
        test_rows = tuple(row + (row >= self.row) for row in data.test_rows)
        x, y = np.insert(data.x, place, self.x, axis=0), np.insert(data.y, place, self.y, axis=0)
        return replace(data, x=x, y=y, test_rows=test_rows)

    @property
    def description(self) -> Phrase:
        return _("row {row} added", row=self.row), *self.from_when


@frozen_dataclass
class RowRemoved(DataEdit, kind="row removed"):
    """The row of the data that stood at ``row`` was deleted."""

    row: int
    iteration: int = 1

    def edited_data(self, data: Dataset) -> Dataset:
        validation.in_range("row", self.row, data.rows)
        if data.rows == 1:
            sentence = _("The only row stays: the data need one at least. Type other numbers into it.")
            raise ValidationError("x", _("the only row left"), _("at least one row"), sentence)
        place = self.row - 1
        test_rows = tuple(row - (row > self.row) for row in data.test_rows if row != self.row)
        x, y = np.delete(data.x, place, axis=0), np.delete(data.y, place, axis=0)
        return replace(data, x=x, y=y, test_rows=test_rows)

    @property
    def description(self) -> Phrase:
        return _("row {row} deleted", row=self.row), *self.from_when


@frozen_dataclass
class ColumnAdded(DataEdit, kind="column added"):
    """A column was added to x or y; it now stands at ``column``. If the columns have divisors, its divisor is 1."""

    table: TableName
    column: int
    name: str
    values: tuple[float, ...]

    def edited_data(self, data: Dataset) -> Dataset:
        cells, names, divisors = (
            _table_numbers(data, self.table),
            [*_table_names(data, self.table)],
            _table_divisors(data, self.table),
        )
        validation.in_range("column", self.column, cells.shape[1] + 1)
        if cells.shape[1] >= limits.COLUMNS:
            most = _("at most {columns} columns", columns=limits.COLUMNS)
            sentence = _(
                "{table} can have at most {columns} columns. Delete one first.",
                table=self.table,
                columns=limits.COLUMNS,
            )
            raise ValidationError(self.table, _("one column more"), most, sentence)
        _check_length(self.table, self.values, data.rows)
        names.insert(self.column - 1, validation.name(f"{self.table}_names", self.name))
        if divisors is not None:
            divisors.insert(self.column - 1, 1.0)
        return _with_columns(data, self.table, np.insert(cells, self.column - 1, self.values, axis=1), names, divisors)

    @property
    def description(self) -> Phrase:
        return (_("column {column} of {table} added", column=self.column, table=self.table),)


@frozen_dataclass
class ColumnRemoved(DataEdit, kind="column removed"):
    """The column of x or y that stood at ``column`` was deleted."""

    table: TableName
    column: int

    def edited_data(self, data: Dataset) -> Dataset:
        cells, names, divisors = (
            _table_numbers(data, self.table),
            [*_table_names(data, self.table)],
            _table_divisors(data, self.table),
        )
        validation.in_range("column", self.column, cells.shape[1])
        if cells.shape[1] == 1:
            found, expected = _("the only column left"), _("at least one column of {table}", table=self.table)
            stays = _(
                "The only column of {table} stays: the data need one at least. Enter on its name renames it.",
                table=self.table,
            )
            raise ValidationError(self.table, found, expected, stays)
        del names[self.column - 1]
        if divisors is not None:
            del divisors[self.column - 1]
        return _with_columns(data, self.table, np.delete(cells, self.column - 1, axis=1), names, divisors)

    @property
    def description(self) -> Phrase:
        return (_("column {column} of {table} deleted", column=self.column, table=self.table),)


@frozen_dataclass
class ColumnRenamed(DataEdit, kind="column renamed"):
    """A column of x or y got another name, in the formulas of derived inputs as well. No number changes, so the run
    goes on.
    """

    table: TableName
    column: int
    name: str

    @property
    def first_changed(self) -> int:
        return limits.ITERATIONS + 1

    def changed_plan(self, plan: RunPlan, in_force: Document) -> RunPlan:  # noqa: ARG002
        # One new dataset for all segments that share theirs.
        renamed = {data: self.edited_data(data) for data in {segment.dataset for segment in plan.segments}}
        changes = (replace(segment, dataset=renamed[segment.dataset]) for segment in plan.changes)
        document = replace(plan.document, dataset=renamed[plan.document.dataset])
        return replace(plan, document=document, changes=tuple(changes))

    def edited_data(self, data: Dataset) -> Dataset:
        names = [*_table_names(data, self.table)]
        validation.in_range("column", self.column, len(names))
        name = names[self.column - 1] = validation.name(f"{self.table}_names", self.name)
        if self.table == "y":
            return replace(data, y_names=tuple(names))
        derived = tuple(renamed(text, data.x_names, self.column, name) for text in data.derived)
        return replace(data, x_names=tuple(names), derived=derived)

    @property
    def description(self) -> Phrase:
        column, table = self.column, self.table
        return (_("column {column} of {table} named {name}", column=column, table=table, name=self.name),)


@contextmanager
def _advice_on_classes(document: Document, table: TableName) -> Iterator[None]:
    """Adds to a refusal of numbers of y what to type where each row of y is the probabilities of classes."""
    try:
        yield
    except ValidationError as error:
        has_one_class = ACTIVATIONS[document.output_activation].mixes_units
        if not (table == "y" == error.where and error.sentence and has_one_class):
            raise
        says = f"{error.sentence} {_TYPE_A_CLASS}"
        raise ValidationError(error.where, error.found, error.expected, says) from None


def _table_numbers(data: Dataset, table: TableName) -> Array:
    return data.x if table == "x" else data.y


def _table_names(data: Dataset, table: TableName) -> tuple[str, ...]:
    return data.x_names if table == "x" else data.y_names


def _table_divisors(data: Dataset, table: TableName) -> list[float] | None:
    """The divisor of each column; None if the table has a scaling with a name."""
    scaling = data.x_scaling if table == "x" else data.y_scaling
    return None if isinstance(scaling, str) else [*scaling]


def _with_columns(
    data: Dataset, table: TableName, cells: Array, names: list[str], divisors: list[float] | None
) -> Dataset:
    if table == "x":
        scaling = data.x_scaling if divisors is None else tuple(divisors)
        return replace(data, x=cells, x_names=tuple(names), x_scaling=scaling)
    scaling = data.y_scaling if divisors is None else tuple(divisors)
    return replace(data, y=cells, y_names=tuple(names), y_scaling=scaling)


def _check_length(table: TableName, numbers: tuple[float, ...], count: int) -> None:
    """Raises `ValidationError` unless there are ``count`` numbers."""
    if len(numbers) != count:
        raise ValidationError(table, _("{numbers} numbers", numbers=len(numbers)), f"{count}")
