"""A student's numbers beside those of the iteration shown: which of them differ."""

from collections.abc import Collection, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.diagnosis.given import GivenMatrix
from tui_nn.network.model.array import Array
from tui_nn.session.compared_numbers import COST, ComparedNumbers


@frozen_dataclass(eq=False)
class TheirNumbers:
    """A student's matrix, and which of its cells differ from the lesson's, in the shape of the student's matrix.

    ``has_own_shape`` is true if the lesson's matrix has another shape; then all cells differ.
    """

    numbers: Array
    differing: NDArray[np.bool_]
    has_own_shape: bool

    @property
    def agrees(self) -> bool:
        """Whether no cell differs."""
        return not self.differing.any()

    def cells(self) -> Iterator[tuple[int, int, float]]:
        """The row, the column (from 1) and the number of each cell that differs, if the shapes are the same."""
        if not self.has_own_shape:
            for row, column in np.argwhere(self.differing).tolist():
                yield row + 1, column + 1, float(self.numbers[row, column])


def their_numbers(
    compared: ComparedNumbers, iteration: int, matrices: Mapping[str, Array], visible: Collection[str]
) -> dict[str, TheirNumbers]:
    """The student's matrices of an iteration, by the names of the lesson's, as far as these are ``visible``."""
    found = {}
    for one in compared.matrices:
        name = "J" if one.name == COST else one.name
        if one.iteration == iteration and name in visible and name in matrices:
            numbers = np.array(one.numbers)
            given = GivenMatrix(one.name, iteration, numbers, np.array(one.tolerances))
            ours = matrices[name]
            found[name] = TheirNumbers(numbers, given.differing(ours), numbers.shape != ours.shape)
    return found
