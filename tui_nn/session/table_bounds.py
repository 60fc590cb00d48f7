"""How much a table in a text file may hold: measured before it is parted into cells, which take many times its size."""

import re
from itertools import islice

from tui_nn.network import Refusal
from tui_nn.session import limits

LINE_LENGTH = 200_000
# More than a table of numbers may have, as separators may stand in quotes and blanks may only fill.
CELLS_OF_A_LINE = 10 * limits.COLUMNS
CELLS = 4 * limits.NUMBERS_AT_ONCE
_SEPARATORS = ",;\t"
_WORD = re.compile(r"\S+")


def check(text: str) -> None:
    """Raises `Refusal` where ``text`` has more lines, columns or cells than any table that is read."""
    lines = text.splitlines()
    if len(lines) > 2 * limits.ROWS:
        raise Refusal("table", f"{len(lines)} lines", f"at most {limits.ROWS} rows")
    for number, line in enumerate(lines, start=1):
        if len(line) > LINE_LENGTH:
            raise Refusal("table", f"{len(line)} characters in line {number}", f"at most {LINE_LENGTH} in a line")
        if len(line) > CELLS_OF_A_LINE and _cells_of(line) > CELLS_OF_A_LINE:
            found = f"{_cells_of(line)} columns in line {number}"
            raise Refusal("table", found, f"at most {limits.COLUMNS} columns")
    if len(text) > CELLS and _most(text) > CELLS:
        raise Refusal("table", f"more than {CELLS} cells", f"at most {limits.NUMBERS_AT_ONCE} numbers at once")


def _most(text: str) -> int:
    # Blanks part cells only where nothing else does.
    if parted := sum(map(text.count, _SEPARATORS)):
        return parted
    return sum(1 for _ in islice(_WORD.finditer(text), CELLS + 1))


def _cells_of(line: str) -> int:
    return 1 + max(*map(line.count, _SEPARATORS), len(line.split()) - 1)
