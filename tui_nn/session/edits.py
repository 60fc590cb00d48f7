"""What each edit makes of a document."""

from dataclasses import replace

import numpy as np

from tui_nn.network import Dataset, Refusal
from tui_nn.network.array import Array
from tui_nn.session import limits, values
from tui_nn.session.document import Document
from tui_nn.session.events import (
    CellSet,
    ColumnAdded,
    ColumnRemoved,
    ColumnRenamed,
    Edit,
    HyperparameterSet,
    RowAdded,
    RowRemoved,
    Table,
)
from tui_nn.session.hyperparameters import HYPERPARAMETERS


def edited(document: Document, edit: Edit) -> Document:
    """``document`` after ``edit``. Raises `Refusal` where the result can't be; ``document`` stays as it is."""
    if isinstance(edit, HyperparameterSet):
        if edit.key not in HYPERPARAMETERS:
            raise Refusal(edit.key, "not a hyperparameter", "one of " + ", ".join(HYPERPARAMETERS))
        return HYPERPARAMETERS[edit.key].set(document, edit.value)
    return replace(document, dataset=_edited_data(document.dataset, edit))


def _edited_data(data: Dataset, edit: Edit) -> Dataset:
    match edit:
        case CellSet(table, row, column, value):
            cells = _cells(data, table).copy()
            _among("row", row, data.rows)
            _among("column", column, cells.shape[1])
            cells[row - 1, column - 1] = values.number(table, value)
            return _with_cells(data, table, cells)
        case RowAdded(row, x, y):
            _among("row", row, data.rows + 1)
            if data.rows >= limits.ROWS:
                raise Refusal("x", f"{data.rows} rows", f"at most {limits.ROWS}")
            _as_many("x", x, data.inputs)
            _as_many("y", y, data.outputs)
            return replace(data, x=np.insert(data.x, row - 1, x, axis=0), y=np.insert(data.y, row - 1, y, axis=0))
        case RowRemoved(row):
            _among("row", row, data.rows)
            if data.rows == 1:
                raise Refusal("x", "the only row left", "at least one row")
            return replace(data, x=np.delete(data.x, row - 1, axis=0), y=np.delete(data.y, row - 1, axis=0))
        case ColumnAdded(table, column, name, cells_of_it):
            cells = _cells(data, table)
            _among("column", column, cells.shape[1] + 1)
            if cells.shape[1] >= limits.COLUMNS:
                raise Refusal(table, f"{cells.shape[1]} columns", f"at most {limits.COLUMNS}")
            _as_many(table, cells_of_it, data.rows)
            names = list(_names(data, table))
            names.insert(column - 1, values.name(f"{table}_names", name))
            return _with_columns(data, table, np.insert(cells, column - 1, cells_of_it, axis=1), names, column, 1)
        case ColumnRemoved(table, column):
            cells = _cells(data, table)
            _among("column", column, cells.shape[1])
            if cells.shape[1] == 1:
                raise Refusal(table, "the only column left", f"at least one column of {table}")
            names = list(_names(data, table))
            del names[column - 1]
            return _with_columns(data, table, np.delete(cells, column - 1, axis=1), names, column, -1)
        case ColumnRenamed(table, column, name):
            names = list(_names(data, table))
            _among("column", column, len(names))
            names[column - 1] = values.name(f"{table}_names", name)
            return replace(data, x_names=tuple(names)) if table == "x" else replace(data, y_names=tuple(names))
    raise TypeError(f"{edit} is no edit of the data")


def _with_cells(data: Dataset, table: Table, cells: Array) -> Dataset:
    return replace(data, x=cells) if table == "x" else replace(data, y=cells)


def _with_columns(data: Dataset, table: Table, cells: Array, names: list[str], column: int, change: int) -> Dataset:
    scaling = data.x_scaling if table == "x" else data.y_scaling
    if not isinstance(scaling, str):
        divisors = list(scaling)
        if change > 0:
            divisors.insert(column - 1, 1.0)
        else:
            del divisors[column - 1]
        scaling = tuple(divisors)
    if table == "x":
        return replace(data, x=cells, x_names=tuple(names), x_scaling=scaling)
    return replace(data, y=cells, y_names=tuple(names), y_scaling=scaling)


def _cells(data: Dataset, table: Table) -> Array:
    return data.x if table == "x" else data.y


def _names(data: Dataset, table: Table) -> tuple[str, ...]:
    return data.x_names if table == "x" else data.y_names


def _as_many(table: Table, numbers: tuple[float, ...], count: int) -> None:
    if len(numbers) != count:
        raise Refusal(table, f"{len(numbers)} numbers", f"{count}")


def _among(what: str, number: int, count: int) -> None:
    if not 1 <= number <= count:
        raise Refusal(what, str(number), f"one from 1 to {count}")
