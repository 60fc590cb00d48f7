"""A file cut off at any byte opens with every event that was written whole, and says what it left out."""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.helpers import after_events, entries, is_one_sentence, plain
from tests.unit.long_lessons import taught
from tui_nn.session.document import Document
from tui_nn.session.events import (
    EVENT_CLASSES,
    CellSet,
    ColumnAdded,
    ColumnRenamed,
    CostReached,
    Ended,
    HyperparameterSet,
    Marked,
    MistakeGuessed,
    MistakePlanted,
    Moved,
    Noted,
    RowAdded,
    Undone,
)
from tui_nn.session.state import State
from tui_nn.session.storage import document_toml, event_log
from tui_nn.session.storage.autosave import Autosave
from tui_nn.session.storage.event_log import LogEntry
from tui_nn.session.storage.locked_file import LockedFile
from tui_nn.session.storage.session_file import Lesson, SessionError, decode_cut_off, lesson_from_content, read

_PATH = Path("lesson.toml")
_LONG = 10_000


@dataclass(frozen=True)
class _Whole:
    """A file and its entries, and where in the file each of them ends; the document ends at ``ends[0]``."""

    content: bytes
    entries: tuple[LogEntry, ...]
    ends: tuple[int, ...]

    def whole(self, cut: int) -> int:
        """How many events stand whole in front of ``cut``; for the last of them its line break may be missing."""
        return max(0, bisect_right(self.ends, cut + 1) - 1)

    def is_end(self, place: int, cut: int) -> bool:
        """Whether the last of them ends at ``place``: there or behind a blank line."""
        end = min(cut, self.ends[self.whole(cut)])
        return end <= place <= cut and not self.content[end:place].strip()

    def left_out(self, cut: int) -> int:
        return len(self.content[self.ends[self.whole(cut)] : cut].strip())


def _whole(content: bytes, log_of_it: tuple[LogEntry, ...]) -> _Whole:
    sizes = [len(event_log.log_text([entry]).encode()) for entry in log_of_it]
    head = len(content) - sum(sizes)
    return _Whole(content, log_of_it, tuple(accumulate(sizes, initial=head)))


def _without_ways_back(state: State) -> object:
    """All of a state but for hundreds of states that it can go back to."""
    ways = ("past", "future", "notes_past", "notes_future")
    return [plain(getattr(state, name)) for name in State.__dataclass_fields__ if name not in ways]


_SHORT = _whole(
    document_toml.dump(
        Document(title="Größen"),
        happened := entries(
            Moved(37, "delta3"),
            CellSet("x", 1, 1, 3.25, 37),
            Noted('δ⁽³⁾ 🎓 "quoted" \\ [[event]] seq = 4'),
            RowAdded(1, (8.0, 3.0), (88.0,)),
            ColumnAdded("x", 2, "Größe", (1.0, 2.0, 4.0, 8.0)),
            HyperparameterSet("x_scaling", tuple(1 / divisor for divisor in range(3, 6))),
            Undone(),
            CostReached(38, 0.1 / 3),
            ColumnRenamed("x", 1, "数字"),
            RowAdded(1, (1 / 3, 2 / 3, 1e300), (5e-324,)),
            Marked("a mark"),
            MistakePlanted("lost minus"),
            MistakeGuessed("lost minus"),
            Ended(),
        ),
    ).encode(),
    happened,
)


def test_a_lesson_of_ten_thousand_events_is_on_the_disk_as_it_was_taught_and_cut_off_has_every_whole_event(
    tmp_path: Path,
) -> None:
    lesson = Lesson.without_events(Document())
    history = taught(lesson, Autosave(lesson.source, lambda: tmp_path / "long.toml"), _LONG)
    content = (tmp_path / "long.toml").read_bytes()
    found = lesson_from_content(_PATH, content)
    assert found.entries == history.entries
    assert len(found.entries) == _LONG
    assert found.cut_off_bytes == 0
    assert {type(entry.event) for entry in found.entries} == set(EVENT_CLASSES.values())
    assert _without_ways_back(found.state) == _without_ways_back(history.state)
    assert document_toml.dump(found.document, found.entries).encode() == content
    _has_every_whole_event_wherever_it_is_cut_off(_whole(content, found.entries))


def test_a_short_lesson_cut_off_at_any_byte_opens_with_every_whole_event() -> None:
    state = State.opened(lesson_from_content(_PATH, _SHORT.content).document)
    compared = -1
    for cut in range(_SHORT.ends[0], len(_SHORT.content) + 1):
        lesson = lesson_from_content(_PATH, _SHORT.content[:cut])
        whole = _SHORT.whole(cut)
        assert lesson.entries == happened[:whole], cut
        # The state is made of the events alone: it is compared once for each number of them.
        if compared != whole:
            compared = whole
            assert plain(lesson.state) == plain(after_events(state, [entry.event for entry in happened[:whole]]))
        assert _SHORT.is_end(lesson.size, cut), cut
        assert lesson.cut_off_bytes == _SHORT.left_out(cut), cut
        assert lesson.source.encode() == _SHORT.content[: lesson.size]


def _has_every_whole_event_wherever_it_is_cut_off(long: _Whole) -> None:
    """At a thousand bytes, and at each byte of its last events."""
    random = Random(7)  # noqa: S311 - no secret
    cuts = [random.randint(long.ends[0], len(long.content)) for _ in range(1000)]
    for cut in [*cuts, *range(long.ends[-4], len(long.content) + 1)]:
        # What is read of one event depends on its number and on nothing else before it.
        before = max(0, long.whole(cut) - 3)
        found = event_log.read_entries(decode_cut_off(long.content[long.ends[before] : cut]), before)
        assert found.entries == long.entries[before : long.whole(cut)], cut
        kept = decode_cut_off(long.content[long.ends[before] : cut])[: found.end]
        assert long.is_end(long.ends[before] + len(kept.encode()), cut), cut


def test_a_long_lesson_cut_off_is_the_state_up_to_there_and_says_what_it_left_out() -> None:
    random = Random(7)  # noqa: S311 - no secret
    entries = taught(Lesson.without_events(Document()), None, 2000).entries
    long = _whole(document_toml.dump(Document(), entries).encode(), entries)
    document = lesson_from_content(_PATH, long.content[: long.ends[0]]).document
    for cut in [len(long.content) - 1, long.ends[-2] + 3, *(random.randint(0, len(long.content)) for _ in range(4))]:
        lesson = lesson_from_content(_PATH, long.content[:cut])
        assert lesson.entries == long.entries[: long.whole(cut)]
        assert long.is_end(lesson.size, cut)
        assert lesson.cut_off_bytes == long.left_out(cut)
        state = after_events(State.opened(document), [entry.event for entry in lesson.entries])
        assert _without_ways_back(lesson.state) == _without_ways_back(state)


def test_a_document_cut_off_anywhere_is_read_or_refused_and_has_no_events() -> None:
    for cut in range(_SHORT.ends[0]):
        try:
            lesson = lesson_from_content(_PATH, _SHORT.content[:cut])
        except SessionError as error:
            said = f"{error}\n"
        else:
            said = ""
            assert lesson.entries == ()
        assert not said or is_one_sentence(said)


@pytest.mark.parametrize(("first", "zeros"), enumerate([1, 7, 4096]))
def test_zeros_that_a_power_cut_left_at_the_end_are_left_out(first: int, zeros: int) -> None:
    # At each byte for one of the numbers of zeros.
    for cut in range(_SHORT.ends[2] + first, len(_SHORT.content) + 1, 3):
        lesson = lesson_from_content(_PATH, _SHORT.content[:cut] + bytes(zeros))
        # A number with zeros on its line may have had more digits.
        whole = bisect_right(_SHORT.ends, cut) - 1
        end = _SHORT.ends[whole]
        assert lesson.entries == happened[:whole], cut
        assert not _SHORT.content[end : lesson.size].strip()
        assert lesson.cut_off_bytes == len((_SHORT.content[end:cut] + bytes(zeros)).strip())


@pytest.mark.parametrize("text", ["é", "數", "🎓"])
def test_a_character_cut_in_two_is_left_out_with_its_event(text: str) -> None:
    content = document_toml.dump(Document(), entries(Ended(), Noted(text))).encode()
    place = content.rindex(text.encode())
    for cut in range(place + 1, place + len(text.encode())):
        lesson = lesson_from_content(_PATH, content[:cut])
        assert [entry.event for entry in lesson.entries] == [Ended()]
        assert lesson.cut_off_bytes == len(content[lesson.size : cut].strip())


@given(number=st.integers(1, 3000), digits=st.integers(0, 4))
def test_a_number_of_which_digits_are_missing_is_no_number(number: int, digits: int) -> None:
    block = event_log.log_text([LogEntry(number, 1.0, Ended())])
    cut = block.rstrip("\n")[: -digits or None]
    found = event_log.read_entries(cut, number - 1)
    assert len(found.entries) == (digits == 0)


@pytest.mark.parametrize("left", [b"[", b"[[", b"[[e", b"[[event", b"[[event]", b"[[event]]", b"[[event]]\nki"])
def test_the_first_event_may_be_the_one_that_was_cut_off(left: bytes) -> None:
    document = document_toml.dump(Document(title="a lesson")).encode()
    lesson = lesson_from_content(_PATH, document + b"\n" + left)
    assert (lesson.document.title, lesson.document.iterations) == ("a lesson", 10_000)
    assert (lesson.entries, lesson.cut_off_bytes) == ((), len(left))
    assert document.startswith(lesson.source.encode().rstrip())


def test_a_lesson_cut_off_at_any_byte_of_its_last_event_can_be_gone_on_with(tmp_path: Path) -> None:
    path = tmp_path / "lesson.toml"
    for cut in range(_SHORT.ends[-2] - 1, len(_SHORT.content) + 1):
        path.write_bytes(_SHORT.content[:cut])
        record = LockedFile.resume(path)
        lesson = read(path)
        record.keep_only(lesson.size)
        record.append(event_log.log_text([LogEntry(len(lesson.entries) + 1, 100.0, Noted("and on"))]))
        record.close()
        again = read(path)
        assert [entry.event for entry in again.entries] == [entry.event for entry in lesson.entries] + [Noted("and on")]
        assert again.cut_off_bytes == 0


def test_a_cut_comment_made_by_hand_is_no_event() -> None:
    content = document_toml.dump(Document(), entries(Ended())).encode() + b"# what I wanted to s\xc3"
    lesson = lesson_from_content(_PATH, content)
    assert [entry.event for entry in lesson.entries] == [Ended()]
