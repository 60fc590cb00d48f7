"""Sentences of a program, which are in English whatever the user's language is, as its names are."""

from tui_nn.network import PROMISED, UNIFORM, Agreement, Start
from tui_nn.writing.notation.number_format import group_digits, shortest_text


def distribution_sentence(start: Start) -> str:
    """The distribution that the weights are drawn from, in ASCII: ``uniform on (0, 1)``."""
    first, second = map(shortest_text, start.numbers_of_distribution)
    if spread := start.spread:
        after = " and after" if spread.is_of_both_sides else ""
        written = f"sqrt({spread.variance} / units before{after})"
        return f"uniform on (-a, a), a = {written}" if start.distribution == UNIFORM else f"normal with sd {written}"
    if start.distribution == UNIFORM:
        return f"uniform on ({first}, {second})"
    return "standard normal" if (first, second) == ("0", "1") else f"normal with mean {first} and sd {second}"


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
            after += f", from iteration {group_digits(last)} on {digits} {'digit' if digits == 1 else 'digits'}"
    return (
        f"From iteration {group_digits(first)} on the run amplifies rounding: {after}. Another program, or another "
        "processor, may show other digits there."
    )
