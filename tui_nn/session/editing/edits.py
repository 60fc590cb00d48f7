"""What each edit makes of a run's course."""

from dataclasses import replace

import numpy as np

from tui_nn.network import Dataset, Scaling, Segment, ValidationError, WeightCell
from tui_nn.network.model.array import Array
from tui_nn.session import limits, validation
from tui_nn.session.document import Document, lecture_data, usual_names
from tui_nn.session.events import (
    BlockPasted,
    CellSet,
    ColumnAdded,
    ColumnRemoved,
    ColumnRenamed,
    DataReplaced,
    Edit,
    HyperparameterSet,
    RowAdded,
    RowRemoved,
    Table,
    WeightSet,
    WeightsSet,
)
from tui_nn.session.run_plan import RunPlan
from tui_nn.session.settings import HYPERPARAMETERS
from tui_nn.session.validation import many

ON_THE_WAY = frozenset({"learning_rate", "x_scaling", "y_scaling"})
"""The settings that can be changed in the middle of a run; the others make another network or another start."""


def taking_effect(edit: Edit, iteration: int, data: Dataset) -> Edit:
    """``edit`` of ``data`` so that it holds from ``iteration`` on; as it is where it can only start the run again."""
    match edit:
        case DataReplaced() | BlockPasted() if not _keeps_columns(edit, data):
            return edit
        case ColumnAdded() | ColumnRemoved() | ColumnRenamed():
            return edit
        case HyperparameterSet(key, _) if key not in ON_THE_WAY:
            return edit
        case _:
            return replace(edit, iteration=iteration)


def since(edit: Edit) -> int:
    """The first iteration whose numbers ``edit`` may change; past any where it changes none."""
    match edit:
        case ColumnRenamed() | HyperparameterSet("iterations", _):
            return limits.ITERATIONS + 1
        case ColumnAdded() | ColumnRemoved():
            return 1
        case _:
            return edit.iteration


def edited(course: RunPlan, edit: Edit, shown: int) -> RunPlan:
    """``course`` after ``edit``, made where iteration ``shown`` is on the screen.

    An edit that holds from iteration 1 on starts the run again with everything else as it is on the screen. Raises
    `ValidationError` where the result can't be; ``course`` stays as it is.
    """
    iteration = getattr(edit, "iteration", 1)
    if not 1 <= iteration <= course.document.iterations:
        raise ValidationError("iteration", str(iteration), f"one from 1 to {course.document.iterations}")
    if iteration > 1 and isinstance(edit, HyperparameterSet) and edit.key not in ON_THE_WAY:
        raise ValidationError("iteration", str(iteration), "1: this edit starts the run again")
    in_force = course.at(shown if iteration == 1 else iteration)
    if isinstance(edit, DataReplaced | BlockPasted) and iteration > 1 and not _keeps_columns(edit, in_force.dataset):
        raise ValidationError("iteration", str(iteration), "1: other columns start the run again")
    match edit:
        case WeightSet(matrix, row, column, value):
            cell = WeightCell(matrix, row, column, validation.number("value", value))
            before = course if iteration > 1 else course.changed(in_force, 1)
            return before.with_weight(cell, iteration)
        case WeightsSet(matrix, row, column, _):
            rows = validation.table("cells", edit.cells)
            cells = [WeightCell(matrix, row + i, column + j, w) for i, ws in enumerate(rows) for j, w in enumerate(ws)]
            before = course if iteration > 1 else course.changed(in_force, 1)
            return before.with_weights(cells, iteration)
        case HyperparameterSet("iterations", value):
            longer = HYPERPARAMETERS["iterations"].set(course.document, value)
            return replace(course, document=longer)
        case HyperparameterSet(key, value):
            if key not in HYPERPARAMETERS:
                raise ValidationError("key", f'"{validation.short(key)}"', "one of " + ", ".join(HYPERPARAMETERS))
            return course.changed(HYPERPARAMETERS[key].set(in_force, value), iteration)
        case ColumnRenamed():
            return _renamed(course, edit)
    return course.changed(_with_data(in_force, _edited_data(in_force.dataset, edit)), iteration)


def _renamed(course: RunPlan, edit: ColumnRenamed) -> RunPlan:
    """A name changes no number: it holds throughout, and the run goes on."""
    # Those that have their data in common still do.
    data = {one: _edited_data(one, edit) for one in {leg.dataset for leg in course.legs}}
    changes = (Segment(leg.first, data[leg.dataset], leg.learning_rate, leg.weights) for leg in course.changes)
    document = _with_data(course.document, data[course.document.dataset])
    return replace(course, document=document, changes=tuple(changes))


def _with_data(document: Document, data: Dataset) -> Document:
    return replace(document, dataset=data)


def _edited_data(data: Dataset, edit: Edit) -> Dataset:
    match edit:
        case CellSet(table, row, column, value):
            cells = _cells(data, table).copy()
            _among("row", row, data.rows)
            _among("column", column, cells.shape[1])
            cells[row - 1, column - 1] = validation.number(table, value)
            return _with_cells(data, table, cells)
        case RowAdded(row, x, y):
            _among("row", row, data.rows + 1)
            if data.rows >= limits.ROWS:
                raise ValidationError("x", f"{data.rows} rows", f"at most {limits.ROWS}")
            _as_many("x", x, data.inputs)
            _as_many("y", y, data.outputs)
            return replace(data, x=np.insert(data.x, row - 1, x, axis=0), y=np.insert(data.y, row - 1, y, axis=0))
        case RowRemoved(row):
            _among("row", row, data.rows)
            if data.rows == 1:
                sentence = "The only row stays: the data need one at least. Type other numbers into it."
                raise ValidationError("x", "the only row left", "at least one row", sentence)
            return replace(data, x=np.delete(data.x, row - 1, axis=0), y=np.delete(data.y, row - 1, axis=0))
        case ColumnAdded(table, column, name, cells_of_it):
            cells = _cells(data, table)
            _among("column", column, cells.shape[1] + 1)
            if cells.shape[1] >= limits.COLUMNS:
                raise ValidationError(table, f"{cells.shape[1]} columns", f"at most {limits.COLUMNS}")
            _as_many(table, cells_of_it, data.rows)
            names = list(_names(data, table))
            names.insert(column - 1, validation.name(f"{table}_names", name))
            return _with_columns(data, table, np.insert(cells, column - 1, cells_of_it, axis=1), names, column, 1)
        case ColumnRemoved(table, column):
            cells = _cells(data, table)
            _among("column", column, cells.shape[1])
            if cells.shape[1] == 1:
                sentence = (
                    f"The only column of {table} stays: the data need one at least. Enter on its name renames it."
                )
                raise ValidationError(table, "the only column left", f"at least one column of {table}", sentence)
            names = list(_names(data, table))
            del names[column - 1]
            return _with_columns(data, table, np.delete(cells, column - 1, axis=1), names, column, -1)
        case ColumnRenamed(table, column, name):
            names = list(_names(data, table))
            _among("column", column, len(names))
            names[column - 1] = validation.name(f"{table}_names", name)
            return replace(data, x_names=tuple(names)) if table == "x" else replace(data, y_names=tuple(names))
        case DataReplaced(x_names, y_names, x, y):
            return Dataset(
                np.array(validation.table("x", x)),
                np.array(validation.table("y", y)),
                validation.names("x_names", x_names),
                validation.names("y_names", y_names),
                _scaling_of(x_names, data.x_names, data.x_scaling),
                _scaling_of(y_names, data.y_names, data.y_scaling),
            )
        case BlockPasted():
            return _with_block(data, edit)
    raise TypeError(f"{edit} is no edit of the data")


def _keeps_columns(edit: DataReplaced | BlockPasted, data: Dataset) -> bool:
    if isinstance(edit, BlockPasted):
        return not edit.names
    named, lecture = (edit.x_names, edit.y_names), lecture_data()
    if named == (data.x_names, data.y_names):
        return True
    # Earlier versions named unnamed columns as in the lecture, and logs of that time contain these names.
    before = (
        lecture.x_names if data.x_names == usual_names("x", lecture.inputs) else data.x_names,
        lecture.y_names if data.y_names == usual_names("y", lecture.outputs) else data.y_names,
    )
    return named == before


def _with_block(data: Dataset, block: BlockPasted) -> Dataset:
    """``data`` with the block.

    Raises `ValidationError` where it goes past the last column, or adds a row that is not whole.
    """
    names, every = [*data.x_names, *data.y_names], np.hstack([data.x, data.y])
    cells = validation.table("cells", block.cells) if block.cells else []
    columns = len(block.names) or (len(cells[0]) if cells else 0)
    _among("row", block.row, data.rows + 1)
    _among("column", block.column, len(names))
    first, left = block.row - 1, block.column - 1
    if not columns:
        raise ValidationError("cells", "an empty block", "numbers, or names")
    if cells and len(cells[0]) != columns:
        raise ValidationError("names", f"a list of {columns}", f"{len(cells[0])}, one for each column of the block")
    if left + columns > len(names):
        room = f"at most {many(len(names) - left, 'column')} from here on (A adds one)"
        raise ValidationError("cells", many(columns, "column"), room)
    added = first + len(cells) - data.rows
    if added > 0 and columns < len(names):
        found = f"{many(len(cells), 'row')} from row {block.row} on"
        expected = f"no more than {many(data.rows - first, 'row')}, or whole rows with every column of x and y"
        raise ValidationError("cells", found, expected)
    if data.rows + max(0, added) > limits.ROWS:
        raise ValidationError("cells", f"{data.rows + added} rows", f"at most {limits.ROWS}")
    if added > 0:
        every = np.vstack([every, np.zeros((added, len(names)))])
    if cells:
        every[first : first + len(cells), left : left + columns] = cells
    names[left : left + columns] = validation.names("names", block.names) or names[left : left + columns]
    inputs = data.inputs
    return replace(
        data, x=every[:, :inputs], y=every[:, inputs:], x_names=tuple(names[:inputs]), y_names=tuple(names[inputs:])
    )


def _scaling_of(names: tuple[str, ...], known: tuple[str, ...], scaling: Scaling) -> Scaling:
    """The scaling of columns of which some may be ``known``."""
    if isinstance(scaling, str):
        return scaling
    # Columns with other names in the same places are the same quantities until somebody says otherwise.
    divisors = dict(zip(known, scaling, strict=True))
    by_place = scaling if len(names) == len(known) else (1.0,) * len(names)
    return tuple(divisors.get(name, divisor) for name, divisor in zip(names, by_place, strict=True))


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
        raise ValidationError(table, f"{len(numbers)} numbers", f"{count}")


def _among(what: str, number: int, count: int) -> None:
    if not 1 <= number <= count:
        raise ValidationError(what, str(number), f"one from 1 to {count}")
