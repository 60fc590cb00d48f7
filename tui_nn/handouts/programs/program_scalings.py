"""Writes each scaling in words, in R and in Python."""

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.handouts.programs.program_parts import enclosed, number
from tui_nn.network import COLUMN_ABS_MAX, COLUMN_MAX, NO_SCALING, Scaling


@frozen_dataclass
class _Written:
    """The divisor in words, and the scaled matrix in R and in Python; {} stands for the matrix's name."""

    by: str
    r: str
    python: str


_LARGEST_IN_R = "apply({}, 2, function(column) if (all(column == 0)) 1 else max(abs(column)))"
_LARGEST_IN_PYTHON = "np.where(np.all({} == 0, axis=0), 1, np.abs({}).max(axis=0))"
_NAMED = {
    NO_SCALING: _Written("1", "{}", "{}"),
    COLUMN_MAX: _Written("its greatest number", "t(t({}) / apply({}, 2, max))", "{} / {}.max(axis=0)"),
    COLUMN_ABS_MAX: _Written(
        "its greatest absolute value (or by 1 where that is 0)",
        "t(t({}) / " + _LARGEST_IN_R + ")",
        "{} / " + _LARGEST_IN_PYTHON,
    ),
}


def divided_by(scaling: Scaling) -> str:
    """What a column is divided by, as the end of a sentence."""
    return _NAMED[scaling].by if isinstance(scaling, str) else "a number"


def scaled_in_r(name: str, scaling: Scaling) -> str:
    """An R expression for the matrix ``name``, scaled."""
    if isinstance(scaling, str):
        return _NAMED[scaling].r.replace("{}", name)
    divisors = [number(float(divisor)) for divisor in scaling]
    if len(divisors) == 1:
        return f"{name} / {divisors[0]}"
    return f"t(t({name}) / {enclosed('c(', divisors, ')')})"


def scaled_in_python(name: str, scaling: Scaling) -> str:
    """A Python expression for the matrix ``name``, scaled; it needs numpy as np."""
    if isinstance(scaling, str):
        return _NAMED[scaling].python.replace("{}", name)
    divisors = [number(float(divisor)) for divisor in scaling]
    if len(divisors) == 1:
        return f"{name} / {divisors[0]}"
    return f"{name} / {enclosed('np.array([', divisors, '])')}"
