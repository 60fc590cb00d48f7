"""How the data pane takes in pasted blocks and CSV files, and writes a CSV file."""

from dataclasses import replace
from pathlib import Path

from tui_nn.dashboard.terminal.plain_paste import PlainPaste, is_table
from tui_nn.dashboard.widgets.cell_typing import Typing
from tui_nn.dashboard.widgets.dispatch import edit
from tui_nn.dashboard.widgets.editable_grid import EditableGrid
from tui_nn.network import Dataset, ValidationError
from tui_nn.session.events import BlockPasted, DataReplaced, Selected
from tui_nn.session.reducer import apply_event
from tui_nn.session.storage.session_file import TABLE_SUFFIX
from tui_nn.session.validation import counted
from tui_nn.writing.sentences.steps_and_errors import error_sentence

_READING_SECONDS = 10


def paste_block(pane: EditableGrid, text: str) -> None:
    """Puts a block of cells from a spreadsheet at the cursor; if it is refused, says why below the cursor's cell."""
    row, column = pane.cursor
    try:
        # Imported late: these modules would delay the first screen.
        from tui_nn.session.tables import spreadsheet

        read_paste = spreadsheet.read_paste(text)
        edit(pane, BlockPasted(max(1, row), column + 1, read_paste.names, read_paste.rows))
    except ValidationError as error:
        now = pane.text_to_edit(row, column)
        typing = pane.typing or Typing(row, column, now, len(now))
        pane.show_typing(replace(typing, error=error_sentence(error)))
    else:
        pane.show_typing(None)
        pane.move_cursor(row, column)
        _notify_taken(pane, read_paste.columns, len(read_paste.rows), "pasted", " ".join(read_paste.reading_notes))


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


def read_csv(pane: EditableGrid, data: Dataset) -> None:
    """Asks for a CSV file, and replaces all data by its numbers. Asks again if the lesson can't have these."""
    from tui_nn.dashboard.dialogs.file_questions import ask_for_data

    def check(wanted: DataReplaced) -> None:
        apply_event(pane.shown_view.state, wanted)

    def take(wanted: DataReplaced, remarks: str) -> None:
        if pane.make_edit(wanted, Selected("x")):
            _notify_taken(pane, len(wanted.x_names) + len(wanted.y_names), len(wanted.x), "taken", remarks)

    ask_for_data(pane.app, data, check, take)


def write_csv(pane: EditableGrid, data: Dataset) -> None:
    """Asks for a name, and writes the data to a CSV file."""
    from tui_nn.dashboard.dialogs.file_questions import ask_where_to_write_data

    ask_where_to_write_data(pane.app, Path(f"{pane.shown_view.file_name or 'data'}{TABLE_SUFFIX}"), data)


def _notify_taken(pane: EditableGrid, columns: int, rows: int, how: str, remarks: str) -> None:
    """Says how many cells were pasted or taken in, and how to take them back."""
    what = f"{counted(rows, 'row')} of {counted(columns, 'number')}" if rows else counted(columns, "name")
    says = f"{what} {how}; u takes {'it' if rows + columns == 1 else 'them'} back. {remarks}".rstrip()
    pane.notify(says, timeout=_READING_SECONDS if remarks else 3, markup=False)
