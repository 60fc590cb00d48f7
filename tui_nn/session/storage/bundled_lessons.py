"""Finds a lesson, or a file of numbers, by its name if it comes with the project, or by its path."""

import difflib
import os
from pathlib import Path

from tui_nn.language import _
from tui_nn.session.storage.session_file import SUFFIX, SessionError, printable_path

LECTURE = "lecture"

_PACKAGE = Path(__file__).resolve().parents[2]
# An installed package contains the folder; in a checkout it is beside the package.
_FOLDERS = (_PACKAGE / "sessions", _PACKAGE.parent / "sessions")


def bundled() -> dict[str, Path]:
    """The path of each lesson that comes with the project, by its name; the lecture first."""
    folder = next((folder for folder in _FOLDERS if (folder / f"{LECTURE}{SUFFIX}").is_file()), None)
    if folder is None:
        raise SessionError(_("the lessons that come with tui-nn are missing; install it again"))
    paths = {path.stem: path for path in sorted(folder.glob(f"*{SUFFIX}"))}
    return {LECTURE: paths.pop(LECTURE)} | paths


def numbers_of(lesson: str) -> dict[str, Path]:
    """The files of numbers that come with the lesson called ``lesson``, by their names; {} if there are none.

    They stand in a folder beside the lesson, which is called like it.
    """
    path = bundled().get(lesson)
    return {file.stem: file for file in sorted(path.with_suffix("").glob("*.*"))} if path else {}


def find_numbers(lesson: str, name: str) -> Path:
    """The path of the file of numbers called ``name`` that comes with ``lesson``; if there is none, ``name`` as a path.

    A name with its lesson before it, such as ``homework-gradients/ben``, needs no ``lesson``. To read another file with
    such a name, the user types ``./name``.
    """
    before, _slash, last = name.rpartition("/")
    return numbers_of(lesson).get(name) or numbers_of(before).get(last) or Path(name)


def find(name: str) -> Path:
    """The path of the lesson called ``name``, or of the file ``name``. Raises `SessionError` if there is neither.

    To open a file with the name of a lesson, the user types ``./name``.
    """
    lessons = bundled()
    if name in lessons:
        return lessons[name]
    path = Path(name)
    if path.suffix or len(path.parts) != 1 or os.path.exists(name):  # noqa: PTH110 - Path.exists raises on odd names
        return path
    near = difflib.get_close_matches(name, lessons, n=1)
    if near:
        hint = _("did you mean {lesson}?", lesson=near[0])
    else:
        hint = _("the lessons are {lessons}", lessons=", ".join(lessons))
    called = printable_path(path)
    raise SessionError(_("there is no lesson or file called {name}; {hint}", name=called, hint=hint))
