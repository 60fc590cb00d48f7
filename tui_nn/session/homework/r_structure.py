"""Reads what R's str() prints: " $ W1   : num [1:2, 1:3] 0.266 0.372 ..."."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from tui_nn.session import limits
from tui_nn.session.homework.number_rows import split_cells

_LINE = re.compile(
    r"(?P<depth>[ .]{0,80})(?:\$ (?P<name>[^:\n]{0,80}):)?\s{0,4}(?:num|int)\s"
    r"(?:\[(?P<size>[\d:, ()ad]{1,60})\]\s)?(?P<rest>.*)"
)
_LIST = re.compile(r"(?P<depth>[ .]{0,80})\$ (?P<name>[^:\n]{0,80}):\s?List of \d+.*")
_SIZE = re.compile(r"1:(\d{1,7})")


class Structure(NamedTuple):
    """A matrix, with nan where str() left cells out, or the first numbers of a list."""

    name: str
    rows: list[list[str]]
    is_list: bool


def read_structure(line: str, path: dict[int, str]) -> Structure | None:
    """The matrix of a line of str(); None if it has none. ``path`` keeps the names of the lists that are open."""
    if len(line) > limits.NOTE_LENGTH:
        return None
    if found := _LIST.fullmatch(line):
        _open(path, len(found["depth"]), found["name"].strip())
        return None
    found = _LINE.fullmatch(line)
    if not found or (found["name"] is None and found["depth"].strip()):
        return None
    cells = split_cells(found["rest"].replace("...", " ").replace("‘", " "))
    if not cells:
        return None
    name = (found["name"] or "").strip()
    if name:
        _open(path, len(found["depth"]), name)
        name = ".".join(path.values())
    sizes = [int(size) for size in _SIZE.findall(found["size"] or "")]
    if len(sizes) != 2:
        return Structure(name, [cells], True)
    return Structure(name, _filled(cells, *sizes), False) if _fits(cells, sizes) else None


def _open(path: dict[int, str], depth: int, name: str) -> None:
    for deeper in [other for other in path if other >= depth]:
        del path[deeper]
    path[depth] = name


def _fits(cells: Sequence[str], sizes: Sequence[int]) -> bool:
    count = sizes[0] * sizes[1]
    return len(cells) <= count <= limits.NUMBERS_AT_ONCE


def _filled(cells: Sequence[str], rows: int, columns: int) -> list[list[str]]:
    """A matrix filled column by column, nan behind the last cell."""
    every = [*cells, *["nan"] * (rows * columns - len(cells))]
    return [every[row::rows] for row in range(rows)]
