"""How a student's numbers are written below the lesson's: with a cross, and with digits that show the difference."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from tui_nn.network.model.array import Array
from tui_nn.writing.notation.number_format import MOST_DECIMALS, Format
from tui_nn.writing.notation.signs import Notation

if TYPE_CHECKING:
    from tui_nn.dashboard.view_model.their_numbers import TheirNumbers

_CROSS, _TICK = "✗", "✓"


def mark_of_ours(*, unicode: bool) -> str:
    """What stands before the lesson's number where the student's differs, and there is no room for both."""
    return "≠" if unicode else "!"


def mark_of_theirs(theirs: "TheirNumbers", notation: Notation) -> str:
    """What stands behind the name of a matrix that a student gave: whether it agrees, and a shape of its own."""
    tick, cross = (_TICK, _CROSS) if notation.unicode else (" ok", " x")
    if theirs.agrees:
        return tick
    rows, columns = theirs.numbers.shape
    return f"{cross} {notation.shape((rows, columns))}" if theirs.has_own_shape else cross


def their_texts(
    theirs: "TheirNumbers", ours: Array, number_format: Format, notation: Notation
) -> dict[tuple[int, int], str]:
    """The student's numbers where they differ from ``ours``, by row and column from 1."""
    cross = _CROSS if notation.unicode else "x"
    return {
        (row, column): cross + _differing_text(number, float(ours[row - 1, column - 1]), number_format)
        for row, column, number in theirs.cells()
    }


def with_room_for(theirs: Mapping[tuple[int, int], str], ours: Array, number_format: Format) -> Format:
    """The format, wide enough for a student's numbers, and for a mark before the lesson's own."""
    marked = (1 + len(number_format(float(ours[row - 1, column - 1])).strip()) for row, column in theirs)
    return replace(number_format, width=max([number_format.width, *map(len, theirs.values()), *marked]))


def _differing_text(number: float, ours: float, number_format: Format) -> str:
    """``number`` with as many decimals as the lesson's, or with more if those are the same."""
    for decimals in range(number_format.decimals, MOST_DECIMALS + 1):
        exact = replace(number_format, decimals=decimals, width=0)
        if exact(number) != exact(ours):
            break
    return exact(number)
