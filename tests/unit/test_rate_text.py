"""The rate of an iteration is written with the formula of its schedule, and the formula gives the number."""

import math
import re

import pytest

from tui_nn.network.model.schedules import SCHEDULES
from tui_nn.session.document import Document
from tui_nn.writing.notation.schedule_text import rate_text
from tui_nn.writing.notation.signs import ASCII, COMMON, UNICODE, Notation


def test_a_rate_in_steps_is_written_as_in_the_course() -> None:
    document = Document(schedule="step", every=50, iterations=200)
    assert rate_text(document, 51, UNICODE) == "η = 5 · 0.5^⌊(51 − 1)/50⌋ = 2.5"
    assert rate_text(document, 51, ASCII) == "= 5 . 0.5^floor((51 - 1)/50) = 2.5"
    assert rate_text(Document(), 51, UNICODE) == "η = 5"


@pytest.mark.parametrize("notation", [UNICODE, COMMON, ASCII], ids=["unicode", "common", "ascii"])
@pytest.mark.parametrize("schedule", [name for name in SCHEDULES if name != "constant"])
def test_the_formula_written_gives_the_rate(schedule: str, notation: Notation) -> None:
    document = Document(schedule=schedule, every=7, iterations=40)
    for iteration in (1, 8, 37):
        formula, number = rate_text(document, iteration, notation).split(f"{notation.equals} ")[-2:]
        code = re.sub(r"⌊(.*)⌋", r"floor(\1)", formula.replace(notation.minus, "-"))
        code = code.replace(f" {notation.product} ", " * ").replace("^", "**").replace("π", "pi")
        found = eval(code, {"__builtins__": {}}, {"floor": math.floor, "cos": math.cos, "pi": math.pi})  # noqa: S307
        assert found == pytest.approx(document.moment(iteration).learning_rate, rel=1e-12)
        assert float(number) == pytest.approx(found, rel=1e-6)
