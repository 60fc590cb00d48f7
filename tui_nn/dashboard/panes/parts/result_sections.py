"""The parts of the results one below the other: the blocks of rows, and the summary of the classes."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from tui_nn.dashboard.panes.parts.result_block import ChosenRow, ResultBlock
from tui_nn.dashboard.widgets.canvas import Line, size_of_lines

_GAP = 3
MOST_ROWS_ABOVE = 10
"""The summary of the classes stands below so many rows, or above more."""


class Section(NamedTuple):
    """A part of the results: ``line`` gives each line, from 0; ``block`` is the block of rows in it, if any."""

    width: int
    height: int
    line: Callable[[int], Line]
    block: ResultBlock | None = None


def section_of(block: ResultBlock, room: int, chosen: Callable[[], ChosenRow]) -> Section:
    """The lines of a block."""
    return Section(block.width(room), block.height, lambda y: block.line(y, room, chosen()), block)


def with_summary(
    sections: Sequence[Section], summary: Sequence[Sequence[Line]], room: int, *, is_above: bool
) -> tuple[Section, ...]:
    """Puts the summary beside the first section, if there is room; otherwise above or below it.

    ``summary`` has the ways to write it, the widest first: the first one that fits is taken.
    """
    first, *others = sections
    if not summary:
        return tuple(sections)
    for way in summary:
        width = size_of_lines([*way]).width
        if first.width + _GAP + width <= room:
            return _side_by_side(first, way, width), *others
    widths = [size_of_lines([*way]).width for way in summary]
    chosen = next((i for i, width in enumerate(widths) if width <= room), len(summary) - 1)
    blank: Line = []
    lines = [*summary[chosen], blank] if is_above else [blank, *summary[chosen]]
    written = Section(widths[chosen], len(lines), lines.__getitem__)
    return (written, first, *others) if is_above else (first, written, *others)


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
