"""Where each mistake of the catalogue acts: in a matrix whose formula, data or start it changes."""

import numpy as np
import pytest

from tests.unit.helpers import lesson
from tui_nn.handouts.programs.lines_in_r import LinesInR
from tui_nn.network.diagnosis.explanations import Explanation
from tui_nn.network.diagnosis.mistakes import CATALOGUE, ProgramMistake
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.optimizers.update_rule import LEARNING_RATE
from tui_nn.session.compared_numbers import MistakeLines
from tui_nn.writing.reports.mistake_lines import mistake_lines

_DOCUMENT = lesson("homework-gradients")
_RIGHT = StudentProgram.right(_DOCUMENT.network, _DOCUMENT.dataset, _DOCUMENT.start, _DOCUMENT.learning_rate)
_POSSIBLE = {mistake.name: mistake for mistake in CATALOGUE if next(mistake.programs(_RIGHT), None)}


def _lines(*mistakes: ProgramMistake) -> tuple[MistakeLines, ...]:
    program = _RIGHT
    for mistake in mistakes:
        program = next(mistake.programs(program))
    (lines,) = mistake_lines(_DOCUMENT, [Explanation(mistakes, program, 0.0)], LinesInR())
    return lines


@pytest.mark.parametrize("mistake", _POSSIBLE.values(), ids=lambda mistake: mistake.name)
def test_a_mistake_acts_where_the_program_is_another_one(mistake: ProgramMistake) -> None:
    program = next(mistake.programs(_RIGHT))
    (one,) = _lines(mistake)
    formulas = [{equation.name: equation.expression for equation in each.formulas} for each in (program, _RIGHT)]
    tables = [{**each.known(1), **each.parameters} for each in (program, _RIGHT)]
    if one.acts_in in formulas[1]:
        assert formulas[0][one.acts_in] != formulas[1][one.acts_in]
        # A slip in the definition of f or f′ is shown where the program defines it.
        assert one.right.startswith((f"{one.acts_in} <- ", "sigmoid"))
    elif one.acts_in in tables[1]:
        assert not np.array_equal(tables[0][one.acts_in], tables[1][one.acts_in])
    elif one.acts_in:
        assert one.acts_in == LEARNING_RATE
        assert formulas[0]["W1_next"] != formulas[1]["W1_next"]
    else:
        assert program.offset


def test_each_of_two_mistakes_has_its_own_place_and_its_own_lines() -> None:
    derivative, bias = _lines(_POSSIBLE["derivative at a instead of z"], _POSSIBLE["bias gradient averaged"])
    assert derivative == (
        "delta3",
        "delta3 <- -(Y - Y_hat) * sigmoidprime(Z3)",
        "delta3 <- -(Y - Y_hat) * sigmoidprime(Y_hat)",
        "",
    )
    assert bias == ("dJdb2", "dJdb2 <- t(colSums(delta3))", "", "dJdb2 <- colMeans(delta3)")
