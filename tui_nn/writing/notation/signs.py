"""Writes names and formulas in the lecture's signs (Z⁽²⁾, δ⁽³⁾, ∂J/∂W⁽²⁾, Ŷ, ⊙, ᵀ), or in fewer signs.

With the signs that nearly every font has: Z2, δ3, ∂J/∂W2, Ŷ, *, '. In ASCII: Z2, delta3, dJ/dW2, Y_hat.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Self, TypeAlias

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _, pgettext
from tui_nn.late_pattern import late_pattern
from tui_nn.network import ACTIVATIONS, Equation, Network
from tui_nn.network.formulas.equations import L1, L2, PENALISED
from tui_nn.network.formulas.expression import (
    Activated,
    Added,
    CategoricalCrossEntropy,
    CategoricalCrossEntropySlope,
    ColumnSums,
    Complement,
    ConstantTimes,
    CrossEntropy,
    CrossEntropySlope,
    Derivative,
    Diagonal,
    Difference,
    DividedByRows,
    Expression,
    Hadamard,
    Magnitude,
    MatrixRow,
    Negated,
    NumberPower,
    NumberTimes,
    NumpyCall,
    OfIteration,
    OverNumber,
    PlusNumber,
    PlusRow,
    PowerTimes,
    Product,
    Quotient,
    Shape,
    Signs,
    SlopeOverErrors,
    Squared,
    SquareRoot,
    SumOfSizes,
    SumOfSquares,
    SumOverErrors,
    SumOverIterations,
    SumOverRows,
    Symbol,
    Transposed,
    symbols,
)
from tui_nn.network.formulas.optimizers.update_rule import LEARNING_RATE
from tui_nn.network.model.optimizer import number_in_formula
from tui_nn.writing.notation.number_format import AUTOMATIC_DIGITS, Digits
from tui_nn.writing.notation.shapes_below import PieceOverShape, lines_over_shapes
from tui_nn.writing.notation.sign_set import TRANSLATIONS, SignSet

NEW, OLD = pgettext("before a matrix", "new"), pgettext("before a matrix", "old")
"""What stands before the name of a matrix after its update, and of one as the iteration before left it."""
_SUPERSCRIPT = str.maketrans("0123456789tk-", "⁰¹²³⁴⁵⁶⁷⁸⁹ᵗᵏ⁻")
_SUBSCRIPT = str.maketrans("0123456789tk-", "₀₁₂₃₄₅₆₇₈₉ₜₖ₋")
_OF_OPTIMIZER = r"[VSM](?:_hat)?"
_LETTERS = late_pattern(
    rf"(?P<letters>dJdW|dJdb|delta|[WbZA]|(?P<state>{_OF_OPTIMIZER})_(?P<of>[Wb]))(?P<number>[0-9]+)"
    r"(?P<when>_next|_previous)?"
)
_UNICODE_LETTERS = {"dJdW": "∂J/∂W", "dJdb": "∂J/∂b", "delta": "δ"}
_ASCII_LETTERS = {"dJdW": "dJ/dW", "dJdb": "dJ/db"}
_WHEN = {"_next": f"{NEW} ", "_previous": f"{OLD} "}


@frozen_dataclass
class Glyph:
    """A sign between two matrices of a formula, or a bracket."""

    text: str


@frozen_dataclass
class FormulaBlock:
    """A matrix in a formula: its expression, and its name in signs."""

    expression: Expression
    label: str


Token: TypeAlias = Glyph | FormulaBlock


@frozen_dataclass
class Notation:
    """The signs in which formulas are written, each under the name of what it means.

    With ``plain_names``, layers are plain numbers, read from far away: W1, δ3. ``functions`` has the name to write for
    each activation: f, if the network has only one, unless that is softmax. ``hats`` has those letters of an
    optimizer's matrices that are written with other signs, ``optimizer_numbers`` the signs of its settings. ``digits``
    says how many digits a matrix's numbers have.
    """

    equals: str
    product: str
    hadamard: str
    minus: str
    transposed: str
    prime: str
    learning_rate: str
    lambda_1: str
    lambda_2: str
    partial_sign: str
    column_sums: str
    iteration_sums: str
    half: str
    sum: str
    squared: str
    root: str
    hats: Mapping[str, str]
    optimizer_numbers: Mapping[str, str]
    arrow: str
    times: str
    loss: str
    epsilon: str
    separator: str
    ellipsis: str
    wrong_mark: str
    signs: SignSet
    functions: Mapping[str, str]
    digits: Digits = AUTOMATIC_DIGITS
    plain_names: bool = False

    @property
    def unicode(self) -> bool:
        """Whether formulas have signs beyond ASCII."""
        return self.signs is not SignSet.ASCII

    @property
    def all_signs(self) -> bool:
        """Whether formulas have all signs, with superscripts and subscripts, and charts have braille."""
        return self.signs is SignSet.ALL

    def for_network(self, network: Network) -> Self:
        """The same notation, with the names of the activations of ``network``."""
        used = network.activation_names
        is_f = len(used) == 1 and not ACTIVATIONS[used[0]].mixes_units
        return replace(self, functions={name: "f" if is_f else name for name in used})

    def name(self, name: str) -> str:
        """The name of a matrix in signs, by its name in code: δ⁽³⁾ for delta3."""
        if match := _LETTERS.fullmatch(name):
            letters, number = match["letters"], match["number"]
            if match["state"]:
                # Those of a bias have its letter: V⁽¹⁾ belongs to W⁽¹⁾, and V_b⁽¹⁾ to b⁽¹⁾.
                letters = self.hats.get(match["state"], match["state"]) + ("_b" if match["of"] == "b" else "")
            if self.unicode:
                layer = number if self.plain_names or not self.all_signs else f"⁽{number.translate(_SUPERSCRIPT)}⁾"
                written = _UNICODE_LETTERS.get(letters, letters) + layer
            else:
                written = f"{_ASCII_LETTERS.get(letters, letters)}{number}"
            return _WHEN.get(match["when"], "") + written
        if name == PENALISED:
            return "w"
        return "Ŷ" if name == "Y_hat" and self.unicode else name

    def row_name(self, name: str) -> str:
        """Row n of a matrix in signs, by the matrix's name in code: ŷₙ, z⁽³⁾ₙ; with fewer signs ŷ[n], y_hat[n]."""
        written = self.name(name)
        # δ is a small letter already, and so is its name in ASCII.
        return (written[:1].lower() + written[1:]) + ("ₙ" if self.all_signs else "[n]")

    def translated(self, text: str) -> str:
        """``text``, which has Unicode's signs, with the signs of this notation in their place."""
        for sign, plain in TRANSLATIONS[self.signs].items():
            text = text.replace(sign, plain)
        return text

    def partial(self, of: str, by: str) -> str:
        """∂a/∂b, for ``of`` a and ``by`` b."""
        return f"{self.partial_sign}{of}/{self.partial_sign}{by}"

    def shape(self, shape: Shape) -> str:
        """``3×1``."""
        return f"{shape[0]}{self.times}{shape[1]}"

    def label(self, expression: Symbol | MatrixRow | Transposed | Derivative) -> str:
        """A matrix, as a formula names it: Y, W⁽²⁾ᵀ, f′(Z⁽³⁾); or a row of a matrix: yₙ."""
        match expression:
            case Symbol(name):
                return self.name(name)
            case MatrixRow(of):
                return self.row_name(of.name)
            case Transposed(inner):
                return self.label(inner) + self.transposed
            case Derivative(activation, inner):
                return f"{self.functions[activation]}{self.prime}({self.label(inner)})"

    def tokens(self, expression: Expression) -> list[Token]:
        """The matrices of ``expression`` and the signs between them, from left to right."""
        match expression:
            case Symbol() | MatrixRow() | Transposed() | Derivative():
                return [FormulaBlock(expression, self.label(expression))]
            case Activated(activation, of):
                return [Glyph(f"{self.functions[activation]}("), *self.tokens(of), Glyph(")")]
            case Product(left, Difference() as right):
                return [*self.tokens(left), Glyph(f"{self.product} ("), *self.tokens(right), Glyph(")")]
            case Product(left, right):
                return [*self.tokens(left), Glyph(self.product), *self.tokens(right)]
            case Hadamard(Difference() as left, right):
                return [Glyph("("), *self.tokens(left), Glyph(")"), Glyph(self.hadamard), *self.tokens(right)]
            case Hadamard(left, right):
                return [*self.tokens(left), Glyph(self.hadamard), *self.tokens(right)]
            case Difference(left, right):
                return [*self.tokens(left), Glyph(self.minus), *self.tokens(right)]
            case Complement(of):
                return [Glyph(f"(1 {self.minus}"), *self.tokens(of), Glyph(")")]
            case Diagonal(of):
                return [FormulaBlock(expression, f"diag({self.label(of)})")]
            case Added(left, right):
                return [*self.tokens(left), Glyph("+"), *self.tokens(right)]
            case Signs(of):
                return [Glyph("sign("), *self.tokens(of), Glyph(")")]
            case SumOverErrors(function, of, predicted):
                # One row has no sum over rows.
                total = "" if isinstance(of, MatrixRow) else f"{self.sum} "
                return self._of_error(f"{total}{function.name}", of, predicted)
            case SlopeOverErrors(function, of, predicted):
                return self._of_error(f"{function.name}{self.prime}", of, predicted)
            case Negated(SlopeOverErrors(function, of, predicted)):
                return self._of_error(f"{self.minus}{function.name}{self.prime}", of, predicted)
            case CrossEntropy(of, predicted):
                total = "" if isinstance(of, MatrixRow) else f"{self.sum} "
                return [
                    Glyph(f"{self.minus}{total}("),
                    *self.tokens(of),
                    Glyph(f"{self.hadamard} ln"),
                    *self.tokens(predicted),
                    Glyph(f"+ (1 {self.minus}"),
                    *self.tokens(of),
                    Glyph(f") {self.hadamard} ln(1 {self.minus}"),
                    *self.tokens(predicted),
                    Glyph("))"),
                ]
            case CrossEntropySlope(of, predicted):
                return [
                    Glyph("("),
                    *self.tokens(predicted),
                    Glyph(self.minus),
                    *self.tokens(of),
                    Glyph(") / ("),
                    *self.tokens(predicted),
                    Glyph(f"{self.hadamard} (1 {self.minus}"),
                    *self.tokens(predicted),
                    Glyph("))"),
                ]
            case CategoricalCrossEntropy(of, predicted):
                total = "" if isinstance(of, MatrixRow) else f"{self.sum} "
                return [
                    Glyph(f"{self.minus}{total}("),
                    *self.tokens(of),
                    Glyph(f"{self.hadamard} ln"),
                    *self.tokens(predicted),
                    Glyph(")"),
                ]
            case CategoricalCrossEntropySlope(of, predicted):
                return [
                    Glyph(f"{self.minus}("),
                    *self.tokens(of),
                    Glyph("/"),
                    *self.tokens(predicted),
                    Glyph(")"),
                ]
            case SumOfSizes(of):
                return [Glyph(f"{self.sum} |{self.label(of)}|")]
            case NumpyCall():
                # Only a student's program with a mistake has one, and its formulas are never written.
                raise TypeError("numpy code has no signs")
            case SumOfSquares(Symbol() as of):
                return [Glyph(f"{self.sum} {self.label(of)}{self.squared}")]
            case Negated(of):
                return [Glyph(f"{self.minus}("), *self.tokens(of), Glyph(")")]
            case PlusRow(left, row):
                return [*self.tokens(left), Glyph("+"), *self.tokens(row)]
            case ColumnSums(of):
                return [Glyph(self.column_sums), *self.tokens(of)]
            case SumOverRows(ConstantTimes(constant, of)):
                return self._after_constant(constant, self.tokens(SumOverRows(of)))
            case SumOverRows(SumOfSquares(of)):
                return [Glyph(f"{self.column_sums} ("), *self.tokens(of), Glyph(f"){self.squared}")]
            case SumOverRows(of):
                return [Glyph(self.column_sums), *self.tokens(of)]
            case SumOfSquares(of):
                # One row has no sum over rows.
                opening = "(" if isinstance(of, Difference) and isinstance(of.left, MatrixRow) else f"{self.sum} ("
                return [Glyph(opening), *self.tokens(of), Glyph(f"){self.squared}")]
            case ConstantTimes(constant, Difference() as of):
                return self._after_constant(constant, [Glyph("("), *self.tokens(of), Glyph(")")])
            case ConstantTimes(constant, of):
                return self._after_constant(constant, self.tokens(of))
            case NumberTimes(factor, Added() as of):
                return self._enclosed(f"{self.number(factor)} {self.product} (", self.tokens(of))
            case NumberTimes(factor, of):
                return self._after_number(f"{self.number(factor)} {self.product}", self.tokens(of))
            case OverNumber(of, divisor):
                return [*self.tokens(of), Glyph(f"/ {self.number(divisor)}")]
            case PlusNumber(of, number):
                return [*self.tokens(of), Glyph(f"+ {self.number(number)}")]
            case Squared(OfIteration(of, when)):
                return [Glyph(self.of_iteration(of.name, when) + self.squared)]
            case Squared(of):
                # ∂J/∂W⁽¹⁾² would read as the slope by a square.
                return [Glyph("("), *self.tokens(of), Glyph(f"){self.squared}")]
            case SquareRoot(of):
                return self._root(self.tokens(of))
            case Quotient(left, PlusNumber() as right):
                return [*self.tokens(left), *self._enclosed("/ (", self.tokens(right))]
            case Quotient(left, right):
                return [*self.tokens(left), Glyph("/"), *self.tokens(right)]
            case OfIteration(of, when):
                return [Glyph(self.of_iteration(of.name, when))]
            case NumberPower(number, exponent):
                return [Glyph(self.number(number) + (self.power(exponent) if exponent != "1" else ""))]
            case PowerTimes(power, of):
                return [*self.tokens(power), Glyph(self.product), *self.tokens(of)]
            case SumOverIterations(of):
                return [Glyph(self.iteration_sums), *self.tokens(of)]
            case Magnitude(OfIteration(of, when)):
                return [Glyph(f"|{self.of_iteration(of.name, when)}|")]
            case DividedByRows(Added() as of):
                return [Glyph(f"(1/N) {self.product} ("), *self.tokens(of), Glyph(")")]
            case DividedByRows(of):
                return [Glyph(f"(1/N) {self.product}"), *self.tokens(of)]

    def _of_error(self, function: str, of: Symbol | MatrixRow, predicted: Symbol | MatrixRow) -> list[Token]:
        return [Glyph(f"{function}("), *self.tokens(of), Glyph(self.minus), *self.tokens(predicted), Glyph(")")]

    def constant(self, number: float) -> str:
        """A constant of a formula: ½, 2, −2."""
        return self.half if number == 0.5 else f"{number:g}".replace("-", self.minus)

    def number(self, name: str) -> str:
        """The sign of a number in a formula: η, λ₁, λ₂, μ, (1 − ρ), (1 − β₁ᵗ)."""
        signs = {L1: self.lambda_1, L2: self.lambda_2, LEARNING_RATE: self.learning_rate, **self.optimizer_numbers}
        parts = number_in_formula(name)
        sign = signs[parts.setting] + (self.power("t") if parts.is_power else "")
        return f"(1 {self.minus} {sign})" if parts.of_one else sign

    def power(self, exponent: str) -> str:
        """An exponent, such as t, 37 or t-k, behind what it raises: ᵗ, ³⁷, ᵗ⁻ᵏ; with fewer signs ^t, ^37, ^(t-k)."""
        if self.all_signs:
            return exponent.translate(_SUPERSCRIPT)
        return f"^({exponent})" if "-" in exponent else f"^{exponent}"

    def of_iteration(self, name: str, when: str) -> str:
        """A matrix of an optimizer in iteration ``when``, for a single weight: vₜ, gₜ₋₁; with fewer signs v[t], g[t-1].

        ``name`` is its letter, or dJdw for the slope, which is called g.
        """
        letter = "g" if name == "dJdw" else self.hats.get(name, name).lower()
        return letter + (when.translate(_SUBSCRIPT) if self.all_signs else f"[{when}]")

    def root_of(self, written: str) -> str:
        """The root of what is written: √S⁽¹⁾, in ASCII sqrt(S1)."""
        return self.root + written + (")" if self.root.endswith("(") else "")

    def _root(self, tokens: list[Token]) -> list[Token]:
        return [Glyph(self.root), *tokens, *([Glyph(")")] if self.root.endswith("(") else [])]

    def _after_constant(self, constant: float, tokens: list[Token]) -> list[Token]:
        return self._after_number(self.constant(constant), tokens)

    @staticmethod
    def _enclosed(before: str, tokens: list[Token]) -> list[Token]:
        """The tokens in brackets that ``before`` opens; a sign at either end shares a token with its bracket."""
        match tokens:
            case [Glyph(first), *others]:
                opened: list[Token] = [Glyph(before + first), *others]
            case _:
                opened = [Glyph(before), *tokens]
        match opened:
            case [*others, Glyph(last)]:
                return [*others, Glyph(f"{last})")]
        return [*opened, Glyph(")")]

    def _after_number(self, written: str, tokens: list[Token]) -> list[Token]:
        """The tokens behind a number, which shares a token with a sign that follows it."""
        match tokens:
            case [Glyph(text), *others]:
                return [Glyph(f"{written} {text}"), *others]
        return [Glyph(written), *tokens]

    def equation(self, equation: Equation) -> list[Token]:
        """The tokens of ``name = expression``, from left to right."""
        symbol = Symbol(equation.name)
        return [FormulaBlock(symbol, self.label(symbol)), Glyph(self.equals), *self.tokens(equation.expression)]

    def formula(self, equation: Equation) -> str:
        """``name = expression`` on one line: ∂J/∂W⁽²⁾ = A⁽²⁾ᵀ · δ⁽³⁾."""
        return joined_labels(
            [token.label if isinstance(token, FormulaBlock) else token.text for token in self.equation(equation)]
        )

    def formula_over_shapes(
        self, equation: Equation, shapes: Mapping[str, Shape], hidden: frozenset[str] = frozenset()
    ) -> tuple[str, str]:
        """Two lines: ``name = expression``, and the shapes, each below its matrix."""
        return lines_over_shapes(self.tokens_over_shapes(self.equation(equation), shapes, hidden))

    def tokens_over_shapes(
        self, tokens: list[Token], shapes: Mapping[str, Shape], hidden: frozenset[str] = frozenset()
    ) -> list[PieceOverShape]:
        """For each token its text with the blank before it, and its matrix's shape, "" for a sign."""
        pieces: list[PieceOverShape] = []
        line = ""
        for token in tokens:
            label, under = token.text if isinstance(token, Glyph) else token.label, ""
            if isinstance(token, FormulaBlock):
                under = self.shape_of(token.expression, shapes, hidden)
            text = _space_before(line, label) + label
            pieces.append((text, under))
            line += text
        return pieces

    def shape_of(self, expression: Expression, shapes: Mapping[str, Shape], hidden: frozenset[str]) -> str:
        """The shape of an expression, such as ``3×1``; ``?×?`` if it contains a matrix whose shape is ``hidden``."""
        return f"?{self.times}?" if symbols(expression) & hidden else self.shape(expression.shape(shapes))


def _space_before(line: str, piece: str) -> str:
    return "" if not line or line.endswith(("(", "√")) or piece.startswith((")", "²", "^2")) else " "


def joined_labels(pieces: list[str]) -> str:
    """The signs and matrices of a formula on one line, without blanks inside brackets."""
    line = ""
    for piece in pieces:
        line += _space_before(line, piece) + piece
    return line


# For translators: what stands before a wrong formula where there is no ✗.
_WRONG = _("WRONG:")

UNICODE = Notation(
    equals="=",
    product="·",
    hadamard="⊙",
    minus="−",
    transposed="ᵀ",
    prime="′",
    learning_rate="η",
    lambda_1="λ₁",
    lambda_2="λ₂",
    partial_sign="∂",
    column_sums="Σₙ",
    iteration_sums="Σₖ",
    half="½",
    sum="Σ",
    squared="²",
    root="√",
    hats={"M_hat": "M̂", "S_hat": "Ŝ"},
    optimizer_numbers={"momentum": "μ", "rho": "ρ", "beta1": "β₁", "beta2": "β₂", "epsilon": "ε"},
    arrow="→",
    times="×",
    loss="ℒ",
    epsilon="ε",
    separator="·",
    ellipsis="…",
    wrong_mark="✗",
    signs=SignSet.ALL,
    functions={},
)
COMMON = replace(
    UNICODE,
    hadamard="*",
    transposed="'",
    column_sums="Σ_n",
    iteration_sums="Σ_k",
    hats={},
    loss="Loss",
    wrong_mark=_WRONG,
    signs=SignSet.COMMON,
)
ASCII = Notation(
    equals="=",
    product=".",
    hadamard="*",
    minus="-",
    transposed="'",
    prime="'",
    learning_rate="rate",
    lambda_1="l1",
    lambda_2="l2",
    partial_sign="d",
    column_sums="sum_n",
    iteration_sums="sum_k",
    half="1/2",
    sum="sum",
    squared="^2",
    root="sqrt(",
    hats={},
    optimizer_numbers={"momentum": "mu", "rho": "rho", "beta1": "beta1", "beta2": "beta2", "epsilon": "epsilon"},
    arrow="->",
    times="x",
    loss="Loss",
    epsilon="epsilon",
    separator="-",
    ellipsis="...",
    wrong_mark=_WRONG,
    signs=SignSet.ASCII,
    functions={},
)

NOTATIONS = {notation.signs: notation for notation in (UNICODE, COMMON, ASCII)}


def notation_for_encoding(encoding: str | None) -> Notation:
    """Unicode's notation if ``encoding`` can write all of its signs; else that of ASCII, also for None and ""."""
    try:
        "Ŷδ⁽²⁾⊙ᵀ−".encode(encoding or "ascii")
    except UnicodeEncodeError:
        return ASCII
    return UNICODE
