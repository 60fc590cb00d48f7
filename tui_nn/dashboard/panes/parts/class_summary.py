"""How well the classes are predicted, in a few lines of the results: how many are right, and which are confused."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len

from tui_nn.dashboard.panes.parts.result_block import fitted, pending_dot
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.language import _
from tui_nn.network import Classes, Classification
from tui_nn.writing.notation.class_text import (
    PREDICTED,
    TRUTH,
    class_label,
    class_sign,
    confusion_table,
    share_text,
)
from tui_nn.writing.notation.number_format import rounded_text
from tui_nn.writing.notation.signs import Notation

_GAP = "  "
_CORNER = f"{TRUTH} \\ {PREDICTED}"
_LIKELIHOOD_DIGITS = 7
_WIDEST_LABEL = 20
_BETWEEN = 3


class LogLikelihood(NamedTuple):
    """The log-likelihood; its ``value`` is None while J is not reached or hidden."""

    value: float | None


def class_summary(
    classes: Classes, found: Classification | None, likelihood: LogLikelihood | None, notation: Notation
) -> list[Line]:
    """The accuracy, the log-likelihood if there is one, and the confusion matrix.

    ``found`` is None while the predictions or y are hidden or not reached: dots then stand for the numbers.
    """
    dot = pending_dot(notation)
    if found and found.unknown:
        Y_hat = notation.name("Y_hat")
        says = _("no accuracy: {Y_hat} overflows in {rows} rows", Y_hat=Y_hat, rows=found.unknown)
        lines: list[Line] = [[(says, "error")]]
    else:
        lines = [[(_("accuracy "), ""), (share_text(found.accuracy) if found else dot, "label")]]
    if classes.is_binary:
        shares = (found.sensitivity, found.specificity) if found else (None, None)
        sensitivity, specificity = (dot if share is None else share_text(share) for share in shares)
        says = _(
            "sensitivity {sensitivity}, specificity {specificity}", sensitivity=sensitivity, specificity=specificity
        )
        lines.append([(says, "")])
    if likelihood:
        value = dot if likelihood.value is None else rounded_text(likelihood.value, _LIKELIHOOD_DIGITS)
        lines.append([(_("log-likelihood "), ""), (value.replace("-", notation.minus), "label")])
    return [*lines, *_confusion_lines(classes, found, notation)]


def _confusion_lines(classes: Classes, found: Classification | None, notation: Notation) -> list[Line]:
    """The confusion matrix: the counts of right predictions are bold, those of wrong ones have a style of their own."""
    dot, numbers = pending_dot(notation), range(len(classes.names))
    signs, names = ([write(classes, number) for number in numbers] for write in (class_sign, class_label))
    labels = [fitted(name, min(cell_len(name), _WIDEST_LABEL), notation) for name in names]
    heads, *rows = confusion_table(found.confusion if found else None, signs, labels, _CORNER, dot)
    lines: list[Line] = [[(_GAP.join(heads), "faint")]]
    for true, (label, *counts) in enumerate(rows):
        line = [(label, "")]
        for guess, count in enumerate(counts):
            is_wrong = guess != true and count.strip() not in ("0", dot)
            line += [(_GAP, ""), (count, "error" if is_wrong else "label" if guess == true else "faint")]
        lines.append(line)
    return lines


def confusion_side_by_side(
    classes: Classes, columns: Sequence[tuple[str, Classification | None]], notation: Notation
) -> list[Line]:
    """The confusion matrices of several sets of rows beside each other, each below what its rows are called.

    The true classes stand once, left of the first one.
    """
    lines: list[Line] = [[] for _line in range(2 + len(classes.names))]
    for number, (head, found) in enumerate(columns):
        matrix = _confusion_lines(classes, found, notation)
        label = cell_len(matrix[1][0][0]) + len(_GAP)
        heads = matrix[0][0][0][label:]
        parts: list[Line] = [[(head, "faint")], [(heads, "faint")], *(line[2:] for line in matrix[1:])]
        widths = [sum(cell_len(text) for text, _style in part) for part in parts]
        width = max(widths)
        if number == 0:
            beside: list[Line] = [[(" " * label, "")], [(matrix[0][0][0][:label], "faint")]]
            beside += [[(line[0][0] + _GAP, "")] for line in matrix[1:]]
            lines = beside
        is_last = number == len(columns) - 1
        for line, part, taken in zip(lines, parts, widths, strict=True):
            line += part if is_last else [*part, (" " * (width - taken + _BETWEEN), "")]
    return lines
