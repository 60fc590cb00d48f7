"""Writes tables as CSV, as the user's spreadsheet reads them."""

import csv
import io
import re
from collections.abc import Iterable

from tui_nn.decimal_sign import is_comma, with_commas

_IS_NUMBER = re.compile(r"[+-]?[0-9]+\.[0-9]+(?:[eE][+-]?[0-9]+)?")


def csv_table(rows: Iterable[Iterable[object]]) -> str:
    """``rows`` as CSV, a line for each.

    Where the user chose the decimal comma, semicolons stand between the cells, as a spreadsheet expects it there.
    """
    text = io.StringIO()
    if is_comma():
        writer = csv.writer(text, delimiter=";", lineterminator="\n")
        writer.writerows([_with_comma(cell) for cell in row] for row in rows)
    else:
        csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _with_comma(cell: object) -> object:
    if isinstance(cell, float):
        # The repr of a number of numpy's is np.float64(0.5).
        return repr(float(cell)).replace(".", ",")
    return with_commas(cell) if isinstance(cell, str) and _IS_NUMBER.fullmatch(cell) else cell
