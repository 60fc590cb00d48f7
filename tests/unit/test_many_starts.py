"""Many starts at once: each run is the single run's, and none disturbs another."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.helpers import dataset, figures_of_R, lesson, same_bits, targets
from tests.unit.strategies import networks
from tui_nn.network import (
    Dataset,
    ManyStarts,
    Network,
    Outcome,
    Start,
    Trajectory,
    ValidationError,
    compute_pass,
    many_starts,
)
from tui_nn.network.model.array import Array
from tui_nn.session.document import Document

# With 100 rows it has so many numbers that 600 runs are computed in two goes, and so few that it is not one by one.
_SMALL = Network((2, 3, 1))
# With 10 rows it is computed one run at a time.
_LARGE = Network((2, 40, 40, 1))
_NUMPY = Start(generator="numpy")


def _of(document: Document, seeds: Sequence[int], iterations: int) -> ManyStarts:
    rate = document.learning_rate
    return many_starts(document.network, document.dataset, document.start, rate, iterations, seeds)


def _single(network: Network, data: Dataset, start: Start, rate: float, many: ManyStarts) -> Array:
    """J at the same iterations by a run of its own; nan from where it overflows."""
    run = Trajectory(network, data, start.draw(network), rate)
    run.extend(int(many.iterations[-1]))
    costs = np.full(int(many.iterations[-1]), np.nan)
    costs[: run.reached] = run.costs
    return np.asarray(costs[many.iterations - 1])


def _data(network: Network, rows: int, seed: int) -> Dataset:
    numbers = np.random.default_rng(seed)
    inputs, outputs = network.layers[0], network.layers[-1]
    x, y = numbers.uniform(-1, 1, (rows, inputs)), numbers.uniform(-1, 1, (rows, outputs))
    return dataset(x, targets(network, y))


@given(
    network=networks(),
    rows=st.integers(1, 6),
    data_seed=st.integers(0, 1000),
    start=st.builds(Start, st.sampled_from(("uniform", "normal")), st.sampled_from(("R", "numpy"))),
    seeds=st.lists(st.integers(0, 2**31 - 1), min_size=1, max_size=6),
    # A greater rate makes some runs chaotic: the last bit of one iteration is then a digit of the next.
    rate=st.floats(1e-3, 0.02),
    iterations=st.integers(1, 25),
)
@settings(max_examples=100)
def test_each_run_is_the_single_run(
    network: Network, rows: int, data_seed: int, start: Start, seeds: list[int], rate: float, iterations: int
) -> None:
    data = _data(network, rows, data_seed)
    many = many_starts(network, data, start, rate, iterations, seeds)
    assert many.seeds == tuple(seeds)
    assert many.iterations.tolist() == list(range(1, iterations + 1))
    for seed, costs in zip(seeds, many.costs, strict=True):
        single = _single(network, data, replace(start, seed=seed), rate, many)
        # J that close to 0 is rounding.
        np.testing.assert_allclose(costs, single, rtol=1e-9, atol=1e-22)


@pytest.mark.parametrize(
    ("name", "iterations"), [("lecture", 10_000), ("homework-biases", 500), ("two-hidden-layers", 500), ("xor", 500)]
)
def test_the_runs_of_a_lesson_are_single_runs_at_the_iterations_that_are_kept(name: str, iterations: int) -> None:
    document = lesson(name)
    many = _of(document, (1, 151, 322), iterations)
    assert many.costs.shape == (3, 200)
    for seed, costs in zip(many.seeds, many.costs, strict=True):
        start = replace(document.start, seed=seed)
        single = _single(document.network, document.dataset, start, document.learning_rate, many)
        np.testing.assert_allclose(costs, single, rtol=1e-9, atol=0)


def test_the_first_and_the_last_cost_of_the_lecture_are_R_s() -> None:
    history = figures_of_R("r_lecture")["cost_hist"]
    many = _of(lesson("lecture"), (1, 2), 10_000)
    assert many.costs[0, 0] == pytest.approx(history[0], rel=1e-9, abs=0)
    assert many.final_costs[0] == pytest.approx(history[-1], rel=1e-9, abs=0)


@pytest.mark.parametrize("rows", [400, 20_000], ids=["above the small", "large"])
def test_large_data_are_trained_on_one_start_after_the_other_with_the_same_bits(rows: int) -> None:
    network = Network((3, 8, 2), "tanh", "identity", bias=True)
    data, start, rate = _data(network, rows, 0), Start("normal", "numpy"), 1 / rows
    many = many_starts(network, data, start, rate, 7, (5, 3))
    for seed, costs in zip((5, 3), many.costs, strict=True):
        assert same_bits(costs, _single(network, data, replace(start, seed=seed), rate, many))


def test_runs_computed_in_several_goes_are_the_single_runs_still() -> None:
    data, seeds = _data(_SMALL, 100, 0), range(600)
    many = many_starts(_SMALL, data, _NUMPY, 0.01, 700, seeds)
    assert many.seeds == tuple(seeds)
    for seed in (0, 1, 298, 299, 300, 301, 598, 599):
        single = _single(_SMALL, data, replace(_NUMPY, seed=seed), 0.01, many)
        np.testing.assert_allclose(many.costs[seed], single, rtol=1e-9, atol=0)


def test_a_run_that_overflows_leaves_the_others_alone() -> None:
    # Without a bend in it, the network diverges from some starts and settles from the others.
    network = Network((2, 3, 1), "identity", "identity", bias=True)
    data, start, rate, seeds = _data(network, 4, 0), Start("normal"), 0.15, np.arange(1, 41)
    many = many_starts(network, data, start, rate, 60, seeds.tolist())
    overflowed = many.overflowed
    assert 5 < np.count_nonzero(overflowed) < 35
    for seed, costs in zip(seeds.tolist(), many.costs, strict=True):
        single = _single(network, data, replace(start, seed=seed), rate, many)
        np.testing.assert_allclose(costs, single, rtol=1e-9, atol=0)
    without = many_starts(network, data, start, rate, 60, seeds[~overflowed].tolist())
    np.testing.assert_allclose(without.costs, many.costs[~overflowed], rtol=1e-9, atol=0)


def test_a_cost_that_overflows_once_ends_the_run_there_as_it_does_a_single_one() -> None:
    network, data = Network((1, 400, 1), "relu", "identity"), dataset(np.array([[2e152]]), np.array([[1.0]]))
    for seed in (1, 2):
        first = compute_pass(network, data, Start(seed=seed).draw(network), 1.0)
        # All units fall silent at once: without the overflow before it, the second iteration would be like any other.
        assert (first.cost, compute_pass(network, data, first.next_parameters, 1.0).cost) == (np.inf, 0.5)
    assert np.isnan(many_starts(network, data, Start(), 1.0, 5, (1, 2)).costs).all()


def test_where_all_overflow_nothing_more_is_computed() -> None:
    told: list[float] = []
    document = lesson("too-fast")
    many = many_starts(
        document.network, document.dataset, document.start, 2.0, 10_000_000, (1, 2, 3), progress=told.append
    )
    assert many.overflowed.all()
    assert np.isfinite(many.costs[:, 0]).all()
    assert max(told[:-1]) < 0.01


@pytest.mark.parametrize(
    ("network", "rows", "count"), [(_SMALL, 100, 600), (_LARGE, 10, 6)], ids=["goes", "one by one"]
)
def test_the_progress_goes_from_0_to_1(network: Network, rows: int, count: int) -> None:
    told: list[float] = []
    many_starts(network, _data(network, rows, 0), _NUMPY, 0.01, 20, range(count), progress=told.append)
    assert (told[0], told[-1]) == (0.0, 1.0)
    assert all(before <= after for before, after in pairwise(told))
    assert len(told) > count / 16


@lru_cache(maxsize=4)
def _until(network: Network, rows: int, count: int, share: float) -> ManyStarts:
    """A run that is told to stop once so much of it is done."""
    told = [0.0]
    data = _data(network, rows, 0)
    return many_starts(
        network, data, _NUMPY, 0.01, 20, range(count), stop=lambda: told[-1] >= share, progress=told.append
    )


@pytest.mark.parametrize(
    ("network", "rows", "count"), [(_SMALL, 100, 600), (_LARGE, 10, 6)], ids=["goes", "one by one"]
)
@given(share=st.floats(0, 1))
@settings(max_examples=20)
def test_a_run_told_to_stop_has_the_starts_that_were_complete(
    network: Network, rows: int, count: int, share: float
) -> None:
    whole, part = _until(network, rows, count, 2), _until(network, rows, count, share)
    complete = len(part.seeds)
    assert abs(complete - share * count) <= (300 if network is _SMALL else 1)
    assert part.seeds == whole.seeds[:complete]
    assert same_bits(part.costs, whole.costs[:complete])


def test_a_run_told_to_stop_at_once_has_no_starts() -> None:
    document = lesson("lecture")
    many = many_starts(document.network, document.dataset, document.start, 5.0, 10_000_000, (1, 2), stop=lambda: True)
    assert (many.seeds, many.costs.shape, many.final_costs.shape) == ((), (0, 200), (0,))
    assert (many.stuck.shape, many.overflowed.shape) == ((0,), (0,))


def test_no_seeds_are_no_starts() -> None:
    assert _of(lesson("lecture"), (), 10).costs.shape == (0, 10)


@given(iterations=st.integers(1, 1000))
@settings(max_examples=30)
def test_the_iterations_that_are_kept_lie_evenly_between_the_first_and_the_last(iterations: int) -> None:
    kept = _of(lesson("lecture"), (1, 2), iterations).iterations.tolist()
    assert (kept[0], kept[-1]) == (1, iterations)
    assert len(kept) == min(iterations, 200)
    distances = {after - before for before, after in pairwise(kept)}
    assert not distances or (min(distances) > 0 and max(distances) - min(distances) <= 1)


def test_of_very_many_starts_fewer_iterations_are_kept() -> None:
    data = _data(_SMALL, 1, 0)
    many = many_starts(_SMALL, data, _NUMPY, 0.01, 120, range(40_000))
    assert many.costs.shape == (40_000, 100)
    assert (many.iterations[0], many.iterations[-1]) == (1, 120)


def test_what_it_holds_can_t_be_written_to() -> None:
    many = _of(lesson("lecture"), (1, 2), 5)
    for array in (many.costs, many.final_costs, many.iterations):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


@pytest.mark.parametrize("method", ["ones", "given"])
def test_a_start_that_draws_nothing_is_refused(method: str) -> None:
    document = lesson("lecture")
    start = Start(method, given=document.start_parameters)
    with pytest.raises(ValidationError, match=method) as error:
        _of(replace(document, start=start), (1, 2), 5)
    assert error.value.where == "method"


@pytest.mark.parametrize(("generator", "seeds"), [("R", (1, 2**31)), ("numpy", (5, -1))])
def test_a_seed_that_its_generator_does_not_take_is_refused(generator: str, seeds: tuple[int, ...]) -> None:
    with pytest.raises(ValidationError, match=str(seeds[1])) as error:
        _of(replace(lesson("lecture"), start=Start("normal", generator)), seeds, 5)
    assert error.value.where == "seed"


def test_the_lecture_s_network_gets_stuck_from_some_starts() -> None:
    many = _of(lesson("lecture"), (1, 151, 322), 10_000)
    assert many.stuck.tolist() == [False, True, False]
    assert many.outcomes == (Outcome.LEARNT, Outcome.STUCK, Outcome.LEARNT)
