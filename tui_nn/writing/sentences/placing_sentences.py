"""Says how a student's numbers were understood: their iteration, their form, and what is not compared."""

from collections.abc import Iterator, Sequence

from tui_nn.language import _, ngettext
from tui_nn.network.diagnosis.conventions import Convention
from tui_nn.network.diagnosis.diagnosis import Diagnosis, Digits
from tui_nn.session import limits
from tui_nn.session.homework.diagnosing import HomeworkDiagnosis
from tui_nn.session.homework.placed_numbers import LeftAside, PlacedMatrix, WhyAside
from tui_nn.session.homework.when_printed import When
from tui_nn.session.validation import shortened
from tui_nn.writing.notation.number_format import group_digits
from tui_nn.writing.notation.signs import Notation

_WHY = {
    WhyAside.UNKNOWN_NAME: _("no matrix of this lesson has such a name"),
    WhyAside.NO_SHAPE: _("no matrix of this lesson has such a shape"),
    WhyAside.NOT_NEAR: _("no name, and no matrix of this lesson has numbers near these"),
    WhyAside.IN_UNITS: _("the data in their own units, before they are scaled"),
    WhyAside.ERRORS: _("these are the errors y − ŷ, not J"),
    WhyAside.SIZES_OF_ERRORS: _("that is how large the errors y − ŷ are, not J"),
    WhyAside.TEST_ROWS: _("the name says test rows; only training rows are compared"),
    WhyAside.OTHER_ROWS: _("this iteration computes with other rows"),
    WhyAside.NO_NUMBER: _("no finite number"),
    WhyAside.TOO_MANY: _("only the first {count} matrices are compared", count=limits.COMPARED_MATRICES),
    WhyAside.NO_ITERATION: _("the lesson has no such iteration"),
}
_MOST_NAMED = 6
_MOST_LINES = 4
_DIGITS = {
    Digits.ROUNDED: "",
    Digits.CUT: _("They agree: your program cuts off the last digits in place of rounding them."),
    Digits.SINGLE: _("They agree to the digits that single precision (float32) keeps: about six."),
}


def listed(names: Sequence[str]) -> str:
    """``A``, ``A and B``, ``A, B and C``."""
    *before, end = names
    return _("{names} and {last}", names=", ".join(before), last=end) if before else end


def why_aside(why: WhyAside) -> str:
    """Why something is not compared, as a clause."""
    return _WHY.get(why, str(why))


def digits_sentence(diagnosis: Diagnosis) -> str:
    """How many digits can be compared, where that is not plainly those that were given; "" if it is."""
    if (amplified := diagnosis.amplified) is None:
        return _DIGITS[diagnosis.digits]
    iteration = group_digits(amplified.iteration)
    if not amplified.digits:
        return _(
            "From iteration {iteration} on, this lesson makes rounding errors grow: two right programs end with "
            "different numbers. Nothing can be said about these. Compare the numbers of an earlier iteration.",
            iteration=iteration,
        )
    return ngettext(
        "From iteration {iteration} on, this lesson makes rounding errors grow: two right programs agree in only "
        "{digits} digit in the last iteration given. So no more digits are compared there.",
        "From iteration {iteration} on, this lesson makes rounding errors grow: two right programs agree in only "
        "{digits} digits in the last iteration given. So no more digits are compared there.",
        amplified.digits,
        iteration=iteration,
        digits=amplified.digits,
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
    if more:
        return ngettext(
            "Not compared: {parts}; and {more} other.",
            "Not compared: {parts}; and {more} others.",
            more,
            parts="; ".join(parts),
            more=more,
        )
    return _("Not compared: {parts}.", parts="; ".join(parts))


def _called(label: str, lines: Sequence[int]) -> str:
    named = [str(line) for line in lines[:_MOST_LINES]]
    if len(lines) > len(named):
        named.append(_("{count} more", count=len(lines) - len(named)))
    if label:
        return ngettext(
            '"{label}" (line {lines})',
            '"{label}" (lines {lines})',
            len(lines),
            label=shortened(label),
            lines=listed(named),
        )
    return ngettext("the numbers of line {lines}", "the numbers of lines {lines}", len(lines), lines=listed(named))


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
    if any(said):
        unsaid = _("Your text does not say of which iteration the other numbers are.")
    else:
        unsaid = _("Your text does not say of which iteration these numbers are.")
    if iteration == last and last > 1:
        compared = _(
            "They are compared with iteration {iteration}, after the last update.", iteration=group_digits(iteration)
        )
        return f"{unsaid} {compared}"
    compared = _(
        "They come nearest to iteration {iteration}, so they are compared with that.", iteration=group_digits(iteration)
    )
    if found.diagnosis.first is None:
        return f"{unsaid} {compared}"
    advice = _("If they are of another iteration, add --iteration K.")
    return f"{unsaid} {compared} {advice}"


def place_sentences(places: Sequence[PlacedMatrix], notation: Notation) -> Iterator[str]:
    """With which matrix each one without a name is compared, and what is printed transposed."""
    unnamed = [place for place in places if not any(char.isalpha() for char in place.printed.label)]
    if unnamed:
        named = [
            _("{name} (line {line})", name=notation.name(place.name), line=place.printed.line)
            for place in unnamed[:_MOST_NAMED]
        ]
        if (more := len(unnamed) - _MOST_NAMED) > 0:
            named.append(ngettext("{more} other", "{more} others", more, more=more))
        yield _(
            "Some of your numbers have no name. By their shape, their order and their size, tui-nn takes them for "
            "{names}.",
            names=listed(named),
        )
    transposed = [
        *dict.fromkeys(
            notation.name(place.name)
            for place in places
            if place.is_transposed and not place.printed.is_list and 1 not in place.printed.numbers.shape
        )
    ]
    if transposed:
        yield _("You print {names} transposed; tui-nn allows for that.", names=listed(transposed))


def convention_sentence(convention: Convention, rows: int, learning_rate: float, *, has_mistake: bool) -> str:
    """In which form a program prints its δ and slopes, in Unicode's signs; "" if in the lesson's."""
    if convention.is_ours:
        return ""
    # For translators: {right} is one of these two in other sentences.
    right = _("that in itself is right") if has_mistake else _("that is right")
    of_delta, of_slopes, of_velocity = convention.of_delta, convention.of_slopes, convention.of_velocity
    if {of_delta, of_slopes} <= {1, -1} and of_velocity == 1:
        if of_delta == of_slopes:
            return _(
                "Your δ and gradients have the opposite sign (you take y − ŷ, and add the step): {right}.", right=right
            )
        if of_delta < 0:
            return _("Your δ have the opposite sign (you take y − ŷ, and add the step): {right}.", right=right)
        return _("Your gradients have the opposite sign (you take y − ŷ, and add the step): {right}.", right=right)
    parts = []
    if of_delta != 1:
        parts.append(_("your δ are {times} the lesson's", times=_times(of_delta, rows, None)))
    if of_slopes != 1:
        parts.append(_("your gradients are {times} the lesson's", times=_times(of_slopes, rows, learning_rate)))
    if of_velocity != 1:
        parts.append(_("your V is {factor} times the lesson's", factor="−η" if of_velocity < 0 else "η"))
    said = listed(parts)
    said = f"{said[:1].upper()}{said[1:]}"
    return _("{said}, and your updates make up for it: {right}.", said=said, right=right)


def _times(factor: float, rows: int, learning_rate: float | None) -> str:
    sign, size = ("−" if factor < 0 else ""), abs(factor)
    if size == 1:
        return _("{factor} times", factor="−1")
    if learning_rate is not None and size == learning_rate and size not in (rows, 1 / rows):
        factor_text = sign + "η"
        return _("{factor} times", factor=factor_text)
    factor_text = sign + ("N" if size == rows else "1/N")
    return _("{factor} times (N = {rows})", factor=factor_text, rows=rows)


def why_none_is_looked_for(found: HomeworkDiagnosis) -> str:
    """A sentence: why tui-nn looks for no mistake; "" if it looks for one."""
    if found.changed_before:
        return _(
            "The lesson changes its data, learning rate or weights before this iteration, so tui-nn looks for no "
            "mistake."
        )
    return ""
