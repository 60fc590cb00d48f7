"""Writes f and f′ of each activation, and h and h′ of a cost Σ h(y − ŷ), as functions in R and in Python."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from tui_nn.network.model.activations import Activation
from tui_nn.network.model.activations.cell_function import CellFunction
from tui_nn.network.model.activations.function import Function, Limited, Number, OwnValue, Sign, Variable
from tui_nn.network.model.cost_of_error import CostOfError
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
  below + log1p(rowSums(u * (u < 1)) + (rowSums(u == 1) - 1))  # -log(softmax(z)), accurate near 0, too
}"""
_MINUS_LOG_IN_PYTHON = """def minus_log_softmax(z):
    below = np.max(z, axis=1, keepdims=True) - z
    u = np.exp(-below)
    others = np.sum(u * (u < 1), axis=1, keepdims=True) + (np.sum(u == 1, axis=1, keepdims=True) - 1)
    return below + np.log1p(others)  # -log(softmax(z)), accurate near 0, too"""


def function_name(activation: str) -> str:
    """The name of an activation in a program: ``leaky_relu`` for leaky relu."""
    return activation.replace(" ", "_")


def functions_in_r(function: CellFunction) -> str:
    """The ``function``, unless R has it, and its slope, whose name ends in ``prime``.

    Softmax comes without its slope, which cancels in δ, but with the function that computes its cost.
    """
    if _mixes_units(function):
        return f"{function.name} <- function(z) {_in_r(_computed(function), {})}\n{_MINUS_LOG_IN_R}"
    name, z, value, slope = (
        function_name(function.name),
        _argument(function),
        _computed(function),
        _slope(function, _in_r),
    )
    prime = f"{name}prime <- function({z}) {slope}"
    if name in _BUILT_INTO_R:
        return prime
    if not isinstance(value, Limited):
        return f"{name} <- function({z}) {_in_r(value, _names(function))}{_formula_note(function, _in_r)}\n{prime}"
    text = f"ifelse(is.finite(u), {_in_r(value.of, {value.overflowing: 'u'})}, {value.limit})"
    lines = f"  u <- {_in_r(value.overflowing, {})}\n  {text}  # {_limit(name, value)}"
    return f"{name} <- function(z) {{\n{lines}\n}}\n{prime}"


def functions_in_python(function: CellFunction) -> str:
    """The ``function`` and its slope, whose name ends in ``prime``; they need numpy as np.

    Softmax comes without its slope, which cancels in δ, but with the function that computes its cost.
    """
    if _mixes_units(function):
        text = f"def {function.name}(z):\n    return {_in_python(_computed(function), {})}"
        return f"{text}\n\n\n{_MINUS_LOG_IN_PYTHON}"
    name, z, value = function_name(function.name), _argument(function), _computed(function)
    slope = _slope(function, _in_python)
    if isinstance(value, Limited):
        text = f"np.fmin({_in_python(value.of, {value.overflowing: 'u'})}, {value.limit})"
        lines = f"    u = {_in_python(value.overflowing, {})}\n    return {text}  # {_limit(name, value)}"
    else:
        lines = f"    return {_in_python(value, _names(function))}{_formula_note(function, _in_python)}"
    return f"def {name}({z}):\n{lines}\n\n\ndef {name}prime({z}):\n    return {slope}"


def _mixes_units(function: CellFunction) -> bool:
    return isinstance(function, Activation) and function.mixes_units


def _argument(function: CellFunction) -> str:
    """The name of the number that it is a function of: an error e, or z."""
    return "e" if isinstance(function, CostOfError) else "z"


def _names(function: CellFunction) -> _Names:
    return {Variable(): _argument(function)}


def _computed(function: CellFunction) -> Function:
    return function.computed[0] if function.computed else function.formula


def _slope(function: CellFunction, write: Callable[[Function, _Names], str]) -> str:
    names = {**_names(function), OwnValue(): f"{function_name(function.name)}({_argument(function)})"}
    if function.computed is None:
        return write(function.slope, names)
    value, slope = function.computed
    note = f"  # {write(function.slope, names)}, accurate near {value.limit}, too" if isinstance(value, Limited) else ""
    return write(slope, names) + note


def _formula_note(function: CellFunction, write: Callable[[Function, _Names], str]) -> str:
    """A comment with the textbook's formula if the code computes another one; otherwise ""."""
    is_known = function.computed is None or function.name in _BUILT_INTO_R
    z = _argument(function)
    return "" if is_known else f"  # {write(function.formula, _names(function))}, accurate for every {z}"


def _limit(name: str, value: Limited) -> str:
    return f"where {_in_r(value.overflowing, {})} is too large a number, {name}(z) is {value.limit}"


def _in_r(function: Function, names: _Names) -> str:
    z = names.get(Variable(), "z")
    if isinstance(function, Number):
        return f"array({function.number}, dim({z}))"
    return FunctionLanguage(
        names,
        _SIGNS,
        "-",
        "^{}".format,
        "{}({})".format,
        f"ifelse({z} > 0, {{}}, {{}})".format,
        lambda within, beyond, limit: f"ifelse(abs({z}) <= {limit:g}, {within}, {beyond})",
        _no_unit,
        lambda name, of: _OVER_UNITS_IN_R[name].format(of),
    ).text(function)


def _in_python(function: Function, names: _Names) -> str:
    z = names.get(Variable(), "z")
    if isinstance(function, Number):
        return f"np.full_like({z}, {function.number})" if function.number != 1 else f"np.ones_like({z})"
    return FunctionLanguage(
        names,
        _SIGNS,
        "-",
        " ** {}".format,
        "np.{}({})".format,
        # If z is nan, no comparison holds; f(z) must be nan then, so z comes last.
        f"np.where({z} <= 0, {{1}}, {{0}})".format,
        lambda within, beyond, limit: f"np.where(np.abs({z}) <= {limit:g}, {within}, {beyond})",
        _no_unit,
        lambda name, of: _OVER_UNITS_IN_PYTHON[name].format(of),
    ).text(function)


def _no_unit(same: str, other: str) -> str:
    raise TypeError(f"no program has the slopes {same} and {other} of units by each other's z")
