"""How a lesson is looked at: which chart, with how many decimals, and which number is explained."""

from dataclasses import replace

from tui_nn.dashboard.charts.registry import CHARTS
from tui_nn.dashboard.features.gradient_check import FindingApp
from tui_nn.dashboard.widgets.matrix_board import Board
from tui_nn.network import Dataset, StepKind
from tui_nn.session import input_parsing
from tui_nn.session.events import AheadChosen, ChartChosen, Event, NewRowAdded, NewRowRemoved, Selected
from tui_nn.session.reducer import apply_event
from tui_nn.session.state import AHEAD_FAINT, AHEAD_HIDDEN
from tui_nn.session.validation import many
from tui_nn.writing.formulas.worked_row import letter
from tui_nn.writing.notation.number_format import DECIMALS, FEWEST_DECIMALS, MOST_DECIMALS, grouped, shortest

_LONGEST_NAMES = 200
_SHOWN_CELLS = 3


class LookingApp(FindingApp):
    """A lesson that can be looked at in more than one way."""

    def action_more_decimals(self) -> None:
        """One decimal more in every matrix."""
        self._write_with(1)

    def action_fewer_decimals(self) -> None:
        """One decimal less in every matrix."""
        self._write_with(-1)

    def action_scientific(self) -> None:
        """Numbers as powers of ten, or not."""
        digits = self._numbers.digits
        self._numbers.write_with(replace(digits, scientific=not digits.scientific))
        self.show()

    def _write_with(self, more: int) -> None:
        digits = self._numbers.digits
        decimals = DECIMALS if digits.decimals is None else digits.decimals
        decimals = min(max(FEWEST_DECIMALS, decimals + more), MOST_DECIMALS)
        self._numbers.write_with(replace(digits, decimals=decimals))
        self.show()

    def action_explain(self) -> None:
        """Explains the cell selected, or the first one of the step or of the pane that one is in."""
        if isinstance(self.focused, Board):
            self.focused.choose_in_sight()
        self._select_of_step()
        self.lesson_screen.explain()

    def action_derive(self) -> None:
        """Goes to the derivation of the step."""
        self.lesson_screen.go_to_pane("derive")

    def action_choose(self) -> None:
        """Goes to the cells of the step."""
        self._select_of_step()
        self.lesson_screen.choose()

    def _select_of_step(self) -> None:
        selected = self.state.selected("matrices")
        # From the lesson, the step's own matrix; from a pane, the cell that was chosen there.
        is_of_step = selected is not None and (self.focused or selected.matrix in self._of_step)
        if not is_of_step:
            step, weights = self.state.step, next(iter(self.state.document.network.shapes))
            name = f"{weights}_next" if step.kind is StepKind.UPDATE else step.name
            self.dispatch(Selected(name, 1, 1))

    @property
    def _of_step(self) -> frozenset[str]:
        return frozenset(equation.name for equation in self.view.step_equations) if self.view else frozenset()

    def action_new_row(self) -> None:
        """Asks for a row that is not in the data; the results then have the prediction for it."""
        data, rows = self.state.document.dataset, self.state.new_rows
        names = ", ".join(data.x_names)
        wanted = many(data.inputs, "number")
        if len(names) <= _LONGEST_NAMES:
            wanted += f" ({names})"
        question = f"{wanted} of a row that is not in the data, such as {_example(data)}:"
        if rows:
            question += f"\n(an empty line takes row {letter(len(rows))} out again)"

        def understood(text: str) -> Event:
            if rows and not text.strip():
                return NewRowRemoved(len(rows))
            event = NewRowAdded(input_parsing.numbers(text, data.x_names))
            apply_event(self.state, event)
            return event

        self.ask(question, understood, self._take_new_row)

    def _take_new_row(self, event: Event) -> None:
        self.dispatch(event)
        self.lesson_screen.lead_to("results")
        if isinstance(event, NewRowAdded) and (until := self._known_from):
            self.notify(f"Its prediction will be known {until}.", timeout=5, markup=False)

    @property
    def _known_from(self) -> str:
        """When the prediction for a new row will be known, as the end of a sentence; "" if it is known already."""
        view, state = self.view, self.state
        if not view or "Y_hat" in view.told:
            return ""
        if "Y_hat" in view.hidden.names:
            return "once the question about this iteration's prediction is answered"
        if not view.figures:
            return f"once iteration {grouped(view.iteration)} is computed"
        number = next(place for place, step in enumerate(state.steps, start=1) if step.kind is StepKind.Y_HAT)
        steps = many(number - state.step_number, "step")
        return f"from step {number}, {self.notation.name('Y_hat')}, on: {steps} from here"

    def action_chart(self) -> None:
        """Shows the next chart; where none was in sight, the one chosen."""
        if self.lesson_screen.is_in_sight("cost"):
            charts = list(CHARTS)
            self.dispatch(ChartChosen(charts[(charts.index(self.state.chart) + 1) % len(charts)]))
        self.lesson_screen.lead_to("cost")

    def action_ahead(self) -> None:
        """Hides what lies ahead of the iteration shown, or shows it faint again."""
        self.dispatch(AheadChosen(AHEAD_FAINT if self.state.ahead == AHEAD_HIDDEN else AHEAD_HIDDEN))
        hidden = self.state.ahead == AHEAD_HIDDEN
        self.notify(f"What lies ahead on the charts is {'hidden' if hidden else 'faint'} now.", timeout=3, markup=False)

    def action_show_chart(self, chart: str) -> None:
        """Shows one of the charts, and brings it in sight; the arrows go on walking through the lesson."""
        self.dispatch(ChartChosen(chart))
        self.lesson_screen.lead_to("cost")


def _example(data: Dataset) -> str:
    """The first row of the data as the user would type it; of many columns, only the first three."""
    cells = data.x[0, :_SHOWN_CELLS].tolist()
    return " ".join(map(shortest, cells)) + (" …" if data.inputs > _SHOWN_CELLS else "")
