"""A screen over the lesson that computes something in a thread, says how far it is, and then shows it."""

from collections.abc import Callable
from time import monotonic
from typing import ClassVar, TypeVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Label
from textual.worker import get_current_worker

from tui_nn.dashboard.charts.dots import plotext_or_none
from tui_nn.dashboard.dialogs.over_lesson import ScreenOverLesson
from tui_nn.dashboard.terminal.ordered_input import give_way_to_keys
from tui_nn.language import _
from tui_nn.network import ValidationError
from tui_nn.writing.sentences.steps_and_errors import error_sentence

_PROGRESS_SECONDS = 0.2

Answer = TypeVar("Answer")


class ComputingScreen(ScreenOverLesson[Answer]):
    """Computes in a thread once it is shown; Esc stops that, and closes the screen.

    A subclass has a label ``#summary``, which says `waiting` while the thread computes. Its `compute` is what the
    thread does, and its `show_result` what becomes of that.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "dismiss(None)", "Back")]
    waiting: str
    """What is being computed: ``Training from 1 000 starts …``."""

    class Progressed(Message):
        """A share of the work, from 0 to 1, is done."""

        def __init__(self, share: float) -> None:
            super().__init__()
            self.share = share

    class Failed(Message):
        """Nothing can be computed; ``sentence`` says why."""

        def __init__(self, sentence: str) -> None:
            super().__init__()
            self.sentence = sentence

    class Done(Message):
        """All is computed."""

        def __init__(self, result: object) -> None:
            super().__init__()
            self.result = result

    def compute(self, stop: Callable[[], bool], progress: Callable[[float], None]) -> object:
        """What the thread computes. It asks ``stop`` and tells ``progress`` now and then.

        Raises `ValidationError` if it can't be computed.
        """
        raise NotImplementedError

    def show_result(self, result: object) -> None:
        """Shows what `compute` gave."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Begins to compute."""
        self.run_worker(self._compute_in_thread, thread=True)

    def _compute_in_thread(self) -> None:
        worker = get_current_worker()
        told = monotonic()

        def progress(share: float) -> None:
            nonlocal told
            if monotonic() - told > _PROGRESS_SECONDS:
                told = monotonic()
                self.post_message(self.Progressed(share))

        def stop() -> bool:
            give_way_to_keys(self.app)
            return worker.is_cancelled

        plotext_or_none()
        try:
            result = self.compute(stop, progress)
        except ValidationError as error:
            self.post_message(self.Failed(error_sentence(error)))
        else:
            if not worker.is_cancelled:
                self.post_message(self.Done(result))

    @on(Progressed)
    def _show_progress(self, message: Progressed) -> None:
        percent = f"{100 * message.share:.0f}"
        says = _("{waiting} {percent} %   Esc: stop", waiting=self.waiting, percent=percent)
        self.query_one("#summary", Label).update(Content(says))

    @on(Failed)
    def _show_error(self, message: Failed) -> None:
        self.query_one("#summary", Label).update(Content(message.sentence))

    @on(Done)
    def _show_result(self, message: Done) -> None:
        self.show_result(message.result)
