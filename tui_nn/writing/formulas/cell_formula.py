"""A formula for one number, written in signs or with the numbers in place, and how many digits these take."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from tui_nn.network.formulas.scalar_expression import (
    Applied,
    Cell,
    Given,
    HalfSquares,
    Minus,
    Negative,
    Over,
    Plus,
    Scalar,
    Sum,
    Times,
)
from tui_nn.network.model.activations import ACTIVATIONS
from tui_nn.network.model.array import Array
from tui_nn.writing.notation.number_format import Format, format_of, grouped, shortest, unsigned_zero
from tui_nn.writing.notation.signs import Notation

_FIGURES = 3
_WIDEST_FIXED = 9
ALL_DIGITS = 17
_SCALED = "divisor"
_PLAIN = Format(4, scientific=False, width=0)


class Piece(NamedTuple):
    """Text in a formula, and the cell that it stands for, where it stands for one."""

    text: str
    cell: Cell | None = None


Written = tuple[Piece, ...]


def cell_name(cell: Cell, notation: Notation) -> str:
    """``δ⁽³⁾[2,1]``; J, which has one cell, goes by its name alone."""
    name = notation.name(cell.name)
    return name if cell.name == "J" else f"{name}[{cell.row},{cell.column}]"


@dataclass(frozen=True)
class Chosen:
    """The terms of a sum that are written one by one, by their numbers from 1, and what the others come to."""

    numbers: tuple[int, ...]
    left_out: int
    rest: float


def chosen_terms(scalar: Scalar, values: Mapping[str, Array], most: int) -> Chosen | None:
    """The largest terms of the sum in a formula, ``most`` at most; None where there is no sum in it."""
    total = sum_in(scalar)
    if total is None:
        return None
    if total.count <= most:
        return Chosen(tuple(range(1, total.count + 1)), 0, 0.0)
    with np.errstate(all="ignore"):
        terms = total.terms(values)
        # The first of equals: what is shown must not depend on how a machine sorts.
        largest = np.sort(np.argsort(-np.abs(terms), kind="stable")[:most])
        others = np.ones(len(terms), dtype=bool)
        others[largest] = False
        rest = float(terms[others].sum())
    return Chosen(tuple(int(index) + 1 for index in largest), total.count - most, rest)


def sum_in(scalar: Scalar) -> Sum | None:
    """The sum in a formula, which has one at most."""
    match scalar:
        case Cell() | Given() | Applied():
            return None
        case Negative(of):
            return sum_in(of)
        case Times(left, right) | Over(left, right) | Minus(left, right) | Plus(left, right):
            return sum_in(left) or sum_in(right)
    return scalar


@dataclass
class _Writer:
    """Writes a scalar from left to right; subclasses say what stands for a cell, a number and the rest of a sum."""

    notation: Notation
    chosen: Chosen | None

    def leaf(self, leaf: Cell | Given) -> str:
        raise NotImplementedError

    def rest(self, chosen: Chosen) -> str:
        raise NotImplementedError

    def pieces(self, scalar: Scalar) -> list[Piece]:
        signs = self.notation
        match scalar:
            case Cell():
                return [Piece(self.leaf(scalar), scalar)]
            case Given():
                return [Piece(self.leaf(scalar))]
            case Applied(activation, of, derived):
                prime = signs.prime if derived else ""
                return [Piece(f"{signs.functions[activation]}{prime}("), *self.pieces(of), Piece(")")]
            case Times(left, right):
                return [*self._factor(left), Piece(f" {signs.product} "), *self._factor(right, first=False)]
            case Over(left, right):
                return [*self.pieces(left), Piece(" / "), *self._bracketed(self.pieces(right))]
            case Minus(left, right):
                return [*self.pieces(left), Piece(f" {signs.minus} "), *self._later(right)]
            case Plus(left, right):
                return [*self.pieces(left), Piece(" + "), *self._later(right)]
            case Negative(of):
                return [Piece(f"{signs.minus}("), *self.pieces(of), Piece(")")]
            case HalfSquares():
                half = signs.half_sum.split()[0]
                return [Piece(f"{half} ("), *self._terms(scalar), Piece(")")]
        return self._terms(scalar)

    def _factor(self, scalar: Scalar, *, first: bool = True) -> list[Piece]:
        pieces = self.pieces(scalar)
        if isinstance(scalar, Minus | Plus | Sum) and not (isinstance(scalar, Sum) and scalar.count == 1):
            return [Piece("("), *pieces, Piece(")")]
        return pieces if first else self._bracketed(pieces)

    def _later(self, scalar: Scalar) -> list[Piece]:
        pieces = self.pieces(scalar)
        return [Piece("("), *pieces, Piece(")")] if isinstance(scalar, Minus | Plus) else self._bracketed(pieces)

    def _bracketed(self, pieces: list[Piece]) -> list[Piece]:
        """In brackets where they begin with a minus, which would stand beside another sign."""
        if pieces[0].text.startswith(self.notation.minus) and len(pieces) == 1:
            return [Piece("("), *pieces, Piece(")")]
        return pieces

    def _terms(self, total: Sum) -> list[Piece]:
        assert self.chosen is not None  # noqa: S101 - chosen for the sum that there is
        pieces: list[Piece] = []
        for number in self.chosen.numbers:
            term = self.pieces(total.term(number))
            if isinstance(total, HalfSquares):
                term = [Piece("("), *term, Piece(f"){self.notation.squared}")]
            if pieces:
                pieces.append(Piece(" + "))
                term = [*self._bracketed(term[:1]), *term[1:]]
            pieces += term
        if self.chosen.left_out:
            pieces += [Piece(" + "), *self._bracketed([Piece(self.rest(self.chosen))])]
        return pieces


class Signs(_Writer):
    """The formula in signs."""

    def leaf(self, leaf: Cell | Given) -> str:
        """Its name, or the number given."""
        if isinstance(leaf, Cell):
            return cell_name(leaf, self.notation)
        if leaf.name != _SCALED:
            return self.notation.learning_rate
        return shortest(leaf.number).replace("-", self.notation.minus)

    def rest(self, chosen: Chosen) -> str:
        """How many more there are."""
        return f"{grouped(chosen.left_out)} more"


class Figures(_Writer):
    """The formula with the numbers in place, each with as many digits as its matrix shows, and ``extra`` ones."""

    def __init__(
        self,
        values: Mapping[str, Array],
        notation: Notation,
        chosen: Chosen | None,
        formats: Mapping[str, Format] | None = None,
    ) -> None:
        super().__init__(notation, chosen)
        self.extra = 0
        self.works_out = False
        """Whether f and f′ are shown as the numbers that they come to."""
        self._values = values
        self._formats: dict[str, Format] = dict(formats or {})

    def leaf(self, leaf: Cell | Given) -> str:
        """Its number."""
        return self.signed(self._number(leaf))

    def rest(self, chosen: Chosen) -> str:
        """What the others come to."""
        return self.signed(self._rest(chosen))

    def pieces(self, scalar: Scalar) -> list[Piece]:
        """The formula with the numbers in place; each f worked out where that is asked for."""
        if isinstance(scalar, Applied) and self.works_out:
            return [Piece(self.signed(self._applied(scalar)))]
        return super().pieces(scalar)

    def signed(self, text: str) -> str:
        """With the minus sign of the notation."""
        return text.replace("-", self.notation.minus)

    def format(self, name: str) -> Format:
        """How the cells of a matrix are shown."""
        if name not in self._formats:
            self._formats[name] = format_of(self._values[name], digits=self.notation.digits)
        return self._formats[name]

    def line(self, scalar: Scalar, works_out: bool) -> Written:
        """The formula, with f and f′ as the numbers that they come to where ``works_out`` is true."""
        self.works_out = works_out
        return tuple(self.pieces(scalar))

    def gives(self, scalar: Scalar, shown: str, works_out: bool) -> bool:
        """Whether the numbers of that line make the result as shown."""
        self.works_out = works_out
        try:
            with np.errstate(all="ignore"):
                made = self._made(scalar)
        except (OverflowError, ValueError, ZeroDivisionError):
            # Sums of what is not finite.
            return False
        return math.isfinite(made) and _like(made, shown) == shown

    def _number(self, leaf: Cell | Given) -> str:
        if isinstance(leaf, Given):
            return shortest(leaf.number)
        value = leaf.value(self._values)
        # What was typed in is shown as it was.
        return shortest(value) if leaf.name in ("x", "y") else rounded_as(value, self.format(leaf.name), self.extra)

    def _rest(self, chosen: Chosen) -> str:
        return rounded_as(chosen.rest, _PLAIN, self.extra)

    def _applied(self, applied: Applied) -> str:
        return rounded_as(applied.value(self._values), _PLAIN, self.extra)

    def _made(self, scalar: Scalar) -> float:
        match scalar:
            case Cell() | Given():
                return _read(self._number(scalar))
            case Applied() if self.works_out:
                return _read(self._applied(scalar))
            case Applied(activation, of, derived):
                f, z = ACTIVATIONS[activation], np.array([self._made(of)])
                return float((f.derivative(z) if derived else f.value(z))[0])
            case Times(left, right):
                return self._made(left) * self._made(right)
            case Over(left, right):
                return self._made(left) / self._made(right)
            case Minus(left, right):
                return self._made(left) - self._made(right)
            case Plus(left, right):
                return self._made(left) + self._made(right)
            case Negative(of):
                return -self._made(of)
        assert self.chosen is not None  # noqa: S101 - chosen for the sum that there is
        terms = [self._made(scalar.term(number)) for number in self.chosen.numbers]
        if isinstance(scalar, HalfSquares):
            terms = [term * term for term in terms]
        if self.chosen.left_out:
            terms.append(_read(self._rest(self.chosen)))
        total = math.fsum(terms)
        return total / 2 if isinstance(scalar, HalfSquares) else total


def rounded_as(value: float, like: Format, extra: int) -> str:
    """``value`` with the decimals of ``like``, or as many as it needs for three digits that count, and ``extra``."""
    if not math.isfinite(value):
        return like(value).strip().replace("−", "-")
    if extra >= ALL_DIGITS - 1:
        return repr(unsigned_zero(value))
    exponent = math.floor(math.log10(abs(value))) if value else 0
    decimals = max(like.decimals, _FIGURES - 1 - exponent) + extra
    if like.scientific or decimals - extra > _WIDEST_FIXED or exponent > _WIDEST_FIXED:
        text = f"{value:.{max(like.decimals if like.scientific else 0, _FIGURES - 1) + extra}e}"
    else:
        text = f"{value:.{decimals}f}"
    return text.removeprefix("-") if not text.strip("-0.") else text


def _read(text: str) -> float:
    return float({"∞": "inf", "-∞": "-inf", "—": "nan"}.get(text, text))


def _like(value: float, shown: str) -> str:
    """``value`` with the digits that ``shown`` has."""
    mantissa, _, exponent = shown.partition("e")
    decimals = len(mantissa.partition(".")[2])
    text = f"{value:.{decimals}{'e' if exponent else 'f'}}"
    return text.removeprefix("-") if not text.strip("-0.") else text
