"""Serves a lesson to browsers."""

import argparse
import shlex
import sys
from pathlib import Path

from tui_nn.language import _
from tui_nn.session.storage import bundled_lessons, library
from tui_nn.session.storage.locked_file import is_recorded
from tui_nn.session.storage.session_file import SessionError, printable_path, read
from tui_nn.session.storage.sharing import check_no_table
from tui_nn.system import processes
from tui_nn.web.faces import Face
from tui_nn.writing.notation.signs import UNICODE

PACKAGES = ("aiohttp>=3.9.5", "textual-serve>=1.1.3,<1.2")
"""What the extra ``web`` of pyproject.toml installs."""
_NOT_HERE = _("tui-nn serve runs on Linux and macOS; on Windows, run it in WSL, the Linux that comes with Windows")


def serve(request: argparse.Namespace) -> int:
    """Serves until the user stops it; returns the exit code. Raises `SessionError`."""
    if not processes.CAN_SERVE_BROWSERS:
        raise SessionError(_NOT_HERE)
    path = bundled_lessons.find(request.file).absolute()
    face = Face(request.face) if request.face else Face.FOLLOW if is_recorded(path) else Face.LAB
    if face is Face.FOLLOW:
        # The file may not be there yet: a class may come before the teacher.
        check_no_table(path)
    else:
        read(path)
    try:
        from tui_nn.web.serving.routes import page_parts
        from tui_nn.web.serving.server import serve as serve_browsers
        from tui_nn.web.serving.settings import ServerSettings

        page_parts()
    except ModuleNotFoundError:
        says = _(
            "tui-nn serve needs more packages; install them for the Python that runs tui-nn, {python}: {packages}",
            python=printable_path(Path(sys.executable)),
            packages=shlex.join(PACKAGES),
        )
        raise SessionError(says) from None
    if request.theme:
        from tui_nn.dashboard.apps.launch import use

        # Raises here, once, what each browser's program would say.
        use(UNICODE, request.theme)
    serve_browsers(
        ServerSettings(
            face,
            path,
            request.host,
            request.port,
            request.most,
            request.idle,
            request.memory,
            request.upload,
            request.disk,
            tuple(request.names),
            _folder_of_labs(request.folder),
            request.theme,
        )
    )
    return 0


def _folder_of_labs(chosen: Path | None) -> Path:
    if chosen is not None:
        return chosen.absolute()
    own = library.folder()
    if own is None:
        raise SessionError(_("you have no home directory; say where the lessons are kept with --folder DIR"))
    return own.parent / "labs"
