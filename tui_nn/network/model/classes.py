"""Whether the columns of y say to which class a row belongs."""

import numpy as np
from numpy.typing import NDArray

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.model.array import Array

UNKNOWN = -1
"""Stands for the class of a row whose outputs are not all finite."""
_TWO_CLASSES = (0.0, 1.0), (-1.0, 1.0)
"""The pairs of numbers that stand for two classes in one column of y."""

ClassNumbers = NDArray[np.int_]
"""A class for each row, from 0."""


@frozen_dataclass(eq=False)
class Classes:
    """The classes of a dataset, and which one each row belongs to.

    ``names`` are those of the columns of y; with one column, the numbers that stand for the classes, "0" and "1" or
    "-1" and "1". ``truth`` has the number of each row's class, from 0, shape (rows,).
    """

    names: tuple[str, ...]
    truth: ClassNumbers
    is_binary: bool
    """Whether y has one column of two numbers, not a column for each class."""
    threshold: float = 0.5
    """With one column, the output from which on the second class is predicted: ½, or 0 for −1 and 1."""

    def predicted(self, outputs: Array) -> ClassNumbers:
        """The class that each row of ``outputs`` means: outputs in the units of y, shape (…, outputs); gives (…).

        With a column for each class, it is the one with the largest output, the first of equal ones. With one column,
        it is the second from the threshold on. It is `UNKNOWN` where an output is inf or nan.
        """
        if self.is_binary:
            with np.errstate(invalid="ignore"):
                numbers = (outputs[..., 0] >= self.threshold).astype(int)
        else:
            numbers = np.argmax(outputs, axis=-1)
        return np.where(np.isfinite(outputs).all(axis=-1), numbers, UNKNOWN)


def classes_of(y: Array, y_names: tuple[str, ...]) -> Classes | None:
    """The classes of y in its own units, shape (rows, outputs); None if its columns are not those of classes.

    Several columns are, if every row has exactly one 1 and else 0. One column is, if it has 0s and 1s and nothing else,
    or −1s and 1s and nothing else.
    """
    if y.shape[1] == 1:
        # Not with np.unique: it imports numpy's masked arrays, for which the first screen would wait.
        for pair in _TWO_CLASSES:
            are_first, are_second = y == pair[0], y == pair[1]
            if are_first.any() and are_second.any() and (are_first | are_second).all():
                names, middle = tuple(f"{number:g}" for number in pair), sum(pair) / 2
                return Classes(names, (y[:, 0] == pair[1]).astype(int), is_binary=True, threshold=middle)
        return None
    if not ((y == 0) | (y == 1)).all():
        return None
    return Classes(y_names, np.argmax(y, axis=1), is_binary=False) if (y.sum(axis=1) == 1).all() else None
