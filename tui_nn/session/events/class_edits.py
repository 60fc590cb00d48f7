"""Edits of the classes of rows."""

from dataclasses import replace

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network import Dataset, ValidationError
from tui_nn.session import limits, validation
from tui_nn.session.class_names import listed, no_class_sentence
from tui_nn.session.events.edit import DataEdit
from tui_nn.session.events.phrase import Phrase
from tui_nn.session.validation import counted


@frozen_dataclass
class ClassesSet(DataEdit, kind="classes set"):
    """The rows from ``row`` on got the classes ``names``, one each: 1 in the column of y with this name, else 0."""

    row: int
    names: tuple[str, ...]
    iteration: int = 1

    def edited_data(self, data: Dataset) -> Dataset:
        validation.in_range("row", self.row, data.rows)
        if not self.names:
            raise ValidationError("names", "an empty list", "the name of a class for each row")
        if data.outputs == 1:
            says = "y has a single column, so its rows have no class with a name. Type 0 or 1."
            raise ValidationError("names", "a class", "y with a column for each class", says)
        rows_left = data.rows - self.row + 1
        if len(self.names) > rows_left:
            found, expected = f"{len(self.names)} classes from row {self.row} on", f"at most {rows_left}"
            says = f"There are {found}, but only {counted(rows_left, 'row')}. Paste whole rows to add some."
            raise ValidationError("names", found, expected, says)
        for name in self.names:
            if name not in data.y_names:
                says = no_class_sentence(validation.text("names", name, limits.NAME_LENGTH), data.y_names)
                raise ValidationError("names", f'"{validation.shortened(name)}"', listed(data.y_names), says)
        y = data.y.copy()
        y[self.row - 1 : self.row - 1 + len(self.names)] = [
            [float(name == other) for other in data.y_names] for name in self.names
        ]
        return replace(data, y=y)

    @property
    def description(self) -> Phrase:
        if len(self.names) == 1:
            return f"class of row {self.row} set to {self.names[0]}", *self.from_when
        return f"classes of rows {self.row} to {self.row + len(self.names) - 1} set", *self.from_when
