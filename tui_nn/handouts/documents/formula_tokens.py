"""Splits a formula in the lecture's signs, such as δ⁽³⁾[2,1] · 0.25 + f′(Z⁽²⁾), into tokens for LaTeX and MathML."""

import re
from collections.abc import Iterator
from typing import TypeAlias

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.writing.notation.signs import UNICODE

_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹ᵗ", "0123456789t")
_PLAIN_NAME = f" {UNICODE.name('W1')}"
# The words before new W⁽¹⁾ and old W⁽¹⁾, in the user's language.
_WHEN = "|".join(re.escape(UNICODE.name(name).removesuffix(_PLAIN_NAME)) for name in ("W1_next", "W1_previous"))
_MATRIX = (
    rf"(?:(?P<when>{_WHEN}) )?(?:(?P<slope>∂J/∂)?(?P<letter>M̂|[δWbZAVMSŜ])(?:_(?P<of>b))?⁽(?P<layer>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)⁾"
    r"|(?P<other>Ŷ|(?<![A-Za-z])[XYJxy](?![A-Za-z])))"
    r"(?P<transposed>ᵀ)?(?:\[(?P<cell>\d+,\d+)\])?"
)
_SIGN = re.compile(
    rf"(?P<power>e⁻?ᶻ)|(?P<matrix>{_MATRIX})|(?P<number>\d+(?:\.\d+)?(?:e[-−+]?\d+)?|∞|—)"
    r"|(?P<word>[A-Za-zη]+(?: [a-z]+(?=′?\())?)|(?P<exponent>[⁰¹²³⁴⁵⁶⁷⁸⁹ᵗ]+)|(?P<operator>Σₙ|[λβ][₁₂]|\S)"
)
_IN_PROSE = re.compile(rf"{_MATRIX}|\bη(?: = [\d.e+−-]*\d)?|f(?=′?\(z\))|e⁻?ᶻ|[λβ][₁₂]|[μρε]|βᵗ|[′²]")


@frozen_dataclass
class MatrixToken:
    """A matrix, its transpose, or one of its cells.

    ``letter`` is δ, W, Ŷ, X, M̂ …; ``layer`` is "" for a matrix without a layer, ``cell`` is "" for a whole matrix.
    ``when`` is the word for new after the update, that for old for what the iteration before left, and else "". ``of``
    is "b" for a matrix of an optimizer that belongs to a bias.
    """

    letter: str
    layer: str
    is_slope: bool
    when: str
    of: str
    is_transposed: bool
    cell: str


@frozen_dataclass
class NumberToken:
    """A number; the minus of its exponent may be − or -."""

    text: str


@frozen_dataclass
class WordToken:
    """The name of a function, such as sigmoid or leaky relu, or η, or a word.

    ``is_prose`` is True for the word behind a number of terms that are left out: 3 more.
    """

    text: str
    is_prose: bool = False


@frozen_dataclass
class ExponentToken:
    """The power of what stands before it: a whole number, or t."""

    text: str


@frozen_dataclass
class OperatorToken:
    """Any other sign; ``is_prefix`` is True for the minus of a number, False for that of a difference."""

    text: str
    is_prefix: bool


FormulaToken: TypeAlias = MatrixToken | NumberToken | WordToken | ExponentToken | OperatorToken


def tokenize(text: str) -> list[FormulaToken]:
    """The tokens of a formula, from left to right."""
    return [*_tokens(text)]


def _tokens(text: str) -> Iterator[FormulaToken]:
    # A minus that stands alone comes between two matrices.
    is_prefix = len(text) > 1
    end_of_count = -1
    for found in _SIGN.finditer(text):
        if found["matrix"]:
            yield _matrix_token(found)
        elif found["number"]:
            yield NumberToken(found["number"])
            end_of_count = found.end() + 1 if found["number"].isdecimal() else -1
        elif found["word"]:
            yield WordToken(found["word"], found.start() == end_of_count and text[found.end() : found.end() + 1] != "(")
        elif found["exponent"]:
            yield ExponentToken(found["exponent"].translate(_PLAIN))
        else:
            yield OperatorToken(found["power"] or found["operator"], is_prefix)
        is_prefix = bool(found["operator"]) and found["operator"] not in ")′"


def _matrix_token(found: re.Match[str]) -> MatrixToken:
    return MatrixToken(
        found["letter"] or found["other"],
        (found["layer"] or "").translate(_PLAIN),
        bool(found["slope"]),
        found["when"] or "",
        found["of"] or "",
        bool(found["transposed"]),
        found["cell"] or "",
    )


def split_prose(text: str) -> Iterator[tuple[str, bool]]:
    """Splits a sentence into pieces; yields each with True if it is a formula, False if it is words."""
    begin = 0
    for found in _IN_PROSE.finditer(text):
        yield text[begin : found.start()], False
        yield found[0], True
        begin = found.end()
    yield text[begin:], False
