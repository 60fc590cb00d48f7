"""The palette: it has the commands that apply here, finds them by their words, and does them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.dashboard.stage import on_stage, opened
from tests.dashboard.ways import WAYS, apps, begin, is_for
from tui_nn.dashboard.apps.base import LessonApp
from tui_nn.dashboard.panes.registry import PANES_OF
from tui_nn.dashboard.screens.commands import (
    COMMANDS,
    LOOKING_AROUND,
)


@pytest.mark.parametrize("way", WAYS)
async def test_the_palette_has_the_commands_that_apply(way: str, tmp_path: Path) -> None:
    app, places = apps(tmp_path)[way]
    async with on_stage(app) as stage:
        await begin(way, stage)
        offered = {entry.title for entry in app.palette_entries()}
        for command in COMMANDS:
            if command.where != LOOKING_AROUND and command.action not in ("command_palette", "leave_pane"):
                is_there = command.where in (*places, *PANES_OF) and is_for(app, command)
                assert (command.help in offered) == (is_there and command.is_a_choice), command


# Whoever looks around while following has what whoever follows has.
@pytest.mark.parametrize("way", [way for way in WAYS if way != "looking around while following"])
async def test_every_command_is_done_from_the_palette(
    way: str, tmp_path: Path, in_place_of_actions: Callable[[LessonApp], list[str]]
) -> None:
    app, places = apps(tmp_path)[way]
    async with on_stage(app, (80, 24), trained=False) as stage:
        await begin(way, stage)
        done = in_place_of_actions(app)
        offered = {entry.title: entry.do for entry in app.palette_entries()}
        expected = [
            command
            for command in COMMANDS
            if command.action not in ("", "command_palette", "leave_pane", "come_back")
            and command.where in (*places, *PANES_OF)
            and is_for(app, command)
        ]
        for command in expected:
            offered[command.help]()
        await stage.settle()
        assert done == [command.action for command in expected]


async def test_the_palette_finds_a_command_and_does_it() -> None:
    async with opened() as stage:
        await stage.press("ctrl+p")
        await stage.type("last step of the last")
        await stage.until(lambda: "The last step of the last iteration" in stage.text)
        await stage.press("enter")
        await stage.until(lambda: "iteration 10 000 of 10 000" in stage.header)
