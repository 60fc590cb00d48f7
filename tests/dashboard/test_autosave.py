"""Every key leaves its event on the disk, before the screen shows it."""

from collections import Counter
from pathlib import Path

import pytest

from tests.dashboard.stage import Place, opened, recorded
from tests.unit.helpers import plain
from tui_nn.session.events import (
    Branched,
    CellSet,
    ChartChosen,
    ColumnAdded,
    ColumnRemoved,
    ColumnRenamed,
    CostReached,
    EffectChosen,
    Event,
    HyperparameterSet,
    Marked,
    Moved,
    Noted,
    PaneChosen,
    Paused,
    Played,
    Redone,
    RowAdded,
    RowRemoved,
    RunChosen,
    Selected,
    Undone,
    WeightSet,
)
from tui_nn.session.storage import library
from tui_nn.session.storage.session_file import read

_KEYS: tuple[tuple[str, tuple[Event, ...]], ...] = (
    ("right", (Moved(1, "A2"),)),
    ("down", (Moved(2, "A2"),)),
    ("end", (Moved(10_000, "update"),)),
    ("g 3 7 space d e l t a 3 enter", (Moved(37, "delta3"),)),
    ("left", (Moved(37, "J"),)),
    ("c", (ChartChosen("cost"),)),
    ("c", (ChartChosen("log10 cost"),)),
    ("r H e r e enter", (Noted("Here"),)),
    ("m t u r n enter", (Marked("turn"),)),
    ("tab", (PaneChosen("cost"),)),
    ("escape", (PaneChosen("step"),)),
    ("tab", (PaneChosen("network"),)),
    ("shift+tab tab tab tab tab", tuple(map(PaneChosen, ("step", "network", "forward", "backward", "data")))),
    ("down", (Selected("x", 2, 1),)),
    ("7 enter", (CellSet("x", 2, 1, 7.0), Selected("x", 3, 1))),
    ("a", (RowAdded(4, (10.0, 2.0), (93.0,)), Selected("x", 4, 1))),
    ("d", (RowRemoved(4),)),
    ("A", (ColumnAdded("x", 2, "x1", (1.0, 1.0, 1.0)), Selected("x", 3, 2))),
    ("up up up", (Selected("x", 2, 2), Selected("x", 1, 2), Selected("x", 0, 2))),
    ("enter b enter", (ColumnRenamed("x", 2, "x1b"), Selected("x", 1, 2))),
    ("D", (ColumnRemoved("x", 2),)),
    ("u", (Undone(),)),
    ("U", (Redone(),)),
    ("tab tab tab", (PaneChosen("results"), PaneChosen("cost"), PaneChosen("settings"))),
    ("down right", (Selected("activation"), HyperparameterSet("activation", "tanh"))),
    ("up enter backspace 2 enter", (Selected("hidden"), HyperparameterSet("hidden", (2,)))),
    ("escape tab tab", (PaneChosen("step"), PaneChosen("network"), PaneChosen("forward"))),
    ("h", (EffectChosen("from here"),)),
    ("right", (Selected("W1", 1, 1),)),
    ("right left", (Selected("W1", 1, 2), Selected("W1", 1, 1))),
    ("0 . 2 5 enter", (WeightSet("W1", 1, 1, 0.25, 37),)),
    ("escape", (PaneChosen("step"),)),
    ("b enter", (Branched("B"),)),
    ("v", (RunChosen("A"),)),
    ("space", (Played(5),)),
    ("+", (Played(10),)),
    ("space", (Paused(),)),
)


def _reached() -> list[CostReached]:
    return [entry.event for entry in recorded().entries if isinstance(entry.event, CostReached)]


async def test_every_key_is_on_the_disk_when_it_has_been_seen_to() -> None:
    async with opened() as stage:
        seen = 0
        for keys, events in _KEYS:
            await stage.press(*keys.split())
            lesson = recorded()
            happened = [entry.event for entry in lesson.entries[seen:] if not isinstance(entry.event, CostReached)]
            if events in ((Played(10),), (Paused(),)):
                # Behind the iterations that were played.
                happened = happened[-1:]
            assert tuple(happened) == events, keys
            # While the lesson plays, the next iteration may have come in between.
            if not stage.app.is_playing:
                assert plain(lesson.state) == plain(stage.app.state), keys
            seen = len(lesson.entries)


async def test_what_a_key_does_is_on_the_disk_before_the_screen_shows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened() as stage:
        write, shown = stage.terminal.write, set[Place]()

        def look(text: str) -> None:
            write(text)
            place = stage.place
            shown.add(place)
            if place != before:
                state = recorded().state
                names = stage.app.view and stage.app.view.notation
                assert names
                assert place == (state.iteration, names.name(state.step.name))

        monkeypatch.setattr(stage.terminal, "write", look)
        for key in ("right", "right", "down", "left", "end", "up", "home", "n", "."):
            before = stage.place
            await stage.press(key)
        assert {place.iteration for place in shown} == {1, 2, 9_999, 10_000}


async def test_nothing_is_on_the_disk_before_the_first_key(tmp_path: Path) -> None:
    async with opened() as stage:
        await stage.still()
        assert list(tmp_path.iterdir()) == []
        await stage.press("?", "escape", "g", "escape", "o", "escape", "s", "escape", "left", "escape", "+", "u")
        assert list(tmp_path.iterdir()) == []
        await stage.press("right")
        assert recorded().entries[0].event == Moved(1, "A2")


async def test_a_recording_is_one_s_own_affair() -> None:
    async with opened() as stage:
        await stage.press("right")
        (recording,) = library.recordings()
        assert recording.path.stat().st_mode & 0o777 == 0o600
        assert recording.path.parent.stat().st_mode & 0o777 == 0o700


async def test_the_cost_of_every_iteration_come_to_is_recorded_once() -> None:
    async with opened() as stage:
        await stage.press("right", "right", "down", "down", "up", "left")
        await stage.go_to("37 J")
        await stage.press("down", "up", "right", "home", "end", "home")
        await stage.still()
        run = stage.document.trajectory()
        run.extend(10_000)
        assert Counter(event.iteration for event in _reached()) == dict.fromkeys((1, 2, 3, 37, 38, 10_000), 1)
        assert all(event.cost == run.cost(event.iteration) for event in _reached())


async def test_a_cost_that_has_to_be_waited_for_is_recorded_when_it_is_there(tmp_path: Path) -> None:
    path = tmp_path / "long.toml"
    path.write_text("[training]\niterations = 200000\n", encoding="utf-8")
    async with opened(path, trained=False) as stage:
        await stage.press("end")
        await stage.still()
        costs = {event.iteration: event.cost for event in _reached()}
        run = stage.document.trajectory()
        run.extend(200_000)
        assert costs[200_000] == run.cost(200_000)


async def test_keys_that_come_one_upon_the_other_are_recorded_in_their_order() -> None:
    async with opened() as stage:
        await stage.pilot.press(*"nnnnnp.")
        await stage.settle()
        await stage.pilot.press("tab", "tab", "tab", "tab", "down", "9", "enter", "up", "escape", "c")
        await stage.settle()
        happened = [entry.event for entry in recorded().entries if not isinstance(entry.event, CostReached)]
        assert happened == [
            *(Moved(1, step) for step in ("A2", "Z3", "Y_hat", "J", "delta3", "J")),
            Moved(2, "J"),
            *(PaneChosen(pane) for pane in ("network", "forward", "backward", "data")),
            Selected("x", 2, 1),
            CellSet("x", 2, 1, 9.0),
            Selected("x", 3, 1),
            Selected("x", 2, 1),
            PaneChosen("step"),
            ChartChosen("cost"),
        ]
        assert plain(read(library.recordings()[0].path).state) == plain(stage.app.state)
