"""Writes a numpy function as R code: the function is called with code in place of its matrices.

So a wrong formula of the catalogue of mistakes, such as ``lambda z: 1 / (1 + np.exp(z))``, stands once: it computes
numbers, and it says how a student writes it.
"""

from collections.abc import Callable
from enum import IntEnum
from typing import Any

import numpy as np


class Binding(IntEnum):
    """How strongly the outermost operation of a piece of R code binds."""

    COMPARISON = 0
    SUM = 1
    PRODUCT = 2
    BETWEEN_PERCENTS = 3
    MINUS = 4
    POWER = 5
    ATOM = 6


_FUNCTIONS = {
    np.exp: "exp",
    np.log: "log",
    np.sqrt: "sqrt",
    np.absolute: "abs",
    np.tanh: "tanh",
    np.tan: "tan",
    np.cosh: "cosh",
    np.sign: "sign",
    np.floor: "floor",
    np.trunc: "trunc",
    np.maximum: "pmax",
    np.minimum: "pmin",
}
_OPERATORS = {
    np.add: ("+", Binding.SUM),
    np.subtract: ("-", Binding.SUM),
    np.multiply: ("*", Binding.PRODUCT),
    np.divide: ("/", Binding.PRODUCT),
    np.floor_divide: ("%/%", Binding.BETWEEN_PERCENTS),
    np.less: ("<", Binding.COMPARISON),
    np.greater: (">", Binding.COMPARISON),
    np.power: ("^", Binding.POWER),
}
# What adds up a matrix, or looks for a number in it: of all cells, of each column, of each row.
_OVER = {
    "sum": ("sum({})", "colSums({})", "rowSums({})"),
    "mean": ("mean({})", "colMeans({})", "rowMeans({})"),
    "max": ("max({})", "apply({}, 2, max)", "apply({}, 1, max)"),
    "min": ("min({})", "apply({}, 2, min)", "apply({}, 1, min)"),
    "sd": ("sd({})", "apply({}, 2, sd)", "apply({}, 1, sd)"),
}


class RCode(np.lib.mixins.NDArrayOperatorsMixin):
    """A piece of R code that numpy takes for a matrix: operators and functions give the code of their result.

    ``is_row`` is whether it has a number for each column of a matrix; ``turned`` is the code whose transpose it is.
    Raises TypeError in a function that R does not have.
    """

    def __init__(self, text: str, binding: Binding = Binding.ATOM, *, is_row: bool = False, turned: str = "") -> None:
        self.text, self.binding, self.is_row, self._turned = text, binding, is_row, turned

    @classmethod
    def _of(cls, operand: object) -> "RCode":
        if isinstance(operand, RCode):
            return operand
        if isinstance(operand, int | float | np.number):
            return cls(f"{float(operand):g}", Binding.MINUS if float(operand) < 0 else Binding.ATOM)
        if isinstance(operand, np.ndarray) and operand.ndim == 1:
            # A number for each column.
            cells = [f"{cell:.7g}" for cell in operand.tolist()]
            return cls(cells[0]) if len({*cells}) == 1 else cls(f"c({', '.join(cells)})", is_row=True)
        raise TypeError(f"no code for {operand!r}")

    def within(self, least: Binding, *, is_right: bool = False) -> str:
        """The code, in brackets where it binds less than ``least``, or begins with a minus behind an operator."""
        is_bare = self.binding >= least and not (is_right and self.binding is Binding.MINUS)
        return self.text if is_bare else f"({self.text})"

    def __array_ufunc__(self, ufunc: Any, method: str, *operands: object, **options: object) -> "RCode":
        if method != "__call__" or options:
            raise TypeError(f"no code for {ufunc} with {options}")
        codes = [self._of(one) for one in operands]
        is_row = any(one.is_row for one in codes)
        if ufunc is np.negative:
            return RCode(f"-{codes[0].within(Binding.BETWEEN_PERCENTS, is_right=True)}", Binding.MINUS, is_row=is_row)
        if ufunc is np.square:
            codes, ufunc = [*codes, self._of(2)], np.power
        if ufunc in _FUNCTIONS:
            return RCode(f"{_FUNCTIONS[ufunc]}({', '.join(one.text for one in codes)})", is_row=is_row)
        if ufunc not in _OPERATORS:
            raise TypeError(f"no code for {ufunc}")
        left, right = codes
        sign, binding = _OPERATORS[ufunc]
        if ufunc is np.subtract and right.text == "0":
            return left
        if right.is_row and not left.is_row and left.text.isidentifier() | bool(left._turned):
            inner = f"({left._turned})" if left._turned else f"t({left.text})"
            inner = f"{inner} {sign} {right.within(Binding(min(Binding.ATOM, binding + 1)), is_right=True)}"
            return RCode(f"t({inner})", turned=inner)
        if ufunc is np.power:
            if right.text == "1":
                return left
            return RCode(f"{left.within(Binding.ATOM)}^{right.within(Binding.ATOM)}", binding, is_row=is_row)
        last = binding if ufunc in (np.add, np.multiply) else Binding(binding + 1)
        text = f"{left.within(binding)} {sign} {right.within(last, is_right=True)}"
        return RCode(text, binding, is_row=is_row)

    def __array_function__(self, function: Any, types: object, operands: Any, options: Any) -> "RCode":
        codes = [self._of(one) for one in operands]
        if function is np.where:
            return RCode(f"ifelse({', '.join(one.text for one in codes)})")
        if function is np.transpose and not options:
            return RCode(f"t({codes[0].text})")
        raise TypeError(f"no code for {function}")

    @property
    def shape(self) -> tuple["RCode", "RCode"]:
        """The numbers of rows and columns."""
        return RCode(f"nrow({self.text})"), RCode(f"ncol({self.text})")

    def _over(self, kind: str, axis: int | None) -> "RCode":
        texts = _OVER[kind]
        return RCode(texts[0 if axis is None else 1 + axis].format(self.text), is_row=axis == 0)

    def sum(self, axis: int | None = None, *, keepdims: bool = False) -> "RCode":  # noqa: ARG002 - as numpy's
        """The sum of all cells, or of each column or row."""
        return self._over("sum", axis)

    def mean(self, axis: int | None = None) -> "RCode":
        """The mean of all cells, or of each column or row."""
        return self._over("mean", axis)

    def max(self, axis: int | None = None, *, keepdims: bool = False) -> "RCode":  # noqa: ARG002 - as numpy's
        """The greatest of all cells, or of each column or row."""
        return self._over("max", axis)

    def min(self, axis: int | None = None) -> "RCode":
        """The least of all cells, or of each column or row."""
        return self._over("min", axis)

    def std(self, axis: int | None = None, ddof: int = 0) -> "RCode":
        """The standard deviation of all cells, or of each column or row; R's own with ``ddof`` 1."""
        if ddof == 1:
            return self._over("sd", axis)
        if axis is None:
            return RCode(f"sqrt(mean(({self.text} - mean({self.text}))^2))")
        each = "function(column) sqrt(mean((column - mean(column))^2))"
        return RCode(f"apply({self.text}, {2 - axis}, {each})", is_row=axis == 0)


def code_of(function: Callable[..., Any], *operands: RCode) -> RCode:
    """The code of ``function`` of these operands. Raises TypeError if R has none."""
    try:
        code = function(*operands)
    except AttributeError:
        raise TypeError(f"no code for {function}") from None
    if not isinstance(code, RCode):
        raise TypeError(f"no code for {function}")
    return code
