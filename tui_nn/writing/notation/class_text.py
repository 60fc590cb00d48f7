"""Writes classes: the sign of each, its name, and how well they are predicted."""

from string import ascii_uppercase, digits

from tui_nn.language import _
from tui_nn.network import UNKNOWN, Classes, Classification, Network
from tui_nn.network.checks.classification import Counts
from tui_nn.writing.notation.number_format import OVERFLOW, group_digits, rounded_text
from tui_nn.writing.notation.signs import Notation

_SIGNS = ascii_uppercase + digits
_NO_SIGN = "#"
_ACCURACY_DIGITS = 4
_SOFTMAX = "softmax"
_HALF = 0.5
# For translators: the headings of a confusion matrix, of its rows and of its columns.
TRUTH, PREDICTED = _("truth"), _("predicted")


def class_sign(classes: Classes, number: int) -> str:
    """The sign of a class, by its number from 0: A, B, C, …; of two classes in one column, the number that y has."""
    if classes.is_binary:
        return classes.names[number]
    return _SIGNS[number] if number < len(_SIGNS) else _NO_SIGN


def class_label(classes: Classes, number: int) -> str:
    """The sign of a class and its name, such as ``A setosa``; of two classes in one column, the number that y has."""
    if number == UNKNOWN:
        return OVERFLOW
    name, sign = classes.names[number], class_sign(classes, number)
    return name if classes.is_binary else f"{sign} {name}"


def threshold_text(classes: Classes, notation: Notation) -> str:
    """From which prediction on the second of two classes in one column is predicted: ½ or 0."""
    return f"{classes.threshold:g}" if classes.threshold != _HALF else notation.half


def confusion_table(
    counts: Counts | None, heads: list[str], labels: list[str], corner: str = TRUTH, pending: str = ""
) -> list[list[str]]:
    """The confusion matrix as cells of text, each column aligned: a line of ``heads``, then one for each true class.

    ``corner`` stands above the ``labels`` of the classes, and ``pending`` for counts that are not known.
    """
    rows = [[str(count) for count in row] for row in counts.tolist()] if counts is not None else None
    cells = rows or [[pending] * len(heads) for _label in labels]
    widths = [max(len(head), *(len(row[column]) for row in cells)) for column, head in enumerate(heads)]
    beside = max(len(corner), *map(len, labels))
    table = [[corner.ljust(beside), *(head.rjust(width) for head, width in zip(heads, widths, strict=True))]]
    for label, row in zip(labels, cells, strict=True):
        table.append([label.ljust(beside), *(cell.rjust(width) for cell, width in zip(row, widths, strict=True))])
    return table


def confusion_lines(found: Classification, room: int) -> list[str]:
    """The confusion matrix in lines of text, as R prints a table; with signs above the columns if names need more room.

    The columns stand below the word ``predicted``.
    """
    classes, counts = found.classes, found.confusion
    numbers = range(len(classes.names))
    table = confusion_table(counts, list(classes.names), list(classes.names))
    if _width(table) > room:
        signs, labels = ([write(classes, number) for number in numbers] for write in (class_sign, class_label))
        table = confusion_table(counts, signs, labels)
    return [" " * (len(table[0][0]) + 2) + PREDICTED, *("  ".join(row) for row in table)]


def _width(table: list[list[str]]) -> int:
    return sum(len(cell) + 2 for cell in table[0]) - 2


def counted_right(found: Classification) -> str:
    """How many rows have the right class: ``146 of 150 right``; that Ŷ overflows, if so."""
    if found.right is None:
        return OVERFLOW
    right, rows = group_digits(found.right), group_digits(len(found.predicted))
    return _("{right} of {rows} right", right=right, rows=rows)


def share_text(share: float | None) -> str:
    """An accuracy or another share of rows, in four digits."""
    return OVERFLOW if share is None else rounded_text(share, _ACCURACY_DIGITS)


def likelihood_meaning(classes: Classes, network: Network, name: str, minus: str) -> str:
    """What the log-likelihood is a sum of; ``name`` is that of Ŷ, ``minus`` the sign for a difference."""
    if network.output_activation == _SOFTMAX:
        return _("the sum of ln {name} of each row's class", name=name)
    if classes.is_binary:
        return _("the sum of ln {name} where y is 1, and of ln(1 {minus} {name}) where y is 0", name=name, minus=minus)
    return _(
        "the sum of ln {name} where y is 1, and of ln(1 {minus} {name}) where y is 0, over all outputs",
        name=name,
        minus=minus,
    )
