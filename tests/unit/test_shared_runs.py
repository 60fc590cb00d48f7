"""What two runs have in common is computed once, and shows the same bits in both."""

import gc
import sys
from collections.abc import Iterator
from dataclasses import replace
from threading import Thread
from weakref import ref

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.descents import (
    ANEW,
    BY_HAND,
    CHANGE,
    FIRST,
    ITERATIONS,
    LECTURE,
    MEMORIES,
    NETWORK,
    SLOWER,
    START,
    any_segments,
    extended,
    run_of,
    same,
    set,
)
from tests.unit.helpers import random_problem, same_bits
from tests.unit.strategies import networks
from tui_nn.network import (
    Network,
    Parameters,
    Run,
    Segment,
)


@given(data=st.data(), network=networks(), seed=st.integers(0, 2**32))
def test_a_shared_run_shows_the_same_bits_as_one_alone(data: st.DataObject, network: Network, seed: int) -> None:
    start = random_problem(network, rows=1, seed=seed).parameters
    segments = data.draw(any_segments(network))
    common = data.draw(st.integers(0, len(segments)))
    others = tuple(replace(segment, learning_rate=0.02) for segment in segments[common:])
    one = Run(network, start, segments)
    two = Run(network, start, (*segments[:common], *others), [one])
    for run, until in data.draw(st.lists(st.tuples(st.sampled_from((one, two)), st.integers(0, 20)), max_size=6)):
        run.extend(until)
    for run in (one, two):
        run.extend(20)
        alone = Run(network, start, run.segments)
        alone.extend(20)
        same(run, alone)


def test_a_branch_recomputes_nothing_of_what_it_has_in_common() -> None:
    base = extended(FIRST)
    branch = run_of(FIRST, BY_HAND, sharing=[base])
    assert (branch.reached, branch.last) == (CHANGE - 1, CHANGE - 1)
    assert same_bits(branch.parameters(CHANGE).flat, set(base.parameters(CHANGE), BY_HAND.weights).flat)
    assert np.shares_memory(branch.costs, base.costs)
    branch.extend(ITERATIONS)
    same(branch, extended(FIRST, BY_HAND))
    same(base, extended(FIRST))


def test_what_a_branch_computes_of_the_common_legs_is_there_for_the_other() -> None:
    base = run_of(FIRST)
    branch = extended(FIRST, SLOWER, sharing=[base])
    assert base.reached == CHANGE - 1
    twig = run_of(FIRST, SLOWER, Segment(300, LECTURE, 9.0), sharing=[base, branch])
    assert twig.reached == 299
    for run in (twig, base):
        run.extend(ITERATIONS)
    same(twig, extended(*twig.segments))
    same(base, extended(FIRST))
    same(branch, extended(FIRST, SLOWER))


def test_a_common_leg_that_none_has_begun_is_computed_once() -> None:
    one = run_of(FIRST, SLOWER)
    two = run_of(FIRST, SLOWER, sharing=[one])
    one.extend(ITERATIONS)
    assert two.reached == ITERATIONS
    same(two, one)


@pytest.mark.parametrize(
    ("network", "start", "first"),
    [
        (NETWORK, START, replace(FIRST)),
        (NETWORK, replace(START), FIRST),
        (replace(NETWORK, activation="tanh"), START, FIRST),
    ],
    ids=["another segment", "another start", "another network"],
)
def test_only_the_same_is_shared(network: Network, start: Parameters, first: Segment) -> None:
    assert Run(network, start, (first, SLOWER), [extended(FIRST, SLOWER)]).reached == 0


def test_an_equal_network_is_the_same() -> None:
    assert Run(replace(NETWORK), START, (FIRST,), [extended(FIRST)]).reached == ITERATIONS


def test_a_run_that_is_gone_is_not_kept_by_those_that_shared_with_it() -> None:
    base = extended(FIRST)
    gone = ref(base)
    branch = run_of(FIRST, SLOWER, sharing=[base])
    del base
    gc.collect()
    assert gone() is None
    assert branch.reached == CHANGE - 1


@pytest.mark.parametrize("memory", MEMORIES)
@pytest.mark.usefixtures("_threads_taking_quick_turns")
def test_threads_extend_two_sharing_runs_while_another_reads(memory: int) -> None:
    one = run_of(FIRST, SLOWER, memory=memory)
    two = run_of(FIRST, SLOWER, Segment(300, LECTURE, 9.0, ANEW), sharing=[one], memory=memory)
    alone = {run: extended(*run.segments) for run in (one, two)}

    def extend(run: Run, stride: int) -> None:
        for until in range(1, ITERATIONS + stride, stride):
            run.extend(min(until, ITERATIONS))

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
        same(run, alone[run])


@pytest.fixture
def _threads_taking_quick_turns() -> Iterator[None]:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(usual)
