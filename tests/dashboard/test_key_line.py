"""The last line of the screen names the keys that do something here."""

from collections.abc import Collection
from pathlib import Path

import pytest

from tests.dashboard.stage import on_stage
from tests.dashboard.ways import LETTERS, LOOKS_ON, WAYS, apps, begin, is_for
from tui_nn.dashboard.apps.base import LessonApp
from tui_nn.dashboard.panes.chart import CHART
from tui_nn.dashboard.panes.check import CHECK
from tui_nn.dashboard.panes.data import DATA
from tui_nn.dashboard.panes.explain import EXPLANATION
from tui_nn.dashboard.panes.results import RESULTS
from tui_nn.dashboard.screens.commands import (
    COMMANDS,
    EVERYWHERE,
    EXPLAINING,
    LOOKING_AROUND,
    NAVIGATING,
    PANES,
    REPLAYING,
    RUNS,
    TEACHING,
)
from tui_nn.dashboard.widgets.command import Command
from tui_nn.dashboard.widgets.grid_commands import GRID
from tui_nn.dashboard.widgets.matrix_board import MATRICES

# There is neither another run, nor a weight selected, nor a new row, nor a mistake to be found; the help comes last.
_WITHOUT_EFFECT = ("help", "next_run", "set_weight", "work_out", "remove_new_row")


@pytest.mark.parametrize("way", WAYS)
async def test_the_key_line_names_the_keys_that_do_something_here(way: str, tmp_path: Path) -> None:
    app, _ = apps(tmp_path)[way]
    own, rest = ((TEACHING, RUNS), ()) if way == "teaching" else ((), (LOOKING_AROUND,))
    teaches = (*rest, PANES, EXPLAINING, *own, EVERYWHERE)
    begins = {
        "teaching": (NAVIGATING, EXPLAINING, *teaches),
        "replaying": (REPLAYING, EXPLAINING, PANES, EVERYWHERE),
        "following": (NAVIGATING, EXPLAINING, PANES, EVERYWHERE),
    }
    async with on_stage(app, (260, 40)) as stage:
        await begin(way, stage)
        assert stage.key_line == _key_line(begins.get(way, LOOKS_ON), app)
        for pane, here in (
            ("forward", (MATRICES,)),
            ("explain", (EXPLANATION,)),
            ("check", (CHECK,)),
            ("cost", (CHART,)),
            ("results", (RESULTS,)),
        ):
            await stage.focus(pane)
            assert stage.key_line == _key_line((*here, *teaches), app), pane
        await stage.focus("data")
        assert stage.key_line == _key_line((GRID, DATA, *teaches), app)
        # There, a letter belongs to the value.
        await stage.focus("settings")
        assert stage.key_line == _key_line((GRID, *teaches), app, without=() if app.is_viewer else LETTERS)


def _key_line(places: tuple[str, ...], app: LessonApp, without: Collection[str] = ()) -> str:
    """The commands that have a place in the key line, place by place; the help last. There is one run only."""
    shown: dict[str, Command] = {}
    for place in places:
        for command in COMMANDS:
            is_there = command.where == place and command.short and is_for(app, command)
            if command.key in without:
                continue
            if is_there and command.action not in _WITHOUT_EFFECT and "mistake" not in command.short:
                shown.setdefault(command.short, command)
    return " " + "".join(f"{command.shown} {command.short}  " for command in shown.values()) + "? help"
