"""Writes the gradient check at each ε as a table and in words. The costs in the table give the quotients in it."""

import math
from collections.abc import Iterator, Sequence
from functools import partial

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _, pgettext
from tui_nn.network import GradientCheck, Slope, SlopeVerdict
from tui_nn.writing.formulas.slope_text import costs_that_give, slope_text
from tui_nn.writing.notation.signs import Notation

_DIGITS, _FEWEST_DIGITS = 6, 4
_WIDEST_GAP = 3


@frozen_dataclass
class SweepRow:
    """The texts of one row, for one ε: J(w + ε) ``above``, J(w − ε) ``below``, their quotient, and relative errors.

    ``error`` is the error at the weight, ``whole`` that of the whole gradient. ``mistaken`` has both errors of a
    program with a mistake; it is empty if there is no such program.
    """

    epsilon: str
    above: str
    below: str
    quotient: str
    error: str
    whole: str
    mistaken: tuple[str, ...]


def sweep_rows(
    slopes: Sequence[Slope],
    whole: Sequence[GradientCheck] | None,
    notation: Notation,
    mistaken: tuple[Sequence[Slope], Sequence[GradientCheck] | None] | None = None,
    digits: int = _DIGITS,
) -> Iterator[SweepRow]:
    """A row for each ε: the quotient with ``digits`` digits, the costs with as many as it takes to give it.

    ``whole`` has the checks of the whole gradient: None if they are not wanted, () if they are not computed yet.
    """
    # The quotients are about equal, except for the least ε, where only rounding is left: the middle one is typical.
    middle = slopes[len(slopes) // 2].numeric
    is_power = math.isfinite(middle) and "e" in slope_text(middle, scientific=False, shown=digits)
    written = partial(slope_text, scientific=is_power, shown=digits)
    overflow = _("overflow")
    for number, slope in enumerate(slopes):
        above, below = costs_that_give(slope, written) if math.isfinite(slope.numeric) else (overflow, overflow)
        beside: tuple[str, ...] = ()
        if mistaken:
            beside = (
                error_text(mistaken[0][number].relative_error, notation),
                _whole_error_text(mistaken[1], number, notation),
            )
        yield SweepRow(
            epsilon_text(slope.epsilon),
            above,
            below,
            written(slope.numeric).replace("-", notation.minus),
            error_text(slope.relative_error, notation),
            _whole_error_text(whole, number, notation),
            beside,
        )


def sweep_table(
    slopes: Sequence[Slope],
    whole: Sequence[GradientCheck] | None,
    room: int,
    notation: Notation,
    mistaken: tuple[Sequence[Slope], Sequence[GradientCheck] | None] | None = None,
) -> list[tuple[str, ...]]:
    """The cells of the heading and of each row, with the gaps between them, at most ``room`` characters wide.

    The last columns are the errors: at the weight and of the whole gradient, and both of a program with a mistake. If
    there is no room for all, the quotients have fewer digits; if there still is none, the costs are left out.
    """
    for digits in range(_DIGITS, _FEWEST_DIGITS - 1, -1):
        lines = list(
            _table_lines(list(sweep_rows(slopes, whole, notation, mistaken, digits)), room, notation, with_costs=True)
        )
        if sum(map(len, lines[0])) <= room:
            return lines
    return list(_table_lines(list(sweep_rows(slopes, whole, notation, mistaken)), room, notation, with_costs=False))


def _table_lines(
    found: Sequence[SweepRow], room: int, notation: Notation, *, with_costs: bool
) -> Iterator[tuple[str, ...]]:
    epsilon, minus = notation.epsilon, notation.minus
    costs = (f"J(w + {epsilon})", f"J(w {minus} {epsilon})")
    of_all = pgettext("column of errors", "of all")
    quotient, error = pgettext("column", "quotient"), pgettext("column of errors", "error")
    heads = (epsilon, *costs, quotient, error, of_all, pgettext("column of errors", "mistaken"), of_all)
    lines = [
        (row.epsilon, row.above, row.below, row.quotient, row.error, row.whole, *(row.mistaken or ("", "")))
        for row in found
    ]
    # An empty column is left out.
    columns = [column for column in zip(heads, *lines, strict=True) if any(column[1:])]
    widths = [max(map(len, column)) for column in columns]
    if not with_costs:
        columns, widths = [columns[0], *columns[3:]], [widths[0], *widths[3:]]
    heads, *lines = zip(*columns, strict=True)
    gap = " " * max(1, min(_WIDEST_GAP, (room - sum(widths)) // (len(widths) - 1)))
    is_cost = [head in costs for head in heads]
    for line in (heads, *lines):
        cells = zip(line, widths, is_cost, strict=True)
        # Costs are left-aligned: they differ only in their last digits.
        first, *others = (text.ljust(width) if left else text.rjust(width) for text, width, left in cells)
        yield first, *(gap + text for text in others)


def _whole_error_text(whole: Sequence[GradientCheck] | None, number: int, notation: Notation) -> str:
    if whole is None:
        return ""
    if not whole:
        return notation.ellipsis
    return error_text(whole[number].relative_error, notation)


def epsilon_text(epsilon: float) -> str:
    """ε as a power of ten: ``1e-05``."""
    return f"{epsilon:.0e}"


def error_text(error: float, notation: Notation) -> str:
    """A relative error with two significant digits."""
    if not math.isfinite(error):
        return "∞" if notation.unicode else "inf"
    return f"{error:.1e}" if error else "0"


def least_error(errors: Sequence[float]) -> int | None:
    """The index of the least error; None if no error is finite."""
    finite = [error for error in errors if math.isfinite(error)]
    return errors.index(min(finite)) if finite else None


def distinct_least_error(errors: Sequence[float]) -> int | None:
    """As `least_error`; None also if all errors are equal, so that none stands out."""
    return least_error(errors) if len(set(errors)) > 1 else None


def sweep_text(epsilons: Sequence[float], errors: Sequence[float], notation: Notation, verdict: SlopeVerdict) -> str:
    """A sentence on how the error changes as ε gets smaller; "" if ``verdict`` says that nothing was measured."""
    least = least_error(errors)
    if least is None:
        return _("The costs overflow, so there is no quotient.")
    epsilon, smallest = notation.epsilon, error_text(errors[least], notation)
    if not any(errors):
        return _("Both slopes are the same at every {epsilon}.", epsilon=epsilon)
    at_best = epsilon_text(epsilons[least])
    if not verdict.is_measured:
        return ""
    if verdict is SlopeVerdict.DIFFER:
        return _(
            "No {epsilon} brings the slopes together: the relative error is {error} at best.",
            epsilon=epsilon,
            error=smallest,
        )
    if least == 0:
        return _(
            "Every {epsilon} gives the slope but for rounding, which grows as it gets smaller: {error} at {least}.",
            epsilon=epsilon,
            error=error_text(errors[-1], notation),
            least=epsilon_text(epsilons[-1]),
        )
    if least == len(errors) - 1:
        return _("Smaller {epsilon}: better, down to {best}.", epsilon=epsilon, best=at_best)
    return _(
        "Smaller {epsilon}: better, until rounding takes over at about {best}; then worse.",
        epsilon=epsilon,
        best=at_best,
    )


ERROR = _("error: |a − b| / |a + b|, of the quotient a and the slope b by backpropagation")
"""The definition of the relative error. Source: lecture 3, "Numerical gradient checking"."""
