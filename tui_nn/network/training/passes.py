"""One iteration with every one of its matrices."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.formulas.costs import summed_cost
from tui_nn.network.formulas.costs.reduction import MEAN
from tui_nn.network.formulas.equations import (
    DATA_COST,
    L1,
    L2,
    PENALISED,
    Equation,
    equations,
    matrices_by_row,
    matrix_shapes,
    with_data_cost,
)
from tui_nn.network.formulas.optimizers import name_before, update_rule
from tui_nn.network.formulas.optimizers.update_rule import LEARNING_RATE
from tui_nn.network.formulas.steps import StepKind
from tui_nn.network.model.array import Array, frozen
from tui_nn.network.model.dataset import DataRows, RowData
from tui_nn.network.model.network import Network
from tui_nn.network.model.optimizer import NUMBERS
from tui_nn.network.model.parameters import Parameters, views
from tui_nn.network.training.program import CompiledEquations, Program, compile_equations
from tui_nn.network.training.run_state import beginning, kept_matrices

_PREDICTION = (StepKind.Z, StepKind.A, StepKind.Y_HAT)
_FORWARD = (*_PREDICTION, StepKind.COST)
_BACKWARD = tuple(kind for kind in StepKind if kind not in _FORWARD)


@frozen_dataclass(eq=False)
class Pass:
    """The matrices of one iteration, each by its lecture name, those of the data and the parameters among them.

    ``X Y W1 Z2 A2 W2 Z3 Y_hat J delta3 dJdW2 delta2 dJdW1 W1_next W2_next`` for the lecture's network; J has the
    shape (1, 1), and ``learning_rate`` stands among them as a (1, 1) matrix too. With momentum, V_W1_previous and V_W1
    are there as well, and so on for other optimizers. A cell that overflows is inf or nan.
    ``data`` are the rows that the iteration computed with: X and Y, and their numbers in the file.
    """

    network: Network
    matrices: Mapping[str, Array]
    data: RowData

    def __getitem__(self, name: str) -> Array:
        return self.matrices[name]

    @property
    def row_numbers(self) -> NDArray[np.intp]:
        """The numbers of the rows that the iteration computed with, counted from 0, in their order in the matrices."""
        return self.data.numbers if isinstance(self.data, DataRows) else np.arange(self.data.rows)

    @property
    def cost(self) -> float:
        """J, before the update."""
        return float(self.matrices["J"][0, 0])

    @property
    def loss(self) -> float:
        """ℒ, the mean over the rows: (1/N) Σ (y − ŷ)² with the lecture's cost."""
        rows = 1 if self.network.reduction == MEAN else len(self.matrices["Y"])
        return summed_cost(self.network).loss_factor * self.data_cost / rows

    @property
    def data_cost(self) -> float:
        """The part of J that depends on the data: J without the penalty."""
        return float(self.matrices[DATA_COST][0, 0]) if DATA_COST in self.matrices else self.cost

    @property
    def parameters(self) -> Parameters:
        """The parameters that this iteration begins with."""
        return self._parameters("")

    @property
    def next_parameters(self) -> Parameters:
        """The parameters after this iteration's update."""
        return self._parameters("_next")

    def _parameters(self, ending: str) -> Parameters:
        matrices = tuple(self.matrices[f"{name}{ending}"] for name in self.network.shapes)
        return Parameters(matrices[: self.network.depth], matrices[self.network.depth :])


def of_penalty(network: Network, flat: Array) -> dict[str, Array]:
    """The numbers in the formula of the penalty: a view of the parameters ``flat``, and its numbers; {} without one.

    ``flat`` has the shape (size,), or (size, runs) for several runs.
    """
    if not network.penalised:
        return {}
    count = matrix_shapes(network, 1)[PENALISED][1]
    numbers = {L1: network.penalty.l1, L2: network.penalty.l2}
    return {PENALISED: flat[np.newaxis, :count], **{name: np.array([[number]]) for name, number in numbers.items()}}


def numbers_of_update(network: Network, update: int) -> dict[str, Array]:
    """The numbers in the optimizer's formulas, but the learning rate, in the ``update`` with this number from 1 on."""
    return {
        name: np.array([[NUMBERS[name](network.optimizer, update)]]) for name in sorted(update_rule(network).numbers)
    }


def forward(network: Network, dataset: RowData, parameters: Parameters) -> dict[str, Array]:
    """X, Y, the parameters and Z2, A2, … Y_hat, J, each by its name. Source: lecture 3, "Forward propagation"."""
    known = {"X": dataset.X, "Y": dataset.Y, **parameters.named, **of_penalty(network, parameters.flat)}
    return _with_results(_compiled_kinds(network, dataset.rows, _FORWARD), known)


def mean_cost(network: Network, rows: RowData, parameters: Parameters) -> float:
    """The cost as a mean over the rows, without a penalty; inf or nan where numbers overflow."""
    return mean_cost_of(network, forward(network, rows, parameters))


def mean_cost_of(network: Network, computed: Mapping[str, Array]) -> float:
    """The cost of a forward pass as a mean over its rows, without a penalty."""
    cost = float(computed[DATA_COST if network.penalised else StepKind.COST][0, 0])
    return cost if network.reduction == MEAN else cost / len(computed["Y"])


def prediction_equations(network: Network) -> tuple[Equation, ...]:
    """The equations of Z2, A2, … Y_hat, in their order."""
    return tuple(equation for equation in equations(network) if equation.step.kind in _PREDICTION)


def prediction(network: Network, X: Array, parameters: Parameters) -> dict[str, Array]:
    """X, the parameters and Z2, A2, … Y_hat for any rows X, shape (rows, inputs), scaled as the network sees them."""
    return _with_results(_compiled_kinds(network, len(X), _PREDICTION), {"X": X, **parameters.named})


def predict(network: Network, X: Array, parameters: Parameters) -> Array:
    """Ŷ for any rows X, shape (rows, inputs), scaled as the network sees them; shape (rows, outputs)."""
    return prediction(network, X, parameters)["Y_hat"]


def backward_by(formulas: Iterable[Equation], computed: Pass) -> dict[str, Array]:
    """The backward pass of a program whose equations are ``formulas``, after the forward pass of ``computed``.

    ``formulas`` are those of a whole iteration, in order; some may be mistaken. Gives every matrix by its name.
    """
    rows = len(computed["X"])
    back = [equation for equation in formulas if equation.step.kind in _BACKWARD]
    return _with_results(_compile(computed.network, rows, back), computed.matrices)


def compute_pass(
    network: Network,
    dataset: RowData,
    parameters: Parameters,
    learning_rate: float,
    state: Array | None = None,
    update: int = 1,
) -> Pass:
    """The whole iteration that starts from ``parameters``.

    ``state`` is the run's state, of which the ``parameters`` are a part; without it, the optimizer has kept nothing
    yet. ``update`` is the number of the update, from 1 on.
    """
    known = {"X": dataset.X, "Y": dataset.Y, **parameters.named, **of_penalty(network, parameters.flat)}
    known |= kept_matrices(network, beginning(network, parameters) if state is None else state, name_before)
    known |= {LEARNING_RATE: np.array([[learning_rate]]), **numbers_of_update(network, update)}
    matrices = _with_results(_compiled_kinds(network, dataset.rows, tuple(StepKind)), known)
    return Pass(network, MappingProxyType({name: frozen(matrix) for name, matrix in matrices.items()}), dataset)


def recomputed(computed: Pass, parameters: Parameters) -> Pass:
    """The same iteration as ``computed``, with other parameters."""
    network = computed.network
    results = {DATA_COST, *(equation.name for equation in equations(network))}
    known = {name: matrix for name, matrix in computed.matrices.items() if name not in results}
    known |= {**parameters.named, **of_penalty(network, parameters.flat)}
    matrices = _with_results(_compiled_kinds(network, computed.data.rows, tuple(StepKind)), known)
    return Pass(network, MappingProxyType({name: frozen(matrix) for name, matrix in matrices.items()}), computed.data)


def _compile(
    network: Network, rows: int, formulas: Iterable[Equation], wanted: Iterable[str] | None = None
) -> CompiledEquations:
    """Compiles ``formulas`` for so many rows of data. Without ``wanted``, all matrices that they give are wanted."""
    formulas = tuple(formulas)
    given = {equation.name for equation in formulas}
    shapes = {name: shape for name, shape in matrix_shapes(network, rows).items() if name not in given}
    return compile_equations(formulas, shapes, matrices_by_row(network), frozenset(given if wanted is None else wanted))


@lru_cache(maxsize=64)
def _compiled_kinds(
    network: Network, rows: int, kinds: tuple[StepKind, ...], wanted: tuple[str, ...] | None = None
) -> CompiledEquations:
    """The equations of these kinds of steps, compiled once for all passes over so many rows."""
    return _compile(network, rows, with_data_cost(one for one in equations(network) if one.step.kind in kinds), wanted)


def _with_results(formulas: CompiledEquations, known: Mapping[str, Array]) -> dict[str, Array]:
    """``known``, and the matrices that the ``formulas`` give."""
    results = {name: np.empty(shape) for name, shape in formulas.results.items()}
    Program(formulas, known, results).run()
    for matrix in results.values():
        matrix.flags.writeable = False
    return {**known, **results}


class CostAt:
    """J of a network on a dataset, at one set of parameters after the other; their arrays are made once."""

    def __init__(self, network: Network, dataset: RowData) -> None:
        self._flat, self._J = np.empty(network.size), np.empty((1, 1))
        known = {"X": dataset.X, "Y": dataset.Y, **views(network, self._flat), **of_penalty(network, self._flat)}
        self._program = Program(_compiled_kinds(network, dataset.rows, _FORWARD, ("J",)), known, {"J": self._J})

    def __call__(self, flat: Array) -> float:
        """J at the parameters ``flat``, shape (size,); inf or nan where numbers overflow."""
        self._flat[:] = flat
        self._program.run()
        return float(self._J[0, 0])
