"""The pane of the quiz: students predict what is hidden, then see the answer with its working."""

from collections.abc import Iterator
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Size

from tui_nn.dashboard.panes.parts.quiz_lines import ANSWER_FIELD, INDENT, question_lines, score
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line, size_of_lines
from tui_nn.dashboard.widgets.command import Command, bindings
from tui_nn.dashboard.widgets.dispatch import dispatch
from tui_nn.dashboard.widgets.grid.cell_typing import Typing
from tui_nn.dashboard.widgets.grid.editable_grid import EditableGrid
from tui_nn.dashboard.widgets.grid.grid_shape import GridShape
from tui_nn.dashboard.widgets.matrices.matrix_board import wrapped_lines
from tui_nn.dashboard.widgets.pane import Area, PaneInfo
from tui_nn.language import _, pgettext
from tui_nn.network import ValidationError
from tui_nn.session.events import Answered, QuestionOpened, QuestionWithdrawn
from tui_nn.session.quiz.questions import SIGN
from tui_nn.writing.sentences.steps_and_errors import error_sentence

QUIZ = _("In the quiz")
ANSWERING = _("While typing an answer")
# The first letters of plus, positive, minus, negative and zero.
_LETTERS_OF_SIGNS = frozenset("pmnz")
_FIELD_WIDTH = 20
# If there are very many questions, the pane writes only some before and after the current one.
_MOST_QUESTIONS_BEFORE, _MOST_QUESTIONS = 10, 50


class QuizPane(EditableGrid):
    """Shows a line for each question, and below the current one its answer, the verdict and the working.

    The pane is a table of one column; its cursor is on the current question.
    """

    info = PaneInfo(
        name="quiz",
        title=_("Quiz"),
        hint=_("type the answer"),
        help=_("Predict what is hidden, then see it with its working."),
        area=Area.TOP,
        place=50,
        tab=120,
    )
    commands = (
        Command(
            "",
            "",
            "0-9",
            pgettext("key line", "answer"),
            _("Type the answer: 0.25, 0,25, 1/4; 3x2; + or -; 1 2; 3 4"),
            QUIZ,
        ),
        Command("", "enter", "Enter", "", _("Type the answer"), QUIZ),
        Command("", "", "↑ ↓", _("questions"), _("The question before, the next one"), QUIZ),
        Command("reveal", "a", "a", _("show it"), _("Give up, and see the answer"), QUIZ),
        Command("withdraw", "d", "d", "", _("Take this question out of the lesson"), QUIZ, makes=(QuestionWithdrawn,)),
        Command(
            "", "", "Enter", pgettext("key line", "answer"), _("Give the answer: it can't be taken back"), ANSWERING
        ),
        Command("", "", "Tab", _("answer, next question"), _("Give it, and go to the next question"), ANSWERING),
        Command("", "", "Esc", _("leave it open"), _("Leave the question open"), ANSWERING),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(commands)
    table = "questions"
    stays_on_enter = True

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Line] = []
        self._field_line_number = 0
        self._question_given_up = 0

    @property
    def _question_numbers(self) -> list[int]:
        return list(self.view.state.questions) if self.view else []

    @property
    def _current_question(self) -> int:
        """The number of the question at the cursor; 0 if there are no questions."""
        numbers = self._question_numbers
        return numbers[self.cursor[0]] if numbers else 0

    @property
    def cursor(self) -> tuple[int, int]:
        """The row of the question that the lesson shows; row 0 if it shows none."""
        shown = self.view.state.question_shown if self.view else 0
        return self._question_numbers.index(shown) if shown in self._question_numbers else 0, 0

    @property
    def hint(self) -> str:
        if self._is_open:
            return _("type the answer, then Enter; a shows it")
        return _("P leads to the next question") if self.view and self.view.state.open_questions else ""

    @property
    def places(self) -> tuple[str, ...]:
        """The quiz, if the current question is open; while the user types, the answer."""
        if self.typing:
            return (ANSWERING,)
        return (QUIZ,) if self.may_type else ()

    @property
    def _is_open(self) -> bool:
        return self.view is not None and self._current_question in self.view.state.open_questions

    @property
    def may_type(self) -> bool:
        """True while the question has no answer, for viewers too: their answers stay on their own screen."""
        return self._is_open

    def is_command_key(self, key: str) -> bool:
        """False also for p, m, n and z if the question asks for a sign: the user types these as the answer."""
        questions = self.view.state.questions if self.view else {}
        is_sign = self._is_open and questions[self._current_question].ask == SIGN
        return not (is_sign and key in _LETTERS_OF_SIGNS) and super().is_command_key(key)

    def _handle_key(self, event: events.Key) -> bool:
        # Left and right go from step to step: the user may have to look at other steps to answer.
        return event.key not in ("left", "right") and super()._handle_key(event)

    def grid_shape(self) -> GridShape:
        return GridShape(max(1, len(self._question_numbers)), 1)

    def move_cursor(self, row: int, column: int) -> None:  # noqa: ARG002 - there is one column
        """Goes to a question, and to the step of the lesson at which it is asked."""
        numbers = self._question_numbers
        if not numbers:
            return
        number = numbers[min(max(0, row), len(numbers) - 1)]
        if self.view and number != self.view.state.question_shown:
            try:
                dispatch(self, QuestionOpened(number))
            except ValidationError as error:
                self.notify(error_sentence(error), severity="error", markup=False)
        self._scroll_to_cursor()

    def start_edit(self, row: int, column: int) -> None:
        if self._is_open:
            self.move_cursor(row, column)
            super().start_edit(row, column)

    def text_to_edit(self, row: int, column: int) -> str:  # noqa: ARG002
        return ""

    def commit(self, to: tuple[int, int] | None = None) -> bool:  # noqa: ARG002
        """Gives the answer typed. Returns False if it is refused; the typing goes on, with the reason below it.

        Stays on the question: the next one may ask about a matrix that is gone, and going there would be refused.
        """
        typing = self.typing
        if typing and typing.text.strip():
            try:
                dispatch(self, Answered(self._current_question, typing.text.strip()))
            except ValidationError as error:
                self._show_error(error, typing)
                return False
        self.show_typing(None)
        return True

    def on_blur(self) -> None:
        """Drops a half-typed answer: the user may have left the pane only because the teacher went on."""
        if self.app.app_focus:
            self.show_typing(None)

    def action_reveal(self) -> None:
        """Shows the answer if the user asks twice: giving up can't be undone."""
        if not self._is_open:
            return
        if self._question_given_up == self._current_question:
            # The notice asks for this key once more, which has now been pressed.
            self.app.clear_notifications()
            dispatch(self, Answered(self._current_question, ""))
        else:
            self._question_given_up = self._current_question
            says = _("Once more, and the answer is shown; the question is not answered then.")
            self.notify(says, timeout=4, markup=False)

    def action_withdraw(self) -> None:
        """Takes the question out of the lesson, if the user confirms it: that can't be undone."""
        number = self._current_question
        if not number or not self.view or self.view.is_viewer:
            return
        from tui_nn.dashboard.dialogs.questions import ChoiceDialog

        def answered(key: str | None) -> None:
            if key == "y":
                dispatch(self, QuestionWithdrawn(number))

        answers = (("n", _("leave it")), ("y", _("take it out")))
        asks = _("Take question {number} out of the lesson?", number=number)
        self.app.push_screen(ChoiceDialog(asks, answers), answered)

    def paste(self, text: str) -> None:
        """Types the rows of a block from a spreadsheet as the rows of a matrix."""
        super().paste("; ".join(line.strip() for line in text.strip().splitlines()).replace("\t", " "))

    def show_typing(self, typing: Typing | None) -> None:
        """Goes to the current question, unless the lesson is there already, and shows what is typed as its answer."""
        if typing and self.view and self._current_question != self.view.state.question_shown:
            self.move_cursor(typing.row, 0)
        super().show_typing(typing)

    def part_of(self, view: View) -> object:
        """The questions, their answers and verdicts, and the numbers for their working."""
        state = view.state
        return (
            super().part_of(view),
            (state.questions, state.answers, state.question_shown),
            tuple((number, id(verdict)) for number, verdict in view.verdicts.items()),
            view.counted_answers,
            view.iteration_numbers,
            view.notation,
            state.document,
            view.iteration,
            view.last_iteration,
            view.hidden,
        )

    def show_view(self, view: View) -> None:
        """Shows the new view. The title says how many answers were right."""
        self._heading = score(view) if view.state.questions else self.info.title
        super().show_view(view)

    def surface_position(self, row: int, column: int) -> tuple[int, int]:  # noqa: ARG002
        """The place at which the field for the answer begins."""
        return len(INDENT), self._field_line_number

    def surface(self, room: int) -> Size:
        self._lines = list(self._all_lines(room)) if self.view and room else []
        return size_of_lines(self._lines)

    def line(self, y: int) -> Line:
        return self._lines[y] if y < len(self._lines) else []

    def _all_lines(self, room: int) -> Iterator[Line]:
        view = self.shown_view
        if not view.state.questions:
            yield from wrapped_lines(_("No questions yet. Q asks one, about the cell selected."), room, "faint")
            return
        y = 0
        first = max(0, self.cursor[0] - _MOST_QUESTIONS_BEFORE)
        every = list(view.state.questions)
        if first:
            before = _("{count} before", count=first)
            yield [(f"{view.notation.ellipsis} {before}", "faint")]
            y = 1
        for number in every[first : first + _MOST_QUESTIONS]:
            is_current = number == self._current_question
            for line in question_lines(view, number, room, self.error_lines(), is_current=is_current):
                if line and line[-1][1] == ANSWER_FIELD:
                    self._field_line_number = y
                    line = self._field_line(room)
                yield line
                y += 1
        if (left := len(every) - first - _MOST_QUESTIONS) > 0:
            more = _("{count} more", count=left)
            yield [(f"{view.notation.ellipsis} {more}", "faint")]

    def _field_line(self, room: int) -> Line:
        width = min(_FIELD_WIDTH, max(4, room - len(INDENT)))
        if self.typing:
            return [(INDENT, ""), *self.typing_line(self.typing, width)]
        return [(INDENT, ""), ("?".ljust(width), "cursor" if self.shows_cursor else "editing")]
