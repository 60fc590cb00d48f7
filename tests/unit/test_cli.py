"""The headless commands: what they print for people, what they say when they can't, and with which exit code."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.programs import needs
from tests.unit.command_line import command, process, without_slow_notice
from tests.unit.helpers import is_one_sentence, written
from tui_nn import __version__
from tui_nn.cli import entry, printing_commands
from tui_nn.cli.arguments import parse_command
from tui_nn.cli.command_table import COMMANDS
from tui_nn.cli.examples import EXAMPLES

_LESSONS = (
    "lecture",
    "circle",
    "cross-entropy",
    "eleven-lines",
    "first-lesson",
    "homework-biases",
    "homework-gradients",
    "iris",
    "lecture-ones",
    "lecture-quiz",
    "lecture-walkthrough",
    "overfitting",
    "ridge",
    "softmax",
    "spiral",
    "too-fast",
    "two-hidden-layers",
    "worked-2-2-2",
    "xor",
)
_COMMANDS = (
    ("train", "two-hidden-layers", "--iterations", "20", "--history"),
    ("train", "too-fast"),
    ("show", "homework-biases", "--iteration", "3", "--step", "delta2"),
    ("show", "xor", "--iteration", "1", "--format", "json"),
    ("show", "xor", "--iteration", "1", "--format", "csv"),
    ("check", "xor"),
    ("sessions",),
)


def _block(text: str, heading: str) -> list[str]:
    """The lines below ``heading``, up to the next blank one, without the space around them."""
    lines = [line.strip() for line in text.splitlines()]
    begin = lines.index(heading) + 1
    return lines[begin : lines.index("", begin) if "" in lines[begin:] else None]


def test_train_lecture_prints_what_the_lecture_s_R_prints() -> None:
    answer = process("train", "lecture")
    assert (answer.code, answer.err) == (0, "")
    assert _block(answer.out, "W⁽¹⁾ after the last update") == [
        "2.1169800  1.6157951  -1.4547416",
        "-0.7233191  0.4304933  -0.6199876",
    ]
    assert _block(answer.out, "W⁽²⁾ after the last update") == ["2.431735", "1.227946", "-3.645386"]
    assert _block(answer.out, "Ŷ of iteration 10 000, before its update") == ["0.7499998", "0.8200548", "0.9298944"]
    assert _block(answer.out, "Ŷ with the weights after the last update") == ["0.7499998", "0.8200548", "0.9298945"]


def test_show_lecture_ones_prints_the_lecture_s_cost() -> None:
    answer = process("show", "lecture-ones", "--iteration", "1")
    assert (answer.code, answer.err) == (0, "")
    assert "J = 0.01532851" in answer.out.splitlines()
    assert "δ⁽³⁾ = −(Y − Ŷ) ⊙ f′(Z⁽³⁾)" in answer.out.splitlines()


def test_train_prints_the_history_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    answer = command(capsys, "train", "lecture", "--iterations", "3", "--history")
    assert _block(answer.out, "J of every iteration") == ["1  0.01052273", "2  0.0095544", "3  0.009227146"]


def test_a_matrix_not_reached_yet_is_shown_as_such(capsys: pytest.CaptureFixture[str]) -> None:
    answer = command(capsys, "show", "lecture", "--iteration", "37", "--step", "delta3")
    assert "δ⁽²⁾: not reached yet" in answer.out.splitlines()
    assert _block(answer.out, "δ⁽³⁾ = −(Y − Ŷ) ⊙ f′(Z⁽³⁾)")[0].startswith("0.01148")
    assert "J = 0.006725357" in answer.out.splitlines()


def test_a_run_that_overflows_says_where_and_what_may_help(capsys: pytest.CaptureFixture[str]) -> None:
    answer = command(capsys, "train", "too-fast")
    assert answer.code == 0
    assert "Iterations = 128" in answer.out.splitlines()
    assert answer.out.splitlines()[-1].startswith("The run ends at iteration 129")
    assert "A learning rate below 2" in answer.out
    shown = command(capsys, "show", "too-fast", "--iteration", "129")
    assert shown.code == 0
    assert "J = overflow" in shown.out.splitlines()


def test_a_check_that_passes_exits_with_0_and_one_that_fails_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    passed = command(capsys, "check", "lecture")
    assert (passed.code, passed.err) == (0, "")
    assert "The gradients agree" in passed.out
    failed = command(capsys, "check", "lecture", "--mistake", "lost minus")
    assert (failed.code, failed.err) == (1, "")
    assert "The gradients differ" in failed.out


def test_sessions_lists_the_lessons(capsys: pytest.CaptureFixture[str]) -> None:
    answer = command(capsys, "sessions")
    assert answer.code == 0
    assert [line.split()[0] for line in answer.out.splitlines() if not line.startswith(" ")] == list(_LESSONS)
    assert "  numbers for tui-nn diagnose: anna, ben, carl, dora, emil\n" in answer.out
    assert "Stats 102B, week 3, lecture 3" in answer.out


_BAD_REQUESTS = {
    "no file": (["train"], "FILE"),
    "an unknown lesson": (["train", "nowhere"], "nowhere"),
    "a lesson misspelled": (["train", "lectur"], "did you mean lecture?"),
    "two files": (["train", "lecture", "xor"], "xor"),
    "an unknown option": (["train", "lecture", "--fast"], "--fast"),
    "an unknown format": (["train", "lecture", "--format", "xml"], "xml"),
    "no iterations": (
        ["train", "lecture", "--iterations", "0"],
        "--iterations must be from 1 to 10 000 000; you typed 0",
    ),
    "iterations in words": (["train", "lecture", "--iterations", "ten"], '"ten"'),
    "too many iterations": (["train", "lecture", "--iterations", "10000001"], "you typed 10 000 001"),
    "iterations of thousands of digits": (["train", "lecture", "--iterations", "9" * 9000], "whole number"),
    "no iteration to show": (["show", "lecture"], "--iteration"),
    "an iteration before the first": (["show", "lecture", "--iteration", "-1"], "you typed -1"),
    "an iteration past the last": (["show", "lecture", "--iteration", "10001"], "10 000"),
    "an iteration past the overflow": (["show", "too-fast", "--iteration", "130"], "129"),
    "an unknown step": (["show", "lecture", "--iteration", "1", "--step", "dJdb1"], "Z2 A2 Z3 Y_hat J"),
    "an epsilon of 0": (["check", "lecture", "--epsilon", "0"], '"0"'),
    "an epsilon that is nan": (["check", "lecture", "--epsilon", "nan"], '"nan"'),
    "a check past the last iteration": (["check", "lecture", "--iteration", "10001"], "10 000"),
    "an argument with a control sequence": (["train", "lecture", "\x1b[31mred\n"], "red"),
    "a step with a control sequence": (["show", "lecture", "--iteration", "1", "--step", "\x1b[31mred\n"], "red"),
    "options before a command": (
        ["--language", "en", "walk", "lecture"],
        "write the options behind the command: tui-nn walk lecture --language en",
    ),
    "options of another command before a command": (["--language", "en", "train", "lecture"], "write train first"),
    "a command alone behind an option": (["--ascii", "walk"], "write walk first"),
    "two options that exclude each other": (["serve", "--lab", "--follow"], "--follow can't be used together with"),
    "a value of an option that takes none": (["train", "xor", "--ascii=3"], '--ascii takes no value; you typed "3"'),
    "an abbreviation of two options": (["serve", "--la", "en"], '"--la" may be any of --language, --lab'),
    "a dashboard without a terminal": (["lecture"], "tui-nn walk reads a lesson in lines of text"),
    "a dashboard with nothing named": ([], "terminal"),
}


@pytest.mark.parametrize("case", _BAD_REQUESTS)
def test_a_request_that_can_t_be_met_exits_with_2_and_one_sentence(
    case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments, fragment = _BAD_REQUESTS[case]
    answer = command(capsys, *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert is_one_sentence(answer.err), answer.err
    assert answer.err.startswith("tui-nn: ")
    assert fragment in answer.err


def test_a_process_refuses_a_bad_file_with_one_line_and_code_2(tmp_path: Path) -> None:
    answer = process("train", str(written(tmp_path, "[network\nhidden = [3]")))
    assert (answer.code, answer.out) == (2, "")
    assert is_one_sentence(answer.err), answer.err


def test_a_run_that_overflows_at_once_has_nothing_to_print(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = (
        '[network]\noutput_activation = "identity"\n[training]\nlearning_rate = 1.7e308\n[data]\ny_scaling = "none"'
    )
    answer = command(capsys, "train", str(written(tmp_path, source)))
    assert (answer.code, answer.out) == (2, "")
    assert "The run ends at iteration 1" in answer.err


def test_where_only_ascii_can_be_printed_only_ascii_is() -> None:
    program = f"import sys; from tui_nn.cli import main; sys.exit(any(main(one) for one in {_COMMANDS!r}))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, without_slow_notice(done.stderr)) == (0, "")
    assert all(title in done.stdout for title in ("delta2", '"cost"', "The gradients agree", "first-lesson"))
    assert done.stdout.isascii()
    assert "?" not in done.stdout
    assert "\\u" not in done.stdout


def test_in_ascii_a_title_from_elsewhere_is_printed_as_far_as_it_can_be(tmp_path: Path) -> None:
    path = written(tmp_path, 'title = "Schlaf für 数"\n[training]\niterations = 1')
    answer = process("train", str(path), PYTHONIOENCODING="ascii")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines()[0] == "Schlaf fuer ?"
    assert "W1 after the last update" in answer.out.splitlines()


def _shell(line: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", line.replace("tui-nn", f"{sys.executable} -m tui_nn")],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.posix
def test_a_reader_who_has_read_enough_is_no_error() -> None:
    done = _shell("tui-nn train lecture --history | head -n 1")
    assert (done.stdout, without_slow_notice(done.stderr)) == ("Stats 102B, week 3, lecture 3\n", "")


@pytest.mark.posix
@pytest.mark.parametrize("arguments", ["train lecture --iterations 1", "sessions"])
@pytest.mark.parametrize("output", ["> /dev/full", ">&-"], ids=["full", "closed"])
def test_an_output_that_can_t_be_written_is_one_sentence_at_most(arguments: str, output: str) -> None:
    done = _shell(f"tui-nn {arguments} {output}")
    assert done.returncode != 0
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert without_slow_notice(done.stderr).count("\n") <= 1


def test_help_names_the_commands_and_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, fragments in (
        (["--help"], ["train", "show", "check", "sessions"]),
        (["--version"], [__version__]),
        (["train", "--help"], ["--iterations", "--history", "--format"]),
        (["show", "--help"], ["--iteration", "--step", "--format"]),
        (["check", "--help"], ["--iteration", "--epsilon"]),
    ):
        with pytest.raises(SystemExit) as left:
            command(capsys, *arguments)
        assert left.value.code == 0
        out = capsys.readouterr().out
        assert all(fragment in out for fragment in fragments)


@pytest.mark.posix
def test_share_fails_where_a_folder_is_closed_to_the_class(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, "format = 1\n")
    for folder in path.parents:
        # pytest closes its own.
        if "pytest" in str(folder):
            folder.chmod(0o755)
    for mode, code in ((0o700, 1), (0o701, 0)):
        tmp_path.chmod(mode)
        answer = command(capsys, "share", str(path))
        assert (answer.code, answer.err) == (code, "")
        assert (f"can't get into {tmp_path} yet" in answer.out) == bool(code)


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_in_the_help_are_commands(name: str) -> None:
    for example in EXAMPLES[name]:
        words = shlex.split(example.partition("tui-nn ")[2].partition(" >")[0])
        assert words[0] == name
        parse_command(words)


def test_each_command_of_the_table_is_run_and_has_examples() -> None:
    assert set(printing_commands.COMMANDS) | set(entry._NOT_PRINTING) == set(COMMANDS) == set(EXAMPLES)
    assert not set(printing_commands.COMMANDS) & set(entry._NOT_PRINTING)


def test_bash_completes_commands_options_and_their_values() -> None:
    def completed(*words: str) -> set[str]:
        code = (
            'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); '
            '_shtab_tui_nn; printf "%s\\n" "${COMPREPLY[@]}"'
        )
        done = subprocess.run(["bash", "-c", code, "bash", "/dev/stdin", "tui-nn", *words], input=script,
                              capture_output=True, encoding="utf-8", check=True)  # fmt: skip
        return set(done.stdout.split())

    script = subprocess.run(
        [sys.executable, "-m", "tui_nn", "completion", "bash"], capture_output=True, encoding="utf-8", check=True
    ).stdout
    assert {"train", "walk", "diagnose", "lecture"} <= completed("")
    assert completed("tra") == {"train"}
    assert completed("spi") == {"spiral"}
    assert completed("pyproj") == {"pyproject.toml"}
    assert {"--help", "--language", "--theme"} <= completed("--")
    assert completed("lecture", "--th") == {"--theme"}
    assert "--history" in completed("train", "--hi")
    assert {"html", "html-replay"} <= completed("export", "--to", "ht")
    assert {"lecture", "lecture-quiz"} <= completed("train", "lec")
    assert completed("diagnose", "xor", "pyproj") == {"pyproject.toml"}


@needs("fish", called="fish")
def test_fish_completes_commands_lessons_files_and_options() -> None:
    asked = ("tra", "spi", "pyproj", "lecture --th", "train spi")
    program = "\n".join(['eval "$argv[1]"', *(f"complete -C 'tui-nn {words}'; echo ." for words in asked)])
    script = subprocess.run(
        [sys.executable, "-m", "tui_nn", "completion", "fish"], capture_output=True, encoding="utf-8", check=True
    ).stdout
    done = subprocess.run(
        ["fish", "--no-config", "-c", program, script], capture_output=True, encoding="utf-8", check=True
    )
    found = [line.partition("\t")[0] for line in done.stdout.splitlines()]
    assert found == ["train", ".", "spiral", ".", "pyproject.toml", ".", "--theme", ".", "spiral", "."]
