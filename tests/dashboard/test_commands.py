"""The table of commands: each has an action and its keys, and no key means two things in one place."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest

from tests.dashboard.stage import Stage, follow_app, lesson_app, on_stage, opened, replay_app, taught
from tui_nn.dashboard.apps.base import LessonApp
from tui_nn.dashboard.panes.chart import CHART
from tui_nn.dashboard.panes.check import CHECK
from tui_nn.dashboard.panes.data import DATA, DataPane
from tui_nn.dashboard.panes.derive import DERIVATION
from tui_nn.dashboard.panes.explain import EXPLANATION
from tui_nn.dashboard.panes.quiz import ANSWERING, QUIZ
from tui_nn.dashboard.panes.registry import PANES_OF
from tui_nn.dashboard.panes.results import RESULTS
from tui_nn.dashboard.panes.settings import SettingsPane
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
from tui_nn.dashboard.screens.help_dialog import HelpDialog
from tui_nn.dashboard.widgets.canvas import Canvas
from tui_nn.dashboard.widgets.command import Command
from tui_nn.dashboard.widgets.grid_commands import GRID, TYPING
from tui_nn.dashboard.widgets.matrix_board import MATRICES
from tui_nn.session.events import Moved

_LETTERS = {key for command in COMMANDS for key in command.keys.split(",") if len(key) == 1 and key.isalpha()}
_WITH_ACTIONS = [command for command in COMMANDS if command.action]
_TEACHES = (NAVIGATING, EXPLAINING, PANES, TEACHING, RUNS, EXPORTING, EVERYWHERE)
_REPLAYS = (REPLAYING, EXPLAINING, PANES, RUNS, EXPORTING, EVERYWHERE)
_LOOKS_ON = (LOOKING_AROUND, NAVIGATING, EXPLAINING, PANES, RUNS, EVERYWHERE)
_TOGETHER = [
    _TEACHES,
    (DATA, *_TEACHES),
    (GRID, DATA, EXPLAINING, TEACHING, RUNS, EVERYWHERE),
    _REPLAYS,
    (NAVIGATING, PANES, LOOKING_AROUND),
]
_OF_FILES = {"replay", "share", "open", "save", "save_fresh", "read_csv", "write_csv"}


def _viewer_has(command: Command) -> bool:
    """By what the classes of its events say; what a teacher does with files makes no event."""
    return command.action not in _OF_FILES and all(kind.viewer_may_make for kind in command.makes)


def _viewers(directory: Path) -> dict[str, tuple[LessonApp, tuple[str, ...]]]:
    path = taught(directory, Moved(1, "A2"), Moved(2, "A2"), Moved(3, "A2"))
    return {
        "replaying": (replay_app(path), _REPLAYS),
        "looking around in a replay": (replay_app(path), (*_LOOKS_ON[:-1], EXPORTING, EVERYWHERE)),
        "following": (follow_app(path), _LOOKS_ON),
        "looking around while following": (follow_app(path), _LOOKS_ON),
    }


def _apps(directory: Path) -> dict[str, tuple[LessonApp, tuple[str, ...]]]:
    """Every way of seeing a lesson, and where the commands apply that it has."""
    return {"teaching": (lesson_app("lecture"), _TEACHES), **_viewers(directory)}


_WAYS = ["teaching", "replaying", "looking around in a replay", "following", "looking around while following"]


def _is_for(app: LessonApp, command: Command) -> bool:
    return not app.is_viewer or _viewer_has(command)


async def _begin(way: str, stage: Stage) -> None:
    if way.startswith("looking around"):
        await stage.press("l" if "replay" in way else "right")
        assert "Looking around" in stage.text


@pytest.fixture
def in_place_of_actions(monkeypatch: pytest.MonkeyPatch) -> Callable[[LessonApp], list[str]]:
    """Lets every action of an app, its screen and its table of data do nothing but leave its name in a list."""

    def put(app: LessonApp) -> list[str]:
        done: list[str] = []
        for name in app.actions:
            monkeypatch.setitem(app.actions, name, partial(done.append, name))
        for owner in (app.screen, *app.screen.query(Canvas)):
            for name in {command.action.partition("(")[0] for command in _WITH_ACTIONS}:
                if hasattr(owner, f"action_{name}"):
                    noted = lambda *given, name=name: done.append(f"{name}('{given[0]}')" if given else name)  # noqa: E731
                    monkeypatch.setattr(owner, f"action_{name}", noted)
        return done

    return put


def _keys(*places: str) -> Iterator[tuple[str, Command]]:
    for command in _WITH_ACTIONS:
        if command.where in places and command.keys:
            for key in command.keys.split(","):
                yield key, command


@pytest.mark.parametrize("places", _TOGETHER, ids=" + ".join)
def test_no_key_means_two_things_in_one_place(places: tuple[str, ...]) -> None:
    keys = Counter(key for key, command in _keys(*places) if command.action != "leave_pane")
    assert not [key for key, count in keys.items() if count > 1]


def test_keys_are_those_that_any_terminal_sends() -> None:
    for command in _WITH_ACTIONS:
        for key in command.keys.split(","):
            assert key not in {"ctrl+h", "ctrl+i", "ctrl+space", "ctrl+b", "ctrl+m", "ctrl+j"}
            assert not key.startswith(("shift+enter", "alt+", "super+", "ctrl+shift+"))


def test_every_command_says_what_it_does() -> None:
    assert all(command.help and command.shown for command in COMMANDS)
    assert len({command.help for command in COMMANDS}) == len(COMMANDS)


@pytest.mark.parametrize("way", _WAYS)
async def test_each_key_of_each_command_does_it_and_no_other_key_does(
    way: str, tmp_path: Path, in_place_of_actions: Callable[[LessonApp], list[str]]
) -> None:
    app, places = _apps(tmp_path)[way]
    async with on_stage(app, trained=False) as stage:
        await _begin(way, stage)
        done = in_place_of_actions(app)
        expected = {key: command.action for key, command in _keys(*places) if _is_for(app, command)}
        if not app.is_viewer:
            # The files of the data are asked for from anywhere.
            expected |= {key: command.action for key, command in _keys(DATA) if command.asks}
        if app.is_viewer:
            expected["escape"] = "come_back"
        for key in dict.fromkeys(key for key, _ in _keys(*(command.where for command in COMMANDS))):
            await stage.press(key)
            assert done == ([expected[key]] if key in expected else []), key
            done.clear()


async def test_each_key_of_the_data_does_it(in_place_of_actions: Callable[[LessonApp], list[str]]) -> None:
    async with opened(trained=False) as stage:
        stage.app.screen.query_one(DataPane).focus()
        await stage.settle()
        done = in_place_of_actions(stage.app)
        for key, command in _keys(DATA):
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
        letters = {key: command.action for key, command in _keys(*_TEACHES, DATA) if len(key) == 1 and key.isalpha()}
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


@pytest.mark.parametrize("way", _WAYS)
async def test_the_help_names_every_command_that_there_is_and_goes_again(way: str, tmp_path: Path) -> None:
    app, places = _apps(tmp_path)[way]
    async with on_stage(app, (120, 140)) as stage:
        await _begin(way, stage)
        before = stage.text
        panes = (GRID, TYPING, MATRICES, EXPLANATION, DERIVATION, QUIZ, ANSWERING, RESULTS, CHART, CHECK)
        named = (*places, *([LOOKING_AROUND, NAVIGATING] if app.is_viewer else [DATA]), *panes)
        await stage.press("?")
        said = stage.dialog
        for command in COMMANDS:
            is_there = command.where in named and _is_for(app, command)
            if is_there or (app.is_viewer and not _viewer_has(command)):
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


@pytest.mark.parametrize("way", _WAYS)
async def test_the_palette_has_the_commands_that_apply(way: str, tmp_path: Path) -> None:
    app, places = _apps(tmp_path)[way]
    async with on_stage(app) as stage:
        await _begin(way, stage)
        offered = {entry.title for entry in app.palette_entries()}
        for command in COMMANDS:
            if command.where != LOOKING_AROUND and command.action not in ("command_palette", "leave_pane"):
                is_there = command.where in (*places, *PANES_OF) and _is_for(app, command)
                assert (command.help in offered) == (is_there and command.is_a_choice), command


# Whoever looks around while following has what whoever follows has.
@pytest.mark.parametrize("way", [way for way in _WAYS if way != "looking around while following"])
async def test_every_command_is_done_from_the_palette(
    way: str, tmp_path: Path, in_place_of_actions: Callable[[LessonApp], list[str]]
) -> None:
    app, places = _apps(tmp_path)[way]
    async with on_stage(app, (80, 24), trained=False) as stage:
        await _begin(way, stage)
        done = in_place_of_actions(app)
        offered = {entry.title: entry.do for entry in app.palette_entries()}
        expected = [
            command
            for command in COMMANDS
            if command.action not in ("", "command_palette", "leave_pane", "come_back")
            and command.where in (*places, *PANES_OF)
            and _is_for(app, command)
        ]
        for command in expected:
            offered[command.help]()
        await stage.settle()
        assert done == [command.action for command in expected]


@pytest.mark.parametrize("way", ["teaching", "replaying", "looking around in a replay"])
async def test_a_click_in_the_help_chooses_the_command_of_its_line(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen: list[Command | str | None] = []
    monkeypatch.setattr(HelpDialog, "dismiss", lambda _, result: chosen.append(result))
    app, places = _apps(tmp_path)[way]
    # What it does with what was chosen is what the palette does, and what the next tests see.
    async with on_stage(app, (120, 140), trained=False) as stage:
        await _begin(way, stage)
        await stage.press("?")
        lines = stage.terminal.lines
        for command in COMMANDS:
            if not command.action or command.where not in (*places, *PANES_OF) or not _is_for(app, command):
                continue
            if command.action != "leave_pane" or not app.is_viewer:
                line = next(y for y, text in enumerate(lines) if f" {command.help} " in text)
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
    app, _ = _apps(tmp_path)[way]
    says = {command.action: command.help for command in COMMANDS}
    async with on_stage(app, (120, 140), trained=False) as stage:
        await _begin(way, stage)
        help_itself = app.actions["help"]
        done = in_place_of_actions(app)
        for action in actions:
            help_itself()
            await stage.settle()
            line = next(y for y, text in enumerate(stage.terminal.lines) if f" {says[action]} " in text)
            await stage.pilot.click(offset=(60, line))
            await stage.settle()
            assert done.pop() == action
            assert not done
            assert len(app.screen_stack) == 1


async def test_a_key_that_a_pane_takes_by_itself_is_pressed_there_from_the_help() -> None:
    async with opened(size=(120, 140)) as stage:
        for says, pane in (
            ("Explain the cell selected  ", "explain"),
            ("Edit the cell, or turn the choice", "data"),
        ):
            await stage.press("escape", "?")
            line = next(y for y, text in enumerate(stage.terminal.lines) if says in text)
            await stage.pilot.click(offset=(60, line))
            await stage.settle()
            assert stage.app.screen.focused is not None
            assert stage.app.screen.focused.id == pane


@pytest.mark.parametrize("way", _WAYS)
async def test_the_key_line_names_the_keys_that_do_something_here(way: str, tmp_path: Path) -> None:
    app, _ = _apps(tmp_path)[way]
    teaches = (
        (PANES, EXPLAINING, TEACHING, RUNS, EVERYWHERE)
        if way == "teaching"
        else (LOOKING_AROUND, PANES, EXPLAINING, EVERYWHERE)
    )
    begins = {
        "teaching": (NAVIGATING, EXPLAINING, *teaches),
        "replaying": (REPLAYING, EXPLAINING, PANES, EVERYWHERE),
        "following": (NAVIGATING, EXPLAINING, PANES, EVERYWHERE),
    }
    async with on_stage(app, (260, 40)) as stage:
        await _begin(way, stage)
        assert stage.key_line == _key_line(begins.get(way, _LOOKS_ON), app)
        for pane, here in (
            ("forward", (MATRICES,)),
            ("explain", (EXPLANATION,)),
            ("check", (CHECK,)),
            ("cost", (CHART,)),
            ("results", ()),
        ):
            await stage.focus(pane)
            assert stage.key_line == _key_line((*here, *teaches), app), pane
        await stage.focus("data")
        assert stage.key_line == _key_line((GRID, DATA, *teaches), app)
        # There, a letter belongs to the value.
        await stage.focus("settings")
        assert stage.key_line == _key_line((GRID, *teaches), app, without=() if app.is_viewer else _LETTERS)


def _key_line(places: tuple[str, ...], app: LessonApp, without: Collection[str] = ()) -> str:
    """The commands that have a place in the key line, place by place; the help last. There is one run only."""
    shown: dict[str, Command] = {}
    for place in places:
        for command in COMMANDS:
            is_there = command.where == place and command.short and _is_for(app, command)
            # There is neither another run, nor a weight selected, nor a mistake to be found.
            if command.key in without:
                continue
            if is_there and command.action not in ("help", "next_run", "set_weight") and "mistake" not in command.short:
                shown.setdefault(command.short, command)
    return " " + "".join(f"{command.shown} {command.short}  " for command in shown.values()) + "? help"


async def test_the_palette_finds_a_command_and_does_it() -> None:
    async with opened() as stage:
        await stage.press("ctrl+p")
        await stage.type("last step of the last")
        await stage.until(lambda: "The last step of the last iteration" in stage.text)
        await stage.press("enter")
        await stage.until(lambda: "iteration 10 000 of 10 000" in stage.header)


async def test_the_help_leads_to_every_pane_by_keys_alone_on_a_small_screen() -> None:
    async with opened(size=(80, 24)) as stage:
        await stage.press("?", "end")
        assert "Predict what is hidden" in stage.dialog
        await stage.press("enter")
        assert "No questions yet." in stage.words("quiz")


async def test_what_is_being_typed_is_kept_before_a_command_is_done() -> None:
    async with opened(size=(120, 140)) as stage:
        await stage.focus("data")
        await stage.press("down", "down", *"12", "f1")
        line = next(y for y, text in enumerate(stage.terminal.lines) if " Delete this row " in text)
        await stage.pilot.click(offset=(60, line))
        await stage.settle()
        # The number was kept, and then its row deleted: undo brings that back, with the number in it.
        assert stage.document.dataset.x.tolist() == [[3, 5], [5, 1]]
        await stage.press("u")
        assert stage.document.dataset.x.tolist() == [[3, 5], [5, 1], [12, 2]]


async def test_a_command_that_what_is_typed_forbids_is_not_done() -> None:
    async with opened(size=(120, 140)) as stage:
        await stage.focus("data")
        before = stage.document
        await stage.press(*"1x", "f1")
        line = next(y for y, text in enumerate(stage.terminal.lines) if " Delete this row " in text)
        await stage.pilot.click(offset=(60, line))
        await stage.settle()
        assert stage.document is before
        assert "must be a number" in stage.words("data")


@pytest.mark.parametrize("size", [(59, 40), (50, 15)])
async def test_no_dialog_opens_where_there_is_no_room_for_it(size: tuple[int, int]) -> None:
    async with opened(size=size) as stage:
        for key in [key for command in COMMANDS if command.asks for key in command.keys.split(",") if key]:
            await stage.press(key)
            assert len(stage.app.screen_stack) == 1, key
        assert "needs a terminal" in " ".join(stage.text.split())
