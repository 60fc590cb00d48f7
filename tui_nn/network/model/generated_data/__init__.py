"""Data drawn at random, by R's generator: points in the plane, with classes or numbers to learn.

R can draw the same points: after ``set.seed(seed)`` a kind takes its ``draws_per_point`` numbers for the first point,
then for the second, and so on, all by ``runif`` or all by ``rnorm``. Then the points are put in the order of
``sample(n)``, drawn on from there. A noise of 0 takes the same draws, so that only what noise changes is different.
"""

from collections.abc import Mapping

from tui_nn.network.model.array import Array
from tui_nn.network.model.generated_data.blobs import BLOBS
from tui_nn.network.model.generated_data.circle import CIRCLE
from tui_nn.network.model.generated_data.curve import CURVE
from tui_nn.network.model.generated_data.gauss import GAUSS
from tui_nn.network.model.generated_data.gaussian import GAUSSIAN
from tui_nn.network.model.generated_data.kind import Kind, Targets
from tui_nn.network.model.generated_data.moons import MOONS
from tui_nn.network.model.generated_data.plane import PLANE
from tui_nn.network.model.generated_data.spiral import SPIRAL
from tui_nn.network.model.generated_data.xor import XOR
from tui_nn.network.model.r_generator import normal_from, r_sample, r_twister, uniform_from

__all__ = ["KINDS", "Kind", "Targets", "generate"]

KINDS: Mapping[str, Kind] = {
    kind.name: kind for kind in (CIRCLE, XOR, GAUSS, SPIRAL, MOONS, CURVE, BLOBS, PLANE, GAUSSIAN)
}
"""The kinds of generated data by their names, in the order in which the screen offers them."""


def generate(kind: Kind, points: int, noise: float, seed: int) -> tuple[Array, Array]:
    """So many points of a kind: x, shape (points, 2), and y, shape (points, 1) or (points, classes)."""
    twister = r_twister(seed)
    drawn = (normal_from if kind.is_normal else uniform_from)(twister, points * kind.draws_per_point)
    x, y = kind.place(drawn.reshape(points, kind.draws_per_point), noise)
    order = r_sample(twister, points)
    return x[order], y[order]
