"""Softmax outputs with their cross-entropy: digits, bounds, the derivation, the mistakes, and what is refused."""

from dataclasses import replace
from math import exp

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.unit.helpers import after_events, dataset, lesson, random_problem
from tui_nn.network import (
    ACTIVATIONS,
    Mistake,
    Network,
    Parameters,
    Pass,
    SlopeMeasurer,
    SlopeVerdict,
    ValidationError,
    backward_by,
    compute_pass,
    mistaken_equations,
    possible_mistakes,
)
from tui_nn.network.formulas.costs import cost_of
from tui_nn.network.formulas.derivation import derivation
from tui_nn.network.formulas.expression import (
    ROW,
    CategoricalCrossEntropy,
    DividedByRows,
    Hadamard,
    Negated,
    Product,
    Symbol,
)
from tui_nn.network.formulas.reasons import Reason
from tui_nn.network.formulas.steps import steps_by_name
from tui_nn.network.model.array import Array
from tui_nn.session.document import Document
from tui_nn.session.events import CellSet, ColumnRemoved, Event, HyperparameterSet, RowAdded
from tui_nn.session.state import State

_NETWORK = Network((2, 3, 4), "tanh", "softmax", bias=True, cost="cross-entropy")
_CLASSES = lesson("softmax")


def _softmax(z: Array) -> Array:
    return ACTIVATIONS["softmax"].value(z)


def _computed(network: Network = _NETWORK, rows: int = 4, seed: int = 2) -> Pass:
    return compute_pass(*random_problem(network, rows, seed), learning_rate=0.1)


@given(arrays(float, (2, 3), elements=st.floats(-900, 900)))
def test_each_row_is_probabilities_however_large_z_is(z: Array) -> None:
    p = _softmax(z)
    assert (p >= 0).all()
    np.testing.assert_allclose(p.sum(axis=1), 1.0, rtol=1e-15)
    np.testing.assert_array_equal(p.max(axis=1), np.take_along_axis(p, z.argmax(axis=1, keepdims=True), 1)[:, 0])
    np.testing.assert_allclose(_softmax(z + 8.0), p, rtol=1e-11, atol=1e-300)


@given(arrays(float, (4, 2), elements=st.floats(-300, 300)))
def test_of_two_outputs_it_is_the_sigmoid_of_the_difference(z: Array) -> None:
    sigmoid = ACTIVATIONS["sigmoid"].value(z[:, :1] - z[:, 1:])
    np.testing.assert_allclose(_softmax(z)[:, :1], sigmoid, rtol=1e-13)


@pytest.mark.parametrize("far", [50.0, 700.0])
def test_j_has_all_its_digits_where_y_hat_has_none_left(far: float) -> None:
    network = Network((1, 3), output_activation="softmax", cost="cross-entropy")
    parameters = Parameters.from_flat(network, np.array([far, 0.0, 0.0]))
    for y, wanted in (([1.0, 0.0, 0.0], 2 * exp(-far)), ([0.0, 1.0, 0.0], far)):
        data = dataset(np.array([[1.0]]), np.array([y]))
        assert compute_pass(network, data, parameters, 0.1).cost == pytest.approx(wanted, rel=1e-14)


@given(arrays(float, (2, 3), elements=st.floats(-4, 4)), arrays(float, (2, 3), elements=st.floats(-40, 40)))
def test_the_cost_of_any_probabilities_is_that_of_the_z_that_give_them(raw: Array, z: Array) -> None:
    network, y = replace(_NETWORK, layers=(1, 3)), _softmax(raw)
    wanted = -(y * np.log(_softmax(z))).sum()
    assert cost_of(network, 2).at(y, _softmax(z)) == pytest.approx(wanted, rel=1e-9)
    formula = CategoricalCrossEntropy(Symbol("Y"), Symbol("Y_hat"), Symbol("Z"))
    assert formula.value({"Y": y, "Y_hat": _softmax(z), "Z": z})[0, 0] == pytest.approx(wanted, rel=1e-9)


@given(
    arrays(float, 3, elements=st.floats(-6, 6)),
    arrays(complex, 3, elements=st.complex_numbers(max_magnitude=0.5)),
    arrays(float, 3, elements=st.floats(-3, 3)),
)
def test_the_bound_on_the_curvature_holds_for_complex_z_too(z: Array, near: Array, change: Array) -> None:
    around = cost_of(_NETWORK, 1).curvature_around
    assert around
    exponentials = np.exp(z + near)
    p = exponentials / exponentials.sum()
    curvature = abs(change @ (np.diag(p) - np.outer(p, p)) @ change)
    assert curvature <= (around(z[np.newaxis])[0] * change**2).sum() * (1 + 1e-9) + 1e-12


def _in_row(expression: object, computed: Pass, n: int) -> Array:
    assert isinstance(expression, Product | Negated | Hadamard | DividedByRows)
    return expression.value({**computed.matrices, ROW: np.array([[float(n)]])})


@pytest.mark.parametrize("reduction", ["sum", "mean"])
def test_both_cases_of_the_derivation_add_up_to_the_chain_rule_s_product(reduction: str) -> None:
    network = replace(_NETWORK, reduction=reduction)
    computed = _computed(network)
    lines = {line.reason: line.right for line in derivation(network, steps_by_name(network)["delta3"])}
    assert isinstance(lines[Reason.NAMED], Product)
    for n in range(4):
        same, others, product = (
            _in_row(lines[reason], computed, n) for reason in (Reason.SAME_UNIT, Reason.OTHER_UNITS, Reason.NAMED)
        )
        np.testing.assert_allclose(same + others, product, rtol=1e-12, atol=1e-15)
        np.testing.assert_allclose(product[0], computed["delta3"][n], rtol=1e-12, atol=1e-15)


def test_the_sigmoid_s_slope_for_softmax_s_is_planted_and_found() -> None:
    problem = random_problem(_NETWORK, 4, 2)
    computed = compute_pass(*problem, learning_rate=0.1)
    measured = SlopeMeasurer(problem.dataset, computed).all() or ()
    assert {one.verdict() for one in measured} == {SlopeVerdict.AGREE}
    for mistake in (Mistake.OTHER_UNITS, Mistake.KEPT_DERIVATIVE):
        assert mistake in possible_mistakes(_NETWORK, 4)
        program = backward_by(mistaken_equations(_NETWORK, 4, mistake), computed)
        slopes = [program[f"dJd{name}"][row - 1, column - 1] for name, row, column in (one.place for one in measured)]
        assert SlopeVerdict.DIFFER in [one.verdict(float(slope)) for one, slope in zip(measured, slopes, strict=True)]
    program = backward_by(mistaken_equations(_NETWORK, 4, Mistake.OTHER_UNITS), computed)
    # The slope of J through the unit's own ŷ alone: −y/ŷ times ŷ (1 − ŷ).
    np.testing.assert_allclose(program["delta3"], -computed["Y"] * (1 - computed["Y_hat"]), rtol=1e-9)
    assert Mistake.COMPLEMENT not in possible_mistakes(_NETWORK, 4)
    assert Mistake.OTHER_UNITS not in possible_mistakes(replace(_NETWORK, output_activation="sigmoid"), 4)


_REFUSED: dict[str, tuple[Document, Event, str]] = {
    "softmax with a squared error": (
        replace(_CLASSES, output_activation="sigmoid", cost="squared error"),
        HyperparameterSet("output_activation", "softmax"),
        "Softmax outputs go with cross-entropy alone, not with squared error. To have squared error, set "
        "another output activation first. To have softmax, set the output activation to sigmoid, then the cost to "
        "cross-entropy, then the output activation to softmax.",
    ),
    "another cost for softmax": (
        _CLASSES,
        HyperparameterSet("cost", "half squared error"),
        "Softmax outputs go with cross-entropy alone, not with half squared error. To have half squared "
        "error, set another output activation first. To have softmax, set the output activation to sigmoid, then the "
        "cost to cross-entropy, then the output activation to softmax.",
    ),
    "one output": (
        replace(lesson("lecture"), cost="cross-entropy"),
        HyperparameterSet("output_activation", "softmax"),
        "A single output can't be softmax: it would be 1 in every row. Take sigmoid for one output.",
    ),
    "a row without a class": (
        _CLASSES,
        CellSet("y", 3, 2, 0.0),
        "Softmax outputs are the probabilities of classes, so each row of y must sum to 1; row 3 sums to 0. "
        "Type 1 or the name for the row's class; paste a row for fractions.",
    ),
    "a row with a class and a fraction": (
        _CLASSES,
        RowAdded(5, (1.0, 1.0), (0.3, 0.0, 1.0)),
        "Softmax outputs are the probabilities of classes, so each row of y must sum to 1; row 5 sums to 1.3. "
        "Type 1 or the name for the row's class; paste a row for fractions.",
    ),
    "a class less": (
        _CLASSES,
        ColumnRemoved("y", 1),
        "Softmax outputs are the probabilities of classes, so each row of y must sum to 1; row 1 sums to 0.",
    ),
}


@pytest.mark.parametrize("case", _REFUSED)
def test_what_does_not_go_together_is_refused_in_a_sentence(case: str) -> None:
    document, event, sentence = _REFUSED[case]
    with pytest.raises(ValidationError) as refused:
        after_events(State.opened(document), [event])
    assert refused.value.sentence == sentence
