"""The answers in a lesson's log, each graded by the run that it is about."""

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.session import limits
from tui_nn.session.events import Answered
from tui_nn.session.quiz.grading import Verdict, grade
from tui_nn.session.quiz.questions import Question
from tui_nn.session.reducer import apply_event
from tui_nn.session.runs.run_cache import RunCache
from tui_nn.session.state import State
from tui_nn.session.storage.session_file import Lesson


@frozen_dataclass(eq=False)
class RecordedAnswer:
    """An answer from the log.

    ``text`` is what was typed, or "" if the class was shown the answer; ``at`` the time in seconds. ``verdict`` is None
    if the run ends before the question's iteration. ``is_edited``: the answer is about another run than the one that
    the lesson begins with.
    """

    text: str
    at: float
    verdict: Verdict | None
    is_edited: bool


def answers_of(lesson: Lesson) -> dict[Question, RecordedAnswer]:
    """Every answer in the log of ``lesson``, by its question, in the order of the log."""
    runs = RunCache(most=limits.BRANCHES)
    state = State.opened(lesson.document)
    begun = state.plan
    found: dict[Question, RecordedAnswer] = {}
    for entry in lesson.entries:
        state = apply_event(state, entry.event)
        if isinstance(entry.event, Answered):
            question, answer = state.questions[entry.event.question], state.answers[entry.event.question]
            run = runs.run_of(answer.plan)
            given = RecordedAnswer(answer.text, entry.at, grade(question, answer, run), answer.plan is not begun)
            # A question asked again after its answer was shown keeps its first answer.
            found.setdefault(question, given)
    return found
