"""Ways to lay out the formulas of a step, from the one with most air to the one that needs fewest lines."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum
from itertools import product
from typing import NamedTuple

from tui_nn.dashboard.widgets.matrices.matrix_layout import (
    BRIEF_FORMULA,
    FORMULA,
    LARGE_FORMULA,
    LARGEST_FORMULA,
    PLAIN_FORMULA,
    SPACED_FORMULA,
    Spacing,
)
from tui_nn.dashboard.widgets.matrices.matrix_pieces import (
    BoardPiece,
    BoardRow,
    LaidOutMatrix,
    LaidOutSign,
    broken_into_rows,
    first_columns,
    piece_width,
)
from tui_nn.writing.notation.number_format import width_needed

Formula = Sequence[BoardPiece]
"""The result of a step, and after it what it is computed from."""

_MOST_BANDS = 2
"""A formula that takes more lines of matrices than these is made narrower, or begins beside its result."""
_MOST_CHOICES = 6
"""For up to so many formulas, all ways to break them are tried."""
_LARGE = ((LARGEST_FORMULA, 5), (LARGE_FORMULA, 2), (LARGE_FORMULA, 1))
"""For screens with room: how far apart the rows stand, and the blanks before each number."""
_RIGHT_AIR = 2
"""The columns that a widened formula leaves empty at the right."""
_BESIDE = LaidOutSign("  ", has_air=False)


class Way(NamedTuple):
    """Rows of matrices, the lines between them, and the columns left of them, in which the chosen row is marked.

    ``is_airy`` says that there are blank lines, of which the texts around the matrices may need some; ``is_in_order``,
    that each formula stands whole after the one before it.
    """

    rows: Sequence[BoardRow]
    spacing: Spacing
    margin: int
    is_airy: bool = True
    is_in_order: bool = True


class WindowWay(Enum):
    """Layouts of formulas whose matrices show only some rows: fewer blank lines leave room for more of these rows."""

    APART = "with a blank line between two formulas"
    CLOSE = "without blank lines"
    BRIEF = "with the shapes beside the labels"
    PACKED = "several formulas on a line"

    @property
    def is_airy(self) -> bool:
        """Whether there are blank lines, of which the texts around the matrices may need some."""
        return self is WindowWay.APART


def ways_to_lay_out(formulas: Sequence[Formula], room: int, margin: int) -> Iterator[Way]:
    """Ways that need at most ``room`` columns: the first that is low enough is the one to take."""
    margin = _margin_of(formulas, margin)
    for spacing, blanks in _LARGE:
        large = [_widened(formula, blanks) for formula in formulas]
        if all(_width(formula) <= room - margin - _RIGHT_AIR for formula in large):
            yield Way(large, spacing, margin)
    rows = [row for formula in formulas for row in bands(formula, room - margin)]
    yield Way(_apart(rows), SPACED_FORMULA, margin)
    yield Way(_apart(rows), FORMULA, margin)
    yield Way(rows, FORMULA, margin, is_airy=False)
    yield Way(rows, PLAIN_FORMULA, margin, is_airy=False)
    if len(rows) != 1 or rows[0] is not formulas[0]:
        # A formula that fits on one line with its blanks can't become lower.
        yield Way(_packed(formulas, room - margin), PLAIN_FORMULA, margin, is_airy=False, is_in_order=False)


def with_window(way: WindowWay, formulas: Sequence[Formula], room: int, margin: int) -> Way:
    """One way for matrices of which only some rows are shown; it may need more than ``room`` columns."""
    margin = _margin_of(formulas, margin)
    if way is WindowWay.PACKED:
        return Way(_packed(formulas, room - margin), BRIEF_FORMULA, margin, is_airy=False)
    rows = [row for formula in formulas for row in bands(formula, room - margin)]
    if way is WindowWay.APART:
        return Way(_apart(rows), FORMULA, margin)
    return Way(rows, FORMULA if way is WindowWay.CLOSE else BRIEF_FORMULA, margin, is_airy=False)


def bands(formula: Formula, room: int) -> list[Formula]:
    """A formula on one line; if that is too long, on as few as possible, with its result alone on the first."""
    tight = _without_air(formula)
    for one_line in (formula, tight):
        if _width(one_line) <= room:
            return [one_line]
    below: list[Formula] = [tight[:1], *broken_into_rows(tight[1:], room)]
    with_air: list[Formula] = [formula[:1], *broken_into_rows(formula[1:], room)]
    if len(with_air) == len(below) <= _MOST_BANDS and all(_width(line) <= room for line in with_air):
        return with_air
    if len(below) > _MOST_BANDS:
        below = [tight[:1], *broken_into_rows([_slim(piece) for piece in tight[1:]], room)]
    beside: list[Formula] = [*broken_into_rows(tight, room)]
    return below if len(below) <= _MOST_BANDS else min((below, beside), key=_height)


def _margin_of(formulas: Sequence[Formula], margin: int) -> int:
    is_marked = any(isinstance(piece, LaidOutMatrix) and piece.marked_row for one in formulas for piece in one)
    # One formula begins where those of other steps do.
    return margin if is_marked or len(formulas) == 1 else 0


def _apart(rows: Sequence[Formula]) -> list[BoardRow]:
    """The rows with a blank line between them."""
    blank: BoardRow = [("", "")]
    return [one for row in rows for one in (blank, row)][1:]


def _packed(formulas: Sequence[Formula], room: int) -> list[Formula]:
    """The formulas in as few lines as possible: several on a line. Results of broken formulas come first."""
    slim = [[_slim(piece) for piece in _without_air(formula)] for formula in formulas]
    choices = [[False, True] if _width(one) <= room else [True] for one in slim]
    if len(slim) > _MOST_CHOICES:
        choices = [one[:1] for one in choices]
    packed = (_lines(slim, broken, room) for broken in product(*choices))
    return min([*packed, [row for formula in slim for row in bands(formula, room)]], key=_height)


def _lines(formulas: Sequence[Formula], broken: Sequence[bool], room: int) -> list[Formula]:
    results = [formula[:1] for formula, is_broken in zip(formulas, broken, strict=True) if is_broken]
    rests: list[Formula] = []
    parted: list[list[BoardPiece]] = []
    for formula, is_broken in zip(formulas, broken, strict=True):
        rows = broken_into_rows(formula[1:], room) if is_broken else [list(formula)]
        # The parts of one formula stand below each other, and nothing beside them.
        (parted if len(rows) > 1 else rests).extend(rows)
    lines: list[list[BoardPiece]] = []
    for parts in (results, rests):
        begun = len(lines)
        for part in parts:
            line = next((one for one in lines[begun:] if _width([*one, _BESIDE, *part]) <= room), None)
            if line is None:
                lines.append([*part])
            else:
                line += [_BESIDE, *part]
    return [*lines, *parted]


def _height(lines: Sequence[Formula]) -> int:
    return sum(1 + max(_rows(line), default=0) for line in lines)


def _rows(formula: Formula) -> Iterator[int]:
    return (len(piece.rows) for piece in formula if isinstance(piece, LaidOutMatrix))


def _width(formula: Formula) -> int:
    return first_columns(formula)[-1] + piece_width(formula[-1])


def _without_air(formula: Formula) -> list[BoardPiece]:
    return [
        replace(piece, has_air=False) if isinstance(piece, LaidOutSign) and not _is_word(piece) else piece
        for piece in formula
    ]


def _is_word(sign: LaidOutSign) -> bool:
    """Whether a sign between matrices is a word, which stays apart from them."""
    return len(sign.text) > 1 and sign.text.isascii() and sign.text.isalpha()


def _widened(formula: Formula, blanks: int) -> list[BoardPiece]:
    # One blank beside a sign, however wide the matrices: with more, a sign no longer stands with its matrix.
    return [
        replace(piece, text=f" {piece.text} ")
        if isinstance(piece, LaidOutSign)
        else replace(piece, number_format=replace(piece.number_format, width=piece.number_format.width + blanks))
        for piece in formula
    ]


def _slim(piece: BoardPiece) -> BoardPiece:
    """A matrix as wide as its longest number, without the room for a sign that no number has now."""
    if isinstance(piece, LaidOutSign) or piece.values is None or piece.hidden_cells or piece.cells_without_sign:
        return piece
    width = max([width_needed(piece.values, piece.number_format), *map(len, piece.theirs.values())])
    return replace(piece, number_format=replace(piece.number_format, width=width))
