"""tui-nn export: which iteration it takes, where it writes, and what it says when it can't."""

import os
import stat
import subprocess
import sys
from itertools import cycle
from pathlib import Path

import pytest

from tests.unit.command_line import command, process, without_slow_notice
from tests.unit.full_disk import files_of_at_most
from tests.unit.helpers import is_one_sentence, written
from tui_nn.handouts import FORMATS_WITHOUT_SCREEN
from tui_nn.session.document import Document
from tui_nn.session.events import Moved
from tui_nn.session.storage import bundled_lessons, document_toml
from tui_nn.session.storage.event_log import LogEntry
from tui_nn.session.storage.locked_file import LockedFile

_MARKED = {"md": "# ", "tex": "\\documentclass", "html": "<!DOCTYPE html>", "csv": "name,", "r": "# ", "python": "# "}


def _recorded(folder: Path) -> Path:
    """A lesson that stands at the third step of iteration 5."""
    path = folder / "recorded.toml"
    path.write_text(document_toml.dump(Document(iterations=20), (LogEntry(1, 0.5, Moved(5, "Z3")),)), encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", FORMATS_WITHOUT_SCREEN)
def test_each_kind_is_written_to_standard_output(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    answer = command(capsys, "export", "xor", "--to", kind, "--iteration", "2", "--step", "J")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith(_MARKED[kind])
    assert answer.out.endswith("\n")


def test_without_an_iteration_it_is_the_one_where_the_lesson_stands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(_recorded(tmp_path))
    assert "**Iteration 5 of 20**" in command(capsys, "export", path, "--to", "md").out
    assert "**Iteration 1 of 10 000**" in command(capsys, "export", "lecture", "--to", "md").out
    assert "\niteration,,,5\n" in command(capsys, "export", path, "--to", "csv").out
    # A program is of the whole run; without being asked it prints no iteration's matrices.
    assert "Iteration 5" not in command(capsys, "export", path, "--to", "r").out


def test_a_table_of_data_can_be_handed_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, "hours,score\n1,50\n2,70\n", "data.csv")
    answer = command(capsys, "export", str(path), "--to", "md")
    assert answer.code == 0
    assert "row   hours   score" in answer.out


def test_csv_has_every_matrix_of_the_iteration_and_the_cost_of_all(capsys: pytest.CaptureFixture[str]) -> None:
    answer = command(capsys, "export", "too-fast", "--to", "csv", "--iteration", "3")
    rows = [line.split(",") for line in answer.out.splitlines()]
    assert rows[0] == ["name", "row", "column", "value"]
    shown = command(capsys, "show", "too-fast", "--iteration", "3", "--format", "csv").out.splitlines()
    assert answer.out.splitlines()[: len(shown)] == shown
    trained = command(capsys, "train", "too-fast", "--history", "--format", "csv").out.splitlines()
    history = [line for line in trained if line.startswith(("history,", "overflow,"))]
    assert answer.out.splitlines()[len(shown) :] == history
    assert len(history) == 128 + 2


def test_a_file_is_written_whole_and_replaced_where_it_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "handout.html"
    usual = tmp_path / "usual"
    usual.touch()
    for iteration in ("1", "2"):
        answer = command(capsys, "export", "lecture", "--to", "html", "--iteration", iteration, "-o", str(out))
        assert answer == (0, "", "")
        assert f"Iteration {iteration} of" in out.read_text(encoding="utf-8")
    assert out.stat().st_mode == usual.stat().st_mode
    assert sorted(path.name for path in tmp_path.iterdir()) == ["handout.html", "usual"]


@pytest.mark.posix
def test_no_lesson_is_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recorded, data = _recorded(tmp_path), written(tmp_path, "a,b\n1,2\n", "data.csv")
    renamed = tmp_path / "lesson.txt"
    renamed.write_bytes(recorded.read_bytes())
    link = tmp_path / "link"
    link.symlink_to(renamed)
    fresh = tmp_path / "new.toml"
    for file, out in ((recorded, recorded), (data, data), (data, renamed), (data, link), (data, fresh)):
        before = out.read_bytes() if out.exists() else None
        answer = command(capsys, "export", str(file), "--to", "md", "-o", str(out))
        assert (answer.code, answer.out) == (2, "")
        assert is_one_sentence(answer.err)
        assert (out.read_bytes() if out.exists() else None) == before


def test_a_file_that_a_program_records_in_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = LockedFile.create(tmp_path / "kept", "whatever")
    answer = command(capsys, "export", "lecture", "--to", "md", "-o", str(record.path))
    record.close()
    assert answer.code == 2
    assert "another tui-nn records in it" in answer.err
    assert record.path.read_text(encoding="utf-8") == "whatever"


@pytest.mark.posix
def test_where_it_can_t_be_written_one_sentence_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for out, why in (
        (tmp_path, "no ordinary file"),
        (pipe, "no ordinary file"),
        (Path("/dev/null"), "no ordinary file"),
        (tmp_path / "nowhere" / "x.md", "no such file or directory"),
        (tmp_path / ("a" * 300), "name too long"),
        (Path("a\0b"), "no name that a file can have"),
    ):
        answer = command(capsys, "export", "lecture", "--to", "md", "-o", str(out))
        assert (answer.code, answer.out) == (2, "")
        assert is_one_sentence(answer.err)
        assert why in answer.err
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_on_a_full_disk_the_old_file_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = written(tmp_path, "old", "handout.md")
    with files_of_at_most(1000):
        answer = command(capsys, "export", "lecture", "--to", "md", "-o", str(out))
    assert answer.code == 2
    assert is_one_sentence(answer.err)
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["old"]


@pytest.mark.posix
def test_a_full_standard_output_is_a_sentence_and_a_reader_who_has_enough_is_none() -> None:
    for line, code, says in (
        ("tui-nn export lecture --to html > /dev/full", 2, "no space left"),
        ("tui-nn export lecture --to csv | head -n 1", 0, ""),
    ):
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", line.replace("tui-nn", f"{sys.executable} -m tui_nn")],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == code
        assert says in done.stderr
        assert without_slow_notice(done.stderr).count("\n") <= 1


def test_a_document_is_utf_8_whatever_the_terminal_is() -> None:
    answer = process("export", "lecture", "--to", "md", PYTHONIOENCODING="latin-1:strict")
    assert (answer.code, answer.err) == (0, "")
    assert "## 6. δ⁽³⁾" in answer.out


_BAD_REQUESTS = {
    "no kind": (["lecture"], "--to"),
    "an unknown kind": (["lecture", "--to", "pdf"], "pdf"),
    "an unknown lesson": (["nowhere", "--to", "md"], "nowhere"),
    "an iteration past the last": (["lecture", "--to", "md", "--iteration", "10001"], "10 000"),
    "an iteration past the overflow": (["too-fast", "--to", "python", "--iteration", "130"], "129"),
    "an unknown step": (["lecture", "--to", "tex", "--step", "dJdb1"], "Z2 A2 Z3 Y_hat J"),
    "a step of a program without its iteration": (["lecture", "--to", "r", "--step", "J"], "--iteration"),
}


@pytest.mark.parametrize("case", _BAD_REQUESTS)
def test_a_request_that_can_t_be_met_exits_with_2_and_one_sentence(
    case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments, fragment = _BAD_REQUESTS[case]
    answer = command(capsys, "export", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert is_one_sentence(answer.err), answer.err
    assert fragment in answer.err


def test_every_lesson_that_comes_with_it_can_be_handed_out(capsys: pytest.CaptureFixture[str]) -> None:
    # What each kind says of each lesson, the tests of handouts look at.
    for name, kind in zip(bundled_lessons.bundled(), cycle(FORMATS_WITHOUT_SCREEN)):
        assert command(capsys, "export", name, "--to", kind).code == 0, (name, kind)


def test_the_help_says_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command(capsys, "export", "--help")
    out = capsys.readouterr().out
    assert all(word in out for word in (*FORMATS_WITHOUT_SCREEN, "--iteration", "--step", "--output"))
