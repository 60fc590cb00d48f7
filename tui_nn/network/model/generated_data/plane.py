"""A number for each point: y = (x1 + x2) / 10, a plane.

Draws of a point: ``runif(4)``, for x1, x2 and the two noises. Source: TensorFlow Playground. Noise moves no point, but
the place at which y is taken.
"""

from tui_nn.network.model.array import Array
from tui_nn.network.model.generated_data.kind import Kind, Targets, between

_REACH, _GREATEST_SUM = 6.0, 10.0


def _place(draws: Array, noise: float) -> tuple[Array, Array]:
    x = between(-_REACH, _REACH, draws[:, :2])
    moved = x + between(-_REACH, _REACH, draws[:, 2:]) * noise
    return x, moved.sum(axis=1, keepdims=True) / _GREATEST_SUM


PLANE = Kind("plane", _place, draws_per_point=4, targets=Targets.NUMBER, usual_points=1200, epochs=50)
