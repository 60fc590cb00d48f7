"""The signs that a terminal's font has, and for each other sign one that looks like it."""

from collections.abc import Callable, Mapping
from enum import Enum

from tui_nn.writing.notation.ascii_fallback import ascii_lookalike
from tui_nn.writing.notation.common_fallback import common_lookalike

SIGNS_VARIABLE = "TUI_NN_SIGNS"
"""The environment variable with which the user chooses the signs."""


class SignSet(Enum):
    """The signs that a terminal's font has. No terminal says which font it uses, so the user chooses."""

    ALL = "all"
    COMMON = "common"
    """Those of Windows Glyph List 4, which nearly every font has: no braille, no ᵀ, no ⁽²⁾."""
    ASCII = "ascii"


LOOKALIKES: Mapping[SignSet, Callable[[str], str]] = {
    SignSet.ALL: lambda sign: sign,
    SignSet.COMMON: common_lookalike,
    SignSet.ASCII: ascii_lookalike,
}
"""For each set of signs the function that gives, for a character, one of the set that looks like it."""

TRANSLATIONS: Mapping[SignSet, Mapping[str, str]] = {
    SignSet.ALL: {},
    SignSet.COMMON: {
        "e⁻ᶻ": "exp(−z)",
        "eᶻ": "exp(z)",
        "ᵢ": "_i",
        "ⱼ": "_j",
        "ₖ": "_k",
        "ᵗ": "^t",
        "M̂": "M_hat",
        "Ŝ": "S_hat",
    },
    SignSet.ASCII: {
        "e⁻ᶻ": "exp(-z)",
        "eᶻ": "exp(z)",
        "·": ".",
        "−": "-",
        "²": "^2",
        "′": "'",
        "≤": "<=",
        "≠": "!=",
        "∂": "d",
        "Σ": "sum",
        "ŷ": "y_hat",
        "Ŷ": "Y_hat",
        "δ": "delta",
        "η": "rate",
        "μ": "mu",
        "ρ": "rho",
        "β₁": "beta1",
        "β₂": "beta2",
        "β": "beta",
        "ε": "epsilon",
        "√": "root ",
        "ᵗ": "^t",
        "M̂": "M_hat",
        "Ŝ": "S_hat",
        "½": "1/2",
        "ᵢ": "_i",
        "ⱼ": "_j",
        "ₖ": "_k",
    },
}
"""For each set of signs, what replaces parts of formulas in sentences."""
