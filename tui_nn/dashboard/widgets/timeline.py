"""The line below the panes: the run as a bar, or in a replay the time of the lesson."""

from dataclasses import dataclass

from textual import events
from textual.message import Message

from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.dashboard.widgets.status_lines import StatusLine
from tui_nn.language import _
from tui_nn.network.model.stopping import StopReason
from tui_nn.writing.notation.batch_text import epoch_text, has_batches
from tui_nn.writing.notation.number_format import group_digits

_LEFT_BUTTON = 1
STOP_WORDS = {
    StopReason.COST: _("J is low"),
    StopReason.GRADIENT: _("flat"),
    StopReason.PATIENCE: _("test cost"),
}
"""Why a run stops, in a word or two behind the number of its last iteration."""


class Timeline(StatusLine):
    """The run as a bar, with a point at the iteration shown; in a replay the time of the lesson, with its marks.

    A click on the bar goes to that place, and the user can drag the point along.
    """

    @dataclass
    class Chosen(Message):
        """The user chose a place on the bar, from 0 at its begin to 1 at its end; ``is_dragging`` is true in a drag."""

        fraction: float
        is_dragging: bool = False

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._held_cell: int | None = None
        self._is_dragged = False

    def part_of(self, view: View) -> object:
        """The iteration shown and how far the run is computed; in a replay, the time of the lesson."""
        strip = view.replay_position and (
            view.replay_position.time,
            view.replay_position.duration,
            view.replay_position.marks,
        )
        pace, ended = view.state.document.pace, view.overflow or view.stopped
        return strip, view.iteration, view.last_iteration, ended, view.reached, view.notation.unicode, pace

    def line(self, y: int) -> Line:  # noqa: ARG002
        """``1 ━━●━━───── 10 000``: the bar is heavy as far as the run is computed."""
        view = self.view
        if not view:
            return []
        end_labels = self._end_labels(view)
        width = self._bar_width(view)
        heavy, light, here, flag = ("━", "─", "●", "┃") if view.notation.unicode else ("=", "-", "O", "|")
        if view.replay_position:
            strip = view.replay_position
            point = self._cell_at(strip.time, strip.duration, width)
            bar = [heavy] * point + [light] * (width - point)
            for mark in strip.marks:
                bar[self._cell_at(mark, strip.duration, width)] = flag
        else:
            point = self._cell_at(view.iteration - 1, view.last_iteration - 1, width)
            done = (
                width
                if view.overflow or view.stopped
                else self._cell_at(max(1, view.reached) - 1, view.last_iteration - 1, width) + 1
            )
            bar = [heavy] * done + [light] * (width - done)
        return [
            (end_labels[0], "faint"),
            ("".join(bar[:point]), "faint"),
            (here, "mark"),
            ("".join(bar[point + 1 :]), "faint"),
            (end_labels[1], "faint"),
        ]

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Goes to the place under the mouse, and holds the point from then on."""
        if event.button == _LEFT_BUTTON:
            self.capture_mouse()
            self._choose(self._cell_under(event), is_dragging=False)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Moves the point with the mouse, while the button is held."""
        if event.button != _LEFT_BUTTON:
            # The user released the button outside of the bar: on a dialog, or outside of the terminal.
            self._held_cell = None
        cell = self._cell_under(event)
        if self._held_cell not in (None, cell):
            self._choose(cell, is_dragging=True)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Drops the point under the mouse: a terminal may report only the two ends of a fast drag."""
        self.release_mouse()
        if self._held_cell is not None:
            cell = self._cell_under(event)
            if self._is_dragged or cell != self._held_cell:
                self._choose(cell, is_dragging=False)
        self._held_cell = None

    def on_mouse_release(self) -> None:
        """Drops the point if something else takes the mouse."""
        self._held_cell = None

    def _choose(self, cell: int, *, is_dragging: bool) -> None:
        self._held_cell, self._is_dragged = cell, is_dragging
        if view := self.view:
            self.post_message(self.Chosen(cell / max(1, self._bar_width(view) - 1), is_dragging))

    def _cell_under(self, event: events.MouseEvent) -> int:
        view = self.view
        return min(max(event.x - len(self._end_labels(view)[0]), 0), self._bar_width(view) - 1) if view else 0

    def _end_labels(self, view: View) -> tuple[str, str]:
        if view.replay_position:
            return f" {clock(view.replay_position.time)} ", f" {clock(view.replay_position.duration)} "
        document, last = view.state.document, view.last_iteration
        if view.stopped:
            return " 1 ", f" {group_digits(last)} {STOP_WORDS[view.stopped.reason]} "
        if has_batches(document):
            return " 1 ", f" {group_digits(last)} {view.notation.separator} {epoch_text(document, last)} "
        return " 1 ", f" {group_digits(last)} "

    def _bar_width(self, view: View) -> int:
        return max(1, self.size.width - sum(map(len, self._end_labels(view))))

    @staticmethod
    def _cell_at(done: float, total: float, width: int) -> int:
        return round((width - 1) * min(1.0, done / total)) if total > 0 else 0


def clock(seconds: float) -> str:
    """75 as 1:15, 3675 as 1:01:15."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
