"""One iteration with every one of its matrices."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from tui_nn.network.formulas.equations import LEARNING_RATE, Equation, equations
from tui_nn.network.formulas.steps import StepKind
from tui_nn.network.model.array import Array, frozen
from tui_nn.network.model.dataset import Dataset
from tui_nn.network.model.network import Network
from tui_nn.network.model.parameters import Parameters

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
        """J = ½ Σ (y − ŷ)². Source: lecture 3, "The cost"."""
        return float(self.matrices["J"][0, 0])

    @property
    def loss(self) -> float:
        """ℒ = (1/N) Σ (y − ŷ)², N being the number of rows. Source: lecture 3, "The loss"."""
        return 2 * self.cost / len(self.matrices["Y"])

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
    known: dict[str, Array] = {"X": dataset.X, "Y": dataset.Y, **parameters.named}
    return _evaluated(known, [e for e in equations(network) if e.step.kind in _FORWARD])


def prediction_equations(network: Network) -> tuple[Equation, ...]:
    """Those of Z2, A2, … Y_hat, in their order."""
    return tuple(equation for equation in equations(network) if equation.step.kind in _PREDICTION)


def prediction(network: Network, X: Array, parameters: Parameters) -> dict[str, Array]:
    """X, the parameters and Z2, A2, … Y_hat for any rows X, shape (rows, inputs), scaled as the network sees them."""
    known: dict[str, Array] = {"X": X, **parameters.named}
    return _evaluated(known, prediction_equations(network))


def predict(network: Network, X: Array, parameters: Parameters) -> Array:
    """Ŷ for any rows X, shape (rows, inputs), scaled as the network sees them; shape (rows, outputs)."""
    return prediction(network, X, parameters)["Y_hat"]


def backward(network: Network, known: Mapping[str, Array], learning_rate: float) -> dict[str, Array]:
    """All of ``known``, as `forward` gives it, and δ, ∂J/∂W, ∂J/∂b and the updated parameters, each by its name.

    Source: lecture 3, "The gradients" and "Gradient descent".
    """
    return _back({**known, LEARNING_RATE: np.array([[learning_rate]])}, equations(network))


def backward_by(formulas: Iterable[Equation], computed: Pass) -> dict[str, Array]:
    """What ``formulas`` make of the forward pass of ``computed`` on the way back: every matrix by its name.

    ``formulas`` are those of a whole iteration, in order; what one of them gives, the later ones take.
    """
    return _back(dict(computed.matrices), formulas)


def _back(known: dict[str, Array], formulas: Iterable[Equation]) -> dict[str, Array]:
    return _evaluated(known, [e for e in formulas if e.step.kind not in _FORWARD])


def compute_pass(network: Network, dataset: Dataset, parameters: Parameters, learning_rate: float) -> Pass:
    """The whole iteration that starts from ``parameters``."""
    matrices = backward(network, forward(network, dataset, parameters), learning_rate)
    return Pass(network, MappingProxyType({name: frozen(matrix) for name, matrix in matrices.items()}))


def _evaluated(known: dict[str, Array], wanted: Iterable[Equation]) -> dict[str, Array]:
    with np.errstate(all="ignore"):
        for equation in wanted:
            known[equation.name] = equation.expression.value(known)
    return known
