"""Questions to the class, and the answers."""

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.network import ValidationError, named_shapes
from tui_nn.session import limits, validation
from tui_nn.session.events.event import Event
from tui_nn.session.events.navigation import Moved
from tui_nn.session.quiz.grading import check_answer
from tui_nn.session.quiz.questions import TOLERANCE, Question, checked_question
from tui_nn.session.state import Answer, State, replace


@frozen_dataclass
class QuestionAsked(Event, kind="asked"):
    """A question about the iteration and step shown was added to the lesson. The fields are those of `Question`."""

    ask: str
    matrix: str
    row: int = 1
    column: int = 1
    tolerance: float = TOLERANCE
    text: str = ""

    def apply(self, state: State) -> State:
        validation.check_room("ask", state.questions, limits.QUESTIONS, _("questions"))
        document = state.document
        question = checked_question(
            Question(**vars(self), iteration=state.iteration, step=state.step.name),
            document.network,
            document.moment(state.iteration).rows,
            document.iterations,
        )
        number = state.last_question + 1
        return replace(state, questions={**state.questions, number: question}, last_question=number)


@frozen_dataclass
class QuestionWithdrawn(Event, kind="question withdrawn"):
    """The question with this number was taken out of the lesson."""

    question: int

    def apply(self, state: State) -> State:
        _find_question(state, self.question)
        kept = {number: question for number, question in state.questions.items() if number != self.question}
        return replace(
            state, questions=kept, question_shown=0 if state.question_shown == self.question else state.question_shown
        )


@frozen_dataclass
class QuestionOpened(Event, kind="question posed", viewer_may_make=True):
    """The lesson went to the question with this number, so that the class answers it."""

    question: int

    def apply(self, state: State) -> State:
        question = _find_question(state, self.question)
        return replace(Moved(question.iteration, question.step).apply(state), question_shown=self.question)


@frozen_dataclass
class Answered(Event, kind="answered", viewer_may_make=True):
    """The question with this number was answered with a text, or with "" if the class was shown the answer."""

    question: int
    text: str

    def apply(self, state: State) -> State:
        question = _find_question(state, self.question)
        validation.check_room("question", state.answers, limits.ANSWERS, _("answers"), limits.GO_ON_AFRESH)
        if self.question in state.answers:
            sentence = _(
                "Question {number} has an answer already. Ask it again to answer it again.", number=self.question
            )
            raise ValidationError("question", str(self.question), _("one that has no answer yet"), sentence)
        document = state.plan.document_at(question.iteration)
        # An edit since may have taken away the matrix that the question is about.
        rows = document.moment(question.iteration).rows
        checked_question(question, document.network, rows, document.iterations)
        if self.text:
            check_answer(question, named_shapes(document.network, rows), self.text)
        return replace(state, answers={**state.answers, self.question: Answer(self.text, state.plan)})


def _find_question(state: State, number: int) -> Question:
    if number not in state.questions:
        raise ValidationError("question", str(number), _("the number of a question of the lesson"))
    return state.questions[number]
