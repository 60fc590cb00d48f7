"""Reads rows of numbers that stand below each other, and the columns that Octave and MATLAB print below these."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from tui_nn.session.homework.number_rows import split_row

_COLUMNS = re.compile(r"\s*+Columns? (\d{1,6})(?: (?:through|thru|to|and|-) (\d{1,6}))?\s*:?\s*")
_GAPS = frozenset({"...", "⋮", "…", ":"})


class Block(NamedTuple):
    """Rows of numbers, and the line behind them. The program left out rows before row ``gap``, unless this is -1."""

    rows: list[list[str]]
    end: int
    gap: int


def read_block(lines: Sequence[str], line: int) -> Block:
    """The rows from ``line`` on, up to the first line that is none."""
    rows, end = _rows_from(lines, line)
    gap = -1
    if _is_gap(lines, end):
        gap = len(rows)
        more, end = _rows_from(lines, end + 1)
        rows += more
    while (beside := _columns_behind(lines, end, rows)) is not None:
        more, end = beside
        for row, others in zip(rows, more, strict=True):
            row += others
    return Block(rows, end, gap)


def is_heading_of_columns(line: str) -> bool:
    """Whether a line says which columns stand below it: "Columns 4 through 6:"."""
    return _COLUMNS.fullmatch(line) is not None


def skip_blank(lines: Sequence[str], line: int) -> int:
    """The first line from ``line`` on that is not blank."""
    while line < len(lines) and not lines[line].strip():
        line += 1
    return line


def _rows_from(lines: Sequence[str], line: int) -> tuple[list[list[str]], int]:
    rows: list[list[str]] = []
    while line < len(lines) and (cells := split_row(lines[line])) is not None:
        rows.append(cells)
        line += 1
    return rows, line


def _is_gap(lines: Sequence[str], line: int) -> bool:
    """Whether a line stands for rows that the program left out."""
    return line + 1 < len(lines) and lines[line].strip() in _GAPS and split_row(lines[line + 1]) is not None


def _columns_behind(
    lines: Sequence[str], end: int, rows: Sequence[Sequence[str]]
) -> tuple[list[list[str]], int] | None:
    """The columns below ``rows`` that continue them, and the line behind; None if there are none."""
    line = skip_blank(lines, end)
    found = _COLUMNS.fullmatch(lines[line]) if line < len(lines) else None
    if not found or int(found[1]) != len(rows[0]) + 1:
        return None
    more, behind = _rows_from(lines, skip_blank(lines, line + 1))
    return (more, behind) if len(more) == len(rows) else None
