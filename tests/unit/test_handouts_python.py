"""The program for Python, in fresh processes that have numpy and nothing else: it prints what the session computes."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.unit.handed_out import (
    LESSONS,
    NASTY,
    PROGRAMS,
    answer_of,
    check_against_the_session,
    of,
    printed,
    run_of,
    written,
)
from tui_nn.network import Dataset
from tui_nn.session.document import Document

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
    answers = answer_of((*python, _ALL), *files).split("====\n")[1:]
    for state, answer in zip(PROGRAMS.values(), answers, strict=True):
        check_against_the_session(state, answer)


def test_the_program_needs_nothing_but_numpy(python: tuple[str, ...], tmp_path: Path) -> None:
    program = _program(tmp_path, written(LESSONS["edits on the way"], "python"))
    asked = "runpy.run_path(file)\n    print('tui_nn' in sys.modules, [m for m in sys.modules if 'site-packages' in m])"
    assert answer_of((*python, _ALL.replace("runpy.run_path(file)", asked)), program).endswith("\nFalse []\n")
    result = subprocess.run([*python, "import tui_nn"], capture_output=True, encoding="utf-8", check=False)
    assert "No module named 'tui_nn'" in result.stderr


@pytest.mark.parametrize("step", ["", "delta2"])
def test_the_matrices_of_an_iteration_are_printed_where_it_is_asked_for(
    step: str, python: tuple[str, ...], tmp_path: Path
) -> None:
    state = LESSONS["edits on the way"]
    answer = answer_of((*python, _ALL), _program(tmp_path, written(state, "python", 40, step))).removeprefix("====\n")
    check_against_the_session(state, answer)
    found, computed = printed(answer), run_of(state).pass_at(40)
    known = {name: found[name] for name in computed.matrices if name in found}
    assert ("dJdW1" in known) == ("W2_next" in known) == (not step)
    assert {"X", "Y", "W1", "b2", "Z2", "J", "delta3", "delta2"} <= known.keys()
    for name, matrix in known.items():
        np.testing.assert_allclose(matrix, computed[name], rtol=0, atol=1e-9, err_msg=name)


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
