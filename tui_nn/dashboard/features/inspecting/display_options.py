"""How the lesson is shown: decimals, names, the chart, and how much of what lies ahead."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from tui_nn.dashboard.charts.registry import CHARTS, letter_of
from tui_nn.dashboard.features.feature import Action, Feature
from tui_nn.language import _
from tui_nn.session.display_choices import AHEAD_FAINT, AHEAD_HIDDEN, CHART_PANE
from tui_nn.session.events import AheadChosen, ChartChosen, NetworkShown
from tui_nn.writing.notation.number_format import DECIMALS, FEWEST_DECIMALS, MOST_DECIMALS
from tui_nn.writing.notation.sign_set import SignSet
from tui_nn.writing.notation.signs import NOTATIONS

_SIGNS_SENTENCES = {
    SignSet.ALL: _("All signs. If some are boxes, press F2 again."),
    SignSet.COMMON: _("The signs that nearly every font has. If there are still boxes, press F2 again."),
    SignSet.ASCII: _("ASCII alone, which every font has. F2 brings all signs back."),
}


class DisplayOptions(Feature):
    """Changes how numbers and charts look; the lesson stays as it is."""

    @property
    def actions(self) -> Mapping[str, Action]:
        return {
            "more_decimals": partial(self._change_decimals, 1),
            "fewer_decimals": partial(self._change_decimals, -1),
            "scientific": self._toggle_scientific,
            "names": self._toggle_names,
            "signs": self._choose_next_signs,
            "cursor": self._toggle_cursor,
            "chart": self._show_next_chart,
            "network": self._show_network,
            "more_charts": self._ask_for_chart,
            "ahead": self._toggle_ahead,
            **{f"show_chart('{chart}')": partial(self._show_chart, chart) for chart in CHARTS},
        }

    def _toggle_scientific(self) -> None:
        """Writes numbers as powers of ten, or not."""
        digits = self.lesson.builder.digits
        self.lesson.builder.write_with(replace(digits, scientific=not digits.scientific))
        self.lesson.show()

    def _toggle_names(self) -> None:
        """Writes layers as plain numbers, which the last row can read, or in the lecture's signs."""
        self.lesson.builder.toggle_names()
        self.lesson.show()

    def _choose_next_signs(self) -> None:
        """Writes with fewer signs, for a font that lacks some; after the smallest set, with all signs again."""
        every = list(NOTATIONS.values())
        chosen = every[(every.index(NOTATIONS[self.notation.signs]) + 1) % len(every)]
        self.app.write_in(chosen)
        self.lesson.builder.write_in(chosen)
        self.lesson.show()
        self.say(_SIGNS_SENTENCES[chosen.signs])

    def _toggle_cursor(self) -> None:
        """Shows the terminal's own cursor at the selected number, for what follows it; or hides it again."""
        self.app.toggle_cursor()
        shown = _("The terminal's cursor stands at the selected number. F3 hides it again.")
        self.say(shown if self.app.has_cursor else _("The terminal's cursor is hidden."))

    def _change_decimals(self, by: int) -> None:
        digits = self.lesson.builder.digits
        decimals = DECIMALS if digits.decimals is None else digits.decimals
        decimals = min(max(FEWEST_DECIMALS, decimals + by), MOST_DECIMALS)
        self.lesson.builder.write_with(replace(digits, decimals=decimals))
        self.lesson.show()

    def _show_chart(self, chart: str) -> None:
        """Shows a chart and brings it in sight; the arrows still go through the lesson."""
        self.screen.lead_to(CHART_PANE, ChartChosen(chart))

    def _ask_for_chart(self) -> None:
        """Lists the charts that have no digit of their own."""
        from tui_nn.dashboard.dialogs.questions import ChoiceDialog

        others = {letter: name for name in CHARTS if (letter := letter_of(name))}

        def chosen(key: str | None) -> None:
            if key:
                self._show_chart(others[key])

        answers = [(letter, CHARTS[name].help) for letter, name in others.items()]
        self.app.push_screen(ChoiceDialog(_("Which chart?"), answers), chosen)

    def _show_network(self) -> None:
        """Brings the picture of the network back in the place of a chart."""
        self.screen.lead_to("network", NetworkShown())

    def _show_next_chart(self) -> None:
        """Shows the next chart; if no chart was in sight, the one chosen last."""
        if self.screen.is_in_sight(CHART_PANE):
            charts = list(CHARTS)
            self._show_chart(charts[(charts.index(self.state.chart) + 1) % len(charts)])
        else:
            self._show_chart(self.state.chart)

    def _toggle_ahead(self) -> None:
        """Hides what lies ahead of the iteration shown, or shows it faint again."""
        ahead = AHEAD_FAINT if self.state.ahead_style == AHEAD_HIDDEN else AHEAD_HIDDEN
        self.lesson.dispatch(AheadChosen(ahead))
        if ahead == AHEAD_FAINT:
            self.say(_("What lies ahead on the charts is faint now."))
        else:
            self.say(_("What lies ahead on the charts is hidden now."))
