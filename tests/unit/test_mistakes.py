"""Mistakes that programs are made with: the gradient check catches each, and passes the right program."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.unit.helpers import Problem, lesson, random_problem, some_iteration
from tests.unit.strategies import networks
from tui_nn.network import (
    Mistake,
    Network,
    Pass,
    StepKind,
    backward_by,
    check_gradient,
    compute_pass,
    equations,
    gradient_ratio,
    matrix_shapes,
    mistaken_among,
    mistaken_equations,
    possible_mistakes,
)
from tui_nn.network.formulas.optimizers import update_rule
from tui_nn.network.model.array import Array
from tui_nn.network.model.optimizer import Optimizer
from tui_nn.session.runs.run_cache import RunCache
from tui_nn.session.state import State

_CAUGHT, _PASSED = 1e-3, 1e-6
# So far from 0 that no z of a relu unit crosses it when one weight moves by ε.
_FROM_THE_KINK = 1e-3
_FORWARD = (StepKind.Z, StepKind.A, StepKind.Y_HAT, StepKind.COST)


def _lecture(iteration: int) -> Pass:
    run = RunCache().run_of(State.opened(lesson("lecture")).plan)
    run.extend(iteration)
    return run.pass_at(iteration)


def _pass(problem: Problem) -> Pass:
    return compute_pass(*problem, learning_rate=0.5)


def _gradient(network: Network, matrices: dict[str, Array] | Pass) -> Array:
    return np.concatenate([matrices[f"dJd{name}"].ravel() for name in network.shapes])


def _stays_off_kinks(computed: Pass) -> bool:
    network = computed.network
    layers = range(2, len(network.layers) + 1)
    relus = [computed[f"Z{layer}"] for layer in layers if network.activation_of(layer).kinks]
    return all(float(np.abs(z).min()) > _FROM_THE_KINK for z in relus)


@pytest.mark.parametrize("iteration", [1, 37])
@pytest.mark.parametrize("mistake", possible_mistakes(lesson("lecture").network, 3))
def test_in_the_lecture_every_mistake_but_that_of_a_mean_is_on_offer_and_caught(
    mistake: Mistake, iteration: int
) -> None:
    dataset, computed = lesson("lecture").dataset, _lecture(iteration)
    right = check_gradient(dataset, computed, 1e-5)
    assert right
    assert right.relative_error <= _PASSED
    formulas = mistaken_equations(computed.network, dataset.rows, mistake)
    assert right.for_gradient(backward_by(formulas, computed)).relative_error >= _CAUGHT


@given(networks(), st.integers(1, 4), st.integers(0, 2**32), st.data())
@settings(max_examples=150)
def test_a_mistake_that_is_on_offer_is_caught_in_any_network(
    network: Network, rows: int, seed: int, data: st.DataObject
) -> None:
    mistake = data.draw(st.sampled_from(possible_mistakes(network, rows)))
    problem = random_problem(network, rows, seed)
    computed = _pass(problem)
    right = _gradient(network, computed)
    # Where all is flat there is nothing to be seen, with a mistake or without.
    assume(_stays_off_kinks(computed) and float(np.linalg.norm(right)) > 1e-2 * max(1.0, computed.cost))
    program = backward_by(mistaken_equations(network, rows, mistake), computed)
    if network.penalised or mistake in (Mistake.DERIVATIVE, Mistake.TRANSPOSE, Mistake.COMPLEMENT):
        # A relu may be open in every row, tanh nearly straight, a matrix nearly symmetric, y nearly 1, slopes small,
        # and a penalty next to nothing, or nearly all.
        difference = float(np.linalg.norm(_gradient(network, program) - right))
        assume(difference > 1e-2 * float(np.linalg.norm(right)))
    check = check_gradient(problem.dataset, computed, 1e-5)
    assert check
    assert check.relative_error <= _PASSED
    assert check.for_gradient(program).relative_error >= _CAUGHT


@given(networks(), st.integers(1, 4), st.integers(0, 2**32))
def test_a_mistake_changes_no_shape_and_nothing_on_the_way_forward(network: Network, rows: int, seed: int) -> None:
    shapes = matrix_shapes(network, rows)
    computed = _pass(random_problem(network, rows, seed))
    for mistake in possible_mistakes(network, rows):
        formulas = mistaken_equations(network, rows, mistake)
        assert [one.name for one in formulas] == [one.name for one in equations(network)]
        wrong = mistaken_among(network, formulas)
        assert wrong
        for one in wrong:
            assert one.wrong.step.kind not in _FORWARD
            assert one.wrong.expression.shape(shapes) == one.right.expression.shape(shapes)
        program = backward_by(formulas, computed)
        assert {name: matrix.shape for name, matrix in program.items()} == {
            name: matrix.shape for name, matrix in computed.matrices.items()
        }
        for name in ("X", "Y", "Y_hat", "J", *network.shapes):
            assert program[name] is computed[name] or np.array_equal(program[name], computed[name], equal_nan=True)


@given(networks(is_penalised=False), st.integers(1, 4), st.integers(0, 2**32))
def test_a_lost_minus_turns_every_sign_and_the_mean_divides_by_the_rows(network: Network, rows: int, seed: int) -> None:
    computed = _pass(random_problem(network, rows, seed))
    for mistake, factor in ((Mistake.MINUS, -1.0), (Mistake.MEAN, 1 / rows)):
        if mistake in possible_mistakes(network, rows):
            program = backward_by(mistaken_equations(network, rows, mistake), computed)
            np.testing.assert_allclose(_gradient(network, program), factor * _gradient(network, computed), rtol=1e-12)
            for name in network.shapes:
                found = gradient_ratio(f"dJd{name}", program, computed.matrices)
                assert math.isnan(found.least) or found.is_about(factor)


_NOT_ON_OFFER = {
    "of one row the mean is the sum": (Network((2, 3, 1)), 1, Mistake.MEAN),
    "the slope of the identity is 1": (Network((2, 3, 1), "identity", "identity"), 3, Mistake.DERIVATIVE),
    "no matrix is square": (Network((2, 3, 1)), 4, Mistake.TRANSPOSE),
    "only Adam corrects its averages": (Network((2, 3, 1)), 3, Mistake.UNCORRECTED),
    "without an optimizer a lost minus does the same": (Network((2, 3, 1)), 3, Mistake.PLUS),
    "without an optimizer nothing is kept": (Network((2, 3, 1)), 3, Mistake.CLEARED),
    "a 1×1 matrix is its own transpose": (Network((1, 1, 1)), 1, Mistake.TRANSPOSE),
}


@pytest.mark.parametrize("case", _NOT_ON_OFFER)
def test_what_would_change_nothing_is_not_on_offer(case: str) -> None:
    network, rows, mistake = _NOT_ON_OFFER[case]
    assert mistake not in possible_mistakes(network, rows)
    assert mistaken_equations(network, rows, mistake) == ()
    assert Mistake.MINUS in possible_mistakes(network, rows)


def test_without_the_correction_adam_s_first_step_is_too_long_and_every_slope_is_right() -> None:
    network = Network((2, 3, 1), optimizer=Optimizer("adam"))
    problem = random_problem(network, 3, 1)
    computed = _pass(problem)
    program = backward_by(mistaken_equations(network, 3, Mistake.UNCORRECTED), computed)
    np.testing.assert_array_equal(_gradient(network, program), _gradient(network, computed))
    for name in network.shapes:
        # (1 − β₁) g / √((1 − β₂) g²) in place of g / √g².
        steps = [np.abs(one[f"{name}_next"] - one[name]) for one in (program, computed)]
        np.testing.assert_allclose(steps[0], 0.1 / math.sqrt(0.001) * steps[1], rtol=1e-3)


@pytest.mark.parametrize("optimizer", ["momentum", "nesterov", "adagrad", "rmsprop", "adam"])
def test_with_a_plus_for_the_minus_each_weight_moves_the_other_way(optimizer: str) -> None:
    network = Network((2, 3, 1), bias=True, optimizer=Optimizer(optimizer))
    computed = some_iteration(random_problem(network, 3, 1), 5)
    program = backward_by(mistaken_equations(network, 3, Mistake.PLUS), computed)
    for name in network.shapes:
        moves = [one[f"{name}_next"] - one[name] for one in (program, computed)]
        np.testing.assert_allclose(moves[0], -moves[1], rtol=1e-9)


@pytest.mark.parametrize("optimizer", ["momentum", "nesterov", "adagrad", "rmsprop", "adam"])
def test_what_is_cleared_where_an_epoch_begins_is_as_before_the_first_iteration(optimizer: str) -> None:
    network = Network((2, 3, 1), optimizer=Optimizer(optimizer))
    problem = random_problem(network, 3, 1)
    cleared, computed = _pass(problem), some_iteration(problem, 5)
    program = backward_by(mistaken_equations(network, 3, Mistake.CLEARED, is_new_epoch=True), computed)
    for letter in update_rule(network).state:
        for name in network.shapes:
            np.testing.assert_allclose(program[f"{letter}_{name}"], cleared[f"{letter}_{name}"], rtol=1e-12)
            assert not np.allclose(computed[f"{letter}_{name}"], cleared[f"{letter}_{name}"])
    assert mistaken_equations(network, 3, Mistake.CLEARED) == ()


def test_the_transpose_that_is_dropped_is_that_of_any_square_matrix() -> None:
    # W2 is 3×3 here, with 4 rows of data: δ3 W2 fits as δ3 W2ᵀ does.
    (wrong,) = mistaken_among(network := Network((2, 3, 3)), mistaken_equations(network, 4, Mistake.TRANSPOSE))
    assert wrong.right.name == "delta2"
    (wrong,) = mistaken_among(network := Network((4, 3, 1)), mistaken_equations(network, 4, Mistake.TRANSPOSE))
    assert wrong.right.name == "dJdW1"


def test_a_slope_of_the_output_is_forgotten_where_the_hidden_layers_have_none() -> None:
    (wrong,) = mistaken_among(
        network := Network((2, 3, 1), "identity"), mistaken_equations(network, 3, Mistake.DERIVATIVE)
    )
    assert wrong.right.name == "delta3"
    (wrong,) = mistaken_among(network := Network((2, 1)), mistaken_equations(network, 3, Mistake.DERIVATIVE))
    assert wrong.right.name == "delta2"


def test_a_mistake_spreads_as_in_a_program() -> None:
    computed = _lecture(1)
    program = backward_by(mistaken_equations(computed.network, 3, Mistake.DERIVATIVE), computed)
    np.testing.assert_array_equal(program["dJdW2"], computed["dJdW2"])
    np.testing.assert_allclose(program["dJdW1"], computed["X"].T @ (computed["delta3"] @ computed["W2"].T), rtol=1e-12)


def test_a_ratio_says_nothing_of_cells_that_are_0_and_ought_to_be() -> None:
    right = {"A": np.array([[0.0, 2.0], [4.0, -1.0]])}
    assert gradient_ratio("A", {"A": right["A"] * 3}, right).is_about(3)
    assert math.isnan(gradient_ratio("A", {"A": np.zeros((2, 2))}, {"A": np.zeros((2, 2))}).least)
    assert gradient_ratio("A", {"A": np.ones((2, 2))}, right).greatest == math.inf
