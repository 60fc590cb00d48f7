"""A class follows a file as it grows, whatever becomes of it; nothing is written, and nobody is in the way."""

import os
import time
from pathlib import Path

import pytest

from tests.unit.helpers import entries, is_one_sentence, plain
from tests.unit.holding import holder
from tests.unit.long_lessons import taught
from tui_nn.session import limits
from tui_nn.session.document import Document
from tui_nn.session.events import Ended, Event, Moved, Noted, RowRemoved, Undone
from tui_nn.session.lesson_log import LessonLog
from tui_nn.session.storage import document_toml, event_log
from tui_nn.session.storage import tail as tail_module
from tui_nn.session.storage.autosave import Autosave
from tui_nn.session.storage.session_file import Lesson, read
from tui_nn.session.storage.tail import Tail, TailUpdate

# Whether the teacher is there is asked once a second.
_PATIENCE_SECONDS = 30
_HEAD = document_toml.dump(Document(title="Größen"))
_TWO = event_log.log_text(entries(Moved(2, "J"), Noted("δ⁽³⁾ 🎓")))
_THIRD = event_log.log_text([event_log.LogEntry(3, 4.0, RowRemoved(1))])
_FOURTH = event_log.log_text([event_log.LogEntry(4, 5.0, Undone())])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "lesson.toml"
    path.write_text(_HEAD + _TWO, encoding="utf-8")
    return path


@pytest.fixture
def tail(path: Path) -> Tail:
    tail = Tail(path, read(path))
    assert tail.look() is not None
    assert tail.look() is None
    return tail


def _append(path: Path, text: str | bytes) -> None:
    with path.open("ab") as file:
        file.write(text if isinstance(text, bytes) else text.encode())


def _look(tail: Tail) -> TailUpdate:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while (news := tail.look()) is None:
        assert time.monotonic() < deadline, "there is no news"
    assert tail.look() is None
    assert not news.problem or is_one_sentence(f"{news.problem}\n")
    return news


def _happened(news: TailUpdate) -> list[Event]:
    return [entry.event for entry in news.lesson.entries]


def _is_as_read(news: TailUpdate, path: Path) -> bool:
    lesson, whole = news.lesson, read(path)
    kept = ("entries", "source", "size", "cut_off_bytes")
    return plain(lesson.state) == plain(whole.state) and all(
        getattr(lesson, name) == getattr(whole, name) for name in kept
    )


def test_the_first_look_says_how_things_are(path: Path) -> None:
    news = _look(Tail(path, read(path)))
    assert (_happened(news), news.is_taught, news.problem) == ([Moved(2, "J"), Noted("δ⁽³⁾ 🎓")], False, "")


def test_what_was_appended_is_seen(path: Path, tail: Tail) -> None:
    _append(path, _THIRD)
    news = _look(tail)
    assert _happened(news)[2:] == [RowRemoved(1)]
    assert _is_as_read(news, path)
    _append(path, _FOURTH)
    news = _look(tail)
    assert _happened(news)[2:] == [RowRemoved(1), Undone()]
    assert _is_as_read(news, path)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["no BOM", "BOM"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_file_made_by_hand_is_followed(path: Path, mark: bytes, line_end: str) -> None:
    path.write_bytes(mark + ("# mine\n" + _HEAD + _TWO).replace("\n", line_end).encode())
    tail = Tail(path, read(path))
    _look(tail)
    _append(path, _THIRD)
    news = _look(tail)
    assert len(_happened(news)) == 3
    assert _is_as_read(news, path)


def test_an_event_is_seen_when_it_is_whole_and_not_before(path: Path, tail: Tail) -> None:
    for byte in _THIRD.encode()[:-2]:
        _append(path, bytes([byte]))
        assert tail.look() is None
    _append(path, _THIRD.encode()[-2:])
    news = _look(tail)
    assert _happened(news)[2:] == [RowRemoved(1)]
    assert _is_as_read(news, path)


def test_events_that_come_in_pieces_of_any_size_are_all_seen(path: Path) -> None:
    content = document_toml.dump(Document(), taught(Lesson.without_events(Document()), None, 200).entries).encode()
    head = content.index(b"\n[[event]]")
    path.write_bytes(content[:head])
    tail, seen = Tail(path, read(path)), 0
    for begin in range(head, len(content), 97):
        _append(path, content[begin : begin + 97])
        if news := tail.look():
            assert not news.problem
            seen = len(news.lesson.entries)
            assert news.lesson.entries == read(path).entries
    assert seen == 200


def test_a_document_that_is_still_being_copied_is_read_anew_as_it_grows(path: Path) -> None:
    half = _HEAD.index("[training]")
    path.write_text(_HEAD[:half], encoding="utf-8")
    tail = Tail(path, read(path))
    _look(tail)
    _append(path, _HEAD[half:].replace("iterations = 10000", "iterations = 77"))
    assert _look(tail).lesson.document.iterations == 77
    _append(path, _TWO)
    news = _look(tail)
    assert (news.lesson.document.iterations, len(_happened(news))) == (77, 2)


def test_a_torn_event_that_is_replaced_by_another_is_not_seen(path: Path, tail: Tail) -> None:
    _append(path, _THIRD[:-5])
    assert tail.look() is None
    path.write_text(_HEAD + _TWO + event_log.log_text([event_log.LogEntry(3, 4.0, Noted("another"))]), encoding="utf-8")
    assert _happened(_look(tail))[2:] == [Noted("another")]


def test_a_lesson_that_begins_again_is_seen_from_its_beginning(path: Path, tail: Tail) -> None:
    path.write_text(_HEAD, encoding="utf-8")
    assert _happened(_look(tail)) == []
    _append(path, event_log.log_text(entries(Moved(7, "J"))))
    assert _happened(_look(tail)) == [Moved(7, "J")]


@pytest.mark.parametrize(
    "other",
    [
        _HEAD.replace("Größen", "Grössen") + _TWO,
        _HEAD.replace("5.0\n", "6.0\n") + _TWO,
        _HEAD.replace("iterations = 10000", "iterations = 99999") + _TWO,
        _HEAD + _TWO.replace("iteration = 2", "iteration = 3"),
        _HEAD + _TWO.replace("iteration = 2", "iteration = 3") + _THIRD,
        "# a comment\n" * 100 + _HEAD + _TWO,
        _HEAD,
        "",
    ],
    ids=["longer", "as long", "another length", "another event", "and one more", "comments", "no events", "nothing"],
)
@pytest.mark.parametrize("how", ["in place", "another file"])
def test_a_file_that_was_edited_or_replaced_is_read_anew(path: Path, tail: Tail, other: str, how: str) -> None:
    if how == "in place":
        path.write_text(other, encoding="utf-8")
    else:
        path.with_name("other").write_text(other, encoding="utf-8")
        path.with_name("other").replace(path)
    # Two changes within one tick of the file system's clock are told apart by their size alone.
    os.utime(path, ns=(1, 1))
    news = _look(tail)
    assert news.problem == ""
    assert _is_as_read(news, path)
    _append(path, event_log.log_text([event_log.LogEntry(len(news.lesson.entries) + 1, 9.0, Moved(9, "J"))]))
    news = _look(tail)
    assert _happened(news)[-1] == Moved(9, "J")
    assert _is_as_read(news, path)


def test_the_same_lesson_in_another_file_is_no_news(path: Path, tail: Tail) -> None:
    path.with_name("other").write_bytes(path.read_bytes())
    path.with_name("other").replace(path)
    assert tail.look() is None


def test_a_file_that_is_gone_is_said_to_be_and_followed_when_it_is_back(path: Path, tail: Tail) -> None:
    aside = path.with_name("aside")
    path.rename(aside)
    news = _look(tail)
    assert "can't be read at the moment: no such file" in news.problem
    assert _happened(news) == [Moved(2, "J"), Noted("δ⁽³⁾ 🎓")]
    aside.rename(path)
    news = _look(tail)
    assert (news.problem, len(_happened(news))) == ("", 2)
    _append(path, _THIRD)
    assert len(_happened(_look(tail))) == 3


def _directory(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("make", [_directory, _pipe, _device])
def test_what_took_the_place_of_the_file_and_is_none_is_waited_out(path: Path, tail: Tail, make: object) -> None:
    assert callable(make)
    aside = path.with_name("aside")
    path.rename(aside)
    make(path)
    news = _look(tail)
    assert news.problem
    assert len(_happened(news)) == 2
    if path.is_dir():
        path.rmdir()
    aside.replace(path)
    assert _look(tail).problem == ""


@pytest.mark.parametrize(
    "wrong",
    [
        _THIRD.replace("seq = 3", "seq = 5") + _FOURTH,
        _THIRD.replace('kind = "row removed"', "kind = row removed") + _FOURTH,
        _THIRD.replace("row = 1", "row = 9"),
        "\n[training]\n" + _THIRD,
        "\n[[event]]\n" + "a." * 3000 + "b = 1\nseq = 3\n",
        "\n[[event]]\nkind = 'noted'\ntext = '\x00'\nseq = 3\n",
        b"\n[[event]]\nkind = 'noted'\ntext = '\xff'\nseq = 3\n",
    ],
    ids=["number", "TOML", "row", "table", "parts", "zero", "bytes"],
)
def test_what_is_wrong_is_said_and_the_lesson_is_the_one_before(path: Path, tail: Tail, wrong: str | bytes) -> None:
    before = path.read_bytes()
    _append(path, wrong)
    news = _look(tail)
    assert news.problem
    assert _happened(news) == [Moved(2, "J"), Noted("δ⁽³⁾ 🎓")]
    path.write_bytes(before + _THIRD.encode())
    news = _look(tail)
    assert (news.problem, len(_happened(news))) == ("", 3)


def test_a_file_that_was_replaced_by_a_wrong_one_is_followed_when_that_is_mended(path: Path, tail: Tail) -> None:
    other = path.with_name("other")
    other.write_text("title = wrong\n" * 100, encoding="utf-8")
    other.replace(path)
    assert _look(tail).problem
    path.write_text('title = "mended"\n' + "# a comment\n" * 200, encoding="utf-8")
    news = _look(tail)
    assert (news.problem, news.lesson.document.title, _happened(news)) == ("", "mended", [])


def test_a_file_that_grew_too_large_is_said_to_be(path: Path, tail: Tail) -> None:
    with path.open("r+b") as file:
        file.truncate(limits.FILE_BYTES + 1)
    news = _look(tail)
    assert "larger than 16 MiB" in news.problem
    assert len(_happened(news)) == 2


def test_the_teacher_is_there_while_another_program_records(path: Path, tail: Tail) -> None:
    with holder(path) as teacher:
        assert _look(tail).is_taught
        teacher.append(_THIRD)
        news = _look(tail)
        assert (news.is_taught, _happened(news)[2:]) == (True, [RowRemoved(1)])
        teacher.kill()
        assert not _look(tail).is_taught


def test_the_teacher_has_left_when_the_lesson_was_ended(path: Path, tail: Tail) -> None:
    with holder(path) as teacher:
        assert _look(tail).is_taught
        teacher.append(event_log.log_text([event_log.LogEntry(3, 9.0, Ended())]))
        assert not _look(tail).is_taught


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
            news = _look(tail)
            assert news.is_taught
            assert news.lesson.entries == history.entries
    assert autosave.failure == ""
    autosave.close()
    assert [_look(tail).is_taught for tail in tails] == [False] * 3


def test_a_look_at_a_long_lesson_reads_what_is_new_and_little_else(
    path: Path, tail: Tail, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened = [Moved(iteration, "J") for iteration in range(1, 3000)]
    path.write_text(_HEAD + event_log.log_text(entries(*happened)), encoding="utf-8")
    _look(tail)
    read_so_far = 0

    def counted(descriptor: int, count: int, begin: int) -> bytes:
        nonlocal read_so_far
        found = os.pread(descriptor, count, begin)
        read_so_far += len(found)
        return found

    monkeypatch.setattr(tail_module, "os", _Instead(os, pread=counted))
    monkeypatch.setattr(tail_module, "read_bytes", _never)
    before = path.stat().st_size
    for number in range(3000, 3010):
        _append(path, event_log.log_text([event_log.LogEntry(number, 1e6, Moved(number, "J"))]))
        assert _look(tail).state.iteration == number
    assert before > 200_000
    assert read_so_far < 10 * (2**16 + 2**12) + 2000


def test_what_was_changed_in_the_middle_of_a_file_that_grew_is_seen_when_all_of_it_is_compared(
    path: Path, tail: Tail, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened = [Moved(iteration, "J") for iteration in range(1, 3000)]
    whole = _HEAD + event_log.log_text(entries(*happened))
    path.write_text(whole, encoding="utf-8")
    _look(tail)
    middle = whole.index("iteration = 1500\n")
    path.write_text(whole[:middle] + whole[middle:].replace("1500", "1777", 1), encoding="utf-8")
    _append(path, event_log.log_text([event_log.LogEntry(3000, 1e6, Moved(7, "J"))]))
    monkeypatch.setattr(tail_module, "_COMPARE_SECONDS", 0.0)
    news = _look(tail)
    assert news.lesson.entries[1499].event == Moved(1777, "J")
    assert _is_as_read(news, path)


class _Instead:
    """A module, but for some of its names."""

    def __init__(self, module: object, **names: object) -> None:
        self._module = module
        vars(self).update(names)

    def __getattr__(self, name: str) -> object:
        return getattr(self._module, name)


def _never(path: Path) -> bytes:
    raise AssertionError(f"{path} is read as a whole")
