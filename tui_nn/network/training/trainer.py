"""Gradient descent at full speed: iteration after iteration on the same arrays."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tui_nn.network.formulas.equations import (
    DATA_COST,
    PENALISED,
    Equation,
    equations,
    matrices_by_row,
    matrix_shapes,
    updates_in_place,
    with_data_cost,
)
from tui_nn.network.formulas.expression import ConstantTimes
from tui_nn.network.formulas.optimizers import matrix_name, update_rule
from tui_nn.network.formulas.optimizers.update_rule import LEARNING_RATE
from tui_nn.network.formulas.steps import STEPS_OF_UPDATE, Step, StepKind
from tui_nn.network.model.activations import Operation
from tui_nn.network.model.array import Array
from tui_nn.network.model.dataset import Dataset
from tui_nn.network.model.network import Network
from tui_nn.network.model.optimizer import NUMBERS, OF_UPDATE_NUMBER
from tui_nn.network.model.pace import EVEN, Pace
from tui_nn.network.model.parameters import views
from tui_nn.network.training.layouts import ONE_RUN, LayoutOfState, ManyRuns
from tui_nn.network.training.passes import numbers_of_update, of_penalty
from tui_nn.network.training.program import CompiledEquations, Program, compile_equations
from tui_nn.network.training.run_state import kept_matrices, kept_parts, state_size

WORK_OF_CALLS = 10_000
"""The numpy calls of an iteration take as long as so many multiplications."""

# In an iteration with fewer multiplications, calling numpy takes most of the time, so sharing the calls pays.
# Measured: from 10 000 to 20 000 multiplications on, stacked runs take as long as one after the other.
_STACKED_WORK = 10_000


@lru_cache(maxsize=64)
def _compiled_iteration(network: Network, rows: int) -> tuple[CompiledEquations, float]:
    """An iteration that leaves the updated parameters where it found them, compiled once; and the factor of its J.

    It leaves J without a constant such as ½, which is the factor: a run multiplies all its costs by it at once.
    """
    factor, formulas = 1.0, []
    for equation in with_data_cost(equations(network)):
        match equation:
            case Equation(name=StepKind.COST, expression=ConstantTimes(constant, of)):
                factor = constant
                formulas.append(replace(equation, expression=of))
            case Equation(Step(kind)) if kind not in STEPS_OF_UPDATE:
                formulas.append(equation)
    # Mostly, the update works on all parameters at once: W1, W2, … are views of w, and their slopes of dJdw.
    formulas += updates_in_place(network)
    rule = update_rule(network)
    every, flat = matrix_shapes(network, rows), (1, network.size)
    shapes = {"X": every["X"], "Y": every["Y"], **network.shapes, "w": flat, "dJdw": flat}
    shapes |= {PENALISED: every[PENALISED]} if network.penalised else {}
    updated: tuple[str, ...] = ("w", *rule.state)
    shapes |= dict.fromkeys(rule.state, flat)
    if network.fixed:
        kept = {matrix_name(letter, name): network.shapes[name] for letter in rule.state for name in network.trained}
        updated = (*network.trained, *kept)
        shapes |= kept
    numbers = {"J", DATA_COST} if network.penalised else {"J"}
    results = frozenset({*numbers, *updated, *(f"dJd{name}" for name in network.shapes)})
    return compile_equations(formulas, shapes, matrices_by_row(network), results), factor


class _Iteration:
    """An iteration that updates the run's ``state`` in its place: the parameters, and what the optimizer keeps.

    It leaves J / ``factor`` in ``cost`` and, where J has a penalty, the data's part of J in ``data_cost``.
    `operations_of` gives the numpy calls of each iteration; with an even pace they are always the same.
    """

    def __init__(
        self,
        network: Network,
        dataset: Dataset,
        learning_rate: float | Array,
        pace: Pace,
        layout: LayoutOfState,
    ) -> None:
        self._network, self._dataset, self._pace, self._layout = network, dataset, pace, layout
        self.state = layout.new_state(state_size(network))
        self.cost, self.data_cost = layout.new_array((1, 1)), layout.new_array((1, 1))
        flat = self.state[: network.size]
        self.gradient, self._w = np.empty_like(flat), flat[np.newaxis]
        self._learning_rate = learning_rate
        self._rate = np.full((1, 1) if network.fixed else self._w.shape, learning_rate)
        self._numbers = numbers_of_update(network, 1)
        self._of_update = tuple(name for name in self._numbers if name in OF_UPDATE_NUMBER)
        self._epochs = pace.epochs(dataset)
        # The calls for a batch of each size, with the arrays X and Y that receive its rows.
        self._batches: dict[int, tuple[tuple[Operation, ...], Array, Array]] = {}
        data = dataset.training
        self.is_same_for_all = pace.is_same_for_all(dataset) and not self._of_update
        if self._epochs.is_one_batch:
            self._batches[data.rows] = self._bound(data.X, layout.of_data(data.Y)), data.X, data.Y
        self.factor = _compiled_iteration(network, data.rows)[1]

    def _bound(self, X: Array, Y: Array) -> tuple[Operation, ...]:
        network, flat = self._network, self.state[: self._network.size]
        formulas, _ = _compiled_iteration(network, len(X))
        slopes = {f"dJd{name}": slope for name, slope in views(network, self.gradient).items()}
        parameters = views(network, flat)
        known = {"X": X, "Y": Y, **parameters, "dJdw": self.gradient[np.newaxis], **of_penalty(network, flat)}
        known |= {LEARNING_RATE: self._rate, **self._numbers}
        results = {**slopes, "J": self.cost, "w": self._w, **{name: parameters[name] for name in network.trained}}
        results |= {DATA_COST: self.data_cost} if network.penalised else {}
        if network.fixed:
            results |= kept_matrices(network, self.state, matrix_name)
        else:
            results |= {letter: part[np.newaxis] for letter, part in kept_parts(network, self.state).items()}
        return Program(formulas, known, results, self._layout).operations

    def operations_of(self, iteration: int) -> tuple[Operation, ...]:
        """The calls of ``iteration``, whose rate, numbers and rows now stand in their arrays."""
        if not self._pace.schedule.is_constant:
            np.multiply(self._learning_rate, self._pace.schedule.factor(iteration), self._rate)
        for name in self._of_update:
            self._numbers[name].fill(NUMBERS[name](self._network.optimizer, iteration))
        count = self._epochs.count(iteration)
        if self._epochs.is_one_batch:
            return self._batches[count][0]
        if count not in self._batches:
            X, Y = np.empty((count, self._dataset.inputs)), np.empty((count, self._dataset.outputs))
            self._batches[count] = self._bound(X, self._layout.of_data(Y)), X, Y
        operations, X, Y = self._batches[count]
        rows = self._dataset.training_rows[self._epochs.rows_of(iteration)]
        self._dataset.X.take(rows, 0, X, "clip")
        self._dataset.Y.take(rows, 0, Y, "clip")
        return operations


def _places_of_trained(network: Network) -> slice | NDArray[np.bool_]:
    """The places, among all parameters in their order, of those that are not fixed."""
    if not network.fixed:
        return slice(None)
    cells = [rows * columns for rows, columns in network.shapes.values()]
    return np.repeat([name in network.trained for name in network.shapes], cells)


class Trainer:
    """Runs iterations of one network on one dataset, from any state."""

    def __init__(self, network: Network, dataset: Dataset, learning_rate: float, pace: Pace = EVEN) -> None:
        self._iteration = _Iteration(network, dataset, learning_rate, pace, ONE_RUN)
        self._trained = _places_of_trained(network)

    def run(
        self,
        start: Array,
        costs: Array,
        states: Array | None = None,
        *,
        kept: range | None = None,
        data_costs: Array | None = None,
        first: int = 1,
        largest_slopes: Array | None = None,
    ) -> Array:
        """Runs ``len(costs)`` iterations from the state ``start``; gives the state after the last update.

        ``costs[i]`` receives J of iteration ``first + i``. If they are given, ``largest_slopes[i]`` receives the
        largest |∂J/∂w| of the parameters that are not fixed (there must be some) and, where J has a penalty,
        ``data_costs[i]`` receives J without it. ``states``, if given, receives the state that each iteration starts
        from, shape (iterations, state size). With ``kept``, the numbers of some iterations, counted from 0, it receives
        the states of these alone, shape (len(kept), state size). What overflows turns to inf or nan, without a warning.
        """
        iteration = self._iteration
        state, cost, data_cost = iteration.state, iteration.cost.reshape(()), iteration.data_cost.reshape(())
        state[:] = start
        operations, varies = iteration.operations_of(first), not iteration.is_same_for_all
        keeps_more = data_costs is not None or largest_slopes is not None
        places = iter(zip(range(len(costs)) if kept is None else kept, () if states is None else states, strict=False))
        place, row = next(places, (-1, state))
        with np.errstate(all="ignore"):
            for i in range(len(costs)):
                if i == place:
                    row[:] = state
                    place, row = next(places, (-1, state))
                if varies:
                    operations = iteration.operations_of(first + i)
                for call, arguments in operations:
                    call(*arguments)
                costs[i] = cost
                if keeps_more:
                    if data_costs is not None:
                        data_costs[i] = data_cost
                    if largest_slopes is not None:
                        largest_slopes[i] = np.abs(iteration.gradient[self._trained]).max()
            np.multiply(costs, iteration.factor, costs)
        return state.copy()


class SequentialTrainer:
    """Trains many runs, one after the other: with much to compute, sharing numpy calls gains nothing."""

    def __init__(self, network: Network, dataset: Dataset, learning_rate: float, pace: Pace = EVEN) -> None:
        self._trainer = Trainer(network, dataset, learning_rate, pace)

    def advance(self, states: Array, costs: Array, first: int = 1) -> Array:
        """Trains from ``states``, as `StackedTrainer.advance` does."""
        size, runs = states.shape
        after, own = np.empty((size, runs)), np.empty(len(costs))
        for column in range(runs):
            after[:, column] = self._trainer.run(states[:, column], own, first=first)
            costs[:, column] = own
        return after


class StackedTrainer:
    """Trains many runs with each numpy call.

    ``learning_rate`` may be one for each run, shape (runs,), if no parameter of the network is fixed.
    """

    def __init__(
        self, network: Network, dataset: Dataset, learning_rate: float | Array, runs: int, pace: Pace = EVEN
    ) -> None:
        self._iteration = _Iteration(network, dataset, learning_rate, pace, ManyRuns(runs))

    def advance(self, states: Array, costs: Array, first: int = 1) -> Array:
        """Trains from ``states``, shape (state size, runs), for as many iterations as ``costs`` has rows.

        Gives the states after the last update; ``costs``, shape (iterations, runs), receives J of each iteration.
        ``first`` is the number of the first iteration. Numbers that overflow become inf or nan, without a warning; the
        other runs are not affected.
        """
        iteration, cost = self._iteration, self._iteration.cost[0, 0]
        iteration.state[:] = states
        operations = iteration.operations_of(first)
        with np.errstate(all="ignore"):
            for i in range(len(costs)):
                if not iteration.is_same_for_all:
                    operations = iteration.operations_of(first + i)
                for call, arguments in operations:
                    call(*arguments)
                costs[i] = cost
            np.multiply(costs, iteration.factor, costs)
        return iteration.state.copy()


def gains_by_stacking(network: Network, rows: int) -> bool:
    """Whether several runs take less time stacked than one after another."""
    return rows * network.size <= _STACKED_WORK


def cells_of_a_run(network: Network, rows: int) -> int:
    """How many numbers a `StackedTrainer` keeps for each of its runs.

    Z, A, f′ and δ of each unit but the inputs, the residual, the parameters and the gradient.
    """
    return rows * (4 * sum(network.layers[1:]) + network.layers[-1]) + 2 * network.size
