"""The derivation as it is written: the shapes below each line, the slope of each function, the lecture's own lines."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.helpers import random_problem
from tests.unit.strategies import networks
from tui_nn.network import (
    HIDDEN_ACTIVATIONS,
    Network,
    compute_pass,
    matrix_shapes,
    steps,
)
from tui_nn.writing.formulas.derivation_text import derivation_lines
from tui_nn.writing.notation.activation_text import function_sentence, slope_rules
from tui_nn.writing.notation.signs import ASCII, UNICODE, Notation

_LECTURE = Network((2, 3, 1))


@given(
    network=networks(),
    rows=st.integers(1, 5),
    seed=st.integers(0, 2**32),
    notation=st.sampled_from([UNICODE, ASCII]),
)
def test_the_shapes_below_a_line_are_those_of_the_numbers(
    network: Network, rows: int, seed: int, notation: Notation
) -> None:
    computed = compute_pass(*random_problem(network, rows, seed), learning_rate=0.1)
    shapes = matrix_shapes(network, rows)
    own = notation.for_network(network)
    sizes = {name: matrix.shape for name, matrix in computed.matrices.items()} | {"E": computed["J"].shape}
    by_label = {own.name(name): size for name, size in sizes.items()}
    by_label |= {own.row_name(name): (1, columns) for name, (_, columns) in sizes.items()}
    prime = f"[a-z ]+{own.prime}"
    for step in steps(network):
        for line in derivation_lines(network, step, notation, shapes):
            assert len(line.formula) >= len(line.shapes.rstrip()) - 4
            for above, below in line.pieces:
                label = above.strip()
                if found := re.fullmatch(rf"{prime}\((.+)\)", label):
                    label = found[1]
                if found := re.fullmatch(r"diag\((.+)\)", label):
                    # A square with the row on its diagonal.
                    columns = by_label[found[1]][1]
                    assert below.strip() == own.shape((columns, columns))
                    continue
                turned = label.endswith(own.transposed)
                shape = by_label.get(label.removesuffix(own.transposed))
                if below.strip():
                    assert shape is not None, label
                    assert below.strip() == own.shape(shape[::-1] if turned else shape), line


@pytest.mark.parametrize("notation", [UNICODE, ASCII], ids=["unicode", "ascii"])
@pytest.mark.parametrize("activation", HIDDEN_ACTIVATIONS)
def test_each_line_from_f_to_its_slope_is_that_slope(activation: str, notation: Notation) -> None:
    own = notation.for_network(Network((2, 3, 1), activation, activation))
    z = np.array([-2.3, -0.4, 0.7, 1.9])
    f = HIDDEN_ACTIVATIONS[activation].value
    slope = (f(z + 1e-6) - f(z - 1e-6)) / 2e-6
    lines = [
        function_sentence(activation, derived=True, notation=own),
        *(text for _, text in slope_rules(activation, own)),
    ]
    for text in lines:
        formula = text.partition(" = ")[2]
        for cell, expected in zip(z, slope, strict=True):
            piece, _, condition = formula.partition(", else ")[0].partition(" where ")
            if condition and not eval(as_python(condition), {"z": cell}):  # noqa: S307 - our own formulas
                continue
            made = eval(as_python(piece), {"z": cell, "e": np.e, "exp": np.exp, "log": np.log, "f": f})  # noqa: S307
            assert made == pytest.approx(expected, abs=1e-6), text
    value = function_sentence(activation, derived=False, notation=own).partition(" = ")[2].partition(" where ")[0]
    made = eval(as_python(value), {"z": z[2], "e": np.e, "exp": np.exp, "log": np.log})  # noqa: S307
    assert made == pytest.approx(float(f(z[2:3])[0]))


def test_no_line_from_f_to_its_slope_is_left_out() -> None:
    own = UNICODE.for_network(_LECTURE)
    for activation in HIDDEN_ACTIVATIONS:
        named = replace(own, functions={activation: "f"})
        assert len(slope_rules(activation, named)) == len(HIDDEN_ACTIVATIONS[activation].derivation)


def as_python(formula: str) -> str:
    """A formula of the screen, as Python reads it."""
    for sign, python in (
        ("e⁻ᶻ", "e**-z"),
        ("eᶻ", "e**z"),
        ("²", "**2"),
        ("^2", "**2"),
        ("·", "*"),
        ("−", "-"),
        ("≤", "<="),
        ("ln(", "log("),
    ):
        formula = formula.replace(sign, python)
    return re.sub(r"\|([^|]+)\|", r"abs(\1)", re.sub(r" \. ", " * ", formula))


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
