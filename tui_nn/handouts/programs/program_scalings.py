"""Writes each scaling in words, in R and in Python."""

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.handouts.programs.program_parts import enclosed, number
from tui_nn.network import COLUMN_ABS_MAX, COLUMN_MAX, MIN_MAX, NO_SCALING, STANDARDISE, Scaling


@frozen_dataclass
class _Written:
    """What happens to a column in words, and the scaled matrix in R and in Python.

    {} stands for the matrix's name, {by} for that of the matrix whose columns say what its own are divided by.
    """

    how: str
    r: str
    python: str


_LARGEST_IN_R = "apply({by}, 2, function(column) if (all(column == 0)) 1 else max(abs(column)))"
_SD_IN_PYTHON = "np.sqrt((({by} - {by}.mean(axis=0)) ** 2).sum(axis=0) / max(1, len({by}) - 1))"
_LARGEST_IN_PYTHON = "np.where(np.all({by} == 0, axis=0), 1, np.abs({by}).max(axis=0))"


def _unless_constant_in_r(divisor: str) -> str:
    """The divisor of each column; 1 where all numbers are the same."""
    return "apply({by}, 2, function(column) if (all(column == column[1])) 1 else " + divisor + ")"


def _unless_constant_in_python(scaled: str) -> str:
    """The scaled matrix; where the numbers of a column are all the same, each minus that number."""
    return "np.where(np.all({by} == {by}[0], axis=0), {moved}, " + scaled + ")"


_NAMED = {
    NO_SCALING: _Written("divided by 1", "{}", "{}"),
    COLUMN_MAX: _Written("divided by its greatest number", "t(t({}) / apply({by}, 2, max))", "{} / {by}.max(axis=0)"),
    COLUMN_ABS_MAX: _Written(
        "divided by its greatest absolute value (or by 1 where that is 0)",
        "t(t({}) / " + _LARGEST_IN_R + ")",
        "{} / " + _LARGEST_IN_PYTHON,
    ),
    MIN_MAX: _Written(
        "moved so that its least number is 0, and divided by its range (or by 1 where that is 0)",
        "t((t({}) - apply({by}, 2, min)) / " + _unless_constant_in_r("max(column) - min(column)") + ")",
        _unless_constant_in_python("({} - {by}.min(axis=0)) / ({by}.max(axis=0) - {by}.min(axis=0))"),
    ),
    STANDARDISE: _Written(
        "moved so that its mean is 0, and divided by its standard deviation (or by 1 where that is 0)",
        "t((t({}) - colMeans({by})) / " + _unless_constant_in_r("sd(column)") + ")",
        _unless_constant_in_python("({} - {by}.mean(axis=0)) / " + _SD_IN_PYTHON),
    ),
}


def scaled_how(scaling: Scaling) -> str:
    """What happens to a column, as the end of a sentence."""
    return _NAMED[scaling].how if isinstance(scaling, str) else "divided by a number"


def scaled_in_r(name: str, scaling: Scaling, by: str = "") -> str:
    """An R expression for the matrix ``name``, scaled as the matrix ``by`` is; without that, by its own columns."""
    if isinstance(scaling, str):
        return _NAMED[scaling].r.replace("{}", name).replace("{by}", by or name)
    divisors = [number(float(divisor)) for divisor in scaling]
    if len(divisors) == 1:
        return f"{name} / {divisors[0]}"
    return f"t(t({name}) / {enclosed('c(', divisors, ')')})"


def scaled_in_python(name: str, scaling: Scaling, by: str = "") -> str:
    """A Python expression for the matrix ``name``, scaled as the matrix ``by`` is; it needs numpy as np.

    Without ``by``, its own columns say how.
    """
    if isinstance(scaling, str):
        moved = f"{name} - {by}[0]" if by else "0"
        text = _NAMED[scaling].python.replace("{moved}", moved)
        return text.replace("{}", name).replace("{by}", by or name)
    divisors = [number(float(divisor)) for divisor in scaling]
    if len(divisors) == 1:
        return f"{name} / {divisors[0]}"
    return f"{name} / {enclosed('np.array([', divisors, '])')}"
