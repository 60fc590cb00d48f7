"""What every kind of generated data says of itself."""

from collections.abc import Callable
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.model.array import Array


class Targets(Enum):
    """What y says of a point."""

    SIGN = "1 or −1, for one of two classes"
    CLASS = "a column of 0s and 1s for each class"
    NUMBER = "a number, about from −1 to 1"


@frozen_dataclass
class Kind:
    """A kind of generated data: points in the plane, and what y says of each.

    ``place(draws, noise)`` gives the points x, shape (points, 2), and y, shape (points, 1) or (points, classes).
    ``draws`` are random numbers, shape (points, ``draws_per_point``): uniform ones in (0, 1) or, if ``is_normal``,
    standard normal ones. Row by row they are the numbers that R draws one after the other. ``noise`` is from 0 to 1.

    A network with the ``hidden`` units is known to learn the kind from its ``usual_points`` in so many ``epochs`` at
    the ``learning_rate``.
    """

    name: str
    place: Callable[[Array, float], tuple[Array, Array]]
    draws_per_point: int
    is_normal: bool = False
    targets: Targets = Targets.SIGN
    usual_points: int = 500
    hidden: tuple[int, ...] = (4, 2)
    epochs: int = 200
    learning_rate: float = 0.03

    @property
    def fewest_points(self) -> int:
        """One point of each class."""
        return 3 if self.targets is Targets.CLASS else 2


def between(low: float | Array, high: float | Array, uniform: Array) -> Array:
    """``runif(n, low, high)``, made as R makes it of its numbers in (0, 1); limits for each column, or for all."""
    return np.asarray(low + (high - low) * uniform)


def first_half(points: int) -> int:
    """How many of the points are of the first of two classes: half, or one more than the other class."""
    return (points + 1) // 2


def signs(is_first: NDArray[np.bool_]) -> Array:
    """1 where a point is of the first class, else −1; shape (points, 1)."""
    return np.where(is_first, 1.0, -1.0)[:, np.newaxis]
