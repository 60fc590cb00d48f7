"""Writes numbers."""

import math
from collections import OrderedDict
from weakref import ReferenceType, ref

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.network.model.array import Array

OVERFLOW = _("overflow")
"""Stands in place of a number that is not finite."""
_R_DIGITS = 7
DECIMALS = 4
_MOST_DECIMALS = 7
_WIDEST_FIXED = 1e5
_SIGNIFICANT = 4
_LEAST_IN_DECIMALS, _MOST_IN_DECIMALS = 0.1, 100.0


def group_digits(number: int) -> str:
    """``number`` in groups of three digits: 10000 as 10 000."""
    return f"{number:,}".replace(",", " ")


def shortest_text(value: float) -> str:
    """``value`` in the fewest digits that tell it from every other double: 0.1, 5, 1e-07."""
    return repr(unsigned_zero(value)).removesuffix(".0")


def unsigned_zero(value: float) -> float:
    """``value``, but 0 for −0. Every function here that writes a number calls this first, so that no user sees -0."""
    return value + 0.0


def rounded_text(value: float, digits: int = _R_DIGITS) -> str:
    """``value`` rounded to ``digits`` significant digits, without trailing zeros, as R prints a number."""
    return r_columns(np.array([[value]]), digits)[0][0].strip()


def two_digits(value: float) -> str:
    """``value`` short enough for the edge of a network: two decimals, or two digits where it is small or huge."""
    return (
        f"{value:.2f}" if _LEAST_IN_DECIMALS <= abs(value) < _MOST_IN_DECIMALS or value == 0 else rounded_text(value, 2)
    )


def r_columns(matrix: Array, digits: int = _R_DIGITS) -> list[list[str]]:
    """The cells of ``matrix``, row by row, each column aligned and with as many decimals as R's print gives it.

    R rounds each cell of a column to ``digits`` significant digits. It writes all cells of the column with as many
    decimals as the one that needs most, or in scientific notation if that is shorter. Source: R's format.c, formatReal.
    """
    columns = (_r_column([unsigned_zero(float(cell)) for cell in column], digits) for column in matrix.T)
    return [list(row) for row in zip(*columns, strict=True)]


def _r_column(cells: list[float], digits: int) -> list[str]:
    finite = [cell for cell in cells if math.isfinite(cell)]
    needed = [_digits_and_exponent(cell, digits) for cell in finite]
    decimals = max((max(0, count - 1 - exponent) for count, exponent in needed), default=0)
    mantissa = max((count - 1 for count, _exponent in needed), default=0)
    fixed = [f"{cell:.{decimals}f}" for cell in finite]
    scientific = [f"{cell:.{mantissa}e}" for cell in finite]
    chosen = iter(fixed if max(map(len, fixed), default=0) <= max(map(len, scientific), default=0) else scientific)
    written = [next(chosen) if math.isfinite(cell) else OVERFLOW for cell in cells]
    width = max(map(len, written))
    return [cell.rjust(width) for cell in written]


def _digits_and_exponent(value: float, digits: int) -> tuple[int, int]:
    """How many significant digits are left when ``value`` is rounded to ``digits``, and its exponent of ten."""
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    return max(1, len(mantissa.lstrip("-").replace(".", "").rstrip("0"))), int(exponent)


@frozen_dataclass
class Format:
    """The format of all cells of one matrix, which puts their decimal points below each other."""

    decimals: int
    scientific: bool
    width: int
    minus: str = "−"

    def __call__(self, value: float) -> str:
        """``value``, right-aligned in `width` columns; an infinite value as ∞, an undefined one as a dash."""
        if math.isfinite(value):
            written = f"{value:.{self.decimals}{'e' if self.scientific else 'f'}}"
            # A number that rounds to zero is written without a sign.
            if written.startswith("-") and float(written) == 0:
                written = written[1:]
        elif math.isnan(value):
            written = "—" if self.minus != "-" else "?"
        else:
            written = ("∞" if self.minus != "-" else "inf") if value > 0 else ("-∞" if self.minus != "-" else "-inf")
        return written.replace("-", self.minus).rjust(self.width)


@frozen_dataclass
class Digits:
    """What the user chose to see of numbers: how many decimals (None: automatic), and whether as powers of ten."""

    decimals: int | None = None
    scientific: bool = False


AUTOMATIC_DIGITS = Digits()
FEWEST_DECIMALS, MOST_DECIMALS = 2, 17


def matrix_format(
    matrix: Array,
    minus: str = "−",
    least_width: int = 0,
    digits: Digits = AUTOMATIC_DIGITS,
    *,
    can_be_negative: bool = False,
) -> Format:
    """The format in which the largest cell of ``matrix`` shows four significant digits, and at least four decimals.

    With ``can_be_negative`` it keeps room for a sign, so that nothing moves when a number becomes negative.
    If the user chose other ``digits``, the format has these. Numbers that are too long become powers of ten anyway.
    """
    magnitudes = np.abs(matrix[np.isfinite(matrix)])
    largest = float(magnitudes.max()) if magnitudes.size else 0.0
    exponent = math.floor(math.log10(largest)) if largest else 0
    decimals = max(DECIMALS, _SIGNIFICANT - 1 - exponent)
    scientific = digits.scientific or largest >= _WIDEST_FIXED
    if digits.decimals is not None:
        decimals = digits.decimals
    elif scientific or decimals > _MOST_DECIMALS:
        scientific, decimals = True, _SIGNIFICANT - 1
    unsized = Format(decimals, scientific, 0, minus)
    width = max(len(unsized(0.0)), width_needed(matrix, unsized))
    if can_be_negative:
        width = max(width, 1 + len(unsized(largest)), 1 + least_width)
    return Format(decimals, scientific, max(width, least_width), minus)


def width_needed(matrix: Array, number_format: Format) -> int:
    """The columns of the longest cell of ``matrix``, without the blanks before it."""
    return max(len(number_format(cell).lstrip()) for cell in _extremes(matrix))


_MOST_KNOWN = 64
_known_extremes: OrderedDict[int, tuple[ReferenceType[Array], list[float]]] = OrderedDict()
"""The cells that `_extremes` found, by the ids of the matrices, which may be gone by now."""


def _extremes(matrix: Array) -> list[float]:
    """A few cells, among which is the one that takes most columns: the extremes of each sign, 0, infinities and nan.

    A layout asks for those of the same matrix dozens of times: they are kept for matrices that nobody can change.
    """
    owner = matrix if matrix.base is None else matrix.base
    # A read-only view still changes when its base array is written to.
    if matrix.flags.writeable or not isinstance(owner, np.ndarray) or owner.flags.writeable or not owner.flags.owndata:
        return _new_extremes(matrix)
    known = _known_extremes.pop(id(matrix), None)
    if known is None or known[0]() is not matrix:
        known = ref(matrix), _new_extremes(matrix)
    _known_extremes[id(matrix)] = known
    while len(_known_extremes) > _MOST_KNOWN:
        _known_extremes.popitem(last=False)
    return known[1]


def _new_extremes(matrix: Array) -> list[float]:
    if matrix.size and ((low := float(matrix.min())) > 0 or float(matrix.max()) < 0) and np.isfinite(matrix).all():
        return [low, float(matrix.max())]
    finite, others = matrix[np.isfinite(matrix)], matrix[~np.isfinite(matrix)]
    # np.unique imports numpy's masked arrays; most matrices are finite and do not need it.
    extremes: list[float] = np.unique(others).tolist() if others.size else []
    for cells in (finite[finite > 0], finite[finite < 0], finite[finite == 0]):
        if cells.size:
            extremes += [float(cells.max()), float(cells.min())]
    return extremes
