"""Rows that are not in the data, for which the network predicts y."""

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _, ngettext
from tui_nn.network import ValidationError
from tui_nn.session import limits, validation
from tui_nn.session.events.event import Event
from tui_nn.session.state import State, replace


@frozen_dataclass
class NewRowAdded(Event, kind="new row", viewer_may_make=True):
    """A row was added to the new rows; ``x`` in the units of the data."""

    x: tuple[float, ...]

    def apply(self, state: State) -> State:
        inputs = state.document.dataset.given_inputs
        if len(self.x) != inputs:
            found = ngettext("{numbers} number", "{numbers} numbers", len(self.x), numbers=len(self.x))
            raise ValidationError("x", found, str(inputs))
        validation.check_room("x", state.new_rows, limits.NEW_ROWS, _("new rows"))
        row = tuple(validation.number("x", number) for number in self.x)
        state.document.dataset.check_derived(np.array([row]))
        return replace(state, new_rows=(*state.new_rows, row))


@frozen_dataclass
class NewRowRemoved(Event, kind="new row removed", viewer_may_make=True):
    """A new row was removed. ``row`` is its number among the new rows."""

    row: int

    def apply(self, state: State) -> State:
        validation.whole_number("row", self.row, 1, len(state.new_rows))
        return replace(state, new_rows=(*state.new_rows[: self.row - 1], *state.new_rows[self.row :]))
