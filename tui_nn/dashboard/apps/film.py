"""A recorded lesson as a film: what the screen shows after each event, and when."""

import asyncio
from collections.abc import Iterator

from tui_nn.dashboard.apps.unattended import UnattendedApp
from tui_nn.dashboard.terminal.film_driver import FilmDriver
from tui_nn.dashboard.terminal.textual_internals import driver_of, use_all_colours
from tui_nn.handouts.films.frame import Film, Frame
from tui_nn.session.replay import Replay
from tui_nn.session.storage.session_file import Lesson


def film_of(lesson: Lesson, columns: int, lines: int) -> Film:
    """A frame for each event of a lesson that its screen shows, ``columns`` wide and ``lines`` high."""
    frames = asyncio.run(_filmed(Replay(lesson), columns, lines))
    return Film(lesson.document.title, columns, lines, tuple(frames))


async def _filmed(replay: Replay, columns: int, lines: int) -> list[Frame]:
    app, marks, frames = UnattendedApp(replay.state_at(0)), dict[int, str](), list[Frame]()
    use_all_colours(app.console)
    marks.update((place, name) for name, place in replay.marks)
    app.driver_class = FilmDriver
    async with app.run_test(headless=False, size=(columns, lines), notifications=False) as pilot:
        driver = driver_of(app)
        assert isinstance(driver, FilmDriver)  # noqa: S101 - it was set above
        for place in _places(replay):
            if place:
                app.show(replay.state_at(place))
            await pilot.pause()
            await app.workers.wait_for_complete()
            await pilot.pause()
            written = driver.take()
            if written or place in marks or not frames:
                mark = marks.get(place, "")
                frames.append(Frame(replay.time_at(place), replay.state_at(place), written, app.lines_in_runs, mark))
    return frames


def _places(replay: Replay) -> Iterator[int]:
    """The places at which the screen shows something new, from the beginning to the end."""
    place = 0
    yield place
    while place < replay.last_place:
        place = replay.next_place(place)
        yield place
