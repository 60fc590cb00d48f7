"""The functions that units apply to z, one in each file, by their names in the session file.

To add one, write its file and put it into `ACTIVATIONS`.
"""

from tui_nn.network.model.activations.activation import Activation, Operation
from tui_nn.network.model.activations.elu import ELU
from tui_nn.network.model.activations.identity import IDENTITY
from tui_nn.network.model.activations.leaky_relu import LEAKY_RELU
from tui_nn.network.model.activations.relu import RELU
from tui_nn.network.model.activations.sigmoid import SIGMOID
from tui_nn.network.model.activations.softmax import SOFTMAX
from tui_nn.network.model.activations.softplus import SOFTPLUS
from tui_nn.network.model.activations.tanh import TANH

_EVERY = (SIGMOID, TANH, RELU, IDENTITY, LEAKY_RELU, ELU, SOFTPLUS, SOFTMAX)
ACTIVATIONS = {activation.name: activation for activation in _EVERY}
"""All of them, in the order in which the screen offers them: the output may have each."""
HIDDEN_ACTIVATIONS = {name: activation for name, activation in ACTIVATIONS.items() if not activation.mixes_units}
"""Those that a hidden layer may have."""

__all__ = ["ACTIVATIONS", "HIDDEN_ACTIVATIONS", "Activation", "Operation"]
