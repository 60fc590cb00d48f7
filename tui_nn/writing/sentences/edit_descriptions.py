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
    Marked,
    MarkRemoved,
    MarkRenamed,
    NoteChanged,
    Noted,
    NoteDeed,
    NoteRedone,
    NoteRemoved,
    NoteUndone,
    Redone,
    RowAdded,
    RowRemoved,
    StartTried,
    Undone,
    WeightSet,
    WeightsSet,
)
from tui_nn.session.validation import many, short
from tui_nn.writing.notation.number_format import grouped, shortest
from tui_nn.writing.notation.setting_names import setting_name, written
from tui_nn.writing.notation.signs import Notation

_EDITS: tuple[type[Event], ...] = (*get_args(Edit), Branched, StartTried)
_OF_NOTES: tuple[type[Event], ...] = get_args(NoteDeed)


def is_of_notes(event: Event) -> bool:
    """Whether an event made, changed or deleted a note or mark."""
    return isinstance(event, _OF_NOTES)


def undoable(happened: Iterable[Event]) -> tuple[list[Event], list[Event]]:
    """The events that undo takes back, and those that redo makes again: edits, and changes of notes and marks.

    In each list, the next event is the last. The log has separate undo events for edits and for notes; here both stand
    in the order in which they happened.
    """
    past: list[Event] = []
    future: list[Event] = []
    for event in happened:
        match event:
            case Undone():
                _move_last(past, future, _EDITS)
            case Redone():
                _move_last(future, past, _EDITS)
            case NoteUndone():
                _move_last(past, future, _OF_NOTES)
            case NoteRedone():
                _move_last(future, past, _OF_NOTES)
            case _:
                kind = next((kind for kind in (_EDITS, _OF_NOTES) if isinstance(event, kind)), None)
                if kind:
                    past.append(event)
                    future = [one for one in future if not isinstance(one, kind)]
    return past, future


def _move_last(source: list[Event], to: list[Event], kind: tuple[type[Event], ...]) -> None:
    place = next(place for place in range(len(source) - 1, -1, -1) if isinstance(source[place], kind))
    to.append(source.pop(place))


def edit_description(event: Event, notation: Notation) -> str:
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
            return f"{setting_name(key)} {written(value) or 'none'}{when}"
        case WeightSet(matrix, row, column, value):
            number = shortest(value).replace("-", notation.minus)
            return f"{notation.name(matrix)}[{row},{column}] set to {number}{when}"
        case WeightsSet(matrix, row, column, cells):
            last = row + len(cells) - 1, column + len(cells[0]) - 1
            where = f"{notation.name(matrix)}[{row},{column}] to [{last[0]},{last[1]}]"
            return f"{where} set{when}"
        case Noted(text):
            return f'note "{short(text)}" written'
        case NoteChanged(_, text):
            return f'note changed to "{short(text)}"'
        case NoteRemoved():
            return "note deleted"
        case Marked(name):
            return f'mark "{short(name)}" set'
        case MarkRenamed(_, name):
            return f'mark named "{short(name)}"'
        case MarkRemoved():
            return "mark deleted"
        case Branched(name) | StartTried(name):
            return f"run {name} begun"
    return "an edit"
