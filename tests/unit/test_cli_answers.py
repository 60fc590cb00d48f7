"""tui-nn answers: the answers of a class, as a table."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.unit.helpers import entries
from tui_nn.cli import main
from tui_nn.session.events import Answered, Event, Moved, QuestionAsked
from tui_nn.session.storage.event_log import log_text

_QUESTIONS = """
[[question]]
ask = "shape"
matrix = "X"

[[question]]
ask = "sign"
matrix = "dJdW2"
iteration = 37
"""


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    def file(name: str, *happened: Event) -> str:
        path = tmp_path / f"{name}.toml"
        path.write_text(_QUESTIONS + log_text(entries(*happened)), encoding="utf-8")
        return str(path)

    return [
        file("anna", Answered(1, "3 x 2"), Answered(2, "-")),
        file("ben", Answered(1, "2x3"), Answered(2, "")),
        file("carl", Moved(5, "A2"), QuestionAsked("cell", "A2", 1, 1, 0.02), Answered(3, "0,7")),
    ]


def test_one_row_a_student_one_column_a_question(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["answers", *files]) == 0
    listed, table = capsys.readouterr().out.strip().split("\n\n")
    assert [line.rpartition(" ")[0].rpartition(": ")[2] for line in listed.splitlines()] == [
        "1 of 3",
        "1 of 3",
        "0 of 3",
    ]
    rows = [line.split("  ") for line in table.splitlines()]
    cells = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    assert cells[1:] == [
        ["anna", "✓ 3 x 2", "✓ -", "-", "2 of 3"],
        ["ben", "✗ 2x3", "✗ gave up", "-", "0 of 3"],
        ["carl", "-", "-", "✗ 0,7", "0 of 3"],
    ]


def test_programs_get_every_answer_with_what_was_expected(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["answers", *files, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [question["matrix"] for question in found["questions"]] == ["X", "dJdW2", "A2"]
    anna, ben, carl = found["students"]
    assert (anna["name"], anna["right"]) == ("anna", 2)
    assert [one["right"] for one in ben["answers"]] == [False, False, None]
    assert [one["answer"] for one in ben["answers"]] == ["2x3", None, None]
    assert carl["answers"][2]["answer"] == "0,7"
    assert main(["answers", *files, "--format", "csv"]) == 0
    lines = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(lines) == 9
    assert [line["right"] for line in lines] == ["yes", "yes", "", "no", "no", "", "", "", "no"]
    assert lines[0] | {"file": "", "seconds": ""} == {
        "student": "anna",
        "file": "",
        "question": "1",
        "asked": "How many rows and columns does X have? (such as 4x2)",
        "answer": "3 x 2",
        "shown": "no",
        "right": "yes",
        "expected": "3×2",
        "seconds": "",
        "edited": "no",
    }


def test_a_spreadsheet_takes_nothing_that_students_typed_for_a_formula(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "=cmd.toml"
    question = QuestionAsked("sign", "Z2", text="=HYPERLINK(1)")
    path.write_text(_QUESTIONS + log_text(entries(question, Answered(3, "+"))), encoding="utf-8")
    assert main(["answers", str(path), "--format", "csv"]) == 0
    lines = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert not [cell for line in lines for cell in line if cell.startswith("=")]
    assert lines[3][0] == "'=cmd"
    assert lines[3][3].startswith("'=HYPERLINK(1)")
    assert lines[3][4] == "+"


def test_a_file_that_can_t_be_read_does_not_keep_the_others_from_being(
    files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    torn = tmp_path / "dora.toml"
    torn.write_text("[[question]]\nask = 3\n", encoding="utf-8")
    assert main(["answers", files[0], str(torn)]) == 2
    said = capsys.readouterr()
    assert "anna" in said.out
    assert "dora.toml: question 1, matrix is absent" in said.err


def test_lessons_without_questions_say_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["answers", "lecture"]) == 0
    assert capsys.readouterr().out == "No question is asked in what was given.\n"
