"""Two half circles that reach into each other.

Draws of a point: ``rnorm(2)``, for the noise of x1 and of x2. The first half of the points is the upper moon, where y
is 1. Source: scikit-learn's ``make_moons``; the noise is a standard deviation. Noise moves points.
"""

import numpy as np

from tui_nn.network.model.array import Array
from tui_nn.network.model.generated_data.kind import Kind, first_half, signs

_DOWN = 0.5


def _place(draws: Array, noise: float) -> tuple[Array, Array]:
    points = len(draws)
    first = first_half(points)
    upper, lower = np.linspace(0, np.pi, first), np.linspace(0, np.pi, points - first)
    moons = np.vstack(
        (
            np.column_stack((np.cos(upper), np.sin(upper))),
            np.column_stack((1 - np.cos(lower), 1 - np.sin(lower) - _DOWN)),
        )
    )
    return moons + noise * draws, signs(np.arange(points) < first)


MOONS = Kind("moons", _place, draws_per_point=2, is_normal=True, learning_rate=0.1)
