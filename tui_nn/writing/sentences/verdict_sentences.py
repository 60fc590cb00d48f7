"""Writes the verdicts of the gradient check as sentences, the same for every pane and command."""

import math
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from tui_nn.language import _, ngettext
from tui_nn.network import GradientVerdict, Kink, MeasuredSlope, Network, SlopeVerdict
from tui_nn.network.checks.kinks import KINK_OF_PENALTY, OF_ERRORS
from tui_nn.network.formulas.costs import summed_cost
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.network.model.activations.cell_function import CellFunction
from tui_nn.writing.formulas.cell_formula import cell_name
from tui_nn.writing.notation.number_format import rounded_text
from tui_nn.writing.notation.signs import Notation

_DIGITS = 2
_SLOPE_DIGITS, _MOST_DIGITS = 4, 12
# Beside a kink; and within this share of each other, f′ on its two sides is the same, but for rounding.
_JUST, _SAME = 1e-15, 1e-9
_MOST_NAMES, _MOST_UNITS, _MOST_ROWS = 4, 4, 5

_WORDS = {
    SlopeVerdict.AGREE: _("agrees"),
    SlopeVerdict.DIFFER: _("differs"),
    SlopeVerdict.TOO_SMALL: _("too small to measure"),
    SlopeVerdict.KINK: _("at a kink"),
    SlopeVerdict.TOO_LARGE_EPSILON: _("{epsilon} too large"),
    SlopeVerdict.TOO_SMALL_EPSILON: _("{epsilon} too small"),
    SlopeVerdict.OVERFLOW: _("overflow"),
}
_NO_FAILURE = _("That is no failure: it says nothing about the program.")
BACKPROPAGATION = _("backpropagation")
AGREEMENT = _("The slopes agree.")


def verdict_words(verdict: SlopeVerdict, notation: Notation) -> str:
    """The verdict on a slope in two or three words, where a sentence has no room."""
    return _WORDS[verdict].format(epsilon=notation.epsilon)


def slope_verdict(
    measured: MeasuredSlope,
    network: Network,
    iteration: int,
    notation: Notation,
    slope: float | None = None,
    program: str = BACKPROPAGATION,
) -> str:
    """A sentence: the verdict on ``slope``, which ``program`` computed, with its numbers.

    Without ``slope``, the verdict is on the slope that backpropagation computed.
    """
    said = measured.verdict(slope)
    slope = measured.right if slope is None else slope
    epsilon = {"epsilon": notation.epsilon, "size": _epsilon_text(measured)}
    match said:
        case SlopeVerdict.AGREE if measured.is_flat:
            return _("The slopes agree: both are 0, as J does not change with this weight.")
        case SlopeVerdict.AGREE:
            return _(
                "The slopes agree: {apart} apart; rounding and {epsilon} = {size} explain up to {error}.",
                apart=_number_text(abs(slope - measured.numeric), notation),
                **epsilon,
                error=_number_text(measured.error, notation),
            )
        case SlopeVerdict.DIFFER:
            said_here, numeric = _told_apart(slope, measured.numeric, notation)
            return _(
                "The slopes differ: {program} says {said}, the costs say {numeric}; rounding and {epsilon} = {size} "
                "explain no more than {error}.",
                program=program,
                said=said_here,
                numeric=numeric,
                **epsilon,
                error=_number_text(measured.error, notation),
            )
    return f"{_why_not_measured(said, measured, network, iteration, notation)} {_NO_FAILURE}"


def gradient_verdict(
    judged: GradientVerdict, network: Network, iteration: int, notation: Notation, program: str = BACKPROPAGATION
) -> Iterator[str]:
    """Sentences: the verdict on a whole gradient, then why some slopes are left out."""
    said, count = judged.verdict, len(judged.slopes)
    measured = sum(verdict.is_measured for verdict in judged.verdicts)
    if said is SlopeVerdict.DIFFER:
        yield from _differences(judged, notation, program)
    elif said is SlopeVerdict.AGREE:
        if measured < count:
            yield ngettext(
                "The gradients agree: the {measured} slope of {slopes} that can be measured here.",
                "The gradients agree: the {measured} slopes of {slopes} that can be measured here.",
                measured,
                measured=measured,
                slopes=count,
            )
        elif count > 1:
            yield _("The gradients agree: all {slopes} slopes.", slopes=count)
        else:
            yield _("The gradients agree: the only slope.")
    elif said is SlopeVerdict.TOO_SMALL and len(judged.those(said)) == count:
        says = _("The gradients are too small to be measured here.")
        yield f"{says} {_NO_FAILURE}"
    else:
        says = _("The gradients can't be compared here: no slope can be measured.")
        yield f"{says} {_NO_FAILURE}"
    for verdict in SlopeVerdict:
        if not verdict.is_measured and (left_out := judged.those(verdict)):
            yield _left_out_sentence([slope for slope, _ in left_out], verdict, network, iteration, notation)


def _differences(judged: GradientVerdict, notation: Notation, program: str) -> Iterator[str]:
    """Sentences: in which matrices slopes differ, and the numbers of the slope farthest from its measurement."""
    differing = judged.those(SlopeVerdict.DIFFER)
    parts = []
    for name in dict.fromkeys(slope.place[0] for slope in judged.measured):
        found = sum(measured.place[0] == name for measured, _ in differing)
        cells = sum(measured.place[0] == name for measured in judged.measured)
        if found:
            parts.append(
                ngettext(
                    "{matrix} in {found} of {slopes} slope",
                    "{matrix} in {found} of {slopes} slopes",
                    cells,
                    matrix=notation.name(f"dJd{name}"),
                    found=found,
                    slopes=cells,
                )
            )
    yield _("The gradients differ: {places}.", places=_enumeration(parts))
    worst, slope = max(differing, key=lambda pair: abs(pair[1] - pair[0].numeric))
    said_here, numeric = _told_apart(slope, worst.numeric, notation)
    yield _(
        "Farthest apart at {weight}: {program} says {said}, the costs say {numeric}; rounding and {epsilon} = {size} "
        "explain no more than {error}.",
        weight=_weight_name(worst, notation),
        program=program,
        said=said_here,
        numeric=numeric,
        epsilon=notation.epsilon,
        size=_epsilon_text(worst),
        error=_number_text(worst.error, notation),
    )


def _left_out_sentence(
    found: Sequence[MeasuredSlope], verdict: SlopeVerdict, network: Network, iteration: int, notation: Notation
) -> str:
    """A sentence: which slopes are left out, and why the first of them."""
    why = _why_not_measured(verdict, found[0], network, iteration, notation)
    if len(found) == 1:
        return _("Left out: {why}", why=why)
    names = [_weight_name(slope, notation) for slope in found[:_MOST_NAMES]]
    if len(found) > _MOST_NAMES:
        names = [*names[:-1], _("{count} more", count=len(found) - _MOST_NAMES + 1)]
    if verdict is SlopeVerdict.KINK:
        why = f": {_kinks_sentence((kink for slope in found for kink in slope.kinks), network, notation)}"
    else:
        why = f". {why}"
    # For translators: {verdict} is "at a kink" or "overflow", {names} are weights.
    begins = _("Left out, {verdict}: {names}", verdict=verdict_words(verdict, notation), names=_enumeration(names))
    return begins + why


def _why_not_measured(
    verdict: SlopeVerdict, slope: MeasuredSlope, network: Network, iteration: int, notation: Notation
) -> str:
    """A sentence: what prevents a measurement, and what to do about it."""
    name, epsilon = _weight_name(slope, notation), notation.epsilon
    above, below = f"w + {epsilon}", f"w {notation.minus} {epsilon}"
    better = ""
    if slope.better:
        size = f"{slope.better:g}"
        better = " " + _("Choose {epsilon} = {size}.", epsilon=epsilon, size=size)
    chosen = {"name": name, "epsilon": epsilon, "size": _epsilon_text(slope)}
    match verdict:
        case SlopeVerdict.TOO_SMALL:
            says = [_("{name}: the slope is too small to be measured here.", name=name)]
            says.append(
                _("It is about {slope}.", slope=_number_text(slope.right, notation)) if slope.right else _("It is 0.")
            )
            lost = _lost_digits(slope, notation)
            says.append(_("With {epsilon} = {size}, {lost}.", epsilon=epsilon, size=_epsilon_text(slope), lost=lost))
            if iteration > 1:
                says.append(_("Choose an earlier iteration, where slopes are larger."))
            return " ".join(says)
        case SlopeVerdict.KINK:
            return f"{name}: {_kinks_sentence(slope.kinks, network, notation)}{better}"
        case SlopeVerdict.TOO_LARGE_EPSILON:
            why = _(
                "{name}: {epsilon} = {size} is too large: J bends too much from {below} to {above} for the quotient "
                "to be its slope.",
                **chosen,
                below=below,
                above=above,
            )
            return why + better
        case SlopeVerdict.TOO_SMALL_EPSILON if math.isfinite(slope.error):
            lost = _lost_digits(slope, notation)
            return _("{name}: {epsilon} = {size} is too small: {lost}.", **chosen, lost=lost) + better
        case SlopeVerdict.TOO_SMALL_EPSILON:
            why = _(
                "{name}: {epsilon} = {size} is too small beside w = {weight}: a double has no digits for {above}.",
                **chosen,
                weight=_number_text(slope.weight, notation),
                above=above,
            )
            return why + better
    return _(
        "{name}: J or its slope is too large a number, or becomes so at {above} or {below}.",
        name=name,
        above=above,
        below=below,
    )


def _lost_digits(slope: MeasuredSlope, notation: Notation) -> str:
    """A clause: how much J changes from w − ε to w + ε, and how much of that change rounding alone can make."""
    epsilon, about = notation.epsilon, "≈" if notation.unicode else "="
    change, noise = (_number_text(2 * slope.epsilon * size, notation) for size in (abs(slope.right), slope.error))
    numbers = {
        "change": change,
        "below": f"w {notation.minus} {epsilon}",
        "above": f"w + {epsilon}",
        "about": about,
        "cost": _number_text(slope.cost, notation),
        "noise": noise,
    }
    if slope.error < abs(slope.right):
        return _(
            "J changes by {change} from {below} to {above}, but rounding alone can change J {about} {cost} by {noise}, "
            "{percent} % of that",
            **numbers,
            percent=_number_text(100 * slope.error / abs(slope.right), notation),
        )
    return _(
        "J changes by {change} from {below} to {above}, but rounding alone can change J {about} {cost} by {noise}",
        **numbers,
    )


def _kinks_sentence(kinks: Iterable[Kink], network: Network, notation: Notation) -> str:
    """Sentences: which z or errors are at a kink, in which rows, and why J then has no slope to measure."""
    kinks = set(kinks)
    if KINK_OF_PENALTY in kinks:
        return _(
            "w is 0. There |w|, which the penalty counts, has a kink, so J has no slope to measure; backpropagation "
            "takes sign(0) = 0."
        )
    kinks = sorted(kinks, key=lambda kink: (not kink.is_met, kink.layer, kink.unit, kink.row))
    rows: dict[tuple[bool, bool, float], dict[str, list[int]]] = {}
    for kink in kinks:
        unit = _unit_name(kink.layer or len(network.layers), kink.unit, network)
        units = rows.setdefault((kink.is_met, kink.layer == OF_ERRORS, kink.place), {})
        units.setdefault(unit, []).append(kink.row)
    says = []
    for (is_met, is_of_errors, place), units in rows.items():
        what = _("the error") if is_of_errors else "z"
        found = [(unit_name, _rows_text(at)) for unit_name, at in units.items()]
        if len(found) == 1:
            ((unit_name, in_rows),) = found
            says.append(_kink_at_unit(what, unit_name, in_rows, place, notation, is_met=is_met))
        else:
            places = [_("of {unit} in {rows}", unit=unit_name, rows=in_rows) for unit_name, in_rows in found]
            if len(places) > _MOST_UNITS:
                more = _("of {count} more", count=len(places) - _MOST_UNITS + 1)
                places = [*places[: _MOST_UNITS - 1], more]
            says.append(f"{_kink_at_units(what, place, notation, is_met=is_met)}: {_enumeration(places)}")
    functions = dict.fromkeys((_function_at(kink, network), kink.place) for kink in kinks)
    why = dict.fromkeys(_at_kink(function, place, notation) for function, place in functions)
    return f"{'; '.join(says)}. {' '.join(why)}"


def _kink_at_unit(what: str, unit: str, rows: str, place: float, notation: Notation, *, is_met: bool) -> str:
    """A clause: ``what``, z or the error, is at a kink in ``rows``, or crosses one."""
    number = f"{place:g}".replace("-", notation.minus)
    ends = {"below": f"w {notation.minus} {notation.epsilon}", "above": f"w + {notation.epsilon}"}
    # For translators: {what} is "z" or "the error", {unit} "output 1" or "hidden unit 2", {rows} "rows 3 and 4".
    if is_met:
        return _("{what} of {unit} is {number} in {rows}", what=what, unit=unit, number=number, rows=rows)
    if place:
        return _(
            "{what} of {unit} crosses {number} in {rows} between {below} and {above}",
            what=what,
            unit=unit,
            number=number,
            rows=rows,
            **ends,
        )
    return _(
        "{what} of {unit} changes its sign in {rows} between {below} and {above}",
        what=what,
        unit=unit,
        rows=rows,
        **ends,
    )


def _kink_at_units(what: str, place: float, notation: Notation, *, is_met: bool) -> str:
    """The same of several units, which the sentence lists after a colon."""
    number = f"{place:g}".replace("-", notation.minus)
    ends = {"below": f"w {notation.minus} {notation.epsilon}", "above": f"w + {notation.epsilon}"}
    # For translators: {what} is "z" or "the error"; "of hidden unit 2 in row 3 and of hidden unit 4 in row 1" follows.
    if is_met:
        return _("{what} is {number}", what=what, number=number)
    if place:
        return _("{what} crosses {number} between {below} and {above}", what=what, number=number, **ends)
    return _("{what} changes its sign between {below} and {above}", what=what, **ends)


def _function_at(kink: Kink, network: Network) -> CellFunction:
    """The function whose kink it is."""
    over_errors = summed_cost(network).over_errors
    return over_errors.function if kink.layer == OF_ERRORS and over_errors else network.activation_of(kink.layer)


def _at_kink(function: CellFunction, place: float, notation: Notation) -> str:
    """A sentence: why no slope of J can be measured at a kink of f, where f′ jumps or only f″ does."""
    just_above = place + max(abs(place) * _JUST, float(np.finfo(np.float64).tiny))
    at_kink, above = function.derivative(np.array([place, just_above])).tolist()
    if math.isclose(at_kink, above, rel_tol=_SAME):
        return _(
            "There one formula of {name} ends and another begins, so two costs can't measure the slope of J.",
            name=function.name,
        )
    number = f"{place:g}".replace("-", notation.minus)
    taken = f"{function.name}{notation.prime}({number}) = {at_kink:g}".replace("-", notation.minus)
    return _(
        "There {name} has a kink, so J has no slope to measure; backpropagation takes {taken}.",
        name=function.name,
        taken=taken,
    )


def _rows_text(rows: Sequence[int]) -> str:
    shown = [str(row) for row in rows[:_MOST_ROWS]]
    if len(rows) > _MOST_ROWS:
        shown = [*shown[:-1], _("{count} more", count=len(rows) - _MOST_ROWS + 1)]
    return ngettext("row {rows}", "rows {rows}", len(rows), rows=_enumeration(shown))


def _unit_name(layer: int, unit: int, network: Network) -> str:
    last = len(network.layers)
    if layer == last:
        return _("output {unit}", unit=unit)
    if last == 3:
        return _("hidden unit {unit}", unit=unit)
    return _("unit {unit} of layer {layer}", unit=unit, layer=layer)


def _enumeration(parts: Sequence[str]) -> str:
    *before, last = parts
    return _("{names} and {last}", names=", ".join(before), last=last) if before else last


def _weight_name(slope: MeasuredSlope, notation: Notation) -> str:
    return cell_name(Cell(*slope.place), notation)


def _epsilon_text(slope: MeasuredSlope) -> str:
    return f"{slope.epsilon:.1g}"


def _number_text(number: float, notation: Notation) -> str:
    return rounded_text(number, _DIGITS).replace("-", notation.minus)


def _told_apart(slope: float, other: float, notation: Notation) -> tuple[str, str]:
    """Two slopes that differ, with enough digits that their texts differ as well."""
    for digits in range(_SLOPE_DIGITS, _MOST_DIGITS + 1):
        texts = tuple(rounded_text(number, digits).replace("-", notation.minus) for number in (slope, other))
        if texts[0] != texts[1]:
            break
    return texts[0], texts[1]


def _slope_text(number: float, notation: Notation) -> str:
    return rounded_text(number, _SLOPE_DIGITS).replace("-", notation.minus)
