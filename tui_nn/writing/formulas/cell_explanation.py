"""Explains one cell as text: its formula in signs, the same with numbers in place, and the result.

A reader who computes the formula with the numbers shown gets the result shown, to the last digit. If rounded numbers
would not give it, they are shown with more digits.
"""

import math
from collections.abc import Mapping

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.network import Network
from tui_nn.network.formulas.explain import Explanation
from tui_nn.network.formulas.scalar_expression import (
    ActivationOfCell,
    CategoricalCrossEntropies,
    Cell,
    CostsOfErrors,
    CrossEntropies,
    FunctionOfError,
    Minus,
    Multiple,
    Negative,
    Over,
    Plus,
    Scalar,
    SoftmaxOfCell,
    SumOfExps,
    Times,
)
from tui_nn.network.model.array import Array
from tui_nn.writing.formulas.cell_formula import (
    ALL_DIGITS,
    FormulaLine,
    NumberWriter,
    ShownTerms,
    SignWriter,
    cell_name,
    find_sums,
    largest_terms,
    round_like,
)
from tui_nn.writing.notation.number_format import Format, matrix_format
from tui_nn.writing.notation.signs import Notation

_FUNCTIONS = (ActivationOfCell, FunctionOfError)


@frozen_dataclass
class CellExplanation:
    """A cell's formula in three lines: in signs, with numbers, and with each f, f′, h and h′ worked out.

    ``worked_out`` is empty if the formula has none of these. ``rounded`` is True if even all digits do not give the
    result to its last digit: terms cancel or, where ``has_logarithms``, a logarithm is taken of a number too close to 0
    or 1 for its digits or, where ``has_exponentials``, an exponential overflows. ``left_out`` counts the terms of a sum
    that the line shows only as their total.
    """

    name: str
    signs: FormulaLine
    figures: FormulaLine
    worked_out: FormulaLine
    result: str
    rounded: bool
    left_out: int
    has_logarithms: bool = False
    has_exponentials: bool = False

    @property
    def lines(self) -> tuple[FormulaLine, ...]:
        """The lines that are equal to the cell, from the formula in signs on."""
        return tuple(line for line in (self.signs, self.figures, self.worked_out) if line)


def explain_cell(
    explanation: Explanation,
    values: Mapping[str, Array],
    notation: Notation,
    most_terms: int = 6,
    formats: Mapping[str, Format] | None = None,
) -> CellExplanation:
    """The text of ``explanation``, which must have a formula (`Explanation.scalar`).

    Of a sum it shows the ``most_terms`` largest terms, and the total of the others. A matrix that is in ``formats``, by
    its name, has at least the digits of that format.
    """
    scalar = explanation.scalar
    assert scalar is not None  # noqa: S101 - a start's weights are explained in words
    if isinstance(scalar, SoftmaxOfCell):
        scalar = scalar.without_overflow(values)
    cell = explanation.cell
    result = cell.value(values)
    shown_terms = largest_terms(scalar, values, most_terms)
    figures = NumberWriter(values, notation, shown_terms, formats)
    shown = round_like(result, figures.format(cell.name), 0)
    ways = (False, True) if _contains_activation(scalar) else (False,)
    rounded = False
    # Both lines show as many digits, so that the reader sees which number took the place of f.
    for figures.extra in range(ALL_DIGITS):
        rounded = math.isfinite(result) and not all(figures.reproduces(scalar, shown, works_out) for works_out in ways)
        if not rounded:
            break
    lines = [figures.line(scalar, works_out) for works_out in ways]
    return CellExplanation(
        cell_name(cell, notation),
        tuple(SignWriter(notation, shown_terms).pieces(scalar)),
        lines[0],
        lines[1] if len(lines) > 1 else (),
        figures.signed(shown),
        rounded,
        sum(shown.left_out for shown in shown_terms.values()),
        any(isinstance(total, CrossEntropies | CategoricalCrossEntropies) for total in shown_terms),
        any(isinstance(total, SumOfExps) for total in shown_terms),
    )


def rounding_sentence(found: CellExplanation, network: Network, notation: Notation) -> str:
    """Why the numbers of a ``rounded`` explanation do not give the result to its last digit."""
    if found.has_exponentials:
        return _(
            "These exponentials are too large or too small to compute with. So the program first subtracts the "
            "greatest z of the row from each z; the quotient stays the same."
        )
    if not found.has_logarithms:
        return _("The terms cancel: the digits of this number are rounding errors.")
    y_hat, sums = notation.name("Y_hat"), notation.name(f"Z{len(network.layers)}")
    return _(
        "Some numbers of {y_hat} are so close to 0 or 1 that their digits do not say how close. The program computes J "
        "from {sums}, which says it.",
        y_hat=y_hat,
        sums=sums,
    )


def formula_in_signs(explanation: Explanation, notation: Notation, most_terms: int = 6) -> FormulaLine:
    """The formula in signs of a cell that is not computed yet; of each sum, the first terms."""
    scalar = explanation.scalar
    assert scalar is not None  # noqa: S101 - a start's weights are explained in words
    shown_terms = {}
    for total in find_sums(scalar):
        first = min(most_terms, total.count)
        shown_terms[total] = ShownTerms(tuple(range(1, first + 1)), total.count - first, 0.0)
    return tuple(SignWriter(notation, shown_terms).pieces(scalar))


def number_shown(cell: Cell, values: Mapping[str, Array], notation: Notation) -> str:
    """The number in a cell, written as its explanation writes it."""
    return round_like(cell.value(values), matrix_format(values[cell.name], digits=notation.digits), 0).replace(
        "-", notation.minus
    )


def _contains_activation(scalar: Scalar) -> bool:
    """Whether the formula has an f, an f′ or an exponential beside something else, or adds up costs of errors."""
    match scalar:
        case SoftmaxOfCell() | CostsOfErrors():
            return True
        case Times(left, right) | Over(left, right) | Minus(left, right) | Plus(left, right):
            return any(isinstance(part, _FUNCTIONS) or _contains_activation(part) for part in (left, right))
        case Negative(of) | Multiple(of=of):
            return isinstance(of, _FUNCTIONS) or _contains_activation(of)
    return False
