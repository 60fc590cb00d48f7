"""The error for a table that can't be read."""

from tui_nn.language import _
from tui_nn.network import ValidationError


class TableError(ValidationError):
    """A table that can't be read: the line in the text, the column's name or number, and what to do.

    ``line`` is 0 and ``column`` is "" if the error has no such place. ``says`` is a whole sentence.
    """

    def __init__(self, says: str, line: int = 0, column: str = "") -> None:
        places = (_("line {line}", line=line) if line else "", _("column {column}", column=column) if column else "")
        self.place = ", ".join(filter(None, places))
        self.says = says
        sentence = f"{self.place[0].upper()}{self.place[1:]}: {says}" if self.place else says
        super().__init__("table", says, _("a table of numbers"), sentence)

    def within(self, file: str) -> str:
        """The message with the file's name in front."""
        return f"{file}, {self.place}: {self.says}" if self.place else f"{file}: {self.says}"
