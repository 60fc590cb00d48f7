"""A cost Σ h(y − ŷ), added as `docs/architecture.md` says, is trained, checked, derived, explained and exported.

Huber's cost is the example there, read from there; ln(cosh(e)) has no kink, but is no parabola.
"""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from tests.programs import needs
from tests.unit import exact_slopes, reference, test_cell_explanation, test_derivation, test_derivation_text
from tests.unit.added_costs import ADDED, add_costs, huber, log_cosh
from tests.unit.handed_out import of, written
from tests.unit.helpers import Problem, all_rows, dataset, random_problem
from tests.unit.programs_handed_out import answer_of, check_against_the_session
from tui_nn.network import (
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
from tui_nn.network.formulas.explain import explain, numbers
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.session.document import Document
from tui_nn.writing.formulas.cell_explanation import explain_cell
from tui_nn.writing.formulas.derivation_text import derivation_lines
from tui_nn.writing.notation.signs import ASCII, UNICODE
from tui_nn.writing.reports.starts_report import starts_report
from tui_nn.writing.sentences.steps_and_errors import step_sentence
from tui_nn.writing.sentences.verdict_sentences import slope_verdict

_NETWORK = Network((2, 3, 2), "tanh", "sigmoid", bias=True)


@pytest.fixture(autouse=True)
def _added(monkeypatch: pytest.MonkeyPatch) -> None:
    add_costs(monkeypatch)


def _problem(network: Network, rows: int) -> Problem:
    """Some errors are larger than 1, others smaller."""
    _, data, parameters = random_problem(network, rows, seed=1)
    return Problem(network, dataset(data.X, 3 * data.Y), parameters)


def _networks() -> Iterator[Network]:
    for cost in ADDED:
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


@pytest.mark.parametrize("cost", ADDED)
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
        "W⁽¹⁾[1,1]: the error of output 1 is −1 in row 1. There one formula of huber ends and another begins, so "
        "two costs can't measure the slope of J."
    )
    crossing = _slope_at(network, 1.0, 1.0 + 2.0**-20, epsilon=1e-5)
    assert slope_verdict(crossing, network, 1, UNICODE).startswith(
        "W⁽¹⁾[1,1]: the error of output 1 crosses 1 in row 1 between w − ε and w + ε. There one formula of huber"
    )
    assert crossing.better is not None


@pytest.mark.parametrize("network", _networks(), ids=str)
def test_each_line_of_its_derivation_is_true(network: Network) -> None:
    test_derivation.check_last_lines(network)
    test_derivation.check_lines(network, rows=4, seed=3)
    test_derivation.check_chains(network, rows=4, seed=3)


@pytest.mark.parametrize(("cost", "h"), [("huber", huber), ("log-cosh", log_cosh)])
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
    assert step_sentence(by_name["delta3"], network, signs, "1").endswith(
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
            found = explain_cell(
                explain(network, problem.dataset, cell, all_rows(problem.dataset.rows, 0.1)), known, notation
            )
            assert not found.rounded
            assert len(found.lines) == 3
            test_cell_explanation.check(found, notation, cell.value(known))


def test_many_starts_compare_with_the_best_constant() -> None:
    network = replace(_NETWORK, cost="huber", output_activation="identity")
    x, y = np.array([[0.0, 1.0], [0.0, 1.0], [0.0, 1.0], [1.0, 0.0]]), np.array([0.0, 0.5, 9.0, 2.0])
    data = dataset(x, np.column_stack((y, -y)))
    many = many_starts(network, data, Start(), 0.1, 50, range(3))
    among = np.linspace(0, 9, 9001)[:, np.newaxis]
    over_errors = ADDED["huber"].over_errors
    assert over_errors is not None
    h = over_errors.function
    of_all, of_three = (2 * float(h.value(of - among).sum(axis=1).min()) for of in (y, y[:3]))
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
