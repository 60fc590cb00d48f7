"""Reads tables of Markdown, with bars between the cells."""

from collections.abc import Sequence

from tui_nn.language import _
from tui_nn.session.homework.number_rows import is_rule, split_cells
from tui_nn.session.homework.r_tables import NamedTable

_NAMES_OF_ROWS = frozenset({"", "row", "i", "n", "index", "unit"})


def read_pipes(lines: Sequence[str], start: int) -> NamedTable | None:
    """The table that begins at ``start``; None if none does."""
    end = start
    table: list[list[str]] = []
    while end < len(lines) and lines[end].lstrip().startswith("|"):
        if not is_rule(lines[end]):
            table.append([cell.strip(" *`") for cell in lines[end].strip().strip("|").split("|")])
        end += 1
    if not table:
        return None
    names: list[str] = []
    if table[0][0] == "" or split_cells(" ".join(table[0])) is None:
        names, *table = table
    has_names = any(split_cells(row[0]) is None for row in table) or (
        bool(names) and names[0].casefold() in _NAMES_OF_ROWS and any(names)
    )
    rows = [split_cells(" ".join(row[has_names:])) for row in table]
    found = [row for row in rows if row is not None]
    if not found or len(found) < len(rows) or len({len(row) for row in found}) > 1:
        error = _(
            "Line {line}: the rows of this table are not all as long, or no numbers. It is left out.", line=start + 1
        )
        return NamedTable([], [], end, error)
    return NamedTable([name for name in names[has_names:] if name], found, end)
