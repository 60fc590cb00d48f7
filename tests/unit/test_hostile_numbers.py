"""A student's numbers may be a stranger's text: reading it is bounded, and no control character comes out of it."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui_nn.session import limits
from tui_nn.session.homework.file_text import decode
from tui_nn.session.homework.printed_numbers import NumbersError, PrintedNumbers
from tui_nn.session.homework.reading import read_printed, read_printed_file

_PARTS = st.sampled_from(
    [
        *"[](){},;:=|$#>\"'\\&%-+",
        *(
            "W_1",
            "djdw2",
            "cost",
            "iteration",
            "array(",
            "tensor(",
            "structure(c(",
            "dim = ",
            "List of 2",
            "num [1:2, 1:3]",
        ),
        *(
            "[1]",
            "[1,]",
            "[,1]",
            "[[1]]",
            "[,2]",
            "...",
            "NA",
            "nan",
            "Inf",
            "1e999",
            "1e-99999",
            "0.5",
            "0,5",
            "3",
            "-2.5e-3",
        ),
        *(
            "\n",
            "\n",
            "\n",
            " ",
            "  ",
            "\t",
            "\r\n",
            "> ",
            ">>> ",
            "+ ",
            "Out[1]: ",
            "## ",
            "Columns 2 through 3:",
            ", , 1",
        ),
        *(
            "\x1b[31m",
            "\x1b]0;title\x07",
            "\x00",
            "\u202e",
            "\u2028",
            "\x85",
            "é",
            "⁽²⁾",
            "dtype: float64",
            "1:3",
            "1.0e-03 *",
        ),
    ]
)


def _read(text: str) -> None:
    found = _outcome(text)
    if isinstance(found, NumbersError):
        assert str(found).isprintable()
        return
    assert found.matrices
    for matrix in found.matrices:
        assert matrix.label.isprintable()
        assert len(matrix.label) <= limits.NAME_LENGTH
        assert matrix.numbers.shape == matrix.tolerance.shape
        assert (matrix.tolerance >= 0).all()
        assert not matrix.is_list or len(matrix.numbers) == 1
        assert matrix.iterations is None or len(matrix.iterations) == matrix.numbers.size
        assert 1 <= matrix.line <= len(text.splitlines()) + 1
    assert all(note.isprintable() for note in found.notes)
    assert len(found.notes) <= limits.READING_NOTES + 1


@given(st.lists(_PARTS, max_size=60).map("".join))
@example("iteration [,1\n[1,] 1e99999 1e-99999")
def test_any_text_is_read_or_refused_in_printable_words(text: str) -> None:
    _read(text)


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda content: content.decode("latin-1")))
def test_random_text_is_read_or_refused(text: str) -> None:
    _read(text)


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(content: bytes) -> None:
    try:
        text = decode(content)
    except NumbersError:
        return
    _read(text)


@pytest.mark.parametrize("opening", ["[", "{'a': ", "c(", "list(a = ", "array([", "[[1], ", "structure(", "((", "{1: "])
def test_values_nested_too_deeply_are_left_out(opening: str) -> None:
    _read(f"cost 0.5\n{opening * 3000}1.5\n")
    _read(f"W1 = {opening * 3000}")


def test_too_much_is_refused_before_it_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PRINTED_CELLS", 1000)
    monkeypatch.setattr(limits, "PRINTED_MATRICES", 50)
    monkeypatch.setattr(limits, "PRINTED_LISTS", 200)
    monkeypatch.setattr(limits, "PRINTED_LABELS", 20)
    for text in ("W1\n" + "0.5\n" * 900 + "W2\n" + "0.5\n" * 900, "cost\n[1] 0.5\n" * 200):
        found = read_printed(text)
        assert sum(one.numbers.size for one in found.matrices) <= 1000
        assert len(found.matrices) <= 50
        assert "at most 1000 numbers in 50 matrices are read" in found.notes[0]
    # str() shows a few numbers of a matrix that may be large.
    with pytest.raises(NumbersError, match="at most 1000 numbers in 50 matrices are read"):
        read_printed(" $ a: num [1:900, 1:300] 0.5 ...\n" * 90)
    for text in ("[" + "0.5, " * 2000 + "0.5]", "[" + "[], " * 500 + "[0.5]]", "[" + "[0.5], " * 500 + "[0.5]]"):
        with pytest.raises(NumbersError, match="the most that are read"):
            read_printed(text)
    with pytest.raises(NumbersError, match="more than 200 lists and texts"):
        read_printed("[" + "[], " * 250 + "[0.5]]")
    labels = read_printed("".join(f"iteration 1: name{chr(97 + i)} {i}.5\n" for i in range(26)))
    assert len(labels.matrices) == 20
    assert "too many different names" in labels.notes[0]
    monkeypatch.setattr(limits, "NUMBERS_BYTES", 100)
    large = tmp_path / "large.txt"
    large.write_text("0.5\n" * 26)
    with pytest.raises(NumbersError, match="the most that is read"):
        read_printed_file(large)
    with pytest.raises(NumbersError, match="the most that is read"):
        read_printed("0.5\n" * 26)


def test_no_control_character_gets_into_a_name_or_a_note() -> None:
    hostile = "\x1b]0;title\x07W_1\u202e\x9b2J"
    _read(f"{hostile}\n0.5 0.25\n")
    _read(f"{hostile} = 0.5\n{hostile}\n0.5 0.25\n0.5\n")
    _read('{"\x1b[2JW_1": [0.5, 0.25], "\x07b": [[0.5], [0.5, 1.5]]}')
    _read("\x1b[2J,cost\n1,0.5\n2,0.25\n")


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    for content in (b"\x93NUMPY\x01\x00", b"PK\x03\x04", b"%PDF-1.5", b"0.5\x00\x00\x00" * 40):
        file = tmp_path / "file"
        file.write_bytes(content)
        with pytest.raises(NumbersError, match="This file is no text"):
            read_printed_file(file)


def _calls(action: Callable[[], object]) -> int:
    """How many functions are called, in Python and in C."""
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:  # noqa: ARG001
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        action()
    finally:
        sys.setprofile(before)
    return count


_GROWING = [
    "0.5 0.25\n",
    "[1] 0.5\n",
    "          [,1]\n[1,] 0.5\n",
    "Columns 1:\n\n0.5\n\n",
    "[[\n",
    "W1 = [0.5, 0.25\n",
    "[0.5] [0.5] ",
    "cost: 0.5, ",
    "$a\n$a[[1]]\n",
    "name 0.5 other 0.25\n",
    "a b c\n1 2 3\n",
    "> W_1; W_2\n",
    "c(",
    '"',
    "iteration 1: ",
    "| 0.5 |\n|---|\n",
    "W1[1,1] = 0.5\n",
    "\n\n\n\n",
    "1,2\n",
    " $ a:List of 1\n",
    "...\n",
]


@pytest.mark.parametrize("part", _GROWING, ids=repr)
def test_the_work_grows_with_the_size_of_the_text(part: str) -> None:
    once, fourfold = (_calls(partial(_outcome, part * times)) for times in (300, 1200))
    assert fourfold <= 6 * once + 2000


def _outcome(text: str) -> PrintedNumbers | NumbersError:
    try:
        return read_printed(text)
    except NumbersError as error:
        return error
