"""Writes observations about a run or its data, each as a sentence and in a few words for the border of a pane."""

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _, ngettext
from tui_nn.network import PROMISED, Agreement, Dataset
from tui_nn.network.checks.run_notes import Observation, OutOfReach, Plateau, Rescaled, Rising, Saturated, TurnedSigns
from tui_nn.session.validation import shortened
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
            named = {"row": row, "name": name, "number": number, "reach": reach}
            if count > 1:
                sentence = ngettext(
                    "Scaled y of row {row} ({name}) is {number}, outside the output's range, {reach} ({more} more "
                    "number too): scale y, or choose another output activation.",
                    "Scaled y of row {row} ({name}) is {number}, outside the output's range, {reach} ({more} more "
                    "numbers too): scale y, or choose another output activation.",
                    count - 1,
                    **named,
                    more=count - 1,
                )
            else:
                sentence = _(
                    "Scaled y of row {row} ({name}) is {number}, outside the output's range, {reach}: scale y, or "
                    "choose another output activation.",
                    **named,
                )
            is_above = greatest == float("inf")
            return ObservationText(_("y below 0") if is_above else _("y beyond {reach}", reach=reach), sentence)
        case TurnedSigns(table, column, greatest):
            name = shortened((data.input_names if table == "x" else data.y_names)[column - 1])
            number = rounded_text(greatest, 4).replace("-", notation.minus)
            return ObservationText(
                _("{table} column {column}: signs turned", table=table, column=column),
                _(
                    '"{name}" (column {column} of {table}) is divided by its greatest number, {number}, which turns '
                    'all its signs: choose another scaling of {table}, such as "column abs max".',
                    name=name,
                    column=column,
                    table=table,
                    number=number,
                ),
            )
        case Rescaled(table, column):
            name = shortened((data.input_names if table == "x" else data.y_names)[column - 1])
            return ObservationText(
                _("{table} column {column} rescaled", table=table, column=column),
                _(
                    'The edit changed how "{name}" (column {column} of {table}) is scaled: all its scaled values are '
                    "new, not only the one that was edited.",
                    name=name,
                    column=column,
                    table=table,
                ),
            )
        case Rising(rises, updates, last):
            brief = _(
                "J rose in {rises} of {updates} updates", rises=group_digits(rises), updates=group_digits(updates)
            )
            says = _(
                "J rose in {rises} of {updates} updates, the last time to iteration {last}: the learning rate may be "
                "too large.",
                rises=group_digits(rises),
                updates=group_digits(updates),
                last=group_digits(last),
            )
            return ObservationText(brief, says)
        case Plateau(updates, change):
            return ObservationText(
                _("plateau (keys 3 and t say why)"),
                _(
                    "J changed by {percent} % in {iterations} iterations, a plateau or a minimum: 3 shows the "
                    "gradients, t many starts.",
                    percent=rounded_text(100 * change, 2),
                    iterations=group_digits(updates),
                ),
            )
        case Saturated(layer, units, is_silent):
            return _saturation_text(layer, units, is_silent=is_silent)


def _saturation_text(layer: int, units: tuple[int, ...], *, is_silent: bool) -> ObservationText:
    """The texts on units that are saturated, or 0, in every row."""
    which, count = _units_text(units), len(units)
    begins = which[:1].upper() + which[1:]
    # For translators: {units} is "unit 3", "units 1 and 2" or "7 units".
    if is_silent:
        return ObservationText(
            ngettext(
                "{units} of layer {layer} is 0 in every row",
                "{units} of layer {layer} are 0 in every row",
                count,
                units=which,
                layer=layer,
            ),
            ngettext(
                "{units} of layer {layer} is 0 in every row of the data, and so is the slope there: the weights into "
                "it no longer change.",
                "{units} of layer {layer} are 0 in every row of the data, and so is the slope there: the weights into "
                "them no longer change.",
                count,
                units=begins,
                layer=layer,
            ),
        )
    return ObservationText(
        _("{units} of layer {layer} saturated", units=which, layer=layer),
        ngettext(
            "{units} of layer {layer} is saturated in every row of the data: the slope there is close to 0, and the "
            "weights into it hardly change.",
            "{units} of layer {layer} are saturated in every row of the data: the slope there is close to 0, and the "
            "weights into them hardly change.",
            count,
            units=begins,
            layer=layer,
        ),
    )


def rounding_observation(found: Agreement, iteration: int) -> ObservationText | None:
    """The text on how many digits are certain at ``iteration``; None if at least `PROMISED` digits are."""
    digits, first = found.digits(iteration), found.first
    if first is None or first > iteration:
        return None
    from_when = group_digits(first)
    if not digits:
        return ObservationText(
            _("rounding: no digit sure"),
            _(
                "From iteration {iteration} on the run amplifies rounding: here, no digit can be relied on.",
                iteration=from_when,
            ),
        )
    return ObservationText(
        ngettext("rounding: {digits} digit sure", "rounding: {digits} digits sure", digits, digits=digits),
        ngettext(
            "From iteration {iteration} on the run amplifies rounding: here, {digits} digit can be relied on.",
            "From iteration {iteration} on the run amplifies rounding: here, {digits} digits can be relied on.",
            digits,
            iteration=from_when,
            digits=digits,
        ),
    )


def rounding_sentence(found: Agreement) -> str:
    """A sentence: how many digits can be relied on, and from when on; "" if `PROMISED` digits always can be."""
    first, none = found.first, found.below(1)
    if first is None:
        return ""
    from_when, digits = group_digits(first), 0
    if none is None:
        last, digits = found.losses[-1]
    if none is not None and none > first:
        says = _(
            "From iteration {iteration} on the run amplifies rounding: fewer than {promised} digits can be relied on, "
            "from iteration {later} on none.",
            iteration=from_when,
            promised=PROMISED,
            later=group_digits(none),
        )
    elif none is not None:
        says = _(
            "From iteration {iteration} on the run amplifies rounding: no digit can be relied on.", iteration=from_when
        )
    elif last > first and digits < PROMISED - 1:
        says = ngettext(
            "From iteration {iteration} on the run amplifies rounding: fewer than {promised} digits can be relied on, "
            "from iteration {later} on {digits} digit.",
            "From iteration {iteration} on the run amplifies rounding: fewer than {promised} digits can be relied on, "
            "from iteration {later} on {digits} digits.",
            digits,
            iteration=from_when,
            promised=PROMISED,
            later=group_digits(last),
            digits=digits,
        )
    else:
        says = _(
            "From iteration {iteration} on the run amplifies rounding: fewer than {promised} digits can be relied on.",
            iteration=from_when,
            promised=PROMISED,
        )
    others = _("Another program, or another processor, may show other digits there.")
    return f"{says} {others}"


def _range_text(least: float, greatest: float, notation: Notation) -> str:
    if greatest == float("inf"):
        return _("{least} and above", least=rounded_text(least))
    reach = _("{least} to {greatest}", least=rounded_text(least), greatest=rounded_text(greatest))
    return reach.replace("-", notation.minus)


def _units_text(units: tuple[int, ...]) -> str:
    if len(units) > _UNITS_NAMED:
        return _("{count} units", count=len(units))
    *others, last = map(str, units)
    if others:
        return _("units {numbers} and {last}", numbers=", ".join(others), last=last)
    return _("unit {number}", number=last)
