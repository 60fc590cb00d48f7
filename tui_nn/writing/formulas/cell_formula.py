"""Writes the formula of one number: in signs, or with numbers that have as many digits as the result needs."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.network.formulas.equations import L1, L2, SINGLE_NUMBERS
from tui_nn.network.formulas.explain import CONSTANT, DIVISOR, ROWS
from tui_nn.network.formulas.optimizers.update_rule import LEARNING_RATE
from tui_nn.network.formulas.scalar_expression import (
    ActivationOfCell,
    CategoricalCrossEntropies,
    Cell,
    CrossEntropies,
    ExpOf,
    FunctionOf,
    FunctionOfError,
    GivenNumber,
    LogOf,
    Minus,
    Multiple,
    Negative,
    OneMinus,
    Over,
    OverWeights,
    Plus,
    PowerOf,
    PowerOfNumber,
    RootOfCell,
    Scalar,
    SignOfCell,
    SoftmaxOfCell,
    SquareOfCell,
    Squares,
    Sum,
    Times,
)
from tui_nn.network.model.activations import ACTIVATIONS
from tui_nn.network.model.array import Array
from tui_nn.network.model.optimizer import SETTINGS
from tui_nn.writing.notation.number_format import Format, group_digits, matrix_format, shortest_text, unsigned_zero
from tui_nn.writing.notation.signs import Notation

_SIGNIFICANT_DIGITS = 3
_WIDEST_FIXED = 9
_LONGEST_GIVEN = 8
_SETTINGS = (L1, L2, *SETTINGS)
ALL_DIGITS = 17
_WorkedOut: TypeAlias = ActivationOfCell | ExpOf | FunctionOfError
_PLAIN = Format(4, scientific=False, width=0)


class FormulaPiece(NamedTuple):
    """Text in a formula, and the cell that it stands for; None if it stands for no cell."""

    text: str
    cell: Cell | None = None


FormulaLine = tuple[FormulaPiece, ...]


def cell_name(cell: Cell, notation: Notation) -> str:
    """The name of a cell, such as ``δ⁽³⁾[2,1]``; J, which is a single number, is ``J``."""
    name = notation.name(cell.name)
    return name if cell.name in SINGLE_NUMBERS else f"{name}[{cell.row},{cell.column}]"


@frozen_dataclass
class ShownTerms:
    """Which terms of a sum are shown.

    ``numbers`` are their numbers, from 1; ``left_out`` counts the other terms, and ``rest`` is the total of those.
    """

    numbers: tuple[int, ...]
    left_out: int
    rest: float


def largest_terms(scalar: Scalar, values: Mapping[str, Array], most: int) -> dict[Sum, ShownTerms]:
    """The ``most`` largest terms of each sum in a formula."""
    return {total: _largest_terms_of(total, values, most) for total in find_sums(scalar)}


def _largest_terms_of(total: Sum, values: Mapping[str, Array], most: int) -> ShownTerms:
    count = total.count
    if isinstance(total, CategoricalCrossEntropies):
        # A class that a row does not have adds nothing: its term is not missed.
        count = max(1, int(np.count_nonzero(values[total.targets])))
    if total.count <= most:
        return ShownTerms(tuple(range(1, total.count + 1)), 0, 0.0)
    with np.errstate(all="ignore"):
        terms = total.terms(values)
        most = min(most, count)
        # A stable sort: of equal terms the first is shown, on every machine.
        largest = np.sort(np.argsort(-np.abs(terms), kind="stable")[:most])
        others = np.ones(len(terms), dtype=bool)
        others[largest] = False
        rest = float(terms[others].sum())
    return ShownTerms(tuple(int(index) + 1 for index in largest), count - most, rest)


def find_sums(scalar: Scalar) -> Iterator[Sum]:
    """The sums in a formula, from left to right."""
    match scalar:
        case Cell() | GivenNumber() | PowerOfNumber() | OneMinus() | ActivationOfCell() | FunctionOfError():
            pass
        case SignOfCell() | SquareOfCell() | RootOfCell() | LogOf() | ExpOf():
            pass
        case SoftmaxOfCell(total=total):
            yield total
        case Negative(of) | Multiple(of=of) | FunctionOf(of=of):
            yield from find_sums(of)
        case Times(left, right) | Over(left, right) | Minus(left, right) | Plus(left, right) | PowerOf(left, right):
            yield from find_sums(left)
            yield from find_sums(right)
        case _:
            yield scalar


@dataclass
class _FormulaWriter:
    """Writes a formula from left to right; subclasses write a cell, a given number, an exponent, and a sum's rest."""

    notation: Notation
    shown_terms: Mapping[Sum, ShownTerms]

    def leaf(self, leaf: Cell | GivenNumber) -> str:
        raise NotImplementedError

    def exponent(self, power: PowerOfNumber) -> str:
        raise NotImplementedError

    def rest(self, shown_terms: ShownTerms) -> str:
        raise NotImplementedError

    def pieces(self, scalar: Scalar) -> list[FormulaPiece]:
        signs = self.notation
        match scalar:
            case Cell():
                return [FormulaPiece(self.leaf(scalar), scalar)]
            case GivenNumber():
                return [FormulaPiece(self.leaf(scalar))]
            case ActivationOfCell(activation, of, derived):
                prime = signs.prime if derived else ""
                return [FormulaPiece(f"{signs.functions[activation]}{prime}("), *self.pieces(of), FormulaPiece(")")]
            case FunctionOfError(function, of, derived):
                prime = signs.prime if derived else ""
                return [FormulaPiece(f"{function.name}{prime}("), *self.pieces(of), FormulaPiece(")")]
            case OneMinus(of):
                return [FormulaPiece(f"(1 {signs.minus} "), *self._bracketed(self.pieces(of)), FormulaPiece(")")]
            case ExpOf(of):
                return [FormulaPiece("exp("), *self.pieces(of), FormulaPiece(")")]
            case SoftmaxOfCell(total=total):
                return [*self.pieces(scalar.numerator), FormulaPiece(" / ("), *self._terms(total), FormulaPiece(")")]
            case LogOf(OneMinus() as of):
                return [FormulaPiece("ln"), *self.pieces(of)]
            case LogOf(of):
                return [FormulaPiece("ln("), *self.pieces(of), FormulaPiece(")")]
            case SignOfCell(of):
                return [FormulaPiece("sign("), *self.pieces(of), FormulaPiece(")")]
            case PowerOfNumber(of):
                return [*self.pieces(of), FormulaPiece(self.exponent(scalar))]
            case SquareOfCell(of):
                return [*self._bracketed(self.pieces(of)), FormulaPiece(signs.squared)]
            case RootOfCell(of):
                closed = [FormulaPiece(")")] if signs.root.endswith("(") else []
                return [FormulaPiece(signs.root), *self.pieces(of), *closed]
            case FunctionOf(name, of):
                called = "ln" if name == "log" else name
                return [FormulaPiece(f"{called}("), *self.pieces(of), FormulaPiece(")")]
            case PowerOf(left, right):
                return [*self._operand_of_power(left), FormulaPiece("^"), *self._operand_of_power(right)]
            case Times(left, right):
                return [*self._factor(left), FormulaPiece(f" {signs.product} "), *self._factor(right, first=False)]
            case Over(left, right):
                return [*self._factor(left), FormulaPiece(" / "), *self._divisor(right)]
            case Minus(left, right):
                return [*self.pieces(left), FormulaPiece(f" {signs.minus} "), *self._right_operand(right)]
            case Plus(left, right):
                return [*self.pieces(left), FormulaPiece(" + "), *self._right_operand(right)]
            case Negative(LogOf() | FunctionOfError() as of):
                return [FormulaPiece(signs.minus), *self._bracketed(self.pieces(of))]
            case Negative(of):
                return [FormulaPiece(f"{signs.minus}("), *self.pieces(of), FormulaPiece(")")]
            case Multiple(constant, of):
                return [FormulaPiece(f"{signs.constant(constant)} ("), *self.pieces(of), FormulaPiece(")")]
        return self._terms(scalar)

    def _operand_of_power(self, scalar: Scalar) -> list[FormulaPiece]:
        pieces = self.pieces(scalar)
        if isinstance(scalar, Cell | GivenNumber | FunctionOf):
            return self._bracketed(pieces)
        return [FormulaPiece("("), *pieces, FormulaPiece(")")]

    def _factor(self, scalar: Scalar, *, first: bool = True) -> list[FormulaPiece]:
        pieces = self.pieces(scalar)
        if isinstance(scalar, Minus | Plus | Sum) and not (isinstance(scalar, Sum) and scalar.count == 1):
            return [FormulaPiece("("), *pieces, FormulaPiece(")")]
        if not first and pieces[0].cell:
            return [*self._bracketed(pieces[:1]), *pieces[1:]]
        return pieces if first else self._bracketed(pieces)

    def _divisor(self, scalar: Scalar) -> list[FormulaPiece]:
        pieces = self.pieces(scalar)
        if isinstance(scalar, Times | Over | Plus | Minus):
            return [FormulaPiece("("), *pieces, FormulaPiece(")")]
        return self._factor(scalar, first=False)

    def _right_operand(self, scalar: Scalar) -> list[FormulaPiece]:
        pieces = self.pieces(scalar)
        return (
            [FormulaPiece("("), *pieces, FormulaPiece(")")]
            if isinstance(scalar, Minus | Plus)
            else self._bracketed(pieces)
        )

    def _bracketed(self, pieces: list[FormulaPiece]) -> list[FormulaPiece]:
        """Puts a single piece that begins with a minus in brackets: it would stand beside another sign."""
        if pieces[0].text.startswith(self.notation.minus) and len(pieces) == 1:
            return [FormulaPiece("("), *pieces, FormulaPiece(")")]
        return pieces

    def _terms(self, total: Sum) -> list[FormulaPiece]:
        pieces: list[FormulaPiece] = []
        shown = self.shown_terms[total]
        for number in shown.numbers:
            term = self.pieces(total.term(number))
            if isinstance(total, Squares):
                term = [FormulaPiece("("), *term, FormulaPiece(f"){self.notation.squared}")]
            elif isinstance(total, OverWeights) and total.of_each == "size":
                term = [FormulaPiece("|"), *term, FormulaPiece("|")]
            elif isinstance(total, OverWeights):
                term = [*self._bracketed(term), FormulaPiece(self.notation.squared)]
            if pieces and isinstance(total, CrossEntropies | CategoricalCrossEntropies):
                # Each term begins with its minus.
                term = [FormulaPiece(f" {self.notation.minus} ("), *term[1:]]
            elif pieces:
                pieces.append(FormulaPiece(" + "))
                term = [*self._bracketed(term[:1]), *term[1:]]
            pieces += term
        if shown.left_out:
            pieces += [FormulaPiece(" + "), *self._bracketed([FormulaPiece(self.rest(shown))])]
        return pieces


class SignWriter(_FormulaWriter):
    """Writes the formula in signs."""

    def leaf(self, leaf: Cell | GivenNumber) -> str:
        """The name of a cell, the sign of the learning rate, or a given number."""
        if isinstance(leaf, Cell):
            return cell_name(leaf, self.notation)
        if leaf.name == ROWS:
            return ROWS
        if leaf.name in (DIVISOR, CONSTANT):
            return shortest_text(leaf.number).replace("-", self.notation.minus)
        if leaf.name in (LEARNING_RATE, *_SETTINGS):
            return self.notation.number(leaf.name)
        return self.notation.translated(leaf.name)

    def exponent(self, power: PowerOfNumber) -> str:  # noqa: ARG002 - as in numbers
        """t, the number of the update."""
        return self.notation.power("t")

    def rest(self, shown_terms: ShownTerms) -> str:
        """How many terms are left out."""
        return _("{count} more", count=group_digits(shown_terms.left_out))


class NumberWriter(_FormulaWriter):
    """Writes the formula with numbers: each has the digits that its matrix shows, and ``extra`` more."""

    def __init__(
        self,
        values: Mapping[str, Array],
        notation: Notation,
        shown_terms: Mapping[Sum, ShownTerms],
        formats: Mapping[str, Format] | None = None,
    ) -> None:
        super().__init__(notation, shown_terms)
        self.extra = 0
        self.works_out = False
        """Whether f, f′, h and h′ are written as their values."""
        self._values = values
        self._formats: dict[str, Format] = dict(formats or {})
        self._whole: dict[str, bool] = {}

    def leaf(self, leaf: Cell | GivenNumber) -> str:
        """The number of a cell, or a given number."""
        return self.signed(self._leaf_number(leaf))

    def exponent(self, power: PowerOfNumber) -> str:
        """The number of the update."""
        return self.notation.power(str(power.exponent))

    def rest(self, shown_terms: ShownTerms) -> str:
        """The total of the terms that are left out."""
        return self.signed(self._rest_number(shown_terms))

    def pieces(self, scalar: Scalar) -> list[FormulaPiece]:
        """The formula with numbers; each f, f′, h, h′ and exponential as its value if ``works_out`` is set."""
        if isinstance(scalar, _WorkedOut) and self.works_out:
            return [FormulaPiece(self.signed(self._value_number(scalar)))]
        return super().pieces(scalar)

    def signed(self, text: str) -> str:
        """``text`` with the minus sign of the notation."""
        return text.replace("-", self.notation.minus)

    def format(self, name: str) -> Format:
        """The format in which the cells of a matrix are shown."""
        if name not in self._formats:
            self._formats[name] = matrix_format(self._values[name], digits=self.notation.digits)
        return self._formats[name]

    def line(self, scalar: Scalar, works_out: bool) -> FormulaLine:
        """The formula with numbers; if ``works_out``, with f and f′ as their values."""
        self.works_out = works_out
        return tuple(self.pieces(scalar))

    def reproduces(self, scalar: Scalar, shown: str, works_out: bool) -> bool:
        """Whether the numbers shown by `line` give the result ``shown``, to its last digit."""
        self.works_out = works_out
        try:
            with np.errstate(all="ignore"):
                made = self._result_of_shown(scalar)
        except (OverflowError, ValueError, ZeroDivisionError):
            # Some numbers are not finite: math.fsum, for example, raises for ∞ − ∞.
            return False
        return math.isfinite(made) and _round_to_digits_of(made, shown) == shown

    def _leaf_number(self, leaf: Cell | GivenNumber) -> str:
        if isinstance(leaf, GivenNumber):
            text = shortest_text(leaf.number)
            # A mean, a standard deviation or the rate of a schedule has too many digits to read.
            is_long = leaf.name not in (*_SETTINGS, DIVISOR, CONSTANT, ROWS) and len(text) > _LONGEST_GIVEN
            return round_like(leaf.number, _PLAIN, self.extra) if is_long else text
        value = leaf.value(self._values)
        if leaf.name in ("x", "y"):
            # Data are shown as the user typed them.
            return shortest_text(value)
        # Further digits of whole numbers, such as those of classes, say nothing.
        extra = 0 if self._has_whole_numbers(leaf.name) else self.extra
        return round_like(value, self.format(leaf.name), extra)

    def _has_whole_numbers(self, name: str) -> bool:
        if name not in self._whole:
            matrix = self._values[name]
            self._whole[name] = name in ("X", "Y") and bool((matrix == np.round(matrix)).all())
        return self._whole[name]

    def _rest_number(self, shown_terms: ShownTerms) -> str:
        return round_like(shown_terms.rest, _PLAIN, self.extra)

    def _value_number(self, applied: _WorkedOut) -> str:
        """The value at the number that the line before shows, so that each line follows from the one above it."""
        works_out, self.works_out = self.works_out, False
        try:
            with np.errstate(all="ignore"):
                value = self._result_of_shown(applied)
        except OverflowError:
            value = math.inf
        finally:
            self.works_out = works_out
        return round_like(value, _PLAIN, self.extra)

    def _result_of_shown(self, scalar: Scalar) -> float:
        match scalar:
            case Cell() | GivenNumber():
                return _shown_number(self._leaf_number(scalar))
            case ActivationOfCell() | ExpOf() | FunctionOfError() if self.works_out:
                return _shown_number(self._value_number(scalar))
            case ActivationOfCell(activation, of, derived):
                f, z = ACTIVATIONS[activation], np.array([self._result_of_shown(of)])
                return float((f.derivative(z) if derived else f.value(z))[0])
            case ExpOf(of):
                return math.exp(self._result_of_shown(of))
            case FunctionOfError(of=of):
                return scalar.of_error(self._result_of_shown(of))
            case SoftmaxOfCell(total=total):
                return self._result_of_shown(scalar.numerator) / self._result_of_shown(total)
            case OneMinus(of):
                return 1.0 - self._result_of_shown(of)
            case LogOf(of):
                return math.log(self._result_of_shown(of))
            case SignOfCell(of):
                return float(np.sign(self._result_of_shown(of)))
            case PowerOfNumber(of):
                return scalar.raised(self._result_of_shown(of))
            case SquareOfCell(of):
                return self._result_of_shown(of) ** 2
            case RootOfCell(of):
                return math.sqrt(self._result_of_shown(of))
            case FunctionOf(of=of):
                return scalar.of_number(self._result_of_shown(of))
            case PowerOf(left, right):
                return math.pow(self._result_of_shown(left), self._result_of_shown(right))
            case Times(left, right):
                return self._result_of_shown(left) * self._result_of_shown(right)
            case Over(left, right):
                return self._result_of_shown(left) / self._result_of_shown(right)
            case Minus(left, right):
                return self._result_of_shown(left) - self._result_of_shown(right)
            case Plus(left, right):
                return self._result_of_shown(left) + self._result_of_shown(right)
            case Negative(of):
                return -self._result_of_shown(of)
            case Multiple(constant, of):
                return constant * self._result_of_shown(of)
        shown = self.shown_terms[scalar]
        terms = [self._result_of_shown(scalar.term(number)) for number in shown.numbers]
        if isinstance(scalar, Squares) or (isinstance(scalar, OverWeights) and scalar.of_each == "square"):
            terms = [term * term for term in terms]
        elif isinstance(scalar, OverWeights):
            terms = [abs(term) for term in terms]
        if shown.left_out:
            terms.append(_shown_number(self._rest_number(shown)))
        return math.fsum(terms)


def round_like(value: float, like: Format, extra: int) -> str:
    """``value`` with ``extra`` more decimals than ``like`` has, or than three significant digits need."""
    if not math.isfinite(value):
        return like(value).strip().replace("−", "-")
    if extra >= ALL_DIGITS - 1:
        return repr(unsigned_zero(value))
    exponent = math.floor(math.log10(abs(value))) if value else 0
    decimals = max(like.decimals, _SIGNIFICANT_DIGITS - 1 - exponent) + extra
    if like.scientific or decimals - extra > _WIDEST_FIXED or exponent > _WIDEST_FIXED:
        text = f"{value:.{max(like.decimals if like.scientific else 0, _SIGNIFICANT_DIGITS - 1) + extra}e}"
    else:
        text = f"{value:.{decimals}f}"
    return text.removeprefix("-") if not text.strip("-0.") else text


def _shown_number(text: str) -> float:
    return float({"∞": "inf", "-∞": "-inf", "—": "nan"}.get(text, text))


def _round_to_digits_of(value: float, shown: str) -> str:
    """``value`` with as many decimals as ``shown``."""
    mantissa, _, exponent = shown.partition("e")
    decimals = len(mantissa.partition(".")[2])
    text = f"{value:.{decimals}{'e' if exponent else 'f'}}"
    return text.removeprefix("-") if not text.strip("-0.") else text
