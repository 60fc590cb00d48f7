"""Backpropagation beside finite differences, which know nothing of it."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.unit import reference
from tests.unit.helpers import Problem, random_problem
from tests.unit.strategies import activations, networks
from tui_nn.network import HIDDEN_ACTIVATIONS, Network, Pass, check_gradient, compute_pass, relative_error
from tui_nn.network.model.array import Array

_EPSILON = 1e-5
# So far from 0 that no z of a relu unit crosses it when one weight moves by ε.
_FROM_THE_KINK = 1e-3


def _pass(problem: Problem) -> Pass:
    return compute_pass(*problem, learning_rate=0.5)


def _flat_gradient(network: Network, computed: Pass) -> Array:
    return np.concatenate([computed[f"dJd{name}"].ravel() for name in network.shapes])


def _stays_off_kinks(network: Network, computed: Pass) -> bool:
    layers = range(2, len(network.layers) + 1)
    relus = [computed[f"Z{layer}"] for layer in layers if network.activation_of(layer).kinks]
    return all(float(np.abs(z).min()) > _FROM_THE_KINK for z in relus)


@pytest.mark.parametrize("bias", [False, True])
@pytest.mark.parametrize("depth", [1, 2, 3, 4])
@pytest.mark.parametrize("activation", HIDDEN_ACTIVATIONS)
@given(data=st.data())
@settings(max_examples=10)
def test_backpropagation_agrees_with_finite_differences(
    activation: str, depth: int, bias: bool, data: st.DataObject
) -> None:
    layers = tuple(data.draw(st.lists(st.integers(1, 4), min_size=depth + 1, max_size=depth + 1)))
    # Without a hidden layer the output's activation is the only one.
    output = activation if depth == 1 else data.draw(activations)
    network = Network(layers, activation, output, bias)
    problem = random_problem(network, data.draw(st.integers(1, 4)), data.draw(st.integers(0, 2**32)))
    computed = _pass(problem)
    assume(_stays_off_kinks(network, computed))

    assert computed.cost == pytest.approx(reference.cost(*problem), rel=1e-12, abs=1e-15)
    numeric = reference.slopes(*problem, _EPSILON)
    scale = 1 + max(map(abs, numeric))
    np.testing.assert_allclose(_flat_gradient(network, computed), numeric, rtol=0, atol=1e-8 * scale)


@given(networks(), st.integers(1, 4), st.integers(0, 2**32))
def test_it_agrees_with_any_cost_sum_or_mean_and_any_penalty(network: Network, rows: int, seed: int) -> None:
    problem = random_problem(network, rows, seed)
    computed = _pass(problem)
    assume(_stays_off_kinks(network, computed))
    # |w| has a kink at 0.
    assume(not network.penalty.l1 or float(np.abs(problem.parameters.flat).min()) > _FROM_THE_KINK)
    assert computed.cost == pytest.approx(reference.cost(*problem), rel=1e-11, abs=1e-15)
    numeric = reference.slopes(*problem, _EPSILON)
    np.testing.assert_allclose(
        _flat_gradient(network, computed), numeric, rtol=0, atol=1e-8 * (1 + max(map(abs, numeric)))
    )


@pytest.mark.parametrize("bias", [False, True])
@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "identity"])
def test_the_gradient_check_gives_both_gradients_by_name(activation: str, bias: bool) -> None:
    network = Network((3, 4, 2), activation, activation, bias)
    problem = random_problem(network, rows=5, seed=7)
    check = check_gradient(problem.dataset, compute_pass(*problem, 1.0), _EPSILON)
    assert check
    names = ["dJdW1", "dJdW2", *(["dJdb1", "dJdb2"] if bias else [])]
    assert check.epsilon == _EPSILON
    assert list(check.analytic) == list(check.numeric) == names
    numeric = np.concatenate([check.numeric[name].ravel() for name in names])
    np.testing.assert_allclose(numeric, reference.slopes(*problem, _EPSILON), rtol=0, atol=1e-9)
    assert [check.analytic[name].shape for name in names] == [problem.network.shapes[name[3:]] for name in names]
    assert check.relative_error < 1e-7


def test_a_large_epsilon_is_told_apart_from_an_exact_gradient() -> None:
    problem = random_problem(Network((2, 3, 1)), rows=3, seed=1)
    check = check_gradient(problem.dataset, compute_pass(*problem, 1.0), 1.0)
    assert check
    assert check.relative_error > 1e-6


def test_the_relative_error_is_the_lecture_s() -> None:
    g, n = np.array([3.0, 0.0]), np.array([0.0, 4.0])
    assert relative_error(g, n) == 1.0
    assert relative_error(g, g) == 0.0
    assert relative_error(0 * g, 0 * n) == 0.0
    assert relative_error(g, -g) == float("inf")
    assert relative_error(np.array([1.0 + 1e-6]), np.array([1.0])) == pytest.approx(5e-7, rel=1e-3)


def test_an_update_is_the_weights_less_the_rate_times_the_gradient() -> None:
    problem = random_problem(Network((3, 2, 2), bias=True), rows=4, seed=3)
    computed = _pass(problem)
    for name, matrix in problem.parameters.named.items():
        np.testing.assert_allclose(computed[f"{name}_next"], matrix - 0.5 * computed[f"dJd{name}"], rtol=1e-15)
    after = computed.next_parameters.named
    assert {name: matrix.tolist() for name, matrix in after.items()} == {
        name: computed[f"{name}_next"].tolist() for name in problem.network.shapes
    }


def test_a_bias_s_gradient_is_the_column_sums_of_delta() -> None:
    problem = random_problem(Network((2, 3, 2), bias=True), rows=4, seed=5)
    computed = _pass(problem)
    for layer in (1, 2):
        sums = computed[f"delta{layer + 1}"].sum(axis=0, keepdims=True)
        np.testing.assert_allclose(computed[f"dJdb{layer}"], sums, rtol=1e-14)
