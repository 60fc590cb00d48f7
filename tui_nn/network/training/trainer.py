"""Gradient descent at full speed: iteration after iteration on the same arrays."""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from tui_nn.network.formulas.equations import (
    DATA_COST,
    LEARNING_RATE,
    PENALISED,
    Equation,
    equations,
    matrices_by_row,
    matrix_shapes,
    updates_in_place,
    with_data_cost,
)
from tui_nn.network.formulas.expression import ConstantTimes
from tui_nn.network.formulas.steps import Step, StepKind
from tui_nn.network.model.array import Array
from tui_nn.network.model.dataset import Dataset
from tui_nn.network.model.network import Network
from tui_nn.network.model.parameters import views
from tui_nn.network.training.layouts import ONE_RUN, Layout, ManyRuns
from tui_nn.network.training.passes import of_penalty
from tui_nn.network.training.program import CompiledEquations, Program, compile_equations

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
            case Equation(Step(kind)) if kind is not StepKind.UPDATE:
                formulas.append(equation)
    # Mostly, the update works on all parameters at once: W1, W2, … are views of w, and their slopes of dJdw.
    formulas += updates_in_place(network)
    every, flat = matrix_shapes(network, rows), (1, network.size)
    shapes = {"X": every["X"], "Y": every["Y"], **network.shapes, "w": flat, "dJdw": flat}
    shapes |= {PENALISED: every[PENALISED]} if network.penalised else {}
    updated = network.trained if network.fixed else ("w",)
    numbers = {"J", DATA_COST} if network.penalised else {"J"}
    results = frozenset({*numbers, *updated, *(f"dJd{name}" for name in network.shapes)})
    return compile_equations(formulas, shapes, matrices_by_row(network), results), factor


class _Iteration:
    """An iteration that updates the parameters in ``flat``, in their place.

    It leaves J / ``factor`` in ``cost`` and, where J has a penalty, the data's part of J in ``data_cost``.
    """

    def __init__(
        self, network: Network, X: Array, Y: Array, learning_rate: float | Array, flat: Array, layout: Layout
    ) -> None:
        formulas, self.factor = _compiled_iteration(network, len(X))
        gradient = np.empty_like(flat)
        self.flat, self.cost, self.data_cost = flat, layout.new_array((1, 1)), layout.new_array((1, 1))
        slopes = {f"dJd{name}": slope for name, slope in views(network, gradient).items()}
        w, parameters = flat[np.newaxis], views(network, flat)
        known = {"X": X, "Y": Y, **parameters, "dJdw": gradient[np.newaxis], **of_penalty(network, flat)}
        known[LEARNING_RATE] = np.full((1, 1) if network.fixed else w.shape, learning_rate)
        results = {**slopes, "J": self.cost, "w": w, **{name: parameters[name] for name in network.trained}}
        results |= {DATA_COST: self.data_cost} if network.penalised else {}
        self.operations = Program(formulas, known, results, layout).operations


class Trainer:
    """Runs iterations of one network on one dataset, from any parameters."""

    def __init__(self, network: Network, dataset: Dataset, learning_rate: float) -> None:
        flat = np.empty(network.size)
        self._iteration = _Iteration(network, dataset.X, dataset.Y, learning_rate, flat, ONE_RUN)

    def run(self, start: Array, rows: Array, costs: Array, data_costs: Array | None = None) -> Array:
        """Runs ``len(rows)`` iterations from the flat parameters ``start``; gives those after the last update.

        Row i of ``rows``, shape (iterations, size), receives the parameters that its iteration starts from, and
        ``costs[i]`` its J. Where J has a penalty, ``data_costs[i]`` receives J without it, if there is such an
        array. What overflows turns to inf or nan, without a warning.
        """
        iteration = self._iteration
        flat, cost, operations = iteration.flat, iteration.cost.reshape(()), iteration.operations
        data_cost = iteration.data_cost.reshape(())
        flat[:] = start
        with np.errstate(all="ignore"):
            for i in range(len(rows)):
                rows[i] = flat
                for call, arguments in operations:
                    call(*arguments)
                costs[i] = cost
                if data_costs is not None:
                    data_costs[i] = data_cost
            np.multiply(costs, iteration.factor, costs)
        return flat.copy()


class SequentialTrainer:
    """Trains many runs, one after the other: with much to compute, sharing numpy calls gains nothing."""

    def __init__(self, network: Network, dataset: Dataset, learning_rate: float) -> None:
        self._trainer = Trainer(network, dataset, learning_rate)

    def advance(self, parameters: Array, costs: Array) -> Array:
        """Trains from ``parameters``, as `StackedTrainer.advance` does."""
        size, runs = parameters.shape
        after, own = np.empty((size, runs)), np.empty(len(costs))
        rows = np.empty((len(costs), size))
        for column in range(runs):
            after[:, column] = self._trainer.run(parameters[:, column], rows, own)
            costs[:, column] = own
        return after


class StackedTrainer:
    """Trains many runs with each numpy call.

    ``learning_rate`` may be one for each run, shape (runs,), if no parameter of the network is fixed.
    """

    def __init__(self, network: Network, dataset: Dataset, learning_rate: float | Array, runs: int) -> None:
        flat, Y = np.empty((network.size, runs)), dataset.Y[:, :, np.newaxis]
        self._iteration = _Iteration(network, dataset.X, Y, learning_rate, flat, ManyRuns(runs))

    def advance(self, parameters: Array, costs: Array) -> Array:
        """Trains from ``parameters``, shape (size, runs), for as many iterations as ``costs`` has rows.

        Gives the parameters after the last update; ``costs``, shape (iterations, runs), receives J of each iteration.
        Numbers that overflow become inf or nan, without a warning; the other runs are not affected.
        """
        iteration, cost = self._iteration, self._iteration.cost[0, 0]
        iteration.flat[:] = parameters
        with np.errstate(all="ignore"):
            for i in range(len(costs)):
                for call, arguments in iteration.operations:
                    call(*arguments)
                costs[i] = cost
            np.multiply(costs, iteration.factor, costs)
        return iteration.flat.copy()


def gains_by_stacking(network: Network, rows: int) -> bool:
    """Whether several runs take less time stacked than one after another."""
    return rows * network.size <= _STACKED_WORK


def cells_of_a_run(network: Network, rows: int) -> int:
    """How many numbers a `StackedTrainer` keeps for each of its runs.

    Z, A, f′ and δ of each unit but the inputs, the residual, the parameters and the gradient.
    """
    return rows * (4 * sum(network.layers[1:]) + network.layers[-1]) + 2 * network.size
