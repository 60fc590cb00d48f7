"""Writes f and f′ of each activation as functions in R and in Python."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from tui_nn.network import ACTIVATIONS
from tui_nn.network.model.activations.function import Function, Limited, Number, OwnValue, Sign
from tui_nn.writing.notation.function_text import FunctionLanguage

_Names: TypeAlias = Mapping[Function, str]
_SIGNS = {sign: sign.value for sign in Sign}
_BUILT_INTO_R = ("tanh", "identity")
_OVER_UNITS_IN_R = {"sum": "rowSums({})", "max": "apply({}, 1, max)"}
_OVER_UNITS_IN_PYTHON = {"sum": "np.sum({}, axis=1, keepdims=True)", "max": "np.max({}, axis=1, keepdims=True)"}
# -log(softmax(z)), as `categorical_cross_entropies` computes it: the greatest z of a row has the exponential 1, and
# log1p keeps the digits of the others.
_MINUS_LOG_IN_R = """minus_log_softmax <- function(z) {
  below <- apply(z, 1, max) - z
  u <- exp(-below)
  below + log1p(rowSums(u * (u < 1)) + rowSums(u == 1) - 1)  # -log(softmax(z)), accurate near 0, too
}"""
_MINUS_LOG_IN_PYTHON = """def minus_log_softmax(z):
    below = np.max(z, axis=1, keepdims=True) - z
    u = np.exp(-below)
    others = np.sum(u * (u < 1), axis=1, keepdims=True) + np.sum(u == 1, axis=1, keepdims=True) - 1
    return below + np.log1p(others)  # -log(softmax(z)), accurate near 0, too"""


def function_name(activation: str) -> str:
    """The name of an activation in a program: ``leaky_relu`` for leaky relu."""
    return activation.replace(" ", "_")


def functions_in_r(activation: str) -> str:
    """The function of ``activation``, unless R has it, and its slope, whose name ends in ``prime``.

    Softmax has no slope here, as it cancels; with it comes the function that its cost needs.
    """
    if ACTIVATIONS[activation].mixes_units:
        return f"{activation} <- function(z) {_in_r(_computed(activation), {})}\n{_MINUS_LOG_IN_R}"
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
    """The function of ``activation`` and its slope, whose name ends in ``prime``; they need numpy as np.

    Softmax has no slope here, as it cancels; with it comes the function that its cost needs.
    """
    if ACTIVATIONS[activation].mixes_units:
        function = f"def {activation}(z):\n    return {_in_python(_computed(activation), {})}"
        return f"{function}\n\n\n{_MINUS_LOG_IN_PYTHON}"
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
    return FunctionLanguage(
        names,
        _SIGNS,
        "-",
        "^{}".format,
        "{}({})".format,
        by_sign,
        _no_unit,
        lambda name, of: _OVER_UNITS_IN_R[name].format(of),
    ).text(function)


def _in_python(function: Function, names: _Names) -> str:
    if isinstance(function, Number):
        return f"np.full_like(z, {function.number})" if function.number != 1 else "np.ones_like(z)"
    # If z is nan, no comparison holds; f(z) must be nan then, so z comes last.
    by_sign = "np.where(z <= 0, {1}, {0})".format
    return FunctionLanguage(
        names,
        _SIGNS,
        "-",
        " ** {}".format,
        "np.{}({})".format,
        by_sign,
        _no_unit,
        lambda name, of: _OVER_UNITS_IN_PYTHON[name].format(of),
    ).text(function)


def _no_unit(same: str, other: str) -> str:
    raise TypeError(f"no program has the slopes {same} and {other} of units by each other's z")
