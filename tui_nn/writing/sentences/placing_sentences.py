"""Says how a student's numbers were understood: their iteration, their form, and what is not compared."""

from collections.abc import Iterator, Sequence

from tui_nn.network.diagnosis.conventions import Convention
from tui_nn.network.diagnosis.diagnosis import Diagnosis, Digits
from tui_nn.session import limits
from tui_nn.session.homework.diagnosing import HomeworkDiagnosis
from tui_nn.session.homework.placed_numbers import LeftAside, PlacedMatrix, WhyAside
from tui_nn.session.homework.when_printed import When
from tui_nn.session.validation import counted, shortened
from tui_nn.writing.notation.number_format import group_digits
from tui_nn.writing.notation.signs import Notation

_WHY = {
    WhyAside.UNKNOWN_NAME: "no matrix of this lesson has such a name",
    WhyAside.NO_SHAPE: "no matrix of this lesson has such a shape",
    WhyAside.NOT_NEAR: "no name, and no matrix of this lesson has numbers near these",
    WhyAside.IN_UNITS: "the data in their own units, before they are scaled",
    WhyAside.ERRORS: "these are the errors y − ŷ, not J",
    WhyAside.SIZES_OF_ERRORS: "that is how large the errors y − ŷ are, not J",
    WhyAside.TEST_ROWS: "the name says test rows; only training rows are compared",
    WhyAside.OTHER_ROWS: "this iteration computes with other rows",
    WhyAside.NO_NUMBER: "no finite number",
    WhyAside.TOO_MANY: f"only the first {limits.COMPARED_MATRICES} matrices are compared",
    WhyAside.NO_ITERATION: "the lesson has no such iteration",
}
_MOST_NAMED = 6
_MOST_LINES = 4
_DIGITS = {
    Digits.ROUNDED: "",
    Digits.CUT: "They agree: your program cuts off the last digits in place of rounding them.",
    Digits.SINGLE: "They agree to the digits that single precision (float32) keeps: about six.",
}


def listed(names: Sequence[str], last: str = "and") -> str:
    """``A``, ``A and B``, ``A, B and C``."""
    *before, end = names
    return f"{', '.join(before)} {last} {end}" if before else end


def why_aside(why: WhyAside) -> str:
    """Why something is not compared, as a clause."""
    return _WHY.get(why, str(why))


def digits_sentence(diagnosis: Diagnosis) -> str:
    """How many digits can be compared, where that is not plainly those that were given; "" if it is."""
    if (amplified := diagnosis.amplified) is None:
        return _DIGITS[diagnosis.digits]
    begin = f"From iteration {group_digits(amplified.iteration)} on, this lesson makes rounding errors grow"
    if not amplified.digits:
        return (
            f"{begin}: two right programs end with different numbers. Nothing can be said about these. "
            "Compare the numbers of an earlier iteration."
        )
    return (
        f"{begin}: two right programs agree in only {counted(amplified.digits, 'digit')} in the last iteration given. "
        "So no more digits are compared there."
    )


def aside_sentence(aside: Sequence[LeftAside]) -> str:
    """What is not compared, and why: each reason once, and each name once with all its lines."""
    lines = dict[tuple[WhyAside, str], list[int]]()
    for one in aside:
        lines.setdefault((one.why, one.printed.label.strip()), []).append(one.printed.line)
    shown = [*lines.items()][: _MOST_NAMED if len(lines) > _MOST_NAMED + 1 else None]
    called = dict[WhyAside, list[str]]()
    for (why, label), of_label in shown:
        called.setdefault(why, []).append(_called(label, of_label))
    parts = [f"{listed(names)}: {why_aside(why)}" for why, names in called.items()]
    more = len(lines) - len(shown)
    others = f"; and {counted(more, 'other')}" if more else ""
    return f"Not compared: {'; '.join(parts)}{others}."


def _called(label: str, lines: Sequence[int]) -> str:
    named = [str(line) for line in lines[:_MOST_LINES]]
    if len(lines) > len(named):
        named.append(f"{len(lines) - len(named)} more")
    where = f"{'line' if len(lines) == 1 else 'lines'} {listed(named)}"
    return f'"{shortened(label)}" ({where})' if label else f"the numbers of {where}"


def iteration_sentence(found: HomeworkDiagnosis, last: int) -> str:
    """Of which iteration the numbers are taken to be, if nobody said it; "" if somebody did."""
    if not found.is_assumed:
        return ""
    iteration = found.placed.iteration
    said = [
        place.printed.iteration is not None or place.printed.when in (When.START, When.END)
        for place in found.placed.places
    ]
    if all(said):
        return ""
    # Numbers that agree with another iteration are compared with that.
    free = {place.iteration for place, is_said in zip(found.placed.places, said, strict=True) if not is_said}
    iteration = iteration if iteration in free else min(free)
    which = f"iteration {group_digits(iteration)}"
    them = "these" if not any(said) else "the other"
    if iteration == last and last > 1:
        compared = f"They are compared with {which}, after the last update."
    else:
        compared = f"They come nearest to {which}, so they are compared with that."
    compared = f"Your text does not say of which iteration {them} numbers are. {compared}"
    if found.diagnosis.first is None or (iteration == last and last > 1):
        return compared
    return f"{compared} If they are of another iteration, add --iteration K."


def place_sentences(places: Sequence[PlacedMatrix], notation: Notation) -> Iterator[str]:
    """With which matrix each one without a name is compared, and what is printed transposed."""
    unnamed = [place for place in places if not any(char.isalpha() for char in place.printed.label)]
    if unnamed:
        named = [f"{notation.name(place.name)} (line {place.printed.line})" for place in unnamed[:_MOST_NAMED]]
        if len(unnamed) > _MOST_NAMED:
            named.append(counted(len(unnamed) - _MOST_NAMED, "other"))
        yield (
            "Some of your numbers have no name. By their shape, their order and their size, tui-nn takes them for "
            f"{listed(named)}."
        )
    transposed = [
        *dict.fromkeys(
            notation.name(place.name)
            for place in places
            if place.is_transposed and not place.printed.is_list and 1 not in place.printed.numbers.shape
        )
    ]
    if transposed:
        yield f"You print {listed(transposed)} transposed; tui-nn allows for that."


def convention_sentence(convention: Convention, rows: int, learning_rate: float, *, has_mistake: bool) -> str:
    """In which form a program prints its δ and slopes, in Unicode's signs; "" if in the lesson's."""
    if convention.is_ours:
        return ""
    right = "that in itself is right" if has_mistake else "that is right"
    of_delta, of_slopes, of_velocity = convention.of_delta, convention.of_slopes, convention.of_velocity
    if {of_delta, of_slopes} <= {1, -1} and of_velocity == 1:
        both = of_delta == of_slopes
        what = "δ and gradients" if both else "δ" if of_delta < 0 else "gradients"
        return f"Your {what} have the opposite sign (you take y − ŷ, and add the step): {right}."
    parts = []
    if of_delta != 1:
        parts.append(f"your δ are {_times(of_delta, rows, None)} the lesson's")
    if of_slopes != 1:
        parts.append(f"your gradients are {_times(of_slopes, rows, learning_rate)} the lesson's")
    if of_velocity != 1:
        parts.append(f"your V is {'−' if of_velocity < 0 else ''}η times the lesson's")
    said = listed(parts)
    return f"{said[:1].upper()}{said[1:]}, and your updates make up for it: {right}."


def _times(factor: float, rows: int, learning_rate: float | None) -> str:
    sign, size = ("−" if factor < 0 else ""), abs(factor)
    if size == 1:
        return "−1 times"
    if learning_rate is not None and size == learning_rate and size not in (rows, 1 / rows):
        return f"{sign}η times"
    return f"{sign}N times (N = {rows})" if size == rows else f"{sign}1/N times (N = {rows})"


def why_none_is_looked_for(found: HomeworkDiagnosis) -> str:
    """A sentence: why tui-nn looks for no mistake; "" if it looks for one."""
    if found.changed_before:
        return (
            "The lesson changes its data, learning rate or weights before this iteration, so tui-nn looks for no "
            "mistake."
        )
    return ""
