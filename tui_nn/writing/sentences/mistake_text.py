"""The words of a mistake: their form, and how what belongs to a program gets into them."""

import re

from tui_nn.frozen_dataclass import frozen_dataclass
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
    """``does`` says what such a program does, in Unicode's signs.

    In it, {detail} is what belongs to the mistake, such as a rate or a seed, and code stands between backticks.

    ``about`` are the kinds of steps whose formula is wrong, the likeliest first, or one of DATA, START, RATE, COUNT and
    PACE.
    ``r`` and ``numpy`` are the wrong line where the formula of the program can't be written as code: {Z}, {A}, {delta},
    {W} and {b} stand for the layer's matrices, {before} for the outputs of the layer before, {right} for the right
    side of the right line. They are examples unless ``is_exact``: then every program with the mistake has this line.
    ``beginning`` is the wrong line of the data or the start, where the numbers of the program don't tell it: {data} and
    {table} stand for X and x, {transposed} for the right line that draws the transpose and transposes it.
    """

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
    does = does.replace("{detail}", detail or "another one")
    return _CODE.sub(lambda code: code[1].replace(" ", NO_BREAK), does)


def detail_of(program: StudentProgram, place: int = 0) -> str:
    """What belongs to a mistake of ``program``: its learning rate, seed, number of decimals; "" if nothing does."""
    if not program.details:
        return ""
    detail = program.details[min(place, len(program.details) - 1)]
    if isinstance(detail, str):
        return detail
    return rounded_text(float(detail))
