"""The lecture's signs, read one by one, for whoever writes them in another language: δ⁽³⁾[2,1] · 0.25 + f′(Z⁽²⁾)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MATRIX = (
    r"(?P<new>new )?(?:(?P<slope>∂J/∂)?(?P<letter>[δWbZA])⁽(?P<layer>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)⁾"
    r"|(?P<other>Ŷ|(?<![A-Za-z])[XYJxy](?![A-Za-z])))"
    r"(?P<transposed>ᵀ)?(?:\[(?P<cell>\d+,\d+)\])?"
)
_SIGN = re.compile(
    rf"(?P<power>e⁻?ᶻ)|(?P<matrix>{_MATRIX})|(?P<number>\d+(?:\.\d+)?(?:e[-−+]?\d+)?|∞|—)"
    r"|(?P<word>[A-Za-zη]+)|(?P<operator>Σₙ|\S)"
)
_IN_PROSE = re.compile(rf"{_MATRIX}|\bη(?: = [\d.e+−-]*\d)?|f(?=′?\(z\))|e⁻?ᶻ|[′²]")


@dataclass(frozen=True)
class MatrixToken:
    """A matrix, its transposed one, or a cell of it, "" where there is none: ``letter`` is δ, W, Ŷ, X …"""

    letter: str
    layer: str
    is_slope: bool
    is_new: bool
    is_transposed: bool
    cell: str


@dataclass(frozen=True)
class Number:
    """A number, as text with the sign − in its exponent."""

    text: str


@dataclass(frozen=True)
class Word:
    """The name of a function, η, or a word."""

    text: str


@dataclass(frozen=True)
class Operator:
    """Any other sign; ``is_prefix`` tells the minus of a number from that of a difference."""

    text: str
    is_prefix: bool


Sign: TypeAlias = MatrixToken | Number | Word | Operator


def signs(text: str) -> list[Sign]:
    """The signs of a formula from left to right."""
    return [*_signs(text)]


def _signs(text: str) -> Iterator[Sign]:
    # A minus that stands alone is that between two matrices.
    is_prefix = len(text) > 1
    for found in _SIGN.finditer(text):
        if found["matrix"]:
            yield _matrix(found)
        elif found["number"]:
            yield Number(found["number"])
        elif found["word"]:
            yield Word(found["word"])
        else:
            yield Operator(found["power"] or found["operator"], is_prefix)
        is_prefix = bool(found["operator"]) and found["operator"] not in ")²′"


def _matrix(found: re.Match[str]) -> MatrixToken:
    return MatrixToken(
        found["letter"] or found["other"],
        (found["layer"] or "").translate(_PLAIN),
        bool(found["slope"]),
        bool(found["new"]),
        bool(found["transposed"]),
        found["cell"] or "",
    )


def in_prose(text: str) -> Iterator[tuple[str, bool]]:
    """``text`` in pieces, each with whether it is a formula."""
    begin = 0
    for found in _IN_PROSE.finditer(text):
        yield text[begin : found.start()], False
        yield found[0], True
        begin = found.end()
    yield text[begin:], False
