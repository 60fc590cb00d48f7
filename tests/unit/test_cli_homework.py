"""A class's numbers: the five files of ``homework-gradients``, and the table of ``tui-nn answers``."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.programs import needs
from tests.unit.command_line import command
from tui_nn.session.homework import handed_in as handed_in_files
from tui_nn.session.homework.diagnosing import HomeworkDiagnosis
from tui_nn.session.homework.handed_in import diagnose_file
from tui_nn.session.runs.run_plan import RunPlan
from tui_nn.session.storage import bundled_lessons

_LESSON = "homework-gradients"
_PROGRAMS = Path(__file__).resolve().parents[1] / "data" / "homework" / "programs"
_RUN = {".py": (sys.executable,), ".R": ("Rscript", "--vanilla")}

# What each program does stands in its first line.
_CLASS = {
    "anna": (None, []),
    "ben": ((1, "Z2"), ["bias recycled down the columns"]),
    "carl": ((1, "W1_next"), ["forgotten derivative, hidden"]),
    "dora": ((500, "W1_next"), ["other learning rate"]),
    "emil": ((1, "W1_next"), ["derivative at a instead of z", "bias gradient averaged"]),
}


@pytest.mark.parametrize("name", _CLASS)
def test_diagnose_finds_the_mistake_in_a_file_that_comes_with_the_lesson(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    first, mistakes = _CLASS[name]
    answer = command(capsys, "diagnose", _LESSON, name, "--format", "json")
    found = json.loads(answer.out)
    assert answer.code == (1 if mistakes else 0)
    difference = found["first_difference"]
    assert (difference and (difference["iteration"], difference["matrix"])) == first
    explained = [one["mistakes"] for one in found["explanations"]]
    assert explained[:1] == ([mistakes] if mistakes else [])
    assert found["left_aside"] == []
    if name == "dora":
        # The slopes divided by 10, or all by ten times as many rows, give the same numbers.
        assert found["explanations"][0]["details"] == [0.05]
        assert explained[1:] == [["by another number of rows"]]


def _numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d+\.?\d*(?:e-?\d+)?", text)]


@needs("Rscript", called="R")
def test_the_files_are_what_the_programs_print() -> None:
    programs = sorted(_PROGRAMS.iterdir())
    files = bundled_lessons.numbers_of(_LESSON)
    assert [path.stem for path in programs] == [*files] == [*_CLASS]
    for program in programs:
        done = subprocess.run(
            [*_RUN[program.suffix], program], capture_output=True, check=True, encoding="utf-8", timeout=60
        )
        printed = files[program.stem].read_text(encoding="utf-8")
        # The last digit may depend on the machine.
        assert _numbers(done.stdout) == pytest.approx(_numbers(printed), rel=1e-6, abs=1e-8), program.name
        assert re.sub(r"[-\d.e]+", "", done.stdout).split() == re.sub(r"[-\d.e]+", "", printed).split()


@pytest.fixture
def handed_in(tmp_path: Path) -> list[str]:
    """Quick files: a right one, two with the same mistake, one with another, and four that can't be read."""
    ben = bundled_lessons.numbers_of(_LESSON)["ben"].read_text(encoding="utf-8")
    (tmp_path / "=ben.txt").write_text(ben, encoding="utf-8")
    (tmp_path / "gus.txt").write_text("It does not work. What now?\n", encoding="utf-8")
    (tmp_path / "hal\x1b[2J.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    names = ("=ben.txt", "gus.txt", "hal\x1b[2J.txt", "missing.txt")
    return ["anna", "ben", "carl", *(str(tmp_path / name) for name in names), str(tmp_path)]


def test_a_class_has_a_row_for_each_file_and_a_count_for_each_mistake(
    capsys: pytest.CaptureFixture[str], handed_in: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUI_NN_SIGNS", "all")
    answer = command(capsys, "answers", "--lesson", _LESSON, *handed_in)
    assert answer.code == 0
    title, table, counts, *_ = answer.out.split("\n\n")
    assert title == "Homework: write the loop yourself"
    rows = [[cell for cell in re.split(r" {2,}", line) if cell] for line in table.splitlines()]
    assert rows == [
        ["right", "iteration", "first difference", "mistake"],
        ["anna", "7 of 7", "no mistake found"],
        ["ben", "0 of 9", "1", "Z⁽²⁾[1,2]", "bias recycled down the columns"],
        ["carl", "1 of 5", "1", "new W⁽¹⁾[1,1]", "forgotten derivative, hidden"],
        ["=ben", "0 of 9", "1", "Z⁽²⁾[1,2]", "bias recycled down the columns"],
        ["gus", "can't be read: there are no numbers in this text"],
        ["hal�[2J", "can't be read: this file is no text"],
        ["missing", "can't be read: no such file or directory"],
        [Path(handed_in[-1]).name, "can't be read: this is a directory"],
    ]
    assert [line.strip() for line in counts.splitlines()] == [
        "Of 8 files:",
        "2  bias recycled down the columns",
        "1  forgotten derivative, hidden",
        "1  no mistake found",
        "4  can't be read",
    ]


def test_programs_get_the_table_as_json_and_csv(capsys: pytest.CaptureFixture[str], handed_in: list[str]) -> None:
    request = ("answers", "--lesson", _LESSON, *handed_in, "--format")
    found = json.loads(command(capsys, *request, "json").out)
    assert found["mistakes"] == [
        {"mistake": "bias recycled down the columns", "students": 2},
        {"mistake": "forgotten derivative, hidden", "students": 1},
    ]
    anna, ben, *_, last = found["homework"]
    assert (anna["outcome"], anna["first_difference"], anna["mistakes"]) == ("no mistake found", None, [])
    assert (ben["right"], ben["compared"], ben["iteration"]) == (0, 9, 1)
    assert ben["first_difference"] | {"ours": round(ben["first_difference"]["ours"], 9)} == {
        "iteration": 1,
        "matrix": "Z2",
        "row": 1,
        "column": 2,
        "theirs": 0.6137,
        "ours": 0.2937,
    }
    assert (last["right"], last["outcome"]) == (None, "can't be read")
    assert last["why"].startswith("This is a directory.")
    lines = list(csv.DictReader(io.StringIO(command(capsys, *request, "csv").out)))
    assert [line["outcome"] for line in lines] == [row["outcome"] for row in found["homework"]]
    assert (lines[3]["student"], lines[3]["matrix"], lines[3]["theirs"]) == ("'=ben", "Z2", "0.6137")


def test_numbers_that_nothing_explains_are_said_to_be_that(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUI_NN_SIGNS", "ascii")
    (tmp_path / "ida.txt").write_text("iteration 1\nZ2\n 1 2 3\n 4 5 6\n 7 8 9\n", encoding="utf-8")
    answer = command(capsys, "answers", "--lesson", _LESSON, str(tmp_path / "ida.txt"))
    assert re.search(r"^ida +0 of 1 +1 +Z2\[1,1\] +nothing explains it", answer.out, re.MULTILINE)
    assert re.search(r"^ +1  nothing explains it$", answer.out, re.MULTILINE)


def test_after_ctrl_c_the_rows_so_far_are_printed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def diagnose_until_carl(plan: RunPlan, path: Path, iteration: int | None) -> HomeworkDiagnosis | str:
        if path.stem == "carl":
            raise KeyboardInterrupt
        return diagnose_file(plan, path, iteration)

    monkeypatch.setattr(handed_in_files, "diagnose_file", diagnose_until_carl)
    answer = command(capsys, "answers", "--lesson", _LESSON, "anna", "carl", "dora")
    assert "no mistake found" in answer.out
    assert answer.out.endswith("Stopped. Not compared: 2 more files.\n")
    assert "dora" not in answer.out


def test_two_files_of_one_name_are_told_apart_by_their_folders(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for student in ("ida", "joe"):
        (tmp_path / student).mkdir()
        (tmp_path / student / "out.txt").write_text("nothing\n", encoding="utf-8")
    paths = [str(tmp_path / student / "out.txt") for student in ("ida", "joe")]
    found = json.loads(command(capsys, "answers", "--lesson", _LESSON, *paths, "--format", "json").out)
    assert [one["name"] for one in found["homework"]] == paths


def test_session_files_and_numbers_may_be_asked_for_together_but_not_as_one_csv(
    capsys: pytest.CaptureFixture[str],
) -> None:
    request = ("answers", "--lesson", _LESSON, "lecture-quiz", "anna")
    both = command(capsys, *request)
    assert both.code == 0
    assert "lecture-quiz" in both.out
    assert "no mistake found" in both.out
    found = json.loads(command(capsys, *request, "--format", "json").out)
    assert (len(found["students"]), len(found["homework"])) == (1, 1)
    refused = command(capsys, *request, "--format", "csv")
    assert (refused.code, refused.out) == (2, "")
    assert "CSV has one table" in refused.err


def test_numbers_without_a_lesson_are_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "ida.txt").write_text("1 2 3\n", encoding="utf-8")
    for options, why in (
        ((), "name their lesson: --lesson LESSON"),
        (("--lesson", "nowhere"), "there is no lesson or file called nowhere"),
        (("--lesson", _LESSON, "--iteration", "501"), "there is no iteration 501: the lesson has 500"),
    ):
        answer = command(capsys, "answers", *options, str(tmp_path / "ida.txt"))
        assert (answer.code, answer.out) == (2, "")
        assert why in answer.err


def test_a_file_that_comes_with_a_lesson_is_found_by_its_name() -> None:
    ben = bundled_lessons.numbers_of(_LESSON)["ben"]
    assert bundled_lessons.find_numbers(_LESSON, "ben") == ben
    assert bundled_lessons.find_numbers("", f"{_LESSON}/ben") == ben
    for lesson, name in ((_LESSON, "./ben"), (_LESSON, "mine.txt"), ("lecture", "ben"), (os.curdir, "ben")):
        assert bundled_lessons.find_numbers(lesson, name) == Path(name)
