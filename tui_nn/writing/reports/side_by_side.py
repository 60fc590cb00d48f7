"""Writes a student's matrix beside the lesson's, and marks the cells that differ."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from tui_nn.network.model.array import Array
from tui_nn.writing.notation.number_format import r_columns
from tui_nn.writing.notation.signs import Notation
from tui_nn.writing.reports.paragraphs import WIDTH

MARK = "*"
"""Stands behind a number that differs."""
_ROWS, _COLUMNS, _BEFORE = 7, 4, 2
# As many digits as R prints, or as many more as tell the numbers apart.
_DIGITS, _LEAST_DIGITS, _MOST_DIGITS = 7, 4, 17
_BETWEEN = "    "


def side_by_side(theirs: Array, ours: Array, differing: NDArray[np.bool_], notation: Notation) -> list[str]:
    """Both matrices, of the same shape, as lines: theirs to the left, or above where they are too wide.

    Rows and columns are numbered as R numbers them. Of a large matrix, it is the part around the first cell that
    differs; an ellipsis stands for the rest.
    """
    first = np.argwhere(differing)
    place = tuple(first[0]) if len(first) else (0, 0)
    sizes = zip(theirs.shape, place, (_ROWS, _COLUMNS), strict=True)
    rows, columns = (_window(size, at, most) for size, at, most in sizes)
    part = np.ix_(rows, columns)
    heads = [f"[{row + 1},]" for row in rows]
    names = [f"[,{column + 1}]" for column in columns]
    marks = differing[part] if not differing.all() else np.zeros_like(differing[part])
    left_out = (rows[-1] + 1 < theirs.shape[0], columns[-1] + 1 < theirs.shape[1], rows[0] > 0, columns[0] > 0)

    def blocks(digits: int) -> tuple[list[str], list[str], list[str]] | None:
        """Theirs, ours, and ours without numbers of the rows; None if these digits do not tell the numbers apart."""
        cells = _told_apart(theirs[part], ours[part], differing[part], digits)
        if cells is None:
            return None
        nothing = np.zeros_like(marks)
        return (
            _block("yours", heads, names, cells[0], marks, left_out, notation),
            _block("right", heads, names, cells[1], nothing, left_out, notation),
            _block("right", [""] * len(heads), names, cells[1], nothing, left_out, notation),
        )

    most = next(digits for digits in range(_DIGITS, _MOST_DIGITS + 1) if blocks(digits))
    # Wide matrices fit beside each other with fewer digits.
    for digits in range(most, _LEAST_DIGITS - 1, -1):
        if found := blocks(digits):
            left, _, right = found
            width = max(map(len, left))
            if width + len(_BETWEEN) + max(map(len, right)) <= WIDTH - 2:
                return [f"{one:{width}}{_BETWEEN}{other}".rstrip() for one, other in zip(left, right, strict=True)]
    left, right, _ = blocks(most) or ([], [], [])
    return [line.rstrip() for line in (*left, "", *right)]


def costs_side_by_side(
    iterations: Sequence[int], theirs: Array, ours: Array, differing: NDArray[np.bool_], notation: Notation
) -> list[str]:
    """Costs, shape (iterations,), as lines, each with its iteration: those around the first that differs."""
    place = int(np.argmax(differing))
    rows = _window(len(theirs), place, _ROWS)
    pair = theirs[rows, np.newaxis], ours[rows, np.newaxis], differing[rows, np.newaxis]
    cells = next(texts for digits in range(_DIGITS, _MOST_DIGITS + 1) if (texts := _told_apart(*pair, digits)))
    titles = ("iteration", "yours", "right")
    numbers = [str(iterations[row]) for row in rows]
    columns = [numbers, *([row[0] for row in one] for one in cells)]
    widths = [max(len(title), *map(len, column)) for title, column in zip(titles, columns, strict=True)]
    lines = ["  ".join(f"{title:>{width}}" for title, width in zip(titles, widths, strict=True))]
    for row, texts in zip(rows, zip(*columns, strict=True), strict=True):
        iteration, yours, right = (f"{text:>{width}}" for text, width in zip(texts, widths, strict=True))
        lines.append(f"{iteration}  {yours}{MARK if differing[row] and not differing.all() else ' '} {right}")
    before = [notation.ellipsis.rjust(widths[0])] if rows[0] else []
    after = [notation.ellipsis.rjust(widths[0])] if rows[-1] + 1 < len(theirs) else []
    return [line.rstrip() for line in (lines[0], *before, *lines[1:], *after)]


def one_above_the_other(theirs: Array, ours: Array, notation: Notation) -> list[str]:
    """Two matrices of different shapes, theirs above ours."""
    lines: list[str] = []
    for title, matrix in (("yours", theirs), ("right", ours)):
        rows, columns = (_window(size, 0, most) for size, most in zip(matrix.shape, (_ROWS, _COLUMNS), strict=True))
        cells = _written(matrix[np.ix_(rows, columns)], _DIGITS)
        heads, names = [f"[{row + 1},]" for row in rows], [f"[,{column + 1}]" for column in columns]
        left_out = (rows[-1] + 1 < matrix.shape[0], columns[-1] + 1 < matrix.shape[1], False, False)
        nothing = np.zeros((len(rows), len(columns)), dtype=bool)
        lines += [*([""] if lines else []), *_block(title, heads, names, cells, nothing, left_out, notation)]
    return [line.rstrip() for line in lines]


def _window(size: int, place: int, most: int) -> list[int]:
    """At most ``most`` indices of ``size``, among them ``place``, with a few before it."""
    begin = max(0, min(place - _BEFORE, size - most))
    return [*range(begin, min(size, begin + most))]


def _told_apart(
    theirs: Array, ours: Array, differing: NDArray[np.bool_], digits: int
) -> tuple[list[list[str]], list[list[str]]] | None:
    """Both matrices as texts; None if ``digits`` are too few for those that differ to look different."""
    texts = _written(theirs, digits), _written(ours, digits)
    if digits < _MOST_DIGITS and any(
        _as_number(texts[0][row][column]) == _as_number(texts[1][row][column]) for row, column in np.argwhere(differing)
    ):
        return None
    return texts


def _as_number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def _written(matrix: Array, digits: int) -> list[list[str]]:
    """The cells as R writes them: NA where no number was given, Inf for a number that is too large."""
    texts = r_columns(matrix, digits)
    for row, column in np.argwhere(~np.isfinite(matrix)):
        number = matrix[row, column]
        text = "NA" if np.isnan(number) else "Inf" if number > 0 else "-Inf"
        texts[row][column] = text.rjust(len(texts[row][column]))
    return texts


def _block(
    title: str,
    heads: Sequence[str],
    names: Sequence[str],
    cells: Sequence[Sequence[str]],
    marks: NDArray[np.bool_],
    left_out: tuple[bool, bool, bool, bool],
    notation: Notation,
) -> list[str]:
    below, behind, above, before = left_out
    mark = MARK if marks.any() else ""
    grid = [[*names], *([f"{cell}{MARK if marked else ' ' * len(mark)}" for cell, marked in zip(row, line, strict=True)]
                        for row, line in zip(cells, marks, strict=True))]  # fmt: skip
    widths = [max(map(len, column)) for column in zip(*grid, strict=True)]
    grid[0] = [f"{name}{' ' * len(mark)}" for name in names]
    widths = [max(width, len(name)) for width, name in zip(widths, grid[0], strict=True)]
    margin = max(map(len, heads))
    dots = notation.ellipsis
    lines = []
    for number, row in enumerate(grid):
        head = "" if number == 0 else heads[number - 1]
        texts = [f"{text:>{width}}" for text, width in zip(row, widths, strict=True)]
        edge = dots if number else " " * len(dots)
        lines.append("  ".join([f"{head:{margin}}", *([edge] if before else []), *texts, *([edge] if behind else [])]))
    row_of_dots = f"{'':{margin}}  {dots}"
    lines = [lines[0], *([row_of_dots] if above else []), *lines[1:], *([row_of_dots] if below else [])]
    if not margin:
        lines = [line.removeprefix("  ") for line in lines]
    return [*_titled(title, margin), *lines]


def _titled(title: str, margin: int) -> Iterable[str]:
    yield f"{'':{margin + 2 if margin else 0}}{title}"
