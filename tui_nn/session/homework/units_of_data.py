"""Numbers that a program prints in the units of the data, or as errors, in place of what the network computes."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from tui_nn.network import Dataset
from tui_nn.network.diagnosis.given import GivenMatrix
from tui_nn.network.model.array import Array
from tui_nn.session.homework.printed_numbers import PrintedMatrix
from tui_nn.session.homework.quantities import is_error

# Of a long list, so many numbers are looked at.
_LOOKED_AT = 5


def from_units(given: GivenMatrix, data: Dataset, right: Array) -> GivenMatrix | None:
    """Ŷ that was printed in the units of y, if it agrees with ``right`` once it is scaled; None if not."""
    if (data.y_divisors == 1).all() and not data.y_shifts.any():
        return None
    scaled = replace(
        given,
        numbers=(given.numbers - data.y_shifts) / data.y_divisors,
        tolerance=given.tolerance / np.abs(data.y_divisors),
    )
    return scaled if scaled.agrees(right) else None


def are_errors(one: PrintedMatrix, ours: Mapping[str, Array]) -> bool:
    """Whether these are the errors y − ŷ or ŷ − y of the matrices ``ours``, which a program may call error as well."""
    errors = ours["Y"] - ours["Y_hat"]
    if one.numbers.size != errors.size or errors.size == 1:
        return False
    given = GivenMatrix("errors", 1, one.numbers.reshape(errors.shape), one.tolerance.reshape(errors.shape))
    return given.agrees(errors) or given.agrees(-errors)


def are_sizes_of_errors(
    one: PrintedMatrix, at: int, ours: Callable[[int], Mapping[str, Array]], last: int, *, has_cost: bool
) -> bool:
    """Whether numbers that a program calls error are not J, but tell how far Ŷ is from Y: max, mean, norm, ….

    ``at`` is the iteration of a single number. If the text ``has_cost`` besides, all that differ from J are.
    """
    if not is_error(one.label) or (one.iterations is None and one.numbers.size > 1):
        return False
    iterations = [*(one.iterations or (at,))][:_LOOKED_AT]
    if not all(1 <= iteration <= last for iteration in iterations):
        return False
    cells = zip(iterations, one.numbers.ravel().tolist(), one.tolerance.ravel().tolist(), strict=False)
    pairs = [(ours(iteration), number, tolerance) for iteration, number, tolerance in cells]
    if all(abs(number - right["J"].item()) <= tolerance for right, number, tolerance in pairs):
        return False
    if has_cost:
        return True
    return all(
        np.any(np.abs(_sizes(right["Y"] - right["Y_hat"]) - number) <= tolerance) for right, number, tolerance in pairs
    )


def _sizes(errors: Array) -> Array:
    """What programs compute of errors to tell how large they are."""
    sizes, squares = np.abs(errors), errors**2
    found = [sizes.max(), sizes.min(), sizes.mean(), sizes.sum(), np.median(sizes), np.sqrt(squares.sum())]
    found += [np.sqrt(squares.mean()), errors.mean(), -errors.mean(), errors.sum(), -errors.sum(), errors.std()]
    return np.array(found)


def is_in_units(given: GivenMatrix, label: str, data: Dataset) -> bool:
    """Whether this is the data as it was typed in, which a program prints beside what it scales."""
    tables = {"X": (data.all_x, data.X), "Y": (data.y, data.Y)}
    if given.name not in tables or label[:1].isupper():
        return False
    table, scaled = tables[given.name]
    return not np.array_equal(table, scaled) and given.agrees(table)
