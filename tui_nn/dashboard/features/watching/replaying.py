"""Plays a recorded lesson as it was taught: event by event, mark by mark, or in its own time."""

import contextlib
import re
from collections.abc import Callable, Mapping
from functools import partial
from time import monotonic

from textual.timer import Timer

from tui_nn.dashboard.features.controller import LessonController
from tui_nn.dashboard.features.feature import Action, Feature
from tui_nn.dashboard.features.watching.event_names import event_name
from tui_nn.dashboard.features.watching.viewing import Viewing
from tui_nn.dashboard.view_model.view import ReplayPosition
from tui_nn.dashboard.widgets.timeline import clock
from tui_nn.language import _
from tui_nn.network import ValidationError
from tui_nn.session.events import CostReached, Event, Moved
from tui_nn.session.input_parsing import parse_whole_number
from tui_nn.session.replay import Replay
from tui_nn.session.state import State
from tui_nn.session.validation import shortened
from tui_nn.session.verify import TOLERANCE, ComparedValue
from tui_nn.session.viewer_session import ViewerSession
from tui_nn.writing.notation.number_format import group_digits, rounded_text

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0)
_MOMENT = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):(\d{1,2})")
_SHORTEST_WAIT = 0.02
_TICK_SECONDS = 1.0


class Replaying(Feature):
    """Goes through the events of a recorded lesson. It is the session of its app: what the viewer does stops it."""

    def __init__(
        self, lesson: LessonController, session: ViewerSession, replay: Replay, viewing: Viewing, speed: float
    ) -> None:
        super().__init__(lesson)
        self._session = session
        self._replay = replay
        self._viewing = viewing
        self._place = 0
        self._speed = speed
        self._timer: Timer | None = None
        self._began = (0.0, 0.0)
        self.on_place: Callable[[int], None] = lambda _: None
        """Is called with each place that the replay comes to, before it is shown."""

    @property
    def actions(self) -> Mapping[str, Action]:
        replay = self._replay
        return {
            "next_event": lambda: self._go_and_stop(replay.next_place(self._place)),
            "previous_event": lambda: self._go_and_stop(replay.previous_place(self._place)),
            "next_mark": lambda: self._go_to_mark(replay.next_mark(self._place)),
            "previous_mark": lambda: self._go_to_mark(replay.previous_mark(self._place)),
            "replay_begin": partial(self._go_and_stop, 0),
            "replay_end": partial(self._go_and_stop, replay.last_place),
            "go_to_moment": self._ask_where_to,
            "play_replay": self._play_or_stop,
            "replay_faster": partial(self._change_speed, 1),
            "replay_slower": partial(self._change_speed, -1),
            "look_around": self._look_around,
        }

    @property
    def state(self) -> State:
        """Where the viewer is: with the teacher, or somewhere else."""
        return self._session.state

    def append(self, *events: Event) -> None:
        """Stops the replay, and changes the viewer's own place. Raises `ValidationError` for an edit."""
        self.stop()
        self._session.append(*events)

    def append_while_playing(self, event: Moved) -> None:
        """Takes one of the many moves of a lesson that plays."""
        self.append(event)

    @property
    def is_playing(self) -> bool:
        """Whether the lesson goes on by itself."""
        return self._timer is not None

    @property
    def place(self) -> int:
        """How many events have happened."""
        return self._place

    @property
    def position(self) -> ReplayPosition:
        """How far the replay is, in seconds."""
        replay = self._replay
        marks = tuple(replay.time_at(place) for _, place in replay.marks)
        # While the lesson plays, its clock goes on: during the teacher's pauses nothing else would show that.
        time = self._now() if self.is_playing else replay.time_at(self._place)
        return ReplayPosition(min(time, replay.duration), replay.duration, marks)

    def whereabouts(self) -> list[str]:
        """Where the replay is, whether the viewer looks around, and whether its numbers are those recorded."""
        place, last = group_digits(self._place), group_digits(self._replay.last_place)
        if kind := self._replay.kind_before(self._place):
            parts = [_("Replay, event {place} of {last}: {event}", place=place, last=last, event=event_name(kind))]
        else:
            parts = [_("Replay, event {place} of {last}", place=place, last=last)]
        if self._session.is_looking_around:
            parts = [_("Looking around"), _("Esc: back to the replay")]
        elif self.is_playing:
            parts.append(_("playing at {factor} times its speed", factor=format(self._speed, "g")))
        elif self._session.waits_for_answer:
            parts.append(_("what is your answer? space goes on"))
        elif not self._place:
            parts.append(_("space plays it"))
        elif self._place == self._replay.last_place:
            parts.append(_("this is where the lesson ends"))
        return [*parts, *self._differences()]

    def _differences(self) -> list[str]:
        entry = self._replay.entries[self._place - 1] if self._place else None
        if entry is None or not isinstance(entry.event, CostReached):
            return []
        branch, iteration = self._session.teacher_state.branches.current, entry.event.iteration
        run = self.lesson.run_of(branch)
        if iteration > run.reached:
            return []
        found = ComparedValue(entry.seq, branch.name, iteration, entry.event.cost, run.cost(iteration))
        if found.difference <= TOLERANCE or found.computed is None:
            return []
        recorded, computed = rounded_text(found.recorded, 12), rounded_text(found.computed, 12)
        return [_("recorded was J = {recorded}, computed here is {computed}", recorded=recorded, computed=computed)]

    def begin_at(self, mark: str) -> None:
        """Begins at a mark. Raises `ValidationError` if no mark has that name."""
        self._place = self._replay.place_of_mark(mark)
        self._session.teacher_state = self._replay.state_at(self._place)

    def go_to_clicked(self, part: float) -> None:
        """Goes to the moment clicked on the timeline; ``part`` is its share of the lesson's time, from 0 to 1."""
        self._session.return_to_teacher()
        self._go_and_stop(self._replay.place_at(part * self._replay.duration))

    def _show_place(self, place: int) -> None:
        self._place = place
        self.on_place(place)
        self._viewing.show_teachers(self._replay.state_at(place))

    def _go_and_stop(self, place: int | None) -> None:
        self.stop()
        self._show_place(self._place if place is None else place)

    def _go_to_mark(self, place: int | None) -> None:
        if place is None:
            self.app.clear_notifications()
            self.say(_("There is no further mark this way."))
        self._go_and_stop(place)

    def _ask_where_to(self) -> None:
        from tui_nn.dashboard.dialogs.ask import ask

        question = _(
            "Go to a moment (0:00 to {time}), an event (0 to {last}) or a mark:",
            time=clock(self._replay.duration),
            last=group_digits(self._replay.last_place),
        )
        ask(self.app, question, self.place_of, self._go_and_stop)

    def place_of(self, text: str) -> int:
        """The place that ``1:30``, ``42`` or a mark's name means. Raises `ValidationError`."""
        typed = text.strip()
        if moment := _MOMENT.fullmatch(typed):
            hours, minutes, seconds = (int(part or 0) for part in moment.groups())
            return self._replay.place_at(3600 * hours + 60 * minutes + seconds)
        with contextlib.suppress(ValidationError):
            if 0 <= (number := parse_whole_number(typed)) <= self._replay.last_place:
                return number
        if any(char.isalpha() for char in typed):
            return self._replay.place_of_mark(typed)
        expected = _(
            "a moment such as 1:30, an event from 0 to {last}, or the name of a mark", last=self._replay.last_place
        )
        raise ValidationError("", f'"{shortened(typed)}"', expected)

    def _play_or_stop(self) -> None:
        """Goes on in the lesson's own time, or stops; at the end it begins again."""
        if self.is_playing:
            self.stop()
            self.lesson.show()
        else:
            is_over = self._place == self._replay.last_place
            if is_over:
                self._place = 0
            self._play()
            if is_over:
                self._show_place(0)
            else:
                self.lesson.show()

    def _play(self) -> None:
        self.stop()
        self._began = monotonic(), self._replay.time_at(self._place)
        self._wait()

    def _wait(self) -> None:
        due = self._replay.time_at(self._replay.next_place(self._place))
        seconds = max(_SHORTEST_WAIT, (due - self._now()) / self._speed)
        if seconds <= _TICK_SECONDS:
            self._timer = self.app.set_timer(seconds, self._play_on)
        else:
            self._timer = self.app.set_timer(_TICK_SECONDS, self._tick)

    def _tick(self) -> None:
        self._wait()
        self.lesson.show()

    def _now(self) -> float:
        """The time of the replay, in seconds, while it plays."""
        began, time = self._began
        return time + (monotonic() - began) * self._speed

    def _play_on(self) -> None:
        place = max(self._replay.next_place(self._place), self._replay.place_at(self._now()))
        question = self._question(self._place, place)
        place = question or place
        if question or place == self._replay.last_place:
            self._timer = None
        else:
            self._place = place
            self._wait()
        self._show_place(place)

    def _question(self, after: int, until: int) -> int | None:
        """The first place after ``after``, up to ``until``, with a question that nobody has answered yet."""
        place = self._replay.next_question(after, until)
        while place is not None:
            state = self._replay.state_at(place)
            if state.question_shown not in {*state.answers, *self._session.answered_numbers}:
                return place
            place = self._replay.next_question(place, until)
        return None

    def stop(self) -> None:
        """Stops playing."""
        if self._timer:
            self._timer.stop()
            self._timer = None

    def _change_speed(self, by: int) -> None:
        nearest = min(range(len(SPEEDS)), key=lambda i: abs(SPEEDS[i] - self._speed))
        self._speed = SPEEDS[min(max(0, nearest + by), len(SPEEDS) - 1)]
        if self.is_playing:
            self._play()
        else:
            self.app.clear_notifications()
            self.say(_("Speed: {factor} times the lesson's own", factor=format(self._speed, "g")), seconds=2)
        self.lesson.show()

    def _look_around(self) -> None:
        """Stops, and gives the arrows to the viewer's own walk."""
        self.stop()
        self._session.look_around()
        self.lesson.show()
