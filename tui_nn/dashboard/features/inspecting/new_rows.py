"""Predictions for rows that are not in the data."""

from collections.abc import Mapping

from tui_nn.dashboard.features.feature import Action, Feature
from tui_nn.dashboard.panes.results import ResultsPane
from tui_nn.network import Dataset, steps_by_name
from tui_nn.session import input_parsing
from tui_nn.session.events import Event, NewRowAdded, NewRowRemoved
from tui_nn.session.reducer import apply_event
from tui_nn.session.validation import counted
from tui_nn.writing.formulas.worked_row import row_letter
from tui_nn.writing.notation.number_format import group_digits, shortest_text

_LONGEST_NAMES = 200
_SHOWN_CELLS = 3


class NewRows(Feature):
    """Asks for a row that is not in the data; the results then have the prediction for it."""

    @property
    def actions(self) -> Mapping[str, Action]:
        return {"new_row": self._ask_for_row}

    def _ask_for_row(self) -> None:
        from tui_nn.dashboard.dialogs.ask import ask

        data, rows = self.state.document.dataset, self.state.new_rows
        names = ", ".join(data.x_names)
        wanted = counted(data.given_inputs, "number")
        if len(names) <= _LONGEST_NAMES:
            wanted += f" ({names})"
        question = f"{wanted} of a row that is not in the data, such as {_example(data)}:"
        if rows:
            question += f"\n(an empty line takes row {row_letter(len(rows))} out again)"

        def understood(text: str) -> Event:
            if rows and not text.strip():
                return NewRowRemoved(len(rows))
            event = NewRowAdded(input_parsing.parse_numbers(text, data.x_names))
            apply_event(self.state, event)
            return event

        ask(self.app, question, understood, self._take)

    def _take(self, event: Event) -> None:
        self.screen.lead_to(ResultsPane.info.name, event)
        if isinstance(event, NewRowAdded) and (until := self._known_from):
            self.say(f"Its prediction will be known {until}.", seconds=5)

    @property
    def _known_from(self) -> str:
        """When the prediction for a new row will be known, as the end of a sentence; "" if it is known already."""
        view, state = self.view, self.state
        if not view or "Y_hat" in view.visible_matrices:
            return ""
        if "Y_hat" in view.hidden.matrices:
            return "once the question about this iteration's prediction is answered"
        if not view.iteration_numbers:
            return f"once iteration {group_digits(view.iteration)} is computed"
        number = state.steps.index(steps_by_name(state.document.network)["Y_hat"]) + 1
        steps = counted(number - state.step_number, "step")
        return f"from step {number}, {self.notation.name('Y_hat')}, on: {steps} from here"


def _example(data: Dataset) -> str:
    """The first row of the data as the user would type it; of many columns, only the first three."""
    cells = data.x[0, :_SHOWN_CELLS].tolist()
    return " ".join(map(shortest_text, cells)) + (" …" if data.given_inputs > _SHOWN_CELLS else "")
