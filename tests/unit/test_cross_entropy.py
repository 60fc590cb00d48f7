"""Cross-entropy: its digits, what it goes with, how it is explained, and the mistakes that are made in it."""

from dataclasses import replace
from math import exp, log

import numpy as np
import pytest

from tests.unit.helpers import after_events, all_rows, dataset, lesson, random_problem
from tui_nn.network import (
    Mistake,
    Network,
    Parameters,
    SlopeMeasurer,
    SlopeVerdict,
    ValidationError,
    backward_by,
    compute_pass,
    gradient_ratio,
    mistaken_equations,
    possible_mistakes,
)
from tui_nn.network.formulas.costs import cost_of
from tui_nn.network.formulas.explain import explain, numbers
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.network.training.run_outcome import floor_of
from tui_nn.session.document import Document
from tui_nn.session.events import CellSet, Event, HyperparameterSet, RowAdded
from tui_nn.session.state import State
from tui_nn.writing.formulas.cell_explanation import CellExplanation, explain_cell, rounding_sentence
from tui_nn.writing.notation.cost_text import floor_sentence
from tui_nn.writing.notation.setting_names import settings_in_short
from tui_nn.writing.notation.signs import ASCII, UNICODE

_ONE = Network((1, 1), cost="cross-entropy")
_NETWORK = Network((2, 3, 2), "tanh", bias=True, cost="cross-entropy")


def _cost_at(z: float, y: float) -> float:
    return compute_pass(_ONE, dataset(np.array([[z]]), np.array([[y]])), _weight_1(), 0.1).cost


def _weight_1() -> Parameters:
    return Parameters.from_flat(_ONE, np.array([1.0]))


@pytest.mark.parametrize("z", [50.0, 700.0, -700.0])
def test_j_has_all_its_digits_where_y_hat_has_none_left(z: float) -> None:
    right, wrong = (1.0, 0.0) if z > 0 else (0.0, 1.0)
    assert _cost_at(z, wrong) == abs(z)
    assert _cost_at(z, right) == pytest.approx(exp(-abs(z)), rel=1e-14)


def test_the_output_s_delta_is_the_error_and_f_prime_is_not_in_it() -> None:
    problem = random_problem(_NETWORK, 4, 1)
    computed = compute_pass(*problem, learning_rate=0.1)
    np.testing.assert_array_equal(computed["delta3"], computed["Y_hat"] - computed["Y"])


def test_slopes_are_measured_where_a_wrong_output_is_saturated() -> None:
    # y is 1 and ŷ 4e-18: the slope is −1 there, and a squared error's would be −4e-18.
    data = dataset(np.array([[1.0]]), np.array([[1.0]]))
    computed = compute_pass(_ONE, data, Parameters.from_flat(_ONE, np.array([-40.0])), 0.1)
    (one,) = SlopeMeasurer(data, computed).all() or ()
    assert (one.right, one.verdict()) == (-1.0, SlopeVerdict.AGREE)
    assert one.verdict(0.0) is one.verdict(one.right * 1.003) is SlopeVerdict.DIFFER


def test_the_floor_is_that_of_the_targets() -> None:
    y = np.array([[0.75], [0.82], [0.93]])
    floor = -sum(p * log(p) + (1 - p) * log(1 - p) for p in y.ravel().tolist())
    network = replace(_ONE, layers=(2, 3, 1))
    assert cost_of(network, 3).at(y, y) == pytest.approx(floor, rel=1e-14)
    assert floor_of(lesson("lecture").dataset, network) == pytest.approx(floor, rel=1e-14)
    assert floor_sentence(network, y, UNICODE) == "J can't fall below 1.287: some y are neither 0 nor 1."
    assert cost_of(network, 2).at(np.array([[0.0], [1.0]]), np.array([[0.0], [1.0]])) == 0
    assert floor_sentence(network, np.array([[0.0], [1.0]]), UNICODE) == ""
    assert floor_sentence(Network((2, 3, 1)), y, UNICODE) == ""


def _explained(z: float, y: float) -> CellExplanation:
    data = dataset(np.array([[z]]), np.array([[y]]))
    known = numbers(data, compute_pass(_ONE, data, _weight_1(), 0.1).matrices)
    return explain_cell(explain(_ONE, data, Cell("J", 1, 1), all_rows(data.rows)), known, UNICODE.for_network(_ONE))


def test_where_a_rounded_y_hat_has_no_logarithm_it_is_shown_with_more_digits() -> None:
    found = _explained(12.0, 1.0)
    text = "".join(piece.text for piece in found.figures)
    assert text == "−(1.0000 · ln(0.999993856) + (1 − 1.0000) · ln(1 − 0.999993856))"
    assert (found.result, found.rounded) == ("6.144e−06", False)


def test_where_no_digits_are_enough_the_explanation_says_where_j_comes_from() -> None:
    found = _explained(40.0, 0.0)
    assert (found.result, found.rounded) == ("40.0000", True)
    assert rounding_sentence(found, _ONE, UNICODE) == (
        "Some numbers of Ŷ are so close to 0 or 1 that their digits do not say how close. The program computes J from "
        "Z⁽²⁾, which says it."
    )
    assert "Z2, which" in rounding_sentence(found, _ONE, ASCII)


def test_f_prime_left_in_and_1_minus_y_forgotten_are_planted_and_found() -> None:
    problem = random_problem(_NETWORK, 4, 2)
    computed = compute_pass(*problem, learning_rate=0.1)
    measured = SlopeMeasurer(problem.dataset, computed).all() or ()
    for mistake in (Mistake.KEPT_DERIVATIVE, Mistake.COMPLEMENT, Mistake.MINUS):
        assert mistake in possible_mistakes(_NETWORK, 4)
        program = backward_by(mistaken_equations(_NETWORK, 4, mistake), computed)
        slopes = [program[f"dJd{name}"][row - 1, column - 1] for name, row, column in (one.place for one in measured)]
        assert SlopeVerdict.DIFFER in [one.verdict(float(slope)) for one, slope in zip(measured, slopes, strict=True)]
    kept = backward_by(mistaken_equations(_NETWORK, 4, Mistake.KEPT_DERIVATIVE), computed)
    np.testing.assert_allclose(
        kept["delta3"] / computed["delta3"], computed["Y_hat"] * (1 - computed["Y_hat"]), rtol=1e-12
    )
    half = backward_by(mistaken_equations(_NETWORK, 4, Mistake.COMPLEMENT), computed)
    np.testing.assert_allclose(half["delta3"], -computed["Y"] * (1 - computed["Y_hat"]), rtol=1e-9)
    squared = replace(_NETWORK, cost="squared error")
    assert not {Mistake.KEPT_DERIVATIVE, Mistake.COMPLEMENT} & {*possible_mistakes(squared, 4)}


def test_of_a_mean_the_sum_is_a_mistake_in_delta() -> None:
    mean = replace(_NETWORK, reduction="mean")
    problem = random_problem(mean, 4, 3)
    computed = compute_pass(*problem, learning_rate=0.1)
    program = backward_by(mistaken_equations(mean, 4, Mistake.SUM), computed)
    assert gradient_ratio("dJdW1", program, computed.matrices).is_about(4)


_CROSS_ENTROPY = replace(lesson("lecture"), cost="cross-entropy")
_OUTPUT = (
    "Cross-entropy goes with sigmoid outputs, not with tanh. For cross-entropy, set the output activation to sigmoid "
    "first; for tanh, set another cost first."
)
_REFUSED: dict[str, tuple[Document, Event, str]] = {
    "the output is tanh": (
        replace(lesson("lecture"), output_activation="tanh"),
        HyperparameterSet("cost", "cross-entropy"),
        _OUTPUT,
    ),
    "the cost is cross-entropy": (_CROSS_ENTROPY, HyperparameterSet("output_activation", "tanh"), _OUTPUT),
    "a y above 1": (
        _CROSS_ENTROPY,
        CellSet("y", 2, 1, 120.0),
        "Cross-entropy needs every y from 0 to 1; test score in row 2, scaled, is 1.2. Scale y, or choose another "
        "cost.",
    ),
    "a y above 1, from the middle of the run on": (
        _CROSS_ENTROPY,
        CellSet("y", 3, 1, 101.0, 20),
        "Cross-entropy needs every y from 0 to 1; test score in row 3, scaled, is 1.01. Scale y, or choose another "
        "cost.",
    ),
    "a row with a y below 0": (
        _CROSS_ENTROPY,
        RowAdded(1, (1.0, 2.0), (-3.0,)),
        "Cross-entropy needs every y from 0 to 1; test score in row 1, scaled, is -0.03. Scale y, or choose another "
        "cost.",
    ),
    "y not scaled": (
        _CROSS_ENTROPY,
        HyperparameterSet("y_scaling", "none"),
        "Cross-entropy needs every y from 0 to 1; test score in row 1 is 75. Scale y, or choose another cost.",
    ),
}


@pytest.mark.parametrize("case", _REFUSED)
def test_what_does_not_go_together_is_refused_in_a_sentence(case: str) -> None:
    document, event, sentence = _REFUSED[case]
    with pytest.raises(ValidationError) as refused:
        after_events(State.opened(document), [event])
    assert refused.value.sentence == sentence


def test_the_line_of_settings_names_a_cost_and_a_penalty_that_are_not_the_lecture_s() -> None:
    short = [*settings_in_short(replace(_CROSS_ENTROPY, reduction="mean", l2=0.01))]
    assert ("cost", "cross-entropy, mean") in short
    assert ("L2", "0.01") in short
    assert not {"cost", "L1", "L2"} & {name for name, _ in settings_in_short(lesson("lecture"))}
