"""A key is one change of the lesson: one dispatch into the log, and one view for the panes."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial

import pytest

from tests.dashboard.stage import Stage, opened
from tui_nn.dashboard.apps.base import LessonApp
from tui_nn.dashboard.screens.commands import COMMANDS
from tui_nn.dashboard.view_model.worker import BackgroundWorker
from tui_nn.session.lesson_log import LessonLog

# Leaving ends the lesson; a replay and the palette take its place.
_LEADS_AWAY = {"q", "R", "ctrl+p"}
_KEYS = dict.fromkeys(key for one in COMMANDS for key in one.keys.split(",") if key and key not in _LEADS_AWAY)
_WHERE = ["", "data", "explain"]


class _StoppedClock:
    """In place of the timer of a lesson that plays."""

    def stop(self) -> None: ...


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Callable[[], AbstractContextManager[list[str]]]:
    """Lists the dispatches and the views while a block runs, in a lesson without threads and clocks."""
    happened: list[str] = []
    append = LessonLog.append

    def noted(log: LessonLog, *events: object) -> object:
        happened.append("dispatch")
        return append(log, *events)  # type: ignore[arg-type]

    monkeypatch.setattr(LessonLog, "append", noted)

    @contextmanager
    def counting() -> Iterator[list[str]]:
        for work in ("extend", "measure", "measure_rounding", "grade"):
            monkeypatch.setattr(BackgroundWorker, work, lambda *_: None)
        monkeypatch.setattr(LessonApp, "set_interval", lambda *_: _StoppedClock())
        happened.clear()
        yield happened

    return counting


@pytest.mark.parametrize("pane", _WHERE, ids=lambda pane: pane or "lesson")
async def test_a_key_is_one_dispatch_and_one_view(
    pane: str, counting: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    async with opened(notices=False) as stage:
        screen = stage.app.lesson_screen
        with counting() as happened:
            stage.app.watch(stage.app, "view", partial(_note_view, happened), init=False)
            for key in _KEYS:
                await _go_to(stage, pane)
                happened.clear()
                await stage.press(key)
                assert happened.count("dispatch") <= 1, key
                assert happened.count("view") <= 1, key
                assert screen in stage.app.screen_stack, key


def _note_view(happened: list[str]) -> None:
    happened.append("view")


async def _go_to(stage: Stage, pane: str) -> None:
    """Closes dialogs, pauses, and gives the keys to a pane, or to the lesson where that is ""."""
    while len(stage.app.screen_stack) > 1:
        stage.app.pop_screen()
        await stage.settle()
    stage.app.navigation.pause()
    if pane != (stage.app.focused.id if stage.app.focused else ""):
        stage.app.lesson_screen.go_to_pane(pane or "step")
    if pane == "step":
        stage.app.lesson_screen.choose()
    await stage.settle()


async def test_a_command_that_is_chosen_by_its_name_is_one_dispatch_and_one_view(
    counting: Callable[[], AbstractContextManager[list[str]]],
) -> None:
    async with opened(notices=False) as stage:
        screen = stage.app.lesson_screen
        with counting() as happened:
            stage.app.watch(stage.app, "view", partial(_note_view, happened), init=False)
            for command in COMMANDS:
                if command.action and not command.asks and not set(command.keys.split(",")) & _LEADS_AWAY:
                    await _go_to(stage, "")
                    happened.clear()
                    stage.app.call_later(screen.do, command)
                    await stage.settle()
                    assert happened.count("dispatch") <= 1, command
                    assert happened.count("view") <= 1, command


async def test_a_command_of_a_pane_that_is_refused_has_led_to_the_pane() -> None:
    async with opened() as stage:
        remove_row = next(command for command in COMMANDS if command.action == "remove_row")
        for _ in range(3):
            stage.app.lesson_screen.go_to_pane("step")
            stage.app.call_later(stage.app.lesson_screen.do, remove_row)
            await stage.settle()
        assert "The only row stays: the data need one at least. Type other numbers into it." in stage.notices
        assert stage.app.state.pane == "data"
        assert stage.document.dataset.rows == 1


async def test_what_is_measured_in_the_background_makes_no_view_that_says_the_same() -> None:
    async with opened() as stage:
        happened: list[str] = []
        stage.app.watch(stage.app, "view", partial(_note_view, happened), init=False)
        await stage.press("down")
        await stage.still()
        assert happened == ["view"]


async def test_an_edit_of_a_lesson_that_plays_pauses_it_with_the_same_dispatch(
    counting: Callable[[], AbstractContextManager[list[str]]],
) -> None:
    async with opened(notices=False) as stage:
        stage.app.lesson_screen.go_to_pane("data")
        await stage.settle()
        with counting() as happened:
            for key in ("a", "u"):
                stage.app.navigation.pause()
                stage.app.actions["play"]()
                happened.clear()
                await stage.press(key)
                assert happened == ["dispatch"]
                assert stage.app.state.speed is None


async def test_a_value_that_is_typed_is_one_dispatch_with_the_move_after_it(
    counting: Callable[[], AbstractContextManager[list[str]]],
) -> None:
    async with opened(notices=False) as stage:
        stage.app.lesson_screen.go_to_pane("data")
        await stage.settle()
        with counting() as happened:
            stage.app.watch(stage.app, "view", partial(_note_view, happened), init=False)
            # Down to the line below the data, where a number adds a row; the last Tab leads there again.
            keys = ("enter", "tab", "shift+tab", "down", "up", "enter", "enter", "enter", "tab", "tab", "tab")
            for number, key in enumerate(keys, start=11):
                await stage.type(f"{number}")
                happened.clear()
                await stage.press(key)
                assert sorted(happened) == ["dispatch", "view"], (number, key)
