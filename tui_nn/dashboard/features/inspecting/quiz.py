"""The quiz: goes to the next question, and adds new questions to the lesson."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from tui_nn.dashboard.features.controller import LessonController
from tui_nn.dashboard.features.feature import Action, Feature
from tui_nn.dashboard.features.inspecting.explaining import Explaining
from tui_nn.dashboard.panes.quiz import QuizPane
from tui_nn.language import _
from tui_nn.network import ValidationError
from tui_nn.session import input_parsing, limits, validation
from tui_nn.session.events import QuestionAsked, QuestionOpened
from tui_nn.session.quiz.questions import CELL, MATRIX, ROW, SHAPE, SIGN, TOLERANCE
from tui_nn.session.reducer import apply_event

_KEYS = {"c": CELL, "r": ROW, "s": SIGN, "h": SHAPE, "m": MATRIX}
_NEXT = "n"


class Quiz(Feature):
    """Goes to the questions of the lesson. A teacher also adds new ones."""

    def __init__(self, lesson: LessonController, explaining: Explaining) -> None:
        super().__init__(lesson)
        self._explaining = explaining

    @property
    def actions(self) -> Mapping[str, Action]:
        return {"predict": self._go_to_next, "question": self._ask_what}

    def _go_to_next(self) -> None:
        """Goes to the next question without an answer; a teacher without questions is asked for one."""
        state = self.state
        following = self._following()
        if not following and not state.questions and self.lesson.may_make(QuestionAsked):
            self._ask_what()
            return
        self.screen.go_to_pane(QuizPane.info.name, *(self._events_to(following[0]) if following else ()))
        if not following and not state.questions.keys() <= state.answers.keys():
            self.say(_("The questions left can't be answered: they ask about numbers that this lesson does not have."))
        elif not following and state.questions:
            self.say(_("All questions are answered."))

    def _following(self) -> tuple[int, ...]:
        """The numbers of the questions that may come next, the first of them first."""
        state = self.state
        can_be = [one for one in state.open_questions if self._can_be_gone_to(one)]
        shown = state.questions.get(state.question_shown)
        came_from_it = shown is not None and (shown.iteration, shown.step) == (state.iteration, state.step.name)
        # If the user came here by steps, the question that waits here comes next. If a question led here, the one after
        # it comes next; but the same one stays if the quiz is not in sight yet, or if the teacher is at it.
        stays = came_from_it and (self.lesson.is_viewer or self.screen.pane != QuizPane.info.name)
        waiting = (
            (state.question_shown,)
            if stays and state.question_shown in can_be
            else ()
            if came_from_it
            else state.open_questions_here
        )
        here = [one for one in waiting if state.questions[one].step == state.step.name]
        later = [one for one in can_be if one > state.question_shown]
        return (*here, *later, *can_be)

    def _can_be_gone_to(self, number: int) -> bool:
        """Whether what a question asks about is still there, after all edits."""
        try:
            apply_event(self.state, QuestionOpened(number))
        except ValidationError:
            return False
        return True

    def _events_to(self, number: int) -> tuple[QuestionOpened, ...]:
        """The event that goes to a question; none if the lesson is there, so that a viewer stays with the teacher."""
        question, state = self.state.questions[number], self.state
        is_there = (question.iteration, question.step) == (state.iteration, state.step.name)
        return () if number == state.question_shown and is_there else (QuestionOpened(number),)

    def _ask_what(self) -> None:
        """Asks what the class is to predict at this step. The question waits here until it is answered."""
        from tui_nn.dashboard.dialogs.questions import ChoiceDialog

        if events := self._explaining.cell_of_step():
            self.lesson.dispatch(*events)
        selected = self.state.selected("matrices")
        assert selected is not None  # noqa: S101 - a cell is selected now
        name = self.notation.name
        of = name(selected.matrix)
        cell = f"{of}[{selected.row},{selected.column}]"
        answers = [
            ("c", _("the number {cell}", cell=cell)),
            ("s", _("the sign of {cell}", cell=cell)),
            ("r", _("row {row} of {matrix}", row=selected.row, matrix=of)),
            ("h", _("the shape of {matrix}", matrix=of)),
            ("m", _("all of {matrix}", matrix=of)),
        ]
        if following := self._next_matrix:
            answers.append((_NEXT, _("all of the next matrix, {matrix}", matrix=name(following))))

        def chosen(key: str | None) -> None:
            if key == _NEXT:
                self._ask_for_tolerance(QuestionAsked(MATRIX, following))
            elif key:
                self._ask_for_tolerance(QuestionAsked(_KEYS[key], selected.matrix, selected.row, selected.column))

        question = _("What is to be predicted at this step? It is hidden until it is answered.")
        self.app.push_screen(ChoiceDialog(question, answers), chosen)

    @property
    def _next_matrix(self) -> str:
        """What the step after this one computes; "" at the update."""
        names = [step.name for step in self.state.steps]
        place = names.index(self.state.step.name) + 1
        return names[place] if place < len(names) - 1 else ""

    def _ask_for_tolerance(self, asked: QuestionAsked) -> None:
        if asked.ask in (SIGN, SHAPE):
            self._ask_for_words(asked)
            return
        from tui_nn.dashboard.dialogs.ask import ask

        question = _("How near has an answer to come, in percent of the number?")
        ask(self.app, question, _percent, partial(self._add_within, asked), f"{100 * TOLERANCE:g}")

    def _add_within(self, asked: QuestionAsked, tolerance: float) -> None:
        self._ask_for_words(replace(asked, tolerance=tolerance))

    def _ask_for_words(self, asked: QuestionAsked) -> None:
        from tui_nn.dashboard.dialogs.ask import ask

        def take(words: str) -> None:
            self._add(replace(asked, text=words))

        ask(self.app, _("In which words? Nothing stands for the usual ones."), _words, take)

    def _add(self, asked: QuestionAsked) -> None:
        self.lesson.dispatch(asked)
        self.say(_("Question {number} is asked here; P answers it.", number=max(self.state.questions)), seconds=4)


def _words(text: str) -> str:
    return validation.text("text", text.strip(), limits.NOTE_LENGTH)


def _percent(text: str) -> float:
    percent = input_parsing.parse_number(text.strip().removesuffix("%"))
    if not 0 <= percent <= 100:
        raise ValidationError("value", text.strip(), _("a number of percent, from 0 to 100"))
    return percent / 100
