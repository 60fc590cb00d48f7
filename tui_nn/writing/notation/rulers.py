"""The numbers along a side of a chart, and how they are written there."""

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from tui_nn.network.model.array import Array
from tui_nn.writing.notation.logarithmic_ticks import DOTS_UP as DOTS_UP
from tui_nn.writing.notation.logarithmic_ticks import LogarithmicTicks, logarithmic_ticks
from tui_nn.writing.notation.number_format import group_digits

_DOTS_OF_A_TICK = (1, 2)
"""The dots of a cell, from its bottom, that lie half a dot from its middle, where a tick is drawn."""
_TO_A_TICK = [
    next(more for more in range(DOTS_UP) if (dot + more) % DOTS_UP in _DOTS_OF_A_TICK) for dot in range(DOTS_UP)
]
"""For each dot of a cell: how many dots further up the next tick can be drawn."""
_LEAST_SPAN = 1e-300
_FACTORS = (1, 2, 2.5, 5)
_POWERS_TO_STEP = (1, 2, 3, 4, 5)
_PARTS_OF_A_POWER = (1, 2, 5)
_FEWEST_TICKS = 3
_MOST_TICKS = 6
_ROWS_PER_TICK = 3
_ROWS_WITHOUT_GAPS = 5
_CROWDED = 0.3
_TICK_MORE = 0.06
_LEAST_POWER_STEP = 0.01
_PLAIN = 1e-4, 1e6
"""From the first number up to the second, ticks of a logarithmic axis have no power of ten."""
_WIDEST_DECIMALS = 6
_COLUMNS_PER_TICK = 12
_ROUNDING = 1e-9
_NEARLY_WHOLE = 1 - 1e-6
"""A ruler that spans less than this share of a range does not cover it, even with rounding."""
_SUPERSCRIPT = str.maketrans("-0123456789.", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹·")


class Ruler(NamedTuple):
    """The numbers along one side of a chart: its limits, ``low`` below ``high``, and its ticks with their labels."""

    low: float
    high: float
    ticks: list[float]
    labels: list[str]
    is_logarithmic: bool = False
    """Whether a factor, not a difference, takes the same room everywhere; the limits are above 0 then."""

    @classmethod
    def linear(cls, low: float, high: float, most: int = 5) -> "Ruler":
        """A ruler from ``low`` to ``high``, with at most about ``most`` round numbers as ticks."""
        ticks = linear_ticks(low, high, most)
        return cls(low, high if high > low else low + 1, ticks, tick_labels(ticks))

    @classmethod
    def upright(cls, low: float, high: float, rows: int) -> "Ruler":
        """A ruler around ``low`` to ``high`` on ``rows`` lines.

        Its ticks lie equally many whole lines apart, each half a dot from the middle of its line.
        """
        low, high, step, ticks = _ticks_on_lines(*_with_span(low, high), rows)
        return cls(low, high, ticks, _labels_at_steps(ticks, step))

    @classmethod
    def down_to_zero(cls, heights: Array, rows: int) -> "Ruler":
        """An upright ruler from 0 to the greatest of ``heights``, which are finite and not negative, at least one."""
        return cls.upright(0.0, float(heights.max()), rows)

    @classmethod
    def powers(cls, heights: Array, rows: int, *, superscripts: bool = True) -> "Ruler":
        """An upright ruler with powers of ten as ticks, or with other round numbers where three powers do not fit.

        ``heights`` are finite logarithms, at least one.
        """
        low, high = _with_span(float(heights.min()), float(heights.max()))
        if high - low < _FEWEST_TICKS - 1 and (found := logarithmic_ticks(low, high, rows)):
            return cls(found.low, found.high, found.ticks, _number_labels(found, superscripts=superscripts))
        least_step = 1.0 if high - low >= _FEWEST_TICKS - 1 else _LEAST_POWER_STEP
        low, high, step, ticks = _ticks_on_lines(low, high, rows, least_step)
        decimals = _decimals(step)
        return cls(low, high, ticks, [_power_label(tick, decimals, superscripts=superscripts) for tick in ticks])

    @classmethod
    def powers_across(cls, heights: Array, most: int = 5, *, superscripts: bool = True) -> "Ruler":
        """A ruler from the least to the greatest of ``heights``, which are logarithms, with whole powers of ten."""
        low, high = float(heights.min()), float(heights.max())
        step = next(step for step in (1, 2, 3, 5, 10, 20, 50, 100, 200) if (high - low) / step <= most)
        first, last = math.ceil(low / step - _ROUNDING), math.floor(high / step + _ROUNDING)
        ticks = [float(i * step) for i in range(first, last + 1)]
        return cls(
            low,
            high if high > low else low + 1,
            ticks,
            [_power_label(one, 0, superscripts=superscripts) for one in ticks],
        )

    @classmethod
    def iterations(cls, first: int, last: int, width: int, *, is_logarithmic: bool = False) -> "Ruler":
        """A ruler from iteration ``first`` to ``last``, and at least to the one after it, ``width`` columns long."""
        last = max(first + 1, last)
        most = max(2, width // _COLUMNS_PER_TICK)
        if is_logarithmic:
            powers = [10.0**power for power in range(len(str(last)))]
            inner = powers if len([power for power in powers if first <= power <= last]) > 1 else [float(last)]
        else:
            inner = linear_ticks(0.0 if first == 1 else float(first), float(last), most)
        ticks = [float(first), *(tick for tick in inner if first < tick <= last and tick == int(tick))]
        return cls(float(first), float(last), ticks, [group_digits(int(tick)) for tick in ticks], is_logarithmic)

    def fraction(self, value: float) -> float:
        """Where ``value`` lies between the limits: 0 at the low one, 1 at the high one."""
        return float(self.fractions(np.array([value]))[0])

    def fractions(self, values: Array) -> Array:
        """Where each of ``values`` lies between the limits."""
        low, high = self.low, self.high
        if self.is_logarithmic:
            values, low, high = np.log(values), math.log(low), math.log(high)
        # Halves, as the difference of two limits may overflow.
        return (values / 2 - low / 2) / (high / 2 - low / 2)

    def value_at(self, fraction: float) -> float:
        """The value that lies at ``fraction`` of the way from the low limit to the high one."""
        if self.is_logarithmic:
            return self.low * math.pow(self.high / self.low, fraction)
        return self.low * (1 - fraction) + self.high * fraction


def linear_ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Round numbers from ``low`` up to ``high``, at steps of 1, 2 or 5 times a power of ten."""
    span = high - low
    if not (span > _LEAST_SPAN and math.isfinite(span)):
        return [low]
    power = 10.0 ** math.floor(math.log10(span / most))
    step = next(power * factor for factor in (1, 2, 5, 10, 20) if span / (power * factor) <= most)
    first, last = math.ceil(low / step), math.floor(high / step + _ROUNDING)
    return [float(f"{i * step:.12g}") for i in range(first, last + 1)]


def tick_labels(ticks: list[float]) -> list[str]:
    """The labels of evenly spaced ticks, all with as many decimals as the step between them needs."""
    return _labels_at_steps(ticks, ticks[1] - ticks[0]) if len(ticks) > 1 else [f"{tick:.6g}" for tick in ticks]


def _with_span(low: float, high: float) -> tuple[float, float]:
    """``low`` and ``high``, moved apart where they are too close to be told apart on a chart."""
    if high - low > max(abs(low), abs(high)) * _ROUNDING and high - low > _LEAST_SPAN:
        return low, high
    return (low, low + (abs(low) or 1.0)) if low >= 0 else (low, low + abs(low))


def _ticks_on_lines(
    low: float, high: float, rows: int, least_step: float = 0.0
) -> tuple[float, float, float, list[float]]:
    """Limits around ``low`` to ``high``, the step between the ticks, and the ticks, for a chart of ``rows`` lines.

    A step takes a whole number of lines, so that the ticks look as evenly spaced as they are. Among such rulers with
    three ticks or more, the one whose limits lie closest around ``low`` to ``high`` is taken.
    """
    if not math.isfinite(high - low):
        return low, high, 1.0, [low]
    steps = _steps(high - low, least_step)
    candidates = [one for step in steps for one in _candidates(low, high, rows, step)]
    if not candidates:
        return low, high, high - low, [low]
    _distance, bottom, top, step, first, count = min(candidates)
    return bottom, top, step, [float(f"{(first + i) * step:.12g}") for i in range(count)]


def _steps(span: float, least: float) -> Iterator[float]:
    """Round numbers that may lie between the ticks of a ruler."""
    power = math.floor(math.log10(span / _MOST_TICKS))
    for exponent in (power - 1, power, power + 1):
        for factor in _FACTORS if not least else _POWERS_TO_STEP if exponent >= 0 else _PARTS_OF_A_POWER:
            step = float(f"{factor}e{exponent}")
            if step >= least:
                yield step


def _candidates(
    low: float, high: float, rows: int, step: float
) -> Iterator[tuple[float, float, float, float, int, int]]:
    """Rulers with ticks at ``step``: how far each is from a good one, its limits, the step, ``first`` and ``count``.

    The ticks are at (first + i) · step for i = 0, …, count − 1.
    """
    last_dot = DOTS_UP * rows - 1
    wanted, fewest = min(max(_FEWEST_TICKS, rows // _ROWS_PER_TICK), _MOST_TICKS), min(_FEWEST_TICKS, rows)
    firsts = {math.ceil(low / step - _ROUNDING), math.floor(low / step + _ROUNDING)}
    for lines in range(1, rows):
        dot = step / (DOTS_UP * lines)
        # The more lines a step takes, the less all dots span, and the fewer ticks there are.
        if last_dot * dot < (high - low) * _NEARLY_WHOLE or last_dot // (DOTS_UP * lines) + 1 < fewest:
            break
        for first in firsts:
            dots_below = _dot_of_a_tick(max(0, math.ceil((first * step - low) / dot - _ROUNDING)))
            bottom = first * step - dots_below * dot
            top = bottom + last_dot * dot
            count = (last_dot - dots_below) // (DOTS_UP * lines) + 1
            if top < high - _ROUNDING * dot or count < fewest:
                continue
            empty = (top - bottom) / (high - low) - 1
            crowded = _CROWDED * (lines == 1 and rows > _ROWS_WITHOUT_GAPS)
            yield empty + crowded + _TICK_MORE * abs(count - wanted), bottom, top, step, first, count


def _dot_of_a_tick(least: int) -> int:
    """The first dot from ``least`` on, counted from the bottom of a chart, that lies beside the middle of its cell."""
    return least + _TO_A_TICK[least % DOTS_UP]


def _decimals(step: float) -> int:
    """How many decimals multiples of ``step`` need; a step of 2.5 needs one more than one of 2."""
    decimals = max(0, -math.floor(math.log10(step) + _ROUNDING))
    return decimals + bool(round(step * 10.0**decimals, 6) % 1)


def _labels_at_steps(ticks: list[float], step: float) -> list[str]:
    widest = max(map(abs, ticks))
    if not (math.isfinite(step) and step > _LEAST_SPAN):
        return [f"{tick:.6g}" for tick in ticks]
    decimals = _decimals(step)
    if decimals <= _WIDEST_DECIMALS and widest < 10**_WIDEST_DECIMALS:
        return [f"{tick:.{decimals}f}" if tick else "0" for tick in ticks]
    # Equal exponents, so that the numbers before them can be compared.
    exponent = math.floor(math.log10(widest)) if widest else 0
    shown = _decimals(float(f"{step / 10.0**exponent:.6g}"))
    return [f"{tick / 10.0**exponent:.{shown}f}e{exponent}" if tick else "0" for tick in ticks]


def _number_labels(found: LogarithmicTicks, *, superscripts: bool) -> list[str]:
    """The numbers at the ticks of a logarithmic axis: 0.02, or 2·10⁻⁵ where they are small or large."""
    if _PLAIN[0] <= found.numbers[0] and found.numbers[-1] < _PLAIN[1]:
        return tick_labels(found.numbers) if found.are_even else [f"{number:.12g}" for number in found.numbers]
    power = math.floor(found.ticks[0] + _ROUNDING) if found.are_even else None
    return [_with_power(number, power, superscripts=superscripts) for number in found.numbers]


def _with_power(number: float, power: int | None, *, superscripts: bool) -> str:
    """A number as a factor times a power of ten: its own, or a given ``power``."""
    power = math.floor(math.log10(number) + _ROUNDING) if power is None else power
    factor, label = f"{number / 10.0**power:.6g}", _power_label(power, 0, superscripts=superscripts)
    if not superscripts:
        return factor + label.removeprefix("1")
    return label if factor == "1" else f"{factor}·{label}"


def _power_label(tick: float, decimals: int, *, superscripts: bool) -> str:
    power = f"{tick:.{decimals}f}"
    if superscripts:
        return "10" + power.translate(_SUPERSCRIPT)
    return f"10^{power}" if decimals else f"1e{power}"
