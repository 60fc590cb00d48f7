"""Sentences on what is left out of the text that a program printed."""

from tui_nn.language import _, ngettext
from tui_nn.session import limits
from tui_nn.session.validation import shortened


def numbers_text(count: int) -> str:
    """``1 number``, ``2 numbers``."""
    return ngettext("{numbers} number", "{numbers} numbers", count, numbers=count)


def too_many_numbers() -> str:
    """That there are more numbers than are read."""
    return _("There are more than {most} numbers, the most that are read.", most=limits.PRINTED_CELLS)


def another_length(line: int, label: str, found: int, wanted: int) -> str:
    """That the row in ``line`` is not as long as the first row of its matrix; ``label`` is the name of that, or ""."""
    counts = {"line": line, "found": numbers_text(found), "wanted": numbers_text(wanted)}
    if not label:
        return _("Line {line}: this row has {found} where the first has {wanted}. The matrix is left out.", **counts)
    return _(
        "Line {line}: this row of {name} has {found} where the first has {wanted}. The matrix is left out.",
        name=shortened(label),
        **counts,
    )


def a_row_of_another_length(line: int, label: str, found: int, wanted: int) -> str:
    """As `another_length`, where several rows may stand in a line."""
    counts = {"line": line, "found": numbers_text(found), "wanted": numbers_text(wanted)}
    if not label:
        return _("Line {line}: a row has {found} where the first has {wanted}. The matrix is left out.", **counts)
    return _(
        "Line {line}: a row of {name} has {found} where the first has {wanted}. The matrix is left out.",
        name=shortened(label),
        **counts,
    )


def numbered_row_of_another_length(line: int, row: int, label: str, found: int, wanted: int) -> str:
    """As `another_length`, for the matrix that begins in ``line``, and its row with this number."""
    counts = {"line": line, "row": row, "found": numbers_text(found), "wanted": numbers_text(wanted)}
    if not label:
        return _("Line {line}: row {row} has {found} where row 1 has {wanted}. The matrix is left out.", **counts)
    return _(
        "Line {line}: row {row} of {name} has {found} where row 1 has {wanted}. The matrix is left out.",
        name=shortened(label),
        **counts,
    )
