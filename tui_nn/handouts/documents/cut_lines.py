"""The lines of a worked cell, as long as there is room for."""

from tui_nn.writing.formulas.cell_formula import Written


def plain(line: Written) -> str:
    """A line as text."""
    return "".join(piece.text for piece in line)


def broken(line: str, width: int) -> list[str]:
    """A line in pieces of at most ``width`` characters, as far as it can be broken between the terms of a sum."""
    pieces = [""]
    for term in line.replace(" + ", "\n+ ").split("\n"):
        if pieces[-1] and len(pieces[-1]) + 1 + len(term) > width:
            pieces.append(term)
        else:
            pieces[-1] += f" {term}" if pieces[-1] else term
    return pieces
