"""Finds the step, matrix or cell that a user names, as in the file (delta3) or as on the screen (δ⁽³⁾)."""

import re
from collections.abc import Iterable

from tui_nn.network import Step

_SIGNS = {"δ": "delta", "∂": "d", "Ŷ".casefold(): "yhat"}
_LEFT_OUT = dict.fromkeys(map(ord, "⁽⁾()_/ "))
_CELL = re.compile(r"(?P<name>[^\[]{1,40})\[\s*(?P<row>\d{1,7})\s*,\s*(?P<column>\d{1,7})\s*\]\s*")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789")


def step_called(steps: Iterable[Step], text: str) -> Step | None:
    """The step that ``text`` names, None if none: ``delta3``, ``Delta3``, ``δ⁽³⁾``, ``δ3``, ``∂J/∂W⁽²⁾``, ``Ŷ``."""
    by_name = {step.name: step for step in steps}
    name = name_called(by_name, text)
    return by_name[name] if name else None


def name_called(names: Iterable[str], text: str) -> str | None:
    """The one of ``names`` that ``text`` means, None if none: ``W⁽¹⁾`` means W1."""
    wanted = _plain(text)
    return next((name for name in names if _plain(name) == wanted), None)


def cell_called(names: Iterable[str], text: str) -> tuple[str, int, int] | None:
    """The matrix, row and column that ``text`` names, such as ``W⁽¹⁾[1,2]``; None if it names no matrix of ``names``.

    The row or the column may lie outside the matrix.
    """
    match = _CELL.fullmatch(text)
    name = name_called(names, match["name"]) if match else None
    return (name, int(match["row"]), int(match["column"])) if match and name else None


def _plain(text: str) -> str:
    folded = text.strip().casefold()
    for sign, name in _SIGNS.items():
        folded = folded.replace(sign, name)
    return folded.translate(_LEFT_OUT).translate(_DIGITS)
