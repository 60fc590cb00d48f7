"""Two arms of a spiral that turn around each other.

Draws of a point: ``runif(2)``, for the noise of x1 and of x2. The first half of the points is the arm where y is 1; the
other arm is turned by half a turn. In each, the points go outwards. Source: TensorFlow Playground. Noise moves points.
"""

import numpy as np

from tui_nn.network.model.array import Array
from tui_nn.network.model.generated_data.kind import Kind, between, first_half, signs

_RADIUS, _TURNS = 5.0, 1.75


def _place(draws: Array, noise: float) -> tuple[Array, Array]:
    points = len(draws)
    first = first_half(points)
    number, is_first = np.arange(points), np.arange(points) < first
    part = np.where(is_first, number / first, (number - first) / max(1, points - first))
    r, angle = _RADIUS * part, _TURNS * part * 2 * np.pi + np.where(is_first, 0, np.pi)
    arms = np.column_stack((r * np.sin(angle), r * np.cos(angle)))
    return arms + between(-1, 1, draws) * noise, signs(is_first)


SPIRAL = Kind("spiral", _place, draws_per_point=2, hidden=(8, 8), epochs=600)
