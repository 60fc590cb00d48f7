"""The numbers along a side of a chart, and how they are written there."""

import math
from typing import NamedTuple

from tui_nn.network.model.array import Array
from tui_nn.writing.notation.number_format import group_digits

_LEAST_SPAN = 1e-300
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Ruler(NamedTuple):
    """The numbers along one side of a chart: its limits, ``low`` below ``high``, and its ticks with their labels."""

    low: float
    high: float
    ticks: list[float]
    labels: list[str]

    @classmethod
    def linear(cls, low: float, high: float, most: int = 5) -> "Ruler":
        """A ruler from ``low`` to ``high``, with at most about ``most`` round numbers as ticks."""
        ticks = linear_ticks(low, high, most)
        return cls(low, high if high > low else low + 1, ticks, [f"{tick:.6g}" for tick in ticks])

    @classmethod
    def down_to_zero(cls, heights: Array, most: int = 5) -> "Ruler":
        """A ruler from 0 up to the greatest of ``heights``, which are finite and not negative, and at least one."""
        ruler = cls.linear(0.0, float(heights.max()), most)
        return ruler._replace(high=max(ruler.high, ruler.ticks[-1]))

    @classmethod
    def powers(cls, heights: Array, most: int = 5, *, unicode: bool = True) -> "Ruler":
        """A ruler with powers of ten as labels. ``heights`` are finite logarithms, at least one."""
        ticks = log_ticks(heights, most)
        low, high = float(heights.min()), float(heights.max())
        within = [tick for tick in ticks if low <= tick <= high]
        if len(within) < 2:
            # With fewer than two powers of ten on it, the ruler is lengthened to the next one on either side.
            low, high, within = min(ticks[0], low), max(ticks[-1], high), ticks
        ticks = within
        return cls(low, high if high > low else low + 1, ticks, [_power_label(tick, unicode=unicode) for tick in ticks])

    @classmethod
    def iterations(cls, last: int, width: int) -> "Ruler":
        """A ruler from iteration 1 to ``last``, and at least to 2, that is ``width`` columns long."""
        last = max(2, last)
        ticks = [1.0, *linear_ticks(0.0, float(last), most=max(2, width // 12))[1:]]
        return cls(1.0, float(last), ticks, [group_digits(int(tick)) for tick in ticks])

    def fraction(self, value: float) -> float:
        """Where ``value`` lies between the limits: 0 at the low one, 1 at the high one."""
        return (value - self.low) / (self.high - self.low)


def linear_ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Round numbers from ``low`` up to ``high``, at steps of 1, 2 or 5 times a power of ten."""
    span = high - low
    if not (span > _LEAST_SPAN and math.isfinite(span)):
        return [low]
    power = 10.0 ** math.floor(math.log10(span / most))
    step = next(power * factor for factor in (1, 2, 5, 10, 20) if span / (power * factor) <= most)
    first, last = math.ceil(low / step), math.floor(high / step + 1e-9)
    return [float(f"{i * step:.12g}") for i in range(first, last + 1)]


def log_ticks(heights: Array, most: int = 5) -> list[float]:
    """Whole powers of ten around ``heights``, which are logarithms."""
    low, high = math.floor(float(heights.min())), math.ceil(float(heights.max()))
    step = next(step for step in (1, 2, 3, 5, 10, 20, 50, 100, 200) if (high - low) / step <= most)
    return [float(tick) for tick in range(-(-low // step) * step, high + 1, step)]


def _power_label(tick: float, *, unicode: bool) -> str:
    return "10" + str(int(tick)).translate(_SUPERSCRIPT) if unicode else f"1e{int(tick)}"
