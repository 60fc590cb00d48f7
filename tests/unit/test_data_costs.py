"""The data's part of J: what is left of every iteration's cost without its penalty, also where that changes."""

from dataclasses import replace

import numpy as np
import pytest

from tests.unit.command_line import command
from tests.unit.descents import LECTURE, NETWORK, START
from tests.unit.helpers import dataset
from tui_nn.network import Network, Parameters, Run, Segment, Start, WeightCell, compute_pass, predict
from tui_nn.network.model.penalty import Penalty

ITERATIONS = 60
_BY_HAND = WeightCell("W2", 2, 1, -1.5)


def _half_squared_errors(run: Run, iteration: int) -> float:
    """½ Σ (y − ŷ)² with the weights that an iteration starts from."""
    data = [one.dataset for one in run.segments if one.first <= iteration][-1]
    return float(0.5 * np.square(data.Y - predict(run.network, data.X, run.parameters(iteration))).sum())


def test_it_has_all_its_digits_where_it_is_small_beside_the_penalty() -> None:
    network = Network((1, 2), output_activation="softmax", cost="cross-entropy")
    data, sure = dataset(np.array([[1.0]]), np.array([[1.0, 0.0]])), Parameters.from_flat(network, np.array([50.0, 0]))
    with_penalty = replace(network, penalty=Penalty(l2=1.0))
    alone, beside = (compute_pass(one, data, sure, 0.1).data_cost for one in (network, with_penalty))
    assert alone == beside == pytest.approx(np.exp(-50.0), rel=1e-14)


@pytest.mark.parametrize("memory", [1, 2**20])
def test_it_is_that_of_each_iteration_s_own_weights_also_where_the_penalty_changes(memory: int) -> None:
    segments = (
        Segment(1, LECTURE, 5.0),
        Segment(8, LECTURE, 5.0, penalty=Penalty(l2=0.01)),
        Segment(20, LECTURE, 5.0, (_BY_HAND,), Penalty(l1=0.02, l2=0.001)),
        Segment(40, LECTURE, 1.0, penalty=Penalty()),
    )
    run = Run(NETWORK, START, segments, memory=memory)
    assert run.data_costs is not None
    assert run.data_costs.shape == (0,)
    for until in (3, 25, ITERATIONS):
        run.extend(until)
        expected = [_half_squared_errors(run, i) for i in range(1, until + 1)]
        np.testing.assert_allclose(run.data_costs, expected, rtol=1e-12)
    assert (run.data_costs[7:39] < run.costs[7:39]).all()
    assert [run.pass_at(i).data_cost for i in range(1, ITERATIONS + 1)] == run.data_costs.tolist()
    assert [run.data_cost(i) for i in range(1, ITERATIONS + 1)] == run.data_costs.tolist()


@pytest.mark.parametrize("reduction", ["sum", "mean"])
def test_it_is_that_of_the_passes_where_rows_are_computed_in_blocks(reduction: str) -> None:
    network = Network((2, 3, 1), penalty=Penalty(l1=0.01, l2=0.1, on_biases=True), bias=True, reduction=reduction)
    data = dataset(np.random.default_rng(3).random((2500, 2)), np.full((2500, 1), 0.5))
    run = Run(network, Start().draw(network), [Segment(1, data, 1e-3)])
    run.extend(5)
    assert run.data_costs is not None
    assert [run.pass_at(i).data_cost for i in range(1, 6)] == run.data_costs.tolist()
    assert run.pass_at(5).data_cost == pytest.approx(
        0.5
        * np.square(data.Y - predict(network, data.X, run.parameters(5))).sum()
        / (2500 if reduction == "mean" else 1),
        rel=1e-12,
    )


def test_without_a_penalty_there_is_none() -> None:
    run = Run(NETWORK, START, [Segment(1, LECTURE, 5.0)])
    run.extend(3)
    assert run.data_costs is None


@pytest.mark.parametrize(
    "arguments", [("train", "ridge", "--history", "--format", "csv"), ("export", "ridge", "--to", "csv")]
)
def test_the_tables_of_costs_have_it_where_there_is_a_penalty(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    lines = command(capsys, *arguments).out.splitlines()
    costs, of_data = (
        [float(line.split(",")[3]) for line in lines if line.startswith(f"{name},")]
        for name in ("history", "data_history")
    )
    assert len(costs) == len(of_data) == 10_000
    # R: the lecture's J of iteration 1, and half of 0.001 times the sum of the squared weights that runif draws.
    assert of_data[0] == pytest.approx(0.01052273256, rel=1e-9)
    assert costs[0] == pytest.approx(0.01249003386, rel=1e-9)
    assert "data_history" not in command(capsys, *[one.replace("ridge", "lecture") for one in arguments]).out
