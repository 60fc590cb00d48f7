"""The table of commands: each has an action and its keys, and no key means two things in one place."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.dashboard.stage import on_stage, opened
from tests.dashboard.ways import REPLAYS, TEACHES, WAYS, WITH_ACTIONS, apps, begin, is_for, keys
from tui_nn.dashboard.apps.base import LessonApp
from tui_nn.dashboard.panes.chart import CHART
from tui_nn.dashboard.panes.data import DATA, DataPane
from tui_nn.dashboard.panes.settings import SettingsPane
from tui_nn.dashboard.screens.commands import (
    COMMANDS,
    EVERYWHERE,
    EXPLAINING,
    LOOKING_AROUND,
    NAVIGATING,
    PANES,
    RUNS,
    TEACHING,
)
from tui_nn.dashboard.widgets.grid.grid_commands import GRID

_TOGETHER = [
    TEACHES,
    (DATA, *TEACHES),
    (GRID, DATA, EXPLAINING, TEACHING, RUNS, EVERYWHERE),
    REPLAYS,
    (NAVIGATING, PANES, LOOKING_AROUND),
]


@pytest.mark.parametrize("places", _TOGETHER, ids=" + ".join)
def test_no_key_means_two_things_in_one_place(places: tuple[str, ...]) -> None:
    counts = Counter(key for key, command in keys(*places) if command.action != "leave_pane")
    assert not [key for key, count in counts.items() if count > 1]


def test_keys_are_those_that_any_terminal_sends() -> None:
    for command in WITH_ACTIONS:
        for key in command.keys.split(","):
            assert key not in {"ctrl+h", "ctrl+i", "ctrl+space", "ctrl+b", "ctrl+m", "ctrl+j"}
            assert not key.startswith(("shift+enter", "alt+", "super+", "ctrl+shift+"))


def test_every_command_says_what_it_does() -> None:
    assert all(command.help and command.shown for command in COMMANDS)
    assert len({command.help for command in COMMANDS}) == len(COMMANDS)


@pytest.mark.parametrize("way", WAYS)
async def test_each_key_of_each_command_does_it_and_no_other_key_does(
    way: str, tmp_path: Path, in_place_of_actions: Callable[[LessonApp], list[str]]
) -> None:
    app, places = apps(tmp_path)[way]
    async with on_stage(app, trained=False) as stage:
        await begin(way, stage)
        done = in_place_of_actions(app)
        expected = {key: command.action for key, command in keys(*places) if is_for(app, command)}
        if not app.is_viewer:
            # The files of the data are asked for from anywhere.
            expected |= {key: command.action for key, command in keys(DATA) if command.asks}
        # So are the axes of the chart, which may be in sight without the keys.
        expected |= {key: command.action for key, command in keys(CHART) if is_for(app, command)}
        if app.is_viewer:
            expected["escape"] = "come_back"
        for key in dict.fromkeys(key for key, _ in keys(*(command.where for command in COMMANDS))):
            await stage.press(key)
            assert done == ([expected[key]] if key in expected else []), key
            done.clear()


async def test_each_key_of_the_data_does_it(in_place_of_actions: Callable[[LessonApp], list[str]]) -> None:
    async with opened(trained=False) as stage:
        stage.app.screen.query_one(DataPane).focus()
        await stage.settle()
        done = in_place_of_actions(stage.app)
        for key, command in keys(DATA):
            await stage.press(key)
            assert done == [command.action], key
            done.clear()


async def test_letters_are_commands_in_the_data_and_belong_to_the_values_of_settings(
    in_place_of_actions: Callable[[LessonApp], list[str]],
) -> None:
    async with opened(trained=False) as stage:
        for pane in ("data", "settings"):
            await stage.focus(pane)
        done = in_place_of_actions(stage.app)
        letters = {key: command.action for key, command in keys(*TEACHES, DATA) if len(key) == 1 and key.isalpha()}
        for table, own in ((DataPane, "".join(letters)), (SettingsPane, "")):
            stage.app.screen.query_one(table).focus()
            await stage.settle()
            for key in own:
                await stage.press(key)
            assert done == [letters[key] for key in own]
            done.clear()
            await stage.press(*(key for key in letters if key not in own))
            assert done == []
            await stage.press("escape")
            done.clear()


async def test_while_one_types_letters_are_text() -> None:
    async with opened(trained=False) as stage:
        await stage.focus("data")
        await stage.press("up", "enter")
        letters = [key for command in COMMANDS for key in command.keys.split(",") if len(key) == 1]
        await stage.press(*letters)
        # What is longer than the pane goes on to the left of it, so that the caret stays in sight.
        assert "".join(letters[-20:]) in stage.pane("data")
        await stage.press("home")
        assert "hours slept" + "".join(letters[:20]) in stage.pane("data")
        await stage.press("escape")
        assert "(changed)" not in stage.header


@pytest.mark.parametrize("size", [(59, 40), (50, 15)])
async def test_no_dialog_opens_where_there_is_no_room_for_it(size: tuple[int, int]) -> None:
    async with opened(size=size) as stage:
        for key in [key for command in COMMANDS if command.asks for key in command.keys.split(",") if key]:
            await stage.press(key)
            assert len(stage.app.screen_stack) == 1, key
        assert "needs a terminal" in " ".join(stage.text.split())
