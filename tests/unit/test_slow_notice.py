"""A command that takes long says so on standard error, once."""

from threading import Event

import pytest

from tui_nn.cli import slow_notice as waiting
from tui_nn.cli.slow_notice import _print_notice as sentence
from tui_nn.cli.slow_notice import slow_notice


def test_what_takes_long_says_so_and_what_does_not_is_silent(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = Event()

    def say() -> None:
        sentence()
        said.set()

    monkeypatch.setattr(waiting, "_print_notice", say)
    with slow_notice(seconds=0.0):
        assert said.wait(60)
    assert capsys.readouterr().err == "tui-nn: This takes longer than 3 seconds; press Ctrl+C to stop it.\n"
    with slow_notice(seconds=1000.0):
        pass
    assert capsys.readouterr().err == ""
