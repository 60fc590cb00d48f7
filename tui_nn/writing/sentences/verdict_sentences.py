"""Writes the verdicts of the gradient check as sentences, the same for every pane and command."""

import math
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from tui_nn.network import GradientVerdict, Kink, MeasuredSlope, Network, SlopeVerdict
from tui_nn.network.checks.kinks import KINK_OF_PENALTY, OF_ERRORS
from tui_nn.network.formulas.costs import summed_cost
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.network.model.activations.cell_function import CellFunction
from tui_nn.session.validation import counted
from tui_nn.writing.formulas.cell_formula import cell_name
from tui_nn.writing.notation.number_format import rounded_text
from tui_nn.writing.notation.signs import Notation

_DIGITS = 2
_SLOPE_DIGITS, _MOST_DIGITS = 4, 12
# Beside a kink; and within this share of each other, f′ on its two sides is the same, but for rounding.
_JUST, _SAME = 1e-15, 1e-9
_MOST_NAMES, _MOST_UNITS, _MOST_ROWS = 4, 4, 5

_WORDS = {
    SlopeVerdict.AGREE: "agrees",
    SlopeVerdict.DIFFER: "differs",
    SlopeVerdict.TOO_SMALL: "too small to measure",
    SlopeVerdict.KINK: "at a kink",
    SlopeVerdict.TOO_LARGE_EPSILON: "{epsilon} too large",
    SlopeVerdict.TOO_SMALL_EPSILON: "{epsilon} too small",
    SlopeVerdict.OVERFLOW: "overflow",
}
_NO_FAILURE = "That is no failure: it says nothing about the program."
BACKPROPAGATION = "backpropagation"
AGREEMENT = "The slopes agree."


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
    reach = f"rounding and {notation.epsilon} = {_epsilon_text(measured)} explain"
    match said:
        case SlopeVerdict.AGREE if measured.is_flat:
            return "The slopes agree: both are 0, as J does not change with this weight."
        case SlopeVerdict.AGREE:
            apart = _number_text(abs(slope - measured.numeric), notation)
            return f"{AGREEMENT[:-1]}: {apart} apart; {reach} up to {_number_text(measured.error, notation)}."
        case SlopeVerdict.DIFFER:
            said_here, numeric = _told_apart(slope, measured.numeric, notation)
            numbers = f"{program} says {said_here}, the costs say {numeric}"
            return f"The slopes differ: {numbers}; {reach} no more than {_number_text(measured.error, notation)}."
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
        every = f"all {count} slopes" if count > 1 else "the only slope"
        some = f"the {counted(measured, 'slope')} of {count} that can be measured here"
        yield f"The gradients agree: {every if measured == count else some}."
    elif said is SlopeVerdict.TOO_SMALL and len(judged.those(said)) == count:
        yield f"The gradients are too small to be measured here. {_NO_FAILURE}"
    else:
        yield f"The gradients can't be compared here: no slope can be measured. {_NO_FAILURE}"
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
            parts.append(f"{notation.name(f'dJd{name}')} in {found} of {counted(cells, 'slope')}")
    yield f"The gradients differ: {_enumeration(parts)}."
    worst, slope = max(differing, key=lambda pair: abs(pair[1] - pair[0].numeric))
    said_here, numeric = _told_apart(slope, worst.numeric, notation)
    yield (
        f"Farthest apart at {_weight_name(worst, notation)}: {program} says {said_here}, the costs say {numeric}; "
        f"rounding and {notation.epsilon} = {_epsilon_text(worst)} "
        f"explain no more than {_number_text(worst.error, notation)}."
    )


def _left_out_sentence(
    found: Sequence[MeasuredSlope], verdict: SlopeVerdict, network: Network, iteration: int, notation: Notation
) -> str:
    """A sentence: which slopes are left out, and why the first of them."""
    why = _why_not_measured(verdict, found[0], network, iteration, notation)
    if len(found) == 1:
        return f"Left out: {why}"
    names = [_weight_name(slope, notation) for slope in found[:_MOST_NAMES]]
    if len(found) > _MOST_NAMES:
        names = [*names[:-1], f"{len(found) - _MOST_NAMES + 1} more"]
    if verdict is SlopeVerdict.KINK:
        why = _kinks_sentence((kink for slope in found for kink in slope.kinks), network, notation)
        return f"Left out, {verdict_words(verdict, notation)}: {_enumeration(names)}: {why}"
    return f"Left out, {verdict_words(verdict, notation)}: {_enumeration(names)}. {why}"


def _why_not_measured(
    verdict: SlopeVerdict, slope: MeasuredSlope, network: Network, iteration: int, notation: Notation
) -> str:
    """A sentence: what prevents a measurement, and what to do about it."""
    name, epsilon = _weight_name(slope, notation), notation.epsilon
    above, below = f"w + {epsilon}", f"w {notation.minus} {epsilon}"
    better = f" Choose {epsilon} = {slope.better:g}." if slope.better else ""
    match verdict:
        case SlopeVerdict.TOO_SMALL:
            size = f"about {_number_text(slope.right, notation)}" if slope.right else "0"
            advice = " Choose an earlier iteration, where slopes are larger." if iteration > 1 else ""
            lost = f"With {epsilon} = {_epsilon_text(slope)}, {_lost_digits(slope, notation)}"
            return f"{name}: the slope is too small to be measured here. It is {size}. {lost}.{advice}"
        case SlopeVerdict.KINK:
            return f"{name}: {_kinks_sentence(slope.kinks, network, notation)}{better}"
        case SlopeVerdict.TOO_LARGE_EPSILON:
            bends = f"J bends too much from {below} to {above} for the quotient to be its slope"
            return f"{name}: {epsilon} = {_epsilon_text(slope)} is too large: {bends}.{better}"
        case SlopeVerdict.TOO_SMALL_EPSILON if math.isfinite(slope.error):
            return f"{name}: {epsilon} = {_epsilon_text(slope)} is too small: {_lost_digits(slope, notation)}.{better}"
        case SlopeVerdict.TOO_SMALL_EPSILON:
            weight = _number_text(slope.weight, notation)
            return (
                f"{name}: {epsilon} = {_epsilon_text(slope)} is too small beside w = {weight}: "
                f"a double has no digits for {above}.{better}"
            )
    return f"{name}: J or its slope is too large a number, or becomes so at {above} or {below}."


def _lost_digits(slope: MeasuredSlope, notation: Notation) -> str:
    """A clause: how much J changes from w − ε to w + ε, and how much of that change rounding alone can make."""
    epsilon, about = notation.epsilon, "≈" if notation.unicode else "="
    change, noise = (_number_text(2 * slope.epsilon * size, notation) for size in (abs(slope.right), slope.error))
    changes = f"J changes by {change} from w {notation.minus} {epsilon} to w + {epsilon}"
    part = (
        f", {_number_text(100 * slope.error / abs(slope.right), notation)} % of that"
        if slope.error < abs(slope.right)
        else ""
    )
    return f"{changes}, but rounding alone can change J {about} {_number_text(slope.cost, notation)} by {noise}{part}"


def _kinks_sentence(kinks: Iterable[Kink], network: Network, notation: Notation) -> str:
    """Sentences: which z or errors are at a kink, in which rows, and why J then has no slope to measure."""
    kinks = set(kinks)
    if KINK_OF_PENALTY in kinks:
        return (
            "w is 0. There |w|, which the penalty counts, has a kink, so J has no slope to measure; "
            "backpropagation takes sign(0) = 0."
        )
    kinks = sorted(kinks, key=lambda kink: (not kink.is_met, kink.layer, kink.unit, kink.row))
    rows: dict[tuple[bool, bool, float], dict[str, list[int]]] = {}
    for kink in kinks:
        unit = _unit_name(kink.layer or len(network.layers), kink.unit, network)
        units = rows.setdefault((kink.is_met, kink.layer == OF_ERRORS, kink.place), {})
        units.setdefault(unit, []).append(kink.row)
    between = f" between w {notation.minus} {notation.epsilon} and w + {notation.epsilon}"
    says = []
    for (is_met, is_of_errors, place), units in rows.items():
        number = f"{place:g}".replace("-", notation.minus)
        does = f"is {number}" if is_met else f"crosses {number}" if place else "changes its sign"
        what, when = "the error" if is_of_errors else "z", "" if is_met else between
        found = [(unit_name, _rows_text(at)) for unit_name, at in units.items()]
        if len(found) == 1:
            ((unit_name, in_rows),) = found
            says.append(f"{what} of {unit_name} {does} in {in_rows}{when}")
        else:
            places = [f"of {unit_name} in {in_rows}" for unit_name, in_rows in found]
            if len(places) > _MOST_UNITS:
                places = [*places[: _MOST_UNITS - 1], f"of {len(places) - _MOST_UNITS + 1} more"]
            says.append(f"{what} {does}{when}: {_enumeration(places)}")
    functions = dict.fromkeys((_function_at(kink, network), kink.place) for kink in kinks)
    why = dict.fromkeys(_at_kink(function, place, notation) for function, place in functions)
    return f"{'; '.join(says)}. {' '.join(why)}"


def _function_at(kink: Kink, network: Network) -> CellFunction:
    """The function whose kink it is."""
    over_errors = summed_cost(network).over_errors
    return over_errors.function if kink.layer == OF_ERRORS and over_errors else network.activation_of(kink.layer)


def _at_kink(function: CellFunction, place: float, notation: Notation) -> str:
    """A sentence: why no slope of J can be measured at a kink of f, where f′ jumps or only f″ does."""
    just_above = place + max(abs(place) * _JUST, float(np.finfo(np.float64).tiny))
    at_kink, above = function.derivative(np.array([place, just_above])).tolist()
    if math.isclose(at_kink, above, rel_tol=_SAME):
        name = function.name
        return f"There one formula of {name} ends and another begins, so two costs can't measure the slope of J."
    number = f"{place:g}".replace("-", notation.minus)
    taken = f"{function.name}{notation.prime}({number}) = {at_kink:g}".replace("-", notation.minus)
    return f"There {function.name} has a kink, so J has no slope to measure; backpropagation takes {taken}."


def _rows_text(rows: Sequence[int]) -> str:
    shown = [str(row) for row in rows[:_MOST_ROWS]]
    if len(rows) > _MOST_ROWS:
        shown = [*shown[:-1], f"{len(rows) - _MOST_ROWS + 1} more"]
    return f"row{'' if len(rows) == 1 else 's'} {_enumeration(shown)}"


def _unit_name(layer: int, unit: int, network: Network) -> str:
    last = len(network.layers)
    if layer == last:
        return f"output {unit}"
    return f"hidden unit {unit}" if last == 3 else f"unit {unit} of layer {layer}"


def _enumeration(parts: Sequence[str]) -> str:
    *before, last = parts
    return f"{', '.join(before)} and {last}" if before else last


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
