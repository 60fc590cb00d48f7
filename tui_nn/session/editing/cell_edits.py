"""The edits of the data that belong to a cell of the data table, which has the columns of x first, then those of y."""

from tui_nn.network import Dataset, ValidationError
from tui_nn.session import input_parsing
from tui_nn.session.events import BlockPasted, CellSet, ColumnAdded, ColumnRenamed, Edit, RowAdded, TableName
from tui_nn.session.validation import shortened

_MOST_NAMES = 8


def table_and_position(data: Dataset, column: int) -> tuple[TableName, int]:
    """The table that a column belongs to, and its position there from 1. ``column`` counts from 0 through x and y."""
    return ("x", column + 1) if column < data.inputs else ("y", column - data.inputs + 1)


def cell_edit(data: Dataset, row: int, column: int, text: str, *, has_one_class: bool = False) -> Edit:
    """The edit that ``text`` in a cell means: in row 0 a new name, below the last row a new row, else a new number.

    If y has a column for each class, the name of a class in one of these puts the row into that class; so does a 1 in
    its column if each row ``has_one_class``, as with softmax outputs. Raises `ValidationError` if ``text`` is no number
    where one is needed.
    """
    table, position = table_and_position(data, column)
    if row == 0:
        return ColumnRenamed(table, position, text.strip())
    if table == "y" and row <= data.rows and (of_class := class_numbers(data, text.strip())):
        return BlockPasted(row, data.inputs + 1, (), (of_class,))
    if table == "y" and has_classes(data) and text.strip().isalpha():
        listed = ", ".join(map(shortened, data.y_names[:_MOST_NAMES])) + (", …" if data.outputs > _MOST_NAMES else "")
        says = f'"{shortened(text.strip())}" is none of the classes {listed}. Type one of these, or a number.'
        raise ValidationError("y", f'"{text.strip()}"', f"one of {listed}", says)
    number = input_parsing.parse_number(text)
    of_class = None
    if table == "y" and number == 1 and has_one_class:
        of_class = class_numbers(data, data.y_names[position - 1])
    if row <= data.rows:
        return BlockPasted(row, data.inputs + 1, (), (of_class,)) if of_class else CellSet(table, row, position, number)
    cells = [*data.x[-1].tolist(), *(of_class or data.y[-1].tolist())]
    cells[column] = number
    return RowAdded(data.rows + 1, tuple(cells[: data.inputs]), tuple(cells[data.inputs :]))


def class_numbers(data: Dataset, name: str) -> tuple[float, ...] | None:
    """The numbers of y in a row of the class ``name``: 1 in its column, 0 in the others.

    Letters may be large or small, if one class is meant. None if y has no columns of classes, or none of this name.
    """
    alike = [other for other in data.y_names if other.casefold() == name.casefold()]
    called = name if name in alike else alike[0] if len(alike) == 1 else ""
    return tuple(float(called == other) for other in data.y_names) if called and has_classes(data) else None


def has_classes(data: Dataset) -> bool:
    """Whether y has several columns that contain only 0 and 1, as those of classes do."""
    return data.outputs > 1 and bool(((data.y == 0) | (data.y == 1)).all())


def begins_class(data: Dataset, row: int, column: int, letter: str) -> bool:
    """Whether the name of a class begins with ``letter``, which is typed on a cell that says the row's class."""
    if not (0 < row <= data.rows and column >= data.inputs and has_classes(data)):
        return False
    return any(name.casefold().startswith(letter.casefold()) for name in data.y_names)


def copy_of_row(data: Dataset, row: int) -> RowAdded:
    """The edit that adds a copy of ``row`` below it."""
    return RowAdded(row + 1, tuple(data.x[row - 1].tolist()), tuple(data.y[row - 1].tolist()))


def column_of_ones(data: Dataset, column: int) -> ColumnAdded:
    """The edit that adds a column of ones right of ``column``, with a name that no column has."""
    table, position = table_and_position(data, column)
    taken = (*data.x_names, *data.y_names)
    name = next(name for i in range(1, 1000) if (name := f"{table}{i}") not in taken)
    return ColumnAdded(table, position + 1, name, (1.0,) * data.rows)
