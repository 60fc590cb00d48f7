"""A worked iteration as one HTML page that loads nothing, runs no script, and prints well."""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from tui_nn.handouts.documents import handout_sentences
from tui_nn.handouts.documents.class_results import HEADING as CLASSES
from tui_nn.handouts.documents.formula_tokens import split_prose
from tui_nn.handouts.documents.line_breaking import broken_at_terms, line_text
from tui_nn.handouts.documents.mathml import formula, math_element, matrix, with_shape
from tui_nn.handouts.documents.network_figure import svg
from tui_nn.handouts.documents.paper_matrices import PaperMatrix, PaperTable
from tui_nn.handouts.documents.worksheet import WorkedEquation, WorkedStep, Worksheet
from tui_nn.language import language_code
from tui_nn.network.formulas.equations import SINGLE_NUMBERS
from tui_nn.writing.formulas.cell_explanation import CellExplanation
from tui_nn.writing.notation.signs import FormulaBlock, Token

# How many characters fit on a line: of the numbers in matrices, and of a worked cell.
_MATRIX_LINE, _CELL_LINE = 90, 84
_STYLE = Path(__file__).with_name("handout.css")


def html(sheet: Worksheet) -> str:
    """The whole page. It is well-formed XML, too."""
    style = f"\n{_STYLE.read_text(encoding='utf-8')}"
    known = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    head = (
        '<meta charset="utf-8"/>',
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{known}'\"/>",
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
        f"<title>{_text(sheet.title)}: {sheet.iteration}</title>",
        f"<style>{style}</style>",
    )
    body = "\n".join(_body(sheet))
    return (
        f'<!DOCTYPE html>\n<html lang="{language_code()}" xmlns="http://www.w3.org/1999/xhtml">\n<head>\n'
        + "\n".join(head)
        + f"\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _body(sheet: Worksheet) -> Iterator[str]:
    yield f"<header>\n<h1>{_text(sheet.title)}</h1>\n<p>{sheet.iteration}</p>\n</header>\n<main>"
    yield _section(
        handout_sentences.DATA_HEADING,
        _table(sheet.data),
        *map(_paragraph, sheet.scaling),
        _named_matrices(sheet.scaled),
    )
    figure = [svg(sheet.figure, handout_sentences.FIGURE), _paragraph(handout_sentences.FIGURE)] if sheet.figure else []
    yield _section(handout_sentences.NETWORK_HEADING, *map(_paragraph, sheet.network), *figure)
    yield _section(handout_sentences.WEIGHTS_HEADING, *map(_paragraph, sheet.origin), _named_matrices(sheet.weights))
    yield from map(_step, sheet.steps)
    if sheet.left_out:
        yield _paragraph(sheet.left_out)
    if sheet.predictions:
        yield _section(handout_sentences.PREDICTIONS_HEADING, *map(_table, sheet.predictions))
    if sheet.classes:
        confusion = [_table(sheet.classes.confusion)] if sheet.classes.confusion else []
        yield _section(CLASSES, *map(_paragraph, sheet.classes.sentences), *confusion)
    yield f"</main>\n<footer>\n{chr(10).join(map(_paragraph, sheet.footnotes))}\n</footer>"


def _section(heading: str, *content: str) -> str:
    return "\n".join(("<section>", f"<h2>{heading}</h2>", *content, "</section>"))


def _step(step: WorkedStep) -> str:
    heading = f'<span class="number">{step.number}</span> {_prose(step.name)}'
    notes = (f'<p class="note">{_text(note)}</p>' for note in step.notes)
    equations = (line for equation in step.equations for line in _equation(equation))
    return "\n".join(
        ('<section class="step">', f"<h2>{heading}</h2>", _paragraph(step.sentence), *notes, *equations, "</section>")
    )


def _equation(equation: WorkedEquation) -> Iterator[str]:
    yield '<div class="equation">'
    yield f'<div class="formula">{math_element(*_formula_with_shapes(equation))}</div>'
    parts = [math_element("".join(_part_with_numbers(part, equation))) for part in equation.parts]
    is_wide = sum(len(cell) + 2 for grid in equation.operands.grids.values() for cell in grid.cells[0]) > _MATRIX_LINE
    yield f'<div class="numbers{" wide" if is_wide else ""}">{math_element("<mo>=</mo>")}{"".join(parts)}</div>'
    result = formula(equation.cell.result) if equation.name in SINGLE_NUMBERS else matrix(equation.result)
    yield f'<div class="numbers result" id="{equation.name}">{math_element("<mo>=</mo>")}{math_element(result)}</div>'
    yield f'<div class="cell">{_worked_cell(equation)}</div>'
    if equation.on_digits:
        yield f'<p class="hint">{equation.on_digits}</p>'
    yield "</div>"


def _formula_with_shapes(equation: WorkedEquation) -> Iterator[str]:
    for token in equation.formula:
        if isinstance(token, FormulaBlock):
            yield with_shape(token.label, token.expression.shape(equation.shapes))
        else:
            yield formula(token.text)


def _part_with_numbers(part: Iterable[Token], equation: WorkedEquation) -> Iterator[str]:
    """A part of the right side, with numbers in place of its matrices."""
    for token in part:
        if isinstance(token, FormulaBlock):
            yield matrix(equation.operands.grids[token.expression])
        else:
            yield formula(token.text, stretchy=True)


def _worked_cell(equation: WorkedEquation) -> str:
    """The worked cell, with its lines aligned at the equals sign."""
    cell = equation.cell
    lines = [(formula(cell.name) if i == 0 else "", line) for i, line in enumerate(_right_sides(cell))]
    rows = (f"<mtr><mtd>{name}</mtd><mtd><mrow>{line}</mrow></mtd></mtr>" for name, line in lines)
    return math_element(f'<mtable class="lines">{"".join(rows)}</mtable>')


def _right_sides(cell: CellExplanation) -> Iterator[str]:
    for line in cell.lines:
        first, *others = broken_at_terms(line_text(line), _CELL_LINE)
        yield f"<mo>=</mo>{formula(first)}"
        yield from (f'<mspace width="2em"/>{formula(other)}' for other in others)
    yield f"<mo>=</mo>{formula(cell.result)}"


def _named_matrices(grids: tuple[tuple[str, PaperMatrix], ...]) -> str:
    each = (math_element(formula(name), "<mo>=</mo>", matrix(grid)) for name, grid in grids)
    return f'<div class="named">{"".join(each)}</div>'


def _table(table: PaperTable) -> str:
    headings = "".join(f'<th scope="col">{_prose(heading)}</th>' for heading in table.headings)
    lines = (("⋮",) * len(table.headings) if row is None else row for row in table.rows)
    rows = ("".join((f'<th scope="row">{row[0]}</th>', *(f"<td>{cell}</td>" for cell in row[1:]))) for row in lines)
    body = "\n".join(f"<tr>{row}</tr>" for row in rows)
    return f"<table>\n<thead><tr>{headings}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _paragraph(text: str) -> str:
    return f"<p>{_prose(text)}</p>"


def _prose(text: str) -> str:
    """A sentence, with its matrices set as formulas."""
    pieces = ((_text(piece), is_formula) for piece, is_formula in split_prose(text))
    return "".join(f'<span class="sign">{piece}</span>' if is_formula else piece for piece, is_formula in pieces)


def _text(text: str) -> str:
    return escape("".join(char if char.isprintable() else "�" for char in text))
