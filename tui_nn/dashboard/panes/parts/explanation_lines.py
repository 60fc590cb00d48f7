"""The lines of an explanation: how a number is computed, with the cells in its formula that the user can choose."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise, zip_longest
from typing import TypeAlias

from rich.cells import cell_len
from textual.geometry import Size

from tui_nn.dashboard.panes.parts.activation_chart import activation_chart
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.language import _
from tui_nn.network import SlopeVerdict
from tui_nn.network.formulas.equations import kept_by_iteration_before
from tui_nn.network.formulas.explain import Explanation
from tui_nn.network.formulas.expression import Symbol
from tui_nn.network.formulas.scalar_expression import ActivationOfCell, Cell, CostsOfErrors, FunctionOfError, Scalar
from tui_nn.writing.formulas.cell_captions import cell_caption, is_set_by_hand, kept_number_origin, weight_origin
from tui_nn.writing.formulas.cell_explanation import (
    CellExplanation,
    explain_cell,
    formula_in_signs,
    number_shown,
    rounding_sentence,
)
from tui_nn.writing.formulas.cell_formula import FormulaPiece, cell_name
from tui_nn.writing.formulas.slope_text import slope_lines
from tui_nn.writing.notation.activation_text import error_cost_sentence, function_sentence
from tui_nn.writing.notation.signs import Notation
from tui_nn.writing.sentences.scaling_text import scaled_cell_sentence
from tui_nn.writing.sentences.verdict_sentences import AGREEMENT, slope_verdict

_FEW_TERMS = 6
_BESIDE = 2
"""The columns between the explanation and a chart beside it."""
_MOST_TERMS = 2_000
_INDENT = "    "
_MOST_ABOVE = 8

ChoiceLine: TypeAlias = list[tuple[str, str, int | None]]
"""Texts side by side, each with its style, and with the number of its choice if the user can choose it."""


class ExplanationLines:
    """The explanation of ``cell`` in lines of at most ``room`` columns, with blank lines if ``height`` has room.

    For f(z), a chart of f takes the lines of ``height`` that are left, if they are enough.
    ``choices`` numbers the cells that the user can choose. The key None stands for the terms left out of a long sum;
    if ``shows_all`` is true, no term is left out.
    """

    def __init__(self, view: View, cell: Cell | None, room: int, height: int, *, shows_all: bool) -> None:
        self._view = view
        self._cell = cell
        self._room = room
        self._most_terms = _MOST_TERMS if shows_all else _FEW_TERMS
        self.choices: dict[Cell | None, int] = {}
        self._has_result_beside = self._shows_numbers = False
        paragraphs = list(self._paragraphs())
        if sum(map(len, paragraphs)) > height:
            self._has_result_beside = True
            self.choices = {}
            paragraphs = list(self._paragraphs())
        self.lines = self._with_activation_chart(paragraphs, height) or _spread(paragraphs, height)

    def _paragraphs(self) -> Iterator[list[ChoiceLine]]:
        view, cell = self._view, self._cell
        if cell is None:
            says = _("Choose a cell of a matrix: Tab to a pane, then the arrows or the mouse.")
            yield self._wrapped(says, "faint")
            return
        caption = cell_caption(cell, view.state.document, view.moment)
        name: ChoiceLine = [(cell_name(cell, view.notation), "label", None)]
        where: ChoiceLine = [(f"   {caption}", "faint", None)]
        if _width(name + where) <= self._room:
            yield [name + where]
        else:
            yield [name, *self._wrapped(caption, "faint")]
        explanation = view.explanation
        if explanation is None or explanation.scalar is None:
            yield from self._origin(cell)
        elif (
            not view.values_by_name
            or cell.name not in view.visible_matrices
            or _matrices_named(explanation) & view.hidden.matrices
        ):
            yield self._equation_lines(formula_in_signs(explanation, view.notation, _FEW_TERMS), has_choices=True)
            is_computed = view.values_by_name and cell.name in view.reached_matrices
            reason = _("One of its numbers is asked for.") if is_computed else _("Not computed yet in this iteration.")
            yield self._wrapped(reason, "faint")
        else:
            self._shows_numbers = True
            yield from self._formula(_explained(view, self._most_terms))
            yield from self._shapes(cell)
            fixed = cell.name.removesuffix("_next")
            if fixed in view.state.document.network.fixed:
                says = _("{matrix} is fixed: no update changes it.", matrix=view.notation.name(fixed))
                yield self._wrapped(says, "faint")
            if cell.name in ("X", "Y"):
                if sentence := scaled_cell_sentence(view.state.document.dataset, cell, view.notation):
                    yield self._wrapped(sentence, "faint")
                yield [[(_("Enter shows it in the data."), "faint", None)]]
            for sentence in dict.fromkeys(_function_sentences(explanation.scalar, view.notation)):
                yield self._wrapped(sentence, "faint")
        yield from self._slope(cell)

    def _origin(self, cell: Cell) -> Iterator[list[ChoiceLine]]:
        """The number of a weight, or one that the optimizer kept, and where it comes from."""
        view = self._view
        if view.values_by_name and cell.name not in view.hidden.matrices:
            number = number_shown(cell, view.values_by_name, view.notation)
            yield [[(f"  {view.notation.equals} {number}", "now", None)]]
        if cell.name in kept_by_iteration_before(view.state.document.network):
            yield self._wrapped(kept_number_origin(view.iteration))
            if view.iteration > 1:
                yield [[(_("Enter explains it there."), "faint", None)]]
            return
        yield self._wrapped(weight_origin(cell, view.state.plan, view.iteration))
        if view.iteration > 1 and not is_set_by_hand(cell, view.state.plan, view.iteration):
            yield [[(_("Enter explains that update."), "faint", None)]]

    def _slope(self, cell: Cell) -> Iterator[list[ChoiceLine]]:
        """The slope measured at ``cell``, if it is a weight, or at the weight whose ∂J/∂W it is."""
        view = self._view
        if (slope := view.selected_slope) and view.iteration_numbers:
            weight = replace(cell, name=cell.name.removeprefix("dJd"))
            _values, number_format = view.iteration_numbers.value_and_format(Symbol(f"dJd{weight.name}"))
            name = cell_name(weight, view.notation)
            sentences = list(slope_lines(slope, name, view.notation, scientific=number_format.scientific))
            if measured := view.measured_slope:
                if measured.verdict() is SlopeVerdict.AGREE:
                    # This verdict shares the line of the numbers: a small screen has few lines.
                    sentences[-1] += f" {AGREEMENT}"
                else:
                    network = view.state.document.network
                    sentences.append(slope_verdict(measured, network, view.iteration, view.notation))
            yield from map(self._wrapped, sentences)

    def _with_activation_chart(self, paragraphs: Sequence[list[ChoiceLine]], height: int) -> list[ChoiceLine]:
        """The explanation with a chart of f below it or beside it; [] if the cell is no f(z), or without room."""
        explanation, values = self._view.explanation, self._view.values_by_name
        match explanation.scalar if explanation and self._shows_numbers else None:
            case ActivationOfCell(name, Cell() as of, derived=False) if values:
                z = values[of.name][:, of.column - 1]
            case _:
                return []
        notation = self._view.notation
        dense = [line for paragraph in paragraphs for line in paragraph]
        for lines in (_apart(paragraphs), dense):
            room = Size(self._room, height - len(lines) - 1)
            if below := _without_choices(activation_chart(name, of, z, room, notation)):
                return [*lines, [], *below]
        widths = [_width(line) for line in dense]
        left = max(widths) + _BESIDE
        beside = _without_choices(activation_chart(name, of, z, Size(self._room - left, height), notation))
        if not beside:
            return []
        return [
            [*(line or []), (" " * (left - (width or 0)), "", None), *right] if right else line or []
            for line, width, right in zip_longest(dense, widths, beside)
        ]

    def _formula(self, found: CellExplanation) -> Iterator[list[ChoiceLine]]:
        """The formula in signs and in numbers, and its result: beside the last numbers if lines are scarce."""
        notation = self._view.notation
        sign = "≈" if found.rounded and notation.unicode else "~" if found.rounded else notation.equals
        result: ChoiceLine = [(f" {sign} ", "", None), (found.result, "now", None)]
        equations = [self._equation_lines(pieces, has_choices=number == 0) for number, pieces in enumerate(found.lines)]
        last = equations[-1][-1]
        if self._has_result_beside and _width(last) + _width(result) <= self._room:
            last += result
            yield from equations
        else:
            yield from equations
            yield [[(" ", "", None), *result]]
        if found.rounded:
            yield self._wrapped(rounding_sentence(found, self._view.state.document.network, notation), "faint")

    def _equation_lines(self, pieces: Sequence[FormulaPiece], *, has_choices: bool) -> list[ChoiceLine]:
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
        return lines

    def _choice_number(self, piece: FormulaPiece) -> int | None:
        """The number under which the user can choose ``piece``; None for a sign, and for a cell that came before."""
        is_more = _says_how_many_more(piece) and self._most_terms == _FEW_TERMS
        if not (piece.cell or is_more) or piece.cell in self.choices:
            return None
        return self.choices.setdefault(piece.cell, len(self.choices))

    def _shapes(self, cell: Cell) -> Iterator[list[ChoiceLine]]:
        view = self._view
        equation = next((one for one in view.equations if one.name == cell.name), None)
        if equation:
            above, below = view.notation.formula_over_shapes(equation, view.shapes, view.hidden.shapes)
            if cell_len(above) <= self._room:
                yield [[(above, "title", None)], [(below, "faint", None)]]

    def _wrapped(self, sentence: str, style: str = "") -> list[ChoiceLine]:
        return [[(line, style, None)] for line in textwrap.wrap(sentence, max(10, self._room))]


def _without_choices(lines: Sequence[Line]) -> list[ChoiceLine]:
    return [[(text, style, None) for text, style in line] for line in lines]


@lru_cache(maxsize=1)
def _explained(view: View, most_terms: int) -> CellExplanation:
    # A sum of thousands of terms takes long, and a pane asks twice: for its room with and without a scrollbar.
    assert view.explanation is not None and view.values_by_name is not None  # noqa: S101, PT018 - the caller has looked
    return explain_cell(view.explanation, view.values_by_name, view.notation, most_terms)


def _says_how_many_more(piece: FormulaPiece) -> bool:
    """Whether a piece stands for terms left out: a number and a word, which no other piece without a cell has."""
    words = piece.text.split()
    has_word = any(len(word) > 1 and word.isalpha() for word in words)
    return piece.cell is None and has_word and any(word[0].isdigit() for word in words)


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


def _function_sentences(scalar: Scalar, notation: Notation) -> Iterator[str]:
    """The formula of each f, f′, h or h′ in a formula, from left to right."""
    match scalar:
        case ActivationOfCell(activation, derived=derived):
            yield function_sentence(activation, derived=derived, notation=notation)
        case FunctionOfError(function, derived=derived):
            yield error_cost_sentence(function, derived=derived, notation=notation)
        case CostsOfErrors(function):
            yield error_cost_sentence(function, derived=False, notation=notation)
    for part in ("left", "right", "of"):
        inner = getattr(scalar, part, None)
        if inner is not None and not isinstance(inner, str | Cell):
            yield from _function_sentences(inner, notation)


def _width(line: ChoiceLine) -> int:
    return sum(cell_len(text) for text, _style, _choice in line)


def _apart(paragraphs: Sequence[list[ChoiceLine]]) -> list[ChoiceLine]:
    """The lines of ``paragraphs``, with a blank line between two."""
    blank: ChoiceLine = []
    return [line for paragraph in paragraphs for line in (*paragraph, blank)][:-1]


def _spread(paragraphs: Sequence[list[ChoiceLine]], height: int) -> list[ChoiceLine]:
    """The lines of ``paragraphs``. Blank lines stand between them and above them if ``height`` has room for these."""
    blank: ChoiceLine = []
    lines = _apart(paragraphs)
    free = height - len(lines)
    return [*[blank] * min(free // 3, _MOST_ABOVE), *lines] if free >= 0 else [line for line in lines if line]
