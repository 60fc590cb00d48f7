"""The one kind of array that the mathematics works on."""

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array: TypeAlias = NDArray[np.float64]


def frozen(values: ArrayLike) -> Array:
    """A copy of ``values`` as a C-contiguous array of doubles that nobody can write to."""
    array = np.array(values, dtype=np.float64, order="C")
    array.flags.writeable = False
    return array
