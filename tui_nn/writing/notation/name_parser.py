"""Finds the step, matrix or cell that a user names, as in the file (delta3) or as on the screen (δ⁽³⁾)."""

from collections.abc import Iterable
from unicodedata import normalize

from tui_nn.late_pattern import late_pattern
from tui_nn.network import Step
from tui_nn.writing.notation.signs import NEW, OLD

_SIGNS = {"δ": "delta", "∂": "d", "Ŷ".casefold(): "yhat", "Ŝ".casefold(): "shat", "M̂".casefold(): "mhat"}
_WHEN = {"new ": "next", "old ": "previous", f"{NEW} ": "next", f"{OLD} ": "previous"}
_OF_WEIGHTS = late_pattern(r"\A(v|s|m|shat|mhat)w(?=\d)")
_IGNORED = dict.fromkeys(map(ord, "⁽⁾()_/ "))
_CELL = late_pattern(r"(?P<name>[^\[]{1,40})\[\s*(?P<row>\d{1,7})\s*,\s*(?P<column>\d{1,7})\s*\]\s*")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789")


def parse_step(steps: Iterable[Step], text: str) -> Step | None:
    """The step that ``text`` names, or None: ``delta3``, ``Delta3``, ``δ⁽³⁾``, ``δ3``, ``∂J/∂W⁽²⁾``, ``Ŷ``."""
    by_name = {step.name: step for step in steps}
    name = parse_matrix_name(by_name, text)
    return by_name[name] if name else None


def parse_matrix_name(names: Iterable[str], text: str) -> str | None:
    """The name among ``names`` that ``text`` means, or None: ``W⁽¹⁾`` means W1, ``V⁽¹⁾`` V_W1, ``new W1`` W1_next."""
    wanted = _comparable(text)
    return next((name for name in names if _comparable(name) == wanted), None)


def parse_cell(names: Iterable[str], text: str) -> tuple[str, int, int] | None:
    """The matrix, row and column that ``text`` names, such as ``W⁽¹⁾[1,2]``; None if it names no matrix of ``names``.

    The row or the column may lie outside the matrix.
    """
    match = _CELL.fullmatch(text)
    name = parse_matrix_name(names, match["name"]) if match else None
    return (name, int(match["row"]), int(match["column"])) if match and name else None


def _comparable(text: str) -> str:
    folded = normalize("NFC", text.strip()).casefold()
    for word, ending in _WHEN.items():
        if folded.startswith(word):
            folded = folded.removeprefix(word) + ending
    for sign, name in _SIGNS.items():
        folded = folded.replace(sign, name)
    # The matrices of an optimizer are named by their weights: V_W1 is V⁽¹⁾ on the screen.
    return _OF_WEIGHTS.sub(r"\1", folded.translate(_IGNORED).translate(_DIGITS), count=1)
