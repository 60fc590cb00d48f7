"""Writes the slope of J at one weight, measured from two costs, with numbers that give the slope as shown."""

import math
from collections.abc import Callable, Iterator
from functools import partial

from tui_nn.language import _
from tui_nn.network import Slope
from tui_nn.writing.notation.signs import Notation

_ALL_DIGITS = 17
_SHOWN = 3
_WIDEST = 1e7


def slope_lines(slope: Slope, name: str, notation: Notation, *, scientific: bool = False) -> Iterator[str]:
    """Lines: the quotient with its numbers, ε, and its relative error against backpropagation's slope.

    ``name`` is the name of the weight. If ``scientific``, slopes are written as powers of ten.
    """
    epsilon, minus = notation.epsilon, notation.minus
    written = partial(slope_text, scientific=scientific)
    numeric = written(slope.numeric).replace("-", minus)
    size, error = f"{slope.epsilon:g}", f"{slope.relative_error:.1e}"
    quotient = f"(J(w + {epsilon}) {minus} J(w {minus} {epsilon})) / 2{epsilon}"
    yield _(
        "Measured at w = {name}, {epsilon} = {size}: {quotient}",
        name=name,
        epsilon=epsilon,
        size=size,
        quotient=quotient,
    )
    if math.isfinite(slope.numeric):
        above, below = costs_that_give(slope, written)
        yield f"  {notation.equals} ({above} {minus} {below}) / {2 * slope.epsilon:g} {notation.equals} {numeric}"
    else:
        overflows = _("overflows.")
        yield f"  {overflows}"
    analytic = written(slope.analytic).replace("-", minus)
    says = _("Backpropagation says {slope}; relative error {error}.", slope=analytic, error=error)
    yield f"  {says}"


def costs_that_give(slope: Slope, written: Callable[[float], str]) -> tuple[str, str]:
    """J(w + ε) and J(w − ε), with so many digits that their quotient is the slope as ``written`` writes it."""
    for digits in range(4, _ALL_DIGITS + 1):
        above, below = (_cost_text(cost, digits) for cost in (slope.above, slope.below))
        if written((float(above) - float(below)) / (2 * slope.epsilon)) == written(slope.numeric):
            return above, below
    return repr(slope.above), repr(slope.below)


def _cost_text(cost: float, digits: int) -> str:
    return f"{cost:.{digits}e}" if cost >= _WIDEST else f"{cost:.{digits}f}"


def slope_text(number: float, *, scientific: bool, shown: int = _SHOWN) -> str:
    """A slope with ``shown`` digits after its first significant one; if ``scientific``, as a power of ten."""
    if not math.isfinite(number):
        return _("overflow")
    exponent = math.floor(math.log10(abs(number))) if number else 0
    is_power = scientific or exponent < -6 or exponent > shown
    text = f"{number:.{shown}e}" if is_power else f"{number:.{shown - exponent}f}"
    return text.removeprefix("-") if not text.strip("-0.") else text
