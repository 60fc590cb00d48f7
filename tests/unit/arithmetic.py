"""A line of numbers as a student reads it: by its signs alone, with a calculator at hand."""

import math
import re
from collections.abc import Callable
from fractions import Fraction

import numpy as np

from tui_nn.writing.notation.signs import Notation


def _sigmoid(z: float) -> float:
    return 1 / (1 + math.exp(-z)) if z > -700 else 0.0


FUNCTIONS = {
    "sigmoid": (_sigmoid, lambda z: _sigmoid(z) * (1 - _sigmoid(z))),
    "tanh": (math.tanh, lambda z: 1 - math.tanh(z) ** 2),
    "relu": (lambda z: max(z, 0.0), lambda z: 1.0 if z > 0 else 0.0),
    "identity": (lambda z: z, lambda _: 1.0),
    "leaky relu": (lambda z: max(z, 0.01 * z), lambda z: 1.0 if z > 0 else 0.01),
    "elu": (lambda z: z if z > 0 else math.expm1(z), lambda z: math.exp(min(z, 0.0))),
    "softplus": (lambda z: max(z, 0.0) + math.log1p(math.exp(-abs(z))), _sigmoid),
}

_EXPONENTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")

COSTS_OF_ERRORS: dict[str, tuple[Callable[[float], float], Callable[[float], float]]] = {}
"""h and h′ of each cost Σ h(y − ŷ), by the name of h on the screen."""


def read(text: str, notation: Notation) -> float:
    """What a line of numbers comes to."""
    known: dict[str, object] = {"abs": abs, "sign": np.sign, "ln": math.log, "exp": math.exp, "sqrt": math.sqrt}
    text = re.sub(r"\|([^|]+)\|", r"abs(\1)", text)
    # The longer name first: leaky relu ends with relu.
    for activation, name in sorted(notation.functions.items(), key=lambda item: -len(item[1])):
        if activation == "softmax":
            # Its lines have the exponentials.
            continue
        value, slope = FUNCTIONS[activation]
        # The longer name first: ASCII's f' begins with f.
        called = activation.upper().replace(" ", "_")
        text = text.replace(f"{name}{notation.prime}(", f"slope_{called}(")
        text = text.replace(f"{name}(", f"value_{called}(")
        known |= {f"value_{called}": value, f"slope_{called}": slope}
    for name, (value, slope) in COSTS_OF_ERRORS.items():
        text = text.replace(f"{name}{notation.prime}(", f"slope_{name.upper()}(")
        text = text.replace(f"{name}(", f"value_{name.upper()}(")
        known |= {f"value_{name.upper()}": value, f"slope_{name.upper()}": slope}
    text = text.replace(notation.minus, "-").replace("^", "**")
    text = re.sub("[⁰¹²³⁴-⁹]+", lambda found: "**" + found[0].translate(_EXPONENTS), text)
    text = re.sub(r"√([\d.]+(?:e-?\d+)?)", r"sqrt(\1)", text)
    text = re.sub(r"(-?\d) \(", r"\1 * (", text.replace(notation.half, "0.5")).replace(f" {notation.product} ", " * ")
    assert re.fullmatch(r"[-+*/()., \w]*", text), text
    return float(eval(text, {"__builtins__": {}}, known))  # noqa: S307 - text that this test has made


def agrees(value: float, shown: str) -> bool:
    """Whether ``value`` is ``shown``, rounded to its digits; half a unit either way where it lies between two."""
    mantissa, _, exponent = shown.partition("e")
    decimals = len(mantissa.partition(".")[2]) - int(exponent or 0)
    unit = Fraction(10) ** -decimals
    return abs(Fraction(value) - Fraction(shown)) <= unit * Fraction(500_001, 1_000_000)
