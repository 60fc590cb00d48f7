"""The formulas of one iteration: their order, their shapes, and that training follows them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.helpers import random_problem
from tests.unit.strategies import networks
from tui_nn.network import Network, Trajectory, compute_pass, equations, steps
from tui_nn.network.formulas.equations import PENALISED
from tui_nn.network.formulas.expression import (
    ColumnSums,
    Difference,
    Hadamard,
    PlusRow,
    Product,
    Symbol,
    symbols,
)

_LECTURE = Network((2, 3, 1))
_BIASES = Network((2, 3, 1), bias=True)
_DEEPER = Network((2, 4, 3, 1))
_FLAT = Network((2, 1), bias=True)


@pytest.mark.parametrize(
    ("network", "names"),
    [
        (_LECTURE, "Z2 A2 Z3 Y_hat J delta3 dJdW2 delta2 dJdW1 update"),
        (_BIASES, "Z2 A2 Z3 Y_hat J delta3 dJdW2 dJdb2 delta2 dJdW1 dJdb1 update"),
        (_DEEPER, "Z2 A2 Z3 A3 Z4 Y_hat J delta4 dJdW3 delta3 dJdW2 delta2 dJdW1 update"),
        (_FLAT, "Z2 Y_hat J delta2 dJdW1 dJdb1 update"),
    ],
    ids=["lecture", "biases", "deeper", "no hidden layer"],
)
def test_the_steps_come_in_the_lecture_s_order(network: Network, names: str) -> None:
    assert [step.name for step in steps(network)] == names.split()


@pytest.mark.parametrize(
    ("network", "names"),
    [
        (_LECTURE, "W1_next W2_next"),
        (_BIASES, "W1_next W2_next b1_next b2_next"),
        (_DEEPER, "W1_next W2_next W3_next"),
    ],
    ids=["lecture", "biases", "deeper"],
)
def test_the_update_has_an_equation_for_each_matrix_and_every_other_step_one(network: Network, names: str) -> None:
    order = equations(network)
    before = [step.name for step in steps(network)][:-1]
    assert [equation.name for equation in order] == [*before, *names.split()]
    assert [equation.step.name for equation in order] == [*before, *["update"] * len(names.split())]


@given(network=networks())
def test_every_operand_is_known_before_it_is_needed(network: Network) -> None:
    known = {"X", "Y", *network.shapes, *({PENALISED} if network.penalised else ())}
    for equation in equations(network):
        assert symbols(equation.expression) <= known, equation.name
        known.add(equation.name)


@given(network=networks(), rows=st.integers(1, 5), seed=st.integers(0, 2**32))
def test_the_shape_that_a_formula_declares_is_that_of_its_value(network: Network, rows: int, seed: int) -> None:
    problem = random_problem(network, rows, seed)
    computed = compute_pass(*problem, learning_rate=0.1)
    shapes = {name: matrix.shape for name, matrix in computed.matrices.items()}
    for equation in equations(network):
        assert equation.expression.shape(shapes) == shapes[equation.name], equation.name


@given(network=networks(most_units=6), rows=st.integers(1, 8), seed=st.integers(0, 2**32))
def test_training_computes_what_the_formulas_say(network: Network, rows: int, seed: int) -> None:
    problem = random_problem(network, rows, seed)
    run = Trajectory(*problem, learning_rate=0.05)
    run.extend(5)
    for iteration in range(1, run.reached + 1):
        computed = run.pass_at(iteration)
        assert computed.cost == pytest.approx(run.cost(iteration), rel=1e-13)
        after = run.parameters(iteration + 1).flat
        np.testing.assert_allclose(computed.next_parameters.flat, after, rtol=1e-12, atol=1e-14)


def test_a_pass_can_t_be_written_to() -> None:
    computed = compute_pass(*random_problem(_BIASES, rows=2, seed=0), learning_rate=1.0)
    assert {*computed.matrices} >= {"X", "Y", "W1", "b2", "Z2", "J", "W1_next", "b2_next"}
    assert not any(matrix.flags.writeable for matrix in computed.matrices.values())


@pytest.mark.parametrize("kind", [Product, Hadamard, Difference, PlusRow])
def test_a_formula_of_matrices_that_do_not_fit_has_no_shape(
    kind: type[Product] | type[Hadamard] | type[Difference] | type[PlusRow],
) -> None:
    with pytest.raises(ValueError, match="3"):
        kind(Symbol("A"), Symbol("B")).shape({"A": (2, 3), "B": (2, 2)})


def test_a_formula_names_its_operands() -> None:
    expression = Hadamard(Product(Symbol("A"), Symbol("B")), ColumnSums(Symbol("C")))
    assert symbols(expression) == {"A", "B", "C"}
