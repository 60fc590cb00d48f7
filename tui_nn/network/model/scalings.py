"""Scalings: what is subtracted from each column of the data, and what it is divided by, before the network gets it."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.network.model.array import Array, frozen
from tui_nn.network.model.errors import ValidationError, quoted

NO_SCALING = "none"
COLUMN_MAX = "column max"
COLUMN_ABS_MAX = "column abs max"
MIN_MAX = "min-max"
STANDARDISE = "standardise"

Scaling: TypeAlias = str | tuple[float, ...]
"""The name of one of `NAMED_SCALINGS`, or one divisor for each column."""


def _zeros(table: Array) -> Array:
    return np.zeros(table.shape[1])


@frozen_dataclass
class NamedScaling:
    """A scaling that takes its shifts and divisors from the data: each number becomes (x − shift) / divisor.

    ``divisors(table)`` gives one for each column of x or y, shape (columns,), and so does ``shifts(table)``.
    ``shift_sign`` and ``divisor_sign`` stand for them in a formula; without them, it has their numbers.
    ``turns_signs`` is true if a divisor may be below 0: the numbers of its column get the opposite sign.
    """

    name: str
    divisors: Callable[[Array], Array]
    shifts: Callable[[Array], Array] = _zeros
    shift_sign: str = ""
    divisor_sign: str = ""
    turns_signs: bool = False


def _ones(table: Array) -> Array:
    return np.ones(table.shape[1])


def _greatest(table: Array) -> Array:
    return np.asarray(table.max(axis=0))


def _greatest_without_sign(table: Array) -> Array:
    """The largest |x| of each column, shape (columns,); 1 for a column that is 0 everywhere, so that it stays 0."""
    greatest = np.abs(table).max(axis=0)
    return np.where(greatest == 0, 1.0, greatest)


def _least(table: Array) -> Array:
    return np.asarray(table.min(axis=0))


def _varies(table: Array) -> NDArray[np.bool_]:
    """Whether the numbers of each column are not all the same, shape (columns,)."""
    varies: NDArray[np.bool_] = table.max(axis=0) != table.min(axis=0)
    return varies


def _range(table: Array) -> Array:
    """The greatest number of each column minus its least, shape (columns,); 1 for a column that does not vary."""
    return np.where(_varies(table), table.max(axis=0) - table.min(axis=0), 1.0)


def _mean(table: Array) -> Array:
    # The mean of equal numbers may be rounded to another number.
    return np.asarray(np.where(_varies(table), table.mean(axis=0), table[0]))


def _standard_deviation(table: Array) -> Array:
    """√(Σ (x − mean)² / (n − 1)) of each column, as R's sd, shape (columns,); 1 for a column that does not vary."""
    squares = ((table - table.mean(axis=0)) ** 2).sum(axis=0)
    return np.where(_varies(table), np.sqrt(squares / max(1, len(table) - 1)), 1.0)


NAMED_SCALINGS = {
    scaling.name: scaling
    for scaling in (
        NamedScaling(NO_SCALING, _ones),
        NamedScaling(COLUMN_MAX, _greatest, turns_signs=True),
        NamedScaling(COLUMN_ABS_MAX, _greatest_without_sign),
        NamedScaling(MIN_MAX, _range, _least, "min", "(max − min)"),
        NamedScaling(STANDARDISE, _standard_deviation, _mean, "mean", "sd"),
    )
}
"""The scalings that have a name in a session file, in the order in which the screen offers them."""


def shifts(scaling: Scaling, table: Array) -> Array:
    """What is subtracted from each column of ``table``, shape (columns,); inf or nan where numbers are too large."""
    with np.errstate(all="ignore"):
        return frozen(NAMED_SCALINGS[scaling].shifts(table) if scaling in NAMED_SCALINGS else _zeros(table))


def divisors(key: str, scaling: Scaling, table: Array, names: tuple[str, ...], first_column: int) -> Array:
    """What each column of ``table`` is divided by, shape (columns,).

    ``key`` is the setting that an error names; ``first_column`` is the number of the table's first column, counted
    over x and y. Raises `ValidationError` if a divisor is 0 or not finite, or if there is not one divisor for each
    column.
    """
    if isinstance(scaling, str):
        if scaling not in NAMED_SCALINGS:
            known = ", ".join(map(quoted, NAMED_SCALINGS))
            expected = _("{known} or a divisor for each column", known=known)
            raise ValidationError(key, quoted(scaling), expected)
        with np.errstate(all="ignore"):
            found = NAMED_SCALINGS[scaling].divisors(table)
    elif len(scaling) != table.shape[1]:
        found_there = _("a list of {length}", length=len(scaling))
        raise ValidationError(key, found_there, _one_for_each(table.shape[1]))
    else:
        found = np.array(scaling, dtype=float)
    for column, divisor in enumerate(found.tolist(), start=1):
        if divisor == 0 or not np.isfinite(divisor):
            place, name = first_column + column - 1, names[column - 1]
            by = f"{divisor:g}"
            what = _("a division by {divisor} in column {column}", divisor=by, column=column)
            if not isinstance(scaling, str):
                raise ValidationError(key, what, _("divisors that are finite and not 0"))
            if NAMED_SCALINGS[scaling].divisor_sign:
                sentence = _(
                    "The numbers of column {column} ({name}) are too far apart or too close for this. "
                    "Choose another scaling.",
                    column=place,
                    name=name,
                )
            else:
                sentence = _zero_sentence(place, name, is_zero=not table[:, column - 1].any())
            raise ValidationError(key, what, _("another scaling"), sentence)
    return frozen(found)


def _one_for_each(columns: int) -> str:
    if columns == 1:
        return _("1 divisor, for its one column")
    return _("{columns} divisors, one for each column", columns=columns)


def _zero_sentence(column: int, name: str, *, is_zero: bool) -> str:
    if is_zero:
        return _(
            "Column {column} ({name}) is 0 everywhere, so it can't be divided by its maximum. Choose another scaling.",
            column=column,
            name=name,
        )
    return _(
        "The maximum of column {column} ({name}) is 0, so it can't be divided by it. Choose another scaling.",
        column=column,
        name=name,
    )
