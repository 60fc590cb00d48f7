"""How the data pane takes in pasted blocks and the data of a file."""

from collections.abc import Iterator
from dataclasses import replace

from tui_nn.dashboard.terminal.plain_paste import PlainPaste, is_table
from tui_nn.dashboard.widgets.dispatch import edit
from tui_nn.dashboard.widgets.grid.cell_typing import Typing
from tui_nn.dashboard.widgets.grid.editable_grid import EditableGrid
from tui_nn.network import ValidationError
from tui_nn.session.events import DataReplaced, Edit, Selected
from tui_nn.session.validation import counted
from tui_nn.writing.sentences.steps_and_errors import error_sentence

_READING_SECONDS = 10


def paste_block(pane: EditableGrid, text: str) -> None:
    """Puts a block of cells from a spreadsheet at the cursor; a table with names of classes replaces all data.

    If it is refused, says why below the cursor's cell.
    """
    row, column = pane.cursor
    try:
        # Imported late: these modules would delay the first screen.
        from tui_nn.session.tables import spreadsheet

        data = pane.shown_view.state.document.dataset
        taken = spreadsheet.read_paste(text, data.y_names)
        pasted = spreadsheet.paste_event(data, taken, max(1, row), column + 1)
        if isinstance(pasted, DataReplaced):
            row, column = pane.position_of(Selected("x"))
            edit(pane, pasted, Selected("x"))
        else:
            edit(pane, pasted)
    except ValidationError as error:
        now = pane.text_to_edit(row, column)
        typing = pane.typing or Typing(row, column, now, len(now))
        pane.show_typing(replace(typing, error=error_sentence(error)))
    else:
        pane.show_typing(None)
        pane.move_cursor(row, column)
        notes = (*taken.reading_notes, *_notes_on_classes(pane, pasted))
        _notify_taken(pane, taken.columns, len(taken.rows), "pasted", " ".join(notes))


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
        remarks = " ".join((notes, *_notes_on_classes(pane, data))).strip()
        _notify_taken(pane, len(data.x_names) + len(data.y_names), len(data.x), "taken", remarks)


def _notes_on_classes(pane: EditableGrid, made: Edit) -> Iterator[str]:
    """What to say about the lesson's settings after the edit ``made``, if it gave y columns of classes."""
    from tui_nn.session.tables.class_columns import note_on_settings

    if isinstance(made, DataReplaced) and made.y_are_classes:
        yield note_on_settings(pane.shown_view.state.document)


def _notify_taken(pane: EditableGrid, columns: int, rows: int, how: str, remarks: str) -> None:
    """Says how many cells were pasted or taken in, and how to take them back."""
    what = f"{counted(rows, 'row')} of {counted(columns, 'number')}" if rows else counted(columns, "name")
    says = f"{what} {how}; u takes {'it' if rows + columns == 1 else 'them'} back. {remarks}".rstrip()
    pane.notify(says, timeout=_READING_SECONDS if remarks else 3, markup=False)
