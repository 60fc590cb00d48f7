"""The lesson on the screen: takes events in, trains its runs, and gives the panes what they show."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any, Protocol

from tui_nn import decimal_sign
from tui_nn.dashboard.charts.registry import CHARTS
from tui_nn.dashboard.dialogs.user_files import UserFiles
from tui_nn.dashboard.features.training import Training
from tui_nn.dashboard.panes.registry import PANE_CLASSES
from tui_nn.dashboard.screens.main import LessonScreen
from tui_nn.dashboard.terminal.terminal_app import TerminalApp
from tui_nn.dashboard.view_model.builder import ViewBuilder, runs_of_a_lesson
from tui_nn.dashboard.view_model.view import ReplayPosition, View
from tui_nn.dashboard.view_model.worker import BackgroundWorker
from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network import Agreement, Run, ValidationError
from tui_nn.session.events import Event, Moved, PaneChosen, QuestionOpened
from tui_nn.session.runs.branches import Branch, Branches
from tui_nn.session.runs.run_cache import RunCache
from tui_nn.session.state import State
from tui_nn.writing.notation.signs import Notation
from tui_nn.writing.sentences.steps_and_errors import error_sentence


class LessonSession(Protocol):
    """Where the events of a lesson go: into the teacher's log, or into a viewer's own place in the lesson."""

    @property
    def state(self) -> State:
        """Where the lesson stands."""

    def append(self, *events: Event) -> None:
        """Takes events in. Raises `ValidationError`, and then takes none of them."""

    def append_while_playing(self, event: Moved) -> None:
        """Takes in one of the many moves of a lesson that plays."""


@frozen_dataclass
class Status:
    """What the screen says of a lesson besides its numbers; the fields mean what those of `View` do."""

    speed: int | None = None
    banner: str = ""
    file_name: str = ""
    is_changed: bool = False
    is_untouched: bool = False
    counted_answers: frozenset[int] | None = None
    replay_position: ReplayPosition | None = None


class LessonController:
    """One lesson on the screen. Every event goes through here: first into the session, then onto the screen.

    ``status`` gives what the screen says besides the numbers; ``present`` shows a view. ``files`` are the user's.
    """

    def __init__(
        self,
        app: TerminalApp[Any],
        files: UserFiles,
        status: Callable[[], Status],
        present: Callable[[View], None],
        *,
        is_viewer: bool,
    ) -> None:
        self.app = app
        self.files = files
        self.is_viewer = is_viewer
        """Whether somebody else teaches the lesson."""
        self.view: View | None = None
        """What the screen shows; None before the first view."""
        self._status, self._present = status, present
        self._held: tuple[Event, ...] = ()
        self._worker = BackgroundWorker(app)
        self.training = Training(self._worker, self._runs)

    def open(self, session: LessonSession, runs: RunCache | None = None) -> None:
        """Takes another lesson; `show` shows it. ``runs`` keeps its runs, if others in this process show it as well."""
        self.session = session
        self.builder = ViewBuilder(self._worker, self.app.notation, runs or runs_of_a_lesson())

    @property
    def state(self) -> State:
        """Where the lesson stands."""
        return self.session.state

    @property
    def screen(self) -> LessonScreen:
        """The screen below all dialogs."""
        screen = self.app.screen_stack[0]
        assert isinstance(screen, LessonScreen)  # noqa: S101 - LessonApp.get_default_screen made it
        return screen

    @property
    def notation(self) -> Notation:
        """The signs that the terminal has."""
        return self.app.notation

    def may_make(self, *kinds: type[Event]) -> bool:
        """Whether the user may make events of all these classes: a viewer only those whose class says so."""
        return not self.is_viewer or all(kind.viewer_may_make for kind in kinds)

    @property
    def shown_iteration(self) -> int:
        """The iteration on the screen: where a run overflows before the lesson's iteration, the one where it does."""
        return self.view.iteration if self.view else self.state.iteration

    @property
    def last_iteration(self) -> int:
        """The last iteration that the run shown comes to."""
        return self.view.last_iteration if self.view else self.state.document.iterations

    def run_of(self, branch: Branch) -> Run:
        """The run of a branch, with its first iteration at least."""
        return self.builder.run_of(branch)

    @property
    def run(self) -> Run:
        """The run shown."""
        return self.run_of(self.state.branches.current)

    def _runs(self) -> list[tuple[Run, int]]:
        """All runs with their last iterations, the one shown first."""
        branches = self.state.branches
        order = [branches.current, *(branch for branch in branches.all if branch is not branches.current)]
        return [(self.run_of(branch), branch.plan.document.iterations) for branch in order]

    def dispatch(self, *events: Event) -> None:
        """Takes events into the session, then shows the new state. Raises `ValidationError`, and nothing changes."""
        before = self.state.branches
        self.session.append(*self._held, *events)
        self._held = ()
        self.show_state(before)

    @contextmanager
    def saying_refusals(self, seconds: float | None = None) -> Iterator[None]:
        """Shows why an event dispatched inside is refused, for so many seconds."""
        try:
            yield
        except ValidationError as refusal:
            self.app.notify(error_sentence(refusal), severity="error", timeout=seconds, markup=False)

    def turned_to(self, pane: str, *events: Event) -> None:
        """Takes in that the user turned to a pane, and the events that go with it, as one change."""
        events = self._turn(pane, events)
        if events:
            self.dispatch(*events)

    def _turn(self, pane: str, events: tuple[Event, ...] = ()) -> tuple[Event, ...]:
        """``events`` and `PaneChosen`; without the latter if the lesson stands at ``pane`` already."""
        if pane != self.state.pane:
            if not events and self.view:
                events = PANE_CLASSES[pane].events_on_arrival(self.view)
            # A replay stops at the event that opens a question: the quiz must be in sight by then.
            comes_first = any(isinstance(event, QuestionOpened) for event in events)
            events = (PaneChosen(pane), *events) if comes_first else (*events, PaneChosen(pane))
        return events

    def turning_to(self, pane: str) -> AbstractContextManager[None]:
        """Takes in that the user turned to a pane, as one change with the first events dispatched inside."""
        return self.beginning_with(*self._turn(pane))

    @contextmanager
    def beginning_with(self, *events: Event) -> Iterator[None]:
        """Takes ``events`` in as one change with the first events dispatched inside; alone if those are refused."""
        self._held = (*self._held, *events)
        try:
            yield
        finally:
            if self._held:
                self.dispatch()

    def show_state(self, before: Branches) -> None:
        """Shows the state, and trains its runs if they are not the runs of ``before``.

        Training that the user stopped goes on only if there is a new run.
        """
        branches = self.state.branches
        known = {branch.plan for branch in before.all}
        is_new = any(branch.plan not in known for branch in branches.all)
        if branches is not before and (is_new or not self.training.has_stopped):
            self.training.start()
        self.show()

    def show(self) -> None:
        """Gives the panes what they have to show now."""
        status, state = self._status(), self.state
        if decimal_sign.is_comma():
            decimal_sign.keep((status.file_name, *state.texts))
        view = self.view = replace(
            self.builder.view(state),
            **vars(status),
            is_viewer=self.is_viewer,
            has_stopped=self.training.has_stopped,
            led_to=self.screen.led_to,
        )
        if view.check and (PANE_CLASSES[state.pane].needs_check or CHARTS[state.chart].needs_check):
            self._worker.measure(view.check, view.checked_place, view.mistaken_equations)
        self._present(view)

    def keep_agreement(self, run: Run, agreed: Agreement) -> None:
        """Keeps how many digits of ``run`` can be relied on; shows it only where a pane then says something else."""
        self.builder.keep_agreement(run, agreed)
        view = self.view
        if view and view.run is run and replace(view, agreement=agreed).notes != view.notes:
            self.show()

    def progressed(self) -> None:
        """Shows how far the runs are."""
        self.training.progressed()
        self.builder.progressed()
        self.show()
