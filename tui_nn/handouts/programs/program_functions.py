"""Writes f and f′ of each activation as functions in R and in Python."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from tui_nn.network import ACTIVATIONS
from tui_nn.network.model.activations.function import Function, Limited, Number, OwnValue, Sign
from tui_nn.writing.notation.function_text import FunctionLanguage

_Names: TypeAlias = Mapping[Function, str]
_SIGNS = {sign: sign.value for sign in Sign}
_BUILT_INTO_R = ("tanh", "identity")


def function_name(activation: str) -> str:
    """The name of an activation in a program: ``leaky_relu`` for leaky relu."""
    return activation.replace(" ", "_")


def functions_in_r(activation: str) -> str:
    """The function of ``activation``, unless R has it, and its slope, whose name ends in ``prime``."""
    name, value, slope = function_name(activation), _computed(activation), _slope(activation, _in_r)
    prime = f"{name}prime <- function(z) {slope}"
    if activation in _BUILT_INTO_R:
        return prime
    if not isinstance(value, Limited):
        return f"{name} <- function(z) {_in_r(value, {})}{_formula_note(activation, _in_r)}\n{prime}"
    text = f"ifelse(is.finite(u), {_in_r(value.of, {value.overflowing: 'u'})}, {value.limit})"
    lines = f"  u <- {_in_r(value.overflowing, {})}\n  {text}  # {_limit(name, value)}"
    return f"{name} <- function(z) {{\n{lines}\n}}\n{prime}"


def functions_in_python(activation: str) -> str:
    """The function of ``activation`` and its slope, whose name ends in ``prime``; they need numpy as np."""
    name, value, slope = function_name(activation), _computed(activation), _slope(activation, _in_python)
    if isinstance(value, Limited):
        text = f"np.fmin({_in_python(value.of, {value.overflowing: 'u'})}, {value.limit})"
        lines = f"    u = {_in_python(value.overflowing, {})}\n    return {text}  # {_limit(name, value)}"
    else:
        lines = f"    return {_in_python(value, {})}{_formula_note(activation, _in_python)}"
    return f"def {name}(z):\n{lines}\n\n\ndef {name}prime(z):\n    return {slope}"


def _computed(activation: str) -> Function:
    found = ACTIVATIONS[activation]
    return found.computed[0] if found.computed else found.formula


def _slope(activation: str, write: Callable[[Function, _Names], str]) -> str:
    found = ACTIVATIONS[activation]
    names: _Names = {OwnValue(): f"{function_name(activation)}(z)"}
    if found.computed is None:
        return write(found.slope, names)
    value, slope = found.computed
    note = f"  # {write(found.slope, names)}, accurate near {value.limit}, too" if isinstance(value, Limited) else ""
    return write(slope, names) + note


def _formula_note(activation: str, write: Callable[[Function, _Names], str]) -> str:
    """A comment with the textbook's formula if the code computes another one; otherwise ""."""
    found = ACTIVATIONS[activation]
    is_known = found.computed is None or activation in _BUILT_INTO_R
    return "" if is_known else f"  # {write(found.formula, {})}, accurate for every z"


def _limit(name: str, value: Limited) -> str:
    return f"where {_in_r(value.overflowing, {})} is too large a number, {name}(z) is {value.limit}"


def _in_r(function: Function, names: _Names) -> str:
    if isinstance(function, Number):
        return f"array({function.number}, dim(z))"
    by_sign = "ifelse(z > 0, {}, {})".format
    return FunctionLanguage(names, _SIGNS, "-", "^{}".format, "{}({})".format, by_sign).text(function)


def _in_python(function: Function, names: _Names) -> str:
    if isinstance(function, Number):
        return f"np.full_like(z, {function.number})" if function.number != 1 else "np.ones_like(z)"
    # If z is nan, no comparison holds; f(z) must be nan then, so z comes last.
    by_sign = "np.where(z <= 0, {1}, {0})".format
    return FunctionLanguage(names, _SIGNS, "-", " ** {}".format, "np.{}({})".format, by_sign).text(function)
