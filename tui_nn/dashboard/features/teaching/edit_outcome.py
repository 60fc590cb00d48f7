"""Says what an edit did to the run, without going there, once the new run is computed."""

from collections.abc import Iterator
from contextlib import contextmanager

from tui_nn.dashboard.features.controller import LessonController
from tui_nn.network import Dataset, Run
from tui_nn.network.training.passes import mean_cost
from tui_nn.session.display_choices import AHEAD_HIDDEN
from tui_nn.session.quiz.hidden_numbers import hidden_at
from tui_nn.writing.notation.batch_text import has_batches
from tui_nn.writing.sentences.edit_outcomes import RunEnd, outcome_sentence

_READING_SECONDS = 6
_MOST_WORK = 20_000_000
"""So many multiplications take some hundredths of a second: a user does not notice that they hold up the next key."""


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
        run, document = self._lesson.run, self._lesson.state.document
        last = document.iterations
        kind = run.network.cost, run.network.reduction
        if run.overflow and run.overflow.iteration <= last:
            return RunEnd(run.overflow.iteration, None, kind)
        if run.stopped:
            last = min(last, run.stopped.iteration)
        if run.reached < last:
            return None
        return RunEnd(last, run.cost(last), kind, has_batches(document), _cost_of_all(run, document.dataset, last))

    def _is_hidden(self, end: RunEnd) -> bool:
        state = self._lesson.state
        is_ahead = end.iteration > self._lesson.shown_iteration and state.ahead_style == AHEAD_HIDDEN
        return is_ahead or "J" in hidden_at(state, end.iteration).matrices


def _cost_of_all(run: Run, dataset: Dataset, iteration: int) -> float | None:
    """The mean cost of all training rows in ``iteration``; None where it takes too long to compute."""
    if run.work_to(iteration) + dataset.training.rows * run.network.size > _MOST_WORK:
        return None
    return mean_cost(run.network, dataset.training, run.parameters(iteration))
