"""Finds which matrices of an optimizer a student's name may mean: V_W1, vdW1, m_b2, cache2, W1_velocity, m_hat_W1."""

import re
from collections.abc import Iterator

from tui_nn.network import Network
from tui_nn.network.formulas.optimizers import matrix_name, update_rule

_LETTERS = {
    "V": ("v", "vel", "velocity", "momentum", "mom"),
    "M": ("m", "moment", "firstmoment", "expavg"),
    "S": ("s", "sq", "squares", "cache", "r", "v", "secondmoment", "expavgsq"),
}
"""What programs call each matrix. In a lesson whose optimizer has no V, v is S: so Adam's paper calls it."""
_CALLED = "|".join(sorted({word for words in _LETTERS.values() for word in words}, key=len, reverse=True))
_CORRECTED = r"(?:hat|corr|corrected|correct)"
_PARAMETER = r"(?:dj?d?|grad|of)?(?P<of>w|b|theta|weights?|bias(?:es)?)"
_BEFORE = re.compile(
    rf"(?P<called>{_CALLED})(?P<hat>{_CORRECTED})?(?:{_PARAMETER})?(?P<number>\d)(?P<late_hat>{_CORRECTED})?"
)
_BEHIND = re.compile(rf"{_PARAMETER}(?P<number>\d)(?P<called>{_CALLED})(?P<hat>{_CORRECTED})?(?P<late_hat>)")
_SIGNS = re.compile(r"[\W_]+")


def means_optimizer(label: str) -> bool:
    """Whether ``label`` names a matrix that an optimizer has for a weight or a bias: V_W1, but not V1."""
    found = _matched(label)
    return bool(found and found["of"])


def names_of_optimizer(label: str, network: Network) -> Iterator[str]:
    """The matrices of the network's optimizer that ``label`` may mean: M_hat_W1 for ``mhat1``."""
    found, letters = _matched(label), update_rule(network).letters
    if not found:
        return
    parameter = f"{'b' if (found['of'] or '').startswith('b') else 'W'}{found['number']}"
    for letter, words in _LETTERS.items():
        called = f"{letter}_hat" if found["hat"] or found["late_hat"] else letter
        if found["called"] in words and called in letters and parameter in network.trained:
            yield matrix_name(called, parameter)


def _matched(label: str) -> re.Match[str] | None:
    text = _SIGNS.sub("", label).casefold()
    return _BEFORE.fullmatch(text) or _BEHIND.fullmatch(text)
