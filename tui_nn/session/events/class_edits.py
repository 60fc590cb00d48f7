"""Edits of the classes of rows."""

from dataclasses import replace

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _, ngettext
from tui_nn.network import Dataset, ValidationError
from tui_nn.session import limits, validation
from tui_nn.session.class_names import listed, no_class_sentence
from tui_nn.session.events.edit import DataEdit
from tui_nn.session.events.phrase import Phrase


@frozen_dataclass
class ClassesSet(DataEdit, kind="classes set"):
    """The rows from ``row`` on got the classes ``names``, one each: 1 in the column of y with this name, else 0."""

    row: int
    names: tuple[str, ...]
    iteration: int = 1

    def edited_data(self, data: Dataset) -> Dataset:
        validation.in_range("row", self.row, data.rows)
        if not self.names:
            raise ValidationError("names", _("an empty list"), _("the name of a class for each row"))
        if data.outputs == 1:
            says = _("y has a single column, so its rows have no class with a name. Type 0 or 1.")
            raise ValidationError("names", _("a class"), _("y with a column for each class"), says)
        rows_left = data.rows - self.row + 1
        if len(self.names) > rows_left:
            found = _("{classes} classes from row {row} on", classes=len(self.names), row=self.row)
            expected = _("at most {most}", most=rows_left)
            says = ngettext(
                "There are {classes} classes from row {row} on, but only {rows} row. Paste whole rows to add some.",
                "There are {classes} classes from row {row} on, but only {rows} rows. Paste whole rows to add some.",
                rows_left,
                classes=len(self.names),
                row=self.row,
                rows=rows_left,
            )
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
            says = _("class of row {row} set to {name}", row=self.row, name=self.names[0])
        else:
            says = _("classes of rows {first} to {last} set", first=self.row, last=self.row + len(self.names) - 1)
        return says, *self.from_when
