"""Formulas of one number z as values, such as ``1 / (1 + exp(-z))``: for the screen, and for exported programs."""

from enum import StrEnum
from typing import TypeAlias

from tui_nn.frozen_dataclass import frozen_dataclass


class Function:
    """A function of z. Python's operators combine functions and numbers."""

    def __add__(self, other: "Operand") -> "Function":
        return Binary(Sign.PLUS, self, _function(other))

    def __radd__(self, other: float) -> "Function":
        return Binary(Sign.PLUS, Number(other), self)

    def __sub__(self, other: "Operand") -> "Function":
        return Binary(Sign.MINUS, self, _function(other))

    def __rsub__(self, other: float) -> "Function":
        return Binary(Sign.MINUS, Number(other), self)

    def __mul__(self, other: "Operand") -> "Function":
        return Binary(Sign.TIMES, self, _function(other))

    def __rmul__(self, other: float) -> "Function":
        return Binary(Sign.TIMES, Number(other), self)

    def __truediv__(self, other: "Operand") -> "Function":
        return Binary(Sign.OVER, self, _function(other))

    def __rtruediv__(self, other: float) -> "Function":
        return Binary(Sign.OVER, Number(other), self)

    def __pow__(self, exponent: int) -> "Function":
        return Power(self, exponent)

    def __neg__(self) -> "Function":
        return Negation(self)

    def __abs__(self) -> "Function":
        return Call("abs", self)


Operand: TypeAlias = Function | float


class Sign(StrEnum):
    """What stands between two functions; the value is the sign in Python and in R."""

    PLUS = "+"
    MINUS = "-"
    TIMES = "*"
    OVER = "/"


@frozen_dataclass
class Variable(Function):
    """The number z."""


@frozen_dataclass
class OwnValue(Function):
    """f(z), in a formula of f′(z)."""


@frozen_dataclass
class Number(Function):
    """A number, such as 1 or 0.01."""

    number: float


@frozen_dataclass
class Binary(Function):
    """a + b, a − b, a · b or a / b."""

    sign: Sign
    left: Function
    right: Function


@frozen_dataclass
class Negation(Function):
    """−a."""

    of: Function


@frozen_dataclass
class Power(Function):
    """aⁿ."""

    of: Function
    exponent: int


@frozen_dataclass
class Call(Function):
    """A function that R and numpy have under the same name: exp, log, tanh, abs, ….

    log is the natural logarithm. expm1 is eᵃ − 1 and log1p is ln(1 + a), without a loss of digits close to 0.
    """

    name: str
    of: Function


@frozen_dataclass
class BySign(Function):
    """``above`` where z > 0, and ``below`` where z ≤ 0; None where nothing is said of it."""

    above: Function | None
    below: Function | None


@frozen_dataclass
class BySize(Function):
    """``within`` where |z| ≤ ``limit``, and ``beyond`` where |z| is larger; None where nothing is said of it."""

    limit: float
    within: Function | None
    beyond: Function | None


@frozen_dataclass
class OverUnits(Function):
    """The sum or the greatest of ``of`` over all units of the layer, in each row: ``name`` is "sum" or "max"."""

    name: str
    of: Function


@frozen_dataclass
class OfOtherUnit(Function):
    """``of``, which is z or f(z), for unit k; in the same formula, a plain z is that of unit j."""

    of: Function


@frozen_dataclass
class ByUnit(Function):
    """The slope of f of unit k by the z of unit j, for an f that depends on the z of all units.

    ``same`` is the slope where k = j, ``other`` that where k ≠ j; None where nothing is said of it.
    """

    same: Function | None
    other: Function | None


@frozen_dataclass
class Limited(Function):
    """``of``, which approaches ``limit``; where its part ``overflowing`` overflows, the value is ``limit``."""

    of: Function
    limit: int
    overflowing: Function


def _function(operand: Operand) -> Function:
    return operand if isinstance(operand, Function) else Number(operand)


def exp(of: Function) -> Function:
    """eᵃ."""
    return Call("exp", of)


def log(of: Function) -> Function:
    """The natural logarithm of a."""
    return Call("log", of)


def sign(of: Function) -> Function:
    """1 where a > 0, −1 where a < 0, 0 where a is 0."""
    return Call("sign", of)


def of_other_unit(of: Function) -> Function:
    """Z or f(z) of unit k, where z is that of unit j."""
    return OfOtherUnit(of)


z, f = Variable(), OwnValue()
