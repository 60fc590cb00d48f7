"""Programs with a mistake compute what R and the formulas give, and it is said what tells them apart."""

from collections.abc import Mapping

import numpy as np
import pytest

from tui_nn.network.diagnosis.agreement_with_program import largest_difference
from tui_nn.network.diagnosis.explanations import Explanation
from tui_nn.network.diagnosis.fitted_rates import with_fitted_rates
from tui_nn.network.diagnosis.given import GivenMatrix, GivenNumbers
from tui_nn.network.diagnosis.mistakes import CATALOGUE
from tui_nn.network.diagnosis.program_run import ProgramRun, Work
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.diagnosis.telling_apart import telling_matrices
from tui_nn.network.model.array import Array
from tui_nn.network.model.network import Network
from tui_nn.network.model.penalty import Penalty
from tui_nn.network.model.starts import Start
from tui_nn.session.document import lecture_data

_BY_NAME = {mistake.name: mistake for mistake in CATALOGUE}
_PLENTY = 1e12


def _program(network: Network) -> StudentProgram:
    return StudentProgram.right(network, lecture_data(), Start(), 5.0)


def _first(program: StudentProgram) -> Mapping[str, Array]:
    return ProgramRun(program, Work(_PLENTY, _PLENTY)).at(1)


# What R prints after set.seed(1): runif(6) for W1, runif(3) for b1, runif(3) for W2, runif(1) for b2; or with
# set.seed(1) before W1 and again before W2.
_BETWEEN = {"b1": [[0.9446753, 0.6607978, 0.6291140]], "W2": [[0.06178627], [0.20597457], [0.17655675]]}
_AGAIN = {"W1": [[0.2655087, 0.5728534, 0.2016819], [0.3721239, 0.9082078, 0.8983897]], "W2": [[0.2655087], [0.3721239],
          [0.5728534]]}  # fmt: skip


@pytest.mark.parametrize(("name", "start"), [("drawn in another order", _BETWEEN), ("seed set again", _AGAIN)])
def test_the_numbers_of_another_way_to_draw(name: str, start: dict[str, list[list[float]]]) -> None:
    programs = [*_BY_NAME[name].programs(_program(Network((2, 3, 1), bias=True)))]
    assert any(all(np.allclose(one.parameters[key], start[key], atol=5e-8) for key in start) for one in programs)


def test_a_penalty_divided_by_the_rows() -> None:
    name = "penalty divided by the number of rows"
    right = _program(Network((2, 3, 1), penalty=Penalty(l2=0.3)))
    plain = _program(Network((2, 3, 1)))
    wanted = _first(plain)["dJdW1"] + 0.1 * right.parameters["W1"]
    found = [_first(one) for one in _BY_NAME[name].programs(right)]
    assert any(np.allclose(values["dJdW1"], wanted, rtol=1e-12) for values in found)


def test_each_matrix_may_have_a_learning_rate_of_its_own() -> None:
    right = _program(Network((2, 3, 1), bias=True))
    values = _first(right)
    W2_next, b2_next = values["W2"] - 0.37 * values["dJdW2"], values["b2_next"] + 1
    given = [("W1_next", values["W1_next"]), ("W2_next", W2_next)]
    matrices = tuple(GivenMatrix(name, 1, matrix, np.zeros(matrix.shape)) for name, matrix in given)
    assert _explained_by_rates(right, GivenNumbers(matrices))
    # A single bias would have a rate whatever is wrong with it.
    bias = GivenMatrix("b2_next", 1, b2_next, np.array([[0.0]]))
    assert not _explained_by_rates(right, GivenNumbers((*matrices, bias)))


def _explained_by_rates(right: StudentProgram, numbers: GivenNumbers) -> bool:
    work = Work(_PLENTY, _PLENTY)
    return any(largest_difference(one, numbers, work) is not None for one in with_fitted_rates(right, numbers))


def test_only_matrices_that_tell_mistakes_apart_are_asked_for() -> None:
    right = _program(Network((2, 3, 1)))
    every = tuple(one.name for one in right.formulas)
    # All z are positive: relu(z) is z.
    left_out = next(_BY_NAME["activation left out"].programs(right))
    values = _first(left_out)
    same = [Explanation((_BY_NAME["activation left out"],), left_out, 0.0)]
    same += [
        Explanation((_BY_NAME["other activation"],), program, 0.0)
        for program in _BY_NAME["other activation"].programs(right)
        if "relu" in program.details and all(np.array_equal(one, values[key]) for key, one in _first(program).items())
    ]
    assert {one.mistakes[0].name for one in same} == {"activation left out", "other activation"}
    assert telling_matrices(same, every).names == ()
    # A factor 2 in δ3, or in the slopes: W after the update is the same, δ3 is not.
    twice = [*_BY_NAME["factor two"].programs(right)]
    in_delta, in_slopes = (Explanation((_BY_NAME["factor two"],), twice[number], 0.0) for number in (1, 3))
    telling = telling_matrices([in_delta, in_slopes], every)
    assert telling.names == ("delta3",)
    assert telling.all_apart
