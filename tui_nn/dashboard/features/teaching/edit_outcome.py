"""Says what an edit did to the run, without going there, once the new run is computed."""

from collections.abc import Iterator
from contextlib import contextmanager

from tui_nn.dashboard.features.controller import LessonController
from tui_nn.network import Run
from tui_nn.session.display_choices import AHEAD_HIDDEN
from tui_nn.session.quiz.hidden_numbers import hidden_at
from tui_nn.writing.sentences.edit_outcomes import RunEnd, outcome_sentence

_READING_SECONDS = 6


class EditOutcome:
    """Compares the last J of the run with that of the run before an edit, in one notice with what else is said."""

    def __init__(self, lesson: LessonController) -> None:
        self._lesson = lesson
        self._awaited: tuple[Run, RunEnd | None] | None = None
        """The run whose end is to be told, and the end of the run before; None if nothing is to be told."""

    @contextmanager
    def told(self) -> Iterator[None]:
        """Tells how the run ends, if what is done inside changes that; the notices of before are no longer true."""
        run, before = self._lesson.run, self._end()
        self._lesson.app.withdraw_notices()
        yield
        if self._lesson.run is not run or self._end() != before:
            self._awaited = self._lesson.run, before
            # Later, twice: whoever makes the edit may say something of it first, and Textual shows that later as well.
            app = self._lesson.app
            app.call_later(app.call_later, self.tell)

    def tell(self) -> None:
        """Tells the end of the run if that is awaited and computed, unless it is hidden or asked for."""
        if not self._awaited:
            return
        run, before = self._awaited
        if run is not self._lesson.run:
            self._awaited = None
        elif now := self._end():
            self._awaited = None
            if not self._is_hidden(now) and (says := outcome_sentence(now, before)):
                self._lesson.app.add_to_notice(says, _READING_SECONDS)

    def _end(self) -> RunEnd | None:
        """Where the run shown ends; None while it is being computed."""
        run, last = self._lesson.run, self._lesson.state.document.iterations
        kind = run.network.cost, run.network.reduction
        if run.overflow and run.overflow.iteration <= last:
            return RunEnd(run.overflow.iteration, None, kind)
        if run.stopped:
            last = min(last, run.stopped.iteration)
        return RunEnd(last, run.cost(last), kind) if run.reached >= last else None

    def _is_hidden(self, end: RunEnd) -> bool:
        state = self._lesson.state
        is_ahead = end.iteration > self._lesson.shown_iteration and state.ahead_style == AHEAD_HIDDEN
        return is_ahead or "J" in hidden_at(state, end.iteration).matrices
