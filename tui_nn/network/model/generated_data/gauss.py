"""Two clouds of points, one around (2, 2), the other around (−2, −2).

Draws of a point: ``rnorm(2)``, for x1 and x2. The first half of the points is around (2, 2), where y is 1. Source:
TensorFlow Playground; the variance is 0.5 + 7 · noise.
"""

import numpy as np

from tui_nn.network.model.array import Array
from tui_nn.network.model.generated_data.kind import Kind, first_half, signs

_CENTRE = 2.0


def variance(noise: float) -> float:
    """The variance of a cloud, in both coordinates: 0.5 without noise, 4 at a noise of ½."""
    return 0.5 + 7 * noise


def _place(draws: Array, noise: float) -> tuple[Array, Array]:
    y = signs(np.arange(len(draws)) < first_half(len(draws)))
    return _CENTRE * y + np.sqrt(variance(noise)) * draws, y


GAUSS = Kind("gauss", _place, draws_per_point=2, is_normal=True, epochs=50)
