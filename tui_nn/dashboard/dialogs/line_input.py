"""The field of a dialog: one line of text."""

import re

from rich.cells import cell_len
from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.widgets import Input


class LineInput(Input):
    """A field of one line. Joins pasted lines with blanks.

    With ``takes_blocks`` it posts `BlockPasted` for a paste of several words instead.
    """

    class BlockPasted(Message):
        """The user pasted several lines or cells."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(
        self,
        value: str = "",
        *,
        select_on_focus: bool,
        placeholder: str = "",
        takes_blocks: bool = False,
        id: str | None = None,
    ) -> None:
        super().__init__(value, placeholder, select_on_focus=select_on_focus, id=id)
        self.cursor_blink = False
        self._takes_blocks = takes_blocks

    def cursor_on_screen(self) -> Offset | None:
        """Where the caret stands. Textual's own answer is a column too far at the end of the text."""
        left = cell_len(self.value[: self.cursor_position]) - self.scroll_offset.x
        return self.content_region.offset + Offset(left, 0)

    def on_paste(self, event: events.Paste) -> None:
        """Takes all lines of a paste. Textual's `Input` would drop all but the first."""
        event.prevent_default()
        event.stop()
        text = event.text.strip("\t\r\n")
        if self._takes_blocks and len(text.split()) > 1:
            self.post_message(self.BlockPasted(text))
        elif text:
            self.replace(re.sub(r"[\t\r\n]+", " ", text), *self.selection)
