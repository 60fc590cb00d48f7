"""A lesson that is recorded as it goes."""

from pathlib import Path
from typing import NamedTuple

from tui_nn.session.document import Document
from tui_nn.session.events import Event
from tui_nn.session.lesson_log import LessonLog
from tui_nn.session.storage import document_toml
from tui_nn.session.storage.autosave import Autosave
from tui_nn.session.storage.session_file import Lesson, read

LESSON = Lesson.without_events(Document(title="Größen"))


class Autosaved(NamedTuple):
    """Where a lesson is recorded once something has happened, by what, and its log."""

    path: Path
    autosave: Autosave
    history: LessonLog


def autosaved(folder: Path) -> Autosaved:
    """A lesson in which nothing has happened yet."""
    path = folder / "lesson.toml"
    autosave = Autosave(LESSON.source, lambda: path)
    return Autosaved(path, autosave, LessonLog(LESSON, autosave))


def happened_in(path: Path) -> list[Event]:
    """The events in a file."""
    return [entry.event for entry in read(path).entries]


def holds_all(path: Path, history: LessonLog) -> bool:
    """Whether the file holds the whole lesson, and nothing else."""
    return path.read_bytes() == document_toml.dump(history.lesson.document, history.entries).encode()
