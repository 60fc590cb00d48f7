"""The last line of the screen names the keys that do something here."""

from collections.abc import Collection
from pathlib import Path

import pytest

from tests.dashboard.stage import lesson_app, on_stage
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
from tui_nn.dashboard.widgets.grid.grid_commands import GRID
from tui_nn.dashboard.widgets.matrices.matrix_board import MATRICES

LEAVES = frozenset({"leave_pane"})
# There is neither another run, nor a weight or a new row selected, nor a mistake to be found.
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
        assert _entries(stage.key_line) == _expected(begins.get(way, LOOKS_ON), app, without=LEAVES)
        leaves = LEAVES if app.is_viewer else frozenset()
        for pane, here in (
            ("forward", (MATRICES,)),
            ("explain", (EXPLANATION,)),
            ("check", (CHECK,)),
            ("cost", (CHART,)),
            ("results", (RESULTS,)),
        ):
            await stage.focus(pane)
            assert _entries(stage.key_line) == _expected((*here, *teaches), app, without=leaves), pane
            keys = [entry.split()[0] for entry in stage.key_line.strip().split("  ")]
            assert len(keys) == len(set(keys)), pane
        # There, digits are numbers.
        digits = frozenset() if app.is_viewer else frozenset("0")
        await stage.focus("data")
        assert _entries(stage.key_line) == _expected((GRID, DATA, *teaches), app, without=leaves | digits)
        # There, a letter belongs to the value.
        await stage.focus("settings")
        typed = frozenset() if app.is_viewer else LETTERS | digits
        assert _entries(stage.key_line) == _expected((GRID, *teaches), app, without=leaves | typed)


async def test_escape_says_where_it_leads_from_an_explanation() -> None:
    async with on_stage(lesson_app("lecture"), (120, 40)) as stage:
        await stage.press("e")
        assert "Esc steps" in stage.key_line
        await stage.press("enter")
        assert "Esc back" in stage.key_line
        await stage.press("escape")
        assert "Esc steps" in stage.key_line


async def test_what_a_lecture_uses_comes_first_on_a_narrow_screen() -> None:
    async with on_stage(lesson_app("lecture"), (80, 24)) as stage:
        for key in ("→ step", "↓ iteration", "e explain", "y derive", "G check", "Tab panes", "? help"):
            assert key in stage.key_line
        await stage.focus("data")
        assert stage.key_line.split("  ")[0].strip() == "Enter edit"


def _entries(key_line: str) -> list[str]:
    return sorted(key_line.strip().split("  "))


def _expected(places: tuple[str, ...], app: LessonApp, without: Collection[str]) -> list[str]:
    return _entries(_key_line(places, app, without))


def _key_line(places: tuple[str, ...], app: LessonApp, without: Collection[str] = ()) -> str:
    """The commands that have a place in the key line, place by place; the help last. There is one run only."""
    shown: dict[str, Command] = {}
    for place in places:
        for command in COMMANDS:
            is_there = command.where == place and command.short and is_for(app, command)
            if {command.key, command.action} & set(without):
                continue
            if is_there and command.action not in _WITHOUT_EFFECT and "mistake" not in command.short:
                shown.setdefault(command.short, command)
    return " " + "".join(f"{command.shown} {command.short}  " for command in shown.values()) + "? help"
