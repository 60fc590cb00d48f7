"""A lesson written and read is the same to the last bit and to the last byte: the document, and all that happened."""

import math
import tomllib
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.unit.event_strategies import histories
from tests.unit.helpers import entries, plain
from tests.unit.strategies import finite, texts
from tui_nn.session import events
from tui_nn.session.document import Document
from tui_nn.session.events import (
    EVENT_CLASSES,
    Branched,
    CellSet,
    ColumnAdded,
    CostReached,
    Ended,
    Event,
    HyperparameterSet,
    Marked,
    Moved,
    Noted,
    PaneChosen,
    RowAdded,
    Setting,
    Undone,
    WeightSet,
)
from tui_nn.session.lesson_log import LessonLog
from tui_nn.session.storage import document_toml, event_log
from tui_nn.session.storage.session_file import Lesson, lesson_from_content, read

_PATH = Path("lesson.toml")


def _log_of(*happened: Event) -> str:
    return event_log.log_text(entries(*happened))


def _read_log(text: str) -> list[Event]:
    found = event_log.read_entries(text)
    assert found.end == len(text)
    return [entry.event for entry in found.entries]


@given(history=histories())
def test_a_lesson_written_and_read_is_the_same_to_the_last_bit(history: LessonLog) -> None:
    text = document_toml.dump(history.lesson.document, history.entries)
    lesson = lesson_from_content(_PATH, text.encode())
    assert lesson.entries == history.entries
    assert plain(lesson.state) == plain(history.state)
    assert plain(lesson.document) == plain(history.lesson.document)
    assert (lesson.source, lesson.size, lesson.cut_off_bytes) == (text, len(text.encode()), 0)
    assert document_toml.dump(lesson.document, lesson.entries) == text


@given(history=histories(), cut=st.integers(0, 12))
def test_a_log_written_in_pieces_is_the_log(history: LessonLog, cut: int) -> None:
    pieces = history.entries[:cut], history.entries[cut:]
    assert "".join(map(event_log.log_text, pieces)) == event_log.log_text(history.entries)


def test_every_kind_of_event_has_a_name_in_the_file_and_no_two_have_the_same() -> None:
    assert {event.__name__ for event in EVENT_CLASSES.values()} < set(events.__all__)
    for kind, event in EVENT_CLASSES.items():
        assert event.kind == kind
        assert not {"kind", "at", "seq"} & {field.name for field in fields(event)}, kind  # type: ignore[arg-type]
    with pytest.raises(TypeError, match='two classes of events are called "moved"'):
        type("MovedAgain", (Event,), {}, kind="moved")


def test_an_event_stands_in_the_file_as_people_read_it() -> None:
    happened = event_log.LogEntry(1, 3.2, Moved(1, "delta3")), event_log.LogEntry(2, 4.0, Undone())
    assert event_log.log_text(happened) == (
        '\n[[event]]\nkind = "moved"\nat = 3.2\niteration = 1\nstep = "delta3"\nseq = 1\n'
        '\n[[event]]\nkind = "undone"\nat = 4.0\nseq = 2\n'
    )


@given(cells=st.lists(finite, min_size=1, max_size=40), at=st.floats(0, 1e9))
def test_numbers_keep_all_their_digits(cells: list[float], at: float) -> None:
    happened = (
        event_log.LogEntry(1, at, RowAdded(1, tuple(cells), (cells[0],))),
        event_log.LogEntry(2, at, WeightSet("W1", 1, 1, cells[-1])),
        event_log.LogEntry(3, at, CostReached(1, cells[0])),
        event_log.LogEntry(4, at, ColumnAdded("x", 1, "name", tuple(cells))),
    )
    found = event_log.read_entries(event_log.log_text(happened))
    assert repr(found.entries) == repr(happened)


@given(text=texts)
@pytest.mark.parametrize("event", [Noted, Marked, Branched, PaneChosen])
def test_any_text_comes_back_as_it_was(event: type[Noted | Marked | Branched | PaneChosen], text: str) -> None:
    assert _read_log(_log_of(event(text))) == [event(text)]


@pytest.mark.parametrize(
    "value",
    ["column max", "", True, False, 1, -7, 2**63 - 1, 0.5, 1e300, (), (3,), (4, 3), (10.0, 5.0), (0.1,)],
    ids=repr,
)
def test_a_setting_of_any_type_comes_back_as_it_was(value: Setting) -> None:
    (found,) = _read_log(_log_of(HyperparameterSet("key", value)))
    assert isinstance(found, HyperparameterSet)
    assert repr(found.value) == repr(value)


def test_numbers_of_numpy_are_written_as_numbers() -> None:
    number = np.float64(0.1)
    assert _read_log(_log_of(CellSet("x", 1, 1, number), CostReached(1, number))) == [
        CellSet("x", 1, 1, 0.1),
        CostReached(1, 0.1),
    ]


_NUMBERS = ("0", "-0", "007", "1_000", "+5", "0x1F", "-1.50", "1.", ".5", "1e5", "1E+5", "1e999", "-0.0", "nan", "-inf")
_TEXTS = ('"a\\tb"', '"\\u0041"', '"a\tb"', "'a\\b'", '"""a"""', '"é\u2028"', '"a" # b')
_OTHERS = ("true", "[1, 2.0]", "[]", "[true]", "[nan]", '["a"]', "[[1]]", "2024-01-31", "07:30:00", "{a = 1}")
_ODD = st.text("0123456789+-_.eEx\"'\\abt\t #[]", max_size=8)
_NEARLY = st.builds("{}{}".format, finite | st.integers(), st.text(" #_e.0", max_size=4))


def _is_setting(value: object) -> bool:
    match value:
        case str():
            return value.isprintable()
        case list():
            numbers = all(type(item) in (int, float) and math.isfinite(item) for item in value)
            return numbers or all(isinstance(item, str) and item.isprintable() and item.strip() for item in value)
        case _:
            return isinstance(value, (bool, int, float))


@example("-170141183460469231731687303715884105730")
@given(value=st.sampled_from(_NUMBERS + _TEXTS + _OTHERS) | _ODD | _NEARLY)
def test_a_value_is_what_toml_says_it_is(value: str) -> None:
    block = f'[[event]]\nkind = "hyperparameter set"\nkey = "k"\nvalue = {value}\nseq = 1\n'
    try:
        expected = tomllib.loads(block)["event"][0]["value"]
    except tomllib.TOMLDecodeError:
        expected = {}
    behind = event_log.log_text([event_log.LogEntry(2, 0.0, Ended())])
    is_too_large = isinstance(expected, float) and math.isinf(expected) and "inf" not in value
    # Whole numbers of more digits are refused in every file.
    numbers = expected if isinstance(expected, list) else [expected]
    is_too_large |= any(isinstance(one, int) and not -(2**127) <= one < 2**127 for one in numbers)
    if is_too_large or not _is_setting(expected):
        with pytest.raises(event_log.LogError, match="line 1: "):
            event_log.read_entries(block + behind)
    else:
        found = event_log.read_entries(block + behind).entries[0].event
        assert isinstance(found, HyperparameterSet)
        if isinstance(expected, list):
            assert found.value == tuple(expected)
        else:
            assert repr(found.value) == repr(expected)


def test_what_is_absent_in_an_event_takes_its_default_and_whole_numbers_are_numbers() -> None:
    text = '[[event]]\nkind = "cell set"\ntable = "x"\nrow = 1\ncolumn = 2\nvalue = 5\nseq = 1\n'
    (entry,) = event_log.read_entries(text).entries
    assert entry == event_log.LogEntry(1, 0.0, CellSet("x", 1, 2, 5.0, 1))
    assert repr(entry.event) == repr(CellSet("x", 1, 2, 5.0, 1))


_BY_HAND = """title = "a lesson"

# What happened.

[[event]]   # the first
kind = "moved"   # a teacher's note
at = 3.2
step = 'delta3'

iteration = 1
seq = 1

# [[event]]
  [[ "event" ]]
  kind = "row added"
  at = 4.5
  row = 1
  x = [
    8.0,  # hours slept
    3.0,
  ]
  y = [88]
  seq = 2   # and last

[['event']]
"kind" = "noted"
text = "[[event]] [[event]]\\"\\\\"
at = 4.5
seq = 3"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["no BOM", "BOM"])
@pytest.mark.parametrize("end", ["", "\n", "\n\n# That is all.\n"], ids=["open", "closed", "comment"])
def test_a_file_made_by_hand_is_read_and_kept_as_it_stands(line_end: str, mark: bytes, end: str) -> None:
    text = (_BY_HAND + end).replace("\n", line_end)
    lesson = lesson_from_content(_PATH, mark + text.encode())
    assert [entry.event for entry in lesson.entries] == [
        Moved(1, "delta3"),
        RowAdded(1, (8.0, 3.0), (88.0,)),
        Noted('[[event]] [[event]]"\\'),
    ]
    assert [entry.at for entry in lesson.entries] == [3.2, 4.5, 4.5]
    assert lesson.document.title == "a lesson"
    assert (lesson.source, lesson.size, lesson.cut_off_bytes) == (text, len(mark + text.encode()), 0)
    more = mark + text.encode() + event_log.log_text([event_log.LogEntry(4, 5.0, Ended())]).encode()
    assert [entry.event for entry in lesson_from_content(_PATH, more).entries[2:]] == [
        Noted('[[event]] [[event]]"\\'),
        Ended(),
    ]


def test_a_lesson_without_a_log_is_its_document() -> None:
    lesson = Lesson.without_events(Document(title="a lesson"))
    assert (lesson.entries, lesson.cut_off_bytes, lesson.is_ended) == ((), 0, True)
    again = lesson_from_content(_PATH, lesson.source.encode())
    assert (again.source, again.size, again.entries) == (lesson.source, lesson.size, ())
    assert plain(again.state) == plain(lesson.state)


@pytest.mark.parametrize(("last", "is_ended"), [(Moved(1, "J"), False), (Ended(), True)])
def test_a_lesson_is_ended_when_its_teacher_has_left(tmp_path: Path, last: Event, is_ended: bool) -> None:
    path = tmp_path / "lesson.toml"
    path.write_text(document_toml.dump(Document(), entries(Ended(), last)), encoding="utf-8")
    assert read(path).is_ended is is_ended


def test_a_note_may_have_any_number_of_dots() -> None:
    note = "1. 2. 3. " * 55
    text = document_toml.dump(Document(), entries(Noted(note), Noted("a." * 249), Noted("'" + "a." * 240)))
    assert [note.text for note in lesson_from_content(_PATH, text.encode()).state.notes] == [
        note,
        "a." * 249,
        "'" + "a." * 240,
    ]
