"""The lines above and below the panes: where the lesson stands, messages, the panes' names, and the keys."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from textual import events, on
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive

from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Canvas, Line
from tui_nn.language import _
from tui_nn.writing.notation.batch_text import epoch_text, has_batches, rows_text
from tui_nn.writing.notation.number_format import group_digits, rounded_text

_LEAST_TITLE_WIDTH = 12
# An ellipsis with a blank on either side.
_ELLIPSIS_WIDTH = 3
_MOST_LINES = 3
# The width of a cost with four digits, such as 0.006725.
_COST_WIDTH = 8


class StatusLine(Canvas):
    """A canvas of one line, as wide as the screen."""

    DEFAULT_CSS = """
    StatusLine { height: 1; overflow: hidden hidden; }
    """

    view: reactive[View | None] = reactive(None, layout=False, repaint=False)

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._part_shown: object = None

    def part_of(self, view: View) -> object:
        """All that the line shows of ``view``, as a value that is quick to compute and to compare."""
        raise NotImplementedError

    def surface(self, room: int) -> Size:
        return Size(room, 1)

    def watch_view(self, view: View | None) -> None:
        """Shows the new view if the line's part of it changed."""
        part = view and self.part_of(view)
        if part != self._part_shown:
            self._part_shown = part
            self.repaint()


class Header(StatusLine):
    """The lesson's title, its run and iteration, and J."""

    DEFAULT_CSS = """
    Header { background: $background; }
    """

    def part_of(self, view: View) -> object:
        document, state = view.state.document, view.state
        return (
            (document.title, view.file_name, view.is_changed),
            (view.iteration, _last(view), state.branches.current.name, bool(view.other_runs)),
            (view.value("J"), "J" in view.reached_matrices),
            _progress_note(view),
            _batch_words(view),
            view.notation,
        )

    def line(self, y: int) -> Line:  # noqa: ARG002
        """The title, the place and J, from left to right. A narrow screen shortens the title first, and never J."""
        view = self.view
        if not view:
            return []
        notation, state, width = view.notation, view.state, self.size.width
        cost = view.value("J")
        unknown = "= ?" if "J" in view.reached_matrices else _("not yet")
        # J keeps its room while it is unknown, so that nothing else moves from step to step.
        J = (
            ("  J ", unknown.ljust(_COST_WIDTH + 2))
            if cost is None
            else ("  J = ", rounded_text(cost, 4).ljust(_COST_WIDTH))
        )
        note = _progress_note(view)
        note = f"{note} {notation.separator} " if note and len(note) < width // 3 else ""
        run = _("run {name}, ", name=state.branches.current.name) if view.other_runs else ""
        # For translators: "iteration ", a number, and " of 100" stand one behind the other.
        iteration = _("iteration ")
        number, of_all = group_digits(view.iteration), _(" of {last}", last=group_digits(_last(view)))
        epoch, rows = (f" {notation.separator} {words}" if words else "" for words in _batch_words(view))
        end = cell_len("".join(J)) + 1
        # A run's name may be long; the iteration is the last to give way.
        batch = epoch + rows
        places = (
            (note + run, of_all + batch),
            (run, of_all + batch),
            (run, batch),
            ("", batch),
            (run, of_all),
            (run, ""),
            ("", of_all),
            ("", epoch),
            ("", ""),
        )
        before, after = next(
            (
                (f"{first}{iteration}", last)
                for first, last in places
                if cell_len(f"{first}{iteration}{number}{last}") + end + _LEAST_TITLE_WIDTH <= width
            ),
            (iteration, ""),
        )
        room = max(0, width - cell_len(before + number + after) - end)
        title = state.document.title or view.file_name or _("untitled")
        if view.is_changed:
            title = _("{title} (changed)", title=title)
        left = f" {title}  "
        if cell_len(left) > room:
            ellipsis = f"{notation.ellipsis} "
            left = set_cell_size(left, room - len(ellipsis)) + ellipsis if room >= _LEAST_TITLE_WIDTH else " "
        gap = " " * max(0, room - cell_len(left))
        known = "label" if cost is not None else "faint"
        return [
            (left, "label"),
            (gap + before, "faint"),
            (number, "label"),
            (after + J[0], "faint"),
            (J[1] + " ", known),
        ]


def _last(view: View) -> int:
    """The last iteration of the run: that with which it stops, or as many as the lesson asks for."""
    return view.stopped.iteration if view.stopped else view.state.document.iterations


def _batch_words(view: View) -> tuple[str, str]:
    """The epoch, and the rows of the batch; "" for both where every iteration uses all rows."""
    if not has_batches(view.state.document):
        return "", ""
    dash = "–" if view.notation.unicode else "-"
    return epoch_text(view.state.document, view.iteration), rows_text(view.moment, dash)


def _progress_note(view: View) -> str:
    if view.speed:
        return _("playing {iterations} a second", iterations=group_digits(view.speed))
    if not view.is_complete:
        reached = group_digits(view.reached)
        if view.has_stopped:
            return _("stopped at {reached}", reached=reached)
        return _("{reached} computed", reached=reached)
    return ""


class Banner(StatusLine):
    """A message that stays as long as it is true, on as many lines as it needs; no line without one."""

    DEFAULT_CSS = """
    Banner { background: $warning-muted; display: none; height: auto; max-height: 3; }
    Banner > .canvas--label { color: auto 95%; }
    Banner.-says { display: block; }
    """

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.is_drawn = False
        """Whether the last frame that was drawn has it."""
        self._lines_shown = 0

    @on(events.Show)
    def take_in_drawn(self) -> None:
        """Takes in that the banner is drawn: Textual draws a widget before it lets the widget handle `Show`."""
        self.is_drawn = True

    @on(events.Hide)
    def take_in_hidden(self) -> None:
        """Takes in that it is no longer drawn."""
        self.is_drawn = False

    def part_of(self, view: View) -> object:
        return view.banner, view.notation.ellipsis

    def watch_view(self, view: View | None) -> None:
        """Shows the new view, with as many lines as its message needs."""
        self.set_class(bool(view and view.banner), "-says")
        lines_before = self._lines_shown
        self._lines_shown = len(self._wrapped_message(self.size.width))
        if self._lines_shown != lines_before:
            self.refresh(layout=True)
        super().watch_view(view)

    def surface(self, room: int) -> Size:
        return Size(room, max(1, len(self._wrapped_message(room))))

    def line(self, y: int) -> Line:
        lines = self._wrapped_message(self.size.width)
        return [(f" {lines[y]}", "label")] if y < len(lines) else []

    def _wrapped_message(self, room: int) -> list[str]:
        if not self.view or not self.view.banner or not room:
            return []
        ellipsis = f" {self.view.notation.ellipsis}"
        return textwrap.wrap(self.view.banner, max(10, room - 2), max_lines=_MOST_LINES, placeholder=ellipsis)


class PaneTabs(StatusLine):
    """The names of the panes, with a mark at the pane in sight. A click on a name shows that pane."""

    @dataclass
    class Chosen(Message):
        """The user clicked on the name of ``pane``."""

        pane: str

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._names: dict[str, str] = {}
        self._current = ""

    def offer(self, names: dict[str, str]) -> None:
        """Shows the names of these panes from now on."""
        self._names = names
        self.repaint()

    def show(self, current: str) -> None:
        """Marks the pane in sight."""
        if current != self._current:
            self._current = current
            self.repaint()

    def line(self, y: int) -> Line:  # noqa: ARG002
        """The names of the panes, with the pane in sight in brackets, as far as there is room."""
        line: Line = []
        for pane, name in self._names_in_sight:
            is_current = pane == self._current
            line.append((f"[{name}]" if is_current else f" {name} ", "cursor" if is_current else "faint"))
        return line

    @property
    def _names_in_sight(self) -> list[tuple[str, str]]:
        """The panes nearest to the current one, with their names. An ellipsis stands for the next one beyond them."""
        panes = list(self._names)
        # The current pane may be gone.
        here = panes.index(self._current) if self._current in panes else 0
        first, end, room = 0, len(panes), self.size.width
        while end - first > 1 and self._width(panes[first:end]) > room - _ELLIPSIS_WIDTH * (
            (first > 0) + (end < len(panes))
        ):
            # Leaves out a name on the side that has more of them.
            if here - first >= end - 1 - here:
                first += 1
            else:
                end -= 1
        before = [(panes[first - 1], "…")] if first else []
        after = [(panes[end], "…")] if end < len(panes) else []
        return [*before, *((pane, self._names[pane]) for pane in panes[first:end]), *after]

    def _width(self, panes: Sequence[str]) -> int:
        return sum(len(self._names[pane]) + 2 for pane in panes)

    def on_click(self, event: events.Click) -> None:
        """Chooses the pane under the mouse."""
        end = 0
        for pane, name in self._names_in_sight:
            end += len(name) + 2
            if event.x < end:
                self.post_message(self.Chosen(pane))
                return


class KeyLine(StatusLine):
    """The keys that do something now, the most useful first. A click on a key presses it."""

    DEFAULT_CSS = """
    KeyLine { background: $background; }
    """

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._keys: list[tuple[str, str, str]] = []

    def show(self, keys: list[tuple[str, str, str]]) -> None:
        """Shows these keys from now on: for each its name on the screen, what it does, and Textual's name for it."""
        if keys != self._keys:
            self._keys = keys
            self.repaint()

    def line(self, y: int) -> Line:  # noqa: ARG002
        """As many keys as there is room for, and always the last one, which opens the help."""
        line: Line = []
        for key, says, _name in self._keys_in_sight():
            line += [(f" {key}", "title"), (f" {says} ", "faint")]
        return line

    def _keys_in_sight(self) -> list[tuple[str, str, str]]:
        if not self._keys:
            return []
        *keys, last = self._keys
        room = self.size.width - _key_width(last)
        fitting = []
        for key in keys:
            if (room := room - _key_width(key)) < 0:
                break
            fitting.append(key)
        return [*fitting, last]

    def on_click(self, event: events.Click) -> None:
        """Presses the key under the mouse."""
        end = 0
        for key in self._keys_in_sight():
            end += _key_width(key)
            if event.x < end:
                self.app.simulate_key(key[2])
                return


def _key_width(key: tuple[str, str, str]) -> int:
    return len(key[0]) + len(key[1]) + 3
