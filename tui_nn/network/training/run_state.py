"""The state of a run: the parameters, and what the optimizer keeps from one iteration to the next."""

from collections.abc import Callable

import numpy as np

from tui_nn.network.formulas.optimizers import update_rule
from tui_nn.network.model.array import Array
from tui_nn.network.model.network import Network
from tui_nn.network.model.parameters import Parameters, views


def state_size(network: Network) -> int:
    """How many numbers the state has: the parameters, and as many again for each matrix that the optimizer keeps."""
    return network.size * (1 + len(update_rule(network).state))


def beginning(network: Network, parameters: Parameters) -> Array:
    """The state before iteration 1, shape (state size,): the parameters, and 0 for all that the optimizer keeps."""
    return np.concatenate((parameters.flat, np.zeros(state_size(network) - network.size)))


def kept_matrices(network: Network, state: Array, name_of: Callable[[str, str], str]) -> dict[str, Array]:
    """What the optimizer keeps for each parameter that is not fixed, as views of ``state``.

    ``state`` has the shape (state size,), or (state size, runs). ``name_of`` a letter and a parameter is the name of
    their matrix: V_W1 with `matrix_name`, V_W1_previous with `name_before`.
    """
    return {
        name_of(letter, name): matrix
        for letter, part in kept_parts(network, state).items()
        for name, matrix in views(network, part).items()
        if name in network.trained
    }


def kept_parts(network: Network, state: Array) -> dict[str, Array]:
    """The part of ``state`` for each letter that the optimizer keeps, with the parameters' places in it."""
    size = network.size
    return {
        letter: state[size * number : size * (number + 1)]
        for number, letter in enumerate(update_rule(network).state, start=1)
    }
