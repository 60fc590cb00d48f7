"""Text and formulas in LaTeX: whatever stands in a lesson is text there, and never a command."""

import unicodedata
from collections.abc import Iterable, Iterator

from tui_nn.handouts.documents.formula_tokens import MatrixToken, Number, Operator, Sign, Word, in_prose, signs

LEFT_OUT = "In place of a character that LaTeX has no letter for stands [?]."
_MISSING = "[?]"
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
    "−": "$-$",
    "·": r"$\cdot$",
    "×": r"$\times$",
    "→": r"$\rightarrow$",
    "°": r"$^{\circ}$",
    "²": "$^{2}$",
    "³": "$^{3}$",
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
    "²": "^{2}",
    "′": "'",
    "e⁻ᶻ": "e^{-z}",
    "eᶻ": "e^{z}",
    "⋯": r"\cdots ",
    "⋮": r"\vdots ",
    "⋱": r"\ddots ",
}


def text(words: str) -> str:
    """``words`` as they are, as far as LaTeX's own letters go."""
    return "".join(map(_letter, _composed(words)))


def shown(words: str) -> bool:
    """Whether each character of ``words`` is shown."""
    letters = (_letter(char) for piece, is_formula in in_prose(words) if not is_formula for char in _composed(piece))
    return _MISSING not in letters


def _composed(words: str) -> str:
    return unicodedata.normalize("NFC", words)


def _letter(char: str) -> str:
    if char in _LETTERS:
        return _LETTERS[char]
    if char.isascii():
        return char if char.isprintable() else _MISSING
    # The Unicode name of λ is LAMDA, without b.
    alphabet, _, letter = unicodedata.name(char, "").lower().replace("lamda", "lambda").rpartition(" ")
    if alphabet == "greek small letter" and letter in _GREEK.split():
        return f"$\\{letter}$"
    parts = unicodedata.normalize("NFD", char)
    base, mark = parts[0], parts[1:]
    if base.isascii() and base.isalpha() and mark in _ACCENTS:
        return f"\\{_ACCENTS[mark]}{{{base}}}"
    return _MISSING


def prose(words: str) -> str:
    """A sentence, the signs of its matrices as formulas."""
    pieces = (f"${_in_line(piece)}$" if is_formula else text(piece) for piece, is_formula in in_prose(words))
    return "".join(pieces)


def _in_line(words: str) -> str:
    # A fraction would be too small, or too high, for a line of text.
    slope, _, of = words.rpartition("∂J/∂")
    return formula(words) if slope or of == words else rf"\partial J/\partial {formula(of)}"


def formula(words: str, *, stretchy: bool = False) -> str:
    """The signs in ``words``; brackets grow with what stands between them where they are ``stretchy``."""
    return "".join(_signs(signs(words), stretchy))


def _signs(found: Iterable[Sign], stretchy: bool) -> Iterator[str]:
    for sign in found:
        match sign:
            case MatrixToken():
                yield _matrix(sign)
            case Number(number):
                yield _number(number)
            case Word("f"):
                yield "f"
            case Word("η"):
                yield r"\eta "
            case Word(word):
                yield rf"\text{{ {word}}}" if word == "more" else rf"\operatorname{{{word}}}"
            case Operator("(", _) if stretchy:
                yield r"\left("
            case Operator(")", _) if stretchy:
                yield r"\right)"
            case Operator("−", is_prefix=True):
                yield "{-}"
            case Operator(operator):
                yield _OPERATORS.get(operator) or (operator if operator in "+=/()" else text(operator))


def _number(number: str) -> str:
    if number in "∞—":
        return r"\infty " if number == "∞" else r"\text{\textemdash}"
    mantissa, _, exponent = number.partition("e")
    if not exponent:
        return number
    sign = "-" if exponent[0] in "-−" else ""
    return rf"{mantissa}\cdot 10^{{{sign}{exponent.lstrip('-−+').lstrip('0') or '0'}}}"


def _matrix(sign: MatrixToken) -> str:
    letter = {"Ŷ": r"\hat{Y}", "δ": r"\delta"}.get(sign.letter, sign.letter)
    above = (f"({sign.layer})" if sign.layer else "") + (r"\top" if sign.is_transposed else "")
    written = letter + (f"^{{{above}}}" if above else "") + (f"_{{{sign.cell}}}" if sign.cell else "")
    if sign.is_slope:
        written = rf"\frac{{\partial J}}{{\partial {written}}}"
    return (r"\text{new }" if sign.is_new else "") + written
