"""Goes through the iterations: step by step, to any place, or playing."""

from collections.abc import Iterator, Mapping
from functools import partial

from tui_nn.dashboard.dialogs.palette_entry import Entry
from tui_nn.dashboard.features.controller import LessonController
from tui_nn.dashboard.features.feature import Action, Feature
from tui_nn.dashboard.features.moving import step_navigation
from tui_nn.dashboard.features.moving.playback import SPEEDS, Player
from tui_nn.dashboard.panes.registry import PANE_CLASSES
from tui_nn.dashboard.widgets.timeline import Timeline
from tui_nn.language import _, ngettext, pgettext
from tui_nn.session.events import Event, Moved, Paused, Played, Selected
from tui_nn.writing.notation.batch_text import has_batches
from tui_nn.writing.notation.number_format import group_digits

_READING_SECONDS = 5


class Navigation(Feature):
    """Moves the lesson to other steps and iterations, and plays it."""

    def __init__(self, lesson: LessonController) -> None:
        super().__init__(lesson)
        self._player = Player(lesson.app, self._play_on)

    @property
    def actions(self) -> Mapping[str, Action]:
        return {
            "next_step": partial(self._go_by_steps, 1),
            "previous_step": partial(self._go_by_steps, -1),
            "next_iteration": partial(self._go_by_iterations, 1),
            "previous_iteration": partial(self._go_by_iterations, -1),
            "next_epoch": partial(self._go_by_epochs, 1),
            "previous_epoch": partial(self._go_by_epochs, -1),
            "first": lambda: self.move(step_navigation.first(self.state)),
            "last": lambda: self.move(step_navigation.end(self.state, self.lesson.last_iteration)),
            "go_to": self._ask_where_to,
            "play": self._play_or_pause,
            "faster": partial(self._change_speed, 1),
            "slower": partial(self._change_speed, -1),
        }

    @property
    def speed(self) -> int | None:
        """The number of iterations a second at which the lesson plays; None while it doesn't play."""
        return self._player.speed if self._player.playing else None

    def move(self, *events: Event | None) -> None:
        """Takes in the events that are not None, after pausing a lesson that plays."""
        # A user who goes on has read a long notice: it covers the timeline and the key line.
        self.app.withdraw_notices(shown_for=_READING_SECONDS)
        events = (*self.stopped(), *events)
        if there := [event for event in events if event]:
            self.lesson.dispatch(*there)

    def pause(self) -> None:
        """Stops playing."""
        self.move()

    def stay_where_shown(self) -> None:
        """Pauses. If the run overflows before the lesson's iteration, moves to the iteration where it does."""
        shown = self.lesson.shown_iteration
        self.move(Moved(shown, self.state.step.name) if shown != self.state.iteration else None)

    def stopped(self) -> tuple[Event, ...]:
        """Stops playing. Gives the event that says so; none if the lesson did not play."""
        if not self._player.playing:
            return ()
        self._player.pause()
        return (Paused(),)

    def go_to_clicked(self, message: Timeline.Chosen) -> None:
        """Goes to the iteration clicked on the timeline, or dragged to."""
        there = Moved(1 + round(message.fraction * (self.lesson.last_iteration - 1)), self.state.step.name)
        if message.is_dragging:
            self.pause()
            self.lesson.session.append_while_playing(there)
            self.lesson.show()
        else:
            self.move(there)

    def _go_by_steps(self, by: int) -> None:
        """Moves by a step; in the derivation, by a line."""
        place = self.state, self.lesson.shown_iteration, self.lesson.last_iteration
        if PANE_CLASSES[self.state.pane].goes_by_lines:
            self.move(*step_navigation.by_lines(*place, by))
        else:
            self.move(step_navigation.by_steps(*place, by))

    def _go_by_iterations(self, by: int) -> None:
        """Moves to the same step of another iteration."""
        place = self.state, self.lesson.shown_iteration, self.lesson.last_iteration
        self.move(step_navigation.by_iterations(*place, by))

    def _go_by_epochs(self, by: int) -> None:
        """Moves to the same step of the first batch of another epoch."""
        place = self.state, self.lesson.shown_iteration, self.lesson.last_iteration
        self.move(step_navigation.by_epochs(*place, by))

    def _ask_where_to(self) -> None:
        from tui_nn.dashboard.dialogs.ask import ask

        last = self.lesson.last_iteration
        best = self.view.begins_with_best_weights if self.view else None
        # For translators: the places of the question "Go to {places}, or mark:"; "epoch" and "best" are typed so.
        places = [_("iteration (1 to {last})", last=group_digits(last))]
        if has_batches(self.state.document):
            places.append(_("epoch (epoch 5)"))
        if best:
            places.append(_("best (the least test cost)"))
        places.append(_("step or cell (37 delta3[2,1])"))
        question = _("Go to {places}, or mark:", places=", ".join(places))
        ask(self.app, question, partial(step_navigation.events_to, self.state, last, best=best), self._go)

    def _go(self, events: tuple[Event, ...]) -> None:
        if any(isinstance(event, Selected) for event in events):
            self.screen.explain(*self.stopped(), *events)
        else:
            self.move(*events)

    def _play_or_pause(self) -> None:
        """Plays on from here, or pauses; at the end it begins again."""
        if self._player.playing:
            self.pause()
            return
        iteration, last = self.lesson.shown_iteration, self.lesson.last_iteration
        names = [step.name for step in self.state.steps]
        # At the first step the class would see only weighted sums: at the last step they see the whole iteration.
        name = names[-1] if self.state.step.name == names[0] else self.state.step.name
        begin = 1 if iteration == last else iteration
        is_there = (begin, name) == (self.state.iteration, self.state.step.name)
        self._player.play()
        self.lesson.dispatch(*(() if is_there else (Moved(begin, name),)), Played(self._player.speed))

    def palette_entries(self) -> Iterator[Entry]:
        """The speed of playing."""
        title = _("Setting: speed of playing, {speed}", speed=self._speed_in_words)
        words = pgettext("other words that find it", "tempo faster slower")
        yield Entry(title, _("asks for another speed"), self._ask_for_speed, words)

    def _ask_for_speed(self) -> None:
        from tui_nn.dashboard.dialogs.questions import ChoiceDialog

        # The keys are letters: a user who types 5 means five a second.
        keys = dict(zip("abcdefghijkl", SPEEDS, strict=True))
        question = _("The lesson plays {speed}. How many from now on?", speed=self._speed_in_words)

        def chosen(key: str | None) -> None:
            if key:
                self._player.set_speed(keys[key])
                self._tell_speed()

        self.app.push_screen(
            ChoiceDialog(question, [(key, group_digits(speed)) for key, speed in keys.items()]), chosen
        )

    def _change_speed(self, by: int) -> None:
        self._player.change_speed(by)
        self._tell_speed()

    @property
    def _speed_in_words(self) -> str:
        speed = self._player.speed
        return ngettext("{speed} iteration a second", "{speed} iterations a second", speed, speed=group_digits(speed))

    def _tell_speed(self) -> None:
        if self._player.playing:
            self.lesson.dispatch(Played(self._player.speed))
        else:
            self.app.clear_notifications()
            self.say(_("Speed: {speed}", speed=self._speed_in_words), seconds=2)
            self.lesson.show()

    def _play_on(self, iterations: int) -> None:
        view = self.view
        if not view or (view.iteration > view.reached and view.iteration != view.last_iteration):
            if view and view.has_stopped:
                # Nothing will come: the user stopped the computing.
                self.pause()
            return
        moved = step_navigation.by_iterations(self.state, view.iteration, view.last_iteration, iterations)
        if moved:
            self.lesson.session.append_while_playing(moved)
        if moved is None or moved.iteration == view.last_iteration:
            self.pause()
        else:
            self.lesson.show()
