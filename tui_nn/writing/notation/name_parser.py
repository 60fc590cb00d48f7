"""Names of steps and matrices as people write them: as in the file, as on the screen, or copied from either."""

import re
from collections.abc import Iterable

from tui_nn.network import Step

_SIGNS = {"δ": "delta", "∂": "d", "Ŷ".casefold(): "yhat"}
_LEFT_OUT = dict.fromkeys(map(ord, "⁽⁾()_/ "))
_CELL = re.compile(r"(?P<name>[^\[]{1,40})\[\s*(?P<row>\d{1,7})\s*,\s*(?P<column>\d{1,7})\s*\]\s*")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789")


def step_called(steps: Iterable[Step], text: str) -> Step | None:
    """The step that ``text`` names: ``delta3``, ``Delta3``, ``δ⁽³⁾``, ``δ3``, ``dJ/dW2``, ``∂J/∂W⁽²⁾``, ``Ŷ``."""
    by_name = {step.name: step for step in steps}
    name = name_called(by_name, text)
    return by_name[name] if name else None


def name_called(names: Iterable[str], text: str) -> str | None:
    """That of the lecture's names which ``text`` means: ``W⁽¹⁾`` is W1."""
    wanted = _plain(text)
    return next((name for name in names if _plain(name) == wanted), None)


def cell_called(names: Iterable[str], text: str) -> tuple[str, int, int] | None:
    """The cell that ``text`` means, as its matrix, row and column, which there may not be: ``W⁽¹⁾[1,2]``."""
    match = _CELL.fullmatch(text)
    name = name_called(names, match["name"]) if match else None
    return (name, int(match["row"]), int(match["column"])) if match and name else None


def _plain(text: str) -> str:
    folded = text.strip().casefold()
    for sign, name in _SIGNS.items():
        folded = folded.replace(sign, name)
    return folded.translate(_LEFT_OUT).translate(_DIGITS)
