"""The derivation: each line is true as it stands, and what it marks as wrong is wrong."""

from collections.abc import Iterator
from dataclasses import replace
from functools import reduce
from itertools import product
from typing import TypeGuard

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.unit.helpers import random_problem
from tests.unit.strategies import networks_with_optimizers
from tui_nn.network import (
    Network,
    Pass,
    Trajectory,
    compute_pass,
    equations,
    matrix_shapes,
    steps,
)
from tui_nn.network.formulas.derivation import (
    Chain,
    DerivationLine,
    Differentiated,
    FunctionRule,
    Partial,
    ShapeFit,
    derivation,
)
from tui_nn.network.formulas.expression import ROW, Expression, MatrixRow, Product, Symbol, Transposed
from tui_nn.network.formulas.optimizers import update_rule
from tui_nn.network.formulas.reasons import Reason
from tui_nn.network.model.array import Array
from tui_nn.network.model.optimizer import SETTINGS, Optimizer

_problems = {"network": networks_with_optimizers(), "rows": st.integers(1, 5), "seed": st.integers(0, 2**32)}


def _lines(network: Network) -> list[DerivationLine]:
    return [line for step in steps(network) for line in derivation(network, step)]


def _computed(network: Network, rows: int, seed: int) -> Pass:
    return compute_pass(*random_problem(network, rows, seed), learning_rate=0.1)


def _of_row(computed: Pass, n: int) -> dict[str, Array]:
    return {**computed.matrices, ROW: np.array([[float(n)]])}


def _value(expression: Expression, computed: Pass, n: int = 0) -> Array:
    return expression.value(_of_row(computed, n))


def _is_over_iterations(line: DerivationLine) -> bool:
    return line.left is not None and not isinstance(line.left, Symbol | MatrixRow | Partial)


def _evaluated(line: DerivationLine) -> Expression | None:
    return None if isinstance(line.right, Chain | Differentiated | FunctionRule) else line.right


@given(network=networks_with_optimizers())
def test_the_last_line_of_each_step_is_what_the_iteration_computes(network: Network) -> None:
    check_last_lines(network)


def check_last_lines(network: Network) -> None:
    for step in steps(network):
        computed = [(one.name, one.expression) for one in equations(network) if one.step == step]
        last = derivation(network, step)[-len(computed) :]
        assert [(line.left, line.right) for line in last] == [(Symbol(name), right) for name, right in computed]


@given(**_problems)
def test_every_line_that_can_be_computed_is_true(network: Network, rows: int, seed: int) -> None:
    check_lines(network, rows, seed)


def check_lines(network: Network, rows: int, seed: int) -> None:
    computed = _computed(network, rows, seed)
    for line in _lines(network):
        right = _evaluated(line)
        match line.left:
            case Symbol("E") if right:
                np.testing.assert_allclose(_value(right, computed), computed.data_cost, rtol=1e-9, atol=1e-12)
            case Symbol(name) if right:
                np.testing.assert_allclose(_value(right, computed), computed[name], rtol=1e-9, atol=1e-300)
            case MatrixRow(Symbol(name)) if right:
                for n in range(rows):
                    np.testing.assert_allclose(_value(right, computed, n)[0], computed[name][n], rtol=1e-9, atol=1e-300)
            case Partial(Symbol("J" | "E"), Symbol(name)) if right:
                wanted = _slope_of_data(computed, name)
                scale = float(np.abs(computed[f"dJd{name}"]).max())
                np.testing.assert_allclose(_value(right, computed), wanted, atol=1e-9 * (scale + 1e-300))


def _slope_of_data(computed: Pass, name: str) -> Array:
    """The slope of J without that of the penalty."""
    penalty, w = computed.network.penalty, computed[name]
    counts = name in computed.network.penalised
    return computed[f"dJd{name}"] - counts * (penalty.l1 * np.sign(w) + penalty.l2 * w)


def _row_on(network: Network, known: dict[str, Array], begin: str) -> dict[str, Array]:
    """What follows for one row, from the matrix ``begin`` on, which stands among what is known."""
    last = len(network.layers)
    order = [name for layer in range(2, last + 1) for name in (f"Z{layer}", "Y_hat" if layer == last else f"A{layer}")]
    values = dict(known)
    for name in order[order.index(begin) + 1 if begin in order else 0 :]:
        layer = last if name == "Y_hat" else int(name[1:])
        if name.startswith("Z"):
            before = values["X" if layer == 2 else f"A{layer - 1}"]
            values[name] = before @ values[f"W{layer - 1}"] + values.get(f"b{layer - 1}", 0.0)
        else:
            values[name] = network.activation_of(layer).value(values[f"Z{layer}"])
    return values


def _jacobian(network: Network, known: dict[str, Array], partial: Partial) -> Array:
    """∂a/∂b for one row by differences, of shape (cells of a, cells of b)."""
    of, by = (side.of.name if isinstance(side, MatrixRow) else side.name for side in (partial.of, partial.by))
    columns = []
    for i in range(known[by].size):
        sides = []
        for shift in (1e-6, -1e-6):
            moved = {**known, by: known[by].copy()}
            moved[by].ravel()[i] += shift
            sides.append(_row_on(network, moved, by)[of].ravel())
        columns.append((sides[0] - sides[1]) / 2e-6)
    return np.array(columns).T


def _chained(network: Network, chain: Chain, computed: Pass, n: int) -> Array:
    """The factors of a chain for row n, multiplied from the left."""
    rows = {"X", "Y", *(one.name for one in equations(network) if one.name[0] in "ZAYd")}
    known = {name: value[n : n + 1] if name in rows else value for name, value in computed.matrices.items()}
    matrices = [_jacobian(network, known, one) if isinstance(one, Partial) else one for one in chain.factors]
    values = [one if isinstance(one, np.ndarray) else _value(_plain(one), computed, n) for one in matrices]
    return reduce(np.matmul, values)


def _plain(factor: Expression | Partial | Differentiated) -> Expression:
    assert not isinstance(factor, Partial | Differentiated)
    return factor


def _is_evaluable(right: object) -> TypeGuard[Chain]:
    return isinstance(right, Chain) and bool(right.factors) and not isinstance(right.factors[0], Differentiated)


@given(**_problems)
def test_what_a_rule_comes_to_over_all_iterations_is_true_in_each_of_them(
    network: Network, rows: int, seed: int
) -> None:
    trajectory = Trajectory(*random_problem(network, rows, seed), learning_rate=0.1)
    trajectory.extend(5)
    passes = [trajectory.pass_at(iteration) for iteration in range(1, trajectory.reached + 1)]
    lines = [line for line in _lines(network) if _is_over_iterations(line)]
    assert bool(lines) == bool(network.trained and network.optimizer.name != "gradient descent")
    for t, parameter in product(range(1, len(passes) + 1), network.trained):
        known = _over_iterations(passes[:t], parameter)
        for line in lines:
            right = _evaluated(line)
            assert right is not None
            assert line.left is not None
            assert not isinstance(line.left, Partial)
            # Terms of both signs may cancel.
            largest = max(float(np.abs(known[name]).max()) for name in (*update_rule(network).letters, "dJdw"))
            np.testing.assert_allclose(line.left.value(known), right.value(known), rtol=1e-9, atol=1e-12 * largest)


def _over_iterations(passes: list[Pass], parameter: str) -> dict[str, Array]:
    """The matrices of one parameter in these iterations, and the numbers of the last of them."""
    last, optimizer = passes[-1], passes[-1].network.optimizer
    letters = update_rule(last.network).letters
    names = {"dJdw": f"dJd{parameter}", **{letter: f"{letter}_{parameter}" for letter in letters}}
    numbers = {name: np.array([[getattr(optimizer, name)]]) for name in SETTINGS}
    return {
        **last.matrices,
        **numbers,
        **{name: np.array([one[matrix] for one in passes]) for name, matrix in names.items()},
        "t": np.array([[float(len(passes))]]),
    }


def test_the_lecture_s_first_step_with_adam_is_the_rate_in_the_direction_of_the_slope() -> None:
    network = replace(Network((2, 3, 1)), optimizer=Optimizer("adam"))
    first = compute_pass(*random_problem(network, 3, 1), learning_rate=0.01)
    for name in network.shapes:
        np.testing.assert_allclose(first[name] - first[f"{name}_next"], 0.01 * np.sign(first[f"dJd{name}"]), rtol=1e-4)


@given(**_problems)
def test_every_line_of_the_chain_rule_comes_to_the_gradient(network: Network, rows: int, seed: int) -> None:
    # A corner has no slope, and is met where relu's z lies within the differences.
    assume(not {"relu", "leaky relu"} & set(network.activation_names))
    check_chains(network, rows, seed)


def check_chains(network: Network, rows: int, seed: int) -> None:
    computed = _computed(network, rows, seed)
    chains = 0
    for line in _lines(network):
        match line.left:
            case Partial(Symbol("J" | "E"), Symbol(name)):
                right = _slope_of_data(computed, name)
        if _is_evaluable(line.right):
            total = sum(_chained(network, line.right, computed, n) for n in range(rows))
            tolerance = 1e-5 * (1 + float(np.abs(right).max()))
            np.testing.assert_allclose(np.reshape(total, right.shape), right, atol=tolerance)
            chains += 1
    assert chains >= 3


def _products(expression: Expression) -> Iterator[Product]:
    if isinstance(expression, Product):
        yield expression
    for part in ("left", "right", "of"):
        inner = getattr(expression, part, None)
        if inner is not None and not isinstance(inner, str):
            yield from _products(inner)


@given(**_problems)
def test_what_is_marked_as_wrong_is_wrong_and_nothing_else(network: Network, rows: int, seed: int) -> None:
    computed = _computed(network, rows, seed)
    shapes = matrix_shapes(network, rows)
    for line in _lines(network):
        right = _evaluated(line)
        if right is None or _is_over_iterations(line):
            continue
        if line.is_right:
            # Every product is defined, and the sides have one shape.
            for one in _products(right):
                one.shape(shapes)
            assert line.shape(shapes) in (None, right.shape(shapes))
            continue
        assert line.wanted is not None
        match line.fit(shapes):
            case ShapeFit.UNDEFINED:
                with pytest.raises(ValueError, match="matmul"):
                    _value(right, computed)
            case ShapeFit.OTHER_SHAPE:
                assert _value(right, computed).shape != _value(line.wanted, computed).shape
            case ShapeFit.BY_CHANCE:
                _is_something_else(line, right, computed, rows)
            case ShapeFit.SAME:
                swapped = Product(right.right, right.left) if isinstance(right, Product) else right
                np.testing.assert_array_equal(_value(right, computed), _value(swapped, computed))
            case ShapeFit.RIGHT:
                raise AssertionError(line)


def _is_something_else(line: DerivationLine, right: Expression, computed: Pass, rows: int) -> None:
    """What has the right shape by chance has other numbers; where relu is silent, all of them are 0."""
    assert line.wanted is not None
    name = line.wanted.of.name if isinstance(line.wanted, MatrixRow) else line.wanted.name
    by_name = {"W": f"dJd{name}", "Z": name}
    if line.reason is Reason.BACK_WRONG:
        assert isinstance(right, Product)
        assert isinstance(right.right, Symbol)
        meant = Product(right.left, Transposed(right.right))
        pairs = [(_value(right, computed, n), _value(meant, computed, n)) for n in range(rows)]
    else:
        pairs = [(_value(right, computed), computed[by_name[name[0]]])]
    assert all(made.shape == wanted.shape for made, wanted in pairs)
    assert any(not np.allclose(made, wanted, rtol=1e-9) for made, wanted in pairs) or not any(
        made.any() for made, _ in pairs
    )
