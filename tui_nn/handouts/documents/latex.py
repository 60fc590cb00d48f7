"""A worked iteration in LaTeX that needs only the packages amsmath and inputenc."""

from collections.abc import Iterable, Iterator

from tui_nn.handouts.documents import handout_sentences
from tui_nn.handouts.documents.class_results import HEADING as CLASSES
from tui_nn.handouts.documents.latex_text import MISSING_CHARACTERS, escaped, formula, is_fully_shown, prose
from tui_nn.handouts.documents.line_breaking import broken_at_terms, line_text
from tui_nn.handouts.documents.network_figure import picture
from tui_nn.handouts.documents.paper_matrices import PaperMatrix, PaperTable
from tui_nn.handouts.documents.worksheet import WorkedEquation, WorkedStep, Worksheet
from tui_nn.language import ENGLISH, language_code
from tui_nn.network.formulas.equations import SINGLE_NUMBERS
from tui_nn.network.formulas.expression import Shape
from tui_nn.writing.notation.signs import FormulaBlock, Token

_PREAMBLE = r"""\documentclass[11pt,a4paper,fleqn]{article}
\usepackage[utf8]{inputenc}
\usepackage{amsmath}
\setlength{\textwidth}{170mm}\setlength{\oddsidemargin}{-5.4mm}
\setlength{\textheight}{245mm}\setlength{\topmargin}{-20mm}
\setlength{\parindent}{0pt}\setlength{\parskip}{4pt plus 2pt}
\emergencystretch=3em
\setlength{\mathindent}{1.5em}
\raggedbottom
\begin{document}
\setlength{\abovedisplayskip}{5pt plus 2pt}\setlength{\belowdisplayskip}{5pt plus 2pt}"""
# Without further packages, LaTeX knows how to divide the words of English alone.
_UNDIVIDED = r"\hyphenpenalty=10000\tolerance=9999"
# How many characters fit on a line, and with which size of letters.
_WIDTH = 78
_SIZES = ((66, ""), (78, r"\small"), (92, r"\footnotesize"), (110, r"\scriptsize"))
_COLUMN = 3
# In millimetres: the width of the text, of the gap between columns, and of a letter.
_PAPER, _GAP, _MILLIMETRES = 170, 5, 2


def latex(sheet: Worksheet) -> str:
    """The whole document."""
    return "\n".join(_document_lines(sheet)) + "\n"


def _document_lines(sheet: Worksheet) -> Iterator[str]:
    yield _PREAMBLE
    if language_code() != ENGLISH:
        yield _UNDIVIDED
    yield rf"\section*{{{escaped(sheet.title)}\\[2pt] \large {escaped(sheet.iteration)}}}"
    yield from _section(escaped(handout_sentences.DATA_HEADING))
    yield from _table(sheet.data)
    yield from _paragraphs(sheet.scaling)
    yield from _named_matrices(sheet.scaled)
    yield from _section(escaped(handout_sentences.NETWORK_HEADING))
    yield from _paragraphs(sheet.network)
    if sheet.figure:
        yield from picture(sheet.figure)
        yield from _paragraphs([handout_sentences.FIGURE])
    yield from _section(escaped(handout_sentences.WEIGHTS_HEADING))
    yield from _paragraphs(sheet.origin)
    yield from _named_matrices(sheet.weights)
    for step in sheet.steps:
        yield from _step(step)
    if sheet.left_out:
        yield from _paragraphs([sheet.left_out])
    if sheet.predictions:
        yield from _section(escaped(handout_sentences.PREDICTIONS_HEADING))
        for table in sheet.predictions:
            yield from _table(table)
    if sheet.classes:
        yield from _section(escaped(CLASSES))
        yield from _paragraphs(sheet.classes.sentences)
        if sheet.classes.confusion:
            yield from _table(sheet.classes.confusion)
    yield "\\medskip\\hrule\\medskip\n\\small"
    yield from _paragraphs(sheet.footnotes)
    if not all(is_fully_shown(text) for text in _lesson_texts(sheet)):
        yield from _paragraphs([MISSING_CHARACTERS])
    yield r"\end{document}"


def _lesson_texts(sheet: Worksheet) -> Iterator[str]:
    """All texts that the lesson's author wrote."""
    yield from (sheet.title, *sheet.data.headings, *sheet.scaling)
    yield from sheet.classes.sentences if sheet.classes else ()
    yield from (note for step in sheet.steps for note in step.notes)


def _section(heading: str) -> Iterator[str]:
    yield rf"\subsection*{{{heading}}}"


def _paragraphs(sentences: Iterable[str]) -> Iterator[str]:
    for sentence in sentences:
        yield f"{prose(sentence)}\\par"


def _step(step: WorkedStep) -> Iterator[str]:
    yield from _section(rf"\framebox{{{step.number}}}\quad {prose(step.name)}")
    # The paragraph goes on into the formula, so that no page ends between them.
    yield prose(step.sentence)
    for note in step.notes:
        yield rf"\begin{{quote}}\itshape {escaped(note)}\end{{quote}}"
    for equation in step.equations:
        yield from _equation(equation)


def _equation(equation: WorkedEquation) -> Iterator[str]:
    # The formula, the same with numbers in place of its matrices, and the result; each takes one line or more.
    lines = [rf"& {_formula_with_shapes(equation)}"]
    parts = [(_part_with_numbers(part, equation), _width(part, equation)) for part in equation.parts]
    size = next((size for room, size in _SIZES if sum(width for _, width in parts) <= room), _SIZES[-1][1])
    room = next(room for room, name in _SIZES if name == size)
    line, used = "&= ", 0
    for part, width in parts:
        if used and used + width > room:
            # LaTeX needs a \right for each \left on the same line: \left. and \right. stand for brackets not shown.
            is_open = line.count(r"\left(") - line.count(r"\right)")
            lines.append(line + r"\right." * is_open)
            line, used = r"&\quad " + r"\left." * is_open, 0
        line, used = line + part, used + width
    lines.append(line)
    result = formula(equation.cell.result) if equation.name in SINGLE_NUMBERS else _matrix(equation.result)
    lines.append(f"&= {result}")
    joined = "\\\\[4pt]\n".join(lines)
    yield f"{{{size}\n\\begin{{align*}}\n{joined}\n\\end{{align*}}}}"
    yield from _worked_cell(equation)
    if equation.on_digits:
        yield from _paragraphs([equation.on_digits])


def _formula_with_shapes(equation: WorkedEquation) -> str:
    return "".join(
        _with_shape(token.label, token.expression.shape(equation.shapes))
        if isinstance(token, FormulaBlock)
        else formula(token.text)
        for token in equation.formula
    )


def _with_shape(label: str, shape: Shape) -> str:
    return rf"\underset{{{shape[0]}\times {shape[1]}}}{{{formula(label)}}}"


def _part_with_numbers(part: Iterable[Token], equation: WorkedEquation) -> str:
    """A part of the right side, with numbers in place of its matrices."""
    return "".join(
        _matrix(equation.operands.grids[token.expression])
        if isinstance(token, FormulaBlock)
        else formula(token.text, stretchy=True)
        for token in part
    )


def _matrix(grid: PaperMatrix) -> str:
    rows = (" & ".join(formula(cell) for cell in row) for row in grid.cells)
    joined = r" \\ ".join(rows)
    return rf"\left[\begin{{array}}{{{'r' * len(grid.cells[0])}}} {joined} \end{{array}}\right]"


def _width(part: Iterable[Token], equation: WorkedEquation) -> int:
    """The width of a part, in characters, approximately."""
    width = 0
    for token in part:
        if isinstance(token, FormulaBlock):
            width += _grid_width(equation.operands.grids[token.expression])
        else:
            width += len(token.text) + 2
    return width


def _grid_width(grid: PaperMatrix) -> int:
    columns = zip(*grid.cells, strict=True)
    return sum(max(map(_printed_length, column)) + _COLUMN for column in columns) + 2


def _printed_length(number: str) -> int:
    # LaTeX shows 1e-5 as 1 · 10⁻⁵, which is wider.
    return len(number) + (2 if "e" in number else 0)


def _worked_cell(equation: WorkedEquation) -> Iterator[str]:
    """The worked cell: its lines are aligned at the equals sign, and broken between the terms of a sum."""
    cell = equation.cell
    lines: list[str] = []
    for written in cell.lines:
        first, *others = broken_at_terms(line_text(written), _WIDTH)
        lines.append(f"&= {formula(first)}")
        lines += [rf"&\qquad {formula(other)}" for other in others]
    lines.append(f"&= {formula(cell.result)}")
    lines[0] = formula(cell.name) + lines[0]
    joined = "\\\\\n".join(lines)
    yield f"\\begin{{align*}}\n{joined}\n\\end{{align*}}"


def _named_matrices(grids: tuple[tuple[str, PaperMatrix], ...]) -> Iterator[str]:
    lines: list[str] = []
    used = _WIDTH
    for name, grid in grids:
        width = _grid_width(grid) + len(name) + 3
        written = f"{formula(name)} = {_matrix(grid)}"
        if used + width > _WIDTH:
            lines.append(f"& {written}")
            used = width
        else:
            lines[-1] += rf"\qquad {written}"
            used += width + 3
    joined = "\\\\[4pt]\n".join(lines)
    yield f"\\begin{{align*}}\n{joined}\n\\end{{align*}}"


def _table(table: PaperTable) -> Iterator[str]:
    most = _PAPER // len(table.headings) - _GAP
    headings = [_heading(name, most) for name in table.headings]
    rows = [row if row is not None else ("⋮",) * len(headings) for row in table.rows]
    yield rf"\par\medskip\begin{{tabular}}{{{'r' * len(headings)}}}"
    yield " & ".join(headings) + r" \\[2pt] \hline\rule{0pt}{2.6ex}"
    yield "\n".join(" & ".join(f"${formula(cell)}$" for cell in row) + r" \\" for row in rows)
    yield r"\end{tabular}\par\medskip"


def _heading(name: str, most: int) -> str:
    """The name above a column; it takes several lines if it is wider than ``most`` millimetres."""
    if _MILLIMETRES * len(name) <= most:
        return prose(name)
    return rf"\parbox[b]{{{most}mm}}{{\raggedleft\small\hspace{{0pt}}{prose(name)}}}"
