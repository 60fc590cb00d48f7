"""The edits of the data that their pane asks for."""

from tui_nn.dashboard.terminal.plain_paste import PlainPaste
from tui_nn.dashboard.widgets.cell_typing import Typing
from tui_nn.network import Dataset
from tui_nn.session import input_parsing
from tui_nn.session.events import CellSet, ColumnAdded, ColumnRenamed, Edit, RowAdded, TableName
from tui_nn.session.validation import counted
from tui_nn.writing.notation.number_format import shortest_text


def place_in(data: Dataset, column: int) -> tuple[TableName, int]:
    """The table, and the column from 1 on in it, of a column counted from 0 through x and y."""
    return ("x", column + 1) if column < data.inputs else ("y", column - data.inputs + 1)


def cell_text(data: Dataset, row: int, column: int) -> str:
    """A name in row 0, else a number with all its digits; "" below the last row."""
    if row > data.rows:
        return ""
    table, position = place_in(data, column)
    names, numbers = (data.x_names, data.x) if table == "x" else (data.y_names, data.y)
    return names[position - 1] if row == 0 else shortest_text(float(numbers[row - 1, position - 1]))


def cell_edit(data: Dataset, row: int, column: int, text: str) -> Edit:
    """Another name in row 0, another number in a row of the data, or a new row below the last one.

    Raises `ValidationError` if ``text`` is no number where one is needed.
    """
    table, position = place_in(data, column)
    if row == 0:
        return ColumnRenamed(table, position, text.strip())
    number = input_parsing.parse_number(text)
    if row > data.rows:
        return _row_with(data, column, number)
    return CellSet(table, row, position, number)


def _row_with(data: Dataset, column: int, number: float) -> RowAdded:
    """A row below the last one, equal to it but for one number."""
    cells = [*data.x[-1].tolist(), *data.y[-1].tolist()]
    cells[column] = number
    return RowAdded(data.rows + 1, tuple(cells[: data.inputs]), tuple(cells[data.inputs :]))


def row_like(data: Dataset, row: int) -> RowAdded:
    """A row below ``row``, equal to it."""
    return RowAdded(row + 1, tuple(data.x[row - 1].tolist()), tuple(data.y[row - 1].tolist()))


def column_of_ones(data: Dataset, column: int) -> ColumnAdded:
    """A column of ones right of ``column``, with a name that no column has."""
    table, position = place_in(data, column)
    taken = (*data.x_names, *data.y_names)
    name = next(name for i in range(1, 1000) if (name := f"{table}{i}") not in taken)
    return ColumnAdded(table, position + 1, name, (1.0,) * data.rows)


def taken_text(columns: int, rows: int, how: str, reading_notes: str) -> str:
    """Says how many cells were pasted or taken in, and how to take them back."""
    what = f"{counted(rows, 'row')} of {counted(columns, 'number')}" if rows else counted(columns, "name")
    return f"{what} {how}; u takes {'it' if rows + columns == 1 else 'them'} back. {reading_notes}".rstrip()


def typed_end(paste: PlainPaste, row: int, column: int) -> Typing:
    """The cell in which the user would be typing now, had the text pasted at ``row`` and ``column`` been typed."""
    lines = paste.text.strip("\r\n").splitlines()
    cells = lines[-1].split("\t")
    last = max(1, row) + len(lines) - 1
    if paste.ending == "\t":
        return Typing(last, column + len(cells))
    text = cells[-1].strip()
    return Typing(last, column + len(cells) - 1, text, len(text))
