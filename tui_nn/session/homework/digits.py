"""How exactly a printed number is known: half a unit of the last digit that the program gave."""

import re
from array import array
from collections.abc import Sequence

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

    def column(self, column: int) -> "_Digits":
        return _Digits(*(of[:, [column]] for of in (self.decimals, self.significant, self.zeros, self.is_scientific)))


def numbers_and_tolerance(rows: Sequence[Sequence[str]]) -> tuple[Array, Array]:
    """The numbers of ``rows``, which are equally long and as `clean_number` gives them, and the tolerance of each."""
    shape = len(rows), len(rows[0])
    values = array("d")
    found = array("q"), array("q"), array("q"), array("q")
    for row in rows:
        values.extend(map(float, row))
        for cell in row:
            for one, number in zip(found, _digits_of(cell), strict=True):
                one.append(number)
    numbers = np.array(values, dtype=np.float64).reshape(shape)
    decimals, significant, zeros, powers = (np.array(one, dtype=np.int64).reshape(shape) for one in found)
    return numbers, _tolerance(numbers, _Digits(decimals, significant, zeros, powers.astype(np.bool_)))


def _digits_of(cell: str) -> tuple[int, int, int, int]:
    """Decimals, significant digits, zeros at the end of the decimals, and 1 if there is a power of ten."""
    mantissa, has_power, power = cell.replace("E", "e").partition("e")
    whole, _, decimals = mantissa.lstrip("+-").partition(".")
    significant = len((whole + decimals).lstrip("0"))
    zeros = len(decimals) - len(decimals.rstrip("0"))
    return len(decimals) - (int(power) if has_power else 0), significant, min(zeros, significant), bool(has_power)


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

    Programs leave out zeros at the end: beside 0.287, 0.37 stands for 0.370. So the cell with the most decimals says how
    many all have. R fills up with zeros what `signif` has rounded, as in 0.00235 and 0.001310: so where all other cells
    end in such zeros, the cell with the most other digits says how many digits are given.
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

    A column whose cells are all as exact as the finest column is one of these. In a matrix that the program rounded to
    so many decimals, such a column would have fewer digits, since all its cells end in zeros that R left out.
    """
    is_fixed = is_given & ~digits.is_scientific & (digits.significant > 0)
    if not is_fixed.any() or digits.decimals.shape[1] == 1:
        return
    finest = int(digits.decimals[is_fixed].max())
    uniform: list[tuple[int, int, int, int]] = []
    for column in range(digits.decimals.shape[1]):
        cells = is_fixed[:, column]
        places = digits.decimals[:, column][is_given[:, column]]
        if cells.any() and not digits.is_scientific[:, column].any() and (places == places[0]).all():
            shown = digits.significant[:, column][cells]
            uniform.append((column, int(places[0]), int(shown.min()), int(shown.max())))
    least = min((fewest for _, places, fewest, _ in uniform if places == finest), default=None)
    for column, places, _, most in uniform:
        if least is not None and places < finest and most >= least:
            own = _half_unit(np.array([places]))[0]
            cells = is_given[:, column]
            tolerance[cells, column] = np.maximum(tolerance[cells, column], own)
