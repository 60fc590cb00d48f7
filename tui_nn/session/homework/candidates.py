"""Says which matrices of the lesson a printed one may be by its shape, and how near it comes to each."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

import numpy as np

from tui_nn.network import Dataset, Network, named_shapes
from tui_nn.network.diagnosis.given import COST, GivenMatrix
from tui_nn.network.formulas.costs import summed_cost
from tui_nn.network.formulas.costs.reduction import MEAN
from tui_nn.network.model.array import Array
from tui_nn.session.homework.placed_numbers import distance, name_in_a_pass
from tui_nn.session.homework.print_order import LOSS, NEXT, after_update, is_parameter
from tui_nn.session.homework.printed_numbers import PrintedMatrix
from tui_nn.session.homework.student_names import is_matrix_name
from tui_nn.session.homework.units_of_data import from_units
from tui_nn.session.homework.when_printed import says_only_when

# A matrix without a name is taken for the one whose numbers are nearest, if they are as near as this.
_NEAR = 0.5
# With a name that means nothing here, only numbers as near as this are taken for ours.
_VERY_NEAR = 1e-3


class Candidates:
    """The matrices of a lesson that a printed one may be. ``ours(iteration)`` gives the right ones by their names."""

    def __init__(self, network: Network, dataset: Dataset, ours: Callable[[int], Mapping[str, Array]]) -> None:
        self._network, self._dataset, self._ours = network, dataset, ours
        self.shapes = named_shapes(network, len(ours(1)["X"]))
        """The shape of each matrix of the lesson by its name; in iteration 1, where batches differ in size."""
        self.greatest = max(rows * columns for rows, columns in self.shapes.values())

    def loss_factor(self, at: int) -> float:
        """What J of iteration ``at`` is, divided by the loss that ``show`` gives."""
        rows = 1 if self._network.reduction == MEAN else len(self._ours(at)["X"])
        return rows / summed_cost(self._network).loss_factor

    def _shape(self, name: str, at: int) -> tuple[int, int] | None:
        """The shape of a matrix in iteration ``at``; None if the lesson has no such matrix."""
        if name in (COST, LOSS):
            return 1, 1
        if name not in self.shapes:
            return None
        rows, columns = self._ours(at)[name_in_a_pass(name)].shape
        return rows, columns

    def fitting(self, one: PrintedMatrix, names: Iterable[str], at: int) -> Iterator[tuple[GivenMatrix, bool]]:
        """The matrices of iteration ``at`` that ``one`` may be by its name and its shape, as it is and transposed."""
        for name in names:
            shape = self._shape(name, at)
            if shape is None:
                continue
            called = COST if name in (COST, LOSS, "J") else name
            factor = self.loss_factor(at) if name == LOSS else 1.0
            for numbers, tolerance, is_transposed in _shaped(one, shape):
                given = GivenMatrix(called, at, factor * numbers, factor * tolerance)
                yield given, is_transposed
                if called == "Y_hat" and (of_units := from_units(given, self._dataset, self.right(given))) is not None:
                    yield of_units, is_transposed

    def right(self, given: GivenMatrix) -> Array:
        """The lesson's matrix of that name and iteration."""
        return self._ours(given.iteration)[name_in_a_pass(given.name)]

    def is_right(self, given: GivenMatrix) -> bool:
        """Whether a matrix agrees with the right one; its last digits may be cut off in place of rounded."""
        return replace(given, tolerance=2 * given.tolerance).agrees(self.right(given))

    def agrees_as_some(self, given: GivenMatrix) -> bool:
        """Whether a matrix agrees with the right one or, of parameters, with those before or after the update."""
        names = {given.name}
        if is_parameter(given.name.removesuffix(NEXT)):
            names |= {given.name.removesuffix(NEXT), after_update(given.name)}
        right = [self._ours(given.iteration)[name_in_a_pass(name)] for name in names]
        if given.name.startswith(("delta", "dJd")):
            # Of a program that takes y − ŷ, they have the opposite sign.
            right += [-matrix for matrix in right]
        return any(map(given.agrees, right))

    def distance_of(self, given: GivenMatrix) -> float:
        """How far a matrix is from the right one, from 0 to 1."""
        return distance(given.numbers, self.right(given))

    def is_near(self, given: GivenMatrix, label: str) -> bool:
        """Whether numbers without a name of ours are near enough to be taken for these; for data, they must agree."""
        if given.agrees(self.right(given)):
            return says_nothing(label) or self.distance_of(given) <= _VERY_NEAR
        is_data = given.name in ("X", "Y")
        return self.distance_of(given) <= (_NEAR if says_nothing(label) and not is_data else _VERY_NEAR)


def says_nothing(label: str) -> bool:
    """Whether a label names no matrix, but nothing else either: a list's number, a layer."""
    return not any(character.isalpha() for character in label)


def says_something_else(label: str) -> bool:
    """Whether a label has a word beside the name of a matrix, and not on its time: "sparsity W1"."""
    words = [word for word in label.split() if any(map(str.isalpha, word))]
    return len(words) > 1 and any(not is_matrix_name(word) and not says_only_when(word) for word in words)


def _shaped(one: PrintedMatrix, shape: tuple[int, int]) -> Iterator[tuple[Array, Array, bool]]:
    """The numbers of ``one`` in a shape: as they are, transposed, or a list filled by rows and by columns."""
    if one.is_part and one.numbers.size < shape[0] * shape[1]:
        yield from _of_cells(one, shape)
        return
    numbers, tolerance = one.numbers, one.tolerance
    if numbers.shape == shape:
        yield numbers, tolerance, False
    if numbers.shape[::-1] == shape and (numbers.shape != shape or shape[0] > 1):
        yield numbers.T, tolerance.T, True
    if numbers.size == shape[0] * shape[1] and (one.is_list or 1 in numbers.shape) and 1 not in shape:
        yield numbers.reshape(shape, order="F"), tolerance.reshape(shape, order="F"), False
        yield numbers.reshape(shape), tolerance.reshape(shape), False


def _of_cells(one: PrintedMatrix, shape: tuple[int, int]) -> Iterator[tuple[Array, Array, bool]]:
    """A matrix of which a program printed some cells, with nan for the others.

    They are counted from 1, as in R; or from 0, as in numpy, if no first row or column was printed to show it.
    """
    size = shape[0] * shape[1]
    for first in (0, 1):
        numbers, tolerance = (
            np.pad(matrix, ((0 if one.is_list else first, 0), (first, 0)), constant_values=missing)
            for matrix, missing in ((one.numbers, np.nan), (one.tolerance, 0.0))
        )
        whole = replace(one, numbers=numbers, tolerance=tolerance, is_part=False)
        if one.is_list and numbers.size <= size:
            filled = (1, size)
        elif not one.is_list and all(have <= there for have, there in zip(numbers.shape, shape, strict=True)):
            filled = shape
        elif not one.is_list and all(have <= there for have, there in zip(numbers.shape, shape[::-1], strict=True)):
            filled = shape[::-1]
        else:
            continue
        behind = tuple((0, there - have) for have, there in zip(numbers.shape, filled, strict=True))
        padded = replace(
            whole,
            numbers=np.pad(numbers, behind, constant_values=np.nan),
            tolerance=np.pad(tolerance, behind),
        )
        yield from _shaped(padded, shape)
