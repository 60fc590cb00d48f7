"""Contour lines of a function known on a grid."""

from collections.abc import Iterable

import numpy as np

from tui_nn.network.model.array import Array

_UNKNOWN = -1


def refined(values: Array, across: int, down: int) -> Array:
    """``values``, shape (lines, columns), between them as well: each cell in ``across`` by ``down`` parts.

    A straight line leads from a cell's middle to the next one's, and on to the sides.
    Shape (lines · down, columns · across).
    """
    lines, columns = values.shape
    return _along(_along(values, down, lines).T, across, columns).T


def _along(values: Array, parts: int, count: int) -> Array:
    """``values`` at ``parts`` places in each of the ``count`` cells along the first axis."""
    places = (np.arange(count * parts) + 0.5) / parts - 0.5
    before = np.clip(places.astype(int), 0, max(0, count - 2))
    weight = (places - before)[:, np.newaxis]
    after = np.minimum(before + 1, count - 1)
    with np.errstate(invalid="ignore"):
        return np.asarray(values[before] * (1 - weight) + values[after] * weight)


def borders(
    numbers: np.ndarray[tuple[int, ...], np.dtype[np.int_]], unknown: int
) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Where a place and the next one to the right or below have different ``numbers``, none of them ``unknown``."""
    found, known = np.zeros(numbers.shape, dtype=bool), numbers != unknown
    found[:, :-1] |= (numbers[:, 1:] != numbers[:, :-1]) & known[:, 1:] & known[:, :-1]
    found[:-1] |= (numbers[1:] != numbers[:-1]) & known[1:] & known[:-1]
    return found


def crossings(values: Array, levels: Iterable[float]) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Where a level lies between a place and the next one to the right or below; of ``values``' shape."""
    found = np.zeros(values.shape, dtype=bool)
    with np.errstate(invalid="ignore"):
        for level in levels:
            found |= borders(np.where(np.isfinite(values), values > level, _UNKNOWN), _UNKNOWN)
    return found
