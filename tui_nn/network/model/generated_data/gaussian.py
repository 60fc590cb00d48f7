"""A number for each point: hills around three centres and valleys around three others.

Draws of a point: ``runif(4)``, for x1, x2 and the two noises. y is ±(1 − d / 2) of the centre that it is nearest to, at
the distance d, and 0 where d is 2 or more. Source: TensorFlow Playground. Noise moves no point, but the place at which
y is taken.
"""

import numpy as np

from tui_nn.network.model.array import Array
from tui_nn.network.model.generated_data.kind import Kind, Targets, between

_REACH, _WIDTH = 6.0, 2.0
_CENTRES = np.array([[-4, 2.5], [0, 2.5], [4, 2.5], [-4, -2.5], [0, -2.5], [4, -2.5]])
_SIGNS = np.array([1, -1, 1, 1, -1, 1])


def _place(draws: Array, noise: float) -> tuple[Array, Array]:
    x = between(-_REACH, _REACH, draws[:, :2])
    moved = x + between(-_REACH, _REACH, draws[:, 2:]) * noise
    distances = np.sqrt(((moved[:, np.newaxis] - _CENTRES) ** 2).sum(axis=2))
    nearest = np.argmin(distances, axis=1)
    height = np.maximum(0, 1 - distances[np.arange(len(x)), nearest] / _WIDTH)
    return x, (_SIGNS[nearest] * height)[:, np.newaxis]


GAUSSIAN = Kind(
    "gaussian",
    _place,
    draws_per_point=4,
    targets=Targets.NUMBER,
    usual_points=1200,
    hidden=(8, 8),
    epochs=400,
    learning_rate=0.1,
)
