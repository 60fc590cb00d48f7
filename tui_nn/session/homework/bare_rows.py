"""Takes rows of numbers without names for a matrix, a list, or iterations with their costs."""

from collections.abc import Sequence
from itertools import pairwise

from tui_nn.language import _
from tui_nn.session.homework.collector import Collector
from tui_nn.session.homework.reading_notes import another_length
from tui_nn.session.homework.student_names import is_cost_name

_FEWEST_ITERATIONS = 3
_FEWEST_IN_A_FULL_LINE = 5


def add_bare_rows(
    collector: Collector,
    label: str,
    rows: list[list[str]],
    line: int,
    iteration: int | None,
    *,
    is_series: bool = False,
    gap: int = -1,
) -> None:
    """Adds ``rows``, which begin at ``line``, to ``collector``. ``is_series``: pandas numbered the rows of a list.

    The program left out rows before the one with the number ``gap``, unless this is -1.
    """
    tail = len(rows) - gap if gap >= 0 else 0
    if all(len(row) == 1 for row in rows) or (is_series and all(len(row) == 2 for row in rows)):
        collector.add(label, [[row[-1] for row in rows]], line, is_list=True, iteration=iteration, tail=tail)
        return
    if len(rows) == 1:
        collector.add(label, rows, line, is_list=True, iteration=iteration)
        return
    widths = [len(row) for row in rows]
    if len(set(widths)) > 1:
        _add_uneven(collector, label, rows, line, iteration)
    elif gap >= 0 and not _iterations_in(rows):
        collector.note(
            _(
                "Line {line}: your program left out rows here, so tui-nn can't read this matrix. Print all its rows.",
                line=line + gap,
            )
        )
    elif (not label or is_cost_name(label)) and (iterations := _iterations_in(rows)):
        collector.add(label, [[row[1] for row in rows]], line, is_list=True, iterations=iterations)
    else:
        collector.add(label, rows, line, iteration=iteration)


def _add_uneven(collector: Collector, label: str, rows: list[list[str]], line: int, iteration: int | None) -> None:
    """Rows below pandas' numbers of columns, or a long list in lines of which the last is shorter; else notes it."""
    first, *others = rows
    if _counts(first) and all(len(row) == len(first) + 1 and row[0].isdigit() for row in others):
        collector.add(label, [row[1:] for row in others], line, iteration=iteration)
        return
    *full, last = rows
    is_full = len({len(row) for row in full}) == 1 and len(last) < len(first)
    if is_full and (is_cost_name(label) or (len(first) >= _FEWEST_IN_A_FULL_LINE and len(full) > 1)):
        collector.add(label, [[cell for row in rows for cell in row]], line, is_list=True, iteration=iteration)
        return
    wrong = next(i for i, row in enumerate(rows) if len(row) != len(first))
    collector.note(another_length(line + wrong, label, len(rows[wrong]), len(first)))


def _counts(row: Sequence[str]) -> bool:
    return any(row == [str(first + i) for i in range(len(row))] for first in (0, 1))


def _iterations_in(rows: Sequence[Sequence[str]]) -> tuple[int, ...] | None:
    """The first column, if it counts up in whole numbers and the second has decimals or powers of ten; None if not."""
    if len(rows) < _FEWEST_ITERATIONS or any(len(row) != 2 for row in rows):
        return None
    if not all(row[0].isdigit() and len(row[0]) < 9 for row in rows) or not all({*row[1]} & {".", "e"} for row in rows):
        return None
    found = tuple(int(row[0]) for row in rows)
    return found if all(before < behind for before, behind in pairwise(found)) else None
