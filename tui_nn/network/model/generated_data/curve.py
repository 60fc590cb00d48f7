"""Two classes with the curve x2 = sin x1 between them: y is 1 above it, −1 below.

Draws of a point: ``runif(4)``, for x1, x2 and the two noises. x1 is between −5 and 5, x2 between −2 and 2. Noise moves
no point, but the place at which its label is taken.
"""

import numpy as np

from tui_nn.network.model.array import Array
from tui_nn.network.model.generated_data.kind import Kind, between, signs

_REACH = np.array([5.0, 2.0])


def _place(draws: Array, noise: float) -> tuple[Array, Array]:
    x = between(-_REACH, _REACH, draws[:, :2])
    moved = x + between(-_REACH, _REACH, draws[:, 2:]) * noise
    return x, signs(moved[:, 1] > np.sin(moved[:, 0]))


CURVE = Kind("curve", _place, draws_per_point=4, hidden=(8, 4))
