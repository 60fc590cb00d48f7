"""Scalings: what each column of the data is divided by before the network gets it."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.model.array import Array, frozen
from tui_nn.network.model.errors import ValidationError

NO_SCALING = "none"
COLUMN_MAX = "column max"
COLUMN_ABS_MAX = "column abs max"

Scaling: TypeAlias = str | tuple[float, ...]
"""The name of one of `NAMED_SCALINGS`, or one divisor for each column."""


@frozen_dataclass
class NamedScaling:
    """A scaling that takes its divisors from the data.

    ``divisors(table)`` gives one for each column of x or y, shape (columns,). ``turns_signs`` is true if a divisor may
    be below 0: the numbers of its column get the opposite sign.
    """

    name: str
    divisors: Callable[[Array], Array]
    turns_signs: bool = False


def _ones(table: Array) -> Array:
    return np.ones(table.shape[1])


def _greatest(table: Array) -> Array:
    return np.asarray(table.max(axis=0))


def _greatest_without_sign(table: Array) -> Array:
    """The largest |x| of each column, shape (columns,); 1 for a column that is 0 everywhere, so that it stays 0."""
    greatest = np.abs(table).max(axis=0)
    return np.where(greatest == 0, 1.0, greatest)


NAMED_SCALINGS = {
    scaling.name: scaling
    for scaling in (
        NamedScaling(NO_SCALING, _ones),
        NamedScaling(COLUMN_MAX, _greatest, turns_signs=True),
        NamedScaling(COLUMN_ABS_MAX, _greatest_without_sign),
    )
}
"""The scalings that have a name in a session file, in the order in which the screen offers them."""


def divisors(key: str, scaling: Scaling, table: Array, names: tuple[str, ...], first_column: int) -> Array:
    """What each column of ``table`` is divided by, shape (columns,).

    ``key`` is the setting that an error names; ``first_column`` is the number of the table's first column, counted
    over x and y. Raises `ValidationError` if a divisor is 0 or not finite, or if there is not one divisor for each
    column.
    """
    if isinstance(scaling, str):
        if scaling not in NAMED_SCALINGS:
            known = ", ".join(f'"{name}"' for name in NAMED_SCALINGS)
            raise ValidationError(key, f'"{scaling}"', f"{known} or a divisor for each column")
        found = NAMED_SCALINGS[scaling].divisors(table)
    elif len(scaling) != table.shape[1]:
        raise ValidationError(key, f"a list of {len(scaling)}", _one_for_each(table.shape[1]))
    else:
        found = np.array(scaling, dtype=float)
    for column, divisor in enumerate(found.tolist(), start=1):
        if divisor == 0 or not np.isfinite(divisor):
            called = f"column {first_column + column - 1} ({names[column - 1]})"
            what = f"a division by {divisor:g} in column {column}"
            if not isinstance(scaling, str):
                raise ValidationError(key, what, "divisors that are finite and not 0")
            raise ValidationError(
                key, what, "another scaling", _zero_sentence(called, is_zero=not table[:, column - 1].any())
            )
    return frozen(found)


def _one_for_each(columns: int) -> str:
    return "1 divisor, for its one column" if columns == 1 else f"{columns} divisors, one for each column"


def _zero_sentence(called: str, *, is_zero: bool) -> str:
    if is_zero:
        what = f"{called[0].upper()}{called[1:]} is 0 everywhere, so it can't be divided by its maximum."
    else:
        what = f"The maximum of {called} is 0, so it can't be divided by it."
    return f"{what} Choose another scaling."
