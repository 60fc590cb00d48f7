"""The lecture's signs, in Unicode and in ASCII."""

from unicodedata import combining

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.strategies import networks_with_optimizers
from tui_nn.network import Network, Overflow, equations, matrix_shapes, steps
from tui_nn.network.formulas.equations import DATA_COST, PENALISED
from tui_nn.writing.notation.name_parser import parse_matrix_name, parse_step
from tui_nn.writing.notation.shapes_below import lines_over_shapes
from tui_nn.writing.notation.signs import ASCII, COMMON, UNICODE, FormulaBlock, Notation
from tui_nn.writing.sentences.steps_and_errors import overflow_sentence, step_sentence

_LECTURE = Network((2, 3, 1))
_MIXED = Network((2, 3, 1), "tanh", "identity", bias=True)


def _formulas(notation: Notation, network: Network) -> list[str]:
    return [notation.for_network(network).formula(equation) for equation in equations(network)]


def test_the_lecture_s_formulas_are_written_as_on_its_slides() -> None:
    assert _formulas(UNICODE, _LECTURE) == [
        "Z⁽²⁾ = X · W⁽¹⁾",
        "A⁽²⁾ = f(Z⁽²⁾)",
        "Z⁽³⁾ = A⁽²⁾ · W⁽²⁾",
        "Ŷ = f(Z⁽³⁾)",
        "J = ½ Σ (Y − Ŷ)²",
        "δ⁽³⁾ = −(Y − Ŷ) ⊙ f′(Z⁽³⁾)",
        "∂J/∂W⁽²⁾ = A⁽²⁾ᵀ · δ⁽³⁾",
        "δ⁽²⁾ = δ⁽³⁾ · W⁽²⁾ᵀ ⊙ f′(Z⁽²⁾)",
        "∂J/∂W⁽¹⁾ = Xᵀ · δ⁽²⁾",
        "new W⁽¹⁾ = W⁽¹⁾ − η · ∂J/∂W⁽¹⁾",
        "new W⁽²⁾ = W⁽²⁾ − η · ∂J/∂W⁽²⁾",
    ]


def test_in_ascii_they_say_the_same() -> None:
    assert _formulas(ASCII, _LECTURE) == [
        "Z2 = X . W1",
        "A2 = f(Z2)",
        "Z3 = A2 . W2",
        "Y_hat = f(Z3)",
        "J = 1/2 sum (Y - Y_hat)^2",
        "delta3 = -(Y - Y_hat) * f'(Z3)",
        "dJ/dW2 = A2' . delta3",
        "delta2 = delta3 . W2' * f'(Z2)",
        "dJ/dW1 = X' . delta2",
        "new W1 = W1 - rate . dJ/dW1",
        "new W2 = W2 - rate . dJ/dW2",
    ]


def test_two_activations_are_called_by_their_names() -> None:
    formulas = _formulas(UNICODE, _MIXED)
    assert "A⁽²⁾ = tanh(Z⁽²⁾)" in formulas
    assert "Ŷ = identity(Z⁽³⁾)" in formulas


def test_biases_are_added_to_every_row_and_learn_from_the_sums_of_the_columns() -> None:
    formulas = _formulas(UNICODE, _MIXED)
    assert "Z⁽²⁾ = X · W⁽¹⁾ + b⁽¹⁾" in formulas
    assert "∂J/∂b⁽²⁾ = Σₙ δ⁽³⁾" in formulas


@pytest.mark.parametrize(
    ("name", "in_unicode", "in_ascii"),
    [
        ("Z2", "Z⁽²⁾", "Z2"),
        ("delta13", "δ⁽¹³⁾", "delta13"),
        ("dJdb1", "∂J/∂b⁽¹⁾", "dJ/db1"),
        ("W1_next", "new W⁽¹⁾", "new W1"),
        ("V_W1", "V⁽¹⁾", "V1"),
        ("V_b1", "V_b⁽¹⁾", "V_b1"),
        ("S_W12_previous", "old S⁽¹²⁾", "old S12"),
        ("M_hat_W1", "M̂⁽¹⁾", "M_hat1"),
        ("S_hat_b2", "Ŝ_b⁽²⁾", "S_hat_b2"),
        ("Y_hat", "Ŷ", "Y_hat"),
        ("X", "X", "X"),
        ("J", "J", "J"),
    ],
)
def test_a_matrix_is_called_as_in_the_lecture(name: str, in_unicode: str, in_ascii: str) -> None:
    assert (UNICODE.name(name), ASCII.name(name)) == (in_unicode, in_ascii)
    assert len(UNICODE.name("Y_hat")) == 1


@given(network=networks_with_optimizers())
def test_in_ascii_nothing_is_outside_ascii(network: Network) -> None:
    notation = ASCII.for_network(network)
    for equation in equations(network):
        assert notation.formula(equation).isascii()
    for step in steps(network):
        assert step_sentence(step, network, notation, "= 0.5").isascii()
    assert overflow_sentence(Overflow(12_345, "delta2"), 0.5, notation).isascii()


@given(network=networks_with_optimizers(), notation=st.sampled_from((UNICODE, ASCII)))
def test_every_step_has_a_sentence(network: Network, notation: Notation) -> None:
    for step in steps(network):
        sentence = step_sentence(step, network, notation.for_network(network), "0.5")
        assert sentence.isprintable()
        assert sentence.endswith(".")


@given(network=networks_with_optimizers(), rows=st.integers(1, 20), notation=st.sampled_from((UNICODE, ASCII)))
def test_below_a_formula_stand_the_shapes_of_its_matrices(network: Network, rows: int, notation: Notation) -> None:
    written = notation.for_network(network)
    shapes = matrix_shapes(network, rows)
    for equation in equations(network):
        above, below = (_without_hats(line) for line in written.formula_over_shapes(equation, shapes))
        blocks = [token for token in written.equation(equation) if isinstance(token, FormulaBlock)]
        assert below.split() == [written.shape(block.expression.shape(shapes)) for block in blocks]
        place = 0
        for block in blocks:
            label = _without_hats(block.label)
            place = above.index(label, place) + len(label)
            under = below[place - len(label) : place]
            assert under.strip(), f"{above!r} has nothing below {block.label} in {below!r}"


def _without_hats(text: str) -> str:
    """The text without the signs that stand above a letter and take no column, as in M̂."""
    return "".join(sign for sign in text if not combining(sign))


def test_an_overflow_is_explained_with_what_may_help() -> None:
    sentence = overflow_sentence(Overflow(1224, "delta2"), 0.9, UNICODE)
    for fragment in ("1 224", "δ⁽²⁾", "0.9"):
        assert fragment in sentence


@given(network=networks_with_optimizers())
def test_a_step_is_understood_as_it_is_written_anywhere(network: Network) -> None:
    every = steps(network)
    for step in every:
        for name in (
            step.name,
            step.name.upper(),
            UNICODE.for_network(network).name(step.name),
            ASCII.for_network(network).name(step.name),
        ):
            assert parse_step(every, f" {name} ") is step


def test_a_step_is_understood_as_people_type_it() -> None:
    every = steps(_LECTURE)
    for text, name in (
        ("δ3", "delta3"),
        ("Ŷ", "Y_hat"),
        ("yhat", "Y_hat"),
        ("∂J/∂W⁽²⁾", "dJdW2"),
        ("dj/dw1", "dJdW1"),
        ("z²", "Z2"),
    ):
        found = parse_step(every, text)
        assert found is not None
        assert found.name == name
    for text in ("", "δ", "delta4", "W1", "()"):
        assert parse_step(every, text) is None


@given(network=networks_with_optimizers())
def test_a_matrix_is_understood_as_it_is_written_anywhere(network: Network) -> None:
    names = matrix_shapes(network, 3)
    for name in names:
        for written in (name, UNICODE.name(name), COMMON.name(name), ASCII.name(name)):
            if name not in (DATA_COST, PENALISED):
                assert parse_matrix_name(names, f" {written} ") == name


@pytest.mark.parametrize(
    ("pieces", "lines"),
    [
        ([("Z", "3×3"), (" =", ""), (" X", "3×2"), (" ·", ""), (" W⁽¹⁾", "2×3")], ("Z = X · W⁽¹⁾", "3×3 3×2 2×3")),
        (
            [("Z⁽²⁾", "3×3"), (" = (", ""), ("Y", "3×1"), (" −", ""), (" Ŷ", "3×1"), (")", "")],
            ("Z⁽²⁾ = (Y − Ŷ)", "3×3    3×1 3×1"),
        ),
        ([("X", "100×2"), ("ᵀ", ""), (" δ⁽³⁾", "100×1")], ("Xᵀ    δ⁽³⁾", "100×2 100×1")),
    ],
)
def test_shapes_stand_apart_below_their_matrices_and_blanks_are_added_only_for_that(
    pieces: list[tuple[str, str]], lines: tuple[str, str]
) -> None:
    assert lines_over_shapes(pieces) == lines
