"""The heat table of a sweep over two settings: a shade for the median of each pair of values."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from tui_nn.dashboard.charts.shades import levels_of, shades
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.language import _
from tui_nn.network import Outcome
from tui_nn.session.runs.sweep import CombinationRuns
from tui_nn.session.settings import HYPERPARAMETERS
from tui_nn.writing.notation.number_format import rounded_text
from tui_nn.writing.reports.sweep_table import swept_text

_WIDTHS = (11, 3)
"""The columns of a cell: with its median as a number, or with its shade and letter alone."""
_LEAST_COST = 1e-300
_DIGITS = 2
_MOST_LINES = 3
_MOST_DECADES = 5.0
"""The shades span at most so many powers of ten below the highest median; one that is far lower would hide the rest."""


class _Cell(NamedTuple):
    """The shade of a pair of values, its median as a text, and the letter of how most of its runs end."""

    level: int
    text: str
    letter: str


def heat_lines(
    runs: Sequence[CombinationRuns], chosen: CombinationRuns, room: tuple[int, int], *, unicode: bool
) -> list[Line]:
    """The table of a sweep over two settings in so many columns and lines; the ``chosen`` cell stands in brackets.

    The darker, the higher log₁₀ of the median. S: most runs are stuck; O: most overflow.
    """
    first, second = runs[0].combination.settings
    values = [list(dict.fromkeys(one.combination.settings[key] for one in runs)) for key in (first, second)]
    cells = {_place(one, values): cell for one, cell in zip(runs, _cells(runs), strict=True)}
    labels = [swept_text(value) for value in values[0]]
    left = max(map(len, labels)) + 1
    width = next((width for width in _WIDTHS if left + width * len(values[1]) <= room[0]), _WIDTHS[-1])
    shown = min(len(values[1]), max(1, (room[0] - left) // width))
    high = max(1, min(_MOST_LINES, (room[1] - 4) // len(values[0])))
    names = [HYPERPARAMETERS[key].label for key in (first, second)]
    lines: list[Line] = [[(_("{down} down, {across} across", down=names[0], across=names[1])[: room[0]], "label")]]
    heads = [swept_text(value)[: width - 1].center(width) for value in values[1][:shown]]
    lines.append([(" " * left + "".join(heads), "faint")])
    for row, label in enumerate(labels):
        for line in range(high):
            parts: Line = [((label if line == high // 2 else "").ljust(left), "faint")]
            for column in range(shown):
                cell = cells[row, column]
                is_chosen = (row, column) == _place(chosen, values)
                parts += _cell_line(cell, width, is_chosen=is_chosen, in_middle=line == high // 2, unicode=unicode)
            lines.append(parts)
    if shown < len(values[1]):
        more = len(values[1]) - shown
        lines.append([(_("and {values} more of {setting}", values=more, setting=names[1]), "faint")])
    return [*lines, *_legend(runs, unicode=unicode)]


def _place(one: CombinationRuns, values: Sequence[list[object]]) -> tuple[int, int]:
    """Where a combination stands in the table: its row and its column."""
    row, column = (of.index(value) for of, value in zip(values, one.combination.settings.values(), strict=True))
    return row, column


def _cells(runs: Sequence[CombinationRuns]) -> list[_Cell]:
    medians = np.array([one.median for one in runs])
    heights = np.log10(np.maximum(medians, _LEAST_COST))
    finite = heights[np.isfinite(heights)]
    high = float(finite.max()) if finite.size else 0.0
    low = max(float(finite.min(initial=high)), high - _MOST_DECADES)
    levels = levels_of(np.where(np.isfinite(heights), heights, high), low, high).tolist()
    texts = (rounded_text(median, _DIGITS) if np.isfinite(median) else "" for median in medians.tolist())
    return [_Cell(*cell) for cell in zip(levels, texts, map(_letter, runs), strict=True)]


def _letter(one: CombinationRuns) -> str:
    half = len(one.many.seeds) / 2
    endings = (("O", Outcome.OVERFLOWED), ("S", Outcome.STUCK))
    return next((letter for letter, ending in endings if one.count(ending) >= half), "")


def _cell_line(cell: _Cell, width: int, *, is_chosen: bool, in_middle: bool, unicode: bool) -> Line:
    """One line of a cell. Its shade is a sign as well as a colour, so that it is seen without colours."""
    sign, style = shades(unicode=unicode)[cell.level], f"shade{cell.level}" if cell.level else ""
    if not in_middle:
        return [(sign * width, style)]
    text = f"{cell.text} {cell.letter}".strip() if width == _WIDTHS[0] else cell.letter
    text = f"[{text or ' '}]" if is_chosen else f" {text} " if text and width > _WIDTHS[-1] else text
    before = (width - len(text)) // 2
    written = "selected" if is_chosen else f"line{cell.level}"
    parts = [(sign * before, style), (text, written), (sign * (width - before - len(text)), style)]
    return [part for part in parts if part[0]]


def _legend(runs: Sequence[CombinationRuns], *, unicode: bool) -> list[Line]:
    medians = [one.median for one in runs if np.isfinite(one.median)]
    if not medians:
        return [[(_("O: every run overflows"), "faint")]]
    cost = _("test cost") if runs[0].has_test_rows else "J"
    # The lightest shade is that of all medians that are so low or lower.
    lightest = max(min(medians), max(medians) * 10.0**-_MOST_DECADES)
    least, greatest = (rounded_text(end, _DIGITS) for end in (lightest, max(medians)))
    letters = {_letter(one) for one in runs}
    meanings = [
        says for letter, says in (("S", _("S: most are stuck")), ("O", _("O: most overflow"))) if letter in letters
    ]
    least = _("{least} or less", least=least) if lightest > min(medians) else least
    scale = f"{least} [{shades(unicode=unicode)}] {greatest}"
    # For translators: the scale is such as "0.1 [shades] 0.5", and the cost is J or the test cost.
    lines = [_("median {cost} {scale}", cost=cost, scale=scale), "   ".join(meanings)]
    return [[(line, "faint")] for line in lines if line]
