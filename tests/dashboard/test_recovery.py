"""A lesson that broke off is offered, to the very step; a file in which another program records is followed."""

from pathlib import Path

import pytest

from tests.dashboard.stage import lesson_app, on_stage, opened, recorded
from tests.unit.helpers import plain
from tui_nn.dashboard.apps import launch
from tui_nn.dashboard.apps.base import LessonApp
from tui_nn.dashboard.apps.follow import FollowApp
from tui_nn.dashboard.apps.teach import TeachApp
from tui_nn.session.events import Ended, Moved
from tui_nn.session.storage import bundled_lessons, library
from tui_nn.session.storage.session_file import read
from tui_nn.session.teaching_session import TeachingSession

_OFFERS = "This lesson broke off ("


def _next_start(lesson: str = "lecture") -> TeachApp:
    """The dashboard as it begins when no lesson was named that broke off."""
    session = TeachingSession.opened(bundled_lessons.bundled()[lesson])
    assert session
    return TeachApp(session, library.unfinished_recordings())


async def _drop(*keys: str, size: tuple[int, int] = (120, 40)) -> tuple[list[str], object]:
    """A lesson whose program is ended from outside; what its screen showed, and its state."""
    async with opened(size=size) as stage:
        await stage.press(*keys)
        await stage.still()
        await stage.dismiss_notices()
        shown, state = stage.terminal.lines, plain(stage.app.state)
    return shown, state


@pytest.mark.parametrize(
    ("keys", "size"),
    [
        ("down down right right", (120, 40)),
        ("c h b enter down", (80, 24)),
        ("tab tab tab tab 7 enter", (120, 40)),
        ("right r h e r e enter", (80, 24)),
        ("tab tab right right", (80, 24)),
    ],
)
async def test_a_lesson_that_broke_off_goes_on_at_the_very_step(keys: str, size: tuple[int, int]) -> None:
    shown, state = await _drop(*keys.split(), size=size)
    async with on_stage(_next_start("xor"), size) as stage:
        assert _OFFERS in stage.dialog
        assert "Stats 102B, week 3, lecture 3, iteration " in stage.dialog
        await stage.press("c")
        await stage.still()
        await stage.dismiss_notices()
        assert not stage.dialog
        assert stage.terminal.lines == shown
        assert plain(stage.app.state) == state
        await stage.press("u", "escape", "right")
        assert plain(recorded().state) == plain(stage.app.state)
        if "7" in keys:
            assert "(changed)" not in stage.header
        await stage.press("q")
        if "in no file of yours" in stage.text:
            await stage.press("d")
        await stage.ended()
    assert library.unfinished_recordings() == []


async def test_not_now_asks_again_at_the_next_start() -> None:
    await _drop("down", "right")
    before = recorded().source
    for answer in ("n", "escape"):
        async with on_stage(_next_start()) as stage:
            assert _OFFERS in stage.dialog
            await stage.press(answer)
            assert not stage.dialog
            assert stage.place == (1, "Z⁽²⁾")
            await stage.press("q")
            await stage.ended()
        assert recorded().source == before


async def test_what_is_not_to_be_offered_again_is_not_and_stays_among_the_recordings() -> None:
    _, state = await _drop("down", "right")
    async with on_stage(_next_start()) as stage:
        await stage.press("d")
        assert not stage.dialog
    assert library.unfinished_recordings() == []
    assert plain(recorded().state) == state
    assert isinstance(recorded().entries[-1].event, Ended)


async def test_the_newest_of_several_is_offered_and_the_others_are_counted() -> None:
    for keys in (("down",), ("down", "down"), ("down", "down", "down")):
        await _drop(*keys)
    async with on_stage(_next_start()) as stage:
        assert "iteration 4, Z⁽²⁾" in stage.dialog
        assert "2 more broke off before it (tui-nn sessions --recorded lists them)." in stage.dialog
        await stage.press("c", "q")
        await stage.ended()
    async with on_stage(_next_start()) as stage:
        assert "iteration 3, Z⁽²⁾" in stage.dialog


async def test_a_lesson_that_was_left_is_not_offered() -> None:
    async with opened() as stage:
        await stage.press("down", "q")
        await stage.ended()
    assert library.unfinished_recordings() == []


async def test_a_lesson_that_is_taught_elsewhere_at_the_moment_is_not_offered() -> None:
    app = lesson_app("lecture")
    async with on_stage(app) as stage:
        await stage.press("down")
        assert library.unfinished_recordings() == []
    assert len(library.unfinished_recordings()) == 1


async def test_a_lesson_saved_in_a_file_of_one_s_own_is_offered_when_it_broke_off(tmp_path: Path) -> None:
    async with opened() as stage:
        await stage.press("s", "ctrl+u")
        await stage.paste("mine")
        await stage.press("enter", "down", "down")
    async with on_stage(_next_start()) as stage:
        assert "iteration 3, Z⁽²⁾" in stage.dialog
        await stage.press("c")
        await stage.still()
        assert stage.place == (3, "Z⁽²⁾")
        await stage.press("right")
        assert plain(read(tmp_path / "mine.toml").state) == plain(stage.app.state)
        await stage.press("q")
        await stage.ended()
    assert library.recordings() == []


async def test_what_was_playing_when_it_broke_off_stands_still() -> None:
    async with opened() as stage:
        await stage.press("space")
        await stage.until(lambda: stage.place.iteration > 2)
    assert recorded().state.speed
    reached = recorded().state.iteration
    async with on_stage(_next_start()) as stage:
        await stage.press("c")
        await stage.still()
        assert stage.place == (reached, "update")
        assert "playing" not in stage.header
        assert recorded().state.speed is None


async def test_a_recording_that_can_t_be_read_is_said_to_be_so_and_does_not_hide_another() -> None:
    await _drop("down")
    (older,) = library.recordings()
    await _drop("down", "down")
    library.recordings()[0].path.write_text("[network\n", encoding="utf-8")
    async with on_stage(_next_start()) as stage:
        assert "A lesson broke off, but" in stage.latest_notice
        assert "iteration 2, Z⁽²⁾" in stage.dialog
        await stage.press("n")
    older.path.unlink()
    async with on_stage(_next_start()) as stage:
        assert "A lesson broke off, but" in stage.latest_notice
        assert not stage.dialog
        await stage.press("right")
        assert stage.place == (1, "A⁽²⁾")


def _started(path: Path, monkeypatch: pytest.MonkeyPatch) -> LessonApp:
    """The app with which the command line begins for ``path``."""
    begun: list[LessonApp] = []

    def run(app: LessonApp) -> int:
        begun.append(app)
        return 0

    monkeypatch.setattr(launch, "run", run)
    assert launch.teach(path) == 0
    return begun[0]


async def test_whoever_names_the_lesson_that_broke_off_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    await _drop("down", "right")
    (recording,) = library.recordings()
    async with on_stage(_started(recording.path, monkeypatch)) as stage:
        assert not stage.dialog
        assert stage.place == (2, "A⁽²⁾")


async def test_a_lesson_that_another_program_records_is_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = TeachingSession.opened(bundled_lessons.bundled()["lecture"])
    assert first
    first.save_as(tmp_path / "mine.toml")
    first.log.append(Moved(37, "delta3"))
    before = (tmp_path / "mine.toml").read_bytes()
    app = _started(tmp_path / "mine.toml", monkeypatch)
    assert isinstance(app, FollowApp)
    async with on_stage(app) as stage:
        assert "Another tui-nn records this lesson: here you follow it." in stage.latest_notice
        assert stage.place == (37, "δ⁽³⁾")
    assert (tmp_path / "mine.toml").read_bytes() == before
    first.close()


async def test_opening_such_a_lesson_from_another_leads_to_following_it(tmp_path: Path) -> None:
    first = TeachingSession.opened(bundled_lessons.bundled()["lecture"])
    assert first
    first.save_as(tmp_path / "mine.toml")
    first.log.append(Moved(37, "delta3"))
    async with opened("xor") as stage:
        await stage.press("right", "o", "tab")
        await stage.paste("mine.toml")
        await stage.press("enter")
        await stage.ended()
        following = stage.app.return_value
    assert following
    app = following()
    assert isinstance(app, FollowApp)
    async with on_stage(app) as stage:
        assert stage.place == (37, "δ⁽³⁾")
    first.close()
    # The lesson that was left for it is over.
    xor = next(read(one.path) for one in library.recordings() if "xor" in one.path.name)
    assert isinstance(xor.entries[-1].event, Ended)
