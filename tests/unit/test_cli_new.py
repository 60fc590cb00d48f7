"""The commands that write lessons: new and split."""

from pathlib import Path

import pytest

from tests.unit.command_line import command
from tui_nn.session.storage.session_file import read


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_new_lesson_is_written_and_never_over_another(capsys: pytest.CaptureFixture[str]) -> None:
    done = command(capsys, "new", "blobs", "--points", "30", "--noise", "0.2", "--seed", "4", "--test-share", "0.2")
    assert done.code == 0
    assert done.out == "blobs.toml: Blobs: 30 points, noise 0.2, seed 4. To open it, type: tui-nn blobs.toml\n"
    written = Path("blobs.toml").read_bytes()
    lesson = read(Path("blobs.toml"))
    assert (lesson.document.dataset.rows, len(lesson.document.dataset.test_rows)) == (30, 6)
    again = command(capsys, "new", "blobs")
    assert (again.code, again.err) == (2, "tui-nn: blobs.toml is there already; choose another name with -o\n")
    assert Path("blobs.toml").read_bytes() == written
    assert "must end in .toml; b.toml would do" in command(capsys, "new", "blobs", "-o", "b.csv").err
    assert "The noise must be from 0 to 1; you typed 7" in command(capsys, "new", "xor", "--noise", "7").err


def test_a_split_lesson_keeps_what_happened(capsys: pytest.CaptureFixture[str]) -> None:
    assert command(capsys, "split", "first-lesson", "--share", "1/3").code == 0
    before, after = read(_bundled("first-lesson")), read(Path("first-lesson-split.toml"))
    assert [entry.event for entry in after.entries[:-1]] == [entry.event for entry in before.entries]
    assert after.source.startswith(before.source)
    assert len(after.state.document.dataset.test_rows) == 1
    assert not after.document.dataset.test_rows


def test_a_table_is_split_into_a_lesson(capsys: pytest.CaptureFixture[str]) -> None:
    Path("scores.csv").write_text("hours,score\n1,2\n2,3\n3,5\n4,4\n", encoding="utf-8")
    done = command(capsys, "split", "scores.csv", "--share", "0.5", "--seed", "1", "-o", "kept.toml")
    assert "kept.toml: 2 of 4 rows kept back for a test" in done.out
    # R: set.seed(1); sample(4) gives 1 4 3 2, or 1 3 4 2 since R 3.6.
    assert read(Path("kept.toml")).document.dataset.test_rows == (2, 4)


def test_every_row_can_t_be_a_test_row(capsys: pytest.CaptureFixture[str]) -> None:
    done = command(capsys, "split", "lecture", "--share", "0.9")
    assert (done.code, done.out) == (2, "")
    assert done.err == "tui-nn: All rows would be kept back for a test. Leave at least one to train on\n"


def _bundled(name: str) -> Path:
    from tui_nn.session.storage import bundled_lessons

    return bundled_lessons.find(name)
