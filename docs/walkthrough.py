"""Teaches the lecture in real time: ``python docs/walkthrough.py`` writes sessions/lecture-walkthrough.toml.

It presses the keys of a teacher in the dashboard, which records the session. It takes as long as the lesson does.
"""

import asyncio
import os
import sys
import tempfile
from pathlib import Path

# The recording does not belong among those of the user who runs this.
os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp()

from tui_nn.dashboard.apps.teach import TeachApp
from tui_nn.session.storage import bundled_lessons
from tui_nn.session.teaching_session import TeachingSession

_SESSION = Path(__file__).parent.parent / "sessions" / "lecture-walkthrough.toml"
# At this size the panes are tabs: the teacher has to go to each pane, so that viewers at any size see it.
_SIZE = (80, 24)
_TITLE = "Stats 102B, week 3, lecture 3"
_QUIZ = "".join(f'\n[[question]]\nask = "shape"\nmatrix = "{name}"\n' for name in ("X", "W1", "W2", "Y"))

Keys = list[str]


def _note(text: str) -> Keys:
    return ["r", *text, "enter"]


def _mark(name: str) -> Keys:
    return ["m", *name, "enter"]


def _go_to(place: str) -> Keys:
    return ["g", *place, "enter"]


def _pane(name: str) -> Keys:
    """Goes straight to a pane: with Tab, viewers would see the panes before it, too."""
    return ["ctrl+p", *name, "enter"]


def _answer(text: str) -> Keys:
    return [*text, "enter"]


_LESSON: list[tuple[float, Keys]] = [
    (1, [*_pane("data"), *_mark("the data")]),
    (2, _note("Three students: hours slept, hours studied, test score. Can the score be predicted?")),
    (5, _note("Hours are divided by their largest number, scores by 100: now all lie between 0 and 1.")),
    (4, ["escape", "tab", *_mark("the shapes")]),
    (2, _note("Two inputs, three hidden units, one output, no biases. Which shapes? Answer before you go on.")),
    (2, ["P"]),
    (4, _answer("3x2")),
    (2, ["P"]),
    (4, _answer("2x3")),
    (2, ["P"]),
    (4, _answer("3x1")),
    (2, ["P"]),
    (4, _answer("3x1")),
    (3, ["escape", *_go_to("X[1,1]")]),
    (4, ["escape", *_mark("forwards")]),
    (2, _note("A row of X times a column of W1: one sum for each hidden unit.")),
    (4, _go_to("Z2[1,1]")),
    (5, ["escape", "right"]),
    (3, _note("The sigmoid turns every sum into a number between 0 and 1, cell by cell.")),
    (4, ["right"]),
    (3, ["right"]),
    (3, _note("The first prediction comes from random weights: 0.82 for a score of 0.75. By luck, not bad.")),
    (4, ["right", *_mark("the cost")]),
    (2, _note("J is half the sum of the squared errors. To learn is to make J small: which weight, which way?")),
    (5, ["right", *_mark("the derivation")]),
    (2, ["y"]),
    *((4, ["right"]) for _ in range(9)),
    (3, _note("Row 1 was predicted too high, so its delta is positive: J falls when its sum falls.")),
    (4, ["right"]),
    *((4, ["right"]) for _ in range(7)),
    (3, _note("Twice the order of the chain rule did not fit: shapes catch what the eye does not.")),
    (4, ["right"]),
    *((4, ["right"]) for _ in range(6)),
    (4, ["right"]),
    *((3, ["right"]) for _ in range(7)),
    (3, ["right"]),
    (3, ["escape", "tab", *_mark("the update")]),
    (2, _note("Every weight takes a step against its slope, all at the same time. Then it begins again.")),
    (4, ["escape", "down"]),
    (3, [*_go_to("2 J"), *_mark("the gradient check")]),
    (2, _note("Is the gradient right? Push one weight a little, and see what J does.")),
    (3, [*_go_to("2 dJdW2[1,1]"), "escape", "G"]),
    (5, _note("Down to about 1e-5 the quotient gets better; below that rounding takes over.")),
    (4, ["escape", "7"]),
    (4, _note("The tangent is the slope; gradient descent goes down along it, from the dot to the diamond.")),
    (5, ["escape", *_go_to("10000 update"), *_mark("the results"), *_pane("results")]),
    (3, _note("After 10 000 updates: 75, 82, 93 were asked for. 0.9298944 was before the last of them.")),
    (5, ["escape", *_go_to("10000 J"), "2"]),
    (3, _note("On a logarithm's scale one sees that it still learns, slower and slower.")),
    (5, ["escape", *_go_to("10000 Y_hat"), *_mark("a new row"), "N", *"8 5", "enter"]),
    (2, ["shift+tab"]),
    (2, _note("Eight hours slept, five studied: that is what the network says. Would you believe it?")),
    (5, ["6"]),
    (4, ["escape"]),
]


async def _teach() -> None:
    lecture = bundled_lessons.find(bundled_lessons.LECTURE).read_text(encoding="utf-8")
    begun = Path(tempfile.mkdtemp()) / _SESSION.name
    begun.write_text(lecture.replace(_TITLE, f"{_TITLE}, walked through") + _QUIZ, encoding="utf-8")
    session = TeachingSession.opened(begun)
    assert session is not None  # noqa: S101 - no other program records there
    app = TeachApp(session)
    async with app.run_test(size=_SIZE) as pilot:
        await app.workers.wait_for_complete()
        for number, (seconds, keys) in enumerate(_LESSON, start=1):
            await asyncio.sleep(seconds)
            for key in keys:
                await pilot.press(key)
                await app.wait_until_handled()
            print(f"{number} of {len(_LESSON)}", end="\r", file=sys.stderr, flush=True)  # noqa: T201
        _SESSION.unlink(missing_ok=True)
        session.save_as(_SESSION)
        await pilot.press("q")


asyncio.run(_teach())
