"""Where the numbers of a student belong in the lesson, and what is not compared."""

from collections.abc import Callable, Mapping
from enum import StrEnum

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.diagnosis.given import COST, GivenNumbers
from tui_nn.network.model.array import Array
from tui_nn.session.homework.printed_numbers import PrintedMatrix


class WhyAside(StrEnum):
    """Why a printed matrix is not compared."""

    UNKNOWN_NAME = "unknown name"
    NO_SHAPE = "no matrix of this shape"
    NOT_NEAR = "no numbers near these"
    IN_UNITS = "the data in its own units"
    ERRORS = "the errors y − ŷ"
    SIZES_OF_ERRORS = "the size of the errors y − ŷ"
    TEST_ROWS = "the test rows"
    OTHER_ROWS = "other rows than the iteration's"
    NO_NUMBER = "no finite number"
    TOO_MANY = "too many matrices"
    NO_ITERATION = "no such iteration"


@frozen_dataclass(eq=False)
class LeftAside:
    """A printed matrix that is not compared, and why."""

    printed: PrintedMatrix
    why: WhyAside


@frozen_dataclass(eq=False)
class PlacedMatrix:
    """Where a printed matrix belongs: ``name`` of ``iteration``; ``is_transposed`` if it was printed transposed."""

    printed: PrintedMatrix
    name: str
    iteration: int
    is_transposed: bool = False


@frozen_dataclass(eq=False)
class PlacedNumbers:
    """The numbers given, each with its place; ``iteration`` is for numbers whose text names none."""

    given: GivenNumbers
    iteration: int
    places: tuple[PlacedMatrix, ...]
    aside: tuple[LeftAside, ...]

    def agrees(self, ours: Callable[[int], Mapping[str, Array]], costs: Array) -> bool:
        """Whether all numbers agree with the right ones."""
        listed = self.given.costs
        return all(one.agrees(ours(one.iteration)[name_in_a_pass(one.name)]) for one in self.given.matrices) and (
            listed is None or listed.as_matrix().agrees(listed.of(costs)[np.newaxis])
        )

    def distance(self, ours: Callable[[int], Mapping[str, Array]], costs: Array) -> float:
        """How far the numbers are from the right ones: for each matrix at most 1, on average."""
        parts = [
            distance(one.numbers, ours(one.iteration).get(name_in_a_pass(one.name))) for one in self.given.matrices
        ]
        if self.given.costs is not None:
            parts.append(distance(self.given.costs.numbers, self.given.costs.of(costs)))
        return sum(parts) / max(1, len(parts))


def name_in_a_pass(name: str) -> str:
    """What a pass calls the matrix ``name``: J for cost."""
    return "J" if name == COST else name


def distance(theirs: Array, ours: Array | None) -> float:
    """How far numbers are from ours, from 0 (equal) to 1 (as far as from 0, or farther)."""
    if ours is None or theirs.shape != ours.shape:
        return 1.0
    there = np.isfinite(theirs) & np.isfinite(ours)
    if not there.any():
        return 1.0
    size = float(np.abs(ours[there]).max()) + 1e-300
    return min(1.0, float(np.abs(theirs[there] - ours[there]).max()) / size)
