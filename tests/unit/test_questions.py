"""Questions: what the file says of them, where they are asked, and whose answer counts."""

from pathlib import Path

import pytest

from tests.unit.helpers import entries
from tui_nn.network import ValidationError
from tui_nn.session import events
from tui_nn.session.document import Document
from tui_nn.session.quiz.answers import answers_of
from tui_nn.session.quiz.hidden_numbers import hidden_at
from tui_nn.session.quiz.questions import Question, checked_question
from tui_nn.session.reducer import apply_event
from tui_nn.session.state import State
from tui_nn.session.storage.document_toml import TomlError, dump, parse
from tui_nn.session.storage.event_log import log_text
from tui_nn.session.storage.session_file import Lesson, SessionError, read

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


@pytest.mark.parametrize("matrix", ["E", "weights"])
def test_what_only_formulas_have_is_neither_asked_for_nor_selected(matrix: str) -> None:
    document = Document(l2=0.1)
    with pytest.raises(ValidationError):
        checked_question(Question("cell", matrix), document.network, document.dataset.rows, 1)
    with pytest.raises(ValidationError):
        apply_event(State.opened(document), events.Selected(matrix, 1, 1))


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


_OF_A_BATCH = """
[training]
batch_size = 2
[[question]]
ask = "cell"
matrix = "delta3"
row = {row}
iteration = {iteration}
"""


def test_a_question_about_a_row_that_the_batch_does_not_have_is_open_to_nobody() -> None:
    # The second batch of the lecture's three rows has one row.
    document, _ = parse(_OF_A_BATCH.format(row=2, iteration=4))
    state = _state(document=document)
    assert (state.open_questions, state.impossible_questions) == ((), {1: 1})
    assert hidden_at(state, 4).matrices == set()
    says = "Iteration 4 computes with 1 row of the data, so delta3 has no row 2 there. Ask about row 1."
    for event in (events.Answered(1, "0.1"), events.QuestionAsked("cell", "delta3", 2)):
        with pytest.raises(ValidationError) as refused:
            apply_event(apply_event(state, events.Moved(4, "delta3")), event)
        assert refused.value.sentence == says
    assert parse(dump(document))[0].questions == document.questions
    # With all rows in each batch, there is such a row.
    assert _state(events.HyperparameterSet("batch_size", 0), document=document).open_questions == (1,)
    with pytest.raises(TomlError, match="question 1, row is 4"):
        parse(_OF_A_BATCH.format(row=4, iteration=3))


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
