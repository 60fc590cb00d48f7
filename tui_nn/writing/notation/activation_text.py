"""Writes an activation f, or the cost h of an error, and its slope; derives the slope."""

from collections.abc import Sequence
from functools import partial

from tui_nn.language import _
from tui_nn.network import ACTIVATIONS, Activation
from tui_nn.network.model.activations.cell_function import CellFunction
from tui_nn.network.model.activations.function import Function, OfOtherUnit, OverUnits, OwnValue, Sign, Variable, exp
from tui_nn.network.model.cost_of_error import CostOfError
from tui_nn.writing.notation.function_text import FunctionLanguage
from tui_nn.writing.notation.signs import Notation

_SIGNS = {Sign.PLUS: "+", Sign.MINUS: "−", Sign.TIMES: "·", Sign.OVER: "/"}
_SIGNS_OVER_UNITS = {"sum": "Σ", "max": "max"}
_SUM = OverUnits("sum", exp(Variable()))
_NAMES_OF_UNITS: dict[Function, str] = {
    Variable(): "zⱼ",
    OwnValue(): "ŷⱼ",
    OfOtherUnit(Variable()): "zₖ",
    OfOtherUnit(OwnValue()): "ŷₖ",
}
_CALLS = {"log": "ln"}
_EXPONENTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# For each line of `Activation.derivation`, the reason why it follows from the line before.
_REASONS = {
    "sigmoid": (
        _("The quotient rule, (u/v)′ = (u′ · v − u · v′) / v²: u = 1 has the slope 0, v = 1 + e⁻ᶻ has −e⁻ᶻ."),
        _("The product with 0 is 0, and two minus signs make a plus."),
        _("That is 1 / (1 + e⁻ᶻ), which is {f}(z), times e⁻ᶻ / (1 + e⁻ᶻ), which is 1 − {f}(z)."),
    ),
    "tanh": (
        _("The quotient rule, (u/v)′ = (u′ · v − u · v′) / v²: u = eᶻ − e⁻ᶻ has the slope v, v = eᶻ + e⁻ᶻ has u."),
        _("As two fractions, of which the first is 1."),
        _("The second is the square of {f}(z) itself."),
    ),
    "relu": (
        _("Where z is above 0, {f}(z) is z and grows as fast as z does."),
        _("Below 0 it stays 0. At 0 itself it has a kink and no slope: 0 is taken there, as in most programs."),
    ),
    "identity": (_("{f}(z) is z, and grows as fast as z does."),),
    "leaky relu": (
        _("Where z is above 0, {f}(z) is z and grows as fast as z does."),
        _("Below 0 it grows a hundredth as fast. At 0 itself it has a kink and no slope: 0.01 is taken there."),
    ),
    "elu": (
        _("Where z is above 0, {f}(z) is z and grows as fast as z does."),
        _("Below 0, eᶻ has the slope eᶻ, and −1 adds nothing to it. At 0 both sides have the slope 1."),
    ),
    "softplus": (
        _("The slope of ln v is 1/v. The chain rule multiplies it by the slope of v = 1 + eᶻ, which is eᶻ."),
        _("Numerator and denominator, divided by eᶻ: the slope of {f} is the sigmoid."),
    ),
    "softmax": (
        _(
            "How does ŷₖ change with zⱼ? First k = j. The quotient rule, (u/v)′ = (u′ · v − u · v′) / v²: u = exp(zⱼ) "
            "has the slope exp(zⱼ), and so has v = S = Σᵢ exp(zᵢ), of which exp(zⱼ) is one term."
        ),
        _("exp(zⱼ) / S is ŷⱼ, and (S − exp(zⱼ)) / S is 1 − ŷⱼ: as with the sigmoid."),
        _("Now k ≠ j: v changes as before, but u = exp(zₖ) does not depend on zⱼ. Its slope is 0."),
        _("Each exponential over S is its ŷ. If zⱼ grows, all other ŷ fall: together they are 1."),
    ),
}
_ANY_REASON = _("The rules of differentiation give:")


def function_sentence(activation: str, *, derived: bool, notation: Notation) -> str:
    """The formula of an activation, ``f(z) = 1 / (1 + e⁻ᶻ)``, or of its slope, ``f′(z) = f(z) · (1 − f(z))``."""
    described = ACTIVATIONS[activation]
    return _equation(described, described.slope if derived else described.formula, notation, derived=derived)


def slope_rules(activation: str, notation: Notation) -> tuple[tuple[str, str], ...]:
    """The derivation of f′(z) from f(z): a sentence and a formula for each line of `Activation.derivation`."""
    f = notation.functions[activation]
    return _rules(ACTIVATIONS[activation], [reason.format(f=f) for reason in _REASONS.get(activation, ())], notation)


def error_cost_sentence(h: CostOfError, *, derived: bool, notation: Notation) -> str:
    """The formula of what an error e costs, ``huber(e) = …``, or of its slope, ``huber′(e) = …``."""
    return _equation(h, h.slope if derived else h.formula, notation, derived=derived)


def error_slope_rules(h: CostOfError, reasons: Sequence[str], notation: Notation) -> tuple[tuple[str, str], ...]:
    """The derivation of h′(e) from h(e), as `slope_rules` gives it; ``reasons`` has one for each line, or is ()."""
    return _rules(h, reasons, notation)


def _rules(function: CellFunction, reasons: Sequence[str], notation: Notation) -> tuple[tuple[str, str], ...]:
    lines = function.derivation
    return tuple(
        (notation.translated(reason), _equation(function, line, notation, derived=True))
        for reason, line in zip(reasons or (_ANY_REASON,) * len(lines), lines, strict=True)
    )


def _equation(function: CellFunction, right: Function, notation: Notation, *, derived: bool) -> str:
    if isinstance(function, CostOfError):
        f, z = function.name, "e"
    else:
        f, z = notation.functions[function.name], "z"
    left = f"{f}′({z})" if derived else f"{f}({z})"
    names: dict[Function, str] = {Variable(): z, OwnValue(): f"{f}({z})"}
    if isinstance(function, Activation) and function.mixes_units:
        # Only outputs have such an f. Unit j is the one whose z is meant, unit k any other, i runs over all.
        left, names = ("∂ŷₖ/∂zⱼ", {**_NAMES_OF_UNITS, _SUM: "S"}) if derived else ("ŷⱼ", _NAMES_OF_UNITS)
    lecture = FunctionLanguage(
        names, _SIGNS, "−", _power, _call, partial(_by_sign, z), partial(_by_size, z), _by_unit, _over_units
    )
    return notation.translated(f"{left} = {lecture.text(right)}")


def _power(exponent: int) -> str:
    return str(exponent).translate(_EXPONENTS)


def _call(name: str, of: str) -> str:
    if name == "exp" and of in ("z", "−z"):
        return "eᶻ" if of == "z" else "e⁻ᶻ"
    return f"|{of}|" if name == "abs" else f"{_CALLS.get(name, name)}({of})"


def _by_unit(same: str, other: str) -> str:
    return _by_case(same, "k = j", other, "k ≠ j")


def _over_units(name: str, of: str) -> str:
    return f"{_SIGNS_OVER_UNITS[name]}ᵢ {of.replace('ⱼ', 'ᵢ')}"


def _by_sign(z: str, above: str, below: str) -> str:
    return _by_case(above, f"{z} > 0", below, f"{z} ≤ 0")


def _by_size(z: str, within: str, beyond: str, limit: float) -> str:
    return _by_case(within, f"|{z}| ≤ {limit:g}", beyond, f"|{z}| > {limit:g}")


def _by_case(one: str, when: str, other: str, otherwise: str) -> str:
    if not other:
        return _("{one} where {when}", one=one, when=when)
    if not one:
        return _("{one} where {when}", one=other, when=otherwise)
    return _("{one} where {when}, else {other}", one=one, when=when, other=other)
