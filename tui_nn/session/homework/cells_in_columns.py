"""Finds the cells of a matrix that have names of their own: b1.1 b1.2, b1_1, b1[1], W1.1.2, R's b11 b12 b13."""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import TypeAlias

from tui_nn.language import _
from tui_nn.session.homework.collector import Collector
from tui_nn.session.homework.iteration_words import is_iteration_name
from tui_nn.session.homework.student_names import is_cost_name, is_matrix_name, is_output_name
from tui_nn.session.validation import shortened

_INDEXED = re.compile(
    r"(?P<name>.{1,60}?)(?:\[(\d{1,7})(?:,|\]\[|, )(\d{1,7})\]|\[(\d{1,7})\]|[_.](\d{1,7})[_.](\d{1,7})|\.(\d{1,7})"
    r"|(?<=\d)_(\d{1,7})|(?<=hat)_?(\d{1,7}))"
)
# R's c(b1 = b1, b2 = b2) puts the number of the cell behind that of the layer.
_JOINED = re.compile(r"(?P<name>[^\W\d]{1,12}[_.]?\d)(\d)(\d)?")
_OUTPUT = re.compile(r"(?P<name>[^\W\d]{3,12})_?(\d{1,4})")

Cell: TypeAlias = tuple[str, tuple[int, ...]]
"""The name of a matrix, and the row and the column, or the place, of one of its cells."""


def cells_named(names: Sequence[str]) -> list[Cell | None]:
    """The cell that each name means, None for those that mean none."""
    found = [_cell(_INDEXED, name) for name in names]
    for pattern in (_JOINED, _OUTPUT):
        for group in _groups(pattern, names):
            for place, cell in group.items():
                found[place] = found[place] or cell
    return found


def _cell(pattern: re.Pattern[str], name: str) -> Cell | None:
    if not (same := pattern.fullmatch(name)):
        return None
    stem, *places = same.groups()
    return stem, tuple(int(place) for place in places if place is not None)


def _groups(pattern: re.Pattern[str], names: Sequence[str]) -> list[dict[int, Cell]]:
    """The names that count the cells of a matrix from 1, or from 0; a single one if others beside it do so."""
    groups = defaultdict[str, dict[int, Cell]](dict)
    for place, name in enumerate(names):
        if (cell := _cell(pattern, name)) and is_matrix_name(cell[0]) and not is_cost_name(cell[0]):
            groups[cell[0]][place] = cell
    kept = [
        group
        for stem, group in groups.items()
        if (pattern is _JOINED or is_output_name(stem)) and _counts([cell[1] for cell in group.values()])
    ]
    return kept if any(len(group) > 1 for group in kept) else []


def _counts(places: Sequence[tuple[int, ...]]) -> bool:
    firsts = sorted({place[0] for place in places})
    return firsts[0] <= 1 and firsts == [*range(firsts[0], firsts[-1] + 1)] and len({*places}) == len(places)


def may_be_rows(cells: Sequence[Cell | None], names: Sequence[str]) -> bool:
    """Whether W11 W12 W21 W22 may as well be the cells of one matrix as the lists W1 and W2: nobody can tell."""
    sizes = defaultdict[str, int](int)
    for cell, name in zip(cells, names, strict=True):
        if cell and len(cell[1]) == 1 and cell[0][:1] in "Ww" and _JOINED.fullmatch(name):
            sizes[cell[0]] += 1
    return len(sizes) > 1 and len({*sizes.values()}) == 1


def add_cells_in_columns(
    collector: Collector, names: Sequence[str], rows: Sequence[Sequence[str]], lines: Sequence[int], at: int | None
) -> bool:
    """Adds a table with a column for each cell and a row for each iteration; False if the names tell no such table.

    ``lines`` are those of the rows; ``at`` is the iteration of a single row, if no column gives it.
    """
    cells = cells_named(names)
    if not any(cell and is_matrix_name(cell[0]) for cell in cells):
        return False
    if may_be_rows(cells, names):
        collector.note(
            _(
                "Line {line}: {names} may be cells of one matrix or of two. They are left out.",
                line=lines[0],
                names=shortened(", ".join(names)),
            )
        )
        return True
    given = next((i for i, name in enumerate(names) if is_iteration_name(name)), None)
    for number, (row, line) in enumerate(zip(rows, lines, strict=True), start=1):
        if collector.is_full:
            break
        iteration = _whole(row[given]) if given is not None else number if len(rows) > 1 else at
        for i, (name, number_text) in enumerate(zip(names, row, strict=True)):
            if cell := cells[i]:
                collector.add_cell(cell[0], cell[1], number_text, iteration, line)
            elif i != given and iteration is not None:
                collector.add_of_iteration(name, number_text, iteration, line)
            elif i != given:
                collector.add(name, [[number_text]], line, is_list=True)
    return True


def _whole(cell: str) -> int | None:
    whole, _point, decimals = cell.partition(".")
    return int(whole) if whole.isascii() and whole.isdigit() and len(whole) < 9 and not decimals.strip("0") else None
