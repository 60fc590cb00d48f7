"""Writes f and f′ of each activation as functions in R and in Python."""

from tui_nn.network import ACTIVATIONS, Activation
from tui_nn.network.model.activations.function import Function, Number, Sign
from tui_nn.writing.notation.function_text import FunctionLanguage

_SIGNS = {sign: sign.value for sign in Sign}
# The sigmoid's formula takes a number off 1 where it is close to 1, and divides what is too large by itself.
_SIGMOID_IN_R = """sigmoid <- function(z) {
  u <- exp(z)
  ifelse(is.finite(u), u / (1 + u), 1)  # where exp(z) is too large a number, sigmoid(z) is 1
}
sigmoidprime <- function(z) sigmoid(z) / (1 + exp(z))  # sigmoid(z) * (1 - sigmoid(z)), accurate near 1, too"""
_SIGMOID_IN_PYTHON = """def sigmoid(z):
    u = np.exp(z)
    return np.fmin(u / (1 + u), 1)  # where exp(z) is too large a number, sigmoid(z) is 1


def sigmoidprime(z):
    return sigmoid(z) / (1 + np.exp(z))  # sigmoid(z) * (1 - sigmoid(z)), accurate near 1, too"""
_BUILT_INTO_R = ("tanh", "identity")


def functions_in_r(activation: str) -> str:
    """The functions ``activation``, unless R has it, and ``activation``prime."""
    if activation == "sigmoid":
        return _SIGMOID_IN_R
    value, slope = _computed(ACTIVATIONS[activation])
    lines = [] if activation in _BUILT_INTO_R else [f"{activation} <- function(z) {_in_r(value, activation)}"]
    return "\n".join([*lines, f"{activation}prime <- function(z) {_in_r(slope, activation)}"])


def functions_in_python(activation: str) -> str:
    """The functions ``activation`` and ``activation``prime, which need numpy as np."""
    if activation == "sigmoid":
        return _SIGMOID_IN_PYTHON
    value, slope = _computed(ACTIVATIONS[activation])
    return (
        f"def {activation}(z):\n    return {_in_python(value, activation)}\n\n\n"
        f"def {activation}prime(z):\n    return {_in_python(slope, activation)}"
    )


def _computed(activation: Activation) -> tuple[Function, Function]:
    return activation.computed or (activation.formula, activation.slope)


def _in_r(function: Function, activation: str) -> str:
    if isinstance(function, Number):
        return f"array({function.number}, dim(z))"
    language = FunctionLanguage(f"{activation}(z)", _SIGNS, "-", "^{}".format, "{}({})".format, _by_sign_in_r)
    return language.text(function)


def _by_sign_in_r(above: str, below: str) -> str:
    if below == "0" and above in ("z", "1"):
        return "pmax(z, 0)" if above == "z" else "(z > 0) * 1"
    return f"ifelse(z > 0, {above}, {below})"


def _in_python(function: Function, activation: str) -> str:
    if isinstance(function, Number):
        return f"np.full_like(z, {function.number})" if function.number != 1 else "np.ones_like(z)"
    language = FunctionLanguage(
        f"{activation}(z)", _SIGNS, "-", " ** {}".format, "np.{}({})".format, _by_sign_in_python
    )
    return language.text(function)


def _by_sign_in_python(above: str, below: str) -> str:
    if below == "0" and above in ("z", "1"):
        return "np.maximum(z, 0)" if above == "z" else "np.heaviside(z, 0)"
    return f"np.where(z > 0, {above}, {below})"
