"""Takes the biases out of the weights, where a program has them as a row of W, beside a column of ones in X."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from tui_nn.network.model.array import Array
from tui_nn.session.homework.printed_numbers import PrintedMatrix

_WEIGHTS = re.compile(r"(dJd)?W(\d+)(_next)?")


def without_bias_columns(
    matrices: Sequence[PrintedMatrix],
    names_of: Callable[[PrintedMatrix], tuple[str, ...]],
    shapes: Mapping[str, tuple[int, int]],
    ours: Callable[[PrintedMatrix], Mapping[str, Array]],
) -> Iterator[PrintedMatrix]:
    """The matrices; a W with a row more than the lesson's becomes W and b, an X or A loses its column of ones.

    ``names_of`` says which matrices a printed one may be, ``ours`` gives the lesson's of its iteration. Without biases
    in the lesson, all stays as it is.
    """
    has_biases = "b1" in shapes
    for one in matrices:
        name = (names_of(one) or ("",))[0]
        shape, rows_and_columns = shapes.get(name), one.numbers.shape
        if not has_biases or shape is None:
            yield one
        elif _WEIGHTS.fullmatch(name) and rows_and_columns == (shape[0] + 1, shape[1]):
            yield from _weights_and_biases(one, name, ours(one))
        elif rows_and_columns == (shape[0], shape[1] + 1) and (column := _ones(one.numbers)) is not None:
            kept = np.delete(np.arange(rows_and_columns[1]), column)
            yield replace(one, numbers=one.numbers[:, kept], tolerance=one.tolerance[:, kept])
        else:
            yield one


def _weights_and_biases(one: PrintedMatrix, name: str, ours: Mapping[str, Array]) -> Iterator[PrintedMatrix]:
    """W and b: the biases are the first row or the last, whichever leaves the weights nearer to ours."""
    kept = {0: slice(1, None), len(one.numbers) - 1: slice(None, -1)}
    row = min(kept, key=lambda row: float(np.abs(one.numbers[kept[row]] - ours[name]).sum()))
    yield replace(one, numbers=one.numbers[kept[row]], tolerance=one.tolerance[kept[row]])
    biases = slice(row, row + 1)
    yield replace(
        one, label=name.replace("W", "b"), numbers=one.numbers[biases], tolerance=one.tolerance[biases], is_list=False
    )


def _ones(numbers: Array) -> int | None:
    """The number of the first or the last column, if it has only ones; None if neither has."""
    return next((column for column in (0, numbers.shape[1] - 1) if (numbers[:, column] == 1).all()), None)
