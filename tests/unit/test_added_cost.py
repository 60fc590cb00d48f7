"""A cost Σ h(y − ŷ), added as `docs/architecture.md` says, is trained, checked, derived, explained and exported.

Huber's cost is the example there, read from there; ln(cosh(e)) has no kink, but is no parabola.
"""

import cmath
import math
import re
import textwrap
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from tests.programs import needs
from tests.unit import arithmetic, exact_slopes, reference, test_cell_explanation, test_derivation, test_derivation_text
from tests.unit.handed_out import answer_of, check_against_the_session, of, written
from tests.unit.helpers import DATA, Problem, dataset, random_problem
from tui_nn.network import (
    COSTS,
    Kink,
    MeasuredSlope,
    Mistake,
    Network,
    Parameters,
    Penalty,
    Run,
    Segment,
    SlopeMeasurer,
    SlopeVerdict,
    Start,
    Trajectory,
    agreement,
    backward_by,
    compute_pass,
    equations,
    many_starts,
    matrix_shapes,
    mistaken_among,
    mistaken_equations,
    possible_mistakes,
    steps,
)
from tui_nn.network.checks.rounding_bounds import rounding_errors
from tui_nn.network.formulas.costs.cost import Y_HAT, Cost, Y
from tui_nn.network.formulas.explain import explain, numbers
from tui_nn.network.formulas.expression import Negated, SlopeOverErrors, SumOverErrors
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.network.model.activations import Operation
from tui_nn.network.model.activations.function import Call, log, z
from tui_nn.network.model.array import Array
from tui_nn.network.model.cost_of_error import CostOfError
from tui_nn.session.document import Document
from tui_nn.writing.formulas.cell_explanation import explain_cell
from tui_nn.writing.formulas.derivation_text import derivation_lines
from tui_nn.writing.notation import cost_text
from tui_nn.writing.notation.cost_text import CostText
from tui_nn.writing.notation.signs import ASCII, UNICODE
from tui_nn.writing.reports.starts_report import starts_report
from tui_nn.writing.sentences.steps_and_errors import step_sentence
from tui_nn.writing.sentences.verdict_sentences import slope_verdict

_HALF, _TWO, _TWENTY = (np.array(number) for number in (0.5, 2.0, 20.0))


def _compile_log_cosh(e: Array, h: Array, prime: Array, scratch: Array) -> tuple[Operation, ...]:
    # ln(1 + 2 sinh²(e/2)), which loses no digits near 0; far from 0, |e| − ln 2.
    return (
        (np.absolute, (e, scratch)),
        (partial(np.minimum, out=h), (scratch, _TWENTY)),
        (np.multiply, (h, _HALF, h)),
        (np.sinh, (h, h)),
        (np.multiply, (h, h, h)),
        (np.multiply, (h, _TWO, h)),
        (np.log1p, (h, h)),
        (np.subtract, (scratch, np.log(_TWO), scratch)),
        (partial(np.maximum, out=h), (h, scratch)),
        (np.tanh, (e, prime)),
    )


_LOG_COSH = CostOfError(
    "logcosh",
    _compile_log_cosh,
    formula=log(Call("cosh", z)),
    slope=Call("tanh", z),
    derivation=(Call("sinh", z) / Call("cosh", z), Call("tanh", z)),
    # h″ is 1 / cosh², which is 1 / cos²(½) at e = ½ i.
    curvature=1.3,
    computed=(Call("log1p", 2 * Call("sinh", z / 2) ** 2), Call("tanh", z)),
)
_RECIPE = (DATA.parents[1] / "docs" / "architecture.md").read_text(encoding="utf-8").partition("### A cost: ")[2]
_BLOCKS = re.findall(r" +```python\n(.*?)```", _RECIPE, re.DOTALL)
_HUBER_FILE, _HUBER_TEXT = (textwrap.dedent(text) for text in _BLOCKS[:2])


def _huber_of_the_recipe() -> Cost:
    known: dict[str, Cost] = {}
    exec(_HUBER_FILE, known)  # noqa: S102 - our own manual
    return known["HUBER"]


_ADDED = {
    "huber": _huber_of_the_recipe(),
    "log-cosh": Cost(
        "log-cosh",
        SumOverErrors(_LOG_COSH, Y, Y_HAT),
        Negated(SlopeOverErrors(_LOG_COSH, Y, Y_HAT)),
        _LOG_COSH.curvature,
    ),
}
_TEXTS = {
    **eval(f"{{{_HUBER_TEXT}}}", {"CostText": CostText}),  # noqa: S307 - our own manual
    "log-cosh": CostText(
        step="How wrong the predictions are: the costs of all errors, added up.",
        loss="(1/N) times the sum of these costs",
        of_row="The error of row n is {y} {minus} {y_hat}{several}",
        of_all="As matrices: the costs of all cells, added up.",
        slope="The minus of {y_hat} comes to the front.",
        error="the slope at the error",
        outputs=", {} numbers, whose costs are added up.",
    ),
}
_NETWORK = Network((2, 3, 2), "tanh", "sigmoid", bias=True)


def _huber(e: float) -> float:
    return e * e / 2 if abs(e) <= 1 else abs(e) - 0.5


def _log_cosh(e: float) -> float:
    return math.log(math.cosh(e))


@pytest.fixture(autouse=True)
def _added(monkeypatch: pytest.MonkeyPatch) -> None:
    """The costs and their texts, and their twins for the tests."""
    for name, cost in _ADDED.items():
        monkeypatch.setitem(COSTS, name, cost)
        monkeypatch.setitem(cost_text._TEXTS, name, _TEXTS[name])
    monkeypatch.setitem(reference.COSTS, "huber", lambda y, y_hat: _huber(y - y_hat))
    monkeypatch.setitem(reference.COSTS, "log-cosh", lambda y, y_hat: _log_cosh(y - y_hat))
    monkeypatch.setitem(arithmetic.COSTS_OF_ERRORS, "huber", (_huber, lambda e: max(-1.0, min(1.0, e))))
    monkeypatch.setitem(arithmetic.COSTS_OF_ERRORS, "logcosh", (_log_cosh, math.tanh))
    monkeypatch.setitem(
        exact_slopes.COSTS,
        "huber",
        lambda y, a: (y - a) ** 2 / 2 if abs((y - a).real) <= 1 else exact_slopes.size(y - a) - 0.5,
    )
    monkeypatch.setitem(exact_slopes.COSTS, "log-cosh", lambda y, a: cmath.log(cmath.cosh(y - a)))


def _problem(network: Network, rows: int, seed: int = 1) -> Problem:
    """Some errors are larger than 1, others smaller."""
    _, data, parameters = random_problem(network, rows, seed)
    return Problem(network, dataset(data.X, 3 * data.Y), parameters)


def _networks() -> Iterator[Network]:
    for cost in _ADDED:
        yield replace(_NETWORK, cost=cost)
        yield replace(_NETWORK, cost=cost, output_activation="identity", reduction="mean", penalty=Penalty(l2=0.1))


@pytest.mark.parametrize("network", _networks(), ids=str)
def test_it_is_trained_and_its_gradient_is_right(network: Network) -> None:
    problem = _problem(network, 5)
    computed = compute_pass(*problem, learning_rate=0.1)
    assert computed.cost == pytest.approx(reference.cost(*problem), rel=1e-13)
    assert {*(np.abs(computed["Y"] - computed["Y_hat"]) > 1).flat} == {True, False}
    found = np.concatenate([computed[f"dJd{name}"].ravel() for name in network.shapes])
    np.testing.assert_allclose(found, exact_slopes.exact_slopes(*problem), rtol=1e-12, atol=1e-15)
    # The same rows 500 times, which are computed in blocks.
    whole = dataset(np.tile(problem.dataset.X, (500, 1)), np.tile(problem.dataset.Y, (500, 1)))
    of_sums = replace(network, reduction="sum", penalty=Penalty())
    one, all_of_them = (Trajectory(of_sums, data, problem.parameters, 0.0) for data in (problem.dataset, whole))
    for run in (one, all_of_them):
        run.extend(2)
    np.testing.assert_allclose(all_of_them.costs, 500 * one.costs, rtol=1e-12)
    np.testing.assert_allclose(all_of_them.pass_at(1)["dJdW1"], 500 * one.pass_at(1)["dJdW1"], rtol=1e-11)


@pytest.mark.parametrize("network", _networks(), ids=str)
def test_its_gradient_agrees_and_each_planted_mistake_is_found(network: Network) -> None:
    problem = _problem(network, 5)
    computed = compute_pass(*problem, learning_rate=0.1)
    measured = SlopeMeasurer(problem.dataset, computed).all()
    assert measured is not None
    assert {one.verdict() for one in measured} == {SlopeVerdict.AGREE}
    possible = possible_mistakes(network, 5)
    assert {Mistake.MINUS, Mistake.DERIVATIVE} <= {*possible}
    for mistake in possible:
        program = backward_by(mistaken_equations(network, 5, mistake), computed)
        verdicts = [
            one.verdict(float(program[f"dJd{one.place[0]}"][one.place[1] - 1, one.place[2] - 1])) for one in measured
        ]
        assert SlopeVerdict.DIFFER in verdicts


@pytest.mark.parametrize("cost", _ADDED)
@pytest.mark.parametrize("x", [1.0, 1e3])
def test_no_slope_is_called_wrong_wherever_the_error_lies(cost: str, x: float) -> None:
    network = Network((1, 1), "tanh", "identity", cost=cost)
    apart = [0.0, *(side * 10.0**-digits for digits in range(0, 17, 2) for side in (1, -1))]
    for error in (*(edge + shift for edge in (-1.0, 1.0) for shift in apart), 0.3, 5.0, 40.0):
        measured = _slope_at(network, x, error).verdict()
        assert measured is not SlopeVerdict.DIFFER
        if abs(abs(error) - 1) > 1e-2 and error:
            assert measured is SlopeVerdict.AGREE


def _slope_at(network: Network, x: float, error: float, epsilon: float | None = None) -> MeasuredSlope:
    """The measured slope of a single weight, whose prediction is 0.5."""
    data = dataset(np.array([[x]]), np.array([[0.5 + error]]))
    parameters = Parameters.from_flat(network, np.array([0.5 / x]))
    return SlopeMeasurer(data, compute_pass(network, data, parameters, 1.0), epsilon).at(("W1", 1, 1))


def test_its_rounding_stays_within_its_bounds() -> None:
    # y and ŷ are large and close together: most of the rounding is that of ŷ.
    network, x, w = Network((1, 1), "tanh", "identity", cost="huber"), 1e6 / 3, 0.3
    y = w * x + 0.25
    problem = Problem(network, dataset(np.array([[x]]), np.array([[y]])), Parameters.from_flat(network, np.array([w])))
    computed = compute_pass(*problem, learning_rate=0.1)
    bounds = rounding_errors(equations(network)[:-1], computed.matrices)
    exact = Fraction(y) - Fraction(w) * Fraction(x)
    for name, value in (("J", exact**2 / 2), ("delta2", -exact)):
        error = abs(float(Fraction(float(computed[name][0, 0])) - value))
        assert 1e-13 < error <= float(bounds[name][0, 0]) < 1e-9


def test_at_its_kink_a_sentence_says_what_prevents_the_measurement() -> None:
    network = Network((1, 1), "tanh", "identity", cost="huber")
    at_kink = _slope_at(network, 1.0, -1.0)
    assert at_kink.verdict() is SlopeVerdict.KINK
    assert at_kink.kinks == (Kink(0, 1, 1, is_met=True, place=-1.0),)
    assert slope_verdict(at_kink, network, 1, UNICODE).startswith(
        "W⁽¹⁾[1,1]: the error of output 1 is −1 in row 1. There the formula of huber changes, so two costs can't"
    )
    crossing = _slope_at(network, 1.0, 1.0 + 2.0**-20, epsilon=1e-5)
    assert slope_verdict(crossing, network, 1, UNICODE).startswith(
        "W⁽¹⁾[1,1]: the error of output 1 crosses 1 in row 1 between w − ε and w + ε. There the formula of huber"
    )
    assert crossing.better is not None


@pytest.mark.parametrize("network", _networks(), ids=str)
def test_each_line_of_its_derivation_is_true(network: Network) -> None:
    test_derivation.check_last_lines(network)
    test_derivation.check_lines(network, rows=4, seed=3)
    test_derivation.check_chains(network, rows=4, seed=3)


@pytest.mark.parametrize(("cost", "h"), [("huber", _huber), ("log-cosh", _log_cosh)])
def test_its_function_and_slope_are_written(cost: str, h: object) -> None:
    network, by_name = replace(_NETWORK, cost=cost), {step.name: step for step in steps(_NETWORK)}
    for notation in (UNICODE, ASCII):
        written = {
            name: [
                line.formula for line in derivation_lines(network, by_name[name], notation, matrix_shapes(network, 4))
            ]
            for name in ("J", "delta3")
        }
        name = cost.replace("-", "")
        (value,) = (formula for formula in written["J"] if formula.startswith(f"{name}(e) = "))
        slopes = [formula for formula in written["delta3"] if formula.startswith(f"{name}{notation.prime}(e) = ")]
        assert len(slopes) == 2
        known = {one: getattr(np, one) for one in ("log", "cosh", "sinh", "tanh", "sign")}
        for e in (-2.5, -0.3, 0.4, 1.7):
            assert callable(h)
            slope = (h(e + 1e-6) - h(e - 1e-6)) / 2e-6
            for formula, expected in ((value, h(e)), *((one, slope) for one in slopes)):
                piece, _, condition = formula.partition(" = ")[2].partition(" where ")
                condition, _, other = condition.partition(", else ")
                if condition and not eval(test_derivation_text.as_python(condition), {"e": e}):  # noqa: S307 - ours
                    piece = other
                if piece:
                    made = eval(test_derivation_text.as_python(piece), {"e": e, **known})  # noqa: S307 - our own formulas
                    assert made == pytest.approx(expected, abs=1e-6), formula


def test_its_formulas_and_sentences_read_as_they_should() -> None:
    network = replace(_NETWORK, cost="huber")
    signs, by_name = UNICODE.for_network(network), {step.name: step for step in steps(network)}
    formulas = {one.name: signs.formula(one) for one in equations(network)}
    assert formulas["J"] == "J = Σ huber(Y − Ŷ)"
    assert formulas["delta3"] == "δ⁽³⁾ = −huber′(Y − Ŷ) ⊙ sigmoid′(Z⁽³⁾)"
    (lost,) = mistaken_among(network, mistaken_equations(network, 5, Mistake.MINUS))
    assert signs.formula(lost.wrong) == "δ⁽³⁾ = huber′(Y − Ŷ) ⊙ sigmoid′(Z⁽³⁾)"
    assert step_sentence(by_name["delta3"], network, signs, 1.0).endswith(
        ": the error, held between −1 and 1, times the slope of sigmoid there."
    )
    lines = derivation_lines(network, by_name["J"], UNICODE, matrix_shapes(network, 4))
    assert [line.formula for line in lines] == [
        "J = Σₙ Σ huber(yₙ − ŷₙ)",
        "huber(e) = e² / 2 where |e| ≤ 1, else |e| − 0.5",
        "J = Σ huber(Y − Ŷ)",
    ]
    lines = derivation_lines(network, by_name["delta3"], UNICODE, matrix_shapes(network, 4))
    assert [line.formula for line in lines][:6] == [
        "huber′(e) = e where |e| ≤ 1",
        "huber′(e) = sign(e) where |e| > 1",
        "∂J/∂W⁽²⁾ = ∂/∂W⁽²⁾ Σₙ Σ huber(yₙ − ŷₙ)",
        "= Σₙ ∂/∂W⁽²⁾ Σ huber(yₙ − ŷₙ)",
        "= Σₙ −huber′(yₙ − ŷₙ) · ∂ŷₙ/∂W⁽²⁾",
        "= Σₙ −huber′(yₙ − ŷₙ) · ∂ŷₙ/∂z⁽³⁾ₙ · ∂z⁽³⁾ₙ/∂W⁽²⁾",
    ]


@pytest.mark.parametrize("network", _networks(), ids=str)
def test_the_numbers_of_an_explanation_give_the_cell(network: Network) -> None:
    problem = _problem(network, 3)
    computed = compute_pass(*problem, learning_rate=0.1)
    known = numbers(problem.dataset, computed.matrices)
    for notation in (UNICODE.for_network(network), ASCII.for_network(network)):
        for cell in (Cell("J", 1, 1), *(Cell("delta3", row, column) for row in (1, 2, 3) for column in (1, 2))):
            found = explain_cell(explain(network, problem.dataset, cell, 0.1), known, notation)
            assert not found.rounded
            assert len(found.lines) == 3
            test_cell_explanation.check(found, notation, cell.value(known))


def test_many_starts_compare_with_the_best_constant() -> None:
    network = replace(_NETWORK, cost="huber", output_activation="identity")
    x, y = np.array([[0.0, 1.0], [0.0, 1.0], [0.0, 1.0], [1.0, 0.0]]), np.array([0.0, 0.5, 9.0, 2.0])
    data = dataset(x, np.column_stack((y, -y)))
    many = many_starts(network, data, Start(), 0.1, 50, range(3))
    among = np.linspace(0, 9, 9001)[:, np.newaxis]
    over_errors = _ADDED["huber"].over_errors
    assert over_errors is not None
    huber = over_errors.function
    of_all, of_three = (2 * float(huber.value(of - among).sum(axis=1).min()) for of in (y, y[:3]))
    assert many.evidence.constant_cost == pytest.approx(of_all, rel=1e-6)
    assert many.evidence.floor == pytest.approx(of_three, rel=1e-6)
    for seed, costs in zip(many.seeds, many.costs, strict=True):
        run = Trajectory(network, data, Start(seed=seed).draw(network), 0.1)
        run.extend(50)
        np.testing.assert_allclose(costs, run.costs[many.iterations - 1], rtol=1e-9)
    document = Document(dataset=data, cost="huber", output_activation="identity", bias=True)
    report = starts_report(document, many, UNICODE)
    says = "\n".join(report.paragraphs)
    assert "the best constant for y" in says
    assert "the mean" not in says
    assert "constant_cost" in report.values


def _document(cost: str, *, reduction: str) -> Document:
    rows = np.random.default_rng(2)
    data = dataset(rows.uniform(-1, 1, (5, 2)), rows.uniform(-3, 3, (5, 2)))
    return Document(
        "",
        data,
        (3,),
        "tanh",
        "identity",
        True,
        Start("normal"),
        cost,
        reduction,
        l2=0.01,
        learning_rate=0.1,
        iterations=40,
    )


@pytest.mark.parametrize(
    ("language", "command"),
    [
        pytest.param("r", ("Rscript", "--vanilla"), marks=needs("Rscript", called="R")),
        ("python", ("python",)),
    ],
)
def test_its_programs_print_the_same_numbers(language: str, command: tuple[str, ...], tmp_path: Path) -> None:
    for cost, reduction in (("huber", "sum"), ("log-cosh", "mean")):
        state = of(_document(cost, reduction=reduction))
        path = tmp_path / f"{cost}.{language}"
        path.write_text(written(state, language), encoding="utf-8")
        check_against_the_session(state, answer_of(command, path))


def test_numbers_whose_squares_overflow_are_no_trouble() -> None:
    network = Network((1, 1), "tanh", "identity", cost="huber")
    for size in (1e154, 1e300):
        data = dataset(np.array([[1.0]]), np.array([[size]]))
        run = Run(network, Parameters.from_flat(network, np.array([0.5])), [Segment(1, data, 0.1)])
        run.extend(200)
        assert agreement(run, 200).measured == 200
