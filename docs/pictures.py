"""Makes the manual's pictures: ``python docs/pictures.py`` writes docs/*.svg.

``python docs/pictures.py quiz check`` makes only these two. The handout, docs/handout.png, needs Chromium.
"""

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

_FOLDER = Path(__file__).parent
_SIZE = (120, 40)

# The lessons that are recorded here do not belong among the recordings of the user who runs this.
os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp()

from tui_nn.dashboard.apps.base import LessonApp  # noqa: E402
from tui_nn.dashboard.apps.replay import ReplayApp  # noqa: E402
from tui_nn.dashboard.apps.teach import TeachApp  # noqa: E402
from tui_nn.dashboard.terminal.terminal_app import TerminalApp  # noqa: E402
from tui_nn.handouts.exports import export  # noqa: E402
from tui_nn.session.runs.run_cache import RunCache  # noqa: E402
from tui_nn.session.storage import bundled_lessons  # noqa: E402
from tui_nn.session.storage.session_file import read  # noqa: E402
from tui_nn.session.teaching_session import TeachingSession  # noqa: E402

# The pictures have the same colours, whatever the terminal can show.
TerminalApp.colours = "textual-dark"


def _lesson(name: str) -> TeachApp:
    session = TeachingSession.opened(bundled_lessons.find(name))
    assert session is not None  # noqa: S101 - no program records in a bundled lesson
    return TeachApp(session)


def _replay() -> ReplayApp:
    path = bundled_lessons.find("lecture-walkthrough")
    return ReplayApp(read(path), path)


_lecture = partial(_lesson, bundled_lessons.LECTURE)
_quiz = partial(_lesson, "lecture-quiz")
_HANDOUT = "handout"
_TO_A_WEIGHT = ["g", *"2 W2[1,1]", "enter", "escape"]
_ANSWERS = ("3x2", "3x2", "3x1", "3x1", "0.4518", "0.55 0.61 0.57")
_TO_THE_RATE = [*["tab"] * 7, *["down"] * 7]
_PICTURES: dict[str, tuple[Callable[[], LessonApp], list[str]]] = {
    "dashboard": (_lecture, ["g", *"37 delta3", "enter"]),
    "explain": (_lecture, ["g", *"37 delta2", "enter", "e", *["right"] * 2, "enter", "escape"]),
    "plane": (_lecture, ["g", *"200 J", "enter", "6"]),
    "slope": (_lecture, [*_TO_A_WEIGHT, "7"]),
    "derivation": (_lecture, ["g", *"37 dJdW2", "enter", "y", *["right"] * 5]),
    "quiz": (_quiz, [*(key for answer in _ANSWERS for key in ("P", *answer, "enter")), "up"]),
    "check": (_lecture, [*_TO_A_WEIGHT, "G", "M", "2"]),
    "new-row": (_lecture, ["g", *"2000 update", "enter", "N", *"8 5", "enter", "6"]),
    "two-runs": (
        _lecture,
        ["g", *"2000 update", "enter", "b", "enter", *_TO_THE_RATE, "1", "enter", "escape", "c", "end"],
    ),
    "starts": (_lecture, ["t", "enter", "down"]),
    "replay": (_replay, ["g", *"the derivation", "enter", *["right"] * 8]),
}


async def _take(name: str) -> None:
    begin, keys = _PICTURES[name]
    app = begin()
    async with app.run_test(size=_SIZE, notifications=False) as pilot:
        for key in keys:
            await pilot.press(key)
            await app.workers.wait_for_complete()
            await pilot.pause()
        (_FOLDER / f"{name}.svg").write_text(app.svg, encoding="utf-8")


def _take_handout() -> None:
    browser = shutil.which("chromium")
    if not browser:
        sys.exit("there is no chromium here to show the handout; the other pictures are made")
    page = Path(tempfile.mkdtemp()) / "handout.html"
    page.write_text(_handed_out(37), encoding="utf-8")
    seen = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=900,1100")
    command = [browser, *seen, f"--screenshot={_FOLDER / 'handout.png'}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own page


def _handed_out(iteration: int) -> str:
    state = read(bundled_lessons.find(bundled_lessons.LECTURE)).state
    run = RunCache().run_of(state.plan)
    run.extend(iteration)
    return export(state, run, "html", iteration)


for _name in sys.argv[1:] or [*_PICTURES, _HANDOUT]:
    if _name == _HANDOUT:
        _take_handout()
    else:
        asyncio.run(_take(_name))
