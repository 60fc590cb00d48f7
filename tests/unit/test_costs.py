"""The squared error Σ (y − ŷ)², and the mean over the rows: all is in proportion to the lecture's cost."""

from dataclasses import replace

import numpy as np
import pytest

from tests.unit.helpers import all_rows, random_problem
from tui_nn.handouts.programs.program_formulas import PYTHON, R
from tui_nn.network import (
    Mistake,
    Network,
    SlopeMeasurer,
    SlopeVerdict,
    Trajectory,
    backward_by,
    compute_pass,
    equations,
    gradient_ratio,
    many_starts,
    mistaken_among,
    mistaken_equations,
    possible_mistakes,
)
from tui_nn.network.formulas.explain import explain, numbers
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.network.model.starts import Start
from tui_nn.writing.formulas.cell_formula import SignWriter
from tui_nn.writing.notation.signs import UNICODE

_HALF = Network((2, 3, 2), "tanh", "sigmoid", bias=True)
_WHOLE = replace(_HALF, cost="squared error")


@pytest.mark.parametrize("rows", [5, 2500])
def test_a_run_at_half_the_rate_is_the_same_at_twice_the_cost(rows: int) -> None:
    _, dataset, start = random_problem(_HALF, rows, 1)
    half, whole = Trajectory(_HALF, dataset, start, 0.02 / rows), Trajectory(_WHOLE, dataset, start, 0.01 / rows)
    half.extend(20)
    whole.extend(20)
    np.testing.assert_allclose(whole.costs, 2 * half.costs, rtol=1e-12)
    np.testing.assert_allclose(whole.parameters(21).flat, half.parameters(21).flat, rtol=1e-9)
    assert whole.pass_at(7).cost == whole.cost(7)
    assert whole.pass_at(7).loss == pytest.approx(half.pass_at(7).loss, rel=1e-12)


def test_its_gradient_is_measured_and_its_lost_minus_is_noticed() -> None:
    _, dataset, start = random_problem(_WHOLE, 5, 2)
    measured = SlopeMeasurer(dataset, compute_pass(_WHOLE, dataset, start, 1.0)).all()
    assert measured is not None
    assert {one.verdict() for one in measured} == {SlopeVerdict.AGREE}
    assert {one.verdict(-one.right) for one in measured} == {SlopeVerdict.DIFFER}
    (lost,) = mistaken_among(_WHOLE, mistaken_equations(_WHOLE, 5, Mistake.MINUS))
    assert UNICODE.for_network(_WHOLE).formula(lost.wrong) == "δ⁽³⁾ = 2 (Y − Ŷ) ⊙ sigmoid′(Z⁽³⁾)"


def test_the_mean_of_y_costs_twice_as_much() -> None:
    _, dataset, _ = random_problem(_HALF, 5, 3)
    half, whole = (many_starts(network, dataset, Start(), 0.1, 5, [1]).evidence for network in (_HALF, _WHOLE))
    assert (whole.constant_cost, whole.floor) == (2 * half.constant_cost, 2 * half.floor)


def test_its_formulas_are_written_and_explained() -> None:
    formulas = {one.name: one for one in equations(_WHOLE)}
    assert UNICODE.for_network(_WHOLE).formula(formulas["J"]) == "J = Σ (Y − Ŷ)²"
    assert R.formula(formulas["J"].expression) == "sum((Y - Y_hat)^2)"
    assert PYTHON.formula(formulas["delta3"].expression) == "-2 * (Y - Y_hat) * sigmoidprime(Z3)"
    _, dataset, start = random_problem(_WHOLE, 5, 4)
    computed = compute_pass(_WHOLE, dataset, start, 1.0)
    scalar = explain(_WHOLE, dataset, Cell("delta3", 2, 1), all_rows(5)).scalar
    assert scalar is not None
    assert scalar.value(numbers(dataset, computed.matrices)) == pytest.approx(computed["delta3"][1, 0], rel=1e-12)
    text = "".join(piece.text for piece in SignWriter(UNICODE.for_network(_WHOLE), {}).pieces(scalar))
    assert text == "−2 (Y[2,1] − Ŷ[2,1]) · sigmoid′(Z⁽³⁾[2,1])"


def test_the_mean_over_the_rows_at_n_times_the_rate_is_the_same_run() -> None:
    mean = replace(_HALF, reduction="mean")
    for rows in (5, 2500):
        _, dataset, start = random_problem(_HALF, rows, 5)
        summed, averaged = Trajectory(_HALF, dataset, start, 0.05 / rows), Trajectory(mean, dataset, start, 0.05)
        summed.extend(20)
        averaged.extend(20)
        np.testing.assert_allclose(averaged.costs * rows, summed.costs, rtol=1e-12)
        np.testing.assert_allclose(averaged.parameters(21).flat, summed.parameters(21).flat, rtol=1e-9)
        assert averaged.pass_at(7).cost == averaged.cost(7)
        assert averaged.pass_at(7).loss == pytest.approx(summed.pass_at(7).loss, rel=1e-12)


def test_the_mean_is_written_explained_and_measured() -> None:
    mean = replace(_HALF, reduction="mean")
    formulas = {one.name: one for one in equations(mean)}
    signs = UNICODE.for_network(mean)
    assert signs.formula(formulas["J"]) == "J = (1/N) · ½ Σ (Y − Ŷ)²"
    assert signs.formula(formulas["delta3"]) == "δ⁽³⁾ = (1/N) · −(Y − Ŷ) ⊙ sigmoid′(Z⁽³⁾)"
    assert R.formula(formulas["J"].expression) == "0.5 * sum((Y - Y_hat)^2) / nrow(Y)"
    assert PYTHON.formula(formulas["delta3"].expression) == "-(Y - Y_hat) / len(Y) * sigmoidprime(Z3)"
    _, dataset, start = random_problem(mean, 5, 4)
    computed = compute_pass(mean, dataset, start, 1.0)
    for cell, text in (
        (Cell("delta3", 2, 1), "−(Y[2,1] − Ŷ[2,1]) / N · sigmoid′(Z⁽³⁾[2,1])"),
        (Cell("J", 1, 1), None),
    ):
        scalar = explain(mean, dataset, cell, all_rows(5)).scalar
        assert scalar is not None
        found = scalar.value(numbers(dataset, computed.matrices))
        assert found == pytest.approx(computed[cell.name][cell.row - 1, cell.column - 1], rel=1e-12)
        if text:
            assert "".join(piece.text for piece in SignWriter(signs, {}).pieces(scalar)) == text
    measured = SlopeMeasurer(dataset, computed).all()
    assert measured is not None
    assert {one.verdict() for one in measured} == {SlopeVerdict.AGREE}


def test_where_j_is_a_mean_the_sum_is_the_mistake_and_the_other_way_round() -> None:
    mean = replace(_HALF, reduction="mean")
    assert {Mistake.MEAN, Mistake.SUM} & {*possible_mistakes(_HALF, 5)} == {Mistake.MEAN}
    assert {Mistake.MEAN, Mistake.SUM} & {*possible_mistakes(mean, 5)} == {Mistake.SUM}
    _, dataset, start = random_problem(mean, 5, 6)
    computed = compute_pass(mean, dataset, start, 1.0)
    program = backward_by(mistaken_equations(mean, 5, Mistake.SUM), computed)
    assert all(gradient_ratio(name, program, computed.matrices).is_about(5) for name in ("dJdW1", "dJdW2", "dJdb1"))
    assert not [one for one in possible_mistakes(mean, 1) if one in (Mistake.MEAN, Mistake.SUM)]
