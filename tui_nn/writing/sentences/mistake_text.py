"""The words of a mistake: their form, and how what belongs to a program gets into them."""

import re

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _, ngettext
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.writing.notation.number_format import rounded_text

NO_BREAK = "\u00a0"
_CODE = re.compile(r"`([^`]+)`")
_IN_BRACKETS = re.compile(r" \(\{detail\}[^)]*\)")

DATA, START, RATE, COUNT, PACE = "data", "start", "rate", "count", "pace"
"""What a mistake may be about besides a formula: the data, the start, the learning rate, the number of iterations.

PACE: the schedule, the batches, or the numbers of the optimizer.
"""


@frozen_dataclass
class MistakeText:
    """``name`` is the mistake's, as the user reads it; ``does`` says what such a program does, in Unicode's signs.

    In it, {detail} is what belongs to the mistake, such as a rate or a seed, and code stands between backticks.

    ``about`` are the kinds of steps whose formula is wrong, the likeliest first, or one of DATA, START, RATE, COUNT and
    PACE.
    ``r`` and ``numpy`` are the wrong line where the formula of the program can't be written as code: {Z}, {A}, {delta},
    {W} and {b} stand for the layer's matrices, {before} for the outputs of the layer before, {right} for the right
    side of the right line. They are examples unless ``is_exact``: then every program with the mistake has this line.
    ``beginning`` is the wrong line of the data or the start, where the numbers of the program don't tell it: {data} and
    {table} stand for X and x, {transposed} for the right line that draws the transpose and transposes it.
    """

    name: str
    does: str
    about: tuple[str, ...]
    r: str = ""
    numpy: str = ""
    beginning: str = ""
    is_exact: bool = False


def what_it_does(text: MistakeText, program: StudentProgram, place: int = 0) -> str:
    """What ``program`` does, which has the mistake of ``text``, in Unicode's signs.

    ``place`` is the mistake's among those of ``program``, from 0. Blanks in code are `NO_BREAK`: no line ends there.
    """
    return what_it_does_with(text, detail_of(program, place))


def what_it_does_with(text: MistakeText, detail: str) -> str:
    """What a program with the mistake of ``text`` does; ``detail`` is what belongs to the mistake, or ""."""
    does = text.does if detail else _IN_BRACKETS.sub("", text.does)
    # For translators: in place of a rate, a seed or a number that is not known.
    does = does.replace("{detail}", shown_detail(detail) or _("another one"))
    return _CODE.sub(lambda code: code[1].replace(" ", NO_BREAK), does)


# Details are kept in the file of a lesson, so they are in English until they are shown.
_WORDS = {
    "one iteration too early": _("one iteration too early"),
    "one iteration too late": _("one iteration too late"),
    "by epochs, not by iterations": _("by epochs, not by iterations"),
    "they are dealt as they are listed": _("they are dealt as they are listed"),
    "every epoch has the order of the first one": _("every epoch has the order of the first one"),
    "an epoch goes from the last batch to the first": _("an epoch goes from the last batch to the first"),
    "the smaller batch at the end of an epoch is left out": _("the smaller batch at the end of an epoch is left out"),
    "the rows left at the end of an epoch go into the next batch": _(
        "the rows left at the end of an epoch go into the next batch"
    ),
    "all rows": _("all rows"),
}
_SEED = re.compile(r"they are shuffled, with the seed (\d+)")
_ROWS = re.compile(r"(\d+) rows?")
_EXCHANGED = re.compile(r"(\w+) and (\w+) exchanged")


def shown_detail(detail: str) -> str:
    """What belongs to a mistake, in the user's language; numbers and names of settings stay as they are."""
    if found := _SEED.fullmatch(detail):
        return _("they are shuffled, with the seed {seed}", seed=found[1])
    if found := _ROWS.fullmatch(detail):
        return ngettext("{rows} row", "{rows} rows", int(found[1]), rows=found[1])
    if found := _EXCHANGED.fullmatch(detail):
        return _("{first} and {second} exchanged", first=found[1], second=found[2])
    return _WORDS.get(detail, detail)


def detail_of(program: StudentProgram, place: int = 0) -> str:
    """What belongs to a mistake of ``program``: its learning rate, seed, number of decimals; "" if nothing does."""
    if not program.details:
        return ""
    detail = program.details[min(place, len(program.details) - 1)]
    if isinstance(detail, str):
        return detail
    return rounded_text(float(detail))
