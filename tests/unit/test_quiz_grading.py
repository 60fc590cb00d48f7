"""Which answers to a question are right, and which are no answers at all."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.unit.helpers import random_problem
from tests.unit.strategies import networks
from tui_nn.network import Network, ValidationError, compute_pass, named_shapes
from tui_nn.session.document import Document
from tui_nn.session.quiz.grading import check_answer, grade_text
from tui_nn.session.quiz.questions import ASKS, Question

_SHAPES = named_shapes(Document().network, 3)
_NUMBERS = {
    "delta3": np.array([[0.25], [-0.5], [0.0]]),
    "A2": np.array([[0.1, 0.2, 0.3], [1.0, 2.0, 3.0], [7.0, 8.0, 9.0]]),
}
# How the sign of each row of delta3 may be typed.
_SIGNS = {
    1: ("+", "plus", "Positive", " + "),
    2: ("-", "−", "–", "minus", "NEGATIVE"),
    3: ("0", "zero", " 0 "),
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


@pytest.mark.parametrize("row", _SIGNS)
def test_a_sign_is_the_number_s_and_no_other(row: int) -> None:
    for asked, signs in _SIGNS.items():
        for sign in signs:
            assert _is_right(Question("sign", "delta3", row=row), sign) == (asked == row), sign


@pytest.mark.parametrize("shape", ["2x3", "2 x 3", "2×3", "(2, 3)", "[2,3]", "2;3", "2 3", "2*3", "2 by 3", "2/3"])
def test_a_shape_is_rows_by_columns(shape: str) -> None:
    assert _is_right(Question("shape", "W1"), shape)
    assert not grade_text(Question("shape", "W1"), {"W1": (3, 2)}, {}, shape).is_right


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
        (Question("sign", "delta3"), "1", "+, - or 0"),
        (Question("sign", "delta3"), "+-", "+, - or 0"),
        (Question("shape", "W1"), "6", "rows and columns"),
        (Question("shape", "W1"), "12", "rows and columns"),
        (Question("shape", "W1"), "2x3x1", "rows and columns"),
        (Question("shape", "W1"), "=cmd|' /C calc'!A3 2", "rows and columns"),
    ],
)
def test_what_is_no_answer_is_refused_and_does_not_count(question: Question, answer: str, expected: str) -> None:
    with pytest.raises(ValidationError) as error:
        check_answer(question, _SHAPES, answer)
    assert expected in error.value.expected
    with pytest.raises(ValidationError):
        grade_text(question, _SHAPES, _NUMBERS, answer)


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
    shapes = named_shapes(problem.network, rows)
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
