"""Ticks of an upright logarithmic axis that is too short for three powers of ten: 0.01, 0.02, 0.05."""

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

_MANTISSAS = ((1.0, 2.0, 5.0), (1.0, 3.0))
_STEPS = (1.0, 2.0, 2.5, 5.0)
_FEWEST, _MOST = 3, 6
_ROWS_PER_TICK = 3
_DEMANDS = ((1.5, 0.2), (0.0, 0.2), (0.0, 0.24))
"""How many rows apart ticks are at least, and by which share of its length an axis may grow at each end.

It grows to end at a tick. The pairs are tried in order, until one gives ticks.
"""
_LOW = 6
"""An axis of fewer rows begins with the second pair."""
DOTS_UP = 4
"""The dots in a cell of a chart, from its bottom to its top."""
_TICK_MORE = 0.06
_UNEVEN = 0.02
_ROUNDING = 1e-9


class LogarithmicTicks(NamedTuple):
    """The limits of an axis and its ticks, as logarithms, and the numbers at the ticks."""

    low: float
    high: float
    ticks: list[float]
    numbers: list[float]
    are_even: bool
    """Whether the numbers are evenly spaced, as those of a short axis are."""


def logarithmic_ticks(low: float, high: float, rows: int) -> LogarithmicTicks | None:
    """Three to six ticks on round numbers around the logarithms ``low`` to ``high``; None if there are none."""
    for apart, farthest in _DEMANDS if rows >= _LOW else _DEMANDS[1:]:
        if found := list(_candidates(low, high, rows, apart, farthest)):
            return min(found, key=lambda one: one[0])[1]
    return None


def _candidates(
    low: float, high: float, rows: int, apart: float, farthest: float
) -> Iterator[tuple[float, LogarithmicTicks]]:
    """Ways to divide the axis, each with its badness: the least one is best."""
    span = high - low
    wanted = min(max(_FEWEST, rows // _ROWS_PER_TICK), _MOST)
    for numbers, are_even in _round_numbers(low - farthest * span, high + farthest * span):
        every = [math.log10(number) for number in numbers]
        # A tick beyond an end is wanted only if it is the next one.
        first = max((i for i, tick in enumerate(every) if tick <= low + _ROUNDING), default=0)
        last = min((i for i, tick in enumerate(every) if tick >= high - _ROUNDING), default=len(every) - 1)
        for begin in {first, first + 1}:
            for end in {last, last + 1}:
                ticks = every[begin:end]
                if not _FEWEST <= len(ticks) <= _MOST:
                    continue
                bottom, top = min(low, ticks[0]), max(high, ticks[-1])
                ups = [(tick - bottom) / (top - bottom) for tick in ticks]
                gaps = [(after - before) * (rows - 1) for before, after in pairwise(ups)]
                lines = {math.floor(up * (DOTS_UP * rows - 1) + 0.5) // DOTS_UP for up in ups}
                if len(lines) == len(ticks) and min(gaps) >= apart:
                    empty = (top - bottom) / span - 1
                    badness = empty + _TICK_MORE * abs(len(ticks) - wanted) + _UNEVEN * (max(gaps) / min(gaps) - 1)
                    yield badness, LogarithmicTicks(bottom, top, ticks, numbers[begin:end], are_even)


def _round_numbers(low: float, high: float) -> Iterator[tuple[list[float], bool]]:
    """Lists of round numbers whose logarithms lie from ``low`` to ``high``, each with whether it is evenly spaced."""
    powers = range(math.floor(low), math.ceil(high) + 1)
    for mantissas in _MANTISSAS:
        numbers = [float(f"{mantissa:g}e{power}") for power in powers for mantissa in mantissas]
        yield [number for number in numbers if low <= math.log10(number) <= high], False
    least, greatest = 10**low, 10**high
    power = math.floor(math.log10(greatest - least))
    for exponent in (power - 2, power - 1, power):
        for factor in _STEPS:
            step = float(f"{factor}e{exponent}")
            if (greatest - least) / step <= 3 * _MOST:
                first, last = math.ceil(least / step - _ROUNDING), math.floor(greatest / step + _ROUNDING)
                yield [float(f"{i * step:.12g}") for i in range(max(1, first), last + 1)], True
