"""Says which rows of the data an iteration computes with."""

from collections.abc import Sequence

from tui_nn.language import _, ngettext
from tui_nn.network.model.pace import Moment
from tui_nn.session.document import Document
from tui_nn.writing.notation.number_format import group_digits

_MOST_NUMBERS = 4


def rows_text(moment: Moment, dash: str = "–") -> str:
    """``row 5``, ``rows 4–6``, ``rows 2, 1``; of many rows in another order ``10 rows``."""
    numbers = (moment.row_numbers + 1).tolist()
    if len(numbers) == 1:
        return _("row {number}", number=group_digits(numbers[0]))
    if numbers == [*range(numbers[0], numbers[0] + len(numbers))]:
        span = f"{group_digits(numbers[0])}{dash}{group_digits(numbers[-1])}"
        return _("rows {numbers}", numbers=span)
    if len(numbers) <= _MOST_NUMBERS:
        return _("rows {numbers}", numbers=", ".join(map(group_digits, numbers)))
    return ngettext("{rows} row", "{rows} rows", len(numbers), rows=group_digits(len(numbers)))


def has_batches(document: Document) -> bool:
    """Whether an iteration computes with some rows of those that are trained on, and not with all."""
    return document.pace.epochs(document.dataset).per_epoch > 1


def epoch_text(document: Document, iteration: int) -> str:
    """``epoch 10``."""
    epoch = document.pace.epochs(document.dataset).epoch_of(iteration)
    return _("epoch {epoch}", epoch=group_digits(epoch))


def numbers_of_rows(rows: Sequence[int]) -> str:
    """Rows by their numbers, those that follow each other as a range: ``2, 5, 9–12``."""
    parts: list[list[int]] = []
    for row in sorted(rows):
        if parts and row == parts[-1][-1] + 1:
            parts[-1].append(row)
        else:
            parts.append([row])
    return ", ".join(f"{part[0]}" if len(part) == 1 else f"{part[0]}–{part[-1]}" for part in parts)
