"""Questions: the next one is answered, another one is asked."""

from dataclasses import replace
from functools import partial

from tui_nn.dashboard.features.display_options import LookingApp
from tui_nn.network import ValidationError
from tui_nn.session import input_parsing, limits, validation
from tui_nn.session.events import Asked, Posed
from tui_nn.session.quiz.questions import CELL, MATRIX, ROW, SHAPE, SIGN, TOLERANCE
from tui_nn.session.reducer import apply_event
from tui_nn.writing.sentences.steps_and_errors import error_sentence

_KEYS = {"c": CELL, "r": ROW, "s": SIGN, "h": SHAPE, "m": MATRIX}
_NEXT = "n"


class AskingApp(LookingApp):
    """A lesson that asks, and waits for an answer."""

    def action_predict(self) -> None:
        """Goes to the next question without an answer: one of this step, one after the last gone to, or the first."""
        state = self.state
        can_be = [one for one in state.open_questions if self._can_be_gone_to(one)]
        posed = state.questions.get(state.posed)
        came_from_it = posed is not None and (posed.iteration, posed.step) == (state.iteration, state.step.name)
        # Whoever walked here is asked what waits here; whoever goes from question to question, the next one. One that
        # the lesson stands at stays, where its pane has to be gone to, or where it is the teacher's.
        stays = came_from_it and (self.is_guest or self.lesson_screen.pane != "quiz")
        waiting = (state.posed,) if stays and state.posed in can_be else () if came_from_it else state.asked_here
        here = [one for one in waiting if state.questions[one].step == state.step.name]
        later = [one for one in can_be if one > state.posed]
        following = (*here, *later, *can_be)
        if not following and not self.is_guest and not state.questions:
            self.action_question()
            return
        self.lesson_screen.go_to_pane("quiz")
        if following:
            self._go_to_question(following[0])
        elif state.open_questions:
            says = "The questions that are left ask about what this lesson has no more."
            self.notify(says, timeout=3, markup=False)
        elif state.questions:
            self.notify("All questions are answered.", timeout=3, markup=False)

    def _can_be_gone_to(self, number: int) -> bool:
        """Whether there still is what a question asks about, after all edits."""
        try:
            apply_event(self.state, Posed(number))
        except ValidationError:
            return False
        return True

    def _go_to_question(self, number: int) -> None:
        question, state = self.state.questions[number], self.state
        is_there = (question.iteration, question.step) == (state.iteration, state.step.name)
        # Whoever is at the teacher's question need not leave the teacher for it.
        if number == state.posed and is_there:
            return
        try:
            self.dispatch(Posed(number))
        except ValidationError as refusal:
            self.notify(error_sentence(refusal), severity="error", markup=False)

    def action_question(self) -> None:
        """Asks what is to be predicted at this step; answers then wait for whoever comes here."""
        from tui_nn.dashboard.dialogs.questions import ChoiceDialog

        self._select_of_step()
        selected = self.state.selected("matrices")
        assert selected is not None  # noqa: S101 - it was just selected
        name = self.notation.name
        of = name(selected.matrix)
        cell = f"{of}[{selected.row},{selected.column}]"
        answers = [
            ("c", f"the number {cell}"),
            ("s", f"the sign of {cell}"),
            ("r", f"row {selected.row} of {of}"),
            ("h", f"the shape of {of}"),
            ("m", f"all of {of}"),
        ]
        if following := self._next_matrix:
            answers.append((_NEXT, f"all of the next matrix, {name(following)}"))

        def chosen(key: str | None) -> None:
            if key == _NEXT:
                self._ask_how_near(Asked(MATRIX, following))
            elif key:
                self._ask_how_near(Asked(_KEYS[key], selected.matrix, selected.row, selected.column))

        question = "What is to be predicted at this step? It is hidden until it is answered."
        self.push_screen(ChoiceDialog(question, answers), chosen)

    @property
    def _next_matrix(self) -> str:
        """What the step after this one computes; "" at the update."""
        names = [step.name for step in self.state.steps]
        place = names.index(self.state.step.name) + 1
        return names[place] if place < len(names) - 1 else ""

    def _ask_how_near(self, asked: Asked) -> None:
        if asked.ask in (SIGN, SHAPE):
            self._ask_for_words(asked)
            return
        question = "How near has an answer to come, in percent of the number?"
        self.ask(question, _percent, partial(self._put_within, asked), f"{100 * TOLERANCE:g}")

    def _put_within(self, asked: Asked, tolerance: float) -> None:
        self._ask_for_words(replace(asked, tolerance=tolerance))

    def _ask_for_words(self, asked: Asked) -> None:
        def take(words: str) -> None:
            self._put(replace(asked, text=words))

        self.ask("In which words? Nothing stands for the usual ones.", _words, take)

    def _put(self, asked: Asked) -> None:
        self.dispatch(asked)
        self.notify(f"Question {max(self.state.questions)} is asked here; P answers it.", timeout=4, markup=False)


def _words(text: str) -> str:
    return validation.text("text", text.strip(), limits.NOTE_LENGTH)


def _percent(text: str) -> float:
    percent = input_parsing.number(text.strip().removesuffix("%"))
    if not 0 <= percent <= 100:
        raise ValidationError("value", text.strip(), "a number of percent, from 0 to 100")
    return percent / 100
