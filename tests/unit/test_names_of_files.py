"""Whatever a file is called, its name reaches a terminal as text alone, and a shell as the name that it is."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.unit.command_line import command
from tui_nn.session.document import Document
from tui_nn.session.storage import library
from tui_nn.session.storage.document_toml import dump
from tui_nn.session.storage.sharing import shell_word

_NAMES = (
    "\x1b]0;title\x07.toml",
    "turned\u202e.toml",
    "\udcff.toml",
    "\x9b31m.toml",
    "two\nlines.toml",
    "it's mine.toml",
)


@pytest.mark.posix
@pytest.mark.parametrize("name", _NAMES)
def test_recorded_lessons_are_listed_with_safe_names(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    folder = library.folder()
    assert folder is not None
    folder.mkdir(parents=True)
    (folder / name).write_text(dump(Document("A lesson")), encoding="utf-8")
    listed = command(capsys, "sessions", "--recorded")
    assert listed.code == 0
    (line,) = listed.out.splitlines()
    assert line.isprintable()
    assert line.endswith("A lesson")
    as_json = command(capsys, "sessions", "--recorded", "--format", "json").out
    assert as_json.replace("\n", "").isprintable()
    assert list(json.loads(as_json)) == [str(folder / name)]


@pytest.mark.posix
@pytest.mark.parametrize("name", _NAMES)
def test_what_to_tell_a_class_names_the_very_file(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("here", encoding="utf-8")
    word = shell_word(tmp_path / name)
    assert word.isprintable()
    read = subprocess.run(["bash", "-c", f"cat {word}"], capture_output=True, encoding="utf-8", check=True)
    assert read.stdout == "here"
