"""The walk through a lesson's iterations: step by step, to any place, or playing."""

from collections.abc import Iterator
from functools import partial

from textual import on

from tui_nn.dashboard.features import step_navigation
from tui_nn.dashboard.features.command_palette import Entry
from tui_nn.dashboard.features.export import HandingApp
from tui_nn.dashboard.features.playback import SPEEDS, Player
from tui_nn.dashboard.widgets.timeline import Timeline
from tui_nn.session.events import Event, Moved, Selected
from tui_nn.writing.notation.number_format import grouped


class WalkingApp(HandingApp):
    """A lesson through which one walks. Subclasses say where it goes that one does."""

    def __init__(self) -> None:
        super().__init__()
        self._player = Player(self, self._play_on)

    def glide(self, event: Moved) -> None:
        """Takes in one of the many moves of a lesson that plays."""
        raise NotImplementedError

    def paused(self) -> None:
        """Playing has stopped."""

    @property
    def speed(self) -> int | None:
        """How many iterations a second the lesson plays; None where it does not."""
        return self._player.speed if self._player.playing else None

    @on(Timeline.Chosen)
    def go_to_clicked(self, message: Timeline.Chosen) -> None:
        """Goes to the iteration clicked on the timeline, or dragged to."""
        last = self._shown_and_last()[1]
        there = Moved(1 + round(message.part * (last - 1)), self.state.step.name)
        if message.is_on_its_way:
            self.pause()
            self.glide(there)
            self.show()
        else:
            self.move(there)

    def move(self, *events: Event | None) -> None:
        """Goes there, if anywhere; what plays pauses."""
        self.pause()
        there = [event for event in events if event]
        if there:
            self.dispatch(*there)

    def pause(self) -> None:
        """Stops playing."""
        if self._player.playing:
            self._player.pause()
            self.paused()
            self.show()

    def _shown_and_last(self) -> tuple[int, int]:
        view = self.view
        return (view.iteration, view.last) if view else (self.state.iteration, self.state.document.iterations)

    def action_next_step(self) -> None:
        """One step on, or one line of its derivation where one looks at that."""
        self._go_by(1)

    def action_previous_step(self) -> None:
        """One step back, or one line of its derivation."""
        self._go_by(-1)

    def _go_by(self, by: int) -> None:
        place = self.state, *self._shown_and_last()
        if self.state.pane == "derive":
            self.move(*step_navigation.by_lines(*place, by))
        else:
            self.move(step_navigation.by_steps(*place, by))

    def action_next_iteration(self) -> None:
        """The same step, one iteration on."""
        self.move(step_navigation.by_iterations(self.state, *self._shown_and_last(), 1))

    def action_previous_iteration(self) -> None:
        """The same step, one iteration back."""
        self.move(step_navigation.by_iterations(self.state, *self._shown_and_last(), -1))

    def action_first(self) -> None:
        """The first step of all."""
        self.move(step_navigation.first(self.state))

    def action_last(self) -> None:
        """The last step of all."""
        self.move(step_navigation.end(self.state, self._shown_and_last()[1]))

    def action_go_to(self) -> None:
        """Asks where to go."""
        last = self._shown_and_last()[1]
        question = f"Go to iteration (1 to {grouped(last)}), step or cell (37 delta3[2,1]), or mark:"
        self.ask(question, partial(step_navigation.typed, self.state, last), self._go)

    def _go(self, events: tuple[Event, ...]) -> None:
        self.move(*events)
        if any(isinstance(event, Selected) for event in events):
            self.lesson_screen.explain()

    def action_play(self) -> None:
        """Plays on from here, or pauses; at the end it begins again."""
        if self._player.playing:
            self.pause()
        else:
            iteration, last = self._shown_and_last()
            names = [step.name for step in self.state.steps]
            # From the first step nothing would be seen but weighted sums: the whole iteration is played then.
            name = names[-1] if self.state.step.name == names[0] else self.state.step.name
            begin = 1 if iteration == last else iteration
            if (begin, name) != (self.state.iteration, self.state.step.name):
                self.dispatch(Moved(begin, name))
            self._player.play()
            self.played()
        self.show()

    def played(self) -> None:
        """Playing has begun, or goes on at another speed."""

    def action_faster(self) -> None:
        """The next higher speed."""
        self._change_speed(1)

    def action_slower(self) -> None:
        """The next lower speed."""
        self._change_speed(-1)

    def palette_entries(self) -> Iterator[Entry]:
        """Adds the speed of playing."""
        title = f"Setting: speed of playing, {self._speed_in_words}"
        yield Entry(title, "asks for another speed", self._ask_for_speed, "tempo faster slower")
        yield from super().palette_entries()

    def _ask_for_speed(self) -> None:
        from tui_nn.dashboard.dialogs.questions import ChoiceDialog

        # Letters: whoever types 5 means five a second.
        keys = dict(zip("abcdefghijkl", SPEEDS, strict=True))
        question = f"The lesson plays {self._speed_in_words}. How many from now on?"

        def chosen(key: str | None) -> None:
            if key:
                self._player.set_speed(keys[key])
                self._tell_speed()

        self.push_screen(ChoiceDialog(question, [(key, grouped(speed)) for key, speed in keys.items()]), chosen)

    def _change_speed(self, by: int) -> None:
        self._player.change_speed(by)
        self._tell_speed()

    @property
    def _speed_in_words(self) -> str:
        speed = self._player.speed
        return f"{grouped(speed)} iteration{'' if speed == 1 else 's'} a second"

    def _tell_speed(self) -> None:
        if self._player.playing:
            self.played()
        else:
            self.clear_notifications()
            self.notify(f"Speed: {self._speed_in_words}", timeout=2, markup=False)
        self.show()

    def _play_on(self, iterations: int) -> None:
        view = self.view
        if not view or (view.iteration > view.reached and view.iteration != view.last):
            if view and view.has_stopped:
                # There is nothing to wait for.
                self.pause()
            return
        moved = step_navigation.by_iterations(self.state, view.iteration, view.last, iterations)
        if moved:
            self.glide(moved)
        if moved is None or moved.iteration == view.last:
            self.pause()
        self.show()
