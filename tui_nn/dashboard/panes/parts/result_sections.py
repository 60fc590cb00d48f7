"""The parts of the results one below the other: the blocks of rows, and the summary of the classes."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from tui_nn.dashboard.panes.parts.result_block import ChosenRow, ResultBlock
from tui_nn.dashboard.widgets.canvas import Line, size_of_lines

_GAP = 3
_MOST_ROWS_ABOVE = 10
"""The summary stands below so many rows, or above more."""


class Section(NamedTuple):
    """A part of the results: ``line`` gives each line, from 0; ``block`` is the block of rows in it, if any."""

    width: int
    height: int
    line: Callable[[int], Line]
    block: ResultBlock | None = None


def section_of(block: ResultBlock, room: int, chosen: Callable[[], ChosenRow]) -> Section:
    """The lines of a block."""
    return Section(block.width(room), block.height, lambda y: block.line(y, room, chosen()), block)


def with_summary(sections: Sequence[Section], summary: Sequence[Line], room: int, rows: int) -> tuple[Section, ...]:
    """Puts the summary beside the first section, if there is room; otherwise below few rows, or above many."""
    first, *others = sections
    if not summary:
        return tuple(sections)
    width = size_of_lines([*summary]).width
    height = len(summary)
    if first.width + _GAP + width <= room:
        return _side_by_side(first, summary, width), *others
    blank: Line = []
    below_it = [blank, *summary] if rows <= _MOST_ROWS_ABOVE else [*summary, blank]
    written = Section(width, height + 1, below_it.__getitem__)
    return (first, written, *others) if rows <= _MOST_ROWS_ABOVE else (written, first, *others)


def _side_by_side(first: Section, summary: Sequence[Line], width: int) -> Section:
    def line(y: int) -> Line:
        left = first.line(y) if y < first.height else []
        if y >= len(summary):
            return left
        gap = first.width + _GAP - sum(cell_len(text) for text, _ in left)
        return [*left, (" " * gap, ""), *summary[y]]

    return Section(first.width + _GAP + width, max(first.height, len(summary)), line, first.block)


def line_of_row(sections: Sequence[Section], place: int) -> int:
    """The line of a row in the first block, by its index among the rows of the data and then the new ones."""
    above = 0
    for section in sections:
        if section.block:
            return above + section.block.line_of(place)
        above += section.height
    return above
