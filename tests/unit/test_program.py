"""The pass, the run and the stacked runs are one program: the same equations, a block of rows at a time."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.helpers import random_problem, same_bits
from tests.unit.strategies import networks
from tui_nn.network import (
    Network,
    backward_by,
    compute_pass,
    equations,
    forward,
    mistaken_equations,
    possible_mistakes,
)
from tui_nn.network.training.program import BLOCK
from tui_nn.network.training.trainer import StackedTrainer, Trainer

_RATE = 1e-4
_rows = st.one_of(st.integers(1, 6), st.sampled_from((BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 2 * BLOCK + 77)))


@given(network=networks(), rows=_rows, seed=st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_a_pass_and_a_run_agree_to_the_last_bit_and_with_the_equations(network: Network, rows: int, seed: int) -> None:
    network, data, start = random_problem(network, rows, seed)
    computed = compute_pass(network, data, start, _RATE)
    passed, costs = np.empty((2, network.size)), np.empty(2)
    Trainer(network, data, _RATE).run(start.flat, costs, passed)
    assert computed.cost == costs[0]
    assert same_bits(computed.next_parameters.flat, passed[1])
    in_two_goes = backward_by(equations(network), computed) | forward(network, data, start)
    for equation in equations(network):
        made = computed[equation.name]
        assert same_bits(in_two_goes[equation.name], made), equation.name
        size = float(np.abs(made).max(initial=0.0))
        np.testing.assert_allclose(made, equation.expression.value(computed.matrices), rtol=1e-9, atol=1e-9 * size)


@given(network=networks(), rows=_rows, seed=st.integers(0, 2**32))
@settings(max_examples=30, deadline=None)
def test_stacked_runs_are_single_runs(network: Network, rows: int, seed: int) -> None:
    network, data, start = random_problem(network, rows, seed)
    passed, own, costs = np.empty((3, network.size)), np.empty(3), np.empty((3, 2))
    Trainer(network, data, _RATE).run(start.flat, own, passed)
    StackedTrainer(network, data, _RATE, 2).advance(np.stack((start.flat, 0.5 * start.flat), axis=1), costs)
    np.testing.assert_allclose(costs[:, 0], own, rtol=1e-9)


@pytest.mark.parametrize("rows", [3, BLOCK + 6])
def test_a_program_with_a_mistake_computes_its_own_equations_over_any_number_of_rows(rows: int) -> None:
    # As many hidden units as rows: every mistake can be made, the missing transpose over all rows at once.
    network, data, start = random_problem(Network((2, rows, 1), "tanh", "identity", bias=True), rows, seed=1)
    computed = compute_pass(network, data, start, _RATE)
    assert len(possible_mistakes(network, rows)) == 4
    for mistake in possible_mistakes(network, rows):
        formulas = mistaken_equations(network, rows, mistake)
        program = backward_by(formulas, computed)
        for equation in formulas:
            wanted = equation.expression.value(program)
            size = float(np.abs(wanted).max())
            np.testing.assert_allclose(program[equation.name], wanted, rtol=1e-9, atol=1e-9 * size)
