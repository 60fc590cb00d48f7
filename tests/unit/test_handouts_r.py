"""The program for R, run by R: it prints what the session computes."""

import subprocess
from pathlib import Path

import numpy as np
import pytest

from tests.programs import needs
from tests.unit.handed_out import LESSONS, NASTY, of, written
from tests.unit.programs_handed_out import (
    PROGRAMS,
    SHUFFLED,
    answer_of,
    check_against_the_session,
    check_the_matrices,
    check_the_test_rows,
    printed,
)
from tui_nn.network import Dataset
from tui_nn.session.document import Document

pytestmark = needs("Rscript", called="R")

_R = ("Rscript", "--vanilla")
# Each program in a room of its own, so that none sees what another has left.
_ALL = 'for (file in commandArgs(TRUE)) { cat("====\\n"); sys.source(file, new.env()) }'


def _program(folder: Path, text: str, name: str = "program.R") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_r_prints_the_numbers_of_every_lesson(tmp_path: Path) -> None:
    files = [_program(tmp_path, written(state, "r"), f"{i}.R") for i, state in enumerate(PROGRAMS.values())]
    answers = dict(zip(PROGRAMS, answer_of((*_R, "-e", _ALL), *files).split("====\n")[1:], strict=True))
    for name, state in PROGRAMS.items():
        check_against_the_session(state, answers[name])
    check_the_test_rows(answers)
    # Source: what the lecture prints.
    assert np.round(printed(answers["lecture"])["W1 after the last update"], 7).tolist() == [
        [2.1169800, 1.6157951, -1.4547416],
        [-0.7233191, 0.4304933, -0.6199876],
    ]


def test_the_matrices_of_an_iteration_are_printed_where_it_is_asked_for(tmp_path: Path) -> None:
    edited = LESSONS["edits on the way"]
    asked = ((edited, 40, ""), (edited, 40, "delta2"), (SHUFFLED, 22, ""))
    files = [
        _program(tmp_path, written(state, "r", iteration, step), f"{number}.R")
        for number, (state, iteration, step) in enumerate(asked)
    ]
    answers = answer_of((*_R, "-e", _ALL), *files).split("====\n")[1:]
    for (state, iteration, step), answer in zip(asked, answers, strict=True):
        check_the_matrices(state, iteration, step, answer)


@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_names_are_text_to_r_in_any_locale(locale: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    data = Dataset(np.eye(3), np.eye(3)[:, :1], NASTY, NASTY[1:2], "none", "none")
    source = written(of(Document(NASTY[2], data, iterations=2)), "r")
    asked = 'for (name in c(colnames(x), y_names)) cat(paste(utf8ToInt(name), collapse = " "), "\\n")\n'
    answer = answer_of(_R, _program(tmp_path, source + asked)).splitlines()
    found = ["".join(map(chr, map(int, line.split()))) for line in answer[-4:]]
    assert found == [*NASTY, NASTY[1]]


def test_a_run_that_overflows_at_once_stops_with_a_sentence(tmp_path: Path) -> None:
    state = of(Document(output_activation="identity", learning_rate=1.7e308, iterations=5))
    program = _program(tmp_path, written(state, "r"))
    done = subprocess.run([*_R, program], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode != 0
    assert done.stdout == ""
    assert "The run ends at iteration 1: W2_next is too large a number." in done.stderr
