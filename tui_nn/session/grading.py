"""Which answers of a lesson are right: computed again from the run that each was about, and never taken on trust."""

from tui_nn.network import Run, matrix_shapes
from tui_nn.session.questions import SHAPE, Question, Verdict, judged
from tui_nn.session.state import Answer


def graded(question: Question, answer: Answer, run: Run) -> Verdict | None:
    """What is to be said of an answer; None where its iteration is not there, or not computed yet.

    ``run`` is that of the answer's course. Who was shown the answer has not given it.
    """
    document = answer.course.at(question.iteration)
    shapes = matrix_shapes(document.network, document.dataset.rows)
    is_shape = question.ask == SHAPE
    if not is_shape and question.iteration > run.last:
        return None
    matrices = {} if is_shape else run.pass_at(question.iteration).matrices
    return judged(question, shapes, matrices, answer.text or None)
