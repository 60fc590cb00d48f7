"""Formulas and matrices in MathML, which browsers show without a script."""

from collections.abc import Iterable
from html import escape

from tui_nn.handouts.documents.formula_tokens import (
    ExponentToken,
    FormulaToken,
    MatrixToken,
    NumberToken,
    OperatorToken,
    WordToken,
    tokenize,
)
from tui_nn.handouts.documents.paper_matrices import PaperMatrix
from tui_nn.network.formulas.expression import Shape

_HATS = {
    sign: f'<mover><mi>{letter}</mi><mo stretchy="false">^</mo></mover>'
    for sign, letter in {"Ŷ": "Y", "M̂": "M", "Ŝ": "S"}.items()
}


def math_element(*content: str) -> str:
    """A formula on its own line, made of MathML elements."""
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML" displaystyle="true">{mrow(*content)}</math>'


def mrow(*content: str) -> str:
    """Elements side by side."""
    return f"<mrow>{''.join(content)}</mrow>"


def formula(text: str, *, stretchy: bool = False) -> str:
    """A formula; if ``stretchy``, brackets are as high as what stands between them."""
    return "".join(_signs(tokenize(text), "" if stretchy else ' stretchy="false"'))


def with_shape(label: str, shape: Shape) -> str:
    """The name of a matrix, with its shape below."""
    rows, columns = shape
    return f"<munder>{mrow(formula(label))}<mrow><mn>{rows}</mn><mo>×</mo><mn>{columns}</mn></mrow></munder>"


def matrix(grid: PaperMatrix) -> str:
    """The numbers of a matrix, with dots for those left out."""
    rows = ("".join(f"<mtd>{_cell(cell)}</mtd>" for cell in line) for line in grid.cells)
    return f"<mtable>{''.join(f'<mtr>{line}</mtr>' for line in rows)}</mtable>"


def _cell(text: str) -> str:
    return f"<mtext>{text}</mtext>" if text in "⋯⋮⋱—" else f"<mrow>{_number(text)}</mrow>"


def _signs(found: Iterable[FormulaToken], brackets: str) -> Iterable[str]:
    for sign in found:
        match sign:
            case MatrixToken():
                yield _matrix(sign)
            case NumberToken(text):
                yield _number(text)
            case WordToken("f"):
                yield "<mi>f</mi>"
            case WordToken("η" | "w" as letter):
                yield f"<mi>{letter}</mi>"
            case WordToken(text, is_prose):
                yield f"<mtext>&#160;{text}</mtext>" if is_prose else f'<mi mathvariant="normal">{text}</mi>'
            case ExponentToken(text):
                # The token before this one is what is raised, or the bracket that closes it.
                yield f"<msup><mspace/>{'<mi>t</mi>' if text == 't' else f'<mn>{text}</mn>'}</msup>"
            case OperatorToken(text, is_prefix):
                yield _operator(text, is_prefix, brackets)


def _number(text: str) -> str:
    mantissa, _, exponent = escape(text).partition("e")
    if not exponent:
        return f"<mn>{mantissa}</mn>"
    sign = "−" if exponent[0] in "-−" else ""
    power = exponent.lstrip("-−+").lstrip("0") or "0"
    return f"<mn>{mantissa}</mn><mo>·</mo><msup><mn>10</mn><mn>{sign}{power}</mn></msup>"


def _operator(text: str, is_prefix: bool, brackets: str) -> str:
    match text:
        case "½":
            return "<mfrac><mn>1</mn><mn>2</mn></mfrac>"
        case "′":
            return "<msup><mspace/><mo>′</mo></msup>"
        case "λ₁" | "λ₂" | "β₁" | "β₂":
            return f"<msub><mi>{text[0]}</mi><mn>{'12'['₁₂'.index(text[1])]}</mn></msub>"
        case "μ" | "ρ" | "β" | "ε":
            return f"<mi>{text}</mi>"
        case "√":
            return '<mo form="prefix" stretchy="false">√</mo>'
        case "|":
            return f'<mo lspace="0" rspace="0"{brackets}>|</mo>'
        case "Σₙ":
            return "<msub><mo>Σ</mo><mi>n</mi></msub>"
        case "(":
            return f'<mo form="prefix"{brackets}>(</mo>'
        case ")":
            return f'<mo form="postfix"{brackets}>)</mo>'
        case "−" if is_prefix:
            return '<mo form="prefix">−</mo>'
    return f'<mo form="infix">{escape(text)}</mo>' if text in "·⊙−+=/" else f"<mo>{escape(text)}</mo>"


def _matrix(sign: MatrixToken) -> str:
    above = (f"({sign.layer})" if sign.layer else "") + ("⊤" if sign.is_transposed else "")
    letter = _HATS.get(sign.letter) or f"<mi>{sign.letter}</mi>"
    if sign.of:
        letter = f"<msub>{letter}<mi>{sign.of}</mi></msub>"
    when = f"<mtext>{sign.when}&#160;</mtext>" if sign.when else ""
    if above and sign.cell:
        letter = f"<msubsup>{letter}<mtext>{sign.cell}</mtext><mtext>{above}</mtext></msubsup>"
    elif above:
        letter = f"<msup>{letter}<mtext>{above}</mtext></msup>"
    elif sign.cell:
        letter = f"<msub>{letter}<mtext>{sign.cell}</mtext></msub>"
    if sign.is_slope:
        letter = f"<mfrac><mrow><mi>∂</mi><mi>J</mi></mrow><mrow><mi>∂</mi>{letter}</mrow></mfrac>"
    return when + letter
