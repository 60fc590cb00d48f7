"""Which keys that come in one piece are a paste: what people paste is, what people and clickers press is not."""

import pytest

from tui_nn.dashboard.terminal.plain_paste import is_paste, is_table, may_be_paste

_PASTED = (
    "hours\tscore\r8\t75\r5\t82\r",
    "1\t2\t3\r4\t5\t6",
    "1 2 3\n4 5 6\n",
    "0,5;1\r2,5;3\r",
    "1\r2\r3\r",
    "Dear class,\rtoday we look at the gradient.\r",
    "abc\rdef\r",
    "x <- 1:10; plot(x)\ry <- 2\r",
)
_PRESSED = (
    # After g, on a slow line; then on with the lesson.
    "37\r",
    "g37\r",
    "g37\rn",
    "g37\rg40\r",
    "g37 delta3\r",
    "37\rnn",
    "N8 5\rc",
    # Keys held down.
    "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn",
    "\t\t\t\t\t\t",
    "\r\r\r\r",
    # A clicker, arrows, a mark of a real paste.
    "\x1b[6~\x1b[6~\r\x1b[6~",
    "7\r\x1b[B8\r",
    "\x1b[200~1\t2\r3\t4\x1b[201~",
    # Tests and quick hands.
    "n.\ta75\ru8\r",
    "c\te",
    "\t7\r",
    "7\r8",
)


@pytest.mark.parametrize("text", _PASTED)
def test_what_people_paste_is_a_paste(text: str) -> None:
    assert may_be_paste(text)
    assert is_paste(text)


@pytest.mark.parametrize("text", _PRESSED)
def test_what_people_press_is_no_paste(text: str) -> None:
    assert not (may_be_paste(text) and is_paste(text))


@pytest.mark.parametrize("text", ["7\t8", "7\r8", "7\t8\t", "a\tb\r1\t2", "1 2\r3 4", "−0,5;1/3\r1e-3;2"])
def test_a_table_of_any_size_is_one(text: str) -> None:
    assert is_table(text)


@pytest.mark.parametrize("text", ["7\rd", "a75\ru8\r", "7\t8\r9", "7\ta", "1\t2\ra\tb", "5", "37\rnn"])
def test_what_is_no_table_is_none(text: str) -> None:
    assert not (may_be_paste(text) and is_table(text))
