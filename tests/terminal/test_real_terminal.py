"""The program as a user has it: in a terminal, with keys that come as bytes."""

import os
import re
import select
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from tests.contrast import CONSOLE, XTERM, pale
from tests.emulator import Emulator
from tests.terminal.program import DASHBOARD, IGNORES_HANGUPS, Program, focused, is_opened, running, step_shown
from tui_nn.session.storage.session_file import read

_SIZES = [(120, 40), (80, 24)]
# What was under way when one began to look is drawn by then.
_LOOKS = 100


def _started(program: Program) -> None:
    """Reads until the lesson is trained to its end, and its chart is drawn where there is one."""
    program.until(_is_trained)


def _is_trained(screen: Emulator) -> bool:
    lines = screen.lines
    chart = "─ Cost" not in screen.text or "┤" in screen.text
    return is_opened(screen) and "─" not in lines[-2] and chart


def test_iteration_37_at_delta3_shows_the_lecture_s_figures_and_keys_that_arrive_together_come_in_their_order() -> None:
    with running() as program:
        _started(program)
        program.press("nnnnnp.")
        program.shows("iteration 2 of 10 000")
        program.stands_at("J")
        program.press("g1 delta2\r")
        program.stands_at("δ⁽²⁾")
        program.press("g")
        program.shows("Go to iteration")
        program.press("37 delta3", "enter")
        program.shows("iteration 37 of 10 000", "δ⁽³⁾", "J = 0.006725", " 0.01148", "−0.00049", "−0.01051")
        program.until_it_rests()
        before = program.screen.lines
        for key, iteration in (("up", 1), ("down", 37)):
            program.press(*[key] * 36)
            program.shows(f"iteration {iteration} of 10 000")
        program.until(lambda screen: screen.lines == before)


def test_another_size_of_the_window_is_filled_too_small_a_one_asks_for_more_and_an_idle_screen_writes_nothing() -> None:
    with running() as program:
        _started(program)
        for size in ((80, 24), (200, 50)):
            program.resize(*size)
            program.until(lambda screen: "? help" in screen.lines[-1])
            assert len(program.screen.lines) == size[1]
        program.resize(40, 10)
        program.until(lambda screen: "needs a terminal of at least 60" in " ".join(screen.text.split()))
        program.resize(*_SIZES[0])
        program.until(_is_trained)
        for size, keys in ((_SIZES[0], ()), (_SIZES[0], ("right", "tab")), (_SIZES[1], ())):
            if size != _SIZES[0]:
                program.resize(*size)
                program.until(lambda screen: "? help" in screen.lines[-1])
            program.press(*keys)
            # Two seconds in which nothing is written: the first may be on the way still.
            assert any(program.is_silent() for _ in range(_LOOKS))
            assert program.is_silent()


def test_leaving_gives_the_terminal_back_as_it_was_also_when_errors_go_elsewhere() -> None:
    user_end, elsewhere = os.openpty()
    with running(("sh", "-c", f'exec "$@" 2>{os.ttyname(elsewhere)}', "sh", *DASHBOARD)) as program:
        before = program.attributes
        _started(program)
        assert not program.screen.gave_back
        assert not program.attributes[3] & (termios.ECHO | termios.ICANON)
        program.press("q")
        assert program.ended() == 0
        gave_back: bool = program.screen.gave_back
        assert gave_back
        assert program.attributes == before
        # The screen did not go where the errors went.
        assert not select.select([user_end], [], [], 0)[0]
    os.close(user_end)
    os.close(elsewhere)


def test_a_long_run_leaves_the_keys_answered() -> None:
    with running() as program:
        _started(program)
        program.focus("Settings")
        # The iterations are the last of the eleven settings of the network and its training, which come first.
        program.press(*["up"] * 30, *["down"] * 10, "400000", "enter", "escape")
        program.until(lambda screen: "computed" in screen.lines[0] and not focused(screen))
        for step in ("A⁽²⁾", "Z⁽³⁾", "Ŷ", "J", "δ⁽³⁾"):
            program.press("right")
            program.stands_at(step)
        assert "computed" in program.screen.lines[0]
        program.until(lambda screen: "computed" not in screen.lines[0])
        program.press("end")
        program.shows("iteration 400 000 of 400 000", "update")


def test_a_cell_takes_what_is_typed_and_pasted_and_the_lesson_is_saved(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('title = "Mine"\n', encoding="utf-8")
    with running((*DASHBOARD, str(path))) as program:
        _started(program)
        program.focus("Data")
        program.press("−7,5", "enter")
        program.shows("−7.5", "(changed)")
        program.press("\x1b[200~12.25\x1b[201~")
        program.shows("12.25")
        program.press("enter", "A")
        program.shows(" 3-3-1 ")
        program.press("u")
        program.shows(" 2-3-1 ")
        program.press("U")
        program.shows(" 3-3-1 ")
        program.press("s")
        program.shows("Save the lesson to this file")
        program.press("enter")
        program.until(lambda screen: "(changed)" not in screen.text and "Save the lesson" not in screen.text)
        program.press("q")
        assert program.ended() == 0
    assert read(path).state.document.dataset.x[:, 0].tolist() == [-7.5, 12.25, 10.0]


def test_without_its_window_it_ends_even_where_hangups_are_ignored() -> None:
    with running((*IGNORES_HANGUPS, *DASHBOARD)) as program:
        _started(program)
        program.hang_up()


@pytest.mark.parametrize("command", [DASHBOARD, (str(Path(sys.executable).with_name("tui-nn")),)])
def test_without_a_terminal_it_says_so_and_exits_with_2(command: tuple[str, ...]) -> None:
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("tui-nn: the dashboard needs a terminal")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "kind", "says"),
    [
        ((), "dumb", "TERM says that yours is of the kind dumb"),
        (("replay", "first-lesson"), "unknown", "TERM says that yours is of the kind unknown"),
        (("follow", "first-lesson"), "", "TERM is not set"),
    ],
)
def test_a_terminal_that_can_t_show_a_screen_is_told_so(words: tuple[str, ...], kind: str, says: str) -> None:
    with running((*DASHBOARD, *words), (300, 24), TERM=kind) as program:
        assert program.ended() == 2
        assert says in program.screen.text
        assert "and tui-nn train, show and check print without one" in program.screen.text


def test_a_file_that_can_t_be_read_is_refused_before_the_screen_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "broken.toml"
    path.write_text("[network\n", encoding="utf-8")
    with running((*DASHBOARD, str(path))) as program:
        assert program.ended() == 2
        assert "broken.toml" in program.screen.text
        assert "Traceback" not in program.screen.text
        assert program.screen.gave_back


def test_without_colours_the_step_and_the_focus_can_still_be_told() -> None:
    with running(NO_COLOR="1") as program:
        _started(program)
        program.press("tab")
        program.until(lambda screen: len(focused(screen)) == 1)
        program.shows("▶Z⁽²⁾")
        program.stands_at("Z⁽²⁾")
        colours = {cell.foreground for line in program.screen.cells for cell in line} - {"default"}
        assert all(len(set(re.findall("..", colour))) == 1 for colour in colours), colours


@pytest.mark.parametrize("environment", [{}, {"NO_COLOR": "1"}], ids=["colours", "no colours"])
def test_on_a_terminal_of_sixteen_colours_black_or_white_all_can_be_read(environment: dict[str, str]) -> None:
    with running(DASHBOARD, _SIZES[0], TERM="xterm", COLORTERM="", **environment) as program:
        _started(program)
        program.press("e")
        program.shows("Explain")
        program.press("?")
        program.shows("Esc: back")
        for name, palette in {**XTERM, **CONSOLE}.items():
            assert list(pale(program.screen.cells, palette, 3.0)) == [], name


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (("--ascii",), {}),
        ((), {"TERM": "linux"}),
        ((), {"LC_ALL": "", "LC_CTYPE": "", "LANG": "C", "PYTHONCOERCECLOCALE": "0"}),
    ],
    ids=["asked for", "console", "locale"],
)
def test_without_more_than_ascii_the_lecture_is_there_in_ascii(
    arguments: tuple[str, ...], environment: dict[str, str]
) -> None:
    with running((*DASHBOARD, *arguments), _SIZES[0], **environment) as program:
        program.until(lambda screen: step_shown(screen) == "Z2" and "computed" not in screen.lines[0])
        program.press("g")
        program.shows("Go to iteration")
        program.press("37 delta3", "enter")
        program.shows("iteration 37 of 10 000", " 0.01148", "-0.00049", "-0.01051")
        program.until(lambda screen: "delta3 = -( Y - Y_hat ) * f'(Z3)" in " ".join(screen.text.split()))
        assert program.screen.text.isascii()
