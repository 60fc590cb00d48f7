"""Batches, schedules and optimizers: any iteration is that of the straight run, to the last bit."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.helpers import random_problem, same_bits
from tests.unit.strategies import networks
from tui_nn.network import Network, Run, Segment, Trajectory
from tui_nn.network.formulas.optimizers import UPDATE_RULES
from tui_nn.network.model.batches import ORDERS, Batches
from tui_nn.network.model.optimizer import Optimizer
from tui_nn.network.model.pace import Pace
from tui_nn.network.model.schedules import SCHEDULES, Schedule
from tui_nn.network.model.stopping import Stopping, StopReason
from tui_nn.network.training.passes import mean_cost
from tui_nn.network.training.trainer import StackedTrainer

_ITERATIONS, _RATE = 40, 0.01
_OPTIMIZERS = st.builds(Optimizer, st.sampled_from([*UPDATE_RULES]))
_PACES = st.builds(
    Pace,
    st.builds(Schedule, st.sampled_from([*SCHEDULES]), st.just(0.5), st.just(7), st.just(_ITERATIONS)),
    st.builds(Batches, st.integers(0, 4), st.sampled_from(ORDERS), st.integers(0, 9)),
)


@given(networks(), _OPTIMIZERS, _PACES, st.integers(1, 5), st.lists(st.integers(1, _ITERATIONS), max_size=8), st.data())
@settings(max_examples=60)
def test_any_iteration_is_that_of_the_straight_run(
    network: Network, optimizer: Optimizer, pace: Pace, rows: int, order: list[int], data: st.DataObject
) -> None:
    network = replace(network, optimizer=optimizer)
    problem = random_problem(network, rows, data.draw(st.integers(0, 99)))
    whole, thin = (
        Trajectory(network, problem.dataset, problem.parameters, _RATE, memory, pace) for memory in (2**20, 1)
    )
    for run in (whole, thin):
        run.extend(_ITERATIONS)
    for iteration in (*order, *order[::-1]):
        assert same_bits(thin.state(iteration), whole.state(iteration))
        assert same_bits(thin.pass_at(iteration).next_parameters.flat, whole.parameters(iteration + 1).flat)
    # A segment that changes nothing goes on with the state, the rows and the rate.
    change = data.draw(st.integers(2, _ITERATIONS))
    segments = [Segment(first, problem.dataset, _RATE, pace=pace) for first in (1, change)]
    cut = Run(network, problem.parameters, segments)
    cut.extend(_ITERATIONS)
    assert same_bits(cut.states(_ITERATIONS, 1), whole.states(_ITERATIONS, 2))
    assert same_bits(cut.costs, whole.costs)


@given(networks(), _OPTIMIZERS, _PACES)
@settings(max_examples=30)
def test_runs_that_are_computed_together_are_single_runs(network: Network, optimizer: Optimizer, pace: Pace) -> None:
    network = replace(network, optimizer=optimizer)
    problem = random_problem(network, 5, 3)
    run = Trajectory(network, problem.dataset, problem.parameters, _RATE, pace=pace)
    run.extend(_ITERATIONS)
    costs, start = np.empty((_ITERATIONS, 2)), run.state(1)[:, np.newaxis]
    states = StackedTrainer(network, problem.dataset, _RATE, 2, pace).advance(np.hstack((start, start)), costs)
    for column in range(2):
        np.testing.assert_allclose(states[:, column], run.state(_ITERATIONS + 1), rtol=1e-7, atol=1e-9)
        np.testing.assert_allclose(costs[:, column], run.costs, rtol=1e-7, atol=1e-9)


def test_adam_s_first_step_is_the_rate_times_the_sign_of_the_slope() -> None:
    network = Network((2, 3, 1), optimizer=Optimizer("adam"))
    problem = random_problem(network, 4, 1)
    first = Trajectory(network, problem.dataset, problem.parameters, 0.25)
    first.extend(1)
    computed = first.pass_at(1)
    for name in network.shapes:
        step = computed[f"{name}_next"] - computed[name]
        np.testing.assert_allclose(step, -0.25 * np.sign(computed[f"dJd{name}"]), rtol=1e-4)


@pytest.mark.parametrize("stopping", [Stopping(cost=0.68), Stopping(gradient=1.4), Stopping(patience=2)])
def test_a_run_stops_where_its_condition_is_first_met(stopping: Stopping) -> None:
    network = Network((1, 3, 1), output_activation="identity", bias=True)
    problem = random_problem(network, 8, 5)
    data, pace = replace(problem.dataset, test_rows=(2, 7)), Pace(batches=Batches(3))
    whole = Trajectory(network, data, problem.parameters, 0.05, pace=pace)
    whole.extend(600)
    found = Trajectory(network, data, problem.parameters, 0.05, 1, pace, stopping=stopping)
    found.extend(600)
    stop = found.stopped
    assert stop
    if stop.reason is StopReason.PATIENCE:
        costs = [mean_cost(network, data.test, whole.parameters(i + 1)) for i in range(2, stop.iteration + 1, 2)]
        least = int(np.argmin(costs))
        assert stop.best == 2 * (least + 1)
        assert len(costs) - 1 - least == 2
    else:
        passes = [whole.pass_at(i) for i in range(1, stop.iteration + 1)]
        slopes = [max(np.abs(one[f"dJd{name}"]).max() for name in network.shapes) for one in passes]
        low, flat = [one.cost < stopping.cost for one in passes], [slope < stopping.gradient for slope in slopes]
        met = low if stop.reason is StopReason.COST else flat
        assert met.index(True) == len(met) - 1
    # The update after J or its slopes were small is not made.
    last = stop.iteration + (stop.reason is StopReason.PATIENCE)
    assert same_bits(found.state(stop.iteration + 1), whole.state(last))
    assert (found.reached, found.last) == (stop.iteration, stop.iteration)


def test_a_rate_that_grows_without_bound_ends_the_run() -> None:
    problem = random_problem(Network((2, 3, 1)), 3, 1)
    pace = Pace(Schedule("exponential", 1e300))
    run = Trajectory(problem.network, problem.dataset, problem.parameters, 1.0, pace=pace)
    run.extend(9)
    assert run.overflow
    assert run.overflow.iteration <= 3


def test_patience_goes_on_over_an_edit_of_the_rate() -> None:
    network = Network((1, 3, 1), output_activation="identity", bias=True)
    problem = random_problem(network, 8, 5)
    data, stopping, pace = replace(problem.dataset, test_rows=(2, 7)), Stopping(patience=2), Pace(batches=Batches(3))
    whole = Trajectory(network, data, problem.parameters, 0.05, pace=pace, stopping=stopping)
    whole.extend(600)
    assert whole.stopped
    # The same rate once more, in the middle of the epochs that it waits for.
    middle = whole.stopped.iteration - 1
    segments = [Segment(first, data, 0.05, pace=pace, stopping=stopping) for first in (1, middle)]
    cut = Run(network, problem.parameters, segments)
    cut.extend(600)
    assert cut.stopped == whole.stopped
