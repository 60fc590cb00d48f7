"""What an edit did, in a few words, for whoever takes it back or makes it again."""

from collections.abc import Iterable
from typing import get_args

from tui_nn.session.events import (
    BlockPasted,
    Branched,
    CellSet,
    ColumnAdded,
    ColumnRemoved,
    ColumnRenamed,
    DataReplaced,
    Edit,
    Event,
    HyperparameterSet,
    Redone,
    RowAdded,
    RowRemoved,
    StartTried,
    Undone,
    WeightSet,
)
from tui_nn.session.values import many
from tui_nn.writing.figures import grouped, shortest
from tui_nn.writing.notation import Notation
from tui_nn.writing.setting_names import setting_name

_EDITS = (*get_args(Edit), Branched, StartTried)


def undoable(happened: Iterable[Event]) -> tuple[list[Event], list[Event]]:
    """The edits that undo takes back, and those that redo makes again, the next one last."""
    past: list[Event] = []
    future: list[Event] = []
    for event in happened:
        match event:
            case Undone():
                future.append(past.pop())
            case Redone():
                past.append(future.pop())
            case _ if isinstance(event, _EDITS):
                past.append(event)
                future.clear()
    return past, future


def deed(event: Event, notation: Notation) -> str:
    """``learning rate 0.5 from iteration 100 on``, ``row 4 added``."""
    since = getattr(event, "iteration", 1)
    when = f" from iteration {grouped(since)} on" if since > 1 else ""
    match event:
        case CellSet(table, row, column, value):
            return f"{table}[{row},{column}] set to {shortest(value)}{when}".replace("-", notation.minus)
        case RowAdded(row):
            return f"row {row} added{when}"
        case RowRemoved(row):
            return f"row {row} deleted{when}"
        case ColumnAdded(table, column):
            return f"column {column} of {table} added"
        case ColumnRemoved(table, column):
            return f"column {column} of {table} deleted"
        case ColumnRenamed(table, column, name):
            return f"column {column} of {table} named {name}"
        case DataReplaced(x=rows):
            return f"other data, {len(rows)} rows{when}"
        case BlockPasted(row, names=names, cells=cells):
            what = many(len(cells), "row") if cells else many(len(names), "name")
            return f"{what} pasted{f' from row {row} on' if cells else ''}{when}"
        case HyperparameterSet(key, value):
            written = " ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)
            return f"{setting_name(key)} {written or 'none'}{when}"
        case WeightSet(matrix, row, column, value):
            number = shortest(value).replace("-", notation.minus)
            return f"{notation.name(matrix)}[{row},{column}] set to {number}{when}"
        case Branched(name) | StartTried(name):
            return f"run {name} begun"
    return "an edit"
