"""The room that the numbers at the edges of a drawn network need, and the lines in which they stand."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from tui_nn.dashboard.widgets.network.network_parts import DrawnEdge
from tui_nn.network.formulas.diagram import Unit

MOST_NUMBERED = 12
"""If two layers have more edges between them, the edges have no numbers."""
ARROW_ROOM = 1


def columns_of_numbers(edges: Sequence[DrawnEdge]) -> int:
    """The least number of columns between two layers that has room for the numbers and a piece of each line."""
    return max(len(one.number.marked_text) for one in edges) + 2 * ARROW_ROOM + 1


def are_few(edges: Sequence[DrawnEdge]) -> bool:
    """Whether the edges between two layers are few enough to have numbers."""
    return len(edges) <= MOST_NUMBERED


def are_used(edges: Sequence[DrawnEdge]) -> bool:
    """Whether the step uses edges between two layers, and these are few enough to have numbers."""
    return are_few(edges) and any(one.flows for one in edges)


def lines_of_numbers(
    units: Sequence[Unit], lines: Sequence[int], middles: Mapping[Unit, int], height: int
) -> list[int]:
    """In which of ``height`` lines the number of each edge stands; [] where there is no room for all of them.

    ``units`` are the units that the edges meet, ``middles`` their middle lines, and ``lines`` those of the edges. Where
    several meet a unit in the same line, the numbers stand below each other beside it.
    """
    if len(set(zip(units, lines, strict=True))) == len(lines):
        return list(lines)
    counts, before = Counter(units), Counter[Unit]()
    stacked = []
    for unit in units:
        stacked.append(middles[unit] - (counts[unit] - 1) // 2 + before[unit])
        before[unit] += 1
    # A line between two of these stacks stays free, so that the edges are seen.
    by_line = sorted((line, unit.number) for line, unit in zip(stacked, units, strict=True))
    is_apart = all(after - line > (unit != other) for (line, unit), (after, other) in pairwise(by_line))
    return stacked if is_apart and by_line[0][0] >= 0 and by_line[-1][0] < height else []
