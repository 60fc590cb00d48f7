"""A second cost in the registry, the squared error Σ (y − ŷ)²: all is twice what it is with the lecture's cost."""

from dataclasses import replace

import numpy as np
import pytest

from tests.unit.helpers import random_problem
from tui_nn.handouts.programs.program_formulas import PYTHON, R
from tui_nn.network import (
    COSTS,
    Mistake,
    Network,
    SlopeMeasurer,
    SlopeVerdict,
    Trajectory,
    compute_pass,
    equations,
    many_starts,
    mistaken_among,
    mistaken_equations,
)
from tui_nn.network.formulas.costs.cost import Y_HAT, Cost, Y
from tui_nn.network.formulas.explain import explain, numbers
from tui_nn.network.formulas.expression import ConstantTimes, Difference, SumOfSquares
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.network.model.starts import Start
from tui_nn.writing.formulas.cell_formula import SignWriter
from tui_nn.writing.notation.signs import UNICODE

_SQUARED_ERROR = Cost(
    "squared error",
    value=SumOfSquares(Difference(Y, Y_HAT)),
    slope=ConstantTimes(-2.0, Difference(Y, Y_HAT)),
    curvature=2.0,
)
_HALF = Network((2, 3, 2), "tanh", "sigmoid", bias=True)
_WHOLE = replace(_HALF, cost=_SQUARED_ERROR.name)


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(COSTS, _SQUARED_ERROR.name, _SQUARED_ERROR)


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
    assert (whole.mean_cost, whole.floor) == (2 * half.mean_cost, 2 * half.floor)


def test_its_formulas_are_written_and_explained() -> None:
    formulas = {one.name: one for one in equations(_WHOLE)}
    assert UNICODE.for_network(_WHOLE).formula(formulas["J"]) == "J = Σ (Y − Ŷ)²"
    assert R.formula(formulas["J"].expression) == "sum((Y - Y_hat)^2)"
    assert PYTHON.formula(formulas["delta3"].expression) == "-2 * (Y - Y_hat) * sigmoidprime(Z3)"
    _, dataset, start = random_problem(_WHOLE, 5, 4)
    computed = compute_pass(_WHOLE, dataset, start, 1.0)
    scalar = explain(_WHOLE, dataset, Cell("delta3", 2, 1), 1.0).scalar
    assert scalar is not None
    assert scalar.value(numbers(dataset, computed.matrices)) == pytest.approx(computed["delta3"][1, 0], rel=1e-12)
    text = "".join(piece.text for piece in SignWriter(UNICODE.for_network(_WHOLE), None).pieces(scalar))
    assert text == "−2 (Y[2,1] − Ŷ[2,1]) · sigmoid′(Z⁽³⁾[2,1])"
