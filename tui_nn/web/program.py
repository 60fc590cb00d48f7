"""The program that the server starts for a browser, with the words FACE and FILE.

It draws through `BrowserDriver`. The server sets that driver, the folder in which lessons are recorded, and the working
directory, which is the folder of the user's uploads.

It imports most modules after it has chosen the language: they translate sentences while Python imports them.
"""

import argparse
import contextlib
import gc
import json
import sys
from pathlib import Path

from tui_nn.language import ENGLISH
from tui_nn.languages import speak_in
from tui_nn.web.faces import Face


def main() -> int:
    """Runs the dashboard in a browser; returns the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("face", type=Face)
    parser.add_argument("file", type=Path)
    parser.add_argument("--memory", type=int, default=0)
    parser.add_argument("--theme", default="")
    parser.add_argument("--language", default=ENGLISH)
    request = parser.parse_args()
    speak_in(request.language)
    from tui_nn.session.storage.session_file import SessionError, quote_names_alone
    from tui_nn.system import processes

    if request.memory:
        processes.bound_memory(request.memory)
    quote_names_alone()
    # As in a terminal: the collector finds nothing before the first screen, which enables it again.
    gc.disable()
    try:
        return _run(request.face, request.file, request.theme)
    except SessionError as error:
        _refuse(str(error))
        return 2


def _run(face: Face, file: Path, theme: str) -> int:
    from tui_nn.dashboard.apps import launch
    from tui_nn.dashboard.apps.base import LessonApp
    from tui_nn.dashboard.dialogs.browser_files import BrowserFiles
    from tui_nn.system import processes
    from tui_nn.writing.notation.encoding import notation_for_stream

    launch.use(notation_for_stream(sys.stdout), theme)
    if face is Face.FOLLOW:
        # As in a terminal: a class must not slow down the teacher's keys.
        LessonApp.files = BrowserFiles(None)
        with processes.low_priority():
            return launch.follow(file)
    LessonApp.files = BrowserFiles(Path.cwd())
    return _teach(file)


def _teach(file: Path) -> int:
    """Goes on with the newest lesson that this user recorded; at first, with a copy of ``file``."""
    from tui_nn.dashboard.apps.launch import follow, run
    from tui_nn.dashboard.apps.teach import TeachApp
    from tui_nn.session.storage import library
    from tui_nn.session.storage.session_file import SessionError, read
    from tui_nn.session.teaching_session import TeachingSession

    for recording in library.recordings():
        # A recording that can't be read is passed over: the user chooses it from the list, and reads why.
        with contextlib.suppress(SessionError):
            session = TeachingSession.opened(recording.path)
            return run(TeachApp(session)) if session else follow(recording.path, because_recorded=True)
    return run(TeachApp(TeachingSession(read(file), file)))


def _refuse(sentence: str) -> None:
    """Tells the server why there is no lesson to show."""
    packet = json.dumps({"type": "refused", "sentence": sentence}).encode()
    from tui_nn.dashboard.terminal.browser_driver import READY

    sys.stdout.buffer.write(READY + b"M" + len(packet).to_bytes(4, "big") + packet)
    sys.stdout.flush()
