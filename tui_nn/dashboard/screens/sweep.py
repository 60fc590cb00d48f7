"""Trains a lesson with several values of some settings: shows which do best, and opens any of them as a run."""

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

import numpy as np
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from tui_nn.dashboard.charts.curves_of_starts import NamedCosts, drawn_beside
from tui_nn.dashboard.charts.heat_table import heat_lines
from tui_nn.dashboard.screens.computing_screen import ComputingScreen
from tui_nn.dashboard.widgets.canvas import Canvas, Line, size_of_lines
from tui_nn.language import _, ngettext
from tui_nn.network import ValidationError
from tui_nn.session.runs.sweep import CombinationRuns, ProcessEnded, ranked, sweep
from tui_nn.session.runs.swept_settings import Combination
from tui_nn.writing.notation.number_format import group_digits
from tui_nn.writing.notation.signs import Notation
from tui_nn.writing.reports.sweep_report import remarks_on_sweep
from tui_nn.writing.reports.sweep_table import combination_text, costs_can_be_compared, sweep_table, swept_text

_LEAST_FOR_HEAT = Size(100, 30)
_MOST_CURVES = 40
_CHOSEN = "+ "
_BESIDE_TABLE = 5
"""The columns of the sign before a row, of the margins and of a scrollbar."""
_KEYS = _("arrows choose   space keeps its curve   Enter opens its best seed   Esc: back")


class SettingsChosen(NamedTuple):
    """The combination that the user chose to open as a run, and the seed of its best start."""

    combination: Combination
    seed: int


class SweepCurves(Canvas):
    """The median J of the runs of some combinations, over the iterations."""

    def __init__(self, *, id: str, notation: Notation) -> None:
        super().__init__(id=id)
        self._notation = notation
        self._shown: tuple[Sequence[CombinationRuns], CombinationRuns, Sequence[CombinationRuns]] | None = None
        self._lines: list[Line] = []
        self._drawn: tuple[object, ...] = ()

    def show(self, every: Sequence[CombinationRuns], own: CombinationRuns, kept: Sequence[CombinationRuns]) -> None:
        """Draws the combination under the cursor over those whose curves are kept, and all others faint."""
        self._shown = every, own, [one for one in kept if one is not own]
        self.repaint()

    def surface(self, room: int) -> Size:  # noqa: ARG002
        """The size of the pane: the chart fits itself to it."""
        drawn = (self.size, self._shown)
        if self._shown and self.size and drawn != self._drawn:
            every, own, kept = self._shown
            others = [one for one in every if one is not own and one not in kept][:_MOST_CURVES]
            iterations, signs = own.many.iterations, self._notation.signs
            curves = [*(_costs(one) for one in others), *(_costs(one, named=True) for one in kept)]
            self._lines = drawn_beside(self.size, iterations, curves, _costs(own, named=True), signs)
            self._drawn = drawn
        return self.size

    def line(self, y: int) -> Line:
        """One line of the chart."""
        return self._lines[y] if y < len(self._lines) else []


def _costs(one: CombinationRuns, *, named: bool = False) -> NamedCosts:
    """The median of J over the runs, where an overflow counts as infinite; with the values of the settings as name."""
    medians = np.median(np.nan_to_num(one.many.costs, nan=np.inf), axis=0)
    return NamedCosts(medians, ", ".join(map(swept_text, one.combination.settings.values())) if named else "")


class HeatTable(Canvas):
    """The medians of all pairs of values of two settings."""

    def __init__(self, *, id: str, notation: Notation) -> None:
        super().__init__(id=id)
        self._notation = notation
        self._lines: list[Line] = []

    def show(self, every: Sequence[CombinationRuns], chosen: CombinationRuns, room: Size) -> None:
        """Draws the table for at most so much ``room``."""
        self._lines = heat_lines(every, chosen, room, unicode=self._notation.unicode)
        self.styles.width = size_of_lines(self._lines).width
        self.repaint()

    def surface(self, room: int) -> Size:  # noqa: ARG002
        """The size of the table."""
        return size_of_lines(self._lines)

    def line(self, y: int) -> Line:
        """One line of the table."""
        return self._lines[y] if y < len(self._lines) else []


class SweepScreen(ComputingScreen[SettingsChosen | None]):
    """Trains every combination from all seeds, and lists them, the best first. Gives the one to open; None for Esc."""

    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "keep", "Keep its curve")]

    def __init__(self, swept: Sequence[Combination], seeds: range, notation: Notation) -> None:
        super().__init__()
        self._swept, self._seeds, self._notation = swept, seeds, notation
        self._found: list[CombinationRuns] = []
        self._kept: list[CombinationRuns] = []
        self._rows: list[str] = []
        count = sum(len(one.seeds(seeds)) for one in swept)
        self.waiting = ngettext(
            "Training {runs} runs with {combinations} combination of settings …",
            "Training {runs} runs with {combinations} combinations of settings …",
            len(swept),
            runs=group_digits(count),
            combinations=len(swept),
        )

    def compose(self) -> ComposeResult:
        """What was trained, the table of the combinations, their curves, and the heat table of two settings."""
        logarithm = "log₁₀" if self._notation.all_signs else "log10"
        with Vertical(id="sweep"):
            yield Label(self.waiting, id="summary", markup=False)
            yield Label("", id="headings", markup=False)
            yield OptionList(id="combinations")
            with Horizontal():
                with Vertical(id="curves-beside"):
                    says = _(
                        "{logarithm} of the median J of the combination chosen, over the others", logarithm=logarithm
                    )
                    yield Label(says, markup=False)
                    yield SweepCurves(id="curves", notation=self._notation)
                yield HeatTable(id="heat", notation=self._notation)
            yield Label(_KEYS, markup=False)

    def compute(self, stop: Callable[[], bool], progress: Callable[[float], None]) -> list[CombinationRuns]:
        """Trains all combinations."""
        try:
            return sweep(self._swept, self._seeds, stop=stop, progress=progress)
        except ProcessEnded as ended:
            raise ValidationError("count", "too many runs", "fewer", str(ended)) from None

    def show_result(self, result: object) -> None:
        """Lists the combinations, the best first."""
        assert isinstance(result, list)  # noqa: S101 - what compute gives
        self._found = ranked(result)
        table = sweep_table(self._found, self.size.width - _BESIDE_TABLE)
        self._rows = table.rows
        self.query_one("#summary", Label).update(Content(self._summary()))
        self.query_one("#headings", Label).update(Content("\n".join(f"  {line}" for line in table.headings)))
        combinations = self.query_one("#combinations", OptionList)
        combinations.add_options(Option(self._option_text(place)) for place in range(len(self._found)))
        combinations.highlighted = 0

    def _option_text(self, place: int) -> Text:
        before = _CHOSEN if self._found[place] in self._kept else " " * len(_CHOSEN)
        return Text(before + self._rows[place], no_wrap=True, overflow="ellipsis")

    def _summary(self) -> str:
        best = self._found[0]
        iterations = group_digits(int(best.many.iterations[-1]))
        found = group_digits(len(self._found))
        if best.has_test_rows:
            says = _(
                "{combinations} combinations, {iterations} iterations, by median test cost",
                combinations=found,
                iterations=iterations,
            )
        else:
            says = _(
                "{combinations} combinations, {iterations} iterations, by median J",
                combinations=found,
                iterations=iterations,
            )
        if not costs_can_be_compared(self._found):
            says = _("{summary}; J has not the same formula in all", summary=says)
        says = _("{summary}. Best: {settings}", summary=says, settings=combination_text(best))
        return "\n".join([says, *remarks_on_sweep(self._found)])

    @property
    def _at_cursor(self) -> CombinationRuns | None:
        place = self.query_one("#combinations", OptionList).highlighted
        return None if place is None or not self._found else self._found[place]

    @on(OptionList.OptionHighlighted)
    def show_chosen(self) -> None:
        """Draws the combination under the cursor, and marks it in the heat table."""
        own = self._at_cursor
        if own is None:
            return
        self.query_one("#curves", SweepCurves).show(self._found, own, self._kept)
        has_heat = self._has_heat
        self.set_class(has_heat, "-heat")
        if has_heat:
            room = Size(self.size.width * 6 // 10 - 4, self.size.height // 2)
            self.query_one("#heat", HeatTable).show(self._in_order, own, room)

    @property
    def _in_order(self) -> list[CombinationRuns]:
        """The runs in the order in which the values were typed."""
        return [one for combination in self._swept for one in self._found if one.combination is combination]

    @property
    def _has_heat(self) -> bool:
        """Whether two settings are varied, and there is room for a table of both."""
        width, height = self.size
        has_room = width >= _LEAST_FOR_HEAT.width and height >= _LEAST_FOR_HEAT.height
        return has_room and len(self._found[0].combination.settings) == 2

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002
        """Draws the heat table for the new size, or hides it."""
        self.show_chosen()

    def action_keep(self) -> None:
        """Keeps the curve of the combination under the cursor beside others; lets it go again at the next press."""
        combinations, own = self.query_one("#combinations", OptionList), self._at_cursor
        if own is None or combinations.highlighted is None:
            return
        self._kept = [one for one in self._kept if one is not own] if own in self._kept else [*self._kept, own]
        place = combinations.highlighted
        combinations.replace_option_prompt_at_index(place, self._option_text(place))
        self.show_chosen()

    @on(OptionList.OptionSelected)
    def open_chosen(self) -> None:
        """Gives the combination chosen, with its best seed."""
        own = self._at_cursor
        if own:
            self.dismiss(SettingsChosen(own.combination, own.many.seeds[own.best]))
