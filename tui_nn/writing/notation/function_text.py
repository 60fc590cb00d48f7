"""Writes a function of z in a language: in the lecture's signs, in R or in Python."""

from collections.abc import Callable, Mapping

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.model.activations.function import (
    Binary,
    BySign,
    BySize,
    ByUnit,
    Call,
    Function,
    Negation,
    Number,
    OverUnits,
    Power,
    Sign,
    Variable,
)


@frozen_dataclass
class FunctionLanguage:
    """How a language writes a function of z.

    ``names`` has the functions that are written by a name, such as f(z) in a formula of f′(z). ``signs`` are the signs
    between two operands, ``negative`` the sign before one. ``power(n)`` is written after an operand that is raised to
    the power n. ``call(name, text)`` writes a call of the function ``name`` on the argument ``text``.
    ``by_sign(above, below)`` writes a function that is ``above`` where z > 0, and else ``below``; one of them is "" if
    the formula is only about the other. ``by_size(within, beyond, limit)`` writes one that is ``within`` where |z| ≤
    ``limit``, and else ``beyond``, in the same way. ``by_unit(same, other)`` writes a slope of the unit's own f, and
    else of the f of another unit, in the same way. ``over_units(name, text)`` writes the sum or the greatest of
    ``text`` over the units of a row.
    """

    names: Mapping[Function, str]
    signs: dict[Sign, str]
    negative: str
    power: Callable[[int], str]
    call: Callable[[str, str], str]
    by_sign: Callable[[str, str], str]
    by_size: Callable[[str, str, float], str]
    by_unit: Callable[[str, str], str]
    over_units: Callable[[str, str], str]

    def text(self, function: Function) -> str:
        """``function`` on one line."""
        if function in self.names:
            return self.names[function]
        match function:
            case Variable():
                return "z"
            case Number(number):
                return str(number)
            case Call(name, of):
                return self.call(name, self.text(of))
            case Power(of, exponent):
                return self._enclosed(of, is_enclosed=isinstance(of, Binary | Negation | OverUnits)) + self.power(
                    exponent
                )
            case Negation(of):
                return self.negative + self._enclosed(of, is_enclosed=isinstance(of, Binary | Negation))
            case Binary(Sign.TIMES | Sign.OVER as sign, left, right):
                first = self._enclosed(left, is_enclosed=_is_sum(left) or isinstance(left, Negation))
                second = self._enclosed(right, is_enclosed=isinstance(right, Binary | Negation))
                return f"{first} {self.signs[sign]} {second}"
            case Binary(sign, left, right):
                is_enclosed = isinstance(right, Negation) or (sign is Sign.MINUS and _is_sum(right))
                return f"{self.text(left)} {self.signs[sign]} {self._enclosed(right, is_enclosed=is_enclosed)}"
            case BySign(above, below):
                return self.by_sign(*("" if part is None else self.text(part) for part in (above, below)))
            case BySize(limit, within, beyond):
                inner, outer = ("" if part is None else self.text(part) for part in (within, beyond))
                return self.by_size(inner, outer, limit)
            case ByUnit(same, other):
                return self.by_unit(*("" if part is None else self.text(part) for part in (same, other)))
            case OverUnits(name, of):
                return self.over_units(name, self.text(of))
        raise TypeError(f"no text for {function}")

    def _enclosed(self, function: Function, *, is_enclosed: bool) -> str:
        text = self.text(function)
        return f"({text})" if is_enclosed and function not in self.names else text


def _is_sum(function: Function) -> bool:
    return isinstance(function, Binary) and function.sign in (Sign.PLUS, Sign.MINUS)
