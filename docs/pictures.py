"""Makes the README's pictures: ``python docs/pictures.py`` writes docs/*.svg."""

import asyncio
import os
import re
import tempfile
from pathlib import Path

_FOLDER = Path(__file__).parent
_FONTS = re.compile(r"@font-face \{.*?\}", re.DOTALL)
_SIZE = (120, 40)

# What is pressed for the pictures is no lesson of whoever makes them.
os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp()

from tui_nn.dashboard.app import LessonApp  # noqa: E402
from tui_nn.dashboard.desk import Desk  # noqa: E402
from tui_nn.dashboard.replaying import ReplayApp  # noqa: E402
from tui_nn.dashboard.teaching import TuiNN  # noqa: E402
from tui_nn.session import lessons  # noqa: E402
from tui_nn.session.file import read  # noqa: E402


def _lecture() -> TuiNN:
    desk = Desk.opened(lessons.find(lessons.LECTURE))
    assert desk is not None  # noqa: S101 - nobody records in a lesson that comes with tui-nn
    return TuiNN(desk)


def _replay() -> ReplayApp:
    path = lessons.find("first-lesson")
    return ReplayApp(read(path), path)


_TO_THE_RATE = ["tab", "tab", *["down"] * 7]
_PICTURES: dict[str, tuple[type[LessonApp], list[str]]] = {
    "dashboard": (TuiNN, ["g", *"37 delta3", "enter"]),
    "explain": (TuiNN, ["g", *"37 delta2", "enter", "e", *["right"] * 2, "enter", "escape"]),
    "plane": (TuiNN, ["g", *"200 J", "enter", "6"]),
    "two-runs": (
        TuiNN,
        ["g", *"2000 update", "enter", "b", "enter", *_TO_THE_RATE, "1", "enter", "escape", "c", "end"],
    ),
    "starts": (TuiNN, ["t", "enter", "down"]),
    "replay": (ReplayApp, ["g", *"32", "enter"]),
}


async def _take(name: str) -> None:
    kind, keys = _PICTURES[name]
    app = _lecture() if kind is TuiNN else _replay()
    async with app.run_test(size=_SIZE, notifications=False) as pilot:
        for key in keys:
            await pilot.press(key)
            await app.workers.wait_for_complete()
            await pilot.pause()
        # The fonts of whoever looks at it, not some from the network.
        (_FOLDER / f"{name}.svg").write_text(_FONTS.sub("", app.export_screenshot()), encoding="utf-8")


for _name in _PICTURES:
    asyncio.run(_take(_name))
