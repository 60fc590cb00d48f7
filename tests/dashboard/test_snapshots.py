"""The look of the screen, as a picture that a person has looked at. `pytest --snapshot-update` takes them anew."""

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np
import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from tests.dashboard.stage import Stage, lesson_app, opened, replay_app, taught
from tests.emulator import Emulator
from tui_nn.dashboard.apps.base import LessonApp, NextApp
from tui_nn.network import NO_SCALING, Dataset, Start
from tui_nn.session.document import Document
from tui_nn.session.events import (
    CellSet,
    Event,
    HyperparameterSet,
    Marked,
    Moved,
    Noted,
    PaneChosen,
    Selected,
)
from tui_nn.session.storage.document_toml import dump
from tui_nn.writing.notation.signs import ASCII

SnapCompare: TypeAlias = Callable[..., bool]
Scene: TypeAlias = Callable[[Stage], Awaitable[None]]
Make: TypeAlias = Callable[[Path], LessonApp]

_TAUGHT: tuple[Event, ...] = (
    Moved(1, "A2"),
    Marked("the hidden units answer"),
    Moved(37, "delta3"),
    Noted("The error, times the slope of f."),
    PaneChosen("data"),
    Selected("x", 2, 1),
    CellSet("x", 2, 1, 7.0),
    PaneChosen("forward"),
    Selected("W1", 1, 2),
    PaneChosen("step"),
    HyperparameterSet("learning_rate", 0.5),
    Marked("slower"),
)


def _lesson(name: str, _directory: Path) -> LessonApp:
    return lesson_app(name)


def _straight(directory: Path) -> LessonApp:
    """A network whose every number is rounded once: the last digits of J are those of any processor."""
    data = Dataset(np.array([[1.0, 0.0]]), np.array([[3.0]]), ("slept", "studied"), ("score",), NO_SCALING, NO_SCALING)
    document = Document("Straight lines", data, (2,), "identity", "identity", start=Start("ones"), learning_rate=0.125)
    (directory / "straight.toml").write_text(dump(document), encoding="utf-8")
    return lesson_app(directory / "straight.toml")


def _replayed(directory: Path) -> LessonApp:
    return replay_app(taught(directory, *_TAUGHT))


async def _start(stage: Stage) -> None:
    """Nothing pressed yet."""
    await stage.settle()


async def _delta3(stage: Stage) -> None:
    await stage.go_to("37 delta3")


async def _network(stage: Stage) -> None:
    await stage.go_to("2000 delta2")
    await stage.focus("network")
    await stage.press("right")


async def _end(stage: Stage) -> None:
    await stage.press("end", "c")


async def _typing_error(stage: Stage) -> None:
    await stage.focus("data")
    await stage.press("down", *"7x", "enter")


async def _settings(stage: Stage) -> None:
    await stage.focus("settings")
    await stage.press("down")


async def _help(stage: Stage) -> None:
    await stage.press("?")


async def _two_runs(stage: Stage) -> None:
    await stage.go_to("12 J")
    await stage.press("b", "enter")
    await stage.choose_setting("learning_rate")
    await stage.press(*"0.5", "enter", "escape", "c")
    await stage.ask_for("37 delta3[1,1]")
    await stage.focus("compare")


async def _weight(stage: Stage) -> None:
    await stage.go_to("20 J")
    await stage.focus("forward")
    await stage.press("right", "right", "right", "5")


async def _check(stage: Stage) -> None:
    await stage.ask_for("delta3")
    await stage.press("8", "G", "left")


async def _derivation(stage: Stage) -> None:
    await stage.go_to("37 dJdW2")
    await stage.press("y", *["right"] * 4)


async def _quiz(stage: Stage) -> None:
    for answer in ("3x2", "3x2", "3x1", "3x1", "0.45"):
        await stage.press("P")
        await stage.type(answer)
        await stage.press("enter")


async def _replay(stage: Stage) -> None:
    await stage.ask_for("8")


async def _explained(stage: Stage) -> None:
    await stage.go_to("37 delta2")
    await stage.press("e", "right")


class Picture(NamedTuple):
    """A picture, and the fault that no other test would see."""

    shows: str
    make: Make
    play: Scene
    size: tuple[int, int]
    theme: str = ""
    no_color: bool = False


_lecture = partial(_lesson, "lecture")
_PICTURES: dict[str, Picture] = {
    "start-120x40": Picture("where the panes stand and end, before anything is chosen", _lecture, _start, (120, 40)),
    "delta3-120x40": Picture("where the eye goes: the one fill of the screen", _lecture, _delta3, (120, 40)),
    "network-80x24": Picture("dashed and thick lines, and the row chosen", _lecture, _network, (80, 24)),
    "delta3-80x24": Picture("the tabs, with the step below them", _lecture, _delta3, (80, 24)),
    "explained-60x20": Picture("what is cut on the smallest screen", _lecture, _explained, (60, 20)),
    "explained-100x30": Picture("two panes above one", _lecture, _explained, (100, 30), "colour-blind"),
    "explained-120x40": Picture("the greys of NO_COLOR side by side", _lecture, _explained, (120, 40), no_color=True),
    "explained-200x60": Picture("the areas of a large screen", _lecture, _explained, (200, 60), "high-contrast"),
    "light-120x40": Picture("borders and shades on white", _lecture, _explained, (120, 40), "textual-light"),
    "ansi-80x24": Picture("borders and shades in sixteen colours", _lecture, _explained, (80, 24), "ansi-dark"),
    "refusal-120x40": Picture("an error message below its cell moves the others", _lecture, _typing_error, (120, 40)),
    "settings-80x24": Picture("the settings as a table, with their cursor", _lecture, _settings, (80, 24)),
    "help-80x24": Picture("the help over the tabs, with its border and scrollbar", _lecture, _help, (80, 24)),
    "dialog-80x24": Picture("a dialog over the panes", _lecture, _weight, (80, 24)),
    "overflow-120x40": Picture(
        "a run that overflows: axes, timeline and notes", partial(_lesson, "too-fast"), _end, (120, 40)
    ),
    "two-runs-120x40": Picture("two curves over each other, and their cells compared", _lecture, _two_runs, (120, 40)),
    "check-120x40": Picture("the table of the check beside its curve", _straight, _check, (120, 40)),
    "derivation-80x24": Picture("the lines of a derivation, and the one of now", _lecture, _derivation, (80, 24)),
    "quiz-120x40": Picture("questions, answers and the score", partial(_lesson, "lecture-quiz"), _quiz, (120, 40)),
    "replay-120x40": Picture("the banner, and the marks on the timeline", _replayed, _replay, (120, 40)),
}


@pytest.mark.parametrize("name", _PICTURES)
def test_the_screen_is_as_in_its_picture(
    name: str, snap_compare: SnapCompare, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    picture = _PICTURES[name]
    if picture.no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    if picture.theme:
        monkeypatch.setattr(LessonApp, "colours", picture.theme)
    app = picture.make(tmp_path)

    async def before(pilot: Pilot[NextApp]) -> None:
        stage = Stage(app, pilot, Emulator(*picture.size))
        await stage.still()
        await picture.play(stage)
        # What the worker has computed may bring a notice.
        await stage.still()
        # Notices go by themselves, on a busy machine before the picture is taken.
        app.clear_notifications()
        await stage.still()

    assert snap_compare(app, terminal_size=picture.size, run_before=before)


@pytest.mark.parametrize("size", [(120, 40), (60, 20)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_screen_in_ascii_is_as_it_was(
    size: tuple[int, int], snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LessonApp, "notation", ASCII)
    async with opened(size=size) as stage:
        await _explained(stage)
        await stage.still()
        # What is written, where the pictures show what is meant to be.
        assert "\n".join(line.rstrip() for line in stage.terminal.lines) == snapshot
