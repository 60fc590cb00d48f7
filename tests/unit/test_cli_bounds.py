"""What the command line takes and what it refuses, at the very bounds; and the list of what was recorded."""

import json
import os
from datetime import datetime
from pathlib import Path

import pytest

from tests.unit.command_line import command
from tests.unit.helpers import is_one_sentence, written
from tui_nn.session.document import Document
from tui_nn.session.storage import document_toml, library
from tui_nn.session.storage.session_file import read

_REFUSED = {
    "an epsilon in words": (["check", "lecture", "--epsilon", "small"], '"small"'),
    "an epsilon above 1": (["check", "lecture", "--epsilon", "1.1"], '"1.1"'),
    "a size without a cross": (["export", "lecture", "--to", "svg", "--size", "120"], '"120"'),
    "a size too narrow": (["export", "lecture", "--to", "svg", "--size", "59x40"], "from 60x20 to 400x200"),
    "a size too wide": (["export", "lecture", "--to", "svg", "--size", "401x40"], "from 60x20 to 400x200"),
    "a size too low": (["export", "lecture", "--to", "svg", "--size", "120x19"], "from 60x20 to 400x200"),
    "a size too high": (["export", "lecture", "--to", "svg", "--size", "120x201"], "from 60x20 to 400x200"),
    "a replay that stands still": (["replay", "lecture", "--speed", "0.09"], '"0.09"'),
    "a replay too fast": (["replay", "lecture", "--speed", "1001"], '"1001"'),
    "a speed in words": (["replay", "lecture", "--speed", "fast"], '"fast"'),
    "a speed that is nan": (["replay", "lecture", "--speed", "nan"], '"nan"'),
    "the slowest replay, without a terminal": (["replay", "lecture", "--speed", "0.1"], "terminal"),
    "the fastest replay, without a terminal": (["replay", "lecture", "--speed", "1000"], "terminal"),
    "following without a terminal": (["follow", "lecture"], "terminal"),
    "no starts": (["starts", "lecture", "--count", "0"], "from 1 to 100 000; you typed 0"),
    "too many starts": (["starts", "lecture", "--count", "100001"], "from 1 to 100 000"),
    "a seed too small": (["starts", "lecture", "--from-seed", str(-(2**31))], "must be from"),
    "seeds past the last": (["starts", "lecture", "--count", "2", "--from-seed", str(2**31 - 1)], "2147483648"),
    "too few numbers of a row": (["predict", "lecture", "--x", "8"], "2 numbers"),
    "a weight that there is not": (["check", "lecture", "--weight", "W1[3,1]"], "W1[1,1] to W1[2,3]"),
    "a column that there is not": (["check", "lecture", "--weight", "W2[1,2]"], "W2[1,1] to W2[3,1]"),
    "a row of weights before the first": (["check", "lecture", "--weight", "W1[0,1]"], "W1[1,1] to W1[2,3]"),
}


@pytest.mark.parametrize("case", _REFUSED)
def test_a_request_out_of_bounds_is_refused_in_one_sentence(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments, fragment = _REFUSED[case]
    answer = command(capsys, *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert is_one_sentence(answer.err), answer.err
    assert fragment in answer.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "lecture", "--weight", "W1[2,3]"],
        ["check", "lecture", "--weight", "dJdW2[3,1]", "--epsilon", "1e-5"],
        ["starts", "lecture", "--count", "1", "--iterations", "1", "--from-seed", str(2**31 - 1)],
        ["starts", "lecture", "--count", "1", "--iterations", "1", "--from-seed", str(-(2**31) + 1)],
        ["show", "too-fast", "--iteration", "129"],
        ["show", "lecture", "--iteration", "10000", "--step", "Z2"],
        ["predict", "lecture", "--x", "-8", "1/2", "--iteration", "1"],
    ],
    ids=" ".join,
)
def test_a_request_at_the_bounds_is_met(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    answer = command(capsys, *arguments)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out


def test_a_prediction_of_a_run_that_overflows_at_once_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = (
        '[network]\noutput_activation = "identity"\n[training]\nlearning_rate = 1.7e308\n[data]\ny_scaling = "none"'
    )
    answer = command(capsys, "predict", str(written(tmp_path, source)), "--x", "8", "5")
    assert (answer.code, answer.out) == (2, "")
    assert "The run ends at iteration 1" in answer.err


def test_where_nothing_was_recorded_the_list_is_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    answer = command(capsys, "sessions", "--recorded")
    assert (answer.code, answer.out) == (2, "")
    assert f"no lesson was recorded in {tmp_path}" in answer.err
    answer = command(capsys, "sessions", "--recorded", "--format", "json")
    assert (answer.code, answer.err, json.loads(answer.out)) == (0, "", {})


def test_recorded_lessons_are_listed_with_their_time_and_those_that_can_t_be_read_say_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    folder = library.new_path("lesson").parent
    for name, source in (("good.toml", 'title = "about tea"'), ("bad.toml", "titel = 1")):
        os.utime(written(folder, source, name), (86_400, 86_400))
    answer = command(capsys, "sessions", "--recorded")
    assert (answer.code, answer.err) == (0, "")
    good, bad = sorted(answer.out.splitlines(), key=lambda line: "bad.toml" in line)
    assert good.endswith("good.toml  about tea")
    assert "titel is unknown" in bad
    day = f"{datetime.fromtimestamp(86_400):%Y-%m-%d %H:%M}"
    assert good.startswith(f"{day}  ")
    assert bad.startswith(f"{day}  ")


@pytest.mark.posix
@pytest.mark.parametrize(
    "arguments",
    [
        ["train", "--iterations", "1"],
        ["show", "--iteration", "1"],
        ["predict", "--x", "8", "5", "--iteration", "1"],
        ["check"],
        ["verify"],
        ["answers"],
        ["share"],
        ["starts", "--count", "1", "--iterations", "1"],
        ["export", "--to", "md", "--iteration", "1"],
        ["export", "--to", "html", "--iteration", "1"],
        ["export", "--to", "tex", "--iteration", "1"],
        ["export", "--to", "r"],
        ["export", "--to", "python"],
    ],
    ids=" ".join,
)
def test_no_character_of_a_file_s_name_reaches_the_terminal_as_a_control_sequence(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name, *options = arguments
    for source in ("format = 1\n", "format = 2\n"):
        path = written(tmp_path, source, "a\x1b[31m\u202e\x9b1m.toml")
        answer = command(capsys, name, str(path), *options)
        assert answer.out or answer.err
        assert all(line.isprintable() for line in (answer.out + answer.err).splitlines())


@pytest.mark.posix
def test_a_table_s_title_is_its_file_s_name_as_far_as_that_is_a_title(tmp_path: Path) -> None:
    name = "tea\x1b[31m\u202e " + "a" * 200
    title = read(written(tmp_path, "a,b\n1,2\n3,4\n", f"{name}.csv")).document.title
    assert title == ("tea[31m " + "a" * 200)[:120]
    assert document_toml.parse(document_toml.dump(Document(title)))[0].title == title


def test_where_the_lessons_are_missing_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tui_nn.session.storage.bundled_lessons._FOLDERS", (tmp_path,))
    answer = command(capsys, "train", "lecture")
    assert (answer.code, answer.out) == (2, "")
    assert "the lessons that come with tui-nn are missing; install it again" in answer.err


def test_an_interrupt_ends_a_command_with_130_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tui_nn.network.Run.extend", interrupted)
    assert command(capsys, "train", "lecture") == (130, "", "")
