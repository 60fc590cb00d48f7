"""Where the screen writes to, when the terminal does not take it as it should."""

import os
from threading import Thread

from tui_nn.dashboard.terminal.posix_driver import TerminalOutput

_MORE_THAN_A_TERMINAL_HOLDS = "δ⁽³⁾ " * 20_000


def test_a_terminal_that_does_not_wait_for_its_reader_gets_all_that_is_written() -> None:
    user_end, terminal = os.openpty()
    os.set_blocking(terminal, False)
    output = TerminalOutput(terminal, "utf-8")
    output.write(_MORE_THAN_A_TERMINAL_HOLDS)
    writing = Thread(target=output.flush)
    writing.start()
    got = b""
    while len(got) < len(_MORE_THAN_A_TERMINAL_HOLDS.encode()):
        got += os.read(user_end, 1 << 16)
    writing.join()
    assert got.decode() == _MORE_THAN_A_TERMINAL_HOLDS
    os.close(user_end)
    os.close(terminal)


def test_what_is_written_to_a_terminal_that_is_gone_is_nobody_s_error() -> None:
    user_end, terminal = os.openpty()
    os.close(user_end)
    output = TerminalOutput(terminal, "ascii")
    for _ in range(2):
        output.write("δ⁽³⁾")
        output.flush()
    os.close(terminal)


def test_what_may_not_be_seen_yet_is_written_with_what_comes_next() -> None:
    read_end, write_end = os.pipe()
    output = TerminalOutput(write_end, "utf-8")
    answers = iter((False, True))
    output.may_write = lambda: next(answers)
    for text in ("a step", " and what is wrong with it"):
        output.write(text)
        output.flush()
    os.close(write_end)
    assert os.read(read_end, 100) == b"a step and what is wrong with it"
    os.close(read_end)
