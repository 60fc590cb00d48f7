"""Text and formulas in LaTeX. The texts of a lesson are escaped, so that LaTeX never reads a command in them."""

import unicodedata
from collections.abc import Iterator, Sequence

from tui_nn.handouts.documents.formula_tokens import (
    ExponentToken,
    FormulaToken,
    MatrixToken,
    NumberToken,
    OperatorToken,
    WordToken,
    split_prose,
    tokenize,
)
from tui_nn.language import _

MISSING_CHARACTERS = _("[?] stands for a character that LaTeX cannot show.")
_MISSING = "[?]"
# In a formula, LaTeX leaves out blanks.
_SPACE = r"\ "
_LETTERS = {
    **{char: f"\\{char}" for char in "#%&_{}"},
    "$": r"$\mathdollar$",
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": "$<$",
    ">": "$>$",
    "|": "$|$",
    '"': r"\textquotedblright{}",
    "'": r"\textquoteright{}",
    "`": r"\`{}",
    "-": "-{}",
    "¿": "?`{}",
    "¡": "!`{}",
    "…": r"\dots{}",
    "–": r"\textendash{}",
    "—": r"\textemdash{}",
    "‘": r"\textquoteleft{}",
    "’": r"\textquoteright{}",
    "“": r"\textquotedblleft{}",
    "”": r"\textquotedblright{}",
    # LaTeX's own letters have no low quotation marks.
    "„": ",,",
    "‚": ",{}",
    "−": "$-$",
    "·": r"$\cdot$",
    "×": r"$\times$",
    "½": r"$\tfrac{1}{2}$",
    "≤": r"$\leq$",
    "≠": r"$\neq$",
    "Σ": r"$\textstyle\sum$",
    "∂": r"$\partial$",
    "⊙": r"$\odot$",
    "′": "$'$",
    **{char: f"$^{{{plain}}}$" for char, plain in zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁻ᶻᵀ", "0123456789()-zT", strict=True)},
    **{char: f"$_{{{plain}}}$" for char, plain in zip("₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₙ", "0123456789ijkn", strict=True)},
    "→": r"$\rightarrow$",
    "°": r"$^{\circ}$",
    "ß": r"\ss{}",
    "æ": r"\ae{}",
    "Æ": r"\AE{}",
    "ø": r"\o{}",
    "Ø": r"\O{}",
    "œ": r"\oe{}",
    "Œ": r"\OE{}",
    "ł": r"\l{}",
    "Ł": r"\L{}",
    "⋯": r"$\cdots$",
    "⋮": r"$\vdots$",
}
_GREEK = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau phi chi psi omega"
_ACCENTS = {
    "\u0300": "`",
    "\u0301": "'",
    "\u0302": "^",
    "\u0303": "~",
    "\u0304": "=",
    "\u0306": "u ",
    "\u0307": ".",
    "\u0308": '"',
    "\u030a": "r ",
    "\u030b": "H ",
    "\u030c": "v ",
    "\u0327": "c ",
}
_OPERATORS = {
    "·": r"\cdot ",
    "⊙": r"\odot ",
    "−": "-",
    "½": r"\tfrac{1}{2}",
    "Σ": r"\textstyle\sum ",
    "Σₙ": r"\textstyle\sum_{n}",
    "λ₁": r"\lambda_{1}",
    "λ₂": r"\lambda_{2}",
    "β₁": r"\beta_{1}",
    "β₂": r"\beta_{2}",
    "β": r"\beta ",
    "μ": r"\mu ",
    "ρ": r"\rho ",
    "ε": r"\varepsilon ",
    "|": r"\vert ",
    "′": "'",
    "e⁻ᶻ": "e^{-z}",
    "eᶻ": "e^{z}",
    "⋯": r"\cdots ",
    "⋮": r"\vdots ",
    "⋱": r"\ddots ",
}


def escaped(words: str) -> str:
    """``words`` as LaTeX shows them, with [?] for each character that it can't show."""
    return "".join(map(_escaped_char, _composed(words)))


def is_fully_shown(words: str) -> bool:
    """Whether LaTeX can show every character of ``words``."""
    letters = (
        _escaped_char(char) for piece, is_formula in split_prose(words) if not is_formula for char in _composed(piece)
    )
    return _MISSING not in letters


def _composed(words: str) -> str:
    return unicodedata.normalize("NFC", words)


def _escaped_char(char: str) -> str:
    if char in _LETTERS:
        return _LETTERS[char]
    if char.isascii():
        return char if char.isprintable() else _MISSING
    # The Unicode name of λ is LAMDA, without b.
    alphabet, _blank, letter = unicodedata.name(char, "").lower().replace("lamda", "lambda").rpartition(" ")
    if alphabet == "greek small letter" and letter in _GREEK.split():
        return f"$\\{letter}$"
    parts = unicodedata.normalize("NFD", char)
    base, mark = parts[0], parts[1:]
    if base.isascii() and base.isalpha() and mark in _ACCENTS:
        return f"\\{_ACCENTS[mark]}{{{base}}}"
    return _MISSING


def prose(words: str) -> str:
    """A sentence, with its matrices set as formulas."""
    pieces = (
        f"${_inline_formula(piece)}$" if is_formula else escaped(piece) for piece, is_formula in split_prose(words)
    )
    return "".join(pieces)


def _inline_formula(words: str) -> str:
    # In a line of text, a fraction would be too small to read, or too high for the line.
    slope, _sign, of = words.rpartition("∂J/∂")
    return formula(words) if slope or of == words else rf"\partial J/\partial {formula(of)}"


def formula(words: str, *, stretchy: bool = False) -> str:
    """A formula; if ``stretchy``, brackets are as high as what stands between them."""
    return "".join(_signs(tokenize(words), stretchy))


def _signs(found: Sequence[FormulaToken], stretchy: bool) -> Iterator[str]:
    for number, sign in enumerate(found):
        match sign:
            case MatrixToken() | NumberToken() if number and _is_root(found[number - 1]):
                # The root before it has it below its line.
                continue
            case MatrixToken() if isinstance(next(iter(found[number + 1 :]), None), ExponentToken):
                # In brackets: LaTeX takes no second exponent.
                yield f"{{{_matrix(sign)}}}"
            case MatrixToken() | NumberToken():
                yield _operand(sign)
            case ExponentToken(text):
                yield f"^{{{text}}}"
            case _ if _is_root(sign):
                match found[number + 1 : number + 2]:
                    case [MatrixToken() | NumberToken() as under]:
                        yield rf"\sqrt{{{_operand(under)}}}"
                    case _:
                        yield r"\surd "
            case WordToken("f" | "w" as letter):
                yield letter
            case WordToken("η"):
                yield r"\eta "
            case WordToken(word, is_prose):
                yield rf"\text{{ {word}}}" if is_prose else rf"\operatorname{{{word.replace(' ', _SPACE)}}}"
            case OperatorToken("(", _) if stretchy:
                yield r"\left("
            case OperatorToken(")", _) if stretchy:
                yield r"\right)"
            case OperatorToken("−", is_prefix=True):
                yield "{-}"
            case OperatorToken(operator):
                yield _OPERATORS.get(operator) or (operator if operator in "+=/()" else escaped(operator))


def _is_root(sign: FormulaToken) -> bool:
    return isinstance(sign, OperatorToken) and sign.text == "√"


def _operand(sign: MatrixToken | NumberToken) -> str:
    return _number(sign.text) if isinstance(sign, NumberToken) else _matrix(sign)


def _number(number: str) -> str:
    if number in "∞—":
        return r"\infty " if number == "∞" else r"\text{\textemdash}"
    mantissa, _e, exponent = number.partition("e")
    if not exponent:
        return number
    sign = "-" if exponent[0] in "-−" else ""
    return rf"{mantissa}\cdot 10^{{{sign}{exponent.lstrip('-−+').lstrip('0') or '0'}}}"


def _matrix(sign: MatrixToken) -> str:
    letter = {"Ŷ": r"\hat{Y}", "M̂": r"\hat{M}", "Ŝ": r"\hat{S}", "δ": r"\delta"}.get(sign.letter, sign.letter)
    if sign.of:
        # The empty group lets a second subscript follow.
        letter += f"_{{{sign.of}}}{{}}"
    above = (f"({sign.layer})" if sign.layer else "") + (r"\top" if sign.is_transposed else "")
    written = letter + (f"^{{{above}}}" if above else "") + (f"_{{{sign.cell}}}" if sign.cell else "")
    if sign.is_slope:
        written = rf"\frac{{\partial J}}{{\partial {written}}}"
    return (rf"\text{{{sign.when} }}" if sign.when else "") + written
