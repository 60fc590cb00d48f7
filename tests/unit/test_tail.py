"""A class sees what is appended to the lesson's file; nothing is written, and nobody is in the way."""

from pathlib import Path

import pytest

from tests.unit.followed import FOURTH, HEAD, THIRD, TWO, append, happened, is_as_read, lesson_file, look, up_to_date
from tests.unit.helpers import entries
from tests.unit.holding import holder
from tests.unit.long_lessons import taught
from tui_nn.session.document import Document
from tui_nn.session.events import Ended, Moved, Noted, RowRemoved, Undone
from tui_nn.session.lesson_log import LessonLog
from tui_nn.session.storage import document_toml, event_log
from tui_nn.session.storage import tail as tail_module
from tui_nn.session.storage.autosave import Autosave
from tui_nn.session.storage.session_file import Lesson, read
from tui_nn.session.storage.tail import Tail
from tui_nn.system import files


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return lesson_file(tmp_path)


@pytest.fixture
def tail(path: Path) -> Tail:
    return up_to_date(path)


def test_the_first_look_says_how_things_are(path: Path) -> None:
    news = look(Tail(path, read(path)))
    assert (happened(news), news.is_taught, news.problem) == ([Moved(2, "J"), Noted("δ⁽³⁾ 🎓")], False, "")


def test_what_was_appended_is_seen(path: Path, tail: Tail) -> None:
    append(path, THIRD)
    news = look(tail)
    assert happened(news)[2:] == [RowRemoved(1)]
    assert is_as_read(news, path)
    append(path, FOURTH)
    news = look(tail)
    assert happened(news)[2:] == [RowRemoved(1), Undone()]
    assert is_as_read(news, path)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["no BOM", "BOM"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_file_made_by_hand_is_followed(path: Path, mark: bytes, line_end: str) -> None:
    path.write_bytes(mark + ("# mine\n" + HEAD + TWO).replace("\n", line_end).encode())
    tail = Tail(path, read(path))
    look(tail)
    append(path, THIRD)
    news = look(tail)
    assert len(happened(news)) == 3
    assert is_as_read(news, path)


def test_an_event_is_seen_when_it_is_whole_and_not_before(path: Path, tail: Tail) -> None:
    for byte in THIRD.encode()[:-2]:
        append(path, bytes([byte]))
        assert tail.look() is None
    append(path, THIRD.encode()[-2:])
    news = look(tail)
    assert happened(news)[2:] == [RowRemoved(1)]
    assert is_as_read(news, path)


def test_events_that_come_in_pieces_of_any_size_are_all_seen(path: Path) -> None:
    content = document_toml.dump(Document(), taught(Lesson.without_events(Document()), None, 200).entries).encode()
    head = content.index(b"\n[[event]]")
    path.write_bytes(content[:head])
    tail, seen = Tail(path, read(path)), 0
    for begin in range(head, len(content), 97):
        append(path, content[begin : begin + 97])
        if news := tail.look():
            assert not news.problem
            seen = len(news.lesson.entries)
            assert news.lesson.entries == read(path).entries
    assert seen == 200


def test_a_document_that_is_still_being_copied_is_read_anew_as_it_grows(path: Path) -> None:
    half = HEAD.index("[training]")
    path.write_text(HEAD[:half], encoding="utf-8")
    tail = Tail(path, read(path))
    look(tail)
    append(path, HEAD[half:].replace("iterations = 10000", "iterations = 77"))
    assert look(tail).lesson.document.iterations == 77
    append(path, TWO)
    news = look(tail)
    assert (news.lesson.document.iterations, len(happened(news))) == (77, 2)


def test_the_teacher_is_there_while_another_program_records(path: Path, tail: Tail) -> None:
    with holder(path) as teacher:
        assert look(tail).is_taught
        teacher.append(THIRD)
        news = look(tail)
        assert (news.is_taught, happened(news)[2:]) == (True, [RowRemoved(1)])
        teacher.kill()
        assert not look(tail).is_taught


def test_the_teacher_has_left_when_the_lesson_was_ended(path: Path, tail: Tail) -> None:
    with holder(path) as teacher:
        assert look(tail).is_taught
        teacher.append(event_log.log_text([event_log.LogEntry(3, 9.0, Ended())]))
        assert not look(tail).is_taught


def test_the_teacher_is_back_as_soon_as_the_lesson_is_open_again(path: Path, tail: Tail) -> None:
    append(path, event_log.log_text([event_log.LogEntry(3, 9.0, Ended())]))
    assert not look(tail).is_taught
    with holder(path):
        assert look(tail).is_taught
        assert look(Tail(path, read(path))).is_taught
    assert not look(tail).is_taught


def test_following_is_in_nobody_s_way(tmp_path: Path) -> None:
    path = tmp_path / "lesson.toml"
    lesson = Lesson.without_events(Document())
    autosave = Autosave(lesson.source, lambda: path)
    history = LessonLog(lesson, autosave)
    history.append(Moved(2, "J"))
    tails = [Tail(path, read(path)) for _ in range(3)]
    for iteration in range(3, 9):
        history.append(Moved(iteration, "J"))
        for tail in tails:
            news = look(tail)
            assert news.is_taught
            assert news.lesson.entries == history.entries
    assert autosave.failure == ""
    autosave.close()
    assert [look(tail).is_taught for tail in tails] == [False] * 3


def test_a_look_at_a_long_lesson_reads_what_is_new_and_little_else(
    path: Path, tail: Tail, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened = [Moved(iteration, "J") for iteration in range(1, 3000)]
    path.write_text(HEAD + event_log.log_text(entries(*happened)), encoding="utf-8")
    look(tail)
    read_so_far = 0

    def counted(descriptor: int, count: int, begin: int) -> bytes:
        nonlocal read_so_far
        found = read_at(descriptor, count, begin)
        read_so_far += len(found)
        return found

    read_at = files.read_at
    monkeypatch.setattr(files, "read_at", counted)
    monkeypatch.setattr(tail_module, "read_bytes", _never)
    before = path.stat().st_size
    for number in range(3000, 3010):
        append(path, event_log.log_text([event_log.LogEntry(number, 1e6, Moved(number, "J"))]))
        assert look(tail).state.iteration == number
    assert before > 200_000
    assert read_so_far < 10 * (2**16 + 2**12) + 2000


def _never(path: Path) -> bytes:
    raise AssertionError(f"{path} is read as a whole")
