"""Edits of many numbers of the data at once, as from a spreadsheet."""

from dataclasses import replace

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _, ngettext
from tui_nn.network import NO_SCALING, Dataset, Scaling, ValidationError
from tui_nn.session import limits, validation
from tui_nn.session.document import lecture_data, usual_names
from tui_nn.session.events.edit import DataEdit
from tui_nn.session.events.phrase import Phrase

# For translators: a clause, behind a colon: why an edit can't hold from a later iteration on.
_OTHER_COLUMNS = _("other columns start the run again")


@frozen_dataclass
class DataReplaced(DataEdit, kind="data replaced"):
    """All of the data were replaced. A column that keeps its name keeps its divisor.

    With other columns or other names than before, the run starts again, and with other columns of x there are no
    derived inputs. If ``y_are_classes``, y is not scaled.
    """

    x_names: tuple[str, ...]
    y_names: tuple[str, ...]
    x: tuple[tuple[float, ...], ...]
    y: tuple[tuple[float, ...], ...]
    iteration: int = 1
    y_are_classes: bool = False

    def why_restart(self, data: Dataset) -> str:
        lecture, named = lecture_data(), (self.x_names, self.y_names)
        # Earlier versions named unnamed columns as in the lecture, and logs of that time contain these names.
        earlier = (
            lecture.x_names if data.x_names == usual_names("x", lecture.inputs) else data.x_names,
            lecture.y_names if data.y_names == usual_names("y", lecture.outputs) else data.y_names,
        )
        return "" if named in ((data.x_names, data.y_names), earlier) else _OTHER_COLUMNS

    def edited_data(self, data: Dataset) -> Dataset:
        return Dataset(
            np.array(validation.table("x", self.x)),
            np.array(validation.table("y", self.y)),
            validation.names("x_names", self.x_names),
            validation.names("y_names", self.y_names),
            _kept_scaling(self.x_names, data.x_names, data.x_scaling),
            NO_SCALING if self.y_are_classes else _kept_scaling(self.y_names, data.y_names, data.y_scaling),
            derived=data.derived if self.x_names == data.x_names else (),
        )

    @property
    def description(self) -> Phrase:
        rows = len(self.x)
        return ngettext("other data, {rows} row", "other data, {rows} rows", rows, rows=rows), *self.from_when


@frozen_dataclass
class BlockPasted(DataEdit, kind="block pasted"):
    """A block of numbers was pasted into the data, with names for its columns, or () if they keep their names.

    The block's first cell is at ``row`` and ``column``, where the columns of y are counted after those of x. Rows are
    added if the block goes past the last one. With names, the run starts again.
    """

    row: int
    column: int
    names: tuple[str, ...]
    cells: tuple[tuple[float, ...], ...]
    iteration: int = 1

    def why_restart(self, data: Dataset) -> str:  # noqa: ARG002
        return _OTHER_COLUMNS if self.names else ""

    def edited_data(self, data: Dataset) -> Dataset:
        cells = validation.table("cells", self.cells) if self.cells else []
        columns = len(self.names) or (len(cells[0]) if cells else 0)
        self._check_place(data, cells, columns)
        names, table = [*data.x_names, *data.y_names], np.hstack([data.x, data.y])
        first_row, first_column = self.row - 1, self.column - 1
        added = first_row + len(cells) - data.rows
        if added > 0:
            table = np.vstack([table, np.zeros((added, len(names)))])
        place = slice(first_column, first_column + columns)
        if cells:
            table[first_row : first_row + len(cells), place] = cells
        names[place] = validation.names("names", self.names) or names[place]
        inputs = data.given_inputs
        return replace(
            data, x=table[:, :inputs], y=table[:, inputs:], x_names=tuple(names[:inputs]), y_names=tuple(names[inputs:])
        )

    def _check_place(self, data: Dataset, cells: list[list[float]], columns: int) -> None:
        """Raises `ValidationError` if the block goes past the last column, or adds a row that is not whole."""
        all_columns = data.given_inputs + data.outputs
        validation.in_range("row", self.row, data.rows + 1)
        validation.in_range("column", self.column, all_columns)
        if not columns:
            raise ValidationError("cells", _("an empty block"), _("numbers, or names"))
        if cells and len(cells[0]) != columns:
            expected = _("{columns}, one for each column of the block", columns=len(cells[0]))
            raise ValidationError("names", _("a list of {length}", length=columns), expected)
        columns_left = all_columns - self.column + 1
        if columns > columns_left:
            # For translators: A is a key.
            expected = ngettext(
                "at most {columns} column from here on (A adds one)",
                "at most {columns} columns from here on (A adds one)",
                columns_left,
                columns=columns_left,
            )
            found = ngettext("{columns} column", "{columns} columns", columns, columns=columns)
            raise ValidationError("cells", found, expected)
        rows_left = data.rows - self.row + 1
        if len(cells) > rows_left and columns < all_columns:
            found = ngettext(
                "{rows} row from row {row} on",
                "{rows} rows from row {row} on",
                len(cells),
                rows=len(cells),
                row=self.row,
            )
            expected = ngettext(
                "no more than {rows} row, or whole rows with every column of x and y",
                "no more than {rows} rows, or whole rows with every column of x and y",
                rows_left,
                rows=rows_left,
            )
            raise ValidationError("cells", found, expected)
        rows = max(data.rows, self.row - 1 + len(cells))
        if rows > limits.ROWS:
            raise ValidationError("cells", _("{rows} rows", rows=rows), _("at most {most}", most=limits.ROWS))

    @property
    def description(self) -> Phrase:
        if self.cells:
            rows = len(self.cells)
            says = ngettext(
                "{rows} row pasted from row {row} on",
                "{rows} rows pasted from row {row} on",
                rows,
                rows=rows,
                row=self.row,
            )
        else:
            names = len(self.names)
            says = ngettext("{names} name pasted", "{names} names pasted", names, names=names)
        return says, *self.from_when


def _kept_scaling(names: tuple[str, ...], known: tuple[str, ...], scaling: Scaling) -> Scaling:
    """The scaling of columns called ``names``, where columns called ``known`` had ``scaling``."""
    if isinstance(scaling, str):
        return scaling
    # If there are as many columns as before, one with a new name is taken for the old one at its place.
    divisors = dict(zip(known, scaling, strict=True))
    by_place = scaling if len(names) == len(known) else (1.0,) * len(names)
    return tuple(divisors.get(name, divisor) for name, divisor in zip(names, by_place, strict=True))
