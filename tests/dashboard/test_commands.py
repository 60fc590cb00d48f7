"""The table of commands: each has an action and its keys, and no key means two things in one place."""

from collections import Counter

import pytest

from tests.dashboard.stage import opened
from tui_nn.dashboard.commands import COMMANDS, DATA, EVERYWHERE, GRID, MOVING, PANES
from tui_nn.dashboard.data_pane import DataPane
from tui_nn.dashboard.settings_pane import SettingsPane

_WITH_ACTIONS = [command for command in COMMANDS if command.action]
_TOGETHER = [(MOVING, PANES, EVERYWHERE), (DATA, MOVING, PANES, EVERYWHERE), (GRID, DATA, EVERYWHERE)]


@pytest.mark.parametrize("places", _TOGETHER, ids=" + ".join)
def test_no_key_means_two_things_in_one_place(places: tuple[str, ...]) -> None:
    keys = Counter(key for command in COMMANDS if command.where in places for key in command.keys.split(",") if key)
    assert not [key for key, count in keys.items() if count > 1]


def test_keys_are_those_that_any_terminal_sends() -> None:
    for command in _WITH_ACTIONS:
        for key in command.keys.split(","):
            assert key not in {"ctrl+h", "ctrl+i", "ctrl+space", "ctrl+b", "ctrl+m", "ctrl+j"}
            assert not key.startswith(("shift+enter", "alt+", "super+", "ctrl+shift+"))


def test_every_command_says_what_it_does() -> None:
    assert all(command.help and command.shown for command in COMMANDS)
    assert len({command.help for command in COMMANDS}) == len(COMMANDS)


async def test_each_key_of_each_command_does_it(monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(trained=False) as stage:
        done: list[str] = []
        owners = (stage.app, stage.app.screen, stage.app.screen.query_one(DataPane))
        for command in _WITH_ACTIONS:
            owner = next(owner for owner in owners if hasattr(owner, f"action_{command.action}"))
            monkeypatch.setattr(owner, f"action_{command.action}", lambda name=command.action: done.append(name))
        for place in (MOVING, PANES, EVERYWHERE, DATA):
            if place == DATA:
                stage.app.screen.query_one(DataPane).focus()
                await stage.settle()
            for command in (command for command in _WITH_ACTIONS if command.where == place):
                keys = command.keys.split(",")
                await stage.press(*keys)
                assert done == [command.action] * len(keys), command
                done.clear()


async def test_letters_that_mean_something_everywhere_do_so_in_a_table_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(trained=False) as stage:
        done: list[str] = []
        everywhere = [command for command in _WITH_ACTIONS if command.where == EVERYWHERE]
        for command in everywhere:
            monkeypatch.setattr(stage.app, f"action_{command.action}", lambda name=command.action: done.append(name))
        for pane in (DataPane, SettingsPane):
            done.clear()
            await stage.focus(str(stage.app.screen.query_one(pane).id))
            for command in everywhere:
                await stage.press(*command.keys.split(","))
            assert done == [command.action for command in everywhere for _ in command.keys.split(",")]


async def test_while_one_types_letters_are_text() -> None:
    async with opened(trained=False) as stage:
        await stage.focus("data")
        await stage.press("up", "enter")
        for command in COMMANDS:
            for key in command.keys.split(","):
                if len(key) == 1:
                    await stage.press(key)
        text = "".join(key for command in COMMANDS for key in command.keys.split(",") if len(key) == 1)
        assert text in stage.pane("data")
        await stage.press("escape")
        assert "(changed)" not in stage.header


async def test_the_palette_finds_a_command_and_does_it() -> None:
    async with opened() as stage:
        await stage.press("ctrl+p")
        await stage.type("last step of the last")
        await stage.until(lambda: "The last step of the last iteration" in stage.text)
        await stage.press("enter")
        await stage.until(lambda: "iteration 10 000 of 10 000" in stage.header)
