"""Writes an observation about a run or its data: as a sentence, and in a few words for the border of a pane."""

from dataclasses import dataclass

from tui_nn.network import PROMISED, Agreement, Dataset
from tui_nn.network.checks.run_notes import Observation, OutOfReach, Rescaled, Rising, Saturated, TurnedSigns
from tui_nn.session.validation import counted, shortened
from tui_nn.writing.notation.number_format import grouped, significant
from tui_nn.writing.notation.signs import Notation

_UNITS_NAMED = 6


@dataclass(frozen=True)
class NoteText:
    """An observation in a few words, and in a sentence that also says what to do."""

    brief: str
    sentence: str


def note_text(observed: Observation, data: Dataset, notation: Notation) -> NoteText:
    """The words for ``observed``."""
    match observed:
        case OutOfReach(row, column, value, least, greatest, count):
            reach = _reach(least, greatest, notation)
            name = shortened(data.y_names[column - 1])
            number = significant(value, 4).replace("-", notation.minus)
            others = f" ({counted(count - 1, 'more number')} too)" if count > 1 else ""
            return NoteText(
                "y below 0" if greatest == float("inf") else f"y beyond {reach}",
                f"Scaled y of row {row} ({name}) is {number}, outside the output's range, {reach}{others}: "
                f"scale y, or choose another output activation.",
            )
        case TurnedSigns(table, column, greatest):
            name = shortened((data.x_names if table == "x" else data.y_names)[column - 1])
            number = significant(greatest, 4).replace("-", notation.minus)
            return NoteText(
                f"signs of {table} column {column} turned",
                f'"{name}" (column {column} of {table}) is divided by its greatest number, {number}, which turns all '
                f'its signs: choose another scaling of {table}, such as "column abs max".',
            )
        case Rescaled(table, column):
            name = shortened((data.x_names if table == "x" else data.y_names)[column - 1])
            return NoteText(
                f"all of {table} column {column} rescaled",
                f'The edit changed what "{name}" (column {column} of {table}) is divided by: all its scaled values are '
                f"new, not only the one that was edited.",
            )
        case Rising(rises, updates, last):
            brief = f"J rose in {grouped(rises)} of {grouped(updates)} updates"
            says = f"{brief}, the last time to iteration {grouped(last)}: the learning rate may be too large."
            return NoteText(brief, says)
        case Saturated(layer, units, is_silent):
            which = _units(units)
            is_are = "is" if len(units) == 1 else "are"
            if is_silent:
                return NoteText(
                    f"{which} of layer {layer} {is_are} 0 in every row",
                    f"{which.capitalize()} of layer {layer} {is_are} 0 in every row of the data, and so is the "
                    f"slope there: the weights into {_it(units)} no longer change.",
                )
            return NoteText(
                f"{which} of layer {layer} saturated in every row",
                f"{which.capitalize()} of layer {layer} {is_are} saturated in every row of the data: the slope there "
                f"is close to 0, and the weights into {_it(units)} hardly change.",
            )


def rounding_note(found: Agreement, iteration: int) -> NoteText | None:
    """A note on how many digits can be relied on at ``iteration``; None if at least `PROMISED` can."""
    digits, first = found.digits(iteration), found.first
    if first is None or first > iteration:
        return None
    left = f"{counted(digits, 'digit')} can be relied on" if digits else "no digit can be relied on"
    brief = f"rounding: {counted(digits, 'digit')} sure" if digits else "rounding: no digit sure"
    return NoteText(brief, f"{_amplified(first)}: here, {left}.")


def rounding_sentence(found: Agreement) -> str:
    """A sentence: from which iteration on how many digits can be relied on; "" if `PROMISED` digits always can."""
    first, none = found.first, found.below(1)
    if first is None:
        return ""
    after = f"fewer than {PROMISED} digits can be relied on"
    if none is not None and none > first:
        after += f", from iteration {grouped(none)} on none"
    elif none is not None:
        after = "no digit can be relied on"
    else:
        last, digits = found.losses[-1]
        if last > first and digits < PROMISED - 1:
            after += f", from iteration {grouped(last)} on {counted(digits, 'digit')}"
    return f"{_amplified(first)}: {after}. Another program, or another processor, may show other digits there."


def _amplified(first: int) -> str:
    return f"From iteration {grouped(first)} on the run amplifies rounding"


def _reach(least: float, greatest: float, notation: Notation) -> str:
    if greatest == float("inf"):
        return f"{significant(least)} and above"
    return f"{significant(least)} to {significant(greatest)}".replace("-", notation.minus)


def _units(units: tuple[int, ...]) -> str:
    if len(units) > _UNITS_NAMED:
        return f"{len(units)} units"
    *others, last = map(str, units)
    return f"units {', '.join(others)} and {last}" if others else f"unit {last}"


def _it(units: tuple[int, ...]) -> str:
    return "it" if len(units) == 1 else "them"
