"""The line of the steps, and the line of the settings."""

from rich.cells import cell_len
from textual import events
from textual.message import Message

from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.dashboard.widgets.status_lines import StatusLine
from tui_nn.language import _
from tui_nn.writing.notation.setting_names import settings_in_short

_BETWEEN_STEPS = 3
"""The columns of the sign between two steps."""
_GAPS = "   ", "  "
"""What stands between two settings: as much as there is room for."""


class StepStrip(StatusLine):
    """The steps of the iteration in their order, the one shown marked. A click goes to a step."""

    class Chosen(Message):
        """The step whose name was clicked."""

        def __init__(self, step: str) -> None:
            super().__init__()
            self.step = step

    def part_of(self, view: View) -> object:
        """The steps, and which of them is shown."""
        return view.state.steps, view.step, view.notation

    def line(self, y: int) -> Line:  # noqa: ARG002
        """Z⁽²⁾ › A⁽²⁾ › ▶ Z⁽³⁾ › …: bright what is computed, filled what is computed now, faint what comes."""
        view = self.view
        if not view:
            return []
        steps = list(view.state.steps)
        here = view.state.step_number - 1
        line: Line = [(" ", "")]
        # In ASCII the pointer is a ">" already.
        sign = f" {'›' if view.notation.unicode else '|'} "
        for text, name in self._written(view):
            if len(line) > 1:
                line.append((sign, "faint"))
            number = next(i for i, step in enumerate(steps) if step.name == name)
            line.append((text, "current" if number == here else "" if number < here else "faint"))
        return _cut(line, self.size.width)

    def _written(self, view: View) -> list[tuple[str, str]]:
        """Each step as it is written, with its name; on a narrow screen without those farthest from the one shown."""
        pointer = "▶" if view.notation.unicode else ">"
        here = view.state.step_number - 1
        names = [
            (f" {pointer} {view.notation.name(step.name)} " if i == here else view.notation.name(step.name), step.name)
            for i, step in enumerate(view.state.steps)
        ]
        more, room = view.notation.ellipsis, self.size.width - 2
        first, end = 0, len(names)

        def width() -> int:
            others = (len(more) + _BETWEEN_STEPS) * ((first > 0) + (end < len(names)))
            return others + sum(cell_len(text) + _BETWEEN_STEPS for text, _style in names[first:end]) - _BETWEEN_STEPS

        while end - first > 1 and width() > room:
            if here - first >= end - 1 - here:
                first += 1
            else:
                end -= 1
        before = [(more, names[first - 1][1])] if first else []
        after = [(more, names[end][1])] if end < len(names) else []
        return [*before, *names[first:end], *after]

    def on_click(self, event: events.Click) -> None:
        """Chooses the step under the mouse."""
        end = 1
        for text, name in self._written(self.view) if self.view else ():
            end += cell_len(text) + _BETWEEN_STEPS
            if event.x < end:
                self.post_message(self.Chosen(name))
                return


class SettingsLine(StatusLine):
    """The settings on one line; a click opens them."""

    class Opened(Message):
        """The line was clicked."""

    def part_of(self, view: View) -> object:
        """The settings."""
        return view.state.document, view.notation

    def line(self, y: int) -> Line:  # noqa: ARG002
        """2-3-1 no bias, f sigmoid, start uniform, rate 5: as many as there is room for, closer together if need be."""
        view = self.view
        if not view:
            return []
        settings = list(settings_in_short(view.state.document))
        lines = [self._with_gaps(settings, gap) for gap in _GAPS]
        return next((line for line in lines if len(line) > 2 * len(settings)), lines[-1])

    def _with_gaps(self, settings: list[tuple[str, str]], gap: str) -> Line:
        """The first settings that fit, each as a whole."""
        line: Line = [(" " + _("Settings"), "label")]
        for name, value in settings:
            both = [(f"{gap}{name} " if name else gap, "faint"), (value, "")]
            if sum(cell_len(text) for text, _style in (*line, *both)) > self.size.width:
                break
            line += both
        return line

    def on_click(self) -> None:
        """Opens the settings."""
        self.post_message(self.Opened())


def _cut(line: Line, width: int) -> Line:
    """As many whole parts of a line as there is room for."""
    used, fitting = 0, []
    for text, style in line:
        used += cell_len(text)
        if used > width:
            break
        fitting.append((text, style))
    return fitting
