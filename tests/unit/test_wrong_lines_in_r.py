"""R computes with each wrong line what the program with that mistake computes."""

import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice

import numpy as np

from tests.programs import needs
from tui_nn.handouts.programs.lines_in_r import LinesInR
from tui_nn.handouts.programs.program_functions import functions_in_r
from tui_nn.network import ACTIVATIONS
from tui_nn.network.diagnosis.explanations import Explanation
from tui_nn.network.diagnosis.mistakes import CATALOGUE
from tui_nn.network.diagnosis.program_run import ProgramRun, ProgramStopped, Work
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.optimizers.update_rule import LEARNING_RATE
from tui_nn.network.formulas.steps import STEPS_OF_UPDATE
from tui_nn.network.model.array import Array
from tui_nn.network.model.optimizer import SETTINGS
from tui_nn.session.document import Document
from tui_nn.session.homework.diagnosing import right_program
from tui_nn.session.storage import bundled_lessons
from tui_nn.session.storage.session_file import read
from tui_nn.writing.notation.signs import UNICODE
from tui_nn.writing.reports.diagnosis_explanation import ExplanationWriter

_WAYS = 26
_NUMBERS = ("learning_rate", "l1", "l2", *SETTINGS)
# Sums over the iterations, a second pass, and what R's vectors do where these are matrices, need more than one line.
_MORE = ("gradient not reset", "forward pass again between the updates", "cost after the update",
         "elementwise for matrix product", "filled by rows", "bias recycled down the columns")  # fmt: skip


_LESSON = read(bundled_lessons.bundled()["homework-biases"]).state.plan.document
_OF_COURSE = replace(_LESSON, schedule="exponential", decay=0.9, batch_size=2)


@needs("Rscript", called="R")
def test_wrong_lines_compute_the_numbers_of_the_mistake() -> None:
    tried = [*_tried(_LESSON)]
    assert len(tried) > 300
    of_optimizers = [
        one
        for optimizer in ("adam", "nesterov", "rmsprop")
        for one in _tried(replace(_OF_COURSE, optimizer=optimizer), iteration=4, of_update=True)
    ]
    assert len(of_optimizers) > 60
    tried += of_optimizers
    functions = [functions_in_r(one) for name, one in ACTIVATIONS.items() if name != "softmax"]
    code = "\n".join([*functions, *(one for _, one in tried)])
    done = subprocess.run(["Rscript", "--vanilla", "-"], input=code, capture_output=True, encoding="utf-8", check=True)
    wrong = [said for (said, _), line in zip(tried, done.stdout.splitlines(), strict=True) if line.strip() != "TRUE"]
    assert not wrong


def _tried(document: Document, iteration: int = 1, *, of_update: bool = False) -> Iterator[tuple[str, str]]:
    """A mistake and its line; and what R prints TRUE for if the line computes the numbers of the program.

    With ``of_update`` only mistakes in the rate, and in the steps from the slopes to the update.
    """
    writer = ExplanationWriter(document, UNICODE.for_network(document.network), LinesInR())
    right = right_program(document)
    of_optimizer = {one.name for one in right.formulas if one.step.kind in STEPS_OF_UPDATE}
    for mistake in CATALOGUE:
        for program in islice(mistake.programs(right), 0 if mistake.name in _MORE else _WAYS):
            (told,) = writer.mistakes(Explanation((mistake,), program, 0.0))
            name = (told.wrong.splitlines()[-1] if told.formula and told.wrong else told.wrong).split(" ")[0]
            values = {} if told.is_example or program.offset else _reached(program, iteration)
            if of_update and name not in {LEARNING_RATE, *of_optimizer}:
                continue
            if "<- function" in told.wrong:
                name, line = told.matrices[0], f"{told.wrong}; {writer.line_of(told.matrices[0])}"
            else:
                line = told.wrong
            if name in values:
                known = [
                    f"{one} <- {_matrix(values.get(f'{name}_previous', cells) if one == name else cells)}"
                    for one, cells in values.items()
                    if one.isidentifier() and one not in _NUMBERS
                ]
                known += [f"{one} <- {program.number(one, iteration)!r}" for one in values.keys() & {*SETTINGS}]
                known += [f"i <- {iteration}", f"epoch <- {program.epochs.epoch_of(iteration)}"]
                known += [f"learning_rate <- {program.number(LEARNING_RATE, iteration)!r}"]
                known += [f"x <- {_matrix(document.dataset.x)}", f"y <- {_matrix(document.dataset.y)}"]
                same = f"isTRUE(all.equal(c({name}), c({_matrix(values[name])}), tolerance = 1e-9))"
                tried = f"local({{{'; '.join(known)}; {line}; {same}}})"
                yield f"{mistake.name}: {told.wrong}", f"cat(tryCatch({tried}, error = conditionMessage), '\\n')"


def _reached(program: StudentProgram, iteration: int) -> Mapping[str, Array]:
    """The matrices of an iteration, as far as the program gets."""
    try:
        return ProgramRun(program, Work(np.inf, np.inf)).at(iteration)
    except ProgramStopped as stopped:
        return stopped.values


def _matrix(cells: Array) -> str:
    table = np.atleast_2d(cells)
    numbers = ", ".join(
        f"{cell:.17g}".replace("nan", "NaN").replace("inf", "Inf") for cell in table.ravel(order="F").tolist()
    )
    return f"matrix(c({numbers}), {table.shape[0]}, {table.shape[1]})"
