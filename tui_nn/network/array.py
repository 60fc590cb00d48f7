"""The one kind of array that the mathematics works on."""

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array: TypeAlias = NDArray[np.float64]


def frozen(values: ArrayLike) -> Array:
    """``values`` as a C-contiguous array of doubles that nobody can write to: a copy, unless it is one already."""
    if isinstance(values, np.ndarray) and values.dtype == np.float64:
        flags = values.flags
        # A view may be written to by way of what it is a view of.
        if flags.owndata and flags.c_contiguous and not flags.writeable:
            return values
    array = np.array(values, dtype=np.float64, order="C")
    array.flags.writeable = False
    return array
