"""The ways of seeing a lesson: teaching, replaying, following, looking around; and the commands that each has."""

from collections.abc import Iterator
from pathlib import Path

from tests.dashboard.stage import Stage, follow_app, lesson_app, replay_app, taught
from tui_nn.dashboard.apps.base import LessonApp
from tui_nn.dashboard.screens.commands import (
    COMMANDS,
    EVERYWHERE,
    EXPLAINING,
    EXPORTING,
    LOOKING_AROUND,
    NAVIGATING,
    PANES,
    REPLAYING,
    RUNS,
    TEACHING,
)
from tui_nn.dashboard.widgets.command import Command
from tui_nn.session.events import Moved

LETTERS = {key for command in COMMANDS for key in command.keys.split(",") if len(key) == 1 and key.isalpha()}
WITH_ACTIONS = [command for command in COMMANDS if command.action]
TEACHES = (NAVIGATING, EXPLAINING, PANES, TEACHING, RUNS, EXPORTING, EVERYWHERE)
REPLAYS = (REPLAYING, EXPLAINING, PANES, RUNS, EXPORTING, EVERYWHERE)
LOOKS_ON = (LOOKING_AROUND, NAVIGATING, EXPLAINING, PANES, RUNS, EVERYWHERE)
_OF_FILES = {"replay", "share", "open", "save", "save_fresh", "read_csv", "write_csv"}


def apps(directory: Path) -> dict[str, tuple[LessonApp, tuple[str, ...]]]:
    """Every way of seeing a lesson, and where the commands apply that it has."""
    path = taught(directory, Moved(1, "A2"), Moved(2, "A2"), Moved(3, "A2"))
    return {
        "teaching": (lesson_app("lecture"), TEACHES),
        "replaying": (replay_app(path), REPLAYS),
        "looking around in a replay": (replay_app(path), (*LOOKS_ON[:-1], EXPORTING, EVERYWHERE)),
        "following": (follow_app(path), LOOKS_ON),
        "looking around while following": (follow_app(path), LOOKS_ON),
    }


def is_for(app: LessonApp, command: Command) -> bool:
    """Whether the classes of its events let the user do it. What a teacher does with files makes no event."""
    is_viewers = command.action not in _OF_FILES and all(kind.viewer_may_make for kind in command.makes)
    return not app.is_viewer or is_viewers


WAYS = ["teaching", "replaying", "looking around in a replay", "following", "looking around while following"]


async def begin(way: str, stage: Stage) -> None:
    """Does what leads to this way of seeing the lesson."""
    if way.startswith("looking around"):
        await stage.press("l" if "replay" in way else "right")
        assert "Looking around" in stage.text


def keys(*places: str) -> Iterator[tuple[str, Command]]:
    """Each key of the commands in ``places``, and its command."""
    for command in WITH_ACTIONS:
        if command.where in places and command.keys:
            for key in command.keys.split(","):
                yield key, command
