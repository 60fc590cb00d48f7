"""The verdict of the gradient check: never against a right program, against a wrong one wherever that can be told."""

import math
from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.unit.command_line import command
from tests.unit.exact_slopes import exact_slopes
from tests.unit.helpers import DATA, Problem, dataset, random_problem, targets
from tests.unit.strategies import networks
from tui_nn.network import (
    ACTIVATIONS,
    HIDDEN_ACTIVATIONS,
    Dataset,
    GradientVerdict,
    Kink,
    MeasuredSlope,
    Network,
    Parameters,
    Pass,
    Run,
    SlopeMeasurer,
    SlopeVerdict,
    StepKind,
    backward_by,
    compute_pass,
    equations,
    mistaken_equations,
    possible_mistakes,
    predict,
)
from tui_nn.network.checks.rounding_bounds import rounding_errors
from tui_nn.network.checks.slope_verdict import places
from tui_nn.network.model.activations.activation import Activation, Operation
from tui_nn.network.model.activations.function import z
from tui_nn.network.model.array import Array
from tui_nn.network.model.dataset import DataRows
from tui_nn.session.runs.run_cache import RunCache
from tui_nn.session.storage import bundled_lessons
from tui_nn.session.storage.session_file import read
from tui_nn.writing.notation.signs import UNICODE
from tui_nn.writing.sentences.verdict_sentences import slope_verdict

_LESSONS = tuple(bundled_lessons.bundled())
# By so much of itself a slope is wrong that has to be found, where it can be measured.
_WRONG = 3e-3


@cache
def _run(name: str) -> Run:
    """A bundled lesson's run to its end."""
    plan = read(bundled_lessons.bundled()[name]).state.plan
    run = RunCache().run_of(plan)
    run.extend(plan.document.iterations)
    return run


def _iteration(name: str, iteration: int) -> tuple[Dataset | DataRows, Pass]:
    """An iteration of a bundled lesson, or its last one where it has fewer, and the rows that it uses."""
    run = _run(name)
    computed = run.pass_at(min(iteration, run.last))
    return computed.data, computed


@st.composite
def _problems(draw: st.DrawFn) -> Problem:
    """Networks as students have them and as they should not: any scale, saturated, at kinks, fitted, overflowing."""
    network = draw(networks())
    rows = draw(st.integers(1, 20))
    numbers = np.random.default_rng(draw(st.integers(0, 2**32)))
    x_scale, y_scale, w_scale = (10.0 ** draw(st.integers(-6, 6) | st.just(0)) for _ in range(3))
    if draw(st.booleans()):
        w_scale *= 10.0 ** draw(st.just(0) | st.integers(0, 160))
    x = numbers.normal(size=(rows, network.layers[0])) * x_scale
    y = numbers.normal(size=(rows, network.layers[-1])) * y_scale
    flat = numbers.normal(size=network.size) * w_scale
    match draw(st.sampled_from(("as drawn", "whole numbers", "one row far out", "fitted"))):
        case "whole numbers":
            x, y, flat = np.round(x), np.round(y), np.round(flat)
        case "one row far out":
            x[0] *= 1e6
        case "fitted":
            found = predict(network, x, Parameters.from_flat(network, flat))
            if np.isfinite(found).all():
                y = found * (1 + 1e-15 * numbers.integers(-3, 4, found.shape))
    return Problem(network, dataset(x, targets(network, y)), Parameters.from_flat(network, flat))


def _exact(problem: Problem) -> Iterator[float]:
    try:
        yield from exact_slopes(*problem)
    except OverflowError:
        yield from [math.nan] * problem.network.size


@given(_problems(), st.none() | st.integers(-14, 0).map(lambda power: 10.0**power))
@settings(max_examples=80)
def test_the_verdict_is_never_against_backpropagation_and_the_error_it_rests_on_is_a_bound(
    problem: Problem, epsilon: float | None
) -> None:
    computed = compute_pass(*problem, learning_rate=0.1)
    every = SlopeMeasurer(problem.dataset, computed, epsilon).all()
    assert every
    assert [one.place for one in every] == list(places(computed))
    for one, exact in zip(every, _exact(problem), strict=True):
        said = one.verdict()
        assert said is not SlopeVerdict.DIFFER, one
        if math.isfinite(exact) and math.isfinite(one.error):
            # The terms of the exact slope cancel, too, and have been added up with rounding.
            assert abs(one.numeric - exact) <= 2 * one.error, one
        if said is SlopeVerdict.AGREE and one.right:
            assert one.error <= 1e-3 * abs(one.numeric)
            for factor in (1 + _WRONG, 1 - _WRONG, -1.0, 0.0):
                assert one.verdict(factor * one.right) is SlopeVerdict.DIFFER, (one, factor)


@given(networks(), st.integers(1, 8), st.integers(0, 2**32))
def test_slopes_of_ordinary_networks_are_measured(network: Network, rows: int, seed: int) -> None:
    problem = random_problem(network, rows, seed)
    computed = compute_pass(*problem, learning_rate=0.1)
    for one in SlopeMeasurer(problem.dataset, computed).all() or ():
        if abs(one.right) > 1e-5 * max(computed.cost, 1.0):
            assert one.verdict() in (SlopeVerdict.AGREE, SlopeVerdict.KINK), one


@pytest.mark.parametrize("iteration", [1, 37, 1000, 10_000])
@pytest.mark.parametrize("name", _LESSONS)
def test_in_the_lessons_right_is_never_called_wrong_and_each_mistake_is_caught(name: str, iteration: int) -> None:
    data, computed = _iteration(name, iteration)
    measured = SlopeMeasurer(data, computed).all()
    assert measured
    assert GradientVerdict.on(measured, computed.matrices).verdict is not SlopeVerdict.DIFFER
    if iteration > 37:
        return
    for mistake in possible_mistakes(computed.network, data.rows):
        program = backward_by(mistaken_equations(computed.network, data.rows, mistake), computed)
        assert GradientVerdict.on(measured, program).verdict is SlopeVerdict.DIFFER, mistake


def test_where_slopes_are_lost_in_rounding_no_program_is_judged() -> None:
    data, computed = _iteration("homework-biases", 10_000)
    for one in SlopeMeasurer(data, computed).all() or ():
        assert one.verdict() is one.verdict(-one.right) is SlopeVerdict.TOO_SMALL
        assert one.verdict(0.01) is SlopeVerdict.DIFFER


def _one(
    network: Network, x: list[float], y: float, *weights: float, epsilon: float | None = None
) -> list[MeasuredSlope]:
    """Every slope of a network with one input and one output."""
    data = dataset(np.array([x]).T, np.full((len(x), 1), y))
    computed = compute_pass(network, data, Parameters.from_flat(network, np.array(weights)), 0.1)
    return list(SlopeMeasurer(data, computed, epsilon).all() or ())


# `exact_slopes` takes steps of 1e-150: of a slope this small, the change of J underflows.
_LOST = 1e-173

_RELU = Network((1, 1, 1), "relu", "identity", bias=True)


def test_a_kink_is_named_and_a_smaller_epsilon_taken_where_that_avoids_it() -> None:
    # z = w x + b is exactly 0 in row 2; its x is 0, so that W1 does not move it.
    w1, w2, b1, b2 = _one(_RELU, [1.0, 0.0], 0.7, 0.5, 2.0, 0.0, 0.1)
    assert [one.verdict() for one in (w1, w2, b1, b2)] == ["agree", "agree", "kink of relu", "agree"]
    assert b1.kinks == (Kink(layer=2, unit=1, row=2, is_met=True),)
    # z = −5e−7 in row 1: within 1e−5 of the kink, but not within 1e−7.
    near = 0.5, 2.0, -0.5000005, 0.1
    assert _one(_RELU, [1.0, 3.0], 0.7, *near)[2].verdict() is SlopeVerdict.AGREE
    crossed = _one(_RELU, [1.0, 3.0], 0.7, *near, epsilon=1e-5)[2]
    assert crossed.verdict() is SlopeVerdict.KINK
    assert crossed.kinks == (Kink(layer=2, unit=1, row=1, is_met=False),)
    assert crossed.better == 1e-7
    # The output's own kink.
    assert _one(Network((1, 1), "relu", "relu"), [1.0], 0.7, 0.0)[0].kinks == (Kink(2, 1, 1, is_met=True),)


def test_where_two_formulas_of_f_meet_no_slope_is_called_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    # z / (1 + |z|) has the slope 1 at 0, but the quotient there is 1 / (1 + ε): |z| is z on one side, −z on the other.
    def calls(z: Array, a: Array, prime: Array, scratch: Array) -> tuple[Operation, ...]:
        return (
            (np.abs, (z, scratch)),
            (np.add, (scratch, 1.0, scratch)),
            (np.divide, (z, scratch, a)),
            (np.square, (scratch, scratch)),
            (np.divide, (1.0, scratch, prime)),
        )

    value, slope = z / (1 + abs(z)), 1 / (1 + abs(z)) ** 2
    softsign = Activation("softsign", calls, value, slope, (slope,), curvature=2.5, kinks=(0.0,))
    for every in (ACTIVATIONS, HIDDEN_ACTIVATIONS):
        monkeypatch.setitem(every, "softsign", softsign)
    network = Network((1, 1), "softsign", "softsign")
    (at_zero,) = _one(network, [1.0], 0.7, 0.0)
    assert at_zero.kinks == (Kink(2, 1, 1, is_met=True),)
    assert slope_verdict(at_zero, network, 1, UNICODE).startswith(
        "W⁽¹⁾[1,1]: z of output 1 is 0 in row 1. There one formula of softsign ends and another begins, so"
    )
    for weight in (1e-3, -1e-3, 0.4):
        assert _one(network, [1.0], 0.7, weight)[0].verdict() is SlopeVerdict.AGREE


def test_units_that_are_dead_agree() -> None:
    w1, w2, b1, b2 = _one(_RELU, [1.0, 2.0], 0.7, -1.0, 2.0, -1.0, 0.1)
    assert (w1.right, w2.right, b1.right) == (0, 0, 0)
    assert {one.verdict() for one in (w1, w2, b1, b2)} == {SlopeVerdict.AGREE}
    assert w1.verdict(0.01) is SlopeVerdict.DIFFER


def test_a_step_between_the_costs_is_no_slope() -> None:
    # tanh(10⁶ w) at w = 1e−7: J is the same on both sides of every ε that spans the step, and steep in it.
    (one,) = _one(Network((1, 1), "tanh", "tanh"), [1e6], 0.0, 1e-7)
    assert one.right == pytest.approx(math.tanh(0.1) / math.cosh(0.1) ** 2 * 1e6)
    assert one.verdict() is SlopeVerdict.AGREE
    assert one.epsilon < 1e-6
    (wide,) = _one(Network((1, 1), "tanh", "tanh"), [1e6], 0.0, 1e-7, epsilon=0.1)
    assert wide.verdict() is wide.verdict(0.0) is SlopeVerdict.TOO_LARGE_EPSILON


def test_a_weight_that_epsilon_does_not_move_and_one_that_overflows_are_told() -> None:
    line = Network((1, 1), "identity", "identity")
    (moved,) = _one(line, [1.0], 0.0, 1e17)
    assert moved.verdict() is SlopeVerdict.AGREE
    (unmoved,) = _one(line, [1.0], 0.0, 1e17, epsilon=1e-5)
    assert unmoved.verdict() is SlopeVerdict.TOO_SMALL_EPSILON
    (over,) = _one(line, [1.0], 0.0, 1e160)
    assert over.verdict() is over.verdict(1.0) is SlopeVerdict.OVERFLOW


def test_a_saturated_unit_is_neither_right_nor_wrong() -> None:
    plan = read(DATA / "saturated_10_20.toml").state.plan
    run = RunCache().run_of(plan)
    run.extend(1)
    for one in SlopeMeasurer(plan.document.dataset, run.pass_at(1)).all() or ():
        assert one.verdict() is SlopeVerdict.TOO_SMALL
        assert one.right == pytest.approx(math.exp(-30), rel=1e-3)


@pytest.mark.parametrize("name", HIDDEN_ACTIVATIONS)
@given(z=st.floats(-30, 30), h=st.floats(-2, 2))
def test_f_prime_grows_no_faster_than_the_bend_says(name: str, z: float, h: float) -> None:
    f = HIDDEN_ACTIVATIONS[name]
    assume(not f.kinks or z * (z + h) > 0)
    here, there = f.derivative(np.array([z, z + h])).tolist()
    assert there <= here * math.exp(f.curvature * abs(h)) * (1 + 1e-12)


@given(networks(), st.integers(1, 8), st.integers(0, 2**32))
def test_rounding_stays_within_its_bounds(network: Network, rows: int, seed: int) -> None:
    # The same sums in another order, as another processor may add them up, and in twice the digits.
    problem = random_problem(network, rows, seed)
    computed = compute_pass(*problem, learning_rate=0.1)
    formulas = [one for one in equations(network) if one.step.kind is not StepKind.UPDATE]
    bounds = rounding_errors(formulas, computed.matrices)
    exact = exact_slopes(*problem)
    found = np.concatenate([computed[f"dJd{name}"].ravel() for name in network.shapes])
    bound = np.concatenate([bounds[f"dJd{name}"].ravel() for name in network.shapes])
    np.testing.assert_array_less(np.abs(found - exact), 2 * bound + _LOST)
    assert float(bounds["J"][()].max()) < 1e-12 * max(1.0, computed.cost)


def test_poor_quotients_beside_a_good_verdict_are_explained(capsys: pytest.CaptureFixture[str]) -> None:
    # w is 1e33 there: w + 1e-5 is w, and each quotient of the table 0.
    said = "With ε = 1e-05, some quotients above are far from the slopes."
    answer = command(capsys, "check", "too-fast", "--iteration", "127")
    assert answer.code == 0
    assert said in answer.out
    assert said not in command(capsys, "check", "lecture").out
