"""A replay: the lesson as it was taught, event by event, forwards, backwards and in its own time."""

import re
from pathlib import Path

import pytest

from tests.dashboard.stage import Stage, lesson_in, on_stage, opened, recorded, replay_app, taught
from tests.unit.helpers import plain
from tui_nn.dashboard.apps.replay import ReplayApp
from tui_nn.dashboard.apps.teach import TeachApp
from tui_nn.session.events import (
    Branched,
    CellSet,
    ChartChosen,
    CostReached,
    EffectChosen,
    Ended,
    Event,
    HyperparameterSet,
    Marked,
    Moved,
    Noted,
    PaneChosen,
    Paused,
    Played,
    RunChosen,
    Selected,
    Undone,
    WeightSet,
)
from tui_nn.session.replay import Replay
from tui_nn.session.storage import bundled_lessons
from tui_nn.session.storage.event_log import LogEntry, log_text
from tui_nn.session.storage.session_file import read

_LESSON: tuple[Event, ...] = (
    Moved(1, "A2"),
    ChartChosen("log10 cost"),
    Moved(37, "delta3"),
    Noted("The error, times the slope."),
    Marked("turn"),
    PaneChosen("data"),
    Selected("x", 2, 1),
    CellSet("x", 2, 1, 7.0),
    Undone(),
    PaneChosen("forward"),
    Selected("W1", 1, 2),
    EffectChosen("from here"),
    WeightSet("W1", 1, 2, 0.5, 37),
    Branched("B"),
    HyperparameterSet("learning_rate", 0.5, 37),
    PaneChosen("compare"),
    RunChosen("A"),
    PaneChosen("step"),
    Played(5),
    Moved(39, "delta3"),
    Paused(),
    Marked("second turn"),
    Undone(),
    Ended(),
)


def _banner(stage: Stage) -> str:
    return stage.banner


async def _still(stage: Stage) -> str:
    await stage.dismiss_notices()
    await stage.still()
    return stage.text


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_events_forwards_and_backwards_show_the_same_screens(size: tuple[int, int], tmp_path: Path) -> None:
    path = taught(tmp_path, *_LESSON)
    before, replay = path.read_bytes(), Replay(read(path))
    async with on_stage(replay_app(path), size) as stage:
        seen = [await _still(stage)]
        for place in range(1, len(_LESSON) + 1):
            await stage.press("right")
            assert plain(stage.app.state) == plain(replay.state_at(place))
            seen.append(await _still(stage))
            assert f"Replay, event {place} of {len(_LESSON)}" in _banner(stage)
        await stage.press("right")
        assert await _still(stage) == seen[-1]
        assert "this is where the lesson ends" in _banner(stage)
        for place in reversed(range(len(_LESSON))):
            await stage.press("left")
            assert await _still(stage) == seen[place], place
        await stage.press("left")
        assert await _still(stage) == seen[0]
        await stage.press("q")
        await stage.ended()
    assert path.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["taught.toml"]


async def test_each_place_shows_what_the_teacher_s_screen_showed(tmp_path: Path) -> None:
    keys = [
        "right",
        "c",
        "down",
        "tab",
        "escape",
        "tab",
        "down",
        "7 enter",
        "tab",
        "down",
        "right",
        "escape",
        "u",
        "b enter",
    ]

    async def panes(stage: Stage) -> list[str]:
        await stage.still()
        return [stage.header, *(stage.pane(pane) for pane in ("step", "backward", "results", "cost"))]

    taught_here = []
    async with opened(notices=False) as stage:
        await stage.press("s", "ctrl+u", *"kept", "enter")
        for key in keys:
            await stage.press(*key.split())
            taught_here.append((plain(stage.app.state), await panes(stage)))
    # The banner has a line of its own.
    async with on_stage(replay_app(tmp_path / "kept.toml"), (120, 41), notices=False) as stage:
        replayed = {}
        while "this is where the lesson ends" not in _banner(stage):
            await stage.press("right")
            replayed[plain(stage.app.state)] = await panes(stage)
    for state, shown in taught_here:
        assert [_words(pane) for pane in replayed[state]] == [_words(pane) for pane in shown]


def _words(pane: str) -> list[str]:
    """What a pane says; but for its border, what focus adds, and the chart's curve, which has a line less here."""
    title, _, below = pane.partition("\n")
    title = re.split("[─━]{2,}", title)[0]
    words = [word for word in f"{title} {below}".split() if not word.startswith(("─", "━", "›"))]
    return [word for word in words if not set(word) & set("│┤┌┐└┘┬⠀") and not any("⠀" <= char <= "⣿" for char in word)]


async def test_costs_that_were_reached_are_no_events_to_stop_at(tmp_path: Path) -> None:
    path = taught(
        tmp_path, Moved(1, "A2"), CostReached(1, 0.25), Moved(2, "A2"), CostReached(2, 0.25), CostReached(10_000, 0.25)
    )
    async with on_stage(replay_app(path)) as stage:
        seen = []
        for _ in range(3):
            await stage.press("right")
            seen.append(stage.place.iteration)
        assert seen == [1, 2, 2]
        await stage.press("left", "left")
        assert stage.place == (1, "Z⁽²⁾")


async def test_a_cost_that_comes_out_otherwise_here_is_said(tmp_path: Path) -> None:
    path = taught(tmp_path, Moved(37, "J"), CostReached(37, 0.25), Moved(1, "J"), CostReached(1, 0.010522732556230395))
    async with on_stage(replay_app(path), (160, 40)) as stage:
        await stage.press("right")
        assert "recorded was J = 0.25, computed here is 0.0067" in _banner(stage)
        await stage.press("right")
        assert "recorded" not in _banner(stage)


async def test_the_marks_lead_through_the_lesson(tmp_path: Path) -> None:
    async with on_stage(replay_app(taught(tmp_path, *_LESSON))) as stage:
        for key, place in (("down", 5), ("down", 22), ("up", 5), (".", 22), (",", 5)):
            await stage.press(key)
            assert f"Replay, event {place} of" in _banner(stage), key
        await stage.press("up")
        assert "There is no further mark this way." in stage.latest_notice
        assert "Replay, event 5 of" in _banner(stage)
        await stage.press("home")
        await _still(stage)
        assert stage.terminal.lines[-2].count("┃") == 2


async def test_home_and_end_lead_to_both_ends(tmp_path: Path) -> None:
    async with on_stage(replay_app(taught(tmp_path, *_LESSON))) as stage:
        await stage.press("end")
        assert f"Replay, event {len(_LESSON)} of {len(_LESSON)}" in _banner(stage)
        await stage.press("home")
        assert "Replay, event 0 of" in _banner(stage)
        assert stage.place == (1, "Z⁽²⁾")


async def test_going_to_a_moment_an_event_or_a_mark(tmp_path: Path) -> None:
    async with on_stage(replay_app(taught(tmp_path, *_LESSON))) as stage:
        for typed, place in (("12", 12), ("0", 0), ("0:05", 10), ("0:00", 0), ("turn", 5), ("SECOND turn", 22)):
            await stage.ask_for(typed)
            assert not stage.dialog, typed
            assert f"Replay, event {place} of" in _banner(stage), typed
        await stage.press("g")
        assert f"Go to a moment (0:00 to 0:12), an event (0 to {len(_LESSON)}) or a mark:" in stage.dialog
        for typed, said in (
            ("99", "a moment such as 1:30"),
            ("turm", 'one of "turn", "second turn"'),
            ("", "a moment"),
        ):
            await stage.press("ctrl+u")
            await stage.type(typed)
            await stage.press("enter")
            assert said in stage.dialog, typed
        await stage.press("escape")


async def test_long_pauses_are_shortened(tmp_path: Path) -> None:
    lecture = bundled_lessons.bundled()["lecture"].read_text(encoding="utf-8")
    moments = (1.0, 3.0, 3_600.0, 3_602.0, 90_000.0)
    log = [LogEntry(seq, at, Moved(seq, "J")) for seq, at in enumerate(moments, start=1)]
    async with on_stage(replay_app(lesson_in(tmp_path, lecture + log_text(log)))) as stage:
        assert stage.terminal.lines[-2].endswith(" 0:15")
        for _, time in zip(moments, ("0:01", "0:03", "0:08", "0:10", "0:15"), strict=True):
            await stage.press("right")
            assert stage.terminal.lines[-2].startswith(f" {time} ")


async def test_space_plays_the_lesson_to_its_end_and_pauses(tmp_path: Path) -> None:
    async with on_stage(replay_app(taught(tmp_path, *_LESSON), speed=64)) as stage:
        await stage.press("space")
        await stage.until(lambda: "this is where the lesson ends" in _banner(stage))
        assert "space play" in stage.key_line
        # At the end it begins again.
        await stage.press("-", "-", "-", "-", "-", "-", "-", "-", "space")
        assert "playing at 0.25 times its speed" in _banner(stage)
        assert "space pause" in stage.key_line
        assert int(_banner(stage).split()[2]) < len(_LESSON)
        await stage.press("space")
        assert "playing" not in _banner(stage)
        await stage.press("+", "=")
        assert "Speed: 1 times the lesson's own" in stage.latest_notice
        await stage.press(*"++++++++")
        assert "Speed: 64 times the lesson's own" in stage.latest_notice


async def test_every_key_that_goes_somewhere_stops_the_replay(tmp_path: Path) -> None:
    async with on_stage(replay_app(taught(tmp_path, *_LESSON), speed=0.25)) as stage:
        for key in ("right", "left", "down", "up", "home", "end", "l", "tab", "c"):
            await stage.ask_for("6")
            await stage.press("space")
            assert "playing at" in _banner(stage), key
            await stage.press(key)
            assert "playing at" not in _banner(stage), key
            await stage.press("escape")


async def test_the_timeline_is_the_lesson_s_and_a_click_goes_to_a_moment(tmp_path: Path) -> None:
    async with on_stage(replay_app(taught(tmp_path, *_LESSON))) as stage:
        await stage.pilot.click(offset=(60, 38))
        await stage.settle()
        assert 10 <= int(_banner(stage).split()[2]) <= 14
        await stage.pilot.click(offset=(0, 38))
        await stage.settle()
        assert "Replay, event 0 of" in _banner(stage)


async def test_from_a_lesson_to_its_replay_and_back_to_the_very_place() -> None:
    async with opened() as stage:
        await stage.press("R")
        assert "Nothing has happened yet that could be replayed." in stage.latest_notice
        await stage.ask_for("37 delta3")
        await stage.focus("data")
        await stage.press("c", "down", "7", "enter", "h")
        await stage.still()
        shown, state = await _still(stage), plain(stage.app.state)
        await stage.press("R")
        await stage.ended()
        to_replay = stage.app.return_value
    before = recorded().source
    assert to_replay
    replay = to_replay()
    assert isinstance(replay, ReplayApp)
    async with on_stage(replay) as stage:
        assert "Replay, event 0 of" in _banner(stage)
        await stage.press("right", "end", "l", "down", "escape", "q")
        await stage.ended()
        back = stage.app.return_value
    assert recorded().source == before
    assert back
    lesson = back()
    assert isinstance(lesson, TeachApp)
    async with on_stage(lesson) as stage:
        assert plain(stage.app.state) == state
        assert await _still(stage) == shown
        await stage.press("u", "right")
        assert plain(recorded().state) == plain(stage.app.state)


async def test_the_clock_goes_on_through_a_pause_of_the_teacher_s(tmp_path: Path) -> None:
    path = taught(tmp_path, Moved(1, "A2"), Moved(2, "A2"), seconds=60.0)
    async with on_stage(replay_app(path)) as stage:
        await stage.press("space")
        begun = stage.place
        # No pause is longer than five seconds; this one has nothing to show but its clock.
        await stage.until(lambda: stage.terminal.lines[-2].lstrip().startswith("0:02"))
        assert stage.place == begun
        await stage.press("space")
        assert "playing" not in stage.text
