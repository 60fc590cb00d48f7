"""Writes the formulas of derived inputs in R and in Python."""

from collections.abc import Iterable

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.model.derived_inputs import Applied, Column, Combined, Constant, Formula, Opposite


@frozen_dataclass
class _Language:
    """How a language writes column j of x, counted from ``first``, a function of it, and a power."""

    column: str
    first: int
    function: str
    power: str

    def text(self, formula: Formula, x: str) -> str:
        """``formula`` over the columns of the matrix called ``x``; every part that needs brackets has some."""
        match formula:
            case Column(place):
                return self.column.format(x, place - 1 + self.first)
            case Constant(value):
                # A whole number of Python may grow without end.
                return repr(value) if value >= 0 else f"({value!r})"
            case Opposite(of):
                return f"(-{self.text(of, x)})"
            case Applied(name, of):
                return self.function.format(name, self._outermost(of, x))
            case Combined(sign, left, right):
                between = self.power if sign == "^" else sign
                return f"({self.text(left, x)} {between} {self.text(right, x)})"

    def _outermost(self, formula: Formula, x: str) -> str:
        text = self.text(formula, x)
        return text[1:-1] if isinstance(formula, Combined | Opposite) else text

    def listed(self, formulas: Iterable[Formula], x: str) -> str:
        """The formulas one after the other, with commas between them."""
        return ", ".join(self._outermost(formula, x) for formula in formulas)


_R = _Language("{}[, {}]", 1, "{}({})", "^")
_PYTHON = _Language("{}[:, {}]", 0, "np.{}({})", "**")


def derived_in_r(x: str, formulas: Iterable[Formula]) -> str:
    """The line that puts the derived columns behind those of the matrix called ``x``."""
    return f"{x} <- cbind({x}, {_R.listed(formulas, x)})"


def derived_in_python(x: str, formulas: Iterable[Formula]) -> str:
    """The line that puts the derived columns behind those of the matrix called ``x``."""
    return f"{x} = np.column_stack(({x}, {_PYTHON.listed(formulas, x)}))"
