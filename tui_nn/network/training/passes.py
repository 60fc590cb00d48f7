"""One iteration with every one of its matrices."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from tui_nn.network.formulas.costs import COSTS
from tui_nn.network.formulas.equations import LEARNING_RATE, Equation, equations, matrices_by_row, matrix_shapes
from tui_nn.network.formulas.steps import StepKind
from tui_nn.network.model.array import Array, frozen
from tui_nn.network.model.dataset import Dataset
from tui_nn.network.model.network import Network
from tui_nn.network.model.parameters import Parameters, views
from tui_nn.network.training.program import Program

_PREDICTION = (StepKind.Z, StepKind.A, StepKind.Y_HAT)
_FORWARD = (*_PREDICTION, StepKind.COST)


@dataclass(frozen=True, eq=False)
class Pass:
    """The matrices of one iteration, each by its lecture name, those of the data and the parameters among them.

    ``X Y W1 Z2 A2 W2 Z3 Y_hat J delta3 dJdW2 delta2 dJdW1 W1_next W2_next`` for the lecture's network; J has the
    shape (1, 1), and ``learning_rate`` stands among them as a (1, 1) matrix too. A cell that overflows is inf or nan.
    """

    network: Network
    matrices: Mapping[str, Array]

    def __getitem__(self, name: str) -> Array:
        return self.matrices[name]

    @property
    def cost(self) -> float:
        """J, before the update."""
        return float(self.matrices["J"][0, 0])

    @property
    def loss(self) -> float:
        """ℒ, the mean over the rows: (1/N) Σ (y − ŷ)² with the lecture's cost."""
        return COSTS[self.network.cost].loss_factor * self.cost / len(self.matrices["Y"])

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


def forward(network: Network, dataset: Dataset, parameters: Parameters) -> dict[str, Array]:
    """X, Y, the parameters and Z2, A2, … Y_hat, J, each by its name. Source: lecture 3, "Forward propagation"."""
    known = {"X": dataset.X, "Y": dataset.Y, **parameters.named}
    return _computed(network, known, _forward_equations(network))


def _forward_equations(network: Network) -> tuple[Equation, ...]:
    return tuple(equation for equation in equations(network) if equation.step.kind in _FORWARD)


def prediction_equations(network: Network) -> tuple[Equation, ...]:
    """Those of Z2, A2, … Y_hat, in their order."""
    return tuple(equation for equation in equations(network) if equation.step.kind in _PREDICTION)


def prediction(network: Network, X: Array, parameters: Parameters) -> dict[str, Array]:
    """X, the parameters and Z2, A2, … Y_hat for any rows X, shape (rows, inputs), scaled as the network sees them."""
    return _computed(network, {"X": X, **parameters.named}, prediction_equations(network))


def predict(network: Network, X: Array, parameters: Parameters) -> Array:
    """Ŷ for any rows X, shape (rows, inputs), scaled as the network sees them; shape (rows, outputs)."""
    return prediction(network, X, parameters)["Y_hat"]


def backward(network: Network, known: Mapping[str, Array], learning_rate: float) -> dict[str, Array]:
    """All of ``known``, as `forward` gives it, and δ, ∂J/∂W, ∂J/∂b and the updated parameters, each by its name.

    Source: lecture 3, "The gradients" and "Gradient descent".
    """
    return _back(network, {**known, LEARNING_RATE: np.array([[learning_rate]])}, equations(network))


def backward_by(formulas: Iterable[Equation], computed: Pass) -> dict[str, Array]:
    """What ``formulas`` make of the forward pass of ``computed`` on the way back: every matrix by its name.

    ``formulas`` are those of a whole iteration, in order; what one of them gives, the later ones take.
    """
    return _back(computed.network, computed.matrices, formulas)


def _back(network: Network, known: Mapping[str, Array], formulas: Iterable[Equation]) -> dict[str, Array]:
    return _computed(network, known, [equation for equation in formulas if equation.step.kind not in _FORWARD])


def compute_pass(network: Network, dataset: Dataset, parameters: Parameters, learning_rate: float) -> Pass:
    """The whole iteration that starts from ``parameters``."""
    known = {"X": dataset.X, "Y": dataset.Y, **parameters.named, LEARNING_RATE: np.array([[learning_rate]])}
    matrices = _computed(network, known, equations(network))
    return Pass(network, MappingProxyType({name: frozen(matrix) for name, matrix in matrices.items()}))


def _computed(network: Network, known: Mapping[str, Array], wanted: Iterable[Equation]) -> dict[str, Array]:
    """``known``, and the matrices of the equations ``wanted``."""
    wanted = tuple(wanted)
    shapes = matrix_shapes(network, len(known["X"]))
    results = {equation.name: np.empty(shapes[equation.name]) for equation in wanted}
    Program(wanted, known, matrices_by_row(network), results).run()
    for matrix in results.values():
        matrix.flags.writeable = False
    return {**known, **results}


class CostAt:
    """J of a network on a dataset, at one set of parameters after the other; their arrays are made once."""

    def __init__(self, network: Network, dataset: Dataset) -> None:
        self._flat, self._J = np.empty(network.size), np.empty((1, 1))
        known = {"X": dataset.X, "Y": dataset.Y, **views(network, self._flat)}
        self._program = Program(_forward_equations(network), known, matrices_by_row(network), {"J": self._J})

    def __call__(self, flat: Array) -> float:
        """J at the parameters ``flat``, shape (size,); inf or nan where numbers overflow."""
        self._flat[:] = flat
        self._program.run()
        return float(self._J[0, 0])
