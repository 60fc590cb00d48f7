"""A run with changes on the way: another rate, other data, weights set by hand, from some iteration on."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.descents import (
    ANEW,
    BY_HAND,
    CHANGE,
    CHANGES,
    FIRST,
    ITERATIONS,
    LECTURE,
    LINEAR,
    MEMORIES,
    MORE_ROWS,
    NETWORK,
    SLOWER,
    START,
    any_segments,
    extended,
    is_as_expected,
    lecture_with,
    looped,
    run_of,
    same,
    set,
)
from tests.unit.helpers import dataset, random_problem, same_bits
from tests.unit.strategies import networks
from tui_nn.network import (
    Network,
    Run,
    Segment,
    Trajectory,
    ValidationError,
    WeightCell,
)


@pytest.mark.parametrize("memory", MEMORIES)
def test_a_run_of_one_leg_is_the_trajectory(memory: int) -> None:
    run, trajectory = run_of(FIRST, memory=memory), Trajectory(NETWORK, LECTURE, START, 5.0, memory)
    same(run, trajectory)
    for until in (1, 7, ITERATIONS, 3):
        run.extend(until)
        trajectory.extend(until)
        assert run.reached == trajectory.reached
    assert [run.cost(i) for i in range(1, ITERATIONS + 1)] == trajectory.costs.tolist()
    for iteration in (1, 256, 255, ITERATIONS + 1):
        assert run.work_to(iteration) == trajectory.work_to(iteration)
    same(run, trajectory)


def test_a_run_has_all_that_a_trajectory_has() -> None:
    public = {name for name in vars(Trajectory) if not name.startswith("_")} - {"state", "waiting_after"}
    assert public <= vars(Run).keys()
    assert run_of(FIRST).network is NETWORK


@pytest.mark.parametrize("memory", MEMORIES)
@CHANGES
def test_a_change_goes_on_from_where_the_leg_before_arrives(change: Segment, memory: int) -> None:
    before = Trajectory(NETWORK, LECTURE, START, 5.0)
    before.extend(CHANGE - 1)
    begin = set(before.parameters(CHANGE), change.weights)
    after = Trajectory(NETWORK, change.dataset, begin, change.learning_rate)
    after.extend(ITERATIONS - CHANGE + 1)
    run = run_of(FIRST, change, memory=memory)
    run.extend(ITERATIONS)
    assert (run.reached, run.last, run.overflow) == (ITERATIONS, ITERATIONS, None)
    assert same_bits(run.costs, np.concatenate((before.costs, after.costs)))
    for iteration in (ITERATIONS + 1, CHANGE, CHANGE - 1, 1, CHANGE + 1, ITERATIONS, 2):
        own = iteration - CHANGE + 1
        expected = before.parameters(iteration) if own < 1 else after.parameters(own)
        assert same_bits(run.parameters(iteration).flat, expected.flat), iteration


@CHANGES
def test_a_run_with_a_change_is_a_loop_with_it(change: Segment) -> None:
    expected = lecture_with(change)
    run = extended(FIRST, change)
    is_as_expected(run, expected)
    np.testing.assert_allclose(run.parameters(ITERATIONS + 1).flat, expected.after.flat, rtol=1e-10)
    assert run.cost(CHANGE) == run.costs[CHANGE - 1]


@CHANGES
def test_up_to_the_change_nothing_is_different(change: Segment) -> None:
    run, unchanged = extended(FIRST, change), extended(FIRST)
    assert same_bits(run.costs[: CHANGE - 1], unchanged.costs[: CHANGE - 1])
    one, two = run.pass_at(CHANGE - 1), unchanged.pass_at(CHANGE - 1)
    assert all(same_bits(one[name], two[name]) for name in one.matrices)
    assert not same_bits(run.parameters(ITERATIONS).flat, unchanged.parameters(ITERATIONS).flat)


def test_a_pass_has_the_data_and_the_rate_of_its_leg() -> None:
    run = extended(FIRST, replace(MORE_ROWS, learning_rate=0.25))
    before, after = run.pass_at(CHANGE - 1), run.pass_at(CHANGE)
    assert same_bits(before["X"], LECTURE.X)
    assert same_bits(after["X"], MORE_ROWS.dataset.X)
    assert same_bits(after["Y"], MORE_ROWS.dataset.Y)
    assert (before["learning_rate"].item(), after["learning_rate"].item()) == (5.0, 0.25)
    assert after["Z2"].shape == (5, 3)


def test_weights_set_by_hand_are_there_before_the_forward_pass_and_not_in_the_update_before() -> None:
    run, unchanged = extended(FIRST, BY_HAND), extended(FIRST)
    updated = unchanged.pass_at(CHANGE - 1).next_parameters.named
    W1, W2 = updated["W1"].copy(), updated["W2"].copy()
    W1[1, 2], W2[2, 0] = -7.5, 0.25
    assert same_bits(run.pass_at(CHANGE - 1)["W1_next"], updated["W1"])
    for shown in (run.parameters(CHANGE).named, run.pass_at(CHANGE)):
        assert same_bits(shown["W1"], W1)
        assert same_bits(shown["W2"], W2)
    assert same_bits(run.pass_at(CHANGE)["Z2"], LECTURE.X @ W1)


def test_the_first_leg_sets_weights_of_the_start() -> None:
    run = run_of(Segment(1, LECTURE, 5.0, (WeightCell("W2", 1, 1, 9.0), WeightCell("W2", 1, 1, 8.0))))
    assert run.parameters(1).named["W2"].tolist() == [[8.0], *START.named["W2"].tolist()[1:]]
    assert same_bits(run.parameters(1).named["W1"], START.named["W1"])
    assert not same_bits(START.flat, run.parameters(1).flat)


def test_biases_can_be_set() -> None:
    network, data, start = random_problem(Network((2, 3, 1), bias=True), rows=3, seed=0)
    run = Run(network, start, (Segment(1, data, 0.1), Segment(5, data, 0.1, (WeightCell("b1", 1, 2, 4.0),))))
    run.extend(10)
    assert run.parameters(5).named["b1"][0, 1] == run.pass_at(5)["b1"][0, 1] == 4.0
    assert run.pass_at(4)["b1_next"][0, 1] != 4.0


@given(data=st.data(), network=networks(), slices=st.lists(st.integers(-1, 15), max_size=5), seed=st.integers(0, 2**32))
def test_any_legs_are_a_loop_with_them(data: st.DataObject, network: Network, slices: list[int], seed: int) -> None:
    start = random_problem(network, rows=1, seed=seed).parameters
    segments = data.draw(any_segments(network))
    run = Run(network, start, segments, memory=data.draw(st.sampled_from(MEMORIES)))
    for until in (*sorted(slices), 12):
        run.extend(until)
        assert run.reached >= until
    expected = looped(network, start, segments, run.reached)
    is_as_expected(run, expected)
    for iteration in range(1, run.reached + 1):
        assert run.pass_at(iteration)["X"].tolist() == expected.passes[iteration - 1]["X"].tolist()


def test_a_leg_past_the_iterations_reached_changes_nothing_yet() -> None:
    run, unchanged = extended(FIRST, Segment(ITERATIONS + 2, LECTURE, 0.1)), extended(FIRST)
    same(run, unchanged)
    with pytest.raises(IndexError):
        run.parameters(ITERATIONS + 2)


def test_where_the_next_leg_begins_its_weights_are_seen_before_it_runs() -> None:
    run = extended(FIRST, BY_HAND, until=CHANGE - 1)
    assert (run.reached, run.last) == (CHANGE - 1, CHANGE - 1)
    assert run.parameters(CHANGE).named["W1"][1, 2] == -7.5
    with pytest.raises(IndexError):
        run.pass_at(CHANGE)


@pytest.mark.parametrize(("read", "last"), [("parameters", 6), ("pass_at", 5), ("cost", 5), ("work_to", 6)])
@pytest.mark.parametrize("second", [3, 6])
def test_iterations_outside_the_run_are_an_error(read: str, last: int, second: int) -> None:
    run = extended(FIRST, replace(SLOWER, first=second), until=5)
    for iteration in range(1, last + 1):
        getattr(run, read)(iteration)
    for iteration in (-1, 0, last + 1):
        with pytest.raises(IndexError, match=str(iteration)):
            getattr(run, read)(iteration)


def test_costs_that_were_given_out_stay_and_can_t_be_written_to() -> None:
    run = run_of(FIRST, SLOWER)
    whole = extended(FIRST, SLOWER).costs
    given_out = []
    for until in (0, 10, CHANGE - 1, CHANGE, 160, 161, ITERATIONS):
        run.extend(until)
        given_out.append(run.costs)
        assert given_out[-1].shape == (until,)
    for costs in given_out:
        assert same_bits(costs, whole[: len(costs)])
        with pytest.raises(ValueError, match="read-only"):
            costs[:1] = 0.0
    assert np.shares_memory(run.costs, run.costs)


def test_a_run_that_is_told_to_stop_stops_and_can_go_on() -> None:
    run = run_of(FIRST, SLOWER)
    run.extend(ITERATIONS, stop=lambda: True)
    assert run.reached == 0
    run.extend(CHANGE - 1)
    run.extend(ITERATIONS, stop=lambda: True)
    assert run.reached == CHANGE - 1
    run.extend(1_000_000, stop=lambda: run.reached >= 1000)
    assert 1000 <= run.reached < 10_000
    assert same_bits(run.costs, extended(FIRST, SLOWER, until=run.reached).costs)


_TOO_FAST = Segment(1, LECTURE, 2.0)
_OVERFLOW = 129


def _linear(*segments: Segment, sharing: Sequence[Run] = ()) -> Run:
    run = Run(LINEAR, START, segments, sharing)
    run.extend(1000)
    return run


def test_an_overflow_before_the_next_leg_ends_the_run_there() -> None:
    alone = _linear(_TOO_FAST)
    assert alone.overflow is not None
    assert alone.overflow.iteration == _OVERFLOW
    for second in (_OVERFLOW + 1, 200):
        run = _linear(_TOO_FAST, Segment(second, LECTURE, 0.01, ANEW))
        same(run, alone)
        assert not np.isfinite(run.pass_at(_OVERFLOW)[alone.overflow.name]).all()
        for read in (run.parameters, run.pass_at):
            with pytest.raises(IndexError):
                read(_OVERFLOW + 1)


@pytest.mark.parametrize("second", [20, _OVERFLOW])
def test_an_overflow_after_the_next_leg_has_begun_is_none(second: int) -> None:
    alone = _linear(_TOO_FAST)
    change = Segment(second, LECTURE, 0.01, ANEW)
    run = _linear(_TOO_FAST, change, sharing=[alone])
    assert (run.reached, run.last, run.overflow) == (1000, 1000, None)
    assert np.isfinite(run.costs).all()
    same(run, _linear(_TOO_FAST, change))
    assert alone.overflow is not None


def test_an_overflow_that_another_run_comes_to_is_not_this_one_s() -> None:
    branch = Run(LINEAR, START, (_TOO_FAST, Segment(_OVERFLOW, LECTURE, 0.01, ANEW)))
    alone = _linear(_TOO_FAST, sharing=[branch])
    assert alone.overflow is not None
    assert (branch.reached, branch.last, branch.overflow) == (_OVERFLOW - 1, _OVERFLOW - 1, None)


def test_an_overflow_of_a_later_leg_is_counted_in_the_run_s_iterations() -> None:
    run = _linear(Segment(1, LECTURE, 0.01), Segment(50, LECTURE, 1e300), Segment(60, LECTURE, 0.01))
    assert run.overflow is not None
    assert run.overflow.iteration in (50, 51, 52)
    assert (run.last, run.reached) == (run.overflow.iteration, run.overflow.iteration - 1)
    assert run.costs.shape == (run.reached,)
    assert np.isfinite(run.parameters(run.last).flat).all()
    assert not np.isfinite(run.pass_at(run.last)[run.overflow.name]).all()


@pytest.mark.parametrize("firsts", [(), (2,), (0, 1), (1, 1), (1, 5, 5), (1, 5, 3)])
def test_legs_that_are_not_in_order_are_an_error(firsts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="segments"):
        run_of(*(Segment(first, LECTURE, 5.0) for first in firsts))


@pytest.mark.parametrize(
    ("cell", "named"),
    [
        (WeightCell("W3", 1, 1, 1.0), "W3"),
        (WeightCell("b1", 1, 1, 1.0), "b1"),
        (WeightCell("W1", 0, 1, 1.0), "row 0"),
        (WeightCell("W1", 3, 1, 1.0), "row 3"),
        (WeightCell("W1", 1, 4, 1.0), "column 4"),
        (WeightCell("W1", 1, 1, float("nan")), "nan"),
    ],
)
def test_a_weight_that_can_t_be_set_is_refused(cell: WeightCell, named: str) -> None:
    with pytest.raises(ValidationError, match=named):
        run_of(FIRST, Segment(5, LECTURE, 5.0, (WeightCell("W1", 1, 1, 1.0), cell)))


@pytest.mark.parametrize(("columns", "key"), [((3, 1), "x"), ((2, 2), "y")])
def test_data_with_other_columns_are_refused(columns: tuple[int, int], key: str) -> None:
    with pytest.raises(ValidationError, match=f"^{key} is"):
        run_of(FIRST, Segment(5, dataset(np.ones((3, columns[0])), np.ones((3, columns[1]))), 5.0))
