"""Writes the formulas of derived inputs in R and in Python."""

from collections.abc import Iterable

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.model.derived_inputs import Applied, Column, Combined, Constant, Formula, Opposite

_SUM, _PRODUCT, _POWER, _ATOM = 1, 2, 3, 4
"""How tightly the parts of a formula bind."""


@frozen_dataclass
class _Language:
    """How a language writes column j of x, counted from ``first``, a function of it, and a power."""

    column: str
    first: int
    function: str
    power: str

    def text(self, formula: Formula, x: str, least: int = 0) -> str:
        """``formula`` over the columns of the matrix called ``x``, in brackets if it binds less than ``least``."""
        match formula:
            case Column(place):
                return self.column.format(x, place - 1 + self.first)
            case Constant(value):
                # A whole number of Python may grow without end.
                return repr(value) if value >= 0 else f"({value!r})"
            case Applied(name, of):
                return self.function.format(name, self.text(of, x))
            case Opposite(of):
                level, written = _SUM, f"-{self.text(of, x, _PRODUCT)}"
            case Combined("^", left, right):
                level, written = _POWER, f"{self.text(left, x, _ATOM)}{self.power}{self.text(right, x, _ATOM)}"
            case Combined(sign, left, right):
                level = _SUM if sign in "+-" else _PRODUCT
                written = f"{self.text(left, x, level)} {sign} {self.text(right, x, level + 1)}"
        return f"({written})" if level < least else written

    def listed(self, formulas: Iterable[Formula], x: str) -> str:
        """The formulas one below the other."""
        return ",\n".join(f"    {self.text(formula, x)}" for formula in formulas)


_R = _Language("{}[, {}]", 1, "{}({})", "^")
_PYTHON = _Language("{}[:, {}]", 0, "np.{}({})", "**")


def derived_in_r(x: str, formulas: Iterable[Formula]) -> str:
    """The lines that put the derived columns behind those of the matrix called ``x``."""
    return f"{x} <- cbind(\n    {x},\n{_R.listed(formulas, x)}\n)"


def derived_in_python(x: str, formulas: Iterable[Formula]) -> str:
    """The lines that put the derived columns behind those of the matrix called ``x``."""
    return f"{x} = np.column_stack((\n    {x},\n{_PYTHON.listed(formulas, x)},\n))"
