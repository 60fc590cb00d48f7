"""Four squares: y is 1 where x1 and x2 have the same sign, else −1.

Draws of a point: ``runif(4)``, for x1, x2 and the two noises. Source: TensorFlow Playground; its signs are the opposite
of those of the textbooks' xor. Noise moves no point, but the place at which its label is taken.
"""

import numpy as np

from tui_nn.network.model.array import Array
from tui_nn.network.model.generated_data.kind import Kind, between, signs

_REACH, _GAP = 5.0, 0.3


def _place(draws: Array, noise: float) -> tuple[Array, Array]:
    x = between(-_REACH, _REACH, draws[:, :2])
    x = x + np.where(x > 0, _GAP, -_GAP)
    moved = x + between(-_REACH, _REACH, draws[:, 2:]) * noise
    return x, signs(moved[:, 0] * moved[:, 1] >= 0)


XOR = Kind("xor", _place, draws_per_point=4)
