"""Opening, saving and leaving, with the questions that they ask."""

from collections.abc import Callable
from pathlib import Path

from textual.app import App

from tui_nn.dashboard.dialogs import Ask, Choose
from tui_nn.session import lessons
from tui_nn.session.document import Document
from tui_nn.session.file import SUFFIX, Lesson, SessionError, shown, write


class LessonFile:
    """The file that a lesson came from and goes to, and whether what is on the screen differs from it."""

    def __init__(self, lesson: Lesson, path: Path) -> None:
        self.path = path
        self._lesson = lesson

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return shown(Path(self.path.stem))

    def differs(self, document: Document) -> bool:
        """Whether ``document`` is not what the file holds."""
        return document is not self._lesson.document

    def proposed(self) -> Path:
        """Where to save: its own file, or for a lesson that comes with tui-nn one of that name right here."""
        return Path(self.path.name) if self.path in lessons.bundled().values() else self.path

    def save(self, path: Path, document: Document) -> None:
        """Writes ``document`` to ``path``, which is the lesson's file from now on. Raises `SessionError`."""
        lesson = Lesson(document, self._lesson.events)
        write(path, lesson)
        self._lesson, self.path = lesson, path


def ask_where_to_save(app: App[None], file: LessonFile, document: Document, then: Callable[[], None]) -> None:
    """Asks for a path and saves there, asking again before it replaces another file; calls ``then`` when it is done."""

    def check(text: str) -> str | None:
        try:
            path = _path(text)
            if path.exists() and path != file.path:
                return None
        except (OSError, RuntimeError, ValueError):
            return "That is no name that a file can have; my-lesson.toml would be one."
        return _saved(path)

    def _saved(path: Path) -> str | None:
        try:
            file.save(path, document)
        except SessionError as error:
            return str(error)
        return None

    def named(text: str | None) -> None:
        if text is None:
            return
        path = _path(text)
        if file.path == path and not file.differs(document):
            app.notify(f"Saved to {shown(path)}.", markup=False)
            then()
            return

        def replaced(answer: str | None) -> None:
            if answer == "y":
                if refusal := _saved(path):
                    app.notify(refusal, severity="error", markup=False)
                else:
                    app.notify(f"Saved to {shown(path)}.", markup=False)
                    then()

        question = f"{shown(path)} is there already. Replace it?"
        app.push_screen(Choose(question, (("y", "replace it"), ("n", "keep it"))), replaced)

    app.push_screen(Ask("Save the lesson to this file:", str(file.proposed()), check), named)


def ask_about_changes(app: App[None], file: LessonFile, document: Document, then: Callable[[], None]) -> None:
    """Calls ``then``, after asking what to do with changes that are not saved."""
    if not file.differs(document):
        then()
        return

    def answered(answer: str | None) -> None:
        if answer == "s":
            ask_where_to_save(app, file, document, then)
        elif answer == "d":
            then()

    answers = (("s", "save them"), ("d", "discard them"))
    app.push_screen(Choose("This lesson has changes that are not saved.", answers), answered)


def _path(text: str) -> Path:
    """The path that was typed, with the ending of a session file where it has none. Raises as `Path` does."""
    path = Path(text.strip()).expanduser()
    return path if path.suffix else path.with_name(path.name + SUFFIX)
