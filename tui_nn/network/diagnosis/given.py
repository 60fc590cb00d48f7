"""What a student's program printed: the matrices of some iterations, and how exactly they are known."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.model.array import Array

COST = "cost"
"""The name of J among the matrices given."""

# Numbers that were rounded twice lie a little farther off than half a unit of the last digit.
_ROUNDED_TWICE = 1.01
# What the order of additions, and another exp, change: of a cell, of the largest cell, and of numbers around 1.
_OF_CELL, _OF_MATRIX, _OF_ONE = 1e-9, 1e-11, 1e-14


@frozen_dataclass(eq=False)
class GivenMatrix:
    """A matrix of ``iteration`` as a program printed it.

    ``name`` is its name in the command ``show``: Z2, cost, W1_next, …. ``numbers`` has the shape (rows, columns), nan
    where a cell was not given; ``tolerance`` is how far each may lie from the exact number, by the digits given.
    """

    name: str
    iteration: int
    numbers: Array
    tolerance: Array

    def differences(self, ours: Array) -> Array:
        """|theirs − ours|, cell by cell; 0 where nothing was given, inf where the shapes differ."""
        if self.numbers.shape != ours.shape:
            return np.full(self.numbers.shape, np.inf)
        with np.errstate(all="ignore"):
            differences = np.abs(self.numbers - ours)
        differences[np.isnan(self.numbers) | (self.numbers == ours)] = 0.0
        differences[np.isnan(differences)] = np.inf
        return differences

    def differing(self, ours: Array) -> NDArray[np.bool_]:
        """Which cells differ by more than the digits given and rounding explain, in the shape of the matrix."""
        differences = self.differences(ours)
        if self.numbers.shape != ours.shape:
            return np.full(differences.shape, fill_value=True)
        sizes = np.where(np.isfinite(ours), np.abs(ours), 0.0)
        rounding = _OF_CELL * sizes + _OF_MATRIX * sizes.max(initial=0.0) + _OF_ONE
        return np.asarray(~(differences <= self.tolerance * _ROUNDED_TWICE + rounding))

    def agrees(self, ours: Array) -> bool:
        """Whether no cell differs."""
        return not self.differing(ours).any()


@frozen_dataclass(eq=False)
class GivenCosts:
    """J of several iterations as a program printed it; the arrays have the shape (iterations given,)."""

    iterations: NDArray[np.int_]
    numbers: Array
    tolerance: Array

    def until(self, iteration: int) -> "GivenCosts":
        """Those up to ``iteration``."""
        kept = self.iterations <= iteration
        return GivenCosts(self.iterations[kept], self.numbers[kept], self.tolerance[kept])

    def as_matrix(self, iteration: int = 0) -> GivenMatrix:
        """The costs as a row, shape (1, iterations given)."""
        return GivenMatrix(COST, iteration, self.numbers[np.newaxis], self.tolerance[np.newaxis])

    def of(self, costs: Array) -> Array:
        """Those of ``costs``, J of every iteration, that were given; nan where an iteration is missing."""
        found = np.full(len(self.iterations), np.nan)
        there = (self.iterations >= 1) & (self.iterations <= len(costs))
        found[there] = costs[self.iterations[there] - 1]
        return found


@frozen_dataclass(eq=False)
class GivenNumbers:
    """All that a program printed: matrices of some iterations, and costs of many."""

    matrices: tuple[GivenMatrix, ...]
    costs: GivenCosts | None = None

    @property
    def iterations(self) -> tuple[int, ...]:
        """The iterations of the matrices, in their order."""
        return tuple(sorted({one.iteration for one in self.matrices}))

    def of_iteration(self, iteration: int) -> Iterable[GivenMatrix]:
        """The matrices of one iteration."""
        return (one for one in self.matrices if one.iteration == iteration)
