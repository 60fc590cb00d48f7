"""The one kind of array that the mathematics works on."""

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array: TypeAlias = NDArray[np.float64]


def frozen(values: ArrayLike) -> Array:
    """``values`` as a read-only C-contiguous array of doubles: a copy, unless it is such an array already."""
    if isinstance(values, np.ndarray) and values.dtype == np.float64:
        flags = values.flags
        # A read-only view still changes when its base array is written to.
        if flags.owndata and flags.c_contiguous and not flags.writeable:
            return values
    array = np.array(values, dtype=np.float64, order="C")
    array.flags.writeable = False
    return array
