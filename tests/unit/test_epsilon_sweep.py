"""The gradient check at each ε: better as ε gets smaller, then worse; and how that is written."""

import math
import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit import reference
from tests.unit.helpers import lesson, random_problem
from tui_nn.network import (
    EPSILONS,
    Mistake,
    Network,
    Pass,
    Slope,
    SlopeVerdict,
    backward_by,
    check_gradient,
    compute_pass,
    costs_along,
    epsilon_sweep,
    loss_slice,
    mistaken_among,
    mistaken_equations,
    possible_mistakes,
)
from tui_nn.session.runs.run_cache import RunCache
from tui_nn.session.state import State
from tui_nn.writing.notation.signs import ASCII, UNICODE, Notation
from tui_nn.writing.reports.epsilon_sweep_table import (
    distinct_least_error,
    least_error,
    sweep_rows,
    sweep_table,
    sweep_text,
)
from tui_nn.writing.sentences.mistake_sentences import mistake_effects, mistake_name, why_impossible


def _lecture(iteration: int = 1) -> Pass:
    run = RunCache().run_of(State.opened(lesson("lecture")).plan)
    run.extend(iteration)
    return run.pass_at(iteration)


def _course_of(errors: list[float], verdict: SlopeVerdict = SlopeVerdict.AGREE) -> str:
    return sweep_text(EPSILONS[: len(errors)], errors, UNICODE, verdict)


def test_in_the_lecture_the_error_falls_with_the_square_of_epsilon_and_then_rises() -> None:
    dataset, computed = lesson("lecture").dataset, _lecture()
    whole = [check.relative_error for epsilon in EPSILONS if (check := check_gradient(dataset, computed, epsilon))]
    for errors in (whole, [one.relative_error for one in epsilon_sweep(dataset, computed, ("W1", 1, 1))]):
        least = least_error(errors)
        assert least is not None
        assert 2 <= least <= 6
        # A quotient of costs on either side has an error of the second order; rounding has one of the order -1.
        for larger, smaller in pairwise(errors[:3]):
            assert larger / smaller == pytest.approx(100, rel=0.1)
        assert errors[-1] > errors[-3] > errors[-5] > 100 * errors[least]
        assert min(errors) < 1e-8 < 1e-4 < errors[-1]


@given(st.integers(0, 2**32), st.sampled_from(EPSILONS[:6]), st.data())
def test_each_rung_is_the_quotient_of_costs_computed_elsewhere(seed: int, epsilon: float, data: st.DataObject) -> None:
    network = Network((2, 3, 2), "tanh", "sigmoid", bias=True)
    problem = random_problem(network, 3, seed)
    computed = compute_pass(*problem, learning_rate=0.5)
    name = data.draw(st.sampled_from([*network.shapes]))
    row, column = (data.draw(st.integers(1, size)) for size in network.shapes[name])
    (found,) = epsilon_sweep(problem.dataset, computed, (name, row, column), (epsilon,))
    place = [*network.shapes].index(name)
    before = sum(math.prod(shape) for shape in [*network.shapes.values()][:place])
    number = before + (row - 1) * network.shapes[name][1] + column - 1
    elsewhere = reference.slopes(*problem, epsilon)[number]
    # Costs differ by their last digits, which ε divides.
    assert found.numeric == pytest.approx(elsewhere, rel=1e-6, abs=1e-14 / epsilon)
    assert found.at == computed.cost
    assert found.analytic == computed[f"dJd{name}"][row - 1, column - 1]


def test_the_same_costs_check_another_program() -> None:
    found = Slope(1e-5, 1.0, 0.5, 3.0, 3.0, 0.0, 0.75)
    assert found.for_slope(1.0).relative_error == pytest.approx(0.5)
    assert found.for_slope(1.0).above == found.above


@pytest.mark.parametrize("lesson_name", ["lecture", "homework-biases", "xor", "two-hidden-layers"])
@pytest.mark.parametrize("iteration", [1, 40])
def test_the_tangent_and_the_step_are_those_of_finite_differences(lesson_name: str, iteration: int) -> None:
    document = lesson(lesson_name)
    run = RunCache().run_of(State.opened(document).plan)
    run.extend(iteration)
    computed = run.pass_at(iteration)
    for name, (height, width) in document.network.shapes.items():
        place = name, height, width
        steps = 10 * height
        found = loss_slice(document.dataset, computed, place, 41, steps)
        w = computed[name][height - 1, width - 1]
        above, below = costs_along(document.dataset, computed, place, [w + 1e-5, w - 1e-5])
        slope = (above - below) / 2e-5
        assert found.slope == pytest.approx(slope, rel=1e-6, abs=1e-10)
        assert (found.weight, found.cost) == (w, computed.cost)
        assert found.next_weight == pytest.approx(w - document.learning_rate * slope, rel=1e-6)
        assert found.next_weight == pytest.approx(
            run.parameters(iteration + 1).named[name][height - 1, width - 1], rel=1e-12
        )
        np.testing.assert_allclose(found.tangent, found.cost + slope * (found.weights - w), rtol=1e-5)
        # Both ends of the step are in sight, and so is that they are two.
        low, high = found.weights[0], found.weights[-1]
        assert low < min(w, found.next_weight) < max(w, found.next_weight) < high
        assert abs(found.next_weight - w) >= (high - low) / steps * (1 - 1e-9)


def test_a_weight_without_a_slope_is_seen_with_what_is_around_it() -> None:
    network = Network((2, 3, 1), "relu")
    problem = random_problem(network, 3, 1)
    flat = problem.parameters.flat
    flat[:6] = -1.0
    silent = compute_pass(network, problem.dataset, type(problem.parameters).from_flat(network, flat), 0.5)
    found = loss_slice(problem.dataset, silent, ("W1", 1, 1), 11)
    assert found.slope == 0
    assert found.weights[0] < found.weight < found.weights[-1]


_NUMBERS = st.floats(1e-9, 1e6)


@given(_NUMBERS, st.floats(-1e-2, 1e-2), st.sampled_from((UNICODE, ASCII)))
def test_the_costs_shown_give_the_quotient_shown(below: float, part: float, notation: Notation) -> None:
    above = below * (1 + part)
    numeric = (above - below) / 2e-3
    (row,) = sweep_rows([Slope(1e-3, above, below, numeric, numeric, 0.0, below)], None, notation)
    shown = row.quotient.replace(notation.minus, "-")
    made = (float(row.above) - float(row.below)) / 2e-3
    last_digit = 10.0 ** (int(shown.partition("e")[2] or 0) - len(shown.partition("e")[0].partition(".")[2]))
    assert made == pytest.approx(float(shown), abs=0.51 * last_digit)


@pytest.mark.parametrize("notation", [UNICODE, ASCII], ids=["unicode", "ascii"])
@pytest.mark.parametrize("room", [40, 60, 78, 79, 118])
def test_the_table_has_a_line_for_each_epsilon_and_is_no_wider_than_its_room(notation: Notation, room: int) -> None:
    dataset, computed = lesson("lecture").dataset, _lecture()
    slopes = epsilon_sweep(dataset, computed, ("W1", 1, 1))
    head, *lines = ("".join(cells) for cells in sweep_table(slopes, (), room, notation))
    assert len(lines) == len(EPSILONS) == 12
    assert {len(line) for line in (head, *lines)} == {len(head)}
    assert len(head) <= room
    assert ("J(w" in head) == (room >= 78)
    assert [line.split()[0] for line in lines] == [f"{epsilon:.0e}" for epsilon in EPSILONS]


def test_what_becomes_of_the_error_is_said_as_it_is() -> None:
    assert "better, until rounding takes over at about 1e-02; then worse" in _course_of([1e-4, 1e-9, 1e-6])
    assert "better, down to 1e-03" in _course_of([1e-4, 1e-6, 1e-9])
    assert "Every ε gives the slope but for rounding" in _course_of([1e-14, 1e-13, 1e-9])
    assert "Both slopes are the same" in _course_of([0.0, 0.0])
    apart = [0.5, 0.45, 0.46]
    says = "No ε brings the slopes together: the relative error is 4.5e-01 at best"
    assert says in _course_of(apart, SlopeVerdict.DIFFER)
    assert _course_of(apart, SlopeVerdict.TOO_SMALL) == ""
    assert "overflow" in _course_of([math.inf, math.inf])
    assert distinct_least_error([1.0, 1.0]) is None
    assert distinct_least_error([1.0, 0.5, math.inf]) == 1


_TOLD = {
    Mistake.MINUS: r"Every slope is −1 × what the costs say: it leads uphill\.",
    Mistake.MEAN: r"Every slope is 0\.333 × what the costs say, which is 1/N: there are 3 rows\.",
    Mistake.DERIVATIVE: (
        r"∂J/∂W⁽²⁾ agrees with the costs\. ∂J/∂W⁽¹⁾ is from 4\.15 to 27\.3 × what the costs say\. "
        r"δ⁽²⁾ is from 4\.04 to 5\.28 × what it should be: f′\(Z⁽²⁾\) is from 0\.189 to 0\.247\."
    ),
    Mistake.TRANSPOSE: r"∂J/∂W⁽¹⁾ agrees with the costs\. ∂J/∂W⁽²⁾ is from 0\.\d+ to 1\.\d+ × what the costs say\.",
}


@pytest.mark.parametrize("mistake", _TOLD)
def test_where_the_numbers_show_a_mistake_is_said_from_the_numbers(mistake: Mistake) -> None:
    computed = _lecture()
    network, notation = computed.network, UNICODE.for_network(computed.network)
    formulas = mistaken_equations(network, 3, mistake)
    program = backward_by(formulas, computed)
    said = " ".join(mistake_effects(network, mistaken_among(network, formulas), program, computed.matrices, notation))
    assert re.fullmatch(_TOLD[mistake], said), said
    same = " ".join(mistake_effects(network, (), computed.matrices, computed.matrices, notation))
    assert same == "In these numbers it does not show: every slope is what the costs say."


def test_every_mistake_has_a_name_of_its_own_in_both_notations() -> None:
    for notation in (UNICODE, ASCII):
        assert len({mistake_name(mistake, notation) for mistake in Mistake}) == len(Mistake)
    assert all(mistake_name(mistake, ASCII).isascii() for mistake in Mistake)
    assert len({why_impossible(mistake) for mistake in Mistake}) == len(Mistake)


def test_a_formula_with_a_mistake_in_it_is_written_as_it_is_computed() -> None:
    network = _lecture().network
    notation = UNICODE.for_network(network)
    written = {
        mistake: [
            notation.formula(one.wrong) for one in mistaken_among(network, mistaken_equations(network, 3, mistake))
        ]
        for mistake in possible_mistakes(network, 3)
    }
    assert written == {
        Mistake.DERIVATIVE: ["δ⁽²⁾ = δ⁽³⁾ · W⁽²⁾ᵀ"],
        Mistake.TRANSPOSE: ["∂J/∂W⁽²⁾ = A⁽²⁾ · δ⁽³⁾"],
        Mistake.MINUS: ["δ⁽³⁾ = (Y − Ŷ) ⊙ f′(Z⁽³⁾)"],
        Mistake.MEAN: ["∂J/∂W⁽²⁾ = (1/N) · A⁽²⁾ᵀ · δ⁽³⁾", "∂J/∂W⁽¹⁾ = (1/N) · Xᵀ · δ⁽²⁾"],
    }
