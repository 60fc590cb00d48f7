"""A recorded lesson, played as it was taught: on and back, event by event or in its own time."""

import contextlib
import re
from pathlib import Path
from time import monotonic
from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType
from textual.timer import Timer

from tui_nn.dashboard.apps.base import Following
from tui_nn.dashboard.apps.viewer import ViewerApp
from tui_nn.dashboard.screens.commands import (
    COMMANDS,
    EVERYWHERE,
    HANDING,
    LOOKING,
    MOVING,
    REPLAYING,
    SEEING,
    bindings_of,
)
from tui_nn.dashboard.view_model.view import ReplayPosition
from tui_nn.dashboard.widgets.timeline import Timeline, clock
from tui_nn.network import ValidationError
from tui_nn.session.events import Reached
from tui_nn.session.input_parsing import whole
from tui_nn.session.replay import Replay
from tui_nn.session.storage.session_file import Lesson, shown
from tui_nn.session.validation import short
from tui_nn.session.verify import TOLERANCE, ComparedValue
from tui_nn.writing.notation.number_format import grouped, significant

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0)
_MOMENT = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):(\d{1,2})")
_ACTIONS = {command.action for command in COMMANDS if command.where == REPLAYING}
_WALK = {command.action for command in COMMANDS if command.where == MOVING}
_SOON = 0.02
_TICK_SECONDS = 1.0


class ReplayApp(ViewerApp):
    """Replays a lesson. ``back`` makes what is shown when it is left, such as the lesson that it was called from."""

    COMMANDS_OF: ClassVar[tuple[str, ...]] = (REPLAYING, LOOKING, MOVING, SEEING, HANDING, EVERYWHERE)
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(*COMMANDS_OF)

    def __init__(
        self,
        lesson: Lesson,
        path: Path,
        *,
        speed: float = 1.0,
        back: Following | None = None,
    ) -> None:
        self._lesson = lesson
        self._replay = Replay(lesson)
        super().__init__(self._replay.state(0))
        self._path = path
        self._place = 0
        self._speed = speed
        self._back = back
        self._timer: Timer | None = None
        self._began = (0.0, 0.0)

    @property
    def file_name(self) -> str:
        """The file's name without its ending."""
        return shown(Path(self._path.stem))

    def on_mount(self) -> None:
        """Says what the file has lost."""
        self.say_how_it_was_read(self._lesson)

    def begin_at(self, mark: str) -> None:
        """Begins at a mark instead of at the beginning. Raises `ValidationError` where there is none of that name."""
        self._place = self._replay.mark(mark)
        self._teachers = self._replay.state(self._place)

    @property
    def is_replaying(self) -> bool:
        """Whether the lesson goes on by itself."""
        return self._timer is not None

    @property
    def is_playing(self) -> bool:
        """The lesson, or one's own look at it."""
        return self.is_replaying or super().is_playing

    @property
    def strip(self) -> ReplayPosition:
        """Where the replay is."""
        replay = self._replay
        marks = tuple(replay.time(place) for _, place in replay.marks)
        # While it goes on, its clock does, too: through a pause of the teacher's nothing else would show that.
        time = self._now() if self.is_replaying else replay.time(self._place)
        return ReplayPosition(min(time, replay.duration), replay.duration, marks)

    @property
    def whereabouts(self) -> list[str]:
        """Where the replay is, whether one looks around, and whether its numbers are those recorded."""
        parts = [f"Replay, event {grouped(self._place)} of {grouped(self._replay.last)}"]
        if what := self._replay.what(self._place):
            parts[0] += f": {what}"
        if self.is_looking_around:
            parts = ["Looking around", "Esc: back to the teacher"]
        elif self.is_replaying:
            parts.append(f"playing at {self._speed:g} times its speed")
        elif self.waits_for_answer:
            parts.append("what is your answer? space goes on")
        elif not self._place:
            parts.append("space plays it")
        elif self._place == self._replay.last:
            parts.append("this is where the lesson ends")
        return [*parts, *self._differing()]

    def _question(self, after: int, until: int) -> int | None:
        """The next place at which whoever watches may answer before the teacher does."""
        place = self._replay.posed(after, until)
        while place is not None:
            state = self._replay.state(place)
            if state.posed not in {*state.answers, *self._given}:
                return place
            place = self._replay.posed(place, until)
        return None

    def _differing(self) -> list[str]:
        entry = self._replay.entries[self._place - 1] if self._place else None
        if entry is None or not isinstance(entry.event, Reached):
            return []
        branch, iteration = self._teachers.branches.current, entry.event.iteration
        run = self.run_of(branch)
        if iteration > run.reached:
            return []
        found = ComparedValue(entry.seq, branch.name, iteration, entry.event.cost, run.cost(iteration))
        if found.difference <= TOLERANCE or found.computed is None:
            return []
        recorded, computed = significant(found.recorded, 12), significant(found.computed, 12)
        return [f"recorded was J = {recorded}, computed here is {computed}"]

    @property
    def places(self) -> list[str]:
        """The keys of the replay, or those of the walk while one looks around."""
        places = [place for place in super().places if place != REPLAYING]
        return places if self.is_looking_around else [REPLAYING, *(place for place in places if place != MOVING)]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The arrows go through the lesson as it was taught; while one looks around, through its iterations."""
        if action in (_WALK if not self.is_looking_around else _ACTIONS):
            return False
        return super().check_action(action, parameters)

    # Going

    def _show_place(self, place: int) -> None:
        self._place = place
        self.show_teachers(self._replay.state(place))

    def _go_and_stop(self, place: int | None) -> None:
        self._stop()
        self._show_place(self._place if place is None else place)

    def action_next_event(self) -> None:
        """What happened next."""
        self._go_and_stop(self._replay.after(self._place))

    def action_previous_event(self) -> None:
        """One event back."""
        self._go_and_stop(self._replay.before(self._place))

    def action_next_mark(self) -> None:
        """The next mark."""
        self._go_to_mark(self._replay.next_mark(self._place))

    def action_previous_mark(self) -> None:
        """The mark before."""
        self._go_to_mark(self._replay.previous_mark(self._place))

    def _go_to_mark(self, place: int | None) -> None:
        if place is None:
            self.clear_notifications()
            self.notify("There is no further mark this way.", timeout=3, markup=False)
        self._go_and_stop(place)

    def action_replay_begin(self) -> None:
        """The beginning."""
        self._go_and_stop(0)

    def action_replay_end(self) -> None:
        """The end."""
        self._go_and_stop(self._replay.last)

    def action_go_to_moment(self) -> None:
        """Asks where to go."""
        last = clock(self._replay.duration)
        question = f"Go to a moment (0:00 to {last}), an event (0 to {grouped(self._replay.last)}) or a mark:"
        self.ask(question, self.place_of, self._go_and_stop)

    def place_of(self, text: str) -> int:
        """The place that ``1:30``, ``42`` or a mark's name means. Raises `ValidationError`."""
        typed = text.strip()
        if moment := _MOMENT.fullmatch(typed):
            hours, minutes, seconds = (int(part or 0) for part in moment.groups())
            return self._replay.at(3600 * hours + 60 * minutes + seconds)
        with contextlib.suppress(ValidationError):
            if 0 <= (number := whole(typed)) <= self._replay.last:
                return number
        if any(char.isalpha() for char in typed):
            return self._replay.mark(typed)
        expected = f"a moment such as 1:30, an event from 0 to {self._replay.last}, or the name of a mark"
        raise ValidationError("", f'"{short(typed)}"', expected)

    @on(Timeline.Chosen)
    def go_to_clicked(self, message: Timeline.Chosen) -> None:
        """Goes to the moment clicked on the timeline."""
        message.prevent_default()
        self.pause()
        self._own = None
        self._go_and_stop(self._replay.at(message.part * self._replay.duration))

    # Playing

    def action_play_replay(self) -> None:
        """Goes on in the lesson's own time, or stops; at the end it begins again."""
        if self.is_replaying:
            self._stop()
        else:
            if self._place == self._replay.last:
                self._show_place(0)
            self._play()
        self.show()

    def _play(self) -> None:
        self._stop()
        self._began = monotonic(), self._replay.time(self._place)
        self._wait()

    def _wait(self) -> None:
        due = self._replay.time(self._replay.after(self._place))
        seconds = max(_SOON, (due - self._now()) / self._speed)
        if seconds <= _TICK_SECONDS:
            self._timer = self.set_timer(seconds, self._play_on_in_time)
        else:
            self._timer = self.set_timer(_TICK_SECONDS, self._tick)

    def _tick(self) -> None:
        self._wait()
        self.show()

    def _now(self) -> float:
        began, time = self._began
        return time + (monotonic() - began) * self._speed

    def _play_on_in_time(self) -> None:
        place = max(self._replay.after(self._place), self._replay.at(self._now()))
        question = self._question(self._place, place)
        place = question or place
        if question or place == self._replay.last:
            self._timer = None
        else:
            self._place = place
            self._wait()
        self._show_place(place)

    def _stop(self) -> None:
        if self._timer:
            self._timer.stop()
            self._timer = None

    def action_replay_faster(self) -> None:
        """Twice as fast."""
        self._change_replay_speed(1)

    def action_replay_slower(self) -> None:
        """Half as fast."""
        self._change_replay_speed(-1)

    def _change_replay_speed(self, by: int) -> None:
        nearest = min(range(len(SPEEDS)), key=lambda i: abs(SPEEDS[i] - self._speed))
        self._speed = SPEEDS[min(max(0, nearest + by), len(SPEEDS) - 1)]
        if self.is_replaying:
            self._play()
        else:
            self.clear_notifications()
            self.notify(f"Speed: {self._speed:g} times the lesson's own", timeout=2, markup=False)
        self.show()

    def action_look_around(self) -> None:
        """Stops, and gives the arrows to one's own walk."""
        self._stop()
        self._own = self._teachers
        self.show()

    def append(self, *events: Any) -> None:
        """One's own look; the replay waits."""
        self._stop()
        super().append(*events)

    async def action_quit(self) -> None:
        """Leaves, or goes back to the lesson that the replay was called from."""
        self.exit(self._back)
