"""The lines of an explanation: how a number is computed, with the cells in its formula that the user can choose."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

from rich.cells import cell_len

from tui_nn.dashboard.view_model.view import View
from tui_nn.network import SlopeVerdict
from tui_nn.network.formulas.explain import Explanation
from tui_nn.network.formulas.expression import Symbol
from tui_nn.network.formulas.scalar_expression import ActivationOfCell, Cell, Scalar
from tui_nn.writing.formulas.cell_captions import cell_caption, is_set_by_hand, weight_origin
from tui_nn.writing.formulas.cell_explanation import (
    CellExplanation,
    explain_cell,
    formula_in_signs,
    number_shown,
    rounding_sentence,
)
from tui_nn.writing.formulas.cell_formula import FormulaPiece, cell_name
from tui_nn.writing.formulas.slope_text import slope_lines
from tui_nn.writing.notation.activation_text import function_sentence
from tui_nn.writing.sentences.verdict_sentences import AGREEMENT, slope_verdict

_FEW_TERMS = 6
_MOST_TERMS = 2_000
_INDENT = "    "

ChoiceLine: TypeAlias = list[tuple[str, str, int | None]]
"""Texts side by side, each with its style, and with the number of its choice if the user can choose it."""


class ExplanationLines:
    """The explanation of ``cell`` in lines of at most ``room`` columns.

    ``choices`` numbers the cells that the user can choose. The key None stands for the terms left out of a long sum;
    if ``shows_all`` is true, no term is left out.
    """

    def __init__(self, view: View, cell: Cell | None, room: int, *, shows_all: bool) -> None:
        self._view = view
        self._cell = cell
        self._room = room
        self._most_terms = _MOST_TERMS if shows_all else _FEW_TERMS
        self.choices: dict[Cell | None, int] = {}
        self.lines = list(self._all_lines())

    def _all_lines(self) -> Iterator[ChoiceLine]:
        view, cell, room = self._view, self._cell, self._room
        if cell is None:
            yield from _wrapped(
                "Choose a cell of a matrix: Tab to a pane, then the arrows or the mouse.", room, "faint"
            )
            return
        caption = cell_caption(cell, view.state.document)
        yield [(cell_name(cell, view.notation), "label", None), (f"   {caption}", "faint", None)]
        explanation = view.explanation
        if explanation is None or explanation.scalar is None:
            if view.values_by_name and cell.name not in view.hidden.matrices:
                yield [
                    (
                        f"  {view.notation.equals} {number_shown(cell, view.values_by_name, view.notation)}",
                        "now",
                        None,
                    )
                ]
            yield from _wrapped(weight_origin(cell, view.state.plan, view.iteration), room, "")
            if view.iteration > 1 and not is_set_by_hand(cell, view.state.plan, view.iteration):
                yield [("Enter explains that update.", "faint", None)]
        elif (
            not view.values_by_name
            or cell.name not in view.visible_matrices
            or _matrices_named(explanation) & view.hidden.matrices
        ):
            yield from self._equation_lines(formula_in_signs(explanation, view.notation, _FEW_TERMS), has_choices=True)
            is_computed = view.values_by_name and cell.name in view.reached_matrices
            reason = "One of its numbers is asked for." if is_computed else "Not computed yet in this iteration."
            yield from _wrapped(reason, room, "faint")
        else:
            yield from self._formula(_explained(view, self._most_terms))
            yield from self._shapes(cell)
            if cell.name in ("X", "Y"):
                yield [("Enter shows it in the data.", "faint", None)]
            for activation, is_derivative in dict.fromkeys(_activations_in(explanation.scalar)):
                yield [(function_sentence(activation, derived=is_derivative, notation=view.notation), "faint", None)]
        yield from self._slope(cell)

    def _slope(self, cell: Cell) -> Iterator[ChoiceLine]:
        """The slope measured at ``cell``, if it is a weight, or at the weight whose ∂J/∂W it is."""
        view = self._view
        if (slope := view.selected_slope) and view.iteration_numbers:
            weight = replace(cell, name=cell.name.removeprefix("dJd"))
            _, number_format = view.iteration_numbers.value_and_format(Symbol(f"dJd{weight.name}"))
            name = cell_name(weight, view.notation)
            sentences = list(slope_lines(slope, name, view.notation, scientific=number_format.scientific))
            if measured := view.measured_slope:
                if measured.verdict() is SlopeVerdict.AGREE:
                    # This verdict shares the line of the numbers: a small screen has few lines.
                    sentences[-1] += f" {AGREEMENT}"
                else:
                    network = view.state.document.network
                    sentences.append(slope_verdict(measured, network, view.iteration, view.notation))
            for sentence in sentences:
                yield from _wrapped(sentence, self._room, "")

    def _formula(self, found: CellExplanation) -> Iterator[ChoiceLine]:
        for number, pieces in enumerate(found.lines):
            yield from self._equation_lines(pieces, has_choices=number == 0)
        notation = self._view.notation
        sign = "≈" if found.rounded and notation.unicode else "~" if found.rounded else notation.equals
        yield [(f"  {sign} ", "", None), (found.result, "now", None)]
        if found.rounded:
            sentence = rounding_sentence(found, self._view.state.document.network, notation)
            yield from _wrapped(sentence, self._room, "faint")

    def _equation_lines(self, pieces: Sequence[FormulaPiece], *, has_choices: bool) -> Iterator[ChoiceLine]:
        """``= a · b + c · d``, on as many lines as it needs. ``has_choices`` lets the user choose its cells."""
        room = self._room
        lines: list[ChoiceLine] = [[(f"  {self._view.notation.equals} ", "", None)]]
        used = cell_len(lines[0][0][0])
        for group in _pieces_kept_together(pieces, room - len(_INDENT)):
            width = sum(cell_len(piece.text) for piece in group)
            if used + width > room and len(lines[-1]) > 1:
                lines.append([(_INDENT, "", None)])
                used = len(_INDENT)
            for piece in group:
                lines[-1].append(
                    (piece.text, "operand" if piece.cell else "", self._choice_number(piece) if has_choices else None)
                )
            used += width
        yield from lines

    def _choice_number(self, piece: FormulaPiece) -> int | None:
        """The number under which the user can choose ``piece``; None for a sign, and for a cell that came before."""
        is_more = piece.cell is None and piece.text.endswith(" more") and self._most_terms == _FEW_TERMS
        if not (piece.cell or is_more) or piece.cell in self.choices:
            return None
        return self.choices.setdefault(piece.cell, len(self.choices))

    def _shapes(self, cell: Cell) -> Iterator[ChoiceLine]:
        view = self._view
        equation = next((one for one in view.equations if one.name == cell.name), None)
        if equation:
            above, below = view.notation.formula_over_shapes(equation, view.shapes, view.hidden.shapes)
            if cell_len(above) <= self._room:
                yield [(above, "title", None)]
                yield [(below, "faint", None)]


@lru_cache(maxsize=1)
def _explained(view: View, most_terms: int) -> CellExplanation:
    # A sum of thousands of terms takes long, and a pane asks twice: for its room with and without a scrollbar.
    assert view.explanation is not None and view.values_by_name is not None  # noqa: S101, PT018 - the caller has looked
    return explain_cell(view.explanation, view.values_by_name, view.notation, most_terms)


def _matrices_named(explanation: Explanation) -> set[str]:
    """The matrices of a number and of all that it is computed from."""
    return {explanation.cell.name, *(area.name for area in explanation.areas)}


def _pieces_kept_together(pieces: Sequence[FormulaPiece], room: int) -> Iterator[Sequence[FormulaPiece]]:
    """The pieces that stay together on a line: a term with its plus; each factor of a term longer than ``room``."""
    for term in _split_before(pieces, "+"):
        if sum(cell_len(piece.text) for piece in term) <= room:
            yield term
        else:
            yield from _split_before(term, "")


def _split_before(pieces: Sequence[FormulaPiece], sign: str) -> Iterator[Sequence[FormulaPiece]]:
    """The pieces, split before each ``sign`` with blanks around it; "" stands for any sign."""
    starts = [i for i, piece in enumerate(pieces) if i and piece.text.startswith(f" {sign}")]
    for start, end in pairwise([0, *starts, len(pieces)]):
        yield pieces[start:end]


def _activations_in(scalar: Scalar) -> Iterator[tuple[str, bool]]:
    """The name of each activation in a formula, and whether the formula has its derivative."""
    if isinstance(scalar, ActivationOfCell):
        yield scalar.activation, scalar.derived
    for part in ("left", "right", "of"):
        inner = getattr(scalar, part, None)
        if inner is not None and not isinstance(inner, str | Cell):
            yield from _activations_in(inner)


def _wrapped(sentence: str, room: int, style: str) -> Iterator[ChoiceLine]:
    for line in textwrap.wrap(sentence, max(10, room)):
        yield [(line, style, None)]
