"""The lecture's signs: Z⁽²⁾, δ⁽³⁾, ∂J/∂W⁽²⁾, Ŷ, ⊙, ᵀ; or, where only ASCII is to be had, Z2, delta3, dJ/dW2, Y_hat."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self, TypeAlias

from tui_nn.network import Equation, Network
from tui_nn.network.expression import (
    Activated,
    ColumnSums,
    Derivative,
    Difference,
    Expression,
    Hadamard,
    HalfSumOfSquares,
    Negated,
    OverRows,
    PlusRow,
    Product,
    Scaled,
    Shape,
    Symbol,
    Transposed,
)
from tui_nn.writing.figures import AS_MANY_AS_IT_TAKES, Digits

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LETTERS = re.compile(r"(dJdW|dJdb|delta|[WbZA])([0-9]+)(_next)?")
_UNICODE_LETTERS = {"dJdW": "∂J/∂W", "dJdb": "∂J/∂b", "delta": "δ"}
_ASCII_LETTERS = {"dJdW": "dJ/dW", "dJdb": "dJ/db"}


@dataclass(frozen=True)
class Glyph:
    """A sign between matrices."""

    text: str


@dataclass(frozen=True)
class Block:
    """A matrix in a formula: what it is, and how it is called."""

    expression: Expression
    label: str


Token: TypeAlias = Glyph | Block


@dataclass(frozen=True)
class Notation:
    """One way to write. ``functions`` is how each activation is called: f, where there is only one.

    ``digits`` is how whoever reads wants the numbers of a matrix.
    """

    equals: str
    product: str
    hadamard: str
    minus: str
    transposed: str
    prime: str
    learning_rate: str
    column_sums: str
    half_sum: str
    squared: str
    arrow: str
    times: str
    loss: str
    epsilon: str
    between: str
    ellipsis: str
    unicode: bool
    functions: Mapping[str, str]
    digits: Digits = AS_MANY_AS_IT_TAKES

    def of(self, network: Network) -> Self:
        """The same notation with the names that the activations of ``network`` go by."""
        used = {network.activation_of(layer).name for layer in range(2, len(network.layers) + 1)}
        return replace(self, functions={name: "f" if len(used) == 1 else name for name in used})

    def name(self, name: str) -> str:
        """A matrix, by the name that it has in code."""
        if match := _LETTERS.fullmatch(name):
            letters, number, updated = match.groups()
            if self.unicode:
                written = f"{_UNICODE_LETTERS.get(letters, letters)}⁽{number.translate(_SUPERSCRIPT)}⁾"
            else:
                written = f"{_ASCII_LETTERS.get(letters, letters)}{number}"
            return f"new {written}" if updated else written
        return "Ŷ" if name == "Y_hat" and self.unicode else name

    def shape(self, shape: Shape) -> str:
        """``3×1``."""
        return f"{shape[0]}{self.times}{shape[1]}"

    def label(self, expression: Symbol | Transposed | Derivative) -> str:
        """A matrix as it stands in a formula: Y, W⁽²⁾ᵀ, f′(Z⁽³⁾)."""
        match expression:
            case Symbol(name):
                return self.name(name)
            case Transposed(of):
                return self.name(of.name) + self.transposed
            case Derivative(activation, of):
                return f"{self.functions[activation]}{self.prime}({self.name(of.name)})"

    def tokens(self, expression: Expression) -> list[Token]:
        """``expression`` from left to right, as matrices and the signs between them."""
        match expression:
            case Symbol() | Transposed() | Derivative():
                return [Block(expression, self.label(expression))]
            case Activated(activation, of):
                return [Glyph(f"{self.functions[activation]}("), *self.tokens(of), Glyph(")")]
            case Product(left, right):
                return [*self.tokens(left), Glyph(self.product), *self.tokens(right)]
            case Hadamard(Difference() as left, right):
                return [Glyph("("), *self.tokens(left), Glyph(")"), Glyph(self.hadamard), *self.tokens(right)]
            case Hadamard(left, right):
                return [*self.tokens(left), Glyph(self.hadamard), *self.tokens(right)]
            case Difference(left, right):
                return [*self.tokens(left), Glyph(self.minus), *self.tokens(right)]
            case Negated(of):
                return [Glyph(f"{self.minus}("), *self.tokens(of), Glyph(")")]
            case PlusRow(left, row):
                return [*self.tokens(left), Glyph("+"), *self.tokens(row)]
            case ColumnSums(of):
                return [Glyph(self.column_sums), *self.tokens(of)]
            case HalfSumOfSquares(of):
                return [Glyph(f"{self.half_sum} ("), *self.tokens(of), Glyph(f"){self.squared}")]
            case Scaled(_, of):
                return [Glyph(f"{self.learning_rate} {self.product}"), *self.tokens(of)]
            case OverRows(of):
                return [Glyph(f"(1/N) {self.product}"), *self.tokens(of)]

    def equation(self, equation: Equation) -> list[Token]:
        """``name = expression`` from left to right."""
        symbol = Symbol(equation.name)
        return [Block(symbol, self.label(symbol)), Glyph(self.equals), *self.tokens(equation.expression)]

    def formula(self, equation: Equation) -> str:
        """``name = expression`` on one line: ∂J/∂W⁽²⁾ = A⁽²⁾ᵀ · δ⁽³⁾."""
        return joined([token.label if isinstance(token, Block) else token.text for token in self.equation(equation)])

    def shaped(self, equation: Equation, shapes: Mapping[str, Shape]) -> tuple[str, str]:
        """``name = expression`` and, for the line below, the shape of each matrix under it."""
        above, below = "", ""
        for token in self.equation(equation):
            label, under = token.text if isinstance(token, Glyph) else token.label, ""
            if isinstance(token, Block):
                under = self.shape(token.expression.shape(shapes))
            space = _space(above.rstrip() if under else above, label)
            width = max(len(label), len(under))
            above += space + label.center(width)
            below += space + under.center(width)
        return above.rstrip(), below.rstrip()


def _space(line: str, piece: str) -> str:
    return "" if not line or line.endswith("(") or piece.startswith(")") else " "


def joined(pieces: list[str]) -> str:
    """Signs and matrices side by side, brackets close to what they hold."""
    line = ""
    for piece in pieces:
        line += _space(line, piece) + piece
    return line


UNICODE = Notation(
    equals="=",
    product="·",
    hadamard="⊙",
    minus="−",
    transposed="ᵀ",
    prime="′",
    learning_rate="η",
    column_sums="Σₙ",
    half_sum="½ Σ",
    squared="²",
    arrow="→",
    times="×",
    loss="ℒ",
    epsilon="ε",
    between="·",
    ellipsis="…",
    unicode=True,
    functions={},
)
ASCII = Notation(
    equals="=",
    product=".",
    hadamard="*",
    minus="-",
    transposed="'",
    prime="'",
    learning_rate="rate",
    column_sums="sum_n",
    half_sum="1/2 sum",
    squared="^2",
    arrow="->",
    times="x",
    loss="Loss",
    epsilon="epsilon",
    between="-",
    ellipsis="...",
    unicode=False,
    functions={},
)


def written_in(encoding: str | None) -> Notation:
    """The signs that there are in an encoding, of which None and "" have ASCII's."""
    try:
        "Ŷδ⁽²⁾⊙ᵀ−".encode(encoding or "ascii")
    except UnicodeEncodeError:
        return ASCII
    return UNICODE
