"""Questions: what stands in the file, which answers are right, and that nobody's word is taken for it."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.unit.helpers import entries, random_problem
from tests.unit.strategies import networks
from tui_nn.network import Network, ValidationError, compute_pass, matrix_shapes
from tui_nn.session import events
from tui_nn.session.document import Document
from tui_nn.session.quiz.answers import answers_of
from tui_nn.session.quiz.grading import check_answer, grade_text
from tui_nn.session.quiz.questions import ASKS, Question, checked_question
from tui_nn.session.reducer import apply_event
from tui_nn.session.state import State
from tui_nn.session.storage.document_toml import dump, parse
from tui_nn.session.storage.event_log import log_text
from tui_nn.session.storage.session_file import Lesson, SessionError, read

_SHAPES = matrix_shapes(Document().network, 3)
_NUMBERS = {
    "delta3": np.array([[0.25], [-0.5], [0.0]]),
    "A2": np.array([[0.1, 0.2, 0.3], [1.0, 2.0, 3.0], [7.0, 8.0, 9.0]]),
}


def _is_right(question: Question, answer: str) -> bool:
    return grade_text(question, _SHAPES, _NUMBERS, answer).is_right


@pytest.mark.parametrize("answer", ["0.25", "0,25", "1/4", "1 / 4", "2.5e-1", ".25", " +0.25 ", "0.2525", "0.2475"])
def test_a_number_is_right_within_its_tolerance_however_it_is_written(answer: str) -> None:
    assert _is_right(Question("cell", "delta3"), answer)


@pytest.mark.parametrize("answer", ["0.2526", "0.2474", "-0.25", "0", "25"])
def test_a_number_outside_of_its_tolerance_is_wrong(answer: str) -> None:
    assert not _is_right(Question("cell", "delta3"), answer)


def test_a_tolerance_of_nothing_asks_for_the_four_digits_that_are_shown() -> None:
    question = Question("cell", "delta3", tolerance=0.0)
    assert _is_right(question, "1/4")
    assert _is_right(question, "0.2501")
    assert not _is_right(question, "0.2503")


def test_of_a_zero_the_largest_number_of_its_matrix_is_the_measure() -> None:
    question = Question("cell", "delta3", row=3)
    assert _is_right(question, "0.004")
    assert not _is_right(question, "0.006")


@pytest.mark.parametrize("answer", ["1", "0", "1e300", "-5"])
@pytest.mark.parametrize("number", [np.inf, -np.inf, np.nan])
def test_of_what_overflows_no_number_is_right(number: float, answer: str) -> None:
    matrices = {"J": np.array([[number]])}
    assert not grade_text(Question("cell", "J"), {"J": (1, 1)}, matrices, answer).is_right
    assert not grade_text(Question("matrix", "J"), {"J": (1, 1)}, matrices, answer).is_right


@pytest.mark.parametrize("answer", ["1 2 3", "1, 2, 3", "1,0 2,0 3,0", "1  2 3.02"])
def test_a_row_is_right_where_each_of_its_numbers_is(answer: str) -> None:
    assert _is_right(Question("row", "A2", row=2), answer)
    assert not _is_right(Question("row", "A2", row=1), answer)


@pytest.mark.parametrize(
    "answer", ["0.1 0.2 0.3; 1 2 3; 7 8 9", "0,1 0,2 0,3;1 2 3;7 8 9", "1/10 1/5 3/10 1 2 3 7 8 9"]
)
def test_a_matrix_is_typed_row_by_row(answer: str) -> None:
    assert _is_right(Question("matrix", "A2"), answer)
    assert not _is_right(Question("matrix", "A2"), answer.replace("9", "10"))


@pytest.mark.parametrize(
    ("row", "right"), [(1, ("+", "plus", "Positive")), (2, ("-", "−", "minus")), (3, ("0", "zero"))]
)
def test_a_sign_has_three_answers(row: int, right: tuple[str, ...]) -> None:
    for answer in ("+", "plus", "Positive", "-", "−", "minus", "0", "zero"):
        assert _is_right(Question("sign", "delta3", row=row), answer) == (answer in right)


@pytest.mark.parametrize("answer", ["2x3", "2×3", "2 3", "(2, 3)", "[2,3]", "2 by 3", "2*3"])
def test_a_shape_is_rows_and_columns_in_this_order(answer: str) -> None:
    assert _is_right(Question("shape", "W1"), answer)
    assert not _is_right(Question("shape", "W1"), answer.replace("2", "4").replace("3", "2"))


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        (Question("cell", "delta3"), "a lot", "a number"),
        (Question("cell", "delta3"), "1 2", "a number, such as 0.25"),
        (Question("row", "A2"), "1 2", "3 numbers"),
        (Question("row", "A2"), "a b c", "3 numbers"),
        (Question("matrix", "A2"), "1 2 3; 4 5 6", "3 rows of 3 numbers"),
        (Question("matrix", "A2"), "1 2; 3 4 5; 6 7 8 9", "3 rows of 3 numbers"),
        (Question("sign", "delta3"), "0.3", "+, - or 0"),
        (Question("shape", "W1"), "6", "rows and columns"),
        (Question("shape", "W1"), "2x3x1", "rows and columns"),
        (Question("shape", "W1"), "=cmd|' /C calc'!A3 2", "rows and columns"),
    ],
)
def test_what_is_no_answer_is_refused_and_does_not_count(question: Question, answer: str, expected: str) -> None:
    with pytest.raises(ValidationError) as error:
        check_answer(question, _SHAPES, answer)
    assert expected in error.value.expected


@given(
    network=networks(),
    rows=st.integers(1, 4),
    seed=st.integers(0, 2**32),
    ask=st.sampled_from(ASKS),
    data=st.data(),
)
def test_the_number_itself_is_always_right_and_twice_it_never(
    network: Network, rows: int, seed: int, ask: str, data: st.DataObject
) -> None:
    problem = random_problem(network, rows, seed)
    computed = compute_pass(*problem, learning_rate=0.1)
    shapes = matrix_shapes(problem.network, rows)
    name = data.draw(st.sampled_from(sorted(shapes)))
    matrix = computed[name]
    row, column = (data.draw(st.integers(1, count)) for count in matrix.shape)
    question = Question(ask, name, row=row, column=column)
    part = {"cell": matrix[row - 1, column - 1], "row": matrix[row - 1], "matrix": matrix}.get(ask)
    if ask == "shape":
        right, wrong = "{}x{}".format(*matrix.shape), f"{matrix.shape[0] + 1}x{matrix.shape[1]}"
    elif ask == "sign":
        sign = np.sign(matrix[row - 1, column - 1])
        right, wrong = ("+", "-", "0")[[1, -1, 0].index(int(sign))], ("-", "+", "+")[[1, -1, 0].index(int(sign))]
    else:
        assert part is not None
        assume(np.abs(part).max() > 0)
        right, wrong = (" ".join(repr(float(cell)) for cell in np.ravel(factor * part)) for factor in (1, 2))
    check_answer(question, shapes, right)
    assert grade_text(question, shapes, computed.matrices, right).is_right
    assert not grade_text(question, shapes, computed.matrices, wrong).is_right


@given(numerator=st.integers(-50, 50), denominator=st.integers(1, 50))
def test_a_fraction_is_as_good_as_its_decimals(numerator: int, denominator: int) -> None:
    value = float(Fraction(numerator, denominator))
    question = Question("cell", "J", tolerance=0.0)
    assert grade_text(question, {"J": (1, 1)}, {"J": np.array([[value]])}, f"{numerator}/{denominator}").is_right


_ASKING = """
[[question]]
ask = "shape"
matrix = "X"

[[question]]
ask = "cell"
matrix = "delta3"
row = 2
iteration = 37
tolerance = 0.05
text = "What is the error of row 2, sent back?"
"""


def test_questions_stand_in_the_file_and_go_where_their_matrix_is_computed() -> None:
    document, _ = parse(_ASKING)
    assert document.questions == (
        Question("shape", "X", step="Z2"),
        Question("cell", "delta3", 37, "delta3", 2, 1, 0.05, "What is the error of row 2, sent back?"),
    )
    assert parse(dump(document))[0].questions == document.questions


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ('ask = "colour"\nmatrix = "X"', 'question 1, ask is the text "colour"; expected one of "cell"'),
        ('ask = "cell"', "question 1, matrix is absent; expected one"),
        ('ask = "cell"\nmatrix = "W3"', "question 1, matrix is"),
        ('ask = "cell"\nmatrix = "W1"\nrow = 3', "question 1, row is 3; expected a whole number from 1 to 2"),
        ('ask = "cell"\nmatrix = "W1"\niteration = 10001', "question 1, iteration is 10001"),
        ('ask = "cell"\nmatrix = "W1"\nstep = "Z9"', "question 1, step is"),
        ('ask = "cell"\nmatrix = "W1"\ntolerance = 2', "question 1, tolerance is 2"),
        ('ask = "cell"\nmatrix = "W1"\ntolerance = "a"', 'question 1, tolerance is the text "a"'),
        ('ask = "cell"\nmatrix = "W1"\ntext = 3', "question 1, text is 3"),
        ('ask = "cell"\nmatrix = "W1"\nhint = "x"', "question 1, hint is unknown"),
    ],
)
def test_a_question_that_can_t_be_asked_is_refused(block: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "asks.toml"
    path.write_text(f"[[question]]\n{block}\n", encoding="utf-8")
    with pytest.raises(SessionError) as error:
        read(path)
    assert message in str(error.value)


def _state(*happened: events.Event, document: Document | None = None) -> State:
    state = State.opened(document or parse(_ASKING)[0])
    for event in happened:
        state = apply_event(state, event)
    return state


def test_a_question_hides_what_it_asks_for_until_it_is_answered() -> None:
    state = _state(events.Moved(37, "update"))
    assert state.open_questions_here == (2,)
    assert apply_event(state, events.Moved(38, "delta3")).open_questions_here == ()
    answered = apply_event(state, events.Answered(2, "0.1"))
    assert answered.open_questions_here == ()
    assert answered.open_questions == (1,)


def test_to_go_to_a_question_is_to_go_to_its_place() -> None:
    state = _state(events.QuestionOpened(2))
    assert (state.iteration, state.step.name, state.question_shown) == (37, "delta3", 2)


def test_a_question_is_asked_where_the_lesson_stands_and_can_be_withdrawn() -> None:
    state = _state(events.Moved(12, "A2"), events.QuestionAsked("row", "A2", 3))
    assert state.questions[3] == Question("row", "A2", 12, "A2", 3)
    state = apply_event(apply_event(state, events.QuestionWithdrawn(2)), events.QuestionAsked("sign", "Z2"))
    assert sorted(state.questions) == [1, 3, 4]


def test_a_number_that_a_question_had_is_given_to_no_other() -> None:
    state = _state(events.QuestionWithdrawn(2), events.QuestionWithdrawn(1), events.QuestionAsked("sign", "Z2"))
    assert list(state.questions) == [3]


@pytest.mark.parametrize(
    "event",
    [
        events.Answered(3, "1"),
        events.Answered(0, "1"),
        events.Answered(1, "three by two"),
        events.QuestionOpened(7),
        events.QuestionWithdrawn(7),
        events.QuestionAsked("cell", "W1", 3, 1),
        events.QuestionAsked("word", "W1"),
        events.QuestionAsked("cell", "W9"),
        events.QuestionAsked("cell", "W1", tolerance=1.5),
    ],
)
def test_what_can_t_be_is_refused(event: events.Event) -> None:
    with pytest.raises(ValidationError):
        _state(event)


def test_an_answer_is_given_once() -> None:
    state = _state(events.Answered(1, "2x3"))
    with pytest.raises(ValidationError):
        apply_event(state, events.Answered(1, "3x2"))


def test_a_question_about_what_an_edit_took_away_is_not_answered() -> None:
    state = _state(events.HyperparameterSet("iterations", 20))
    with pytest.raises(ValidationError):
        apply_event(state, events.QuestionOpened(2))
    with pytest.raises(ValidationError):
        apply_event(state, events.Answered(2, "1"))


def _lesson(*happened: events.Event) -> Lesson:
    document = parse(_ASKING)[0]
    log = entries(*happened)
    state = State.opened(document)
    for event in happened:
        state = apply_event(state, event)
    return Lesson(document, state, log, dump(document) + log_text(log))


def test_answers_are_judged_by_the_run_as_it_was_when_they_were_given() -> None:
    run = Document().trajectory()
    run.extend(37)
    right = repr(float(run.pass_at(37)["delta3"][1, 0]))
    found = answers_of(_lesson(events.Answered(2, right), events.CellSet("y", 2, 1, 10.0)))
    (given,) = found.values()
    assert given.verdict is not None
    assert given.verdict.is_right
    found = answers_of(_lesson(events.CellSet("y", 2, 1, 10.0), events.Answered(2, right)))
    (given,) = found.values()
    assert given.verdict is not None
    assert not given.verdict.is_right


def test_who_was_shown_the_answer_has_not_given_it() -> None:
    (given,) = answers_of(_lesson(events.Answered(1, ""))).values()
    assert given.verdict is not None
    assert not given.verdict.is_right
    assert given.verdict.expected.tolist() == [[3, 2]]


def test_who_was_shown_the_answer_can_t_mend_that_by_asking_again() -> None:
    asked = events.QuestionAsked("cell", "delta3", 2, 1, 0.05, "What is the error of row 2, sent back?")
    found = answers_of(
        _lesson(
            events.Moved(37, "delta3"),
            events.Answered(2, ""),
            events.QuestionWithdrawn(2),
            asked,
            events.Answered(3, "-0.00049"),
        )
    )
    (given,) = found.values()
    assert (given.text, given.verdict and given.verdict.is_right) == ("", False)


def test_an_answer_about_a_run_that_was_edited_says_so() -> None:
    (given,) = answers_of(_lesson(events.HyperparameterSet("hidden", (2,)), events.Answered(1, "3x2"))).values()
    assert given.is_edited
    (given,) = answers_of(_lesson(events.Answered(1, "3x2"), events.HyperparameterSet("hidden", (2,)))).values()
    assert not given.is_edited


def test_more_numbers_than_anybody_types_are_not_asked_for() -> None:
    rows = ", ".join("[1.0, 2.0]" for _ in range(60))
    scores = ", ".join("[0.5]" for _ in range(60))
    document = parse(f"[data]\nx = [{rows}]\ny = [{scores}]\n")[0]
    checked_question(Question("row", "A2", row=60), document.network, 60, 100)
    with pytest.raises(ValidationError):
        checked_question(Question("matrix", "A2"), document.network, 60, 100)


def test_a_question_that_is_checked_again_stays_as_it_is() -> None:
    document = parse(_ASKING)[0]
    for question in document.questions:
        assert checked_question(question, document.network, 3, 10_000) == question
