"""Breaks the formula of a worked cell into lines that fit on paper."""

from tui_nn.writing.formulas.cell_formula import FormulaLine


def line_text(line: FormulaLine) -> str:
    """The text of a line."""
    return "".join(piece.text for piece in line)


def broken_at_terms(line: str, width: int) -> list[str]:
    """``line`` broken before some + of a sum. Each piece has at most ``width`` characters, unless one term has more."""
    pieces = [""]
    for term in line.replace(" + ", "\n+ ").split("\n"):
        if pieces[-1] and len(pieces[-1]) + 1 + len(term) > width:
            pieces.append(term)
        else:
            pieces[-1] += f" {term}" if pieces[-1] else term
    return pieces
