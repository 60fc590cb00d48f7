"""How exactly a printed number is known: half a unit of the last digit that the program gave."""

import re
from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.model.array import Array

NUMBER = r"[-+−]?(?:\d++(?:\.\d*+)?|\.\d++)(?:[eE][-+−]?\d{1,5}+)?+"
"""The pattern of a number with a decimal point."""
_MISSING = frozenset({"na", "nan", "null", "none", "<na>", "", "-", "n/a", "missing"})
_INFINITE = frozenset({"inf", "infinity", "∞", "1.#inf"})
_NUMBER = re.compile(NUMBER, re.ASCII)
_MOST_DECIMALS = 330
_MANY = 10**9
_AT_ONCE = 50_000
Places = NDArray[np.int64]


def clean_number(text: str) -> str | None:
    """``text`` as Python writes that number, "nan" for a missing one; None if ``text`` is no number."""
    if _NUMBER.fullmatch(text):
        return text.replace("−", "-")
    folded = text.casefold()
    if folded in _MISSING:
        return "nan"
    unsigned = folded.lstrip("+-−")
    if unsigned in _INFINITE and len(folded) - len(unsigned) <= 1:
        return "-inf" if folded[0] in "-−" else "inf"
    if unsigned == "nan":
        return "nan"
    # R writes 3L for a whole number.
    if text.endswith("L") and text[:-1].isascii() and text[:-1].lstrip("-").isdigit():
        return text[:-1]
    return None


@frozen_dataclass(eq=False)
class _Digits:
    """What each cell shows: decimals, significant digits, zeros at the end of its decimals, a power of ten."""

    decimals: Places
    significant: Places
    zeros: Places
    is_scientific: NDArray[np.bool_]


def numbers_and_tolerance(rows: Sequence[Sequence[str]]) -> tuple[Array, Array]:
    """The numbers of ``rows``, which are equally long and as `clean_number` gives them, and the tolerance of each."""
    shape = len(rows), len(rows[0])
    cells = list(chain.from_iterable(rows))
    numbers = np.fromiter(map(float, cells), np.float64, len(cells)).reshape(shape)
    return numbers, _tolerance(numbers, _digits_of(cells, shape))


def _digits_of(cells: Sequence[str], shape: tuple[int, int]) -> _Digits:
    """What each of ``cells`` shows."""
    parts = [_counted(cells[first : first + _AT_ONCE]) for first in range(0, len(cells), _AT_ONCE)]
    decimals, significant, zeros, powers = (np.concatenate(part).reshape(shape) for part in zip(*parts, strict=True))
    return _Digits(decimals, significant, zeros, powers.astype(np.bool_))


def _counted(cells: Sequence[str]) -> tuple[Places, Places, Places, Places]:
    """Decimals, significant digits, zeros at the end of the decimals, and 1 where a cell has a power of ten.

    All are counted at once in the text that the cells make together.
    """
    text = np.frombuffer("\n".join([*cells, ""]).encode("ascii"), np.uint8)
    ends = np.flatnonzero(text == ord("\n"))
    powers = np.flatnonzero((text == ord("e")) | (text == ord("E")))
    of_power = np.searchsorted(ends, powers)
    has_power, power = np.zeros((2, len(ends)), np.int64)
    has_power[of_power] = 1
    power[of_power] = [int(cells[cell].lower().partition("e")[2]) for cell in of_power.tolist()]
    behind = ends.copy()
    behind[of_power] = powers
    # The digits of a power are no digits of the number.
    is_power = np.zeros(len(text) + 1, np.int8)
    is_power[powers] += 1
    is_power[ends[of_power]] -= 1
    is_digit = (text >= ord("0")) & (text <= ord("9")) & (np.cumsum(is_power[:-1], dtype=np.int8) == 0)
    decimals, significant, zeros = np.zeros((3, len(ends)), np.int64)
    points = np.flatnonzero(text == ord("."))
    of_point = np.searchsorted(ends, points)
    decimals[of_point] = behind[of_point] - points - 1
    # The first and the last digit of each cell that is no 0.
    others = np.flatnonzero(is_digit & (text != ord("0")))
    of_other = np.searchsorted(ends, others)
    first = np.flatnonzero(np.diff(of_other, prepend=-1))
    last = np.flatnonzero(np.diff(of_other, append=len(ends)))
    digits_before = np.concatenate([[0], np.cumsum(is_digit)])
    having = of_other[first]
    significant[having] = digits_before[behind[having]] - digits_before[others[first]]
    zeros[having] = digits_before[behind[having]] - digits_before[others[last] + 1]
    return decimals - power, significant, np.minimum(zeros, decimals), has_power


def _tolerance(numbers: Array, digits: _Digits) -> Array:
    tolerance = np.zeros_like(numbers)
    is_given = np.isfinite(numbers)
    for among in (is_given & ~digits.is_scientific, is_given & digits.is_scientific):
        if among.any():
            tolerance[among] = _as_one(digits, among)[among]
    _widen_columns(tolerance, digits, is_given)
    return tolerance


def _as_one(digits: _Digits, among: NDArray[np.bool_]) -> Array:
    """The tolerance of the cells ``among``, which a program printed in one way.

    Programs leave out zeros at the end: beside 0.287, 0.37 stands for 0.370. So the cell with the most decimals says
    how many all have. R fills up with zeros what `signif` has rounded, as in 0.00235 and 0.001310. So the zeros at the
    end of longer numbers do not count, if a cell needs all decimals.
    """
    decimals = int(digits.decimals[among].max())
    needs_them = among & (digits.decimals == decimals) & (digits.zeros == 0) & (digits.significant > 0)
    given = digits.significant - digits.zeros if needs_them.any() else digits.significant
    most = max(int(given[among].max()), 1)
    leading = digits.significant - digits.decimals - 1
    by_digits = np.where(digits.significant > 0, _half_unit(most - 1 - leading), 0.0)
    return np.maximum(_half_unit(np.full_like(digits.decimals, decimals)), by_digits)


def _half_unit(decimals: Places) -> Array:
    return np.asarray(0.5 * 10.0 ** -np.clip(decimals, -300, _MOST_DECIMALS).astype(np.float64), dtype=np.float64)


def _widen_columns(tolerance: Array, digits: _Digits, is_given: NDArray[np.bool_]) -> None:
    """Widens ``tolerance`` where R gave each column decimals of its own, so that all have the same significant digits.

    R leaves out the zeros at the end that all cells of a column have. So a column with fewer digits than the finest one
    has that many zeros more, if the program printed significant digits or rounded to decimals.
    """
    is_fixed = is_given & ~digits.is_scientific & (digits.significant > 0)
    if digits.decimals.shape[1] == 1 or not is_fixed.any():
        return
    places = np.where(is_given, digits.decimals, _MANY).min(axis=0)
    most_places = np.where(is_given, digits.decimals, -_MANY).max(axis=0)
    has_powers = (is_given & digits.is_scientific).any(axis=0)
    is_uniform = is_fixed.any(axis=0) & (places == most_places) & ~has_powers
    fewest = np.where(is_fixed, digits.significant, _MANY).min(axis=0)
    most = np.where(is_fixed, digits.significant, 0).max(axis=0)
    finest = int(digits.decimals[is_fixed].max())
    least = int(np.where(is_uniform & (places == finest), fewest, _MANY).min())
    shown = np.minimum(places + np.maximum(least - most, 0), finest)
    own = np.where(is_uniform, _half_unit(shown), 0.0)
    np.copyto(tolerance, np.maximum(tolerance, own), where=is_given)
