"""How the data pane takes in pasted blocks and the data of a file."""

from collections.abc import Iterator
from dataclasses import replace

from tui_nn.dashboard.terminal.plain_paste import PlainPaste, is_table
from tui_nn.dashboard.widgets.dispatch import edit
from tui_nn.dashboard.widgets.grid.cell_typing import Typing
from tui_nn.dashboard.widgets.grid.editable_grid import EditableGrid
from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _, ngettext
from tui_nn.network import Dataset, ValidationError
from tui_nn.session.class_names import listed
from tui_nn.session.editing.cell_edits import classes_pasted, has_classes, typed_column
from tui_nn.session.events import ClassesSet, DataReplaced, Edit, Selected
from tui_nn.writing.sentences.steps_and_errors import error_sentence

_READING_SECONDS = 10


@frozen_dataclass
class _Taken:
    """An edit made from a text or a file; ``what`` it did, to so many things, and notes on how it was read."""

    edit: Edit
    what: str
    count: int
    notes: tuple[str, ...] = ()


def paste_block(pane: EditableGrid, text: str) -> None:
    """Puts a block of cells from a spreadsheet at the cursor; a table with names of classes replaces all data.

    If it is refused, says why below the cursor's cell.
    """
    row, column = pane.cursor
    data = pane.shown_view.state.document.dataset
    try:
        classes = classes_pasted(data, row, column, text)
        taken = _classes_taken(classes) if classes else _table_taken(data, max(1, row), column, text)
        if isinstance(taken.edit, DataReplaced):
            row, column = pane.position_of(Selected("x"))
            edit(pane, taken.edit, Selected("x"))
        else:
            edit(pane, taken.edit)
    except ValidationError as error:
        now = pane.text_to_edit(row, column)
        typing = pane.typing or Typing(row, column, now, len(now))
        pane.show_typing(replace(typing, error=error_sentence(error)))
    else:
        pane.show_typing(None)
        pane.move_cursor(row, column)
        _notify_taken(pane, taken)


def _table_taken(data: Dataset, row: int, column: int, text: str) -> _Taken:
    """The edit that a pasted table means with the cursor at ``row``, from 1, and ``column``, from 0."""
    # Imported late: these modules would delay the first screen.
    from tui_nn.session.tables import spreadsheet

    table = spreadsheet.read_paste(text, data.y_names if has_classes(data) else ())
    pasted = spreadsheet.paste_event(data, table, row, typed_column(data, column) + 1)
    rows, columns = len(table.rows), table.columns
    if isinstance(pasted, DataReplaced):
        return _Taken(pasted, _pasted_cells(rows, columns), rows + columns, table.notes_as_data)
    if not table.classes:
        return _Taken(pasted, _pasted_cells(rows, columns), rows + columns, table.reading_notes)
    names = listed(table.classes)
    classes = ngettext("class {classes}", "classes {classes}", len(table.classes), classes=names)
    if row > data.rows:
        says = _("{rows} added, {classes}", rows=_counted_rows(rows), classes=classes)
    else:
        says = _("{rows} pasted from row {row} on, {classes}", rows=_counted_rows(rows), row=row, classes=classes)
    return _Taken(pasted, says, rows, table.reading_notes)


def _classes_taken(classes: ClassesSet) -> _Taken:
    first, count = classes.row, len(classes.names)
    names = listed(dict.fromkeys(classes.names))
    if count == 1:
        says = _("Class of row {row} set: {classes}", row=first, classes=names)
    else:
        last = first + count - 1
        says = _("Classes of rows {first} to {last} set: {classes}", first=first, last=last, classes=names)
    return _Taken(classes, says, count)


def move_as_if_typed(pane: EditableGrid, paste: PlainPaste) -> None:
    """Leaves the cursor where typing would leave it: on a slow line, typed text can look like a paste."""
    if pane.typing or not is_table(paste.text):
        return
    row, column = pane.cursor
    lines = paste.text.strip("\r\n").splitlines()
    cells = lines[-1].split("\t")
    last_row, next_column = max(1, row) + len(lines) - 1, column + len(cells)
    if paste.ending in "\r\n":
        pane.move_cursor(last_row + 1, column)
    elif paste.ending == "\t":
        pane.continue_tabbed_row(Typing(last_row, next_column), began=column, row=last_row)
    else:
        text = cells[-1].strip()
        pane.continue_tabbed_row(Typing(last_row, next_column - 1, text, len(text)), began=column, row=last_row)


def take_data(pane: EditableGrid, data: DataReplaced, notes: str) -> None:
    """Replaces all data by those of a file, and says how much that is, with ``notes`` on how it was read."""
    if pane.make_edit(data, Selected("x")):
        rows, columns = len(data.x), len(data.x_names) + len(data.y_names)
        _notify_taken(pane, _Taken(data, _taken_cells(rows, columns), rows + columns, (notes,)))


def _notes_on_classes(pane: EditableGrid, made: Edit) -> Iterator[str]:
    """What to say about the lesson's settings after the edit ``made``, if it gave y columns of classes."""
    from tui_nn.session.tables.class_columns import note_on_settings

    if isinstance(made, DataReplaced) and made.y_are_classes:
        yield note_on_settings(pane.shown_view.state.document)


def _pasted_cells(rows: int, columns: int) -> str:
    if not rows:
        return ngettext("{names} name pasted", "{names} names pasted", columns, names=columns)
    return _("{rows} {of_numbers} pasted", rows=_counted_rows(rows), of_numbers=_of_numbers(columns))


def _taken_cells(rows: int, columns: int) -> str:
    if not rows:
        return ngettext("{names} name taken", "{names} names taken", columns, names=columns)
    return _("{rows} {of_numbers} taken", rows=_counted_rows(rows), of_numbers=_of_numbers(columns))


def _counted_rows(rows: int) -> str:
    return ngettext("{rows} row", "{rows} rows", rows, rows=rows)


def _of_numbers(numbers: int) -> str:
    # For translators: in "3 rows of 2 numbers pasted".
    return ngettext("of {numbers} number", "of {numbers} numbers", numbers, numbers=numbers)


def _notify_taken(pane: EditableGrid, taken: _Taken) -> None:
    """Says what was pasted or taken in, and how to take it back."""
    notes = " ".join((*taken.notes, *_notes_on_classes(pane, taken.edit))).strip()
    says = ngettext("{what}; u takes it back.", "{what}; u takes them back.", taken.count, what=taken.what)
    pane.notify(f"{says} {notes}".rstrip(), timeout=_READING_SECONDS if notes else 3, markup=False)
