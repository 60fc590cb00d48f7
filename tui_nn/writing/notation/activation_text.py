"""What f and f′ are, and how the one leads to the other."""

from tui_nn.writing.notation.signs import Notation

_FUNCTIONS = {
    "sigmoid": ("1 / (1 + e⁻ᶻ)", "{f}(z) · (1 − {f}(z))"),
    "tanh": ("(eᶻ − e⁻ᶻ) / (eᶻ + e⁻ᶻ)", "1 − {f}(z)²"),
    "relu": ("z where z > 0, else 0", "1 where z > 0, else 0"),
    "identity": ("z", "1"),
}
_RULES = {
    "sigmoid": (
        (
            "The quotient rule, (u/v)′ = (u′ · v − u · v′) / v²: u = 1 has the slope 0, v = 1 + e⁻ᶻ has −e⁻ᶻ.",
            "{f}′(z) = (0 · (1 + e⁻ᶻ) − 1 · (−e⁻ᶻ)) / (1 + e⁻ᶻ)²",
        ),
        ("What is multiplied by 0 goes, and two minus signs make a plus.", "{f}′(z) = e⁻ᶻ / (1 + e⁻ᶻ)²"),
        (
            "That is 1 / (1 + e⁻ᶻ), which is {f}(z), times e⁻ᶻ / (1 + e⁻ᶻ), which is what {f}(z) lacks of 1.",
            "{f}′(z) = {f}(z) · (1 − {f}(z))",
        ),
    ),
    "tanh": (
        (
            "The quotient rule, (u/v)′ = (u′ · v − u · v′) / v²: u = eᶻ − e⁻ᶻ has the slope v, v = eᶻ + e⁻ᶻ has u.",
            "{f}′(z) = ((eᶻ + e⁻ᶻ)² − (eᶻ − e⁻ᶻ)²) / (eᶻ + e⁻ᶻ)²",
        ),
        ("As two fractions, of which the first is 1.", "{f}′(z) = 1 − (eᶻ − e⁻ᶻ)² / (eᶻ + e⁻ᶻ)²"),
        ("The second is the square of {f}(z) itself.", "{f}′(z) = 1 − {f}(z)²"),
    ),
    "relu": (
        ("Where z is above 0, {f}(z) is z and grows as fast as z does.", "{f}′(z) = 1 where z > 0"),
        (
            "Below 0 it stays 0. At 0 itself it has a kink and no slope: 0 is taken there, as in most programs.",
            "{f}′(z) = 0 where z ≤ 0",
        ),
    ),
    "identity": (("{f}(z) is z, and grows as fast as z does.", "{f}′(z) = 1"),),
}


def function_sentence(activation: str, *, derived: bool, notation: Notation) -> str:
    """``f(z) = 1 / (1 + e⁻ᶻ)``, or ``f′(z) = f(z) · (1 − f(z))``."""
    f = notation.functions[activation]
    value, slope = _FUNCTIONS[activation]
    return notation.in_signs(f"{f}′(z) = {slope.format(f=f)}" if derived else f"{f}(z) = {value}")


def rules(activation: str, notation: Notation) -> tuple[tuple[str, str], ...]:
    """How f(z) gives f′(z): a sentence and a formula for each line of `derivation.RULES`."""
    f = notation.functions[activation]
    return tuple(
        (notation.in_signs(sentence.format(f=f)), notation.in_signs(formula.format(f=f)))
        for sentence, formula in _RULES[activation]
    )
