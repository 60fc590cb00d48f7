"""The step J of a cost whose formula names a matrix twice: each matrix once, and what each cell adds to J."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.dashboard.widgets.matrices.matrix_board import MatrixBoard
from tui_nn.dashboard.widgets.matrices.matrix_pieces import BoardPiece, BoardRow, LaidOutMatrix, LaidOutSign
from tui_nn.language import _, pgettext
from tui_nn.network import Equation
from tui_nn.network.formulas.explain import Explanation, SourceCells, explain
from tui_nn.network.formulas.expression import Expression, SumOfTerms, Symbol, Values, parts, replaced, symbols
from tui_nn.network.formulas.scalar_expression import Cell, Negative, OneMinus, Plus, Scalar, Times
from tui_nn.writing.formulas.cell_explanation import explain_cell
from tui_nn.writing.formulas.cell_formula import find_sums
from tui_nn.writing.notation.number_format import matrix_format
from tui_nn.writing.notation.signs import FormulaBlock, Glyph, Token, joined_labels

_TERMS = "terms"
_LEAST_WIDTH = 6
_INDENT = "    "


def sum_of_terms(equation: Equation) -> SumOfTerms | None:
    """The sum in ``equation`` that has a term for each cell, which a matrix can show; None without such a sum."""
    return _sum_in(equation.expression)


def _sum_in(expression: Expression) -> SumOfTerms | None:
    if isinstance(expression, SumOfTerms):
        return expression
    return next((found for part in parts(expression) if (found := _sum_in(part))), None)


def pieces_with_terms(board: MatrixBoard, view: View, equation: Equation, total: SumOfTerms) -> list[BoardPiece]:
    """``J = Σ terms from Y and Ŷ``: the terms of ``total`` in its place, then the matrices that they are made of."""
    notation, place = view.notation, Symbol(_TERMS)
    short = replace(equation, expression=replaced(equation.expression, {total: place}))
    pieces: list[BoardPiece] = []
    for token in notation.equation(short):
        if isinstance(token, Glyph):
            pieces.append(LaidOutSign(token.text))
        elif token.expression == place:
            pieces += [LaidOutSign(notation.sum), _terms(view, total)]
        else:
            pieces.append(_named(board, view, token))
    blocks = dict.fromkeys(token for token in notation.tokens(total) if isinstance(token, FormulaBlock))
    for number, block in enumerate(blocks):
        # For translators: "from" and "and" stand between matrices: J = sum of terms from Y and Y_hat.
        word = pgettext("between matrices", "and") if number else pgettext("between matrices", "from")
        pieces += [LaidOutSign(word), _named(board, view, block)]
    return pieces


def _named(board: MatrixBoard, view: View, block: FormulaBlock) -> LaidOutMatrix:
    shape = view.notation.shape_of(block.expression, view.shapes, view.hidden.shapes)
    return replace(board.matrix_of(view, block.expression, block.label), shape_text=shape)


def _terms(view: View, total: SumOfTerms) -> LaidOutMatrix:
    """The matrix of what each cell adds to J; hidden if J or a matrix in ``total`` is hidden."""
    shape = total.of.shape(view.shapes)
    known = symbols(total) | {view.step_result, *(equation.name for equation in view.explained_equations)}
    values, number_format = None, matrix_format(np.zeros((1, 1)), least_width=_LEAST_WIDTH)
    if known <= view.reached_matrices and view.values_by_name:
        with np.errstate(all="ignore"):
            values = total.terms(view.values_by_name)
        number_format = matrix_format(values, view.notation.minus, _LEAST_WIDTH, view.notation.digits)
    laid_out = LaidOutMatrix(
        _("terms"), shape, values, number_format, "" if values is not None else "pending", data_axis=0
    )
    if symbols(total) & view.hidden.shapes:
        return replace(laid_out, shape=(1, 1), values=None, has_unknown_shape=True, data_axis=None)
    hidden = (SourceCells(_TERMS, 0, 0),) if known & view.hidden.matrices else ()
    return replace(
        laid_out,
        shape_text=view.notation.shape(shape),
        hidden_cells=hidden,
        marked_row=view.row_in_pass,
        row_numbers=view.numbers_of_rows,
    )


def with_formula_above(rows: Sequence[BoardRow], formula: Sequence[BoardRow], *, is_airy: bool) -> list[BoardRow]:
    """The rows of matrices, with the lines of the whole formula above the row that begins with J."""
    blank: list[BoardRow] = [[("", "")]] if is_airy else []
    begin = next(
        (
            number
            for number, row in enumerate(rows)
            if any(isinstance(piece, LaidOutMatrix) and piece.is_result and piece.name == "J" for piece in row)
        ),
        0,
    )
    return [*rows[:begin], *formula, *blank, *rows[begin:]]


def formula_lines(view: View, equation: Equation, room: int) -> list[Line]:
    """The whole formula in signs, on as many lines as it needs: it breaks before a plus."""
    lines: list[Line] = [[]]
    written, used = "", 0
    for group in _groups(view.notation.equation(equation)):
        width = len(joined_labels([_text(token) for token in group]))
        if lines[-1] and used + 1 + width > room:
            lines.append([(_INDENT, "")])
            written, used = "", len(_INDENT)
        for token in group:
            longer = joined_labels([written, _text(token)]) if written else _text(token)
            lines[-1].append((longer[len(written) :], _style(view, token)))
            used += len(longer) - len(written)
            written = longer
    return lines


def _groups(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Groups of tokens that no line break splits: each from one plus to the next."""
    group: list[Token] = []
    for token in tokens:
        if group and _text(token).startswith("+"):
            yield group
            group = []
        group.append(token)
    yield group


def _text(token: Token) -> str:
    return token.text if isinstance(token, Glyph) else token.label


def _style(view: View, token: Token) -> str:
    if isinstance(token, FormulaBlock) and isinstance(token.expression, Symbol):
        style = view.matrix_styles.get(token.expression.name, "")
        return {"current": "now", "operand": "operand-name"}.get(style, style)
    return ""


def worked_term(view: View, total: SumOfTerms) -> tuple[str, str]:
    """Names the chosen row, and works out its largest term in numbers; ("", "") if that can't be shown."""
    document, values = view.state.document, view.values_by_name
    if not values or (symbols(total) | {"J"}) & view.hidden.matrices:
        return "", ""
    with np.errstate(all="ignore"):
        terms = total.terms(values)
    row = view.row_in_pass
    column = int(np.argmax(terms[row - 1]))
    cell = Cell(_TERMS, row, column + 1)
    scalar = explain(document.network, document.dataset, Cell("J", 1, 1), view.moment).scalar
    assert scalar is not None  # noqa: S101 - J has a formula
    added_up = next(find_sums(scalar))
    term = _without_zeros(added_up.term((row - 1) * terms.shape[1] + column + 1), values)
    text = explain_cell(Explanation(cell, term), {**values, _TERMS: terms}, view.notation)
    if text.rounded:
        return "", ""
    of_data = view.moment.row_of_data(row)
    has_outputs = terms.shape[1] > 1
    where = (
        _("row {row}, output {output}", row=of_data, output=column + 1) if has_outputs else _("row {row}", row=of_data)
    )
    return where, f"{text.result} {view.notation.equals} {''.join(piece.text for piece in text.figures)}"


def _without_zeros(term: Scalar, values: Values) -> Scalar:
    """−(y ln ŷ + (1 − y) ln(1 − ŷ)) without the part that is 0, if y is 0 or 1."""
    match term:
        case Negative(Plus(Times(y, ones), Times(OneMinus(), zeros))):
            return {1.0: Negative(ones), 0.0: Negative(zeros)}.get(y.value(values), term)
    return term
