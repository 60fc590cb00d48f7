"""Where the lesson is: the iteration, the step, the line of its derivation, and the cell selected."""

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.network import ValidationError, steps_by_name
from tui_nn.network.formulas.equations import matrices_by_row
from tui_nn.session import limits, validation
from tui_nn.session.events.event import Event
from tui_nn.session.selected_cell import SelectedCell, shape_of
from tui_nn.session.settings import HYPERPARAMETERS
from tui_nn.session.state import State, replace


@frozen_dataclass
class Moved(Event, kind="moved", viewer_may_make=True):
    """The lesson went to the step called ``step`` of an iteration."""

    iteration: int
    step: str

    def apply(self, state: State) -> State:
        iteration = state.plan.check_iteration(self.iteration)
        step = steps_by_name(state.document.network).get(self.step)
        if step is None:
            expected = _("one of {names}", names=" ".join(step.name for step in state.steps))
            raise ValidationError("step", f'"{validation.shortened(self.step)}"', expected)
        derivation_line = state.derivation_line if step == state.step else 1
        return replace(state, iteration=iteration, step=step, derivation_line=derivation_line)


@frozen_dataclass
class DerivationShown(Event, kind="derived", viewer_may_make=True):
    """The derivation of the step shown now goes up to this line."""

    line: int

    def apply(self, state: State) -> State:
        # The derivation may have had more lines in the version that wrote the log.
        return replace(state, derivation_line=validation.whole_number("line", self.line, 1, limits.DERIVATION_LINES))


@frozen_dataclass
class Selected(SelectedCell, Event, kind="selected", viewer_may_make=True):
    """A cell was selected."""

    def apply(self, state: State) -> State:
        if self.matrix in HYPERPARAMETERS:
            table, first_row, shape = "settings", 1, (1, 1)
        else:
            table, first_row = ("data", 0) if self.matrix in ("x", "y") else ("matrices", 1)
            found = shape_of(state.document, state.iteration, self.matrix)
            if found is None:
                expected = _("a matrix of the lesson's network, x, y or a setting")
                raise ValidationError("matrix", f'"{validation.shortened(self.matrix)}"', expected)
            shape = found
        validation.in_range("row", self.row, shape[0], first=first_row)
        validation.in_range("column", self.column, shape[1])
        row = state.row
        if self.row and table == "data":
            row = self.row
        elif self.row and self.matrix in matrices_by_row(state.document.network):
            row = state.document.moment(state.iteration).row_of_data(self.row)
        return replace(state, selected_table=table, selected_cells={**state.selected_cells, table: self}, row=row)
