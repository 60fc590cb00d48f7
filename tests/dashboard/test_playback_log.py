"""What playing leaves in the log: a few places a second, the last one always, and never more than a second late."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.dashboard.stage import opened, recorded
from tests.unit.helpers import plain
from tui_nn.session.events import CostReached, Moved, Noted, Paused, Played
from tui_nn.session.lesson_log import EVENTS_A_SECOND, LessonLog


class _Frames:
    """The timer of the player: a frame comes when it is asked for, and takes so many seconds."""

    def __init__(self) -> None:
        self.now = 1000.0
        self._show: Callable[[], None] | None = None

    def set_interval(self, _seconds: float, show: Callable[[], None]) -> "_Frames":
        self._show = show
        return self

    def stop(self) -> None:
        self._show = None

    @property
    def are_shown(self) -> bool:
        return self._show is not None

    def show(self, count: int, seconds: float) -> None:
        for _ in range(count):
            if self._show:
                self.now += seconds
                self._show()


@pytest.fixture
def frames(monkeypatch: pytest.MonkeyPatch) -> _Frames:
    """In place of all clocks and timers of a lesson that is opened afterwards."""
    frames = _Frames()
    monkeypatch.setattr("tui_nn.session.teaching_session.LessonLog", partial(LessonLog, clock=lambda: frames.now))
    monkeypatch.setattr(
        "tui_nn.dashboard.apps.teach.TeachApp.set_interval", lambda _, *timing: frames.set_interval(*timing)
    )
    return frames


def _moves() -> list[tuple[float, int]]:
    """When the log says that playing came to which iteration, behind the place where it began."""
    entries = recorded().entries
    begin = next(place for place, entry in enumerate(entries) if isinstance(entry.event, Played))
    return [(one.at, one.event.iteration) for one in entries[begin:] if isinstance(one.event, Moved)]


@pytest.mark.parametrize("seconds", [0.001, 0.07, 0.33])
async def test_at_most_five_places_a_second_are_recorded_and_the_last_one_always_is(
    seconds: float, frames: _Frames
) -> None:
    async with opened() as stage:
        await stage.go_to("37 delta3")
        await stage.press("space")
        for _ in range(6):
            frames.show(23, seconds)
            await stage.settle()
        await stage.press("space")
        assert stage.place == (37 + 6 * 23, "δ⁽³⁾")
        assert plain(recorded().state) == plain(stage.app.state)
        moves = _moves()
        assert moves[-1][1] == stage.place.iteration
        most = Counter(int(at * EVENTS_A_SECOND) for at, _ in moves[:-1]).values()
        assert set(most) <= {1}
        assert [iteration for _, iteration in moves] == sorted({iteration for _, iteration in moves})
        happened = [entry.event for entry in recorded().entries]
        assert [event for event in happened if isinstance(event, (Played, Paused))] == [Played(5), Paused()]


async def test_what_is_played_is_on_the_disk_within_a_second(frames: _Frames) -> None:
    async with opened() as stage:
        await stage.press("space")
        for _ in range(60):
            frames.show(1, 0.05)
            shown = stage.app.state.iteration
            # One frame a twentieth of a second, one iteration each.
            assert shown - recorded().state.iteration <= 20


async def test_any_other_key_finds_the_place_played_to_on_the_disk(frames: _Frames) -> None:
    async with opened() as stage:
        await stage.press("space")
        for key, iteration in (("c", 4), ("+", 7), ("tab", 10)):
            frames.show(3, 0.001)
            assert stage.app.state.iteration == iteration
            await stage.press(key)
            assert plain(recorded().state) == plain(stage.app.state), key


async def test_a_note_while_it_plays_stands_where_it_is_shown(frames: _Frames) -> None:
    async with opened() as stage:
        await stage.press("space")
        frames.show(8, 0.01)
        await stage.press("r")
        # To ask is to pause: the class reads what is being written about.
        assert not frames.are_shown
        assert isinstance(_without_costs(recorded().entries[-1].event, recorded().entries[-2].event), Paused)
        await stage.type("here")
        await stage.press("enter")
        (note,) = recorded().state.notes
        assert (note.text, note.iteration, note.step) == ("here", 9, "update")
        assert "Note: here" in stage.words("step")


def _without_costs(*events: object) -> object:
    return next(event for event in events if not isinstance(event, CostReached))


async def test_a_lesson_that_plays_to_its_end_is_recorded_to_its_end(frames: _Frames, tmp_path: Path) -> None:
    path = tmp_path / "short.toml"
    path.write_text("[training]\niterations = 12\n", encoding="utf-8")
    async with opened(path) as stage:
        await stage.press("space")
        frames.show(30, 0.01)
        await stage.settle()
        assert not frames.are_shown
        assert stage.place.iteration == 12
        assert plain(recorded().state) == plain(stage.app.state)
        assert Paused() in [entry.event for entry in recorded().entries]


async def test_leaving_while_it_plays_writes_where_it_came_to(frames: _Frames) -> None:
    async with opened() as stage:
        await stage.press("space")
        frames.show(9, 0.01)
    assert recorded().state.iteration == 10


async def test_a_note_that_is_refused_pauses_and_changes_nothing(frames: _Frames) -> None:
    async with opened() as stage:
        await stage.press("space")
        frames.show(2, 0.01)
        await stage.press("r", "enter")
        assert "you typed nothing" in stage.dialog
        await stage.press("escape")
        assert not [entry for entry in recorded().entries if isinstance(entry.event, Noted)]
        assert plain(recorded().state) == plain(stage.app.state)
