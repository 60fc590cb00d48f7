"""A worked iteration in Markdown, with formulas and matrices as plain text in blocks of code."""

import re
import textwrap
from collections.abc import Iterator

from tui_nn.handouts.documents import handout_sentences
from tui_nn.handouts.documents.class_results import HEADING as CLASSES
from tui_nn.handouts.documents.line_breaking import broken_at_terms, line_text
from tui_nn.handouts.documents.paper_matrices import PaperMatrix, PaperTable
from tui_nn.handouts.documents.worksheet import WorkedEquation, WorkedStep, Worksheet
from tui_nn.network.formulas.equations import SINGLE_NUMBERS
from tui_nn.writing.notation.shapes_below import columns
from tui_nn.writing.notation.signs import UNICODE, FormulaBlock, Token

_WIDTH = 100
_LEAST_HEADING = 8
_GAP = "   "
_INDENT = "     "
_BETWEEN = (UNICODE.product, UNICODE.hadamard, UNICODE.minus, "+")
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&!$@^])|(?<=[a-z])(:)(?=//)|(?<=www)(\.)", re.IGNORECASE)
_AT_THE_BEGINNING = re.compile(r"^([-+=]|\d+(?=[.)]))")


def markdown(sheet: Worksheet) -> str:
    """The whole document."""
    return "\n\n".join(_paragraphs(sheet)) + "\n"


def _paragraphs(sheet: Worksheet) -> Iterator[str]:
    yield f"# {escaped(sheet.title)}"
    yield f"**{sheet.iteration}**"
    yield f"## {handout_sentences.DATA_HEADING}"
    yield _code(_table(sheet.data))
    yield " ".join(map(escaped, sheet.scaling))
    yield _code(_side_by_side([*_named_matrices(sheet.scaled)]))
    yield f"## {handout_sentences.NETWORK_HEADING}"
    yield from map(escaped, sheet.network)
    yield f"## {handout_sentences.WEIGHTS_HEADING}"
    yield " ".join(map(escaped, sheet.origin))
    yield _code(_side_by_side([*_named_matrices(sheet.weights)]))
    for step in sheet.steps:
        yield from _step(step)
    if sheet.left_out:
        yield escaped(sheet.left_out)
    if sheet.predictions:
        yield f"## {handout_sentences.PREDICTIONS_HEADING}"
        yield from (_code(_table(table)) for table in sheet.predictions)
    if sheet.classes:
        yield f"## {CLASSES}"
        yield " ".join(map(escaped, sheet.classes.sentences))
        if sheet.classes.confusion:
            yield _code(_table(sheet.classes.confusion))
    yield "---"
    yield from map(escaped, sheet.footnotes)


def _step(step: WorkedStep) -> Iterator[str]:
    yield f"## {step.number}. {escaped(step.name)}"
    yield escaped(step.sentence)
    yield from (f"> {escaped(note)}" for note in step.notes)
    for equation in step.equations:
        yield _code([*_formula_with_shapes(equation), "", *_numbers(equation)])
        yield _code(_worked_cell(equation))
        if equation.on_digits:
            yield equation.on_digits


def _formula_with_shapes(equation: WorkedEquation) -> tuple[str, ...]:
    """Two lines: the formula, and below each matrix its shape."""
    above, below = "", ""
    for token in equation.formula:
        label = token.label if isinstance(token, FormulaBlock) else token.text
        under = UNICODE.shape(token.expression.shape(equation.shapes)) if isinstance(token, FormulaBlock) else ""
        gap = "" if not above or above.endswith("(") or label.startswith(")") else " "
        width = max(columns(label), len(under))
        above += gap + label + " " * (width - columns(label) if under else 0)
        below = below.ljust(columns(above) - width) + under
    return above.rstrip(), below.rstrip()


def _numbers(equation: WorkedEquation) -> list[str]:
    """The formula with numbers in place of its matrices, on as many lines as that takes, and the result."""
    lines: list[list[list[str]]] = [[["= "]]]
    for part in equation.parts:
        box = _joined([_box(token, equation) for token in part])
        if len(lines[-1]) > 1 and sum(map(_width, lines[-1])) + _width(box) > _WIDTH:
            lines.append([["  "]])
        lines[-1].append(box)
    lines.append([["= "], [equation.cell.result] if equation.name in SINGLE_NUMBERS else _matrix(equation.result)])
    return [row for i, boxes in enumerate(lines) for row in (*([""] if i else []), *_joined(boxes))]


def _box(token: Token, equation: WorkedEquation) -> list[str]:
    if isinstance(token, FormulaBlock):
        return _matrix(equation.operands.grids[token.expression])
    text = token.text
    before = text in _BETWEEN or text.startswith((UNICODE.hadamard, "+"))
    after = text in _BETWEEN or text.endswith((UNICODE.product, UNICODE.minus, " ln"))
    return [" " * before + text + " " * after]


def _matrix(grid: PaperMatrix) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*grid.cells, strict=True)]
    rows = ("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in grid.cells)
    return [f"[ {row} ]" for row in rows]


def _width(box: list[str]) -> int:
    return max(map(len, box))


def _joined(boxes: list[list[str]]) -> list[str]:
    """Boxes side by side, each centred vertically."""
    height = max(map(len, boxes))
    lines = [""] * height
    for box in boxes:
        above, width = (height - len(box)) // 2, _width(box)
        padded = [""] * above + box + [""] * (height - len(box) - above)
        lines = [line + row.ljust(width) for line, row in zip(lines, padded, strict=True)]
    return lines


def _worked_cell(equation: WorkedEquation) -> list[str]:
    """The worked cell, line by line."""
    cell = equation.cell
    before = " " * len(cell.name)
    lines = []
    for line in cell.lines:
        first, *others = broken_at_terms(line_text(line), _WIDTH - len(before) - len(_INDENT))
        lines += [f"{before} = {first}", *(f"{before}{_INDENT}{other}" for other in others)]
    lines.append(f"{before} = {cell.result}")
    return [cell.name + lines[0].removeprefix(before), *lines[1:]]


def _named_matrices(grids: tuple[tuple[str, PaperMatrix], ...]) -> Iterator[list[str]]:
    for name, grid in grids:
        yield _joined([[f"{name} = "], _matrix(grid)])


def _side_by_side(boxes: list[list[str]]) -> list[str]:
    """Boxes side by side, as many on a line as fit."""
    rows: list[list[list[str]]] = [[]]
    for box in boxes:
        if rows[-1] and sum(_width(other) + 3 for other in rows[-1]) + _width(box) > _WIDTH:
            rows.append([])
        rows[-1] += [["   "], box] if rows[-1] else [box]
    return [line for i, row in enumerate(rows) for line in (*([""] if i else []), *_joined(row))]


def _table(table: PaperTable) -> list[str]:
    count = len(table.headings)
    most = max(_LEAST_HEADING, _WIDTH // count - len(_GAP))
    names = [textwrap.wrap(name, most) or [""] for name in table.headings]
    height = max(map(len, names))
    headings = zip(*([""] * (height - len(lines)) + lines for lines in names), strict=True)
    rows = [row if row is not None else ("⋮",) * count for row in table.rows]
    columns = zip(*headings, *rows, strict=True)
    padded = [[cell.rjust(max(map(len, column))) for cell in column] for column in columns]
    return [_GAP.join(line) for line in zip(*padded, strict=True)]


def _code(lines: list[str] | tuple[str, ...]) -> str:
    # Three backticks would end the block; none of these lines begins with them.
    return "\n".join(("```text", *(line.rstrip() for line in lines), "```"))


def escaped(text: str) -> str:
    """Markdown that shows ``text`` as it is, without links or markup."""
    plain = "".join(char if char.isprintable() else "�" for char in text)
    with_signs = _MARKUP.sub(lambda found: f"\\{found[0]}", plain.strip())
    return _AT_THE_BEGINNING.sub(lambda found: f"{found[0]}\\" if found[0].isdecimal() else f"\\{found[0]}", with_signs)
