"""The gradient check at each ε, as a table in numbers that give each other as shown, and in words."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from tui_nn.network import GradientCheck, Slope, SlopeVerdict
from tui_nn.writing.formulas.slope_text import costs_giving, slope_written
from tui_nn.writing.notation.signs import Notation

_DIGITS, _FEWEST_DIGITS = 6, 4
_WIDEST_GAP = 3


@dataclass(frozen=True)
class SweepRow:
    """One ε: the costs on either side, their quotient, and the relative errors, each as it is shown.

    ``error`` is that of the weight, ``whole`` that of all weights together; ``mistaken`` has the same two of a program
    with a mistake in it, and is empty where there is none.
    """

    epsilon: str
    above: str
    below: str
    quotient: str
    error: str
    whole: str
    mistaken: tuple[str, ...]


def rows(
    slopes: Sequence[Slope],
    whole: Sequence[GradientCheck] | None,
    notation: Notation,
    mistaken: tuple[Sequence[Slope], Sequence[GradientCheck] | None] | None = None,
    digits: int = _DIGITS,
) -> Iterator[SweepRow]:
    """A row for each ε, each quotient with so many digits, and the costs with as many as give it.

    The errors of the whole gradient are not asked for where that is None, and to come where ().
    """
    # All of one size but where rounding is all that is left: those of the others make the column.
    middle = slopes[len(slopes) // 2].numeric
    is_power = math.isfinite(middle) and "e" in slope_written(middle, scientific=False, shown=digits)
    written = partial(slope_written, scientific=is_power, shown=digits)
    for number, slope in enumerate(slopes):
        above, below = costs_giving(slope, written) if math.isfinite(slope.numeric) else ("overflow", "overflow")
        beside: tuple[str, ...] = ()
        if mistaken:
            beside = (
                error_written(mistaken[0][number].relative_error, notation),
                _of(mistaken[1], number, notation),
            )
        yield SweepRow(
            epsilon_written(slope.epsilon),
            above,
            below,
            written(slope.numeric).replace("-", notation.minus),
            error_written(slope.relative_error, notation),
            _of(whole, number, notation),
            beside,
        )


def table(
    slopes: Sequence[Slope],
    whole: Sequence[GradientCheck] | None,
    room: int,
    notation: Notation,
    mistaken: tuple[Sequence[Slope], Sequence[GradientCheck] | None] | None = None,
) -> list[tuple[str, ...]]:
    """The cells of a heading and of each row, side by side with their gaps.

    The errors are the last columns: of the weight and of all weights, and the same two of a program with a mistake.
    Where there is no room for the costs beside them, the quotients have fewer digits; or else there are no costs.
    """
    for digits in range(_DIGITS, _FEWEST_DIGITS - 1, -1):
        lines = list(_columns(list(rows(slopes, whole, notation, mistaken, digits)), room, notation, with_costs=True))
        if sum(map(len, lines[0])) <= room:
            return lines
    return list(_columns(list(rows(slopes, whole, notation, mistaken)), room, notation, with_costs=False))


def _columns(
    found: Sequence[SweepRow], room: int, notation: Notation, *, with_costs: bool
) -> Iterator[tuple[str, ...]]:
    epsilon, minus = notation.epsilon, notation.minus
    costs = (f"J(w + {epsilon})", f"J(w {minus} {epsilon})")
    heads = (epsilon, *costs, "quotient", "error", "of all", "mistaken", "of all")
    lines = [
        (row.epsilon, row.above, row.below, row.quotient, row.error, row.whole, *(row.mistaken or ("", "")))
        for row in found
    ]
    # What there is nothing of has no column.
    columns = [column for column in zip(heads, *lines, strict=True) if any(column[1:])]
    widths = [max(map(len, column)) for column in columns]
    if not with_costs:
        columns, widths = [columns[0], *columns[3:]], [widths[0], *widths[3:]]
    heads, *lines = zip(*columns, strict=True)
    gap = " " * max(1, min(_WIDEST_GAP, (room - sum(widths)) // (len(widths) - 1)))
    is_cost = [head in costs for head in heads]
    for line in (heads, *lines):
        cells = zip(line, widths, is_cost, strict=True)
        # Costs have their first digits in common: these stand below each other.
        first, *others = (text.ljust(width) if left else text.rjust(width) for text, width, left in cells)
        yield first, *(gap + text for text in others)


def _of(whole: Sequence[GradientCheck] | None, number: int, notation: Notation) -> str:
    if whole is None:
        return ""
    if not whole:
        return notation.ellipsis
    return error_written(whole[number].relative_error, notation)


def epsilon_written(epsilon: float) -> str:
    """``1e-05``, whatever its size."""
    return f"{epsilon:.0e}"


def error_written(error: float, notation: Notation) -> str:
    """A relative error in two digits."""
    if not math.isfinite(error):
        return "∞" if notation.unicode else "inf"
    return f"{error:.1e}" if error else "0"


def best(errors: Sequence[float]) -> int | None:
    """Which error is the least, from 0; None where none is finite."""
    finite = [error for error in errors if math.isfinite(error)]
    return errors.index(min(finite)) if finite else None


def standing_out(errors: Sequence[float]) -> int | None:
    """The same; None where all are alike."""
    return best(errors) if len(set(errors)) > 1 else None


def course(epsilons: Sequence[float], errors: Sequence[float], notation: Notation, verdict: SlopeVerdict) -> str:
    """A sentence on how the error changes as ε gets smaller; "" if by the ``verdict`` the error means nothing."""
    least = best(errors)
    if least is None:
        return "The costs overflow: no quotient can be told."
    epsilon, smallest = notation.epsilon, error_written(errors[least], notation)
    if not any(errors):
        return f"Both slopes are the same at every {epsilon}."
    at_best = epsilon_written(epsilons[least])
    if not verdict.is_measured:
        return ""
    if verdict is SlopeVerdict.DIFFER:
        return f"No {epsilon} brings the slopes together: the relative error is {smallest} at best."
    end = f"{error_written(errors[-1], notation)} at {epsilon_written(epsilons[-1])}"
    if least == 0:
        return f"Every {epsilon} gives the slope but for rounding, which grows as it gets smaller: {end}."
    if least == len(errors) - 1:
        return f"Smaller {epsilon}: better, down to {at_best}."
    return f"Smaller {epsilon}: better, until rounding takes over at about {at_best}; then worse."


ERROR = "error: |a − b| / |a + b|, of the quotient a and the slope b by backpropagation"
"""What the relative error is. Source: lecture 3, "Numerical gradient checking"."""
