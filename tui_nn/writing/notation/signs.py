"""The lecture's signs: Z⁽²⁾, δ⁽³⁾, ∂J/∂W⁽²⁾, Ŷ, ⊙, ᵀ; or, where only ASCII is to be had, Z2, delta3, dJ/dW2, Y_hat."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self, TypeAlias

from tui_nn.network import Equation, Network
from tui_nn.network.formulas.expression import (
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
    Row,
    Scaled,
    Shape,
    SumOverRows,
    Symbol,
    Transposed,
    symbols,
)
from tui_nn.writing.notation.number_format import AS_MANY_AS_IT_TAKES, Digits

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LETTERS = re.compile(r"(dJdW|dJdb|delta|[WbZA])([0-9]+)(_next)?")
_UNICODE_LETTERS = {"dJdW": "∂J/∂W", "dJdb": "∂J/∂b", "delta": "δ"}
_PLAIN = {"e⁻ᶻ": "exp(-z)", "eᶻ": "exp(z)", "·": ".", "−": "-", "²": "^2", "′": "'", "≤": "<="}
_ASCII_LETTERS = {"dJdW": "dJ/dW", "dJdb": "dJ/db"}


@dataclass(frozen=True)
class Glyph:
    """A sign between matrices."""

    text: str


@dataclass(frozen=True)
class FormulaBlock:
    """A matrix in a formula: what it is, and how it is called."""

    expression: Expression
    label: str


Token: TypeAlias = Glyph | FormulaBlock


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
    partial_sign: str
    column_sums: str
    half: str
    half_sum: str
    squared: str
    arrow: str
    times: str
    loss: str
    epsilon: str
    between: str
    ellipsis: str
    wrong: str
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

    def of_row(self, name: str) -> str:
        """Row n of a matrix, by the name that the matrix has in code: ŷₙ, z⁽³⁾ₙ; or y_hat[n]."""
        written = self.name(name)
        # Not δ, which is a small letter already, nor the name that ASCII has for it.
        return (written[:1].lower() + written[1:]) + ("ₙ" if self.unicode else "[n]")

    def in_signs(self, text: str) -> str:
        """``text``, which has the lecture's signs, in those that there are."""
        for sign, plain in _PLAIN.items() if not self.unicode else ():
            text = text.replace(sign, plain)
        return text

    def partial(self, of: str, by: str) -> str:
        """∂a/∂b, of and by what is called so."""
        return f"{self.partial_sign}{of}/{self.partial_sign}{by}"

    def shape(self, shape: Shape) -> str:
        """``3×1``."""
        return f"{shape[0]}{self.times}{shape[1]}"

    def label(self, expression: Symbol | Row | Transposed | Derivative) -> str:
        """A matrix as it stands in a formula: Y, W⁽²⁾ᵀ, f′(Z⁽³⁾), or a row of one: yₙ."""
        match expression:
            case Symbol(name):
                return self.name(name)
            case Row(of):
                return self.of_row(of.name)
            case Transposed(inner):
                return self.label(inner) + self.transposed
            case Derivative(activation, inner):
                return f"{self.functions[activation]}{self.prime}({self.label(inner)})"

    def tokens(self, expression: Expression) -> list[Token]:
        """``expression`` from left to right, as matrices and the signs between them."""
        match expression:
            case Symbol() | Row() | Transposed() | Derivative():
                return [FormulaBlock(expression, self.label(expression))]
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
            case SumOverRows(HalfSumOfSquares(of)):
                return [Glyph(f"{self.half} {self.column_sums} ("), *self.tokens(of), Glyph(f"){self.squared}")]
            case SumOverRows(of):
                return [Glyph(self.column_sums), *self.tokens(of)]
            case HalfSumOfSquares(of):
                # Of one row there is no sum over rows.
                half = self.half if isinstance(of.left, Row) else self.half_sum
                return [Glyph(f"{half} ("), *self.tokens(of), Glyph(f"){self.squared}")]
            case Scaled(_, of):
                return [Glyph(f"{self.learning_rate} {self.product}"), *self.tokens(of)]
            case OverRows(of):
                return [Glyph(f"(1/N) {self.product}"), *self.tokens(of)]

    def equation(self, equation: Equation) -> list[Token]:
        """``name = expression`` from left to right."""
        symbol = Symbol(equation.name)
        return [FormulaBlock(symbol, self.label(symbol)), Glyph(self.equals), *self.tokens(equation.expression)]

    def formula(self, equation: Equation) -> str:
        """``name = expression`` on one line: ∂J/∂W⁽²⁾ = A⁽²⁾ᵀ · δ⁽³⁾."""
        return joined(
            [token.label if isinstance(token, FormulaBlock) else token.text for token in self.equation(equation)]
        )

    def shaped(
        self, equation: Equation, shapes: Mapping[str, Shape], hidden: frozenset[str] = frozenset()
    ) -> tuple[str, str]:
        """``name = expression`` and, for the line below, the shape of each matrix under it."""
        pieces = self.pieces(self.equation(equation), shapes, hidden)
        above, below = ("".join(parts) for parts in zip(*pieces, strict=True))
        return above.rstrip(), below.rstrip()

    def pieces(
        self, tokens: list[Token], shapes: Mapping[str, Shape], hidden: frozenset[str] = frozenset()
    ) -> list[tuple[str, str]]:
        """Each token with the space before it, and as wide as that what stands below: a matrix's shape, or blanks."""
        pieces: list[tuple[str, str]] = []
        line = ""
        for token in tokens:
            label, under = token.text if isinstance(token, Glyph) else token.label, ""
            if isinstance(token, FormulaBlock):
                under = self.shape_of(token.expression, shapes, hidden)
            space = _space(line.rstrip() if under else line, label)
            width = max(len(label), len(under))
            pieces.append((space + label.center(width), space + under.center(width)))
            line += pieces[-1][0]
        return pieces

    def shape_of(self, expression: Expression, shapes: Mapping[str, Shape], hidden: frozenset[str]) -> str:
        """``3×1``; ``?×?`` of what is made of a matrix whose shape is ``hidden``."""
        return f"?{self.times}?" if symbols(expression) & hidden else self.shape(expression.shape(shapes))


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
    partial_sign="∂",
    column_sums="Σₙ",
    half="½",
    half_sum="½ Σ",
    squared="²",
    arrow="→",
    times="×",
    loss="ℒ",
    epsilon="ε",
    between="·",
    ellipsis="…",
    wrong="✗",
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
    partial_sign="d",
    column_sums="sum_n",
    half="1/2",
    half_sum="1/2 sum",
    squared="^2",
    arrow="->",
    times="x",
    loss="Loss",
    epsilon="epsilon",
    between="-",
    ellipsis="...",
    wrong="WRONG:",
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
