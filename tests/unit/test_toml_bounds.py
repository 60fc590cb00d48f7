"""What a TOML text may hold is bounded before it is parsed; within the bounds, Python's tomllib reads the same."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rtoml import TomlParsingError

from tests.unit.helpers import entries, is_one_sentence
from tui_nn.session import limits
from tui_nn.session.events import Ended
from tui_nn.session.storage import event_log
from tui_nn.session.storage.toml_text import TomlTooLarge, loads

_TOO_MUCH = {
    "lists": ("x = [\n" + "[]," * 600_000 + "]", 2, "500000 lists and tables"),
    "tables": ("x = [" + "{a=1}," * 600_000 + "]", 1, "500000 lists and tables"),
    "headers": ("[[a]]\n" * 600_000, 250_001, "500000 lists and tables"),
    "numbers": ("x = [\n\n" + "1," * 3_100_000 + "]", 3, "3000000 commas"),
    "a key of many parts": ("a." * 4_100_000 + "b = 1", 1, "4000000 dots"),
}


@pytest.mark.parametrize("case", _TOO_MUCH)
def test_what_would_take_gigabytes_is_refused_before_it_is_parsed(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(text: str) -> None:
        raise AssertionError(f"{len(text)} characters are parsed")

    monkeypatch.setattr("rtoml.loads", never)
    text, line, fragment = _TOO_MUCH[case]
    with pytest.raises(TomlTooLarge) as error:
        loads(text)
    assert error.value.line == line
    assert fragment in str(error.value)
    assert is_one_sentence(f"{error.value}\n")


_number = (
    st.floats(allow_nan=False, allow_infinity=False).map(repr)
    | st.integers(-(10**20), 10**20).map(str)
    | st.sampled_from(
        ["-0", "+1", "1_000", "1e+5", "1E5", "+0.5", "01", "1.", ".5", "1__0", "inf", "0x1f", "1e1_0", "+-5"]
    )
)
_blank = st.sampled_from(["", "", " ", "\n", "\n    ", " # 1, [2]\n", "\r\n", "\t"])


@st.composite
def _list_of(draw: st.DrawFn, items: st.SearchStrategy[str], most: int) -> str:
    parts = draw(st.lists(items, max_size=most))
    behind = draw(st.sampled_from(["", "", ",", " ,", ",,"]))
    return f"[{draw(_blank)}{(',' + draw(_blank)).join(parts)}{behind}{draw(_blank)}]"


def _outcome(text: str) -> object:
    try:
        return repr(loads(text))
    except TomlParsingError:
        return "refused"


def _by_tomllib(text: str) -> object:
    try:
        return repr(tomllib.loads(text))
    except tomllib.TOMLDecodeError:
        return "refused"


@given(
    value=_list_of(_number, 60) | _list_of(_list_of(_number, 20), 12),
    before=st.sampled_from(["", "a = 1\n", "[data]\n", "a = 1 ", "[a]\nb.", "y = {x = 1}\n", "a = 7\nb = [", "b = 1"]),
    behind=st.sampled_from(["", "\n", " # a comment\nb = 2\n", " b = 2", "\n[[event]]\na = 1.5\n", "]\n", "[1]"]),
)
def test_a_matrix_is_read_as_tomllib_reads_it(value: str, before: str, behind: str) -> None:
    text = f'{before}x = {value}{behind}\nlast = "δ"\n'
    assert _outcome(text) == _by_tomllib(text)


_value = st.one_of(
    _number,
    st.sampled_from(
        ["true", "false", "[1, 2.5]", "[]", "[1,2]", '["a"]', "{a = 1}", "2024-01-31", "07:32:00", "'''a'''"]
    ),
    st.text(max_size=6).map(lambda text: f'"{text}"'),
    st.text(max_size=6).map(lambda text: f"'{text}'"),
    st.sampled_from(
        ['"\\u00e9\\n"', '"\\ud800"', '"\\U0001F600"', '"\\/"', '"\\t\\\\"', '""""', '"""a"""', '"a', "1 2"]
    ),
)
_key = st.sampled_from(["kind", "at", "x", "seq", "a-b", "a.b", '"kind"', "9", ""])
_line = st.one_of(
    st.builds("{} = {}{}".format, _key, _value, st.sampled_from(["", " ", " # a comment", "\t# \x00"])),
    st.sampled_from(["", "  # a comment", "[[event]]", "[a]", "seq = 1", "  at = 1.5"]),
)


@given(lines=st.lists(_line, max_size=5), header=st.sampled_from(["", "  ", "# "]))
def test_an_event_is_read_as_tomllib_reads_it(lines: list[str], header: str) -> None:
    block = "\n".join((f"[[event]]{header}", *lines))
    assert _outcome(block) == _by_tomllib(block)


def test_more_events_than_are_read_are_refused_before_one_of_them_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "EVENTS", 3)
    text = event_log.log_text(entries(*(Ended() for _ in range(4))))
    assert len(event_log.read_entries(text[: text.rindex("[[")]).entries) == 3
    with pytest.raises(event_log.LogError, match="line 17: more than 3 events"):
        event_log.read_entries(text)
    with pytest.raises(event_log.LogError, match="line 117: more than 3 events"):
        event_log.read_entries(text[text.rindex("\n[[") :], after=3, first_line=116)


def test_a_million_numbers_and_the_most_rows_are_within_the_bounds() -> None:
    rows = "".join(f"    [{i}.5, 0.25, 1.5, 2.5, 3.5],\n" for i in range(limits.ROWS))
    text = f"x = [\n{rows}]\ny = [\n{rows}]\n"
    assert loads(text)["y"] == [[i + 0.5, 0.25, 1.5, 2.5, 3.5] for i in range(limits.ROWS)]
