"""The lecture's run, number by number, as R computes it."""

from functools import cache
from typing import Any

import numpy as np
import pytest

from tests.unit.helpers import figures_of_R, lesson
from tui_nn.network import Pass, Trajectory
from tui_nn.writing.notation.number_format import rounded_text

_R_NAMES = {
    "W_1": "W1",
    "W_2": "W2",
    "Z_2": "Z2",
    "A_2": "A2",
    "Z_3": "Z3",
    "Y_hat": "Y_hat",
    "delta_3": "delta3",
    "djdw2": "dJdW2",
    "delta_2": "delta2",
    "djdw1": "dJdW1",
}
_ITERATIONS = (1, 2, 3, 10, 100, 1000, 5000, 10_000)


@cache
def _lecture() -> Trajectory:
    run = lesson("lecture").trajectory()
    run.extend(10_000)
    return run


def _assert_as_R(computed: Pass, trace: dict[str, Any]) -> None:
    assert set(trace) == {*_R_NAMES, "cost"}
    for r_name, name in _R_NAMES.items():
        np.testing.assert_allclose(computed[name], trace[r_name], rtol=0, atol=1e-11, err_msg=name)
    assert computed.cost == pytest.approx(trace["cost"], rel=1e-9, abs=0)


def test_the_network_sees_the_data_that_R_sees() -> None:
    data, R = lesson("lecture").dataset, figures_of_R("r_lecture")
    for name, table in (("x_raw", data.x), ("y_raw", data.y), ("X", data.X), ("Y", data.Y)):
        assert table.tolist() == R[name], name


def test_the_starting_weights_are_those_that_R_draws() -> None:
    weights, initial = lesson("lecture").start_parameters.named, figures_of_R("r_lecture")["initial"]
    assert {"W_1": weights["W1"].tolist(), "W_2": weights["W2"].tolist()} == initial


@pytest.mark.parametrize("iteration", _ITERATIONS)
def test_every_matrix_of_an_iteration_is_R_s(iteration: int) -> None:
    _assert_as_R(_lecture().pass_at(iteration), figures_of_R("r_lecture")["traces"][str(iteration)])


def test_every_cost_is_R_s() -> None:
    np.testing.assert_allclose(_lecture().costs, figures_of_R("r_lecture")["cost_hist"], rtol=1e-9, atol=0)


def test_the_last_weights_and_both_predictions_are_R_s() -> None:
    final, run = figures_of_R("r_lecture")["final"], _lecture()
    after = run.parameters(10_001)
    for r_name, weight in zip(("W_1", "W_2"), after.weights, strict=True):
        np.testing.assert_allclose(weight, final[r_name], rtol=0, atol=1e-11, err_msg=r_name)
    np.testing.assert_allclose(run.pass_at(10_000)["Y_hat"], final["Y_hat"], rtol=0, atol=1e-11)
    run = lesson("lecture").trajectory()
    run.extend(10_001)
    one_more = run.pass_at(10_001)
    np.testing.assert_allclose(one_more["Y_hat"], final["Y_hat_after"], rtol=0, atol=1e-11)
    assert one_more.cost == pytest.approx(final["cost_after"], rel=1e-9, abs=0)


def test_with_every_weight_at_one_the_first_iteration_is_R_s() -> None:
    run = lesson("lecture-ones").trajectory()
    run.extend(1)
    _assert_as_R(run.pass_at(1), figures_of_R("r_lecture")["all_ones"])


def test_the_loss_is_the_mean_of_the_squared_errors() -> None:
    computed = _lecture().pass_at(10)
    assert computed.loss == pytest.approx(float(((computed["Y"] - computed["Y_hat"]) ** 2).mean()), rel=1e-14)


def test_iteration_37_has_the_figures_that_a_class_is_shown() -> None:
    computed = _lecture().pass_at(37)
    assert rounded_text(computed.cost, 4) == "0.006725"
    assert [f"{cell:.5f}" for cell in computed["delta3"].ravel()] == ["0.01148", "-0.00049", "-0.01051"]
