"""Matrices whose numbers may become negative keep room for the sign: nothing moves from one iteration to the next."""

import pytest

from tests.unit.helpers import lesson
from tui_nn.dashboard.view_model.iteration_numbers import IterationNumbers
from tui_nn.network.formulas.expression import Derivative, Expression, Symbol, Transposed
from tui_nn.writing.notation.signs import UNICODE


@pytest.mark.parametrize(
    ("expression", "columns"),
    [
        (Symbol("W1"), len("−0.6485")),
        (Transposed(Symbol("W2")), len("−1.1343")),
        (Symbol("Z2"), len("−1.0965")),
        (Symbol("A2"), len("0.5562")),
        (Symbol("Y_hat"), len("0.8323")),
        (Symbol("X"), len("0.3000")),
        (Derivative("sigmoid", Symbol("Z3")), len("0.1396")),
    ],
)
def test_what_may_become_negative_has_a_column_for_the_sign(expression: Expression, columns: int) -> None:
    run = lesson("lecture").trajectory()
    run.extend(37)
    numbers = IterationNumbers(run.pass_at(37), UNICODE)
    assert numbers.value_and_format(expression)[1].width == columns
