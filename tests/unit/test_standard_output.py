"""What commands print: in the encoding asked for, without control characters, and nothing where nobody reads."""

import pytest

from tui_nn.handouts.output import to_standard_error, to_standard_output
from tui_nn.session.storage.session_file import SessionError


def test_a_text_is_printed_in_the_encoding_that_is_asked_for(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    to_standard_output("é δ\n", "latin-1")
    assert capfdbinary.readouterr().out == b"\xe9 ?\n"


def test_an_error_is_one_line_without_control_characters(capsys: pytest.CaptureFixture[str]) -> None:
    to_standard_error("a\x1b[31m\nb")
    assert capsys.readouterr().err == "tui-nn: a�[31m�b\n"


def test_where_there_is_no_standard_output_that_is_an_error_and_no_standard_error_is_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stdout", None)
    monkeypatch.setattr("sys.stderr", None)
    with pytest.raises(SessionError, match="no standard output"):
        to_standard_output("a")
    to_standard_error("a")
