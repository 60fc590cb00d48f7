"""Trains a lesson from many starts: shows how far each gets, and opens any of them as a run beside the one shown."""

from time import monotonic
from typing import ClassVar

import numpy as np
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from tui_nn.dashboard.charts.curves_of_starts import drawn_over
from tui_nn.dashboard.charts.plot import load_plotext
from tui_nn.dashboard.terminal.ordered_input import give_way_to_keys
from tui_nn.dashboard.widgets.canvas import Canvas, Line
from tui_nn.network import ManyStarts, Network, Outcome, ValidationError, many_starts
from tui_nn.network.model.array import Array
from tui_nn.session.document import Document
from tui_nn.writing.notation.number_format import group_digits, rounded_text
from tui_nn.writing.notation.sign_set import SignSet
from tui_nn.writing.reports.starts_report import outcome_counts, stuck_meaning
from tui_nn.writing.sentences.steps_and_errors import error_sentence

_PROGRESS_SECONDS = 0.2
_MOST_CURVES = 40
_OUTCOME_WORDS = {
    Outcome.STUCK: "stuck",
    Outcome.LEARNT: "learnt",
    Outcome.UNSETTLED: "unsettled",
    Outcome.FALLING: "falling",
    Outcome.AT_REST: "at rest",
}
"""The words beside a start's J in the list."""


class StartsChart(Canvas):
    """The costs of some of the starts, from the best to the worst, and over them the costs of the chosen start."""

    def __init__(self, *, id: str, signs: SignSet) -> None:
        super().__init__(id=id)
        self._signs = signs
        self._many: ManyStarts | None = None
        self._chosen_start = 0
        self._lines: list[Line] = []
        self._drawn: tuple[object, ...] = ()

    def show(self, many: ManyStarts, chosen: int) -> None:
        """Draws the start with the place ``chosen`` among the seeds over others."""
        self._many, self._chosen_start = many, chosen
        self.repaint()

    def surface(self, room: int) -> Size:  # noqa: ARG002
        """The size of the pane: the chart fits itself to it."""
        drawn = (self.size, self._chosen_start, id(self._many))
        if self._many and self.size and drawn != self._drawn:
            order = np.argsort(self._many.final_costs, kind="stable")
            some = order[np.unique(np.linspace(0, len(order) - 1, _MOST_CURVES).astype(int))]
            costs: Array = self._many.costs
            self._lines = drawn_over(
                self.size, self._many.iterations, costs[some], costs[self._chosen_start], self._signs
            )
            self._drawn = drawn
        return self.size

    def line(self, y: int) -> Line:
        """One line of the chart."""
        return self._lines[y] if y < len(self._lines) else []


class StartsScreen(ModalScreen[int | None]):
    """Trains from ``count`` starts and shows their costs. Gives the seed that the user chose; None for Esc."""

    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "dismiss(None)", "Back")]

    class Progressed(Message):
        """A share of the work, from 0 to 1, is done."""

        def __init__(self, share: float) -> None:
            super().__init__()
            self.share = share

    class Failed(Message):
        """The starts can't be trained; ``sentence`` says why."""

        def __init__(self, sentence: str) -> None:
            super().__init__()
            self.sentence = sentence

    class Done(Message):
        """All starts are trained."""

        def __init__(self, many: ManyStarts) -> None:
            super().__init__()
            self.many = many

    def __init__(self, document: Document, count: int, signs: SignSet) -> None:
        super().__init__()
        self._signs = signs
        self._document = document
        self._count = count
        self._many: ManyStarts | None = None

    def compose(self) -> ComposeResult:
        """The spread in words, the starts from the best to the worst, and their curves."""
        with Vertical(id="starts"):
            yield Label(f"Training from {group_digits(self._count)} starts …", id="spread", markup=False)
            with Horizontal():
                yield OptionList(id="seeds")
                logarithm = "log₁₀" if self._signs is SignSet.ALL else "log10"
                with Vertical():
                    yield Label(
                        f"{logarithm} J: the start chosen, over others from the best to the worst", markup=False
                    )
                    yield StartsChart(id="curves", signs=self._signs)
            yield Label("arrows: choose   Enter: open it as a run beside this one   Esc: back", markup=False)

    def on_mount(self) -> None:
        """Begins to train."""
        self.run_worker(self._train, thread=True, group="starts")

    def _train(self) -> None:
        worker, document = get_current_worker(), self._document
        told = monotonic()

        def progress(share: float) -> None:
            nonlocal told
            if monotonic() - told > _PROGRESS_SECONDS:
                told = monotonic()
                self.post_message(self.Progressed(share))

        def stop() -> bool:
            give_way_to_keys(self.app)
            return worker.is_cancelled

        load_plotext()
        try:
            many = many_starts(
                document.network,
                document.dataset,
                document.start,
                document.learning_rate,
                document.iterations,
                document.start.seeds(self._count),
                stop=stop,
                progress=progress,
                pace=document.pace,
            )
        except ValidationError as error:
            self.post_message(self.Failed(error_sentence(error)))
        else:
            if not worker.is_cancelled:
                self.post_message(self.Done(many))

    @on(Progressed)
    def show_progress(self, message: Progressed) -> None:
        """Says how far the training is."""
        done = f"{100 * message.share:.0f} %"
        self.query_one("#spread", Label).update(
            f"Training from {group_digits(self._count)} starts … {done}   Esc: stop"
        )

    @on(Failed)
    def show_error(self, message: Failed) -> None:
        """Says why the starts can't be trained."""
        self.query_one("#spread", Label).update(Content(message.sentence))

    @on(Done)
    def show_starts(self, message: Done) -> None:
        """Lists the starts, the best first."""
        many = self._many = message.many
        order = np.argsort(many.final_costs, kind="stable")
        width = len(str(many.seeds[-1]))
        options = []
        for place in order.tolist():
            cost = "overflow" if many.overflowed[place] else f"{many.final_costs[place]:.3e}"
            ending = _OUTCOME_WORDS.get(many.outcomes[place], "")
            options.append(
                Option(Text(f"seed {many.seeds[place]:>{width}}  J {cost}  {ending}".rstrip()), id=str(place))
            )
        self.query_one("#spread", Label).update(_spread(many, self._document.network))
        seeds = self.query_one("#seeds", OptionList)
        seeds.add_options(options)
        seeds.highlighted = 0

    @on(OptionList.OptionHighlighted)
    def show_curve(self, event: OptionList.OptionHighlighted) -> None:
        """Draws the start under the cursor."""
        if self._many:
            self.query_one("#curves", StartsChart).show(self._many, int(str(event.option_id)))

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        """Gives the seed chosen."""
        if self._many:
            self.dismiss(self._many.seeds[int(str(event.option_id))])


def _spread(many: ManyStarts, network: Network) -> str:
    costs = many.final_costs[~many.overflowed]
    starts = f"{group_digits(len(many.seeds))} starts, J of iteration {group_digits(int(many.iterations[-1]))}"
    if not costs.size:
        return f"{starts}: every run overflows"
    named = zip(("least", "median", "greatest"), np.quantile(costs, (0, 0.5, 1)).tolist(), strict=True)
    spread = ", ".join(f"{name} {rounded_text(cost, 4)}" for name, cost in named)
    return f"{starts}: {spread}\n{outcome_counts(many)}\n{stuck_meaning(many, network)}"
