"""The folder of recordings, in which a lesson is recorded unless the user chose a file for it."""

import errno
import os
import re
import stat
from datetime import datetime
from pathlib import Path

from platformdirs import user_state_path

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.session.events import Ended
from tui_nn.session.storage.event_log import LogEntry, log_text
from tui_nn.session.storage.locked_file import LockedFile, is_recorded
from tui_nn.session.storage.session_file import SUFFIX, os_error_reason, printable_path
from tui_nn.session.validation import shortened
from tui_nn.system import files, links

_FOLDER_MODE = 0o700
_END_BYTES = 400
_ENDED = re.compile(rb'kind = "ended"\r?\nat = [0-9.e+-]+\r?\nseq = [0-9]+\s*\Z')
_SLUG_LENGTH = 40
_NAME = "tui-nn"
_NEW_NAME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9]{6}-(.+?)-[0-9a-f]{12}")
_FOLDER_VARIABLE = "XDG_STATE_HOME"
_NO_HOME = _("you have no home directory; set {variable} to a folder of yours", variable=_FOLDER_VARIABLE)


@frozen_dataclass
class Recording:
    """A recorded lesson, and the time of its last event, in seconds since 1970."""

    path: Path
    changed: float


def folder() -> Path | None:
    """The folder with this user's recordings; None for a user who has no home directory."""
    named = os.environ.get(_FOLDER_VARIABLE, "")
    try:
        # Windows knows no such variable; it counts there, too.
        is_named = named and Path(named).is_absolute()
        state = Path(named, _NAME) if is_named else user_state_path(_NAME, appauthor=False)
    except RuntimeError:
        return None
    return Path(os.path.realpath(state / "lessons"))


def folder_warning() -> str:
    """A sentence if the recordings are not in the folder that the user set, "" otherwise."""
    named, place = os.environ.get(_FOLDER_VARIABLE, ""), folder()
    # The XDG specification says to ignore relative paths: they mean another folder in every working directory.
    if not named or Path(named).is_absolute() or not place:
        return ""
    return _(
        '{variable} is "{path}", which is no absolute path: lessons are recorded in {folder}.',
        variable=_FOLDER_VARIABLE,
        path=shortened(named),
        folder=printable_path(place),
    )


def new_path(name: str) -> Path:
    """A new path for the recording of a lesson called ``name``. Raises OSError if the folder can't be made."""
    place = folder()
    if place is None:
        raise OSError(errno.ENOENT, _NO_HOME)
    place.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    slug = re.sub(r"\W+", "-", name.lower(), flags=re.ASCII).strip("-")[:_SLUG_LENGTH] or "lesson"
    return place / f"{datetime.now():%Y-%m-%d-%H%M%S}-{slug}-{os.urandom(6).hex()}{SUFFIX}"


def name_of(path: Path) -> str:
    """The name of ``path`` without its ending, and without the time and the random digits that `new_path` adds."""
    return _NEW_NAME.sub(r"\1", path.stem)


def recordings() -> list[Recording]:
    """Every recording, the newest first. For a lesson in a file elsewhere, a path that leads to it."""
    found = []
    for path in map(links.opened_by, _paths_in_folder()):
        try:
            status = path.stat()
        except OSError:
            # The link leads to a file that is gone.
            continue
        if stat.S_ISREG(status.st_mode):
            found.append(Recording(path, status.st_mtime))
    return sorted(found, key=lambda recording: recording.changed, reverse=True)


def why_no_recordings() -> str:
    """Why no recordings can be listed, as the end of a sentence."""
    place = folder()
    if place is None:
        return _NO_HOME
    try:
        any(place.iterdir())
    except FileNotFoundError:
        pass
    except OSError as error:
        return _("{path} can't be read: {reason}", path=printable_path(place), reason=os_error_reason(error))
    return _("no lesson was recorded in {folder} yet", folder=printable_path(place))


def unfinished_recordings() -> list[Recording]:
    """The recordings that broke off, the newest first: they do not end with an end, and no program records in them."""
    return [
        recording for recording in recordings() if not _is_ended(recording.path) and not is_recorded(recording.path)
    ]


def _is_ended(path: Path) -> bool:
    try:
        descriptor = files.open_to_read(path)
        try:
            os.lseek(descriptor, max(0, os.fstat(descriptor).st_size - _END_BYTES), os.SEEK_SET)
            return bool(_ENDED.search(os.read(descriptor, _END_BYTES)))
        finally:
            os.close(descriptor)
    except OSError:
        return True


def remember(path: Path) -> None:
    """Keeps a link to the lesson at ``path``, to offer it if it breaks off. Raises OSError."""
    if path.parent != folder() and not _links_to(path):
        links.create(new_path(path.stem), path)


def forget(path: Path) -> None:
    """Deletes the links to the lesson at ``path``, which is ended or goes on elsewhere. Raises OSError."""
    for link in _links_to(path):
        link.unlink(missing_ok=True)


def dismiss(recording: Recording) -> None:
    """Marks a lesson that broke off as ended. Raises OSError and `SessionError`."""
    file = LockedFile.resume(recording.path)
    try:
        lesson = file.lesson(recording.path)
        file.keep_only(lesson.size)
        at = lesson.entries[-1].at if lesson.entries else 0.0
        file.append(log_text([LogEntry(len(lesson.entries) + 1, at, Ended())]))
    finally:
        file.close()
    forget(file.path)


def _links_to(path: Path) -> list[Path]:
    return [known for known in _paths_in_folder() if links.target_of(known) == path]


def _paths_in_folder() -> list[Path]:
    place = folder()
    try:
        return list(place.glob(f"*{SUFFIX}")) if place else []
    except OSError:
        return []
