"""The lessons that come with the project, and finding a lesson by its name or its file."""

import difflib
import os
from pathlib import Path

from tui_nn.session.storage.session_file import SUFFIX, SessionError, shown

LECTURE = "lecture"

_PACKAGE = Path(__file__).resolve().parents[2]
# In a wheel they lie in the package, in a checkout beside it.
_FOLDERS = (_PACKAGE / "sessions", _PACKAGE.parent / "sessions")


def bundled() -> dict[str, Path]:
    """The path of each lesson that comes with the project, by its name; the lecture first."""
    folder = next((folder for folder in _FOLDERS if (folder / f"{LECTURE}{SUFFIX}").is_file()), None)
    if folder is None:
        raise SessionError("the lessons that come with tui-nn are missing; install it again")
    paths = {path.stem: path for path in sorted(folder.glob(f"*{SUFFIX}"))}
    return {LECTURE: paths.pop(LECTURE)} | paths


def find(name: str) -> Path:
    """The path that ``name`` stands for: a lesson's name, or else a file. Raises `SessionError` where it is neither.

    A file that is called like a lesson is found as ``./name``.
    """
    lessons = bundled()
    if name in lessons:
        return lessons[name]
    path = Path(name)
    if path.suffix or len(path.parts) != 1 or os.path.exists(name):  # noqa: PTH110 - Path.exists raises on odd names
        return path
    near = difflib.get_close_matches(name, lessons, n=1)
    hint = f"did you mean {near[0]}?" if near else "the lessons are " + ", ".join(lessons)
    raise SessionError(f"there is no lesson or file called {shown(path)}; {hint}")
