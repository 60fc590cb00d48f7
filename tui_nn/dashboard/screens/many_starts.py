"""Trains a lesson from many starts: shows how far each gets, and opens any of them as a run beside the one shown."""

from collections.abc import Callable

import numpy as np
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from tui_nn.dashboard.charts.curves_of_starts import drawn_over
from tui_nn.dashboard.screens.computing_screen import ComputingScreen
from tui_nn.dashboard.widgets.canvas import Canvas, Line
from tui_nn.language import _, pgettext
from tui_nn.network import ManyStarts, Outcome, many_starts
from tui_nn.network.model.array import Array
from tui_nn.session.document import Document
from tui_nn.writing.notation.number_format import group_digits, rounded_text
from tui_nn.writing.notation.sign_set import SignSet
from tui_nn.writing.reports.starts_report import outcome_counts, remarks_on_runs, stuck_meaning

_MOST_CURVES = 40
_OUTCOME_WORDS = {
    Outcome.STUCK: pgettext("outcome of a run", "stuck"),
    Outcome.LEARNT: pgettext("outcome of a run", "learnt"),
    Outcome.UNSETTLED: pgettext("outcome of a run", "unsettled"),
    Outcome.FALLING: pgettext("outcome of a run", "falling"),
    Outcome.AT_REST: pgettext("outcome of a run", "at rest"),
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


class StartsScreen(ComputingScreen[int | None]):
    """Trains from starts with these ``seeds``, and shows their costs. Gives the seed that the user chose."""

    AUTO_FOCUS = "OptionList"

    def __init__(self, document: Document, seeds: range, signs: SignSet) -> None:
        super().__init__()
        self._signs = signs
        self._document = document
        self._seeds = seeds
        self.waiting = _("Training from {starts} starts …", starts=group_digits(len(seeds)))
        self._many: ManyStarts | None = None

    def compose(self) -> ComposeResult:
        """The spread in words, the starts from the best to the worst, and their curves."""
        with Vertical(id="starts"):
            yield Label(self.waiting, id="summary", markup=False)
            with Horizontal():
                yield OptionList(id="seeds")
                logarithm = "log₁₀" if self._signs is SignSet.ALL else "log10"
                with Vertical():
                    yield Label(
                        _(
                            "{logarithm} J: the start chosen, over others from the best to the worst",
                            logarithm=logarithm,
                        ),
                        markup=False,
                    )
                    yield StartsChart(id="curves", signs=self._signs)
            yield Label(_("arrows: choose   Enter: open it as a run beside this one   Esc: back"), markup=False)

    def compute(self, stop: Callable[[], bool], progress: Callable[[float], None]) -> ManyStarts:
        """Trains from all starts."""
        document = self._document
        return many_starts(
            document.network,
            document.dataset,
            document.start,
            document.learning_rate,
            document.iterations,
            self._seeds,
            stop=stop,
            progress=progress,
            pace=document.pace,
        )

    def show_result(self, result: object) -> None:
        """Lists the starts, the best first."""
        assert isinstance(result, ManyStarts)  # noqa: S101 - what compute gives
        many = self._many = result
        order = np.argsort(many.final_costs, kind="stable")
        width = len(str(many.seeds[-1]))
        seed, overflow, options = _("seed"), _("overflow"), []
        for place in order.tolist():
            cost = overflow if many.overflowed[place] else f"{many.final_costs[place]:.3e}"
            ending = _OUTCOME_WORDS.get(many.outcomes[place], "")
            options.append(
                Option(Text(f"{seed} {many.seeds[place]:>{width}}  J {cost}  {ending}".rstrip()), id=str(place))
            )
        self.query_one("#summary", Label).update(_spread(many, self._document))
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


def _spread(many: ManyStarts, document: Document) -> str:
    costs = many.final_costs[~many.overflowed]
    starts, iteration = group_digits(len(many.seeds)), group_digits(int(many.iterations[-1]))
    if not costs.size:
        return _("{starts} starts, J of iteration {iteration}: every run overflows", starts=starts, iteration=iteration)
    least, median, greatest = (rounded_text(cost, 4) for cost in np.quantile(costs, (0, 0.5, 1)).tolist())
    spread = _(
        "{starts} starts, J of iteration {iteration}: least {least}, median {median}, greatest {greatest}",
        starts=starts,
        iteration=iteration,
        least=least,
        median=median,
        greatest=greatest,
    )
    endings = (outcome_counts(many), stuck_meaning(many, document.network))
    return "\n".join((spread, *endings, *remarks_on_runs(document)))
