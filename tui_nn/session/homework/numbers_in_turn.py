"""Puts together what a program prints number by number: a line with the output of each row of the data."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import numpy as np

from tui_nn.session.homework.printed_numbers import PrintedMatrix
from tui_nn.session.homework.when_printed import When


def numbers_together(
    matrices: Iterable[PrintedMatrix],
    names_of: Callable[[PrintedMatrix], tuple[str, ...]],
    shapes: Mapping[str, tuple[int, int]],
) -> list[PrintedMatrix]:
    """The matrices; single numbers with one name and iteration become a matrix, if they are as many as it has cells."""
    every = [*matrices]
    alike = dict[tuple[str, int | None, When], list[int]]()
    for place, one in enumerate(every):
        alike.setdefault((one.label, one.iteration, one.when), []).append(place)
    left_out = set[int]()
    for places in alike.values():
        first = every[places[0]]
        rows, columns = shapes.get((names_of(first) or ("",))[0], (1, 1))
        cells = rows * columns
        are_single = all(every[place].numbers.size == 1 and every[place].iterations is None for place in places)
        if cells == 1 or len(places) % cells or not are_single:
            continue
        for begin in range(0, len(places), cells):
            group = places[begin : begin + cells]
            numbers = np.array([[every[place].numbers.item() for place in group]])
            tolerance = np.array([[every[place].tolerance.item() for place in group]])
            every[group[0]] = replace(every[group[0]], numbers=numbers, tolerance=tolerance, is_list=True)
            left_out.update(group[1:])
    return [one for place, one in enumerate(every) if place not in left_out]
