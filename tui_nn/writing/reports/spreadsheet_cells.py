"""Cells that are safe in a spreadsheet."""

import re


def escape_formula(cell: object) -> object:
    """Puts a ' before a text that a spreadsheet would run as a formula: students typed it, or named their files so."""
    if isinstance(cell, str) and len(cell) > 1 and cell[0] in "=+-@\t\r" and not _is_number(cell):
        return f"'{cell}"
    return cell


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[+-]?[\d.,;/ eE+-]*", text) is not None
