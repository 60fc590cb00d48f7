"""Predictions for rows that are not in the data."""

from collections.abc import Mapping

from tui_nn.dashboard.features.feature import Action, Feature
from tui_nn.dashboard.panes.results import ResultsPane
from tui_nn.language import _, ngettext
from tui_nn.network import Dataset, steps_by_name
from tui_nn.session import input_parsing
from tui_nn.session.events import Event, NewRowAdded, NewRowRemoved
from tui_nn.session.reducer import apply_event
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
        question = _question(data)
        if rows:
            question += "\n" + _("(an empty line takes row {row} out again)", row=row_letter(len(rows)))

        def understood(text: str) -> Event:
            if rows and not text.strip():
                return NewRowRemoved(len(rows))
            event = NewRowAdded(input_parsing.parse_numbers(text, data.x_names))
            apply_event(self.state, event)
            return event

        ask(self.app, question, understood, self._take)

    def _take(self, event: Event) -> None:
        self.screen.lead_to(ResultsPane.info.name, event)
        if isinstance(event, NewRowAdded) and (says := self._known_from):
            self.say(says, seconds=5)

    @property
    def _known_from(self) -> str:
        """A sentence: when the prediction for a new row will be known; "" if it is known already."""
        view, state = self.view, self.state
        if not view or "Y_hat" in view.visible_matrices:
            return ""
        if "Y_hat" in view.hidden.matrices:
            return _("Its prediction will be known once the question about this iteration's prediction is answered.")
        if not view.iteration_numbers:
            return _(
                "Its prediction will be known once iteration {iteration} is computed.",
                iteration=group_digits(view.iteration),
            )
        number = state.steps.index(steps_by_name(state.document.network)["Y_hat"]) + 1
        steps = number - state.step_number
        return ngettext(
            "Its prediction will be known from step {number}, {name}, on: {steps} step from here.",
            "Its prediction will be known from step {number}, {name}, on: {steps} steps from here.",
            steps,
            number=number,
            name=self.notation.name("Y_hat"),
            steps=steps,
        )


def _question(data: Dataset) -> str:
    names, count, example = ", ".join(data.x_names), data.given_inputs, _example(data)
    if len(names) > _LONGEST_NAMES:
        return ngettext(
            "{inputs} number of a row that is not in the data, such as {example}:",
            "{inputs} numbers of a row that is not in the data, such as {example}:",
            count,
            inputs=count,
            example=example,
        )
    return ngettext(
        "{inputs} number ({names}) of a row that is not in the data, such as {example}:",
        "{inputs} numbers ({names}) of a row that is not in the data, such as {example}:",
        count,
        inputs=count,
        names=names,
        example=example,
    )


def _example(data: Dataset) -> str:
    """The first row of the data as the user would type it; of many columns, only the first three."""
    cells = data.x[0, :_SHOWN_CELLS].tolist()
    return " ".join(map(shortest_text, cells)) + (" …" if data.given_inputs > _SHOWN_CELLS else "")
