"""Breaks the formula of a worked cell into lines that fit on paper."""

import re

from tui_nn.writing.formulas.cell_formula import FormulaLine

_BEFORE_TERM = re.compile(r" (?=\+ |− \()")


def line_text(line: FormulaLine) -> str:
    """The text of a line."""
    return "".join(piece.text for piece in line)


def broken_at_terms(line: str, width: int) -> list[str]:
    """``line`` broken before some terms of a sum: those that begin with a + or with a minus and a bracket.

    Each piece has at most ``width`` characters, unless one term has more.
    """
    pieces = [""]
    for term in _BEFORE_TERM.split(line):
        if pieces[-1] and len(pieces[-1]) + 1 + len(term) > width:
            pieces.append(term)
        else:
            pieces[-1] += f" {term}" if pieces[-1] else term
    return pieces
