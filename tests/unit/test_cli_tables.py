"""Tables of data on the command line: what is said about them, and which columns and rows are taken."""

import json
from pathlib import Path

import pytest

from tests.unit.command_line import command
from tests.unit.helpers import is_one_sentence, written

_GRADES = "name,slept,score,passed\nAnna,3,75,1\nBen,NA,82,1\nCarl,10,93,0\n"
_CHOICE = ("--y", "passed", "score", "--without", "name", "--skip-missing")
_COMMANDS = (
    ("train", "--iterations", "3"),
    ("show", "--iteration", "1"),
    ("predict", "--x", "8"),
    ("check",),
    ("export", "--to", "r"),
    ("export", "--to", "md", "--iteration", "1"),
    ("starts", "--count", "2", "--iterations", "3"),
    ("verify",),
)


@pytest.mark.parametrize("words", _COMMANDS, ids=" ".join)
def test_every_command_that_takes_a_file_takes_columns_by_name_and_says_what_it_took(
    words: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(written(tmp_path, _GRADES, "grades.csv"))
    name, *rest = words
    answer = command(capsys, name, path, *_CHOICE, *rest)
    assert answer.code == 0, answer.err
    assert is_one_sentence(answer.err)
    for says in (
        "grades.csv: 1 of 3 rows left out, where a number is missing (line 3).",
        "y is passed, score.",
        "(column abs max)",
        "The learning rate is 5 (15 / 2 rows, at most 5).",
    ):
        assert says in answer.err
    result = command(capsys, name, path, *rest)
    assert (result.code, result.out) == (2, "")
    assert 'grades.csv, line 2, column name: "Anna" is no number.' in result.err
    assert is_one_sentence(result.err)


def test_standard_output_is_for_programs_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(written(tmp_path, _GRADES, "grades.csv"))
    shown = json.loads(command(capsys, "show", path, *_CHOICE, "--iteration", "1", "--format", "json").out)
    assert shown["X"] == [[0.3], [1.0]]
    assert shown["Y"] == [[1.0, 75 / 93], [0.0, 1.0]]


def test_the_file_comes_before_the_columns(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (("train", "--y", "score", "grades.csv"), ("--without", "name", "grades.csv")):
        answer = command(capsys, *words)
        assert (answer.code, answer.out) == (2, "")
        assert "name the table's file before --y and --without" in answer.err


def test_a_session_file_has_its_columns_already(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (("train", "lecture", "--y", "a"), ("lecture", "--skip-missing")):
        answer = command(capsys, *words)
        assert answer.code == 2
        assert is_one_sentence(answer.err)
    assert "lecture.toml is a session file; --y, --without" in command(capsys, "check", "lecture", "--y", "a").err
