"""Compares a student's numbers with the lesson's, goes to the first difference, notes it, and puts them away."""

from collections.abc import Mapping
from functools import partial

from tui_nn.dashboard.features.controller import LessonController
from tui_nn.dashboard.features.feature import Action, Feature
from tui_nn.dashboard.features.moving.navigation import Navigation
from tui_nn.dashboard.panes.diagnosis import DiagnosisPane
from tui_nn.dashboard.panes.registry import STEP
from tui_nn.dashboard.view_model.worker import BackgroundWorker
from tui_nn.language import _
from tui_nn.network import ValidationError
from tui_nn.network.formulas.expression import factors, symbols
from tui_nn.session import limits, validation
from tui_nn.session.compared_numbers import ComparedNumbers, FirstDifferingCell
from tui_nn.session.events import Event, Moved, Noted, NumbersCompared, NumbersPutAway, Selected
from tui_nn.session.reducer import apply_event
from tui_nn.writing.sentences.steps_and_errors import error_sentence

_NONE = _("No student's numbers are compared with the lesson's: j compares some.")
_ALL_AGREE = _("Nothing differs: there is no first difference.")


class Comparing(Feature):
    """Asks for a student's numbers, and leads to where they first differ."""

    def __init__(self, lesson: LessonController, navigation: Navigation) -> None:
        super().__init__(lesson)
        self._navigation = navigation

    @property
    def actions(self) -> Mapping[str, Action]:
        return {
            "compare_numbers": self._ask_for_numbers,
            "first_difference": self._go_to_first,
            "note_difference": self._ask_for_note,
        }

    def _ask_for_numbers(self) -> None:
        from tui_nn.dashboard.dialogs.numbers_dialog import NumbersDialog

        self._navigation.pause()
        self.app.push_screen(NumbersDialog(self.state.plan, self.files), self._take)

    def _take(self, compared: NumbersCompared | None) -> None:
        if compared:
            with self.lesson.saying_refusals():
                self.screen.go_to_pane(DiagnosisPane.info.name, compared)

    def _go_to_first(self) -> None:
        self.go_to("")

    def go_to(self, acts_in: str) -> bool:
        """Goes to the first difference or, with the name of a matrix, to the step of its iteration that computes it.

        A start acts in iteration 1; what no step computes, such as the learning rate, in the first step that uses it.
        Returns False if nothing differs.
        """
        compared = self._compared_or_say()
        if compared is None:
            return False
        if compared.first is None:
            self.say(_ALL_AGREE)
            return False
        place = self._place_of(compared, compared.first, acts_in) if acts_in else compared.first
        events = (*self._navigation.stopped(), *self._events_to(place))
        try:
            if self.screen.shows_step_at(self.screen.pane):
                self.lesson.dispatch(*events)
            else:
                self.screen.turn_to(STEP, *events)
        except ValidationError as refusal:
            # An edit may have shortened the run.
            self.say(error_sentence(refusal))
            return False
        return True

    def _place_of(self, compared: ComparedNumbers, first: FirstDifferingCell, acts_in: str) -> FirstDifferingCell:
        """The cell of a matrix in which a mistake acts: the first that differs or, if none does, its first one."""
        from tui_nn.dashboard.view_model.their_numbers import their_numbers

        is_start = acts_in in self.state.document.network.shapes
        iteration = 1 if is_start else first.iteration
        run = self.lesson.run
        computed = BackgroundWorker.pass_if_quick(run, iteration) if iteration <= run.last else None
        theirs = their_numbers(compared, iteration, computed.matrices, (acts_in,)) if computed else {}
        cells = theirs[acts_in].cells() if acts_in in theirs else iter(())
        row, column, _number = next(cells, (1, 1, 0.0))
        return FirstDifferingCell(iteration, acts_in, row, column)

    def _events_to(self, first: FirstDifferingCell) -> tuple[Event, ...]:
        name = "J" if first.matrix == "cost" else first.matrix
        moved = Moved(first.iteration, self._step_of(name))
        selected = Selected(name, first.row, first.column)
        try:
            apply_event(apply_event(self.state, moved), selected)
        except ValidationError:
            # Their matrix may have cells that the lesson's has not.
            return (moved,)
        return moved, selected

    def _step_of(self, name: str) -> str:
        """The step that computes a matrix, or the first one that uses it or a number."""
        every = self.view.equations if self.view else ()
        computing = (one.step.name for one in every if one.name == name)
        using = (one.step.name for one in every if name in symbols(one.expression) | factors(one.expression))
        return next(computing, next(using, self.state.step.name))

    def _ask_for_note(self) -> None:
        """Asks for a note at the first difference; it says at first what the pane says."""
        from tui_nn.dashboard.dialogs.ask import ask
        from tui_nn.dashboard.panes.parts.diagnosis_lines import note_text

        if not self.go_to("") or not self.view:
            return
        proposed = note_text(self.view)[: limits.NOTE_LENGTH]
        understand = partial(validation.note, "text")
        ask(
            self.app,
            _("A note for the class, at this step:"),
            understand,
            lambda text: self.lesson.dispatch(Noted(text)),
            proposed,
            is_typed=True,
        )

    def put_away(self) -> None:
        """Takes the student's numbers off the screen."""
        if self._compared_or_say():
            self.lesson.dispatch(NumbersPutAway())
            if self.lesson.is_viewer:
                self.say(_("The student's numbers are put away."))
            else:
                self.say(_("The student's numbers are put away. u brings them back."))

    def _compared_or_say(self) -> ComparedNumbers | None:
        if self.state.compared is None:
            self.say(_NONE)
        return self.state.compared
