"""The derivation: each line is true as it stands, and the shapes below it are those of what stands above."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import reduce
from typing import TypeGuard

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.unit.helpers import random_problem
from tests.unit.strategies import networks
from tui_nn.network import (
    ACTIVATIONS,
    Dataset,
    Network,
    Parameters,
    Pass,
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
from tui_nn.network.formulas.reasons import Reason
from tui_nn.network.model.array import Array
from tui_nn.writing.formulas.derivation_text import derivation_lines
from tui_nn.writing.notation.activation_text import function_sentence, slope_rules
from tui_nn.writing.notation.signs import ASCII, UNICODE, Notation

_problems = {"network": networks(), "rows": st.integers(1, 5), "seed": st.integers(0, 2**32)}
_LECTURE = Network((2, 3, 1))


def _lines(network: Network) -> list[DerivationLine]:
    return [line for step in steps(network) for line in derivation(network, step)]


def _computed(network: Network, rows: int, seed: int) -> tuple[Dataset, Parameters, Pass]:
    network, dataset, parameters = random_problem(network, rows, seed)
    return dataset, parameters, compute_pass(network, dataset, parameters, learning_rate=0.1)


def _of_row(computed: Pass, n: int) -> dict[str, Array]:
    return {**computed.matrices, ROW: np.array([[float(n)]])}


def _value(expression: Expression, computed: Pass, n: int = 0) -> Array:
    return expression.value(_of_row(computed, n))


def _evaluated(line: DerivationLine) -> Expression | None:
    return None if isinstance(line.right, Chain | Differentiated | FunctionRule) else line.right


@given(network=networks())
def test_the_last_line_of_each_step_is_what_the_iteration_computes(network: Network) -> None:
    for step in steps(network):
        computed = [(one.name, one.expression) for one in equations(network) if one.step == step]
        last = derivation(network, step)[-len(computed) :]
        assert [(line.left, line.right) for line in last] == [(Symbol(name), right) for name, right in computed]


@given(**_problems)
def test_every_line_that_can_be_computed_is_true(network: Network, rows: int, seed: int) -> None:
    _, _, computed = _computed(network, rows, seed)
    for line in _lines(network):
        right = _evaluated(line)
        match line.left:
            case Symbol(name) if right:
                np.testing.assert_allclose(_value(right, computed), computed[name], rtol=1e-9, atol=1e-300)
            case MatrixRow(Symbol(name)) if right:
                for n in range(rows):
                    np.testing.assert_allclose(_value(right, computed, n)[0], computed[name][n], rtol=1e-9, atol=1e-300)
            case Partial(Symbol("J"), Symbol(name)) if right:
                scale = float(np.abs(computed[f"dJd{name}"]).max())
                np.testing.assert_allclose(
                    _value(right, computed), computed[f"dJd{name}"], atol=1e-9 * (scale + 1e-300)
                )


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


@settings(deadline=None, max_examples=60)
@given(**_problems)
def test_every_line_of_the_chain_rule_comes_to_the_gradient(network: Network, rows: int, seed: int) -> None:
    # A corner has no slope, and is met where relu's z lies within the differences.
    assume("relu" not in (network.activation, network.output_activation))
    _, _, computed = _computed(network, rows, seed)
    chains = 0
    for line in _lines(network):
        match line.left:
            case Partial(Symbol("J"), Symbol(name)):
                right = computed[f"dJd{name}"]
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
    _, _, computed = _computed(network, rows, seed)
    shapes = matrix_shapes(network, rows)
    for line in _lines(network):
        right = _evaluated(line)
        if right is None:
            continue
        if line.is_right:
            # Every product is defined, and the sides have one shape.
            for product in _products(right):
                product.shape(shapes)
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
        product = right
        assert isinstance(product, Product)
        assert isinstance(product.right, Symbol)
        meant = Product(product.left, Transposed(product.right))
        pairs = [(_value(product, computed, n), _value(meant, computed, n)) for n in range(rows)]
    else:
        pairs = [(_value(right, computed), computed[by_name[name[0]]])]
    assert all(made.shape == wanted.shape for made, wanted in pairs)
    assert any(not np.allclose(made, wanted, rtol=1e-9) for made, wanted in pairs) or not any(
        made.any() for made, _ in pairs
    )


@given(**_problems, notation=st.sampled_from([UNICODE, ASCII]))
def test_the_shapes_below_a_line_are_those_of_the_numbers(
    network: Network, rows: int, seed: int, notation: Notation
) -> None:
    _, _, computed = _computed(network, rows, seed)
    shapes = matrix_shapes(network, rows)
    own = notation.for_network(network)
    by_label = {own.name(name): computed[name].shape for name in shapes}
    by_label |= {own.row_name(name): (1, computed[name].shape[1]) for name in shapes}
    prime = f"[a-z]+{own.prime}"
    for step in steps(network):
        for line in derivation_lines(network, step, notation, shapes):
            assert len(line.formula) >= len(line.shapes.rstrip()) - 4
            for above, below in line.pieces:
                label = above.strip()
                if found := re.fullmatch(rf"{prime}\((.+)\)", label):
                    label = found[1]
                turned = label.endswith(own.transposed)
                shape = by_label.get(label.removesuffix(own.transposed))
                if below.strip():
                    assert shape is not None, label
                    assert below.strip() == own.shape(shape[::-1] if turned else shape), line


@pytest.mark.parametrize("notation", [UNICODE, ASCII], ids=["unicode", "ascii"])
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_each_line_from_f_to_its_slope_is_that_slope(activation: str, notation: Notation) -> None:
    own = notation.for_network(Network((2, 3, 1), activation, activation))
    z = np.array([-2.3, -0.4, 0.7, 1.9])
    f = ACTIVATIONS[activation].value
    slope = (f(z + 1e-6) - f(z - 1e-6)) / 2e-6
    lines = [
        function_sentence(activation, derived=True, notation=own),
        *(text for _, text in slope_rules(activation, own)),
    ]
    for text in lines:
        formula = text.partition(" = ")[2]
        for cell, expected in zip(z, slope, strict=True):
            piece, _, condition = formula.partition(", else ")[0].partition(" where ")
            if condition and not eval(_python(condition), {"z": cell}):  # noqa: S307 - our own formulas
                continue
            made = eval(_python(piece), {"z": cell, "e": np.e, "exp": np.exp, "f": f})  # noqa: S307
            assert made == pytest.approx(expected, abs=1e-6), text
    value = function_sentence(activation, derived=False, notation=own).partition(" = ")[2].partition(" where ")[0]
    assert eval(_python(value), {"z": 0.7, "e": np.e, "exp": np.exp}) == pytest.approx(float(f(z[2:3])[0]))  # noqa: S307


def test_no_line_from_f_to_its_slope_is_left_out() -> None:
    own = UNICODE.for_network(_LECTURE)
    for activation in ACTIVATIONS:
        named = replace(own, functions={activation: "f"})
        assert len(slope_rules(activation, named)) == len(ACTIVATIONS[activation].derivation)


def _python(formula: str) -> str:
    for sign, python in (
        ("e⁻ᶻ", "e**-z"),
        ("eᶻ", "e**z"),
        ("²", "**2"),
        ("^2", "**2"),
        ("·", "*"),
        ("−", "-"),
        ("≤", "<="),
    ):
        formula = formula.replace(sign, python)
    formula = re.sub(r"\|([^|]+)\|", r"abs(\1)", formula)
    return re.sub(r" \. ", " * ", formula)


def test_the_lecture_s_own_lines_are_there_in_their_order() -> None:
    shapes = matrix_shapes(_LECTURE, 3)
    by_name = {step.name: step for step in steps(_LECTURE)}
    said = [line.formula.replace(" ", "") for line in derivation_lines(_LECTURE, by_name["delta3"], UNICODE, shapes)]
    assert said == [
        "∂J/∂W⁽²⁾=∂/∂W⁽²⁾½Σₙ(yₙ−ŷₙ)²",
        "=Σₙ∂/∂W⁽²⁾½(yₙ−ŷₙ)²",
        "=Σₙ−(yₙ−ŷₙ)·∂ŷₙ/∂W⁽²⁾",
        "=Σₙ−(yₙ−ŷₙ)·∂ŷₙ/∂z⁽³⁾ₙ·∂z⁽³⁾ₙ/∂W⁽²⁾",
        "f′(z)=(0·(1+e⁻ᶻ)−1·(−e⁻ᶻ))/(1+e⁻ᶻ)²",
        "f′(z)=e⁻ᶻ/(1+e⁻ᶻ)²",
        "f′(z)=f(z)·(1−f(z))",
        "∂ŷₙ/∂z⁽³⁾ₙ=f′(z⁽³⁾ₙ)",
        "δ⁽³⁾ₙ=−(yₙ−ŷₙ)⊙f′(z⁽³⁾ₙ)",
        "δ⁽³⁾=−(Y−Ŷ)⊙f′(Z⁽³⁾)",
    ]
    wrong = [line for line in derivation_lines(_LECTURE, by_name["dJdW2"], UNICODE, shapes) if not line.is_right]
    assert [line.sentence.rpartition("It ")[2] for line in wrong] == [
        "does not fit: 1 column on the left, 3 rows on the right."
    ] * 2


def test_a_line_that_is_too_long_is_broken_between_its_factors() -> None:
    network = Network((2, 4, 3, 1))
    by_name = {step.name: step for step in steps(network)}
    line = derivation_lines(network, by_name["delta2"], UNICODE, matrix_shapes(network, 3))[1]
    above, below = zip(*line.lines(40), strict=True)
    assert above == ("= Σₙ δ⁽³⁾ₙ · ∂z⁽³⁾ₙ/∂a⁽²⁾ₙ", "    · ∂a⁽²⁾ₙ/∂z⁽²⁾ₙ · ∂z⁽²⁾ₙ/∂W⁽¹⁾")
    assert below[0].strip() == "1×3"
    assert [*line.lines(200)] == [(line.formula, line.shapes)]
