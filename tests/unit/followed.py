"""A lesson file that grows and a tail that follows it."""

import time
from pathlib import Path

from tests.unit.helpers import entries, is_one_sentence, plain
from tui_nn.session.document import Document
from tui_nn.session.events import Event, Moved, Noted, RowRemoved, Undone
from tui_nn.session.storage import document_toml, event_log
from tui_nn.session.storage.session_file import read
from tui_nn.session.storage.tail import Tail, TailUpdate

# Whether the teacher is there is asked once a second.
_PATIENCE_SECONDS = 30
HEAD = document_toml.dump(Document(title="Größen"))
TWO = event_log.log_text(entries(Moved(2, "J"), Noted("δ⁽³⁾ 🎓")))
THIRD = event_log.log_text([event_log.LogEntry(3, 4.0, RowRemoved(1))])
FOURTH = event_log.log_text([event_log.LogEntry(4, 5.0, Undone())])


def lesson_file(folder: Path) -> Path:
    """A lesson in which two things happened."""
    path = folder / "lesson.toml"
    path.write_text(HEAD + TWO, encoding="utf-8")
    return path


def up_to_date(path: Path) -> Tail:
    """A tail that has seen all that the file holds."""
    tail = Tail(path, read(path))
    assert tail.look() is not None
    assert tail.look() is None
    return tail


def append(path: Path, text: str | bytes) -> None:
    with path.open("ab") as file:
        file.write(text if isinstance(text, bytes) else text.encode())


def look(tail: Tail) -> TailUpdate:
    """Looks until there is news; gives them."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while (news := tail.look()) is None:
        assert time.monotonic() < deadline, "there is no news"
    assert tail.look() is None
    assert not news.problem or is_one_sentence(f"{news.problem}\n")
    return news


def happened(news: TailUpdate) -> list[Event]:
    return [entry.event for entry in news.lesson.entries]


def is_as_read(news: TailUpdate, path: Path) -> bool:
    """Whether the lesson is the same as when the whole file is read."""
    lesson, whole = news.lesson, read(path)
    kept = ("entries", "source", "size", "cut_off_bytes")
    return plain(lesson.state) == plain(whole.state) and all(
        getattr(lesson, name) == getattr(whole, name) for name in kept
    )
