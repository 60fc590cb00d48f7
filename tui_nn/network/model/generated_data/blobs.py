"""Three clouds of points, one for each of the classes A, B and C.

Draws of a point: ``rnorm(2)``, for x1 and x2. The points are of A, B, C, A, B, C, …. The centres stand evenly on a
circle around 0 with the radius 3, A's at the top; the variance is that of `gauss`, 0.5 + 7 · noise.
"""

import numpy as np

from tui_nn.network.model.array import Array
from tui_nn.network.model.generated_data.gauss import variance
from tui_nn.network.model.generated_data.kind import Kind, Targets

_RADIUS, _CLASSES = 3.0, 3


def _place(draws: Array, noise: float) -> tuple[Array, Array]:
    of_class = np.arange(len(draws)) % _CLASSES
    angle = 2 * np.pi * of_class / _CLASSES
    centres = _RADIUS * np.column_stack((np.sin(angle), np.cos(angle)))
    return centres + np.sqrt(variance(noise)) * draws, np.eye(_CLASSES)[of_class]


BLOBS = Kind("blobs", _place, draws_per_point=2, is_normal=True, targets=Targets.CLASS, hidden=(4,), epochs=50)
