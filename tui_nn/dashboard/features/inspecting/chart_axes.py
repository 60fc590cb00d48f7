"""Which iterations the charts show, and how far apart."""

from collections.abc import Mapping

from tui_nn.dashboard.features.feature import Action, Feature
from tui_nn.language import _
from tui_nn.late_pattern import late_pattern
from tui_nn.network import ValidationError
from tui_nn.session.display_choices import LINEAR, LOGARITHMIC
from tui_nn.session.events import IterationScaleChosen, IterationsCharted
from tui_nn.writing.notation.number_format import group_digits

_RANGE = late_pattern(r"(?:(\d+)\D+)?(\d+)")
_ALL = ("", "all")


class ChartAxes(Feature):
    """Changes the axis of the iterations on all charts that have one."""

    @property
    def actions(self) -> Mapping[str, Action]:
        return {"iteration_scale": self._toggle_scale, "charted_range": self._ask_for_range}

    def _toggle_scale(self) -> None:
        """Spaces the iterations by factors, which shows the beginning of a run, or evenly again."""
        scale = LINEAR if self.state.iteration_scale == LOGARITHMIC else LOGARITHMIC
        self.lesson.dispatch(IterationScaleChosen(scale))
        if scale == LINEAR:
            self.say(_("The axis of the iterations is linear now."))
        else:
            self.say(_("The axis of the iterations is logarithmic now."))

    def _ask_for_range(self) -> None:
        """Shows some of the iterations on the charts, or all."""
        from tui_nn.dashboard.dialogs.ask import ask

        if not self.view:
            return
        first, last = self.view.charted_range
        question = _("Which iterations should the charts show? For example 1–200, or all")
        ask(self.app, question, _range_of, self._show_range, f"{first}–{last}" if last > first else "")

    def _show_range(self, charted: IterationsCharted) -> None:
        self.lesson.dispatch(charted)
        if self.view:
            first, last = map(group_digits, self.view.charted_range)
            self.say(_("The charts show the iterations {first} to {last} now.", first=first, last=last))


def _range_of(text: str) -> IterationsCharted:
    """The iterations that ``text`` names: two numbers, the last one alone, or all."""
    text = text.replace(" ", "").lower()
    if text in _ALL:
        return IterationsCharted(1, 0)
    found = _RANGE.fullmatch(text)
    first, last = (int(found[1] or 1), int(found[2])) if found else (0, 0)
    if not 1 <= first < last:
        sentence = _("Type two iterations, the earlier one first, such as 1–200. You typed {text}.", text=text)
        raise ValidationError("iterations", text, "two iterations", sentence)
    return IterationsCharted(first, last)
