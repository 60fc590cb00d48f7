"""identity(z) = z, for outputs of any size."""

import numpy as np

from tui_nn.network.model.activations.activation import Activation, Operation
from tui_nn.network.model.activations.function import Number, z
from tui_nn.network.model.array import Array


def _compile(z: Array, a: Array, prime: Array, scratch: Array) -> tuple[Operation, ...]:  # noqa: ARG001
    return (np.positive, (z, a)), (prime.fill, (1.0,))


IDENTITY = Activation("identity", _compile, formula=z, slope=Number(1), derivation=(Number(1),), curvature=0.0)
