"""What R computes where a vector is shorter than a matrix: it repeats the vector down the columns."""

import numpy as np

from tui_nn.network.model.array import Array


def down_the_columns(vector: Array, like: Array) -> Array:
    """The numbers of ``vector``, column by column, repeated down the columns of a matrix like ``like``.

    Raises ValueError where the vector is longer than the matrix: R refuses that.
    """
    if vector.size > like.size:
        raise ValueError(f"{vector.size} numbers are longer than a matrix of {like.size}")
    return np.resize(vector.ravel(order="F"), like.size).reshape(like.shape, order="F")


def plus_recycled(Z: Array, b: Array) -> Array:
    """Z + b."""
    return Z + down_the_columns(b, Z)


def times_recycled(A: Array, w: Array) -> Array:
    """A * w."""
    return A * down_the_columns(w, A)


def less_recycled(b: Array, step: Array) -> Array:
    """The row b − step of two vectors: R repeats the shorter one."""
    size = max(b.size, step.size)
    return (np.resize(b, size) - np.resize(step, size))[np.newaxis]
