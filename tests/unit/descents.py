"""Courses of a run to test with, and the plain loop that its figures are compared with."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import strategies as st

from tests.unit.helpers import dataset, same_bits, targets
from tui_nn.network import (
    Dataset,
    Network,
    Parameters,
    Pass,
    Run,
    Segment,
    Start,
    Trajectory,
    WeightCell,
    compute_pass,
)
from tui_nn.network.model.array import Array

ITERATIONS = 400
CHANGE = 150
# A row of the lecture's parameters has 72 bytes: all kept, and checkpoints far apart.
MEMORIES = (1, 16 * 72, 64 * 2**20)

NETWORK = Network((2, 3, 1))
START = Start().draw(NETWORK)


def data(x: list[list[float]], y: list[list[float]]) -> Dataset:
    names = ("hours slept", "hours studied"), ("test score",)
    return Dataset(np.array(x), np.array(y), *names, x_scaling="column max", y_scaling=(100.0,))


LECTURE = data([[3, 5], [5, 1], [10, 2]], [[75], [82], [93]])
FIRST = Segment(1, LECTURE, 5.0)
SLOWER = Segment(CHANGE, LECTURE, 0.5)
BY_HAND = Segment(CHANGE, LECTURE, 5.0, (WeightCell("W1", 2, 3, -7.5), WeightCell("W2", 3, 1, 0.25)))
EDITED = Segment(CHANGE, data([[3, 5], [5, 1], [4, 2]], [[75], [82], [30]]), 5.0)
FEWER_ROWS = Segment(CHANGE, data([[3, 5]], [[75]]), 5.0)
MORE_ROWS = Segment(CHANGE, data([[3, 5], [5, 1], [10, 2], [1, 1], [8, 8]], [[75], [82], [93], [10], [99]]), 5.0)
CHANGES = pytest.mark.parametrize(
    "change",
    [SLOWER, EDITED, FEWER_ROWS, MORE_ROWS, BY_HAND],
    ids=["rate", "data", "fewer rows", "more rows", "weights"],
)


LINEAR = Network((2, 3, 1), "tanh", "identity")
ANEW = tuple(
    WeightCell(name, row, column, 0.5)
    for name, (rows, columns) in LINEAR.shapes.items()
    for row in range(1, rows + 1)
    for column in range(1, columns + 1)
)


def run_of(*segments: Segment, sharing: Sequence[Run] = (), memory: int = 64 * 2**20) -> Run:
    return Run(NETWORK, START, segments, sharing, memory)


def extended(*segments: Segment, sharing: Sequence[Run] = (), until: int = ITERATIONS) -> Run:
    run = run_of(*segments, sharing=sharing)
    run.extend(until)
    return run


class Expected(NamedTuple):
    """The passes of a plain loop, and the parameters after the last of them."""

    passes: list[Pass]
    after: Parameters

    @property
    def costs(self) -> Array:
        return np.array([computed.cost for computed in self.passes])


def set(parameters: Parameters, weights: Sequence[WeightCell]) -> Parameters:
    named = {name: matrix.copy() for name, matrix in parameters.named.items()}
    for cell in weights:
        named[cell.name][cell.row - 1, cell.column - 1] = cell.value
    depth = len(parameters.weights)
    return Parameters(tuple(named.values())[:depth], tuple(named.values())[depth:])


def looped(network: Network, start: Parameters, segments: Sequence[Segment], iterations: int) -> Expected:
    parameters, passes = start, []
    for iteration in range(1, iterations + 1):
        segment = [segment for segment in segments if segment.first <= iteration][-1]
        if segment.first == iteration:
            parameters = set(parameters, segment.weights)
        passes.append(compute_pass(network, segment.dataset, parameters, segment.learning_rate))
        parameters = passes[-1].next_parameters
    return Expected(passes, parameters)


@cache
def lecture_with(change: Segment) -> Expected:
    return looped(NETWORK, START, (FIRST, change), ITERATIONS)


def is_as_expected(run: Run, expected: Expected) -> None:
    """All figures are the loop's, up to rounding: training may sum in another order."""
    np.testing.assert_allclose(run.costs, expected.costs, rtol=1e-12, atol=1e-14)
    for iteration, computed in enumerate(expected.passes, start=1):
        shown = run.pass_at(iteration)
        assert shown.matrices.keys() == computed.matrices.keys()
        for name in computed.matrices:
            np.testing.assert_allclose(shown[name], computed[name], rtol=1e-12, atol=1e-14, err_msg=name)


def same(run: Run, other: Run | Trajectory) -> None:
    """All that both show is the same to the last bit."""
    assert (run.reached, run.last, run.overflow) == (other.reached, other.last, other.overflow)
    assert same_bits(run.costs, other.costs)
    for iteration in range(1, run.reached + 2):
        assert same_bits(run.parameters(iteration).flat, other.parameters(iteration).flat), iteration
    for iteration in range(1, run.last + 1):
        one, two = run.pass_at(iteration), other.pass_at(iteration)
        assert one.matrices.keys() == two.matrices.keys()
        assert all(same_bits(one[name], two[name]) for name in one.matrices), iteration


@st.composite
def any_segments(draw: st.DrawFn, network: Network) -> tuple[Segment, ...]:
    def cell(name: str) -> WeightCell:
        rows, columns = network.shapes[name]
        value = draw(st.floats(-1.0, 1.0))
        return WeightCell(name, draw(st.integers(1, rows)), draw(st.integers(1, columns)), value)

    numbers = np.random.default_rng(draw(st.integers(0, 2**32)))
    segments, first = [], 1
    for _ in range(draw(st.integers(1, 5))):
        rows = draw(st.integers(1, 4))
        x = numbers.uniform(0.2, 1.0, (rows, network.layers[0]))
        y = targets(network, numbers.uniform(-1.0, 1.0, (rows, network.layers[-1])))
        weights = tuple(map(cell, draw(st.lists(st.sampled_from(tuple(network.shapes)), max_size=3))))
        segments.append(Segment(first, dataset(x, y), draw(st.floats(1e-4, 0.05)), weights))
        first += draw(st.integers(1, 4))
    return tuple(segments)
