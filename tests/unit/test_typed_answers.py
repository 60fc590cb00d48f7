"""A sign and a shape are right however they are typed."""

import numpy as np
import pytest

from tui_nn.network import ValidationError
from tui_nn.session.quiz.grading import grade_text
from tui_nn.session.quiz.questions import Question

_MATRICES = {"Z2": np.array([[2.5, -0.5, 0.0]])}
_SHAPES = {"Z2": (4, 3)}
_SIGNS = {
    1: ("+", "plus", "Positive", " + "),
    2: ("-", "−", "–", "minus", "NEGATIVE"),
    3: ("0", "zero", " 0 "),
}


@pytest.mark.parametrize("column", _SIGNS)
def test_a_sign_is_the_number_s_and_no_other(column: int) -> None:
    question = Question("sign", "Z2", row=1, column=column)
    for asked, signs in _SIGNS.items():
        for sign in signs:
            assert grade_text(question, _SHAPES, _MATRICES, sign).is_right == (asked == column), sign


@pytest.mark.parametrize("shape", ["4x3", "4 x 3", "4×3", "(4, 3)", "[4,3]", "4;3", "4 3", "4*3", "4 by 3", "4/3"])
def test_a_shape_is_rows_by_columns(shape: str) -> None:
    assert grade_text(Question("shape", "Z2"), _SHAPES, {}, shape).is_right
    assert not grade_text(Question("shape", "Z2"), {"Z2": (3, 4)}, {}, shape).is_right


@pytest.mark.parametrize(("ask", "answer"), [("sign", "1"), ("sign", "+-"), ("shape", "12"), ("shape", "4x3x1")])
def test_what_is_no_sign_or_shape_is_refused(ask: str, answer: str) -> None:
    with pytest.raises(ValidationError):
        grade_text(Question(ask, "Z2"), _SHAPES, _MATRICES, answer)
