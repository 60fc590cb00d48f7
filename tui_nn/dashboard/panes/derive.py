"""The pane that derives the step's formula: the chain rule, a line at a time."""

from collections.abc import Iterator
from itertools import accumulate
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size

from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.dashboard.widgets.command import Command
from tui_nn.dashboard.widgets.matrix_board import wrapped
from tui_nn.dashboard.widgets.pane import Column, Pane, PaneInfo
from tui_nn.network import StepKind
from tui_nn.writing.formulas.derivation_text import DerivedLine

DERIVATION = "In the derivation"
_INDENT = "  "


class DerivePane(Pane, inherit_bindings=False):
    """Shows the derivation up to the line that the lesson has reached, and keeps that line in sight.

    Left and right go from line to line; only up and down scroll.
    """

    info = PaneInfo(
        name="derive",
        title="Derive",
        heading="Derivation",
        hint="the next line with the right arrow",
        help="Why the formula is as it is: the chain rule, line by line.",
        column=Column.RIGHT,
        row=10,
        tab=60,
    )
    goes_by_lines = True
    commands = (
        Command("", "", "→", "next line", "The next line; after the last one the next step", DERIVATION),
        Command("", "", "←", "line back", "A line back", DERIVATION),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_up", "Scroll up", show=False),
        Binding("down", "scroll_down", "Scroll down", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._drawn: tuple[object, ...] = ()
        self._lines: dict[int, list[Line]] = {}
        self._begins = [0]

    def has_effect(self, command: Command) -> bool:
        """The arrows do what the commands of this pane say, not what they do elsewhere."""
        return command.action not in ("next_step", "previous_step")

    def part_of(self, view: View) -> object:
        """What the derivation is made from, and how far the lesson has come in it."""
        document = view.state.document
        return (
            document.network,
            document.dataset.rows,
            view.step,
            view.notation,
            view.hidden.shapes,
            view.state.line,
        )

    def show_view(self, view: View) -> None:
        """Shows the lines up to the current one."""
        of = "the update" if view.step.kind is StepKind.UPDATE else view.notation.name(view.step.name)
        line = f"line {view.state.line} of {len(view.derivation)}"
        self.entitle(f"{self.info.heading} of {of} {view.notation.between} {line}")
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
        is_last = view is not None and view.state.line == len(view.derivation)
        return "the next step with the right arrow" if is_last else super().hint

    def _show_line(self) -> None:
        """Shows the current line, and as many whole lines before it as there is room for."""
        if self.size:
            top = self._top(len(self._lines_in(self.room)))
            self.scroll_to(0, top, animate=False, force=True, immediate=True)

    def _top(self, lines: int) -> int:
        """The first line in sight: the first of a line of the derivation, not one in its middle."""
        least = lines - self.size.height
        # The current line alone may be higher than the pane.
        whole = (begin for begin in self._begins[:-1] if begin >= least)
        return next(whole, max(0, least))

    def surface(self, room: int) -> Size:
        """The size of the lines so far, wrapped to ``room``."""
        lines = self._lines_in(room)
        width = max((sum(len(text) for text, _ in line) for line in lines), default=0)
        # Blank lines at the end, so that the current line can stand lower than its first line.
        return Size(width, max(len(lines), self._top(len(lines)) + self.size.height if lines else 0))

    def line(self, y: int) -> Line:
        """A line of the derivation as it is wrapped."""
        lines = self._lines_in(self.room)
        return lines[y] if y < len(lines) else []

    def _lines_in(self, room: int) -> list[Line]:
        view = self.view
        drawn = (view.derivation, view.state.line) if view else ()
        if drawn != self._drawn:
            self._drawn = drawn
            self._lines.clear()
        if room not in self._lines:
            blocks = [list(one) for one in _written(view.derivation[: view.state.line], room)] if view and room else []
            self._begins = [0, *accumulate(map(len, blocks))]
            self._lines[room] = [line for block in blocks for line in block]
        return self._lines[room]


def _written(lines: tuple[DerivedLine, ...], room: int) -> Iterator[Iterator[Line]]:
    for number, line in enumerate(lines, start=1):
        yield _block(line, room, is_last=number == len(lines))


def _block(line: DerivedLine, room: int, *, is_last: bool) -> Iterator[Line]:
    yield from wrapped(line.sentence, max(20, room), "" if is_last else "faint")
    style = "refused" if not line.is_right else "current" if is_last else "title"
    for formula, shapes in line.lines(room - len(_INDENT)):
        yield [(_INDENT, ""), (formula, style)]
        if shapes:
            yield [(_INDENT, ""), (shapes, "faint")]
