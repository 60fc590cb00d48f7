"""The help: it names every command that there is here, and a click on a line does that command."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.dashboard.stage import Stage, on_stage, opened
from tests.dashboard.ways import TEACHES, WAYS, apps, begin, is_for
from tui_nn.dashboard.apps.base import LessonApp
from tui_nn.dashboard.panes.chart import CHART
from tui_nn.dashboard.panes.check import CHECK
from tui_nn.dashboard.panes.data import DATA
from tui_nn.dashboard.panes.derive import DERIVATION
from tui_nn.dashboard.panes.explain import EXPLANATION
from tui_nn.dashboard.panes.quiz import ANSWERING, QUIZ
from tui_nn.dashboard.panes.registry import PANES_OF
from tui_nn.dashboard.panes.results import RESULTS
from tui_nn.dashboard.screens.commands import (
    COMMANDS,
    LOOKING_AROUND,
    NAVIGATING,
)
from tui_nn.dashboard.screens.help_dialog import HelpDialog
from tui_nn.dashboard.widgets.command import Command
from tui_nn.dashboard.widgets.grid.grid_commands import GRID, TYPING
from tui_nn.dashboard.widgets.matrices.matrix_board import MATRICES


async def _click(stage: Stage, says: str) -> None:
    """Clicks the line of the help that says so."""
    line = next(y for y, text in enumerate(stage.terminal.lines) if says in text)
    await stage.pilot.click(offset=(60, line))
    await stage.settle()


@pytest.mark.parametrize("way", WAYS)
async def test_the_help_names_every_command_that_there_is_and_goes_again(way: str, tmp_path: Path) -> None:
    app, places = apps(tmp_path)[way]
    async with on_stage(app, (120, 180)) as stage:
        await begin(way, stage)
        before = stage.text
        panes = (GRID, TYPING, MATRICES, EXPLANATION, DERIVATION, QUIZ, ANSWERING, RESULTS, CHART, CHECK)
        named = (*places, *([LOOKING_AROUND, NAVIGATING] if app.is_viewer else [DATA]), *panes)
        await stage.press("?")
        said = stage.dialog
        for command in COMMANDS:
            is_there = command.where in named and is_for(app, command)
            if is_there or not is_for(app, command):
                assert (" ".join(command.help.split()) in said) == is_there, command
        await stage.press("escape")
        assert stage.text == before


async def test_each_of_its_keys_opens_the_help_and_closes_it() -> None:
    async with opened(size=(80, 24), trained=False, notices=False) as stage:
        await stage.still()
        before = stage.text
        for key, leave in (("?", "escape"), ("f1", "?"), ("?", "q"), ("f1", "f1")):
            await stage.press(key)
            assert "Next step of the iteration" in stage.dialog
            await stage.press(leave)
            assert stage.text == before


_EVERY = 3
"""Every third line is clicked: a click takes longer than all that is seen on a line."""


@pytest.mark.parametrize("way", ["teaching", "replaying", "looking around in a replay"])
async def test_a_click_in_the_help_chooses_the_command_of_its_line(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen: list[Command | str | None] = []
    monkeypatch.setattr(HelpDialog, "dismiss", lambda _, result: chosen.append(result))
    app, places = apps(tmp_path)[way]
    # What it does with what was chosen is what the palette does, and what the next tests see.
    async with on_stage(app, (120, 180), trained=False) as stage:
        await begin(way, stage)
        await stage.press("?")
        lines = stage.terminal.lines
        for number, command in enumerate(COMMANDS):
            if not command.action or command.where not in (*places, *PANES_OF) or not is_for(app, command):
                continue
            # What a viewer's help has as the teacher's has it is clicked in that.
            if app.is_viewer and command.where in TEACHES and command.where != NAVIGATING:
                continue
            if command.action != "leave_pane" or not app.is_viewer:
                line = next(y for y, text in enumerate(lines) if f" {command.help} " in text)
                if number % _EVERY:
                    continue
                await stage.pilot.click(offset=(60, line))
                assert chosen.pop() == command
                assert not chosen


@pytest.mark.parametrize(
    ("way", "actions"),
    [
        ("teaching", ("next_step", "chart", "leave_pane", "command_palette", "help")),
        ("looking around in a replay", ("come_back", "next_step")),
    ],
)
async def test_a_command_clicked_in_the_help_is_done(
    way: str, actions: Sequence[str], tmp_path: Path, in_place_of_actions: Callable[[LessonApp], list[str]]
) -> None:
    app, _ = apps(tmp_path)[way]
    says = {command.action: command.help for command in COMMANDS}
    async with on_stage(app, (120, 180), trained=False) as stage:
        await begin(way, stage)
        help_itself = app.actions["help"]
        done = in_place_of_actions(app)
        for action in actions:
            help_itself()
            await stage.settle()
            await _click(stage, f" {says[action]} ")
            assert done.pop() == action
            assert not done
            assert len(app.screen_stack) == 1


async def test_a_key_that_a_pane_takes_by_itself_is_pressed_there_from_the_help() -> None:
    async with opened(size=(120, 180)) as stage:
        for says, pane in (
            ("Explain the cell selected  ", "explain"),
            ("Edit the cell, or turn the choice", "data"),
        ):
            await stage.press("escape", "?")
            await _click(stage, says)
            assert stage.app.screen.focused is not None
            assert stage.app.screen.focused.id == pane


async def test_the_help_leads_to_every_pane_by_keys_alone_on_a_small_screen() -> None:
    async with opened(size=(80, 24)) as stage:
        await stage.press("?", "end")
        assert "Predict what is hidden" in stage.dialog
        await stage.press("enter")
        assert "No questions yet." in stage.words("quiz")


async def test_what_is_being_typed_is_kept_before_a_command_is_done() -> None:
    async with opened(size=(120, 180)) as stage:
        await stage.focus("data")
        await stage.press("down", "down", *"12", "f1")
        await _click(stage, " Delete this row ")
        # The number was kept, and then its row deleted: undo brings that back, with the number in it.
        assert stage.document.dataset.x.tolist() == [[3, 5], [5, 1]]
        await stage.press("u")
        assert stage.document.dataset.x.tolist() == [[3, 5], [5, 1], [12, 2]]


async def test_a_command_that_what_is_typed_forbids_is_not_done() -> None:
    async with opened(size=(120, 180)) as stage:
        await stage.focus("data")
        before = stage.document
        await stage.press(*"1x", "f1")
        await _click(stage, " Delete this row ")
        assert stage.document is before
        assert "must be a number" in stage.words("data")
