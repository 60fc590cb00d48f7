"""The lessons of a lab: each browser has a folder, which only its key finds.

The key is the folder's name, the value of the browser's cookie, and the end of the link that the page shows. Nothing
else of what a browser sends becomes part of a path, but the name of an upload, of which only harmless signs are kept.
"""

import contextlib
import os
import re
import secrets
import threading
import unicodedata
from pathlib import Path

from tui_nn.language import _, ngettext
from tui_nn.session.storage.session_file import printable_path
from tui_nn.system import files
from tui_nn.web.serving.log import log

MEGABYTE = 10**6
COOKIE = "tui_nn_lesson"
_KEY = re.compile(r"[A-Za-z0-9_-]{32}")
_KEY_BYTES = 24
_FOLDER_MODE = 0o700
_UPLOADS = "uploads"
_MOST_UPLOADS = 100
_ENDINGS = (".toml", ".csv", ".tsv", ".tab", ".txt", ".dat", ".data", ".json")
_NAME_LENGTH = 60
_UNUSUAL = re.compile(r"[^\w .()+-]")


class UploadError(Exception):
    """An upload that is refused, in one sentence for the user."""


class NoRoomError(Exception):
    """A file or a new lesson for which the server has no room, in one sentence for the user."""


class Labs:
    """The folders of all browsers, in one folder, which has at most ``most`` of them.

    The recordings of one browser may take ``megabytes``, and its uploads half as much besides.
    """

    def __init__(self, folder: Path, megabytes: int, most: int) -> None:
        self._folder = folder
        self._megabytes = megabytes
        self._most = most
        self._entering = threading.Lock()

    @staticmethod
    def new_key() -> str:
        """A key that nobody can guess: 192 random bits."""
        return secrets.token_urlsafe(_KEY_BYTES)

    @staticmethod
    def is_key(text: str) -> bool:
        """Whether ``text`` could be a key."""
        return _KEY.fullmatch(text) is not None

    def has(self, key: str) -> bool:
        """Whether there are lessons with this key."""
        return self.is_key(key) and self.folder_of(key).is_dir()

    def folder_of(self, key: str) -> Path:
        """The folder of a browser. Raises ValueError for what is no key."""
        if not self.is_key(key):
            raise ValueError("this is no key")
        return self._folder / key

    def uploads_of(self, key: str) -> Path:
        """The folder of a browser's uploads."""
        return self.folder_of(key) / _UPLOADS

    def enter(self, key: str) -> None:
        """Makes the folder of a browser, which only the server's user can read. Raises `NoRoomError` and OSError."""
        folder = self.folder_of(key)
        self._folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
        # Of two new browsers, only one may get the last place.
        with self._entering:
            if not folder.is_dir():
                self._check_count()
                folder.mkdir(mode=_FOLDER_MODE, exist_ok=True)
        self.uploads_of(key).mkdir(mode=_FOLDER_MODE, exist_ok=True)

    def _check_count(self) -> None:
        """Raises `NoRoomError` if there are as many folders of browsers as there may be."""
        if sum(self.is_key(path.name) for path in self._folder.iterdir()) < self._most:
            return
        log(f"A new browser got no lesson: {printable_path(self._folder)} has {self._most}, the most. Delete old ones.")
        raise NoRoomError(
            _(
                "This server already keeps {most} lessons, the most that it may. Ask your teacher to delete old ones.",
                most=self._most,
            )
        )

    def leave(self, key: str) -> None:
        """Deletes the folder of a browser in which nothing has happened."""
        with contextlib.suppress(OSError):
            # A folder that is not empty stays, and so does the one that it is in.
            self.uploads_of(key).rmdir()
            self.folder_of(key).rmdir()

    def why_full(self, key: str) -> str:
        """Why the lesson of a browser can't go on, in a sentence; "" while its recordings take no more than they may.

        Uploads do not count: no upload may end a lesson.
        """
        folder = self.folder_of(key)
        if _bytes_in(folder, passing_over=_UPLOADS) <= self._megabytes * MEGABYTE:
            return ""
        log(f"A lesson is closed: the recordings in {printable_path(folder)} take over {self._megabytes} MB (--disk).")
        return _(
            "Your recorded lessons take more than {megabytes} MB, the most that this server keeps for you. Ask your "
            "teacher to make room.",
            megabytes=self._megabytes,
        )

    def keep_upload(self, key: str, name: str, content: bytes) -> str:
        """Writes an upload into the folder of a browser; returns its name there.

        Raises `UploadError`, `NoRoomError` and OSError.
        """
        folder = self.uploads_of(key)
        stem, ending = _harmless(name)
        there = len(list(folder.iterdir()))
        if there >= _MOST_UPLOADS:
            says = ngettext(
                "You have uploaded {files} file, the most that are kept.",
                "You have uploaded {files} files, the most that are kept.",
                there,
                files=there,
            )
            raise NoRoomError(says)
        self._check_room(folder, len(content))
        for number in range(1, there + 2):
            chosen = f"{stem}{ending}" if number == 1 else f"{stem}-{number}{ending}"
            with contextlib.suppress(FileExistsError):
                with os.fdopen(files.create(folder / chosen), "wb") as file:
                    file.write(content)
                return chosen
        raise UploadError(_("The names that this file could have are taken; give it another one."))

    def _check_room(self, uploads: Path, further: int) -> None:
        """Raises `NoRoomError` if ``further`` bytes more are more than the uploads of a browser may take."""
        most = self._megabytes / 2
        if _bytes_in(uploads) + further <= most * MEGABYTE:
            return
        megabytes = format(most, "g")
        log(f"A file is refused: with it, {printable_path(uploads)} would take over {megabytes} MB (half of --disk).")
        raise NoRoomError(
            _(
                "With this file, your uploads would take more than {megabytes} MB, the most that this server keeps for "
                "you. Ask your teacher to delete some of them.",
                megabytes=megabytes,
            )
        )


def _bytes_in(folder: Path, passing_over: str = "") -> int:
    """The bytes of all files in ``folder`` and the folders in it, but not in the one called ``passing_over``."""
    total = 0
    for at, folders, names in os.walk(folder):
        if passing_over in folders and Path(at) == folder:
            folders.remove(passing_over)
        total += sum(_size(Path(at, name)) for name in names)
    return total


def _size(path: Path) -> int:
    """The bytes of a file; 0 for one that has just been deleted."""
    with contextlib.suppress(OSError):
        return path.lstat().st_size
    return 0


def _harmless(name: str) -> tuple[str, str]:
    """The stem and the ending of a name, without folders and unusual signs. Raises `UploadError`."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    stem, dot, ending = last.rpartition(".")
    ending = f"{dot}{ending}".lower()
    if ending not in _ENDINGS:
        expected = ", ".join(_ENDINGS)
        says = _(
            "tui-nn opens lessons and tables as text; the file's name must end in one of {expected}.", expected=expected
        )
        raise UploadError(says)
    return _UNUSUAL.sub("_", stem).strip(". ")[:_NAME_LENGTH] or "file", ending
