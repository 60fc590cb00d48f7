"""The weights of a network, and its biases where it has them."""

from typing import Self

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.model.array import Array, frozen
from tui_nn.network.model.network import Network


@frozen_dataclass(eq=False)
class Parameters:
    """A matrix of weights for each layer, shape (units before, units after), and a row of biases, or none.

    The biases of a layer have the shape (1, units).
    """

    weights: tuple[Array, ...]
    biases: tuple[Array, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "weights", tuple(frozen(weight) for weight in self.weights))
        object.__setattr__(self, "biases", tuple(frozen(bias) for bias in self.biases))

    @classmethod
    def from_flat(cls, network: Network, flat: Array) -> Self:
        """The parameters that ``flat`` holds in a row, shape (network.size,), each matrix row by row: W1 …, b1 …."""
        matrices = tuple(views(network, flat).values())
        return cls(matrices[: network.depth], matrices[network.depth :])

    @property
    def flat(self) -> Array:
        """All parameters in a row, shape (size,), each matrix row by row: W1, W2, …, b1, b2, …."""
        return np.concatenate([matrix.ravel() for matrix in (*self.weights, *self.biases)])

    @property
    def named(self) -> dict[str, Array]:
        """Each matrix by its lecture name: W1, W2, …, b1, b2, …."""
        named = {f"W{layer}": weight for layer, weight in enumerate(self.weights, start=1)}
        return named | {f"b{layer}": bias for layer, bias in enumerate(self.biases, start=1)}


def views(network: Network, flat: Array) -> dict[str, Array]:
    """Each parameter's matrix by its name, as a view of ``flat``: what is written to one is written to the other.

    ``flat`` has the shape (size,). For several runs it has (size, runs), and each view (rows, columns, runs).
    """
    named, begin = {}, 0
    for name, (rows, columns) in network.shapes.items():
        named[name] = flat[begin : begin + rows * columns].reshape(rows, columns, *flat.shape[1:])
        begin += rows * columns
    return named
