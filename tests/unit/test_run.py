"""A run with changes on the way: another rate, other data, weights set by hand, from some iteration on."""

import gc
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from threading import Thread
from typing import NamedTuple
from weakref import ref

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.helpers import dataset, random_problem, same_bits
from tests.unit.strategies import networks
from tui_nn.network import (
    Dataset,
    Leg,
    Network,
    Parameters,
    Pass,
    Refusal,
    Run,
    Start,
    Trajectory,
    WeightCell,
    compute_pass,
)
from tui_nn.network.array import Array

_ITERATIONS = 400
_CHANGE = 150
# A row of the lecture's parameters has 72 bytes: all kept, and checkpoints far apart.
_MEMORIES = (1, 16 * 72, 64 * 2**20)

_NETWORK = Network((2, 3, 1))
_START = Start().draw(_NETWORK)


def _data(x: list[list[float]], y: list[list[float]]) -> Dataset:
    names = ("hours slept", "hours studied"), ("test score",)
    return Dataset(np.array(x), np.array(y), *names, x_scaling="column max", y_scaling=(100.0,))


_LECTURE = _data([[3, 5], [5, 1], [10, 2]], [[75], [82], [93]])
_FIRST = Leg(1, _LECTURE, 5.0)
_SLOWER = Leg(_CHANGE, _LECTURE, 0.5)
_BY_HAND = Leg(_CHANGE, _LECTURE, 5.0, (WeightCell("W1", 2, 3, -7.5), WeightCell("W2", 3, 1, 0.25)))
_EDITED = Leg(_CHANGE, _data([[3, 5], [5, 1], [4, 2]], [[75], [82], [30]]), 5.0)
_FEWER_ROWS = Leg(_CHANGE, _data([[3, 5]], [[75]]), 5.0)
_MORE_ROWS = Leg(_CHANGE, _data([[3, 5], [5, 1], [10, 2], [1, 1], [8, 8]], [[75], [82], [93], [10], [99]]), 5.0)
_CHANGES = pytest.mark.parametrize(
    "change",
    [_SLOWER, _EDITED, _FEWER_ROWS, _MORE_ROWS, _BY_HAND],
    ids=["rate", "data", "fewer rows", "more rows", "weights"],
)


def _run(*legs: Leg, sharing: Sequence[Run] = (), memory: int = 64 * 2**20) -> Run:
    return Run(_NETWORK, _START, legs, sharing, memory)


def _extended(*legs: Leg, sharing: Sequence[Run] = (), until: int = _ITERATIONS) -> Run:
    run = _run(*legs, sharing=sharing)
    run.extend(until)
    return run


class _Expected(NamedTuple):
    """The passes of a plain loop, and the parameters after the last of them."""

    passes: list[Pass]
    after: Parameters

    @property
    def costs(self) -> Array:
        return np.array([computed.cost for computed in self.passes])


def _set(parameters: Parameters, weights: Sequence[WeightCell]) -> Parameters:
    named = {name: matrix.copy() for name, matrix in parameters.named.items()}
    for cell in weights:
        named[cell.name][cell.row - 1, cell.column - 1] = cell.value
    depth = len(parameters.weights)
    return Parameters(tuple(named.values())[:depth], tuple(named.values())[depth:])


def _looped(network: Network, start: Parameters, legs: Sequence[Leg], iterations: int) -> _Expected:
    parameters, passes = start, []
    for iteration in range(1, iterations + 1):
        leg = [leg for leg in legs if leg.first <= iteration][-1]
        if leg.first == iteration:
            parameters = _set(parameters, leg.weights)
        passes.append(compute_pass(network, leg.dataset, parameters, leg.learning_rate))
        parameters = passes[-1].next_parameters
    return _Expected(passes, parameters)


@cache
def _lecture_with(change: Leg) -> _Expected:
    return _looped(_NETWORK, _START, (_FIRST, change), _ITERATIONS)


def _is_as_expected(run: Run, expected: _Expected) -> None:
    """All figures are the loop's, up to rounding: training may sum in another order."""
    np.testing.assert_allclose(run.costs, expected.costs, rtol=1e-12, atol=1e-14)
    for iteration, computed in enumerate(expected.passes, start=1):
        shown = run.pass_at(iteration)
        assert shown.matrices.keys() == computed.matrices.keys()
        for name in computed.matrices:
            np.testing.assert_allclose(shown[name], computed[name], rtol=1e-12, atol=1e-14, err_msg=name)


def _same(run: Run, other: Run | Trajectory) -> None:
    """All that both show is the same to the last bit."""
    assert (run.reached, run.last, run.overflow) == (other.reached, other.last, other.overflow)
    assert same_bits(run.costs, other.costs)
    for iteration in range(1, run.reached + 2):
        assert same_bits(run.parameters(iteration).flat, other.parameters(iteration).flat), iteration
    for iteration in range(1, run.last + 1):
        one, two = run.pass_at(iteration), other.pass_at(iteration)
        assert one.matrices.keys() == two.matrices.keys()
        assert all(same_bits(one[name], two[name]) for name in one.matrices), iteration


@pytest.mark.parametrize("memory", _MEMORIES)
def test_a_run_of_one_leg_is_the_trajectory(memory: int) -> None:
    run, trajectory = _run(_FIRST, memory=memory), Trajectory(_NETWORK, _LECTURE, _START, 5.0, memory)
    _same(run, trajectory)
    for until in (1, 7, _ITERATIONS, 3):
        run.extend(until)
        trajectory.extend(until)
        assert run.reached == trajectory.reached
    assert [run.cost(i) for i in range(1, _ITERATIONS + 1)] == trajectory.costs.tolist()
    for iteration in (1, 256, 255, _ITERATIONS + 1):
        assert run.work_to(iteration) == trajectory.work_to(iteration)
    _same(run, trajectory)


def test_a_run_has_all_that_a_trajectory_has() -> None:
    public = {name for name in vars(Trajectory) if not name.startswith("_")}
    assert public <= vars(Run).keys()
    assert _run(_FIRST).network is _NETWORK


@pytest.mark.parametrize("memory", _MEMORIES)
@_CHANGES
def test_a_change_goes_on_from_where_the_leg_before_arrives(change: Leg, memory: int) -> None:
    before = Trajectory(_NETWORK, _LECTURE, _START, 5.0)
    before.extend(_CHANGE - 1)
    begin = _set(before.parameters(_CHANGE), change.weights)
    after = Trajectory(_NETWORK, change.dataset, begin, change.learning_rate)
    after.extend(_ITERATIONS - _CHANGE + 1)
    run = _run(_FIRST, change, memory=memory)
    run.extend(_ITERATIONS)
    assert (run.reached, run.last, run.overflow) == (_ITERATIONS, _ITERATIONS, None)
    assert same_bits(run.costs, np.concatenate((before.costs, after.costs)))
    for iteration in (_ITERATIONS + 1, _CHANGE, _CHANGE - 1, 1, _CHANGE + 1, _ITERATIONS, 2):
        own = iteration - _CHANGE + 1
        expected = before.parameters(iteration) if own < 1 else after.parameters(own)
        assert same_bits(run.parameters(iteration).flat, expected.flat), iteration


@_CHANGES
def test_a_run_with_a_change_is_a_loop_with_it(change: Leg) -> None:
    expected = _lecture_with(change)
    run = _extended(_FIRST, change)
    _is_as_expected(run, expected)
    np.testing.assert_allclose(run.parameters(_ITERATIONS + 1).flat, expected.after.flat, rtol=1e-10)
    assert run.cost(_CHANGE) == run.costs[_CHANGE - 1]


@_CHANGES
def test_up_to_the_change_nothing_is_different(change: Leg) -> None:
    run, unchanged = _extended(_FIRST, change), _extended(_FIRST)
    assert same_bits(run.costs[: _CHANGE - 1], unchanged.costs[: _CHANGE - 1])
    one, two = run.pass_at(_CHANGE - 1), unchanged.pass_at(_CHANGE - 1)
    assert all(same_bits(one[name], two[name]) for name in one.matrices)
    assert not same_bits(run.parameters(_ITERATIONS).flat, unchanged.parameters(_ITERATIONS).flat)


def test_a_pass_has_the_data_and_the_rate_of_its_leg() -> None:
    run = _extended(_FIRST, replace(_MORE_ROWS, learning_rate=0.25))
    before, after = run.pass_at(_CHANGE - 1), run.pass_at(_CHANGE)
    assert same_bits(before["X"], _LECTURE.X)
    assert same_bits(after["X"], _MORE_ROWS.dataset.X)
    assert same_bits(after["Y"], _MORE_ROWS.dataset.Y)
    assert (before["learning_rate"].item(), after["learning_rate"].item()) == (5.0, 0.25)
    assert after["Z2"].shape == (5, 3)


def test_weights_set_by_hand_are_there_before_the_forward_pass_and_not_in_the_update_before() -> None:
    run, unchanged = _extended(_FIRST, _BY_HAND), _extended(_FIRST)
    updated = unchanged.pass_at(_CHANGE - 1).next_parameters.named
    W1, W2 = updated["W1"].copy(), updated["W2"].copy()
    W1[1, 2], W2[2, 0] = -7.5, 0.25
    assert same_bits(run.pass_at(_CHANGE - 1)["W1_next"], updated["W1"])
    for shown in (run.parameters(_CHANGE).named, run.pass_at(_CHANGE)):
        assert same_bits(shown["W1"], W1)
        assert same_bits(shown["W2"], W2)
    assert same_bits(run.pass_at(_CHANGE)["Z2"], _LECTURE.X @ W1)


def test_the_first_leg_sets_weights_of_the_start() -> None:
    run = _run(Leg(1, _LECTURE, 5.0, (WeightCell("W2", 1, 1, 9.0), WeightCell("W2", 1, 1, 8.0))))
    assert run.parameters(1).named["W2"].tolist() == [[8.0], *_START.named["W2"].tolist()[1:]]
    assert same_bits(run.parameters(1).named["W1"], _START.named["W1"])
    assert not same_bits(_START.flat, run.parameters(1).flat)


def test_biases_can_be_set() -> None:
    network, data, start = random_problem(Network((2, 3, 1), bias=True), rows=3, seed=0)
    run = Run(network, start, (Leg(1, data, 0.1), Leg(5, data, 0.1, (WeightCell("b1", 1, 2, 4.0),))))
    run.extend(10)
    assert run.parameters(5).named["b1"][0, 1] == run.pass_at(5)["b1"][0, 1] == 4.0
    assert run.pass_at(4)["b1_next"][0, 1] != 4.0


@st.composite
def _legs(draw: st.DrawFn, network: Network) -> tuple[Leg, ...]:
    def cell(name: str) -> WeightCell:
        rows, columns = network.shapes[name]
        value = draw(st.floats(-1.0, 1.0))
        return WeightCell(name, draw(st.integers(1, rows)), draw(st.integers(1, columns)), value)

    numbers = np.random.default_rng(draw(st.integers(0, 2**32)))
    legs, first = [], 1
    for _ in range(draw(st.integers(1, 5))):
        rows = draw(st.integers(1, 4))
        x = numbers.uniform(0.2, 1.0, (rows, network.layers[0]))
        y = numbers.uniform(-1.0, 1.0, (rows, network.layers[-1]))
        weights = tuple(map(cell, draw(st.lists(st.sampled_from(tuple(network.shapes)), max_size=3))))
        legs.append(Leg(first, dataset(x, y), draw(st.floats(1e-4, 0.05)), weights))
        first += draw(st.integers(1, 4))
    return tuple(legs)


@given(data=st.data(), network=networks(), slices=st.lists(st.integers(-1, 15), max_size=5), seed=st.integers(0, 2**32))
def test_any_legs_are_a_loop_with_them(data: st.DataObject, network: Network, slices: list[int], seed: int) -> None:
    start = random_problem(network, rows=1, seed=seed).parameters
    legs = data.draw(_legs(network))
    run = Run(network, start, legs, memory=data.draw(st.sampled_from(_MEMORIES)))
    for until in (*sorted(slices), 12):
        run.extend(until)
        assert run.reached >= until
    expected = _looped(network, start, legs, run.reached)
    _is_as_expected(run, expected)
    for iteration in range(1, run.reached + 1):
        assert run.leg(iteration).dataset.X.tolist() == expected.passes[iteration - 1]["X"].tolist()


@given(data=st.data(), network=networks(), seed=st.integers(0, 2**32))
def test_a_shared_run_shows_the_same_bits_as_one_alone(data: st.DataObject, network: Network, seed: int) -> None:
    start = random_problem(network, rows=1, seed=seed).parameters
    legs = data.draw(_legs(network))
    common = data.draw(st.integers(0, len(legs)))
    others = tuple(replace(leg, learning_rate=0.02) for leg in legs[common:])
    one = Run(network, start, legs)
    two = Run(network, start, (*legs[:common], *others), [one])
    for run, until in data.draw(st.lists(st.tuples(st.sampled_from((one, two)), st.integers(0, 20)), max_size=6)):
        run.extend(until)
    for run in (one, two):
        run.extend(20)
        alone = Run(network, start, run.legs)
        alone.extend(20)
        _same(run, alone)


def test_a_branch_recomputes_nothing_of_what_it_has_in_common() -> None:
    base = _extended(_FIRST)
    branch = _run(_FIRST, _BY_HAND, sharing=[base])
    assert (branch.reached, branch.last) == (_CHANGE - 1, _CHANGE - 1)
    assert same_bits(branch.parameters(_CHANGE).flat, _set(base.parameters(_CHANGE), _BY_HAND.weights).flat)
    assert np.shares_memory(branch.costs, base.costs)
    branch.extend(_ITERATIONS)
    _same(branch, _extended(_FIRST, _BY_HAND))
    _same(base, _extended(_FIRST))


def test_what_a_branch_computes_of_the_common_legs_is_there_for_the_other() -> None:
    base = _run(_FIRST)
    branch = _extended(_FIRST, _SLOWER, sharing=[base])
    assert base.reached == _CHANGE - 1
    twig = _run(_FIRST, _SLOWER, Leg(300, _LECTURE, 9.0), sharing=[base, branch])
    assert twig.reached == 299
    for run in (twig, base):
        run.extend(_ITERATIONS)
    _same(twig, _extended(*twig.legs))
    _same(base, _extended(_FIRST))
    _same(branch, _extended(_FIRST, _SLOWER))


def test_a_common_leg_that_none_has_begun_is_computed_once() -> None:
    one = _run(_FIRST, _SLOWER)
    two = _run(_FIRST, _SLOWER, sharing=[one])
    one.extend(_ITERATIONS)
    assert two.reached == _ITERATIONS
    _same(two, one)


@pytest.mark.parametrize(
    ("network", "start", "first"),
    [
        (_NETWORK, _START, replace(_FIRST)),
        (_NETWORK, replace(_START), _FIRST),
        (replace(_NETWORK, activation="tanh"), _START, _FIRST),
    ],
    ids=["another leg", "another start", "another network"],
)
def test_only_the_same_is_shared(network: Network, start: Parameters, first: Leg) -> None:
    assert Run(network, start, (first, _SLOWER), [_extended(_FIRST, _SLOWER)]).reached == 0


def test_an_equal_network_is_the_same() -> None:
    assert Run(replace(_NETWORK), _START, (_FIRST,), [_extended(_FIRST)]).reached == _ITERATIONS


def test_a_run_that_is_gone_is_not_kept_by_those_that_shared_with_it() -> None:
    base = _extended(_FIRST)
    gone = ref(base)
    branch = _run(_FIRST, _SLOWER, sharing=[base])
    del base
    gc.collect()
    assert gone() is None
    assert branch.reached == _CHANGE - 1


def test_the_leg_of_an_iteration_is_known_before_it_is_reached() -> None:
    run = _run(_FIRST, _SLOWER)
    assert [run.leg(i) for i in (1, _CHANGE - 1, _CHANGE, 10**9)] == [_FIRST, _FIRST, _SLOWER, _SLOWER]
    with pytest.raises(IndexError, match="0"):
        run.leg(0)


def test_a_leg_past_the_iterations_reached_changes_nothing_yet() -> None:
    run, unchanged = _extended(_FIRST, Leg(_ITERATIONS + 2, _LECTURE, 0.1)), _extended(_FIRST)
    _same(run, unchanged)
    with pytest.raises(IndexError):
        run.parameters(_ITERATIONS + 2)


def test_where_the_next_leg_begins_its_weights_are_seen_before_it_runs() -> None:
    run = _extended(_FIRST, _BY_HAND, until=_CHANGE - 1)
    assert (run.reached, run.last) == (_CHANGE - 1, _CHANGE - 1)
    assert run.parameters(_CHANGE).named["W1"][1, 2] == -7.5
    with pytest.raises(IndexError):
        run.pass_at(_CHANGE)


@pytest.mark.parametrize(("read", "last"), [("parameters", 6), ("pass_at", 5), ("cost", 5), ("work_to", 6)])
@pytest.mark.parametrize("second", [3, 6])
def test_iterations_outside_the_run_are_an_error(read: str, last: int, second: int) -> None:
    run = _extended(_FIRST, replace(_SLOWER, first=second), until=5)
    for iteration in range(1, last + 1):
        getattr(run, read)(iteration)
    for iteration in (-1, 0, last + 1):
        with pytest.raises(IndexError, match=str(iteration)):
            getattr(run, read)(iteration)


def test_costs_that_were_given_out_stay_and_can_t_be_written_to() -> None:
    run = _run(_FIRST, _SLOWER)
    whole = _extended(_FIRST, _SLOWER).costs
    given_out = []
    for until in (0, 10, _CHANGE - 1, _CHANGE, 160, 161, _ITERATIONS):
        run.extend(until)
        given_out.append(run.costs)
        assert given_out[-1].shape == (until,)
    for costs in given_out:
        assert same_bits(costs, whole[: len(costs)])
        with pytest.raises(ValueError, match="read-only"):
            costs[:1] = 0.0
    assert np.shares_memory(run.costs, run.costs)


def test_a_run_that_is_told_to_stop_stops_and_can_go_on() -> None:
    run = _run(_FIRST, _SLOWER)
    run.extend(_ITERATIONS, stop=lambda: True)
    assert run.reached == 0
    run.extend(_CHANGE - 1)
    run.extend(_ITERATIONS, stop=lambda: True)
    assert run.reached == _CHANGE - 1
    run.extend(1_000_000, stop=lambda: run.reached >= 1000)
    assert 1000 <= run.reached < 10_000
    assert same_bits(run.costs, _extended(_FIRST, _SLOWER, until=run.reached).costs)


_TOO_FAST = Leg(1, _LECTURE, 2.0)
_OVERFLOW = 129
_LINEAR = Network((2, 3, 1), "tanh", "identity")
_ANEW = tuple(
    WeightCell(name, row, column, 0.5)
    for name, (rows, columns) in _LINEAR.shapes.items()
    for row in range(1, rows + 1)
    for column in range(1, columns + 1)
)


def _linear(*legs: Leg, sharing: Sequence[Run] = ()) -> Run:
    run = Run(_LINEAR, _START, legs, sharing)
    run.extend(1000)
    return run


def test_an_overflow_before_the_next_leg_ends_the_run_there() -> None:
    alone = _linear(_TOO_FAST)
    assert alone.overflow is not None
    assert alone.overflow.iteration == _OVERFLOW
    for second in (_OVERFLOW + 1, 200):
        run = _linear(_TOO_FAST, Leg(second, _LECTURE, 0.01, _ANEW))
        _same(run, alone)
        assert not np.isfinite(run.pass_at(_OVERFLOW)[alone.overflow.name]).all()
        for read in (run.parameters, run.pass_at):
            with pytest.raises(IndexError):
                read(_OVERFLOW + 1)


@pytest.mark.parametrize("second", [20, _OVERFLOW])
def test_an_overflow_after_the_next_leg_has_begun_is_none(second: int) -> None:
    alone = _linear(_TOO_FAST)
    change = Leg(second, _LECTURE, 0.01, _ANEW)
    run = _linear(_TOO_FAST, change, sharing=[alone])
    assert (run.reached, run.last, run.overflow) == (1000, 1000, None)
    assert np.isfinite(run.costs).all()
    _same(run, _linear(_TOO_FAST, change))
    assert alone.overflow is not None


def test_an_overflow_that_another_run_comes_to_is_not_this_one_s() -> None:
    branch = Run(_LINEAR, _START, (_TOO_FAST, Leg(_OVERFLOW, _LECTURE, 0.01, _ANEW)))
    alone = _linear(_TOO_FAST, sharing=[branch])
    assert alone.overflow is not None
    assert (branch.reached, branch.last, branch.overflow) == (_OVERFLOW - 1, _OVERFLOW - 1, None)


def test_an_overflow_of_a_later_leg_is_counted_in_the_run_s_iterations() -> None:
    run = _linear(Leg(1, _LECTURE, 0.01), Leg(50, _LECTURE, 1e300), Leg(60, _LECTURE, 0.01))
    assert run.overflow is not None
    assert run.overflow.iteration in (50, 51, 52)
    assert (run.last, run.reached) == (run.overflow.iteration, run.overflow.iteration - 1)
    assert run.costs.shape == (run.reached,)
    assert np.isfinite(run.parameters(run.last).flat).all()
    assert not np.isfinite(run.pass_at(run.last)[run.overflow.name]).all()


@pytest.mark.parametrize("firsts", [(), (2,), (0, 1), (1, 1), (1, 5, 5), (1, 5, 3)])
def test_legs_that_are_not_in_order_are_an_error(firsts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="legs"):
        _run(*(Leg(first, _LECTURE, 5.0) for first in firsts))


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
    with pytest.raises(Refusal, match=named):
        _run(_FIRST, Leg(5, _LECTURE, 5.0, (WeightCell("W1", 1, 1, 1.0), cell)))


@pytest.mark.parametrize(("columns", "key"), [((3, 1), "x"), ((2, 2), "y")])
def test_data_with_other_columns_are_refused(columns: tuple[int, int], key: str) -> None:
    with pytest.raises(Refusal, match=f"^{key} is"):
        _run(_FIRST, Leg(5, dataset(np.ones((3, columns[0])), np.ones((3, columns[1]))), 5.0))


@pytest.mark.parametrize("memory", _MEMORIES)
@pytest.mark.usefixtures("_threads_taking_quick_turns")
def test_threads_extend_two_sharing_runs_while_another_reads(memory: int) -> None:
    one = _run(_FIRST, _SLOWER, memory=memory)
    two = _run(_FIRST, _SLOWER, Leg(300, _LECTURE, 9.0, _ANEW), sharing=[one], memory=memory)
    alone = {run: _extended(*run.legs) for run in (one, two)}

    def extend(run: Run, stride: int) -> None:
        for until in range(1, _ITERATIONS + stride, stride):
            run.extend(min(until, _ITERATIONS))

    threads = [Thread(target=extend, args=arguments) for arguments in ((one, 1), (two, 3), (two, 2))]
    for thread in threads:
        thread.start()
    choose = np.random.default_rng(0)
    looks = []
    while any(thread.is_alive() for thread in threads):
        for run in (one, two):
            iteration = int(choose.integers(1, run.reached + 2))
            looks.append((run, iteration, run.parameters(iteration).flat, run.costs))
    for thread in threads:
        thread.join()
    for run, iteration, row, costs in looks:
        assert same_bits(row, alone[run].parameters(iteration).flat), iteration
        assert same_bits(costs, alone[run].costs[: len(costs)])
    for run in (one, two):
        _same(run, alone[run])


@pytest.fixture
def _threads_taking_quick_turns() -> Iterator[None]:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(usual)
