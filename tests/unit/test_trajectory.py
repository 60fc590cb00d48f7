"""Any iteration at once, backwards as well as forwards, in however little memory."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from threading import Thread

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.helpers import lesson, random_problem, same_bits
from tui_nn.network import Network, Start, Trajectory
from tui_nn.network.model.array import Array
from tui_nn.session.document import Document

_ITERATIONS = 400
# A row of the lecture's parameters has 72 bytes: checkpoints every 256th, 128th, 32nd and 4th iteration.
_MEMORIES = (1, 4 * 72, 16 * 72, 100 * 72)


def _lecture(memory: int | None = None) -> Trajectory:
    document = lesson("lecture")
    run = document.trajectory()
    if memory is None:
        return run
    return Trajectory(document.network, document.dataset, document.start_parameters, document.learning_rate, memory)


@cache
def _whole() -> tuple[tuple[Array, ...], Array]:
    """The parameters that each iteration starts from, those after the last as well, and the costs."""
    run = _lecture()
    run.extend(_ITERATIONS)
    return tuple(run.parameters(i).flat for i in range(1, _ITERATIONS + 2)), run.costs


@pytest.mark.parametrize("memory", _MEMORIES)
@given(order=st.lists(st.integers(1, _ITERATIONS + 1), min_size=1, max_size=30))
@settings(max_examples=20)
def test_any_order_of_iterations_shows_the_same_bits(memory: int, order: list[int]) -> None:
    rows, costs = _whole()
    run = _lecture(memory)
    run.extend(_ITERATIONS)
    for iteration in order:
        assert same_bits(run.parameters(iteration).flat, rows[iteration - 1]), iteration
    assert same_bits(run.costs, costs)


@pytest.mark.parametrize("memory", _MEMORIES)
def test_forwards_and_backwards_through_all_iterations_shows_the_same_bits(memory: int) -> None:
    rows, _ = _whole()
    run = _lecture(memory)
    run.extend(_ITERATIONS)
    there = [run.parameters(i).flat for i in range(1, _ITERATIONS + 2)]
    back = [run.parameters(i).flat for i in range(_ITERATIONS + 1, 0, -1)]
    assert all(map(same_bits, there, rows))
    assert all(map(same_bits, back[::-1], rows))


@given(
    memory=st.sampled_from((*_MEMORIES, None)),
    slices=st.lists(st.integers(0, _ITERATIONS), max_size=8),
    looks=st.lists(st.integers(1, _ITERATIONS), max_size=8),
)
def test_extending_in_slices_is_extending_at_once(memory: int | None, slices: list[int], looks: list[int]) -> None:
    rows, costs = _whole()
    run = _lecture(memory)
    for until, look in zip((*sorted(slices), _ITERATIONS), (*looks, *[1] * 9), strict=False):
        run.extend(until)
        assert run.reached == until
        if look <= run.reached:
            assert same_bits(run.parameters(look).flat, rows[look - 1])
    run.extend(_ITERATIONS)
    assert same_bits(run.costs, costs)
    assert same_bits(run.parameters(_ITERATIONS + 1).flat, rows[-1])


def test_checkpoints_far_apart_are_recomputed_in_several_stretches() -> None:
    # 880 kB a row: what lies between two checkpoints is more than is held at once.
    problem = random_problem(Network((10, 1000, 100), "tanh", "identity"), rows=1, seed=0)
    whole, thin = Trajectory(*problem, 1e-3), Trajectory(*problem, 1e-3, memory=1)
    for run in (whole, thin):
        run.extend(50)
    for iteration in (50, 2, 31, 51, 1, 32, 33, 17):
        assert same_bits(thin.parameters(iteration).flat, whole.parameters(iteration).flat), iteration


def test_the_work_to_an_iteration_says_where_the_checkpoints_are() -> None:
    run = _lecture(memory=1)
    run.extend(_ITERATIONS)
    assert run.work_to(256) > 100 * run.work_to(1)
    run.parameters(256)
    assert run.work_to(255) == run.work_to(1) == run.work_to(_ITERATIONS + 1)


def test_extending_less_far_changes_nothing() -> None:
    run = _lecture()
    run.extend(10)
    run.extend(3)
    run.extend(-1)
    assert (run.reached, run.last, len(run.costs)) == (10, 10, 10)


@pytest.mark.parametrize(("read", "last"), [("parameters", 6), ("pass_at", 5), ("cost", 5)])
def test_iterations_outside_the_run_are_an_error(read: str, last: int) -> None:
    run = _lecture()
    run.extend(5)
    for iteration in (1, last):
        getattr(run, read)(iteration)
    for iteration in (-1, 0, last + 1):
        with pytest.raises(IndexError, match=str(iteration)):
            getattr(run, read)(iteration)


def test_before_it_runs_only_the_start_is_known() -> None:
    run = _lecture()
    assert (run.reached, run.last, run.overflow, run.costs.shape) == (0, 0, None, (0,))
    assert same_bits(run.parameters(1).flat, _whole()[0][0])
    with pytest.raises(IndexError):
        run.pass_at(1)


def test_the_costs_can_t_be_written_to() -> None:
    run = _lecture()
    run.extend(3)
    with pytest.raises(ValueError, match="read-only"):
        run.costs[0] = 0.0


def test_a_run_that_is_told_to_stop_stops_and_can_go_on() -> None:
    run = _lecture()
    run.extend(_ITERATIONS, stop=lambda: True)
    assert run.reached == 0
    run.extend(1_000_000, stop=lambda: run.reached >= 1000)
    assert 1000 <= run.reached < 10_000
    reached = run.reached
    run.extend(reached + 100)
    at_once = _lecture()
    at_once.extend(reached + 100)
    assert same_bits(run.costs, at_once.costs)


def _diverging(rate: float) -> Document:
    return replace(lesson("too-fast"), learning_rate=rate)


@pytest.mark.parametrize("memory", [1, 64 * 2**20])
@pytest.mark.parametrize(
    ("document", "reached"),
    [
        (_diverging(2.0), 128),
        (_diverging(1e300), 1),
        (replace(_diverging(1.7e308), activation="identity", start=Start("normal")), 0),
    ],
    ids=["late", "at the second iteration", "at the first"],
)
def test_a_rate_that_overflows_ends_the_run_there_with_finite_numbers(
    document: Document, reached: int, memory: int
) -> None:
    run = Trajectory(document.network, document.dataset, document.start_parameters, document.learning_rate, memory)
    run.extend(1000)
    assert run.overflow is not None
    assert (run.reached, run.last, run.overflow.iteration) == (reached, reached + 1, reached + 1)
    assert run.costs.shape == (reached,)
    assert np.isfinite(run.costs).all()
    assert all(np.isfinite(run.parameters(iteration).flat).all() for iteration in range(1, reached + 2))
    assert not np.isfinite(run.pass_at(run.last)[run.overflow.name]).all()
    with pytest.raises(IndexError):
        run.pass_at(run.last + 1)
    run.extend(2000)
    assert run.reached == reached


@pytest.mark.parametrize("memory", _MEMORIES)
@pytest.mark.usefixtures("_threads_taking_quick_turns")
def test_one_thread_reads_while_another_extends(memory: int) -> None:
    rows, costs = _whole()
    run = _lecture(memory)

    def extend() -> None:
        for until in range(1, _ITERATIONS + 1):
            run.extend(until)

    thread = Thread(target=extend)
    thread.start()
    choose = np.random.default_rng(0)
    looks = []
    while thread.is_alive():
        iteration = int(choose.integers(1, run.reached + 2))
        looks.append((iteration, run.parameters(iteration).flat, run.costs))
    thread.join()
    for iteration, row, known in looks:
        assert same_bits(row, rows[iteration - 1]), iteration
        assert same_bits(known, costs[: len(known)])


@pytest.fixture
def _threads_taking_quick_turns() -> Iterator[None]:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(usual)
