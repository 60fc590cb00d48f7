"""What every lesson on the screen has in common, whoever teaches it: its panes, and what they are given to show."""

import gc
import os
import sys
import termios
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar, TypeAlias, cast

from rich.console import RenderableType
from textual import on
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App, ComposeResult, SystemCommand
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.notifications import SeverityLevel
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import Static

from tui_nn.dashboard.boards import BackwardBoard, ForwardBoard, StepBoard
from tui_nn.dashboard.chart import ChartPane
from tui_nn.dashboard.commands import (
    COMMANDS,
    EVERYWHERE,
    MOVING,
    PANES,
    PANES_OF,
    Command,
    bindings_of,
)
from tui_nn.dashboard.compare import ComparePane
from tui_nn.dashboard.data_pane import DataPane
from tui_nn.dashboard.explain_pane import ExplainPane
from tui_nn.dashboard.frame import Drawn, Frame
from tui_nn.dashboard.in_turn import InTurn
from tui_nn.dashboard.lines import Banner, Header, KeyLine, PaneTabs, Timeline
from tui_nn.dashboard.numbers import Numbers
from tui_nn.dashboard.panes import PANE_HELP, PANE_NAMES, STEP
from tui_nn.dashboard.results import Results
from tui_nn.dashboard.runner import Runner
from tui_nn.dashboard.screen import LessonScreen, has_room
from tui_nn.dashboard.settings_pane import SettingsPane
from tui_nn.dashboard.themes import OURS, SIXTEEN_COLOURS
from tui_nn.dashboard.view import Strip, View
from tui_nn.network import Refusal, Run
from tui_nn.session.branches import Branch
from tui_nn.session.events import Edit, Event, Looked
from tui_nn.session.file import Lesson
from tui_nn.session.state import State
from tui_nn.writing.notation import UNICODE, Notation
from tui_nn.writing.sentences import refusal_sentence

Following: TypeAlias = Callable[[], App[Any]]
"""What makes the app that takes the place of one that is left, for instance the replay of its lesson."""

_WATCH_SECONDS = 2
# What opens a dialog: below the least size there is no room for one.
_ROOMY = frozenset({"go_to", "open", "save", "help", "command_palette"})


class LessonApp(InTurn[Following]):
    """A lesson on the screen. Subclasses say where its events go and who teaches it."""

    TITLE = "tui-nn"
    CSS_PATH = "app.tcss"
    AUTO_FOCUS = None
    ALLOW_SELECT = False
    COMMANDS_OF: ClassVar[tuple[str, ...]] = (MOVING, EVERYWHERE)
    """The places, as `commands` names them, whose commands there are."""
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(*COMMANDS_OF)

    notation: ClassVar[Notation] = UNICODE
    """The signs that the terminal has; set before the first lesson is opened."""

    colours: ClassVar[str] = ""
    """The theme to begin with; "" for Textual's own choice."""

    view: reactive[View | None] = reactive(None, layout=False, repaint=False)

    def __init__(self) -> None:
        super().__init__()
        self.animation_level = "none"
        for theme in OURS:
            self.register_theme(theme)
        if self.colours:
            self.theme = self.colours
        elif self.console.color_system == "standard":
            # Of sixteen colours, those meant for millions become greys that can't be told apart.
            self.theme = SIXTEEN_COLOURS
        self._frame = Frame(is_plain=not self.notation.unicode)
        self._runner = Runner(self)
        self._numbers = Numbers(self._runner, self.notation)

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Sends what is to change, where Textual would send all that it has drawn."""
        if isinstance(renderable, LayoutUpdate | ChopsUpdate):
            renderable = cast("RenderableType", Drawn(self._frame, renderable, self.size))
        super()._display(screen, renderable)

    # What subclasses say

    @property
    def state(self) -> State:
        """Where the lesson stands."""
        raise NotImplementedError

    def append(self, *events: Event) -> None:
        """Takes events in. Raises `Refusal`, and nothing changes."""
        raise NotImplementedError

    @property
    def speed(self) -> int | None:
        """How many iterations a second the lesson plays; None where it does not."""
        return None

    @property
    def banner(self) -> str:
        """What has to be said for as long as it is so."""
        return ""

    @property
    def is_changed(self) -> bool:
        """Whether there are changes that somebody may want to save."""
        return False

    @property
    def file_name(self) -> str:
        """What a lesson without a title is called."""
        return ""

    @property
    def is_untouched(self) -> bool:
        """Whether nothing has happened yet to a lesson that is to be taught."""
        return False

    @property
    def is_guest(self) -> bool:
        """Whether somebody else teaches."""
        return False

    @property
    def strip(self) -> Strip | None:
        """The lesson as a strip of film, in a replay."""
        return None

    # The screen

    def get_default_screen(self) -> LessonScreen:
        """The screen below all dialogs."""
        return LessonScreen(self)

    @property
    def lesson_screen(self) -> LessonScreen:
        """The screen below all dialogs, once it is there."""
        screen = self.screen_stack[0]
        assert isinstance(screen, LessonScreen)  # noqa: S101 - get_default_screen made it
        return screen

    def compose(self) -> ComposeResult:
        """The lines, and between them the panes."""
        yield Header(id="header").data_bind(LessonApp.view)
        yield Banner(id="banner").data_bind(LessonApp.view)
        yield PaneTabs({pane: name for pane, name in PANE_NAMES.items() if pane != "compare"}, id="tabs")
        with Horizontal(id="main"):
            with Vertical(id="left"):
                yield DataPane(id="data").data_bind(LessonApp.view)
                yield SettingsPane(id="settings").data_bind(LessonApp.view)
                yield Results(id="results").data_bind(LessonApp.view)
                yield ChartPane(id="cost").data_bind(LessonApp.view)
            with Vertical(id="right"):
                yield ForwardBoard("Forward", id="forward").data_bind(LessonApp.view)
                yield BackwardBoard("Backward", id="backward").data_bind(LessonApp.view)
                yield ComparePane("Compare", id="compare").data_bind(LessonApp.view)
                yield ExplainPane(id="explain").data_bind(LessonApp.view)
                yield StepBoard("Step", id="step").data_bind(LessonApp.view)
        yield Timeline(id="timeline").data_bind(LessonApp.view)
        yield KeyLine(id="keys")
        yield Static("tui-nn needs a terminal of at least 60 columns and 20 lines.", id="too-small", markup=False)

    def on_resize(self) -> None:
        """Draws all again: a terminal that became smaller and larger again has forgotten what was there."""
        self._frame.forget()

    def on_mount(self) -> None:
        """Shows the first iteration. Textual calls this after what a subclass does here, which need not call it."""
        self.app_resume_signal.subscribe(self, lambda _: self.action_redraw())
        self.show_from_the_start()
        if sys.__stdin__ is not None and sys.__stdin__.isatty():
            self.set_interval(_WATCH_SECONDS, self.look_after)

    def on_ready(self) -> None:
        """Trains on once the first screen is there: the threads of training and of the chart would hold it up."""
        self.train()
        self.query_one(ChartPane).load()
        if not gc.isenabled():
            # What is there now stays: to look through it again and again would hold up keys, for 50 ms at a time.
            gc.freeze()
            gc.enable()

    def show_from_the_start(self) -> None:
        """Shows a lesson that has just been opened, at the pane that was looked at last."""
        self.show()
        self.lesson_screen.show_pane(self.state.pane)

    def say_what_was_left_out(self, lesson: Lesson) -> None:
        """Says how much of a lesson's file belonged to an event that was cut off."""
        if lesson.left_out:
            self.notify(f"{lesson.left_out} bytes of an event that was cut off were left out.", markup=False)

    def look_after(self) -> None:
        """What is seen to every now and then: ends a process whose terminal is gone.

        Where hangups are ignored (nohup), nothing else would.
        """
        try:
            termios.tcgetattr(0)
        except (termios.error, OSError):
            os._exit(1)

    def dispatch(self, *events: Event) -> None:
        """The only writer: into the log, then onto the screen. Raises `Refusal`, and nothing changes."""
        before = self.state.branches
        self.append(*events)
        self.show_state(before)

    def edit(self, edit: Edit) -> None:
        """Makes an edit. Raises `Refusal` where it can't be."""
        self.dispatch(edit)

    def show_state(self, before: object) -> None:
        """Shows the state of now, and trains where its runs are not those of ``before``."""
        if self.state.branches is not before:
            self.train()
        self.show()

    def train(self) -> None:
        """Computes the run shown, then those beside it."""
        branches = self.state.branches
        order = [branches.current, *(branch for branch in branches.all if branch is not branches.current)]
        self._runner.extend([(self.run_of(branch), branch.course.document.iterations) for branch in order])

    def run_of(self, branch: Branch) -> Run:
        """The run of a branch, with its first iteration at least."""
        return self._numbers.run_of(branch)

    def show(self) -> None:
        """Gives every pane what it has to show now."""
        state = self.state
        self.view = replace(
            self._numbers.view(state),
            speed=self.speed,
            changed=self.is_changed,
            file_name=self.file_name,
            banner=self.banner,
            is_guest=self.is_guest,
            strip=self.strip,
            is_untouched=self.is_untouched,
        )
        shows_cell = state.pane in ("forward", "backward") and self.view.selected is not None
        self.lesson_screen.show_explanation(shows_cell or state.pane == "explain")
        self.lesson_screen.show_comparison(len(state.branches.all) > 1)
        self.lesson_screen.show_keys()

    @on(Runner.Progressed)
    def show_progress(self) -> None:
        """Shows how far the run is."""
        self.show()

    @on(Runner.Recalled)
    def show_recalled(self, message: Runner.Recalled) -> None:
        """Shows an iteration that took its time."""
        if message.run is self.run_of(self.state.branches.current):
            self._numbers.keep(message.run, message.iteration, message.computed)
            self.show()

    # What the screen asks and tells

    def notify(self, message: str, *, severity: SeverityLevel = "information", **how: Any) -> None:
        """Says something for a while; only an error stays beside what is said after it."""
        if severity == "information":
            for said in [one for one in self._notifications if one.severity == severity]:
                self._unnotify(said)
        super().notify(message, severity=severity, **how)

    @property
    def places(self) -> list[str]:
        """Which commands apply, beside those of the pane with the keys."""
        walking = [] if self.lesson_screen.focused else [MOVING]
        return [*walking, PANES, *(place for place in self.COMMANDS_OF if place != MOVING)]

    @property
    def is_playing(self) -> bool:
        """Whether the lesson plays."""
        return self.speed is not None

    def turned_to(self, pane: str) -> None:
        """Takes note of the pane that is looked at."""
        if pane != self.state.pane:
            self.dispatch(Looked(pane))

    def left_pane(self) -> None:
        """The step is looked at again."""
        self.turned_to(STEP)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Dialogs do not open where there is no room for one."""
        if action in _ROOMY and not has_room(self.size):
            return False
        return super().check_action(action, parameters)

    def ask(
        self,
        question: str,
        understand: Callable[[str], Any],
        then: Callable[[Any], None],
        value: str = "",
        *,
        is_typed: bool = False,
    ) -> None:
        """Asks for a line, until ``understand`` does not refuse it; ``then`` gets what it makes of it.

        What ``then`` refuses, because the lesson has changed meanwhile or has no room for it, is said in a notice.
        """
        from tui_nn.dashboard.dialogs import Ask

        def check(text: str) -> str | None:
            try:
                understand(text)
            except Refusal as refusal:
                return refusal_sentence(refusal)
            return None

        def answered(text: str | None) -> None:
            if text is not None:
                try:
                    then(understand(text))
                except Refusal as refusal:
                    self.notify(refusal_sentence(refusal), severity="error", markup=False)

        self.push_screen(Ask(question, value, check, is_typed=is_typed), answered)

    def action_redraw(self) -> None:
        """Draws all of the screen again, whatever the terminal shows."""
        self._frame.forget()
        self.refresh()

    async def action_quit(self) -> None:
        """Leaves."""
        self.exit()

    def action_help(self) -> None:
        """Shows all keys, those of this place first; the one that is chosen is pressed."""
        from tui_nn.dashboard.dialogs import Help

        screen = self.lesson_screen
        places = tuple(dict.fromkeys((*screen.places, PANES, *self.COMMANDS_OF)))
        self.push_screen(Help(screen.pane, places, is_guest=self.is_guest, unicode=self.notation.unicode), self._do)

    def _do(self, command: Command | None) -> None:
        if command:
            self.call_later(self.lesson_screen.do, command)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:  # noqa: ARG002 - Textual's
        """Every command that applies, every pane, and every theme."""
        for command in COMMANDS:
            is_ours = command.where in (PANES, *self.COMMANDS_OF, *PANES_OF) and not (self.is_guest and command.edits)
            is_here = is_ours and command.is_a_choice and command.action != "command_palette"
            key = command.named(unicode=self.notation.unicode)
            if is_here and (command.where in PANES_OF or self._applies(command)):
                yield SystemCommand(command.help, f"key: {key}", partial(self._do, command))
        for pane in self.lesson_screen.panes:
            go = partial(self.lesson_screen.go_to_pane, pane)
            yield SystemCommand(f"Pane: {PANE_NAMES[pane]}", PANE_HELP[pane].sentence, go)
        for name in sorted(self.available_themes):
            yield SystemCommand(f"Theme: {name}", "Choose these colours", partial(setattr, self, "theme", name))

    def _applies(self, command: Command) -> bool:
        owner = self.lesson_screen if command.where == PANES else self
        return bool(owner.check_action(command.action, ()))


def run(first: LessonApp) -> int:
    """Opens the dashboard, and what follows it, until somebody leaves; gives the exit code."""
    app: App[Following] = first
    while True:
        following = app.run()
        if following is None:
            return app.return_code or 0
        app = following()
