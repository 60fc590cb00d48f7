"""Writes observations about a run or its data, each as a sentence and in a few words for the border of a pane."""

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network import PROMISED, Agreement, Dataset
from tui_nn.network.checks.run_notes import Observation, OutOfReach, Plateau, Rescaled, Rising, Saturated, TurnedSigns
from tui_nn.session.validation import counted, shortened
from tui_nn.writing.notation.number_format import group_digits, rounded_text
from tui_nn.writing.notation.signs import Notation

_UNITS_NAMED = 6


@frozen_dataclass
class ObservationText:
    """An observation in a few words, and in a sentence that also says what to do."""

    brief: str
    sentence: str


def observation_text(observed: Observation, data: Dataset, notation: Notation) -> ObservationText:
    """The texts of the observation ``observed``."""
    match observed:
        case OutOfReach(row, column, value, least, greatest, count):
            reach = _range_text(least, greatest, notation)
            name = shortened(data.y_names[column - 1])
            number = rounded_text(value, 4).replace("-", notation.minus)
            others = f" ({counted(count - 1, 'more number')} too)" if count > 1 else ""
            return ObservationText(
                "y below 0" if greatest == float("inf") else f"y beyond {reach}",
                f"Scaled y of row {row} ({name}) is {number}, outside the output's range, {reach}{others}: "
                f"scale y, or choose another output activation.",
            )
        case TurnedSigns(table, column, greatest):
            name = shortened((data.input_names if table == "x" else data.y_names)[column - 1])
            number = rounded_text(greatest, 4).replace("-", notation.minus)
            return ObservationText(
                f"{table} column {column}: signs turned",
                f'"{name}" (column {column} of {table}) is divided by its greatest number, {number}, which turns all '
                f'its signs: choose another scaling of {table}, such as "column abs max".',
            )
        case Rescaled(table, column):
            name = shortened((data.input_names if table == "x" else data.y_names)[column - 1])
            return ObservationText(
                f"{table} column {column} rescaled",
                f'The edit changed how "{name}" (column {column} of {table}) is scaled: all its scaled values are '
                f"new, not only the one that was edited.",
            )
        case Rising(rises, updates, last):
            brief = f"J rose in {group_digits(rises)} of {group_digits(updates)} updates"
            says = f"{brief}, the last time to iteration {group_digits(last)}: the learning rate may be too large."
            return ObservationText(brief, says)
        case Plateau(updates, change):
            return ObservationText(
                "plateau (keys 3 and t say why)",
                f"J changed by {rounded_text(100 * change, 2)} % in {group_digits(updates)} iterations, a plateau or "
                f"a minimum: 3 shows the gradients, t many starts.",
            )
        case Saturated(layer, units, is_silent):
            which = _units_text(units)
            is_are = "is" if len(units) == 1 else "are"
            if is_silent:
                return ObservationText(
                    f"{which} of layer {layer} {is_are} 0 in every row",
                    f"{which.capitalize()} of layer {layer} {is_are} 0 in every row of the data, and so is the "
                    f"slope there: the weights into {_pronoun(units)} no longer change.",
                )
            return ObservationText(
                f"{which} of layer {layer} saturated",
                f"{which.capitalize()} of layer {layer} {is_are} saturated in every row of the data: the slope there "
                f"is close to 0, and the weights into {_pronoun(units)} hardly change.",
            )


def rounding_observation(found: Agreement, iteration: int) -> ObservationText | None:
    """The text on how many digits are certain at ``iteration``; None if at least `PROMISED` digits are."""
    digits, first = found.digits(iteration), found.first
    if first is None or first > iteration:
        return None
    left = f"{counted(digits, 'digit')} can be relied on" if digits else "no digit can be relied on"
    brief = f"rounding: {counted(digits, 'digit')} sure" if digits else "rounding: no digit sure"
    return ObservationText(brief, f"{_amplification_clause(first)}: here, {left}.")


def rounding_sentence(found: Agreement) -> str:
    """A sentence: how many digits can be relied on, and from when on; "" if `PROMISED` digits always can be."""
    first, none = found.first, found.below(1)
    if first is None:
        return ""
    after = f"fewer than {PROMISED} digits can be relied on"
    if none is not None and none > first:
        after += f", from iteration {group_digits(none)} on none"
    elif none is not None:
        after = "no digit can be relied on"
    else:
        last, digits = found.losses[-1]
        if last > first and digits < PROMISED - 1:
            after += f", from iteration {group_digits(last)} on {counted(digits, 'digit')}"
    return (
        f"{_amplification_clause(first)}: {after}. Another program, or another processor, may show other digits there."
    )


def _amplification_clause(first: int) -> str:
    return f"From iteration {group_digits(first)} on the run amplifies rounding"


def _range_text(least: float, greatest: float, notation: Notation) -> str:
    if greatest == float("inf"):
        return f"{rounded_text(least)} and above"
    return f"{rounded_text(least)} to {rounded_text(greatest)}".replace("-", notation.minus)


def _units_text(units: tuple[int, ...]) -> str:
    if len(units) > _UNITS_NAMED:
        return f"{len(units)} units"
    *others, last = map(str, units)
    return f"units {', '.join(others)} and {last}" if others else f"unit {last}"


def _pronoun(units: tuple[int, ...]) -> str:
    return "it" if len(units) == 1 else "them"
