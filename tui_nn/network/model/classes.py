"""Whether the columns of y say to which class a row belongs."""

import numpy as np
from numpy.typing import NDArray

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.model.array import Array

UNKNOWN = -1
"""Stands for the class of a row whose outputs are not all finite."""
_HALF = 0.5

ClassNumbers = NDArray[np.int_]
"""A class for each row, from 0."""


@frozen_dataclass(eq=False)
class Classes:
    """The classes of a dataset, and which one each row belongs to.

    ``names`` are those of the columns of y; with one column, the classes are called 0 and 1. ``truth`` has the number
    of each row's class, from 0, shape (rows,).
    """

    names: tuple[str, ...]
    truth: ClassNumbers
    is_binary: bool
    """Whether y has one column of 0s and 1s, not a column for each class."""

    def predicted(self, outputs: Array) -> ClassNumbers:
        """The class that each row of ``outputs`` means: outputs in the units of y, shape (…, outputs); gives (…).

        With a column for each class, it is the one with the largest output, the first of equal ones. With one column,
        it is 1 from ½ on. It is `UNKNOWN` where an output is inf or nan.
        """
        if self.is_binary:
            with np.errstate(invalid="ignore"):
                numbers = (outputs[..., 0] >= _HALF).astype(int)
        else:
            numbers = np.argmax(outputs, axis=-1)
        return np.where(np.isfinite(outputs).all(axis=-1), numbers, UNKNOWN)


def classes_of(y: Array, y_names: tuple[str, ...]) -> Classes | None:
    """The classes of y in its own units, shape (rows, outputs); None if its columns are not those of classes.

    Several columns are, if every row has exactly one 1 and else 0. One column is, if it has 0s and 1s and nothing else.
    """
    if not ((y == 0) | (y == 1)).all():
        return None
    if y.shape[1] == 1:
        truth = y[:, 0].astype(int)
        return Classes(("0", "1"), truth, is_binary=True) if 0 < truth.sum() < len(truth) else None
    return Classes(y_names, np.argmax(y, axis=1), is_binary=False) if (y.sum(axis=1) == 1).all() else None
