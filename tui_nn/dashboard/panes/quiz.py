"""The pane of the quiz: students predict what is hidden, then see the answer with its working."""

from collections.abc import Iterator
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Size

from tui_nn.dashboard.panes.parts.quiz_lines import ANSWER_FIELD, INDENT, question_lines, score
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line, surface_of
from tui_nn.dashboard.widgets.cell_typing import Typing
from tui_nn.dashboard.widgets.command import Command, bindings
from tui_nn.dashboard.widgets.dispatch import dispatch
from tui_nn.dashboard.widgets.editable_grid import EditableGrid
from tui_nn.dashboard.widgets.matrix_board import wrapped
from tui_nn.dashboard.widgets.pane import Column, PaneInfo
from tui_nn.network import ValidationError
from tui_nn.session.events import Answered, QuestionOpened, QuestionWithdrawn
from tui_nn.session.quiz.questions import SIGN
from tui_nn.writing.sentences.steps_and_errors import error_sentence

QUIZ = "In the quiz"
ANSWERING = "While typing an answer"
# The first letters of plus, positive, minus, negative and zero.
_SIGNS = frozenset("pmnz")
_FIELD = 20
# Of very many questions, those around the one gone to are written.
_BEFORE, _AT_ONCE = 10, 50


class QuizPane(EditableGrid):
    """Shows a line for each question, and below the current question its answer, the verdict and the working.

    It is a table of one column, with the cursor on the current question.
    """

    info = PaneInfo(
        name="quiz",
        title="Quiz",
        hint="type the answer",
        help="Predict what is hidden, then see it with its working.",
        column=Column.RIGHT,
        row=40,
        tab=110,
    )
    commands = (
        Command("", "", "0-9", "answer", "Type the answer: 0.25, 0,25, 1/4; 3x2; + or -; 1 2; 3 4", QUIZ),
        Command("", "enter", "Enter", "", "Type the answer", QUIZ),
        Command("", "", "↑ ↓", "questions", "The question before, the next one", QUIZ),
        Command("reveal", "a", "a", "show it", "Give up, and see the answer", QUIZ),
        Command("withdraw", "d", "d", "", "Take this question out of the lesson", QUIZ, makes=(QuestionWithdrawn,)),
        Command("", "", "Enter", "answer", "Give the answer: it can't be taken back", ANSWERING),
        Command("", "", "Tab", "answer, next question", "Give it, and go to the next question", ANSWERING),
        Command("", "", "Esc", "leave it open", "Leave the question open", ANSWERING),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(commands)
    table = "questions"
    stays_on_enter = True

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Line] = []
        self._field = 0
        self._giving_up = 0

    @property
    def _numbers(self) -> list[int]:
        return list(self.view.state.questions) if self.view else []

    @property
    def _number(self) -> int:
        """The number of the question at the cursor; 0 where there is none."""
        numbers = self._numbers
        return numbers[self.cursor[0]] if numbers else 0

    @property
    def cursor(self) -> tuple[int, int]:
        """The current question: the one asked last, or the first."""
        posed = self.view.state.question_shown if self.view else 0
        return self._numbers.index(posed) if posed in self._numbers else 0, 0

    @property
    def hint(self) -> str:
        """How to answer, or how to reach the next question."""
        if self._is_open:
            return "type the answer, then Enter; a shows it"
        return "P leads to the next question" if self.view and self.view.state.open_questions else ""

    @property
    def places(self) -> tuple[str, ...]:
        """The quiz; nothing where all is answered; the answer while the user types it."""
        if self.typing:
            return (ANSWERING,)
        return (QUIZ,) if self.may_type else ()

    @property
    def _is_open(self) -> bool:
        return bool(self._number) and self.view is not None and self._number not in self.view.state.answers

    @property
    def may_type(self) -> bool:
        """True while the question has no answer, for viewers too: their answers stay on their own screen."""
        return self._is_open

    def leaves(self, key: str) -> bool:
        """Where the question asks for a sign, the first letters of the words for signs are typed as the answer."""
        questions = self.view.state.questions if self.view else {}
        is_sign = self._is_open and questions[self._number].ask == SIGN
        return not (is_sign and key in _SIGNS) and super().leaves(key)

    def _moving_key(self, event: events.Key) -> bool:
        # Left and right go on walking through the steps: the user may have to look at them to answer.
        return event.key not in ("left", "right") and super()._moving_key(event)

    def cells(self) -> tuple[int, int]:
        """One row a question."""
        return max(1, len(self._numbers)), 1

    def move_to(self, row: int, column: int) -> None:  # noqa: ARG002 - there is one column
        """Goes to a question, and to the step of the lesson where it is asked."""
        numbers = self._numbers
        if not numbers:
            return
        number = numbers[min(max(0, row), len(numbers) - 1)]
        if self.view and number != self.view.state.question_shown:
            try:
                dispatch(self, QuestionOpened(number))
            except ValidationError as refusal:
                self.notify(error_sentence(refusal), severity="error", markup=False)
        self._keep_in_sight()

    def enter(self, row: int, column: int) -> None:
        """Begins to answer."""
        if self._is_open:
            self.move_to(row, column)
            super().enter(row, column)

    def text_of(self, row: int, column: int) -> str:  # noqa: ARG002
        """Empty: an answer has no text before the user types it."""
        return ""

    def commit(self, to: tuple[int, int] | None = None) -> bool:  # noqa: ARG002
        """Gives the answer typed. Returns False if it is refused; the typing goes on, with the reason below it.

        Goes to no other question with it: what that asks about may be gone, and the answer would be refused as well.
        """
        typing = self.typing
        if typing and typing.text.strip():
            try:
                dispatch(self, Answered(self._number, typing.text.strip()))
            except ValidationError as refusal:
                self._refuse(refusal, typing)
                return False
        self.type_in(None)
        return True

    def on_blur(self) -> None:
        """Drops a half-typed answer: the user may have left because the teacher went on."""
        if self.app.app_focus:
            self.type_in(None)

    def action_reveal(self) -> None:
        """Shows the answer, if asked twice: giving up can't be undone."""
        if not self._is_open:
            return
        if self._giving_up == self._number:
            dispatch(self, Answered(self._number, ""))
        else:
            self._giving_up = self._number
            says = "Once more, and the answer is shown; the question is not answered then."
            self.notify(says, timeout=4, markup=False)

    def action_withdraw(self) -> None:
        """Takes the question out of the lesson, after asking: that can't be undone."""
        number = self._number
        if not number or not self.view or self.view.is_viewer:
            return
        from tui_nn.dashboard.dialogs.questions import ChoiceDialog

        def answered(key: str | None) -> None:
            if key == "y":
                dispatch(self, QuestionWithdrawn(number))

        answers = (("n", "leave it"), ("y", "take it out"))
        self.app.push_screen(ChoiceDialog(f"Take question {number} out of the lesson?", answers), answered)

    def paste(self, text: str) -> None:
        """Types rows from a spreadsheet as rows of a matrix."""
        super().paste("; ".join(line.strip() for line in text.strip().splitlines()).replace("\t", " "))

    def type_in(self, typing: Typing | None) -> None:
        """Goes on with an answer, after going to its question."""
        if typing and self.view and self._number != self.view.state.question_shown:
            self.move_to(typing.row, 0)
        super().type_in(typing)

    def part_of(self, view: View) -> object:
        """The questions, their answers and the verdicts on them, and the numbers for their working."""
        state = view.state
        return (
            super().part_of(view),
            (state.questions, state.answers, state.question_shown),
            tuple((number, id(verdict)) for number, verdict in view.verdicts.items()),
            view.given,
            view.figures,
            view.notation,
            state.document,
            view.iteration,
            view.last,
            view.hidden,
        )

    def show_view(self, view: View) -> None:
        """Shows the new view, with how many answers were right."""
        self._heading = score(view) if view.state.questions else self.info.title
        super().show_view(view)

    def place_of(self, row: int, column: int) -> tuple[int, int]:  # noqa: ARG002
        """Where the field for the answer begins."""
        return len(INDENT), self._field

    def surface(self, room: int) -> Size:
        """A line for each question, and more for the current one."""
        self._lines = list(self._all_lines(room)) if self.view and room else []
        return surface_of(self._lines)

    def line(self, y: int) -> Line:
        """One of them."""
        return self._lines[y] if y < len(self._lines) else []

    def _all_lines(self, room: int) -> Iterator[Line]:
        view = self.view
        assert view is not None  # noqa: S101 - asked for where there is one
        if not view.state.questions:
            yield from wrapped("No questions yet. Q asks one, about the cell selected.", room, "faint")
            return
        y = 0
        first = max(0, self.cursor[0] - _BEFORE)
        every = list(view.state.questions)
        if first:
            yield [(f"{view.notation.ellipsis} {first} before", "faint")]
            y = 1
        for number in every[first : first + _AT_ONCE]:
            is_current = number == self._number
            for line in question_lines(view, number, room, self.wrapped_refusal(), is_current=is_current):
                if line and line[-1][1] == ANSWER_FIELD:
                    self._field = y
                    line = self._field_line(room)
                yield line
                y += 1
        if (left := len(every) - first - _AT_ONCE) > 0:
            yield [(f"{view.notation.ellipsis} {left} more", "faint")]

    def _field_line(self, room: int) -> Line:
        width = min(_FIELD, max(4, room - len(INDENT)))
        if self.typing:
            return [(INDENT, ""), *self.typed_line(self.typing, width)]
        return [(INDENT, ""), ("?".ljust(width), "cursor" if self.shows_cursor else "editing")]
