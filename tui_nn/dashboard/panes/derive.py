"""The pane that derives the step's formula: the chain rule, a line at a time."""

from collections.abc import Iterator
from itertools import accumulate
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size

from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line, size_of_lines
from tui_nn.dashboard.widgets.command import Command
from tui_nn.dashboard.widgets.matrices.matrix_board import wrapped_lines
from tui_nn.dashboard.widgets.pane import Area, Pane, PaneInfo
from tui_nn.language import _, pgettext
from tui_nn.writing.formulas.derivation_text import DerivedLine
from tui_nn.writing.sentences.steps_and_errors import step_title

DERIVATION = _("In the derivation")
_INDENT = "  "


class DerivePane(Pane, inherit_bindings=False):
    """Shows the derivation up to the line that the lesson has reached, and keeps that line in sight.

    Left and right go from line to line; only up and down scroll.
    """

    info = PaneInfo(
        name="derive",
        title=pgettext("pane", "Derive"),
        heading=_("Derivation"),
        hint=_("the next line with the right arrow"),
        help=_("Why the formula is as it is: the chain rule, line by line."),
        area=Area.MIDDLE,
        place=30,
        tab=90,
    )
    goes_by_lines = True
    commands = (
        Command("", "", "→", _("next line"), _("The next line; after the last one the next step"), DERIVATION),
        Command("", "", "←", _("line back"), _("A line back"), DERIVATION),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_up", "Scroll up", show=False),
        Binding("down", "scroll_down", "Scroll down", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._drawn_from: tuple[object, ...] = ()
        self._wrapped_lines: dict[int, list[list[Line]]] = {}

    def has_effect(self, command: Command) -> bool:
        """The arrows do what the commands of this pane say, not what they do elsewhere."""
        return command.action not in ("next_step", "previous_step")

    def part_of(self, view: View) -> object:
        """What the derivation is made of, and which of its lines the lesson has reached."""
        document = view.state.document
        return (
            document.network,
            view.moment.rows,
            view.step,
            view.notation,
            view.hidden.shapes,
            view.state.shown_derivation_line,
        )

    def show_view(self, view: View) -> None:
        of = step_title(view.step, view.notation)
        what = _("Derivation of {step}", step=of)
        where = _("line {line} of {lines}", line=view.state.shown_derivation_line, lines=len(view.derivation))
        self.set_title(f"{what} {view.notation.separator} {where}")
        super().show_view(view)

    def watch_view(self, view: View | None) -> None:
        """Shows the lines up to the current one, and scrolls to it."""
        super().watch_view(view)
        self._show_line()

    def fit(self) -> None:
        """Lays the lines out for a new size, and scrolls to the current one."""
        super().fit()
        self._show_line()

    @property
    def hint(self) -> str:
        """Where the right arrow leads."""
        view = self.view
        is_last = view is not None and view.state.shown_derivation_line == len(view.derivation)
        return _("the next step with the right arrow") if is_last else super().hint

    def _show_line(self) -> None:
        """Shows the current line, and as many whole lines before it as there is room for."""
        if self.size:
            self.scroll_to(0, self._top(self.room), animate=False, force=True, immediate=True)

    def _top(self, room: int) -> int:
        """The first line in sight: the first one of a line of the derivation, unless the current one is too high."""
        heights = [len(lines) for lines in self._wrapped_to(room)]
        least = sum(heights) - self.size.height
        first_lines = accumulate(heights[:-1], initial=0)
        return next((first for first in first_lines if first >= least), max(0, least))

    def surface(self, room: int) -> Size:
        lines = [line for lines in self._wrapped_to(room) for line in lines]
        size = size_of_lines(lines)
        # Blank lines at the end let the pane scroll until a line of the derivation begins at the top.
        return Size(size.width, max(size.height, self._top(room) + self.size.height if lines else 0))

    def line(self, y: int) -> Line:
        lines = [line for lines in self._wrapped_to(self.room) for line in lines]
        return lines[y] if y < len(lines) else []

    def _wrapped_to(self, room: int) -> list[list[Line]]:
        """The lines of the derivation so far, each wrapped to ``room`` columns."""
        view = self.view
        drawn_from = (view.derivation, view.state.shown_derivation_line) if view else ()
        if drawn_from != self._drawn_from:
            self._drawn_from = drawn_from
            self._wrapped_lines.clear()
        if room not in self._wrapped_lines:
            derived = view.derivation[: view.state.shown_derivation_line] if view and room else ()
            self._wrapped_lines[room] = [list(_wrapped(line, room, is_last=line is derived[-1])) for line in derived]
        return self._wrapped_lines[room]


def _wrapped(line: DerivedLine, room: int, *, is_last: bool) -> Iterator[Line]:
    """The sentence of a line of the derivation, then its formula with the shapes below it."""
    yield from wrapped_lines(line.sentence, max(20, room), "" if is_last else "faint")
    style = "error" if not line.is_right else "now" if is_last else "title"
    for formula, shapes in line.lines(room - len(_INDENT)):
        yield [(_INDENT, ""), (formula, style)]
        if shapes:
            yield [(_INDENT, ""), (shapes, "faint")]
