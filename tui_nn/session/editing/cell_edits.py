"""The edits of the data that belong to a cell of the data table, which has the columns of x first, then those of y."""

from tui_nn.language import _
from tui_nn.network import Dataset, ValidationError
from tui_nn.session import input_parsing
from tui_nn.session.class_names import find_class, listed, no_class_sentence, normal_name
from tui_nn.session.events import (
    CellSet,
    ClassesSet,
    ColumnAdded,
    ColumnRemoved,
    ColumnRenamed,
    Edit,
    HyperparameterSet,
    RowAdded,
    TableName,
)
from tui_nn.session.validation import shortened

_NUMBERS = frozenset({"0", "1"})
"""What stands in columns of classes: these are numbers, even if a class has such a name."""


def table_and_position(data: Dataset, column: int) -> tuple[TableName, int]:
    """The table that a column belongs to, and its position there from 1.

    ``column`` counts from 0 through x, the derived inputs and y. Derived inputs have their positions after those of x.
    """
    return ("x", column + 1) if column < data.inputs else ("y", column - data.inputs + 1)


def is_derived(data: Dataset, column: int) -> bool:
    """Whether a column, counted as in `table_and_position`, is a derived input, which a formula computes."""
    return data.given_inputs <= column < data.inputs


def typed_column(data: Dataset, column: int) -> int:
    """The number of a column among those of x and y that the user types, from 0; counted as in `table_and_position`.

    Raises `ValidationError` for a derived input.
    """
    if is_derived(data, column):
        name = data.input_names[column]
        says = _(
            "{name} is computed from the other columns, so it can't be edited. The setting derived inputs has it.",
            name=name,
        )
        raise ValidationError("x", name, _("a column that is typed in"), says)
    return column if column < data.inputs else column - len(data.derived)


def cell_edit(data: Dataset, row: int, column: int, text: str, *, has_one_class: bool = False) -> Edit:
    """The edit that ``text`` in a cell means: in row 0 a new name, below the last row a new row, else a new number.

    If y has a column for each class, the name of a class in one of these puts the row into that class; so does a 1 in
    its column if each row ``has_one_class``, as with softmax outputs. Raises `ValidationError` if ``text`` is no number
    where one is needed.
    """
    table, position = table_and_position(data, column)
    typed = typed_column(data, column)
    if row == 0:
        return ColumnRenamed(table, position, normal_name(text))
    of_class, number = None, 1.0
    if table == "y" and has_classes(data) and text.strip() not in _NUMBERS:
        of_class = find_class(text, data.y_names)
    if of_class is None:
        number = _parse_number(data, table, text)
        if table == "y" and number == 1 and has_one_class and has_classes(data):
            of_class = data.y_names[position - 1]
    if row <= data.rows:
        return CellSet(table, row, position, number) if of_class is None else ClassesSet(row, (of_class,))
    cells = [*data.x[-1].tolist(), *data.y[-1].tolist()]
    if of_class is None:
        cells[typed] = number
    else:
        cells[data.given_inputs :] = [float(of_class == name) for name in data.y_names]
    return RowAdded(data.rows + 1, tuple(cells[: data.given_inputs]), tuple(cells[data.given_inputs :]))


def _parse_number(data: Dataset, table: TableName, text: str) -> float:
    """The number typed into a cell of the data. Raises `ValidationError`; where y has classes, it lists their names."""
    try:
        return input_parsing.parse_number(text)
    except ValidationError as error:
        if error.sentence or table == "x" or not has_classes(data) or not text.strip():
            raise
        says = " ".join((no_class_sentence(text.strip(), data.y_names), _("Type one of these, or a number.")))
        raise ValidationError("y", error.found, _("one of {names}", names=listed(data.y_names)), says) from None


def classes_pasted(data: Dataset, row: int, column: int, text: str) -> ClassesSet | None:
    """The edit that a pasted column of class names means, from ``row`` on; None if ``text`` is something else.

    The cursor is at ``row``, from 1, and at ``column``, from 0. Raises `ValidationError` for words that are no classes
    of ``data``, if the cursor is on a column of classes.
    """
    lines = [line.strip().strip('"') for line in text.strip("\r\n").splitlines()]
    if row < 1 or not has_classes(data) or "\t" in text.strip("\r\n") or _NUMBERS.issuperset(lines):
        return None
    found = [find_class(line, data.y_names) for line in lines]
    unknown = [line for line, name in zip(lines, found, strict=True) if name is None]
    are_numbers = len(unknown) == len(lines) and any(not line or any(map(str.isdigit, line)) for line in lines)
    if are_numbers or (unknown and column < data.inputs):
        return None
    if unknown:
        empty = _("A line is empty. Write a class into it.")
        says = no_class_sentence(unknown[0], data.y_names) if unknown[0] else empty
        raise ValidationError("y", f'"{shortened(unknown[0])}"', _("one of {names}", names=listed(data.y_names)), says)
    return ClassesSet(row, tuple(filter(None, found)))


def has_classes(data: Dataset) -> bool:
    """Whether y has several columns that contain only 0 and 1, as those of classes do."""
    return data.outputs > 1 and bool(((data.y == 0) | (data.y == 1)).all())


def begins_class(data: Dataset, row: int, column: int, letter: str) -> bool:
    """Whether the name of a class begins with ``letter``, which is typed on a cell that says the row's class."""
    if not (0 < row <= data.rows and column >= data.inputs and has_classes(data)):
        return False
    return any(normal_name(name).casefold().startswith(letter.casefold()) for name in data.y_names)


def copy_of_row(data: Dataset, row: int) -> RowAdded:
    """The edit that adds a copy of ``row`` below it."""
    return RowAdded(row + 1, tuple(data.x[row - 1].tolist()), tuple(data.y[row - 1].tolist()))


def column_of_ones(data: Dataset, column: int) -> ColumnAdded:
    """The edit that adds a column of ones right of ``column``, with a name that no column has."""
    table, position = table_and_position(data, column)
    taken = (*data.input_names, *data.y_names)
    name = next(name for i in range(1, 1000) if (name := f"{table}{i}") not in taken)
    after = min(position, data.given_inputs) if table == "x" else position
    return ColumnAdded(table, after + 1, name, (1.0,) * data.rows)


def without_column(data: Dataset, column: int) -> Edit:
    """The edit that deletes a column; for a derived input, the one that leaves out its formula."""
    if is_derived(data, column):
        text = data.input_names[column]
        return HyperparameterSet("derived", tuple(other for other in data.derived if other != text))
    return ColumnRemoved(*table_and_position(data, column))
