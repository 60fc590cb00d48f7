"""What a TOML text may hold is measured before it is parsed; what tomllib is spared is read as tomllib reads it."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.helpers import entries, is_one_sentence
from tui_nn.session import limits
from tui_nn.session.events import Ended
from tui_nn.session.storage import event_blocks, event_log, toml_bounds
from tui_nn.session.storage.toml_bounds import DOCUMENT_BOUNDS, EVENT_BOUNDS, Bounds, TomlTooLarge, matrices_in
from tui_nn.session.storage.toml_text import loads

_TOO_MUCH = {
    "a key of many parts": ("a." * 10 + "b = 1", 1, "10 parts in a key"),
    "with blanks between": ("a . " * 10 + "b = 1", 1, "10 parts in a key"),
    "in quotes": ('"a b".' * 10 + "b = 1", 1, "10 parts in a key"),
    "in single quotes": ("'a.b'." * 10 + "b = 1", 1, "10 parts in a key"),
    "of digits": ("1." * 10 + "1 = 1", 1, "10 parts in a key"),
    "in a header": ("a = 1\n[" + "a." * 10 + "b]", 2, "10 parts in a key"),
    "in the header of a list": ("[[" + "a." * 10 + "b]]", 1, "10 parts in a key"),
    "in a table within a list": ("x = [1, {" + "a." * 10 + "b = 1}]", 1, "10 parts in a key"),
    "behind a text with quotes in it": ("x = {a = '\"', " + "b." * 10 + "c = '\"'}", 1, "10 parts in a key"),
    "behind a text of many lines": ("x = '''\n\" '''\n" + "b." * 10 + "c = 1", 3, "10 parts in a key"),
    "lists within lists": ("x = " + "[" * 17, 1, "nested too deeply"),
    "tables within tables": ("x = " + "{a=" * 17, 1, "nested too deeply"),
    "headers": ("[[a]]\n" * 2001, 2001, "2000 keys and headers"),
    "keys": ("".join(f"a{i}=1\n" for i in range(2001)), 2001, "2000 keys and headers"),
    "tables in a list": ("x = [" + "{a=1}," * 2001, 1, "2000 keys and headers"),
    "lists of texts": ("x = [" + '["a"],' * 4000, 1, "3000 lists"),
    "empty lists": ("x = [" + "[]," * 4000 + "]", 1, "3000 lists"),
    "texts": ("x = [" + '"",' * 5001, 1, "5000 values in lists"),
    "numbers that are none of json's": ("x = [" + "inf," * 5001 + "]", 1, "5000 values in lists"),
    "a long text": ('x = "' + "a" * 20_001 + '"', 1, "20000 characters in one pair of quotes"),
    "a long text without an end": ('x = "' + "a" * 20_001, 1, "20000 characters in one pair of quotes"),
    "a long text of many lines": ('x = """' + "a\n" * 20_001 + '"""', 1, "20000 characters in one pair of quotes"),
    "many long texts": (('x = "' + "a" * 19_990 + '"\n') * 101, 101, "2000000 characters in quotes"),
    "a long whole number": ("x = " + "1" * 10_001, 1, "10000 characters in a number"),
    "a long number": ("x = 0." + "1" * 10_001, 1, "10000 characters in a number"),
    "a long number in a matrix": ("x = [[1.0, " + "1" * 10_001 + "]]", 1, "10000 characters in a number"),
    "a long name": ("a" * 10_001 + " = 1", 1, "10000 characters in a number or a name"),
    "lines": ("\n" * 30_001, 30_001, "30000 lines"),
    "signs": ("= " * 2001, 1, "keys and headers"),
    "words": ("a " * 10_001, 1, "20000 words and signs"),
}


@pytest.mark.parametrize("case", _TOO_MUCH)
def test_what_tomllib_would_take_long_for_is_refused_before_it_sees_it(
    case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(text: str) -> None:
        raise AssertionError(f"{len(text)} characters are parsed")

    monkeypatch.setattr(tomllib, "loads", never)
    # The real bounds are a hundred times as high, and take a second to come to.
    for name, most in (("ITEMS", 5000), ("_TOKENS", 20_000), ("LINES", 30_000)):
        monkeypatch.setattr(toml_bounds, name, most)
    text, line, fragment = _TOO_MUCH[case]
    with pytest.raises(TomlTooLarge) as error:
        loads(text, Bounds(statements=2000, lists=3000))
    assert error.value.line == line
    assert fragment in str(error.value)
    assert is_one_sentence(f"{error.value}\n")


@pytest.mark.parametrize(
    "text",
    [
        "# " + "a." * 1000 + "\nx = 1",
        'x = "' + "a." * 1000 + '"',
        "x = '" + "[" * 1000 + "'",
        'x = """\n' + "a.b\n" * 1000 + '"""""',
        'x = ["", \'\', "\\"", """a"b""c"""]',
        "x = 1.5 # " + "[" * 100,
        "x = 1.5\ny = 2024-01-31T07:32:00.999\n",
        "[a.b]\nc.d = {e = [1.5, {f = 2.5}]}",
    ],
    ids=["comment", "text", "brackets", "lines", "quotes", "comment behind", "date", "tables"],
)
def test_what_only_looks_so_is_read(text: str) -> None:
    assert loads(text) == tomllib.loads(text)


def test_a_text_that_was_cut_off_in_quotes_is_left_to_tomllib() -> None:
    for text in ('x = "' + "a." * 100, "x = '" + "[" * 100, 'x = """' + "a.\n" * 100):
        assert matrices_in(text, EVENT_BOUNDS) == []


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


def _outcome(read: object, text: str) -> object:
    assert callable(read)
    try:
        return repr(read(text))
    except tomllib.TOMLDecodeError:
        return "refused"


@given(
    value=_list_of(_number, 60) | _list_of(_list_of(_number, 20), 12),
    before=st.sampled_from(["", "a = 1\n", "[data]\n", "a = 1 ", "[a]\nb.", "y = {x = 1}\n", "a = 7\nb = [", "b = 1"]),
    behind=st.sampled_from(["", "\n", " # a comment\nb = 2\n", " b = 2", "\n[[event]]\na = 1.5\n", "]\n", "[1]"]),
)
def test_a_matrix_is_read_as_tomllib_reads_it(value: str, before: str, behind: str) -> None:
    text = f'{before}x = {value}{behind}\nlast = "δ"\n'
    assert _outcome(loads, text) == _outcome(tomllib.loads, text)


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


@given(lines=st.lists(_line, max_size=5), end=st.sampled_from(["\n", "\r\n"]), header=st.sampled_from(["", "  ", "# "]))
def test_an_event_is_read_line_by_line_as_tomllib_reads_it(lines: list[str], end: str, header: str) -> None:
    block = end.join((f"[[event]]{header}", *lines))
    if (content := event_blocks.read_line_by_line(block)) is not None:
        assert repr({"event": [content]}) == repr(tomllib.loads(block))


def test_more_events_than_are_read_are_refused_before_one_of_them_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "EVENTS", 3)
    text = event_log.log_text(entries(*(Ended() for _ in range(4))))
    assert len(event_log.read_entries(text[: text.rindex("[[")]).entries) == 3
    with pytest.raises(event_log.LogError, match="line 17: more than 3 events"):
        event_log.read_entries(text)
    with pytest.raises(event_log.LogError, match="line 117: more than 3 events"):
        event_log.read_entries(text[text.rindex("\n[[") :], after=3, first_line=116)


def test_events_written_otherwise_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "EVENTS_IN_OTHER_STYLES", 3)
    text = "".join(f'[[event]]\n"kind" = "ended"\nseq = {seq}\n' for seq in range(1, 5))
    with pytest.raises(
        event_log.LogError, match="line 10: more than 3 events that are not written as tui-nn writes them"
    ):
        event_log.read_entries(text)


def test_a_million_numbers_and_the_largest_table_are_within_the_bounds() -> None:
    rows = "".join(f"    [{i}.5, 0.25],\n" for i in range(limits.ROWS))
    text = f"x = [\n{rows}]\ny = [\n{rows}]\n"
    assert [text[one.start] + text[one.end - 1] for one in matrices_in(text, DOCUMENT_BOUNDS)] == ["[]", "[]"]
    assert loads(text)["y"] == [[i + 0.5, 0.25] for i in range(limits.ROWS)]


def test_the_bounds_leave_room_for_what_a_lesson_may_hold() -> None:
    assert DOCUMENT_BOUNDS.statements > 9 * limits.QUESTIONS + 2 * limits.HIDDEN_LAYERS + 100
    assert DOCUMENT_BOUNDS.lists > 2 * limits.ROWS + limits.HIDDEN_LAYERS * limits.UNITS
    assert EVENT_BOUNDS.lists > 2 * limits.ROWS
    # Six characters for each, where a control character is written as an escape sequence.
    assert toml_bounds.TEXT_LENGTH > 6 * limits.NOTE_LENGTH
    assert limits.EVENTS_IN_OTHER_STYLES > limits.EDITS
