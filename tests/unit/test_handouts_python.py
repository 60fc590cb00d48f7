"""The program for Python, in fresh processes that have numpy and nothing else: it prints what the session computes."""

import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.unit.handed_out import LESSONS, NASTY, of, written
from tests.unit.programs_handed_out import (
    PROGRAMS,
    SHUFFLED,
    answer_of,
    check_against_the_session,
    check_the_matrices,
    check_the_test_rows,
)
from tui_nn.handouts.programs.program_batches import sampling_in_python
from tui_nn.handouts.programs.program_parts import ProgramPlan
from tui_nn.network import Dataset
from tui_nn.session.document import Document
from tui_nn.session.state import State

# Each program in a room of its own, so that none sees what another has left.
_ALL = """
import runpy, sys
for file in sys.argv[1:]:
    print("====")
    runpy.run_path(file)
"""


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """A Python that finds numpy and nothing else that was installed."""
    folder = tmp_path_factory.mktemp("packages")
    installed = Path(np.__file__).parent
    for name in (installed.name, "numpy.libs"):
        if (installed.parent / name).exists():
            (folder / name).symlink_to(installed.parent / name)
    begin = f"import sys; sys.path.append({str(folder)!r}); sys.argv[:] = sys.argv[1:]; exec(sys.argv[0])"
    return (sys.executable, "-I", "-S", "-W", "error", "-c", begin)


def _program(folder: Path, text: str, name: str = "program.py") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_python_prints_the_numbers_of_every_lesson(python: tuple[str, ...], tmp_path: Path) -> None:
    files = [_program(tmp_path, written(state, "python"), f"{i}.py") for i, state in enumerate(PROGRAMS.values())]
    answers = dict(zip(PROGRAMS, answer_of((*python, _ALL), *files).split("====\n")[1:], strict=True))
    for name, state in PROGRAMS.items():
        check_against_the_session(state, answers[name])
    check_the_test_rows(answers)


def test_the_program_needs_nothing_but_numpy(python: tuple[str, ...], tmp_path: Path) -> None:
    program = _program(tmp_path, written(LESSONS["edits on the way"], "python"))
    asked = "runpy.run_path(file)\n    print('tui_nn' in sys.modules, [m for m in sys.modules if 'site-packages' in m])"
    assert answer_of((*python, _ALL.replace("runpy.run_path(file)", asked)), program).endswith("\nFalse []\n")
    result = subprocess.run([*python, "import tui_nn"], capture_output=True, encoding="utf-8", check=False)
    assert "No module named 'tui_nn'" in result.stderr


@pytest.mark.parametrize(
    ("state", "iteration", "step"),
    [(LESSONS["edits on the way"], 40, ""), (LESSONS["edits on the way"], 40, "delta2"), (SHUFFLED, 22, "")],
)
def test_the_matrices_of_an_iteration_are_printed_where_it_is_asked_for(
    state: State, iteration: int, step: str, python: tuple[str, ...], tmp_path: Path
) -> None:
    program = _program(tmp_path, written(state, "python", iteration, step))
    check_the_matrices(state, iteration, step, answer_of((*python, _ALL), program).removeprefix("====\n"))


def test_the_program_shuffles_as_r_does() -> None:
    program: dict[str, Any] = {"random": random}
    exec(sampling_in_python(ProgramPlan(SHUFFLED.plan)), program)  # noqa: S102 - the text is the house's own
    set_seed, sample = program["set_seed"], program["sample"]
    # Source: R 4.2, set.seed(-3), then sample(8) twice; and set.seed(1), then sample(65537) twice.
    twister = set_seed(-3)
    assert [row + 1 for row in sample(twister, 8)] == [2, 4, 6, 5, 1, 8, 7, 3]
    assert [row + 1 for row in sample(twister, 8)] == [2, 7, 5, 6, 8, 4, 1, 3]
    twister = set_seed(1)
    assert [row + 1 for row in sample(twister, 65537)[:3]] == [24388, 59521, 58877]
    assert sample(twister, 65537)[-1] + 1 == 52499


def test_names_are_text_to_python(python: tuple[str, ...], tmp_path: Path) -> None:
    # The first two lines of a program may declare its encoding; a title must not.
    title = "coding: latin-1 é"
    data = Dataset(np.eye(3), np.eye(3)[:, :1], NASTY, NASTY[1:2], "none", "none")
    source = written(of(Document(title, data, iterations=2)), "python") + "print(ascii([*x_names, *y_names]))\n"
    assert answer_of((*python, _ALL), _program(tmp_path, source)).splitlines()[-1] == ascii([*NASTY, NASTY[1]])


def test_a_run_that_overflows_at_once_stops_with_a_sentence(python: tuple[str, ...], tmp_path: Path) -> None:
    state = of(Document(output_activation="identity", learning_rate=1.7e308, iterations=5))
    program = _program(tmp_path, written(state, "python"))
    done = subprocess.run([*python, _ALL, program], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert done.stderr == "The run ends at iteration 1: W2_next is too large a number.\n"
