"""A disc of one class inside a ring of the other: a line can't part them.

Draws of a point: ``runif(4)``, for its radius, its angle and the two noises. The first half of the points is in the
disc. Source: TensorFlow Playground. Noise moves no point: y is that of the point after the noise, so noise turns labels
near the border of the disc.
"""

import numpy as np

from tui_nn.network.model.array import Array
from tui_nn.network.model.generated_data.kind import Kind, between, first_half, signs

_RADIUS = 5.0
_INNER, _RING = 0.5, 0.7
"""How far the disc reaches, and where the ring begins, in parts of the radius."""


def _place(draws: Array, noise: float) -> tuple[Array, Array]:
    inside = np.arange(len(draws)) < first_half(len(draws))
    disc = between(0, _RADIUS * _INNER, draws[:, 0])
    ring = between(_RADIUS * _RING, _RADIUS, draws[:, 0])
    r, angle = np.where(inside, disc, ring), between(0, 2 * np.pi, draws[:, 1])
    x = np.column_stack((r * np.sin(angle), r * np.cos(angle)))
    moved = x + between(-_RADIUS, _RADIUS, draws[:, 2:]) * noise
    return x, signs(np.sqrt((moved**2).sum(axis=1)) < _RADIUS * _INNER)


CIRCLE = Kind("circle", _place, draws_per_point=4)
