"""How one cell came to be, as text: the formula in signs, the same with the numbers in place, and the result.

What is shown is true as it stands: whoever puts the shown numbers into the shown formula gets the shown result, to
the digit. Where rounded numbers would not give it, they are shown with more digits.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from tui_nn.network.formulas.explain import Explanation
from tui_nn.network.formulas.scalar_expression import Applied, Cell, Minus, Negative, Over, Plus, Scalar, Times
from tui_nn.network.model.array import Array
from tui_nn.writing.formulas.cell_formula import (
    ALL_DIGITS,
    Chosen,
    Figures,
    Signs,
    Written,
    cell_name,
    chosen_terms,
    rounded_as,
    sum_in,
)
from tui_nn.writing.notation.number_format import Format, format_of
from tui_nn.writing.notation.signs import Notation


@dataclass(frozen=True)
class Explained:
    """A cell's formula, in signs, with the numbers in place, and with each f and f′ worked out: each gives the result.

    ``worked_out`` is empty where there is no more to work out. ``rounded`` says that even all digits do not give the
    result to the digit, as where terms cancel. ``left_out`` counts the terms of a sum that are shown only by what they
    come to together.
    """

    name: str
    signs: Written
    figures: Written
    worked_out: Written
    result: str
    rounded: bool
    left_out: int

    @property
    def lines(self) -> tuple[Written, ...]:
        """What is equal to the cell, one below the other."""
        return tuple(line for line in (self.signs, self.figures, self.worked_out) if line)


def explained(
    explanation: Explanation,
    values: Mapping[str, Array],
    notation: Notation,
    most_terms: int = 6,
    formats: Mapping[str, Format] | None = None,
) -> Explained:
    """The text of an explanation that has a scalar; of a sum, at most ``most_terms`` terms one by one, the largest.

    The matrices in ``formats``, by their names, show at least the digits of theirs.
    """
    scalar = explanation.scalar
    assert scalar is not None  # noqa: S101 - a start's weights are explained in words
    cell = explanation.cell
    result = cell.value(values)
    chosen = chosen_terms(scalar, values, most_terms)
    figures = Figures(values, notation, chosen, formats)
    shown = rounded_as(result, figures.format(cell.name), 0)
    ways = (False, True) if _applies_within(scalar) else (False,)
    rounded = False
    # The same digits in both lines, so that the eye finds what became of f.
    for figures.extra in range(ALL_DIGITS):
        rounded = math.isfinite(result) and not all(figures.gives(scalar, shown, works_out) for works_out in ways)
        if not rounded:
            break
    lines = [figures.line(scalar, works_out) for works_out in ways]
    return Explained(
        cell_name(cell, notation),
        tuple(Signs(notation, chosen).pieces(scalar)),
        lines[0],
        lines[1] if len(lines) > 1 else (),
        figures.signed(shown),
        rounded,
        chosen.left_out if chosen else 0,
    )


def in_signs(explanation: Explanation, notation: Notation, most_terms: int = 6) -> Written:
    """The formula alone, of a cell that is not computed yet; of a sum, the first terms."""
    scalar = explanation.scalar
    assert scalar is not None  # noqa: S101 - a start's weights are explained in words
    total = sum_in(scalar)
    chosen = None
    if total:
        first = min(most_terms, total.count)
        chosen = Chosen(tuple(range(1, first + 1)), total.count - first, 0.0)
    return tuple(Signs(notation, chosen).pieces(scalar))


def number_shown(cell: Cell, values: Mapping[str, Array], notation: Notation) -> str:
    """A cell as its explanation shows it."""
    return rounded_as(cell.value(values), format_of(values[cell.name], digits=notation.digits), 0).replace(
        "-", notation.minus
    )


def _applies_within(scalar: Scalar) -> bool:
    """Whether an f or f′ is a part of the formula, and not all of it."""
    match scalar:
        case Times(left, right) | Over(left, right) | Minus(left, right) | Plus(left, right):
            return any(isinstance(part, Applied) or _applies_within(part) for part in (left, right))
        case Negative(of):
            return isinstance(of, Applied) or _applies_within(of)
    return False
