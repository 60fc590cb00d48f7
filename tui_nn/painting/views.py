"""The lesson as a follower's program would draw it, in a process that draws it for many."""

import asyncio
import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui_nn import decimal_sign
from tui_nn.following.protocol import COLOURS, SIGNS, SeatView
from tui_nn.language import language_code

if TYPE_CHECKING:
    from tui_nn.dashboard.apps.follow import FollowApp
    from tui_nn.dashboard.terminal.film_driver import FilmDriver
    from tui_nn.painting.follower import Follower
    from tui_nn.session.storage.tail import TailUpdate

# What tells a program which colours its terminal has; each of these terminals moves its cursor as all others do.
_TERMINALS = {
    "none": {"TERM": "xterm", "NO_COLOR": "1"},
    "standard": {"TERM": "xterm"},
    "256": {"TERM": "xterm-256color"},
    "truecolor": {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
}
# One view that hangs must not hold up the others.
_PATIENCE_SECONDS = 2.0
_OF_TERMINALS = ("TERM", "COLORTERM", "NO_COLOR", "COLUMNS", "LINES", "TEXTUAL_COLOR_SYSTEM", "FORCE_COLOR")


class PaintedLesson:
    """What the teacher has recorded so far, read once for all views."""

    def __init__(self, path: Path) -> None:
        from tui_nn.dashboard.view_model.builder import runs_of_a_lesson
        from tui_nn.session.storage.session_file import read
        from tui_nn.session.storage.tail import Tail

        self.path = path
        self.lesson = read(path)
        self.runs = runs_of_a_lesson()
        """What is computed for one view serves them all."""
        self._tail = Tail(path, self.lesson)
        self.news: TailUpdate | None = None

    def look(self, *, is_over: bool = False) -> "TailUpdate | None":
        """What is new since the last look; ``is_over``: the teacher's program has ended, as far as is known."""
        if is_over:
            self._tail.ask_for_teacher()
        news = self._tail.look()
        self.news = news or self.news
        return news

    @property
    def is_taught(self) -> bool:
        """Whether a program of the teacher records the lesson, as far as the last look found."""
        return self.news is None or self.news.is_taught

    def can_draw(self, view: SeatView) -> bool:
        """Whether this process, which speaks one language, can draw ``view``."""
        from tui_nn.dashboard.terminal.themes import theme_names

        is_spoken = view.language == language_code() and view.comma == decimal_sign.is_comma()
        return is_spoken and view.theme in ("", *theme_names())


class PaintedView:
    """A view of the lesson, drawn by the app that a follower would run.

    It calls ``changed`` with the bytes to send, and ``failed`` if it can't draw any more.
    """

    def __init__(
        self,
        lesson: PaintedLesson,
        view: SeatView,
        changed: "Callable[[PaintedView, bytes], None]",
        failed: "Callable[[PaintedView], None]",
    ) -> None:
        self.followers: set[Follower] = set()
        self.is_ready = False
        self.unseen_since = asyncio.get_running_loop().time()
        self._view = view
        self._changed = changed
        self._is_taking = False
        self._newest: TailUpdate | None = None
        self._ended = asyncio.Event()
        self._app = _app_for(lesson, view)
        self._failed = failed
        self._running = asyncio.create_task(self._run_or_fail(lesson))

    async def _run_or_fail(self, lesson: PaintedLesson) -> None:
        """Draws until `end`. An error of the app is told on standard error, and this view is not drawn any more."""
        try:
            await self._run(lesson)
        except Exception as error:  # noqa: BLE001 - the other views are drawn on
            sys.stderr.write(f"A view can't be drawn: {type(error).__name__} {error}\n")
            self.is_ready = False
            self._failed(self)

    async def _run(self, lesson: PaintedLesson) -> None:
        size = self._view.columns, self._view.lines
        async with self._app.run_test(headless=False, size=size, notifications=True) as pilot:
            await pilot.pause()
            self.hear(lesson.news)
            if self._newest:
                await self._draw_newest()
            await pilot.pause()
            self.is_ready = True
            self._take()
            self._driver.tell = self._written
            await self._ended.wait()

    def hear(self, news: "TailUpdate | None") -> None:
        """Takes what the teacher has done; of several things that happen before it is drawn, only the last counts."""
        self._newest = news or self._newest

    @property
    def has_news(self) -> bool:
        """Whether there is something to draw."""
        return self.is_ready and self._newest is not None

    async def draw(self) -> None:
        """Draws what was heard last. Returns when it is drawn, or the view has ended, or can't be drawn any more."""
        drawing = asyncio.ensure_future(self._draw_newest())
        await asyncio.wait({drawing, self._running}, timeout=_PATIENCE_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        drawing.cancel()

    async def _draw_newest(self) -> None:
        assert self._newest  # noqa: S101 - who calls this has asked for it
        news, self._newest = self._newest, None
        drawn = asyncio.Event()
        with self._app.keys_first.drawing():
            self._app.post_message(self._app.Heard(news))
            self._app.call_after_refresh(drawn.set)
            await drawn.wait()

    def _written(self) -> None:
        """Sends what was drawn, all that is drawn in one go together."""
        if not self._is_taking:
            self._is_taking = True
            asyncio.get_running_loop().call_soon(self._take)

    def _take(self) -> None:
        self._is_taking = False
        if changes := self._driver.take():
            self._changed(self, changes.encode())

    @property
    def _driver(self) -> "FilmDriver":
        from tui_nn.dashboard.terminal.film_driver import FilmDriver
        from tui_nn.dashboard.terminal.textual_internals import driver_of

        driver = driver_of(self._app)
        assert isinstance(driver, FilmDriver)  # noqa: S101 - `_app_for` set it
        return driver

    def whole_picture(self) -> bytes:
        """The bytes that draw the whole view on an empty screen."""
        return self._app.whole_picture().encode()

    def end(self) -> None:
        """Stops drawing."""
        self._ended.set()

    async def ended(self) -> None:
        """Returns when nothing is drawn any more."""
        await self._running


@contextlib.contextmanager
def _terminal_of(view: SeatView) -> Iterator[None]:
    """Lets this process believe for a moment that its terminal is that of a follower."""
    before = {name: os.environ.pop(name) for name in _OF_TERMINALS if name in os.environ}
    os.environ.update(_TERMINALS[COLOURS[view.colours]])
    try:
        yield
    finally:
        for name in _OF_TERMINALS:
            os.environ.pop(name, None)
        os.environ.update(before)


def _app_for(lesson: PaintedLesson, view: SeatView) -> "FollowApp":
    from tui_nn.dashboard.apps.follow import FollowApp
    from tui_nn.dashboard.terminal.film_driver import FilmDriver
    from tui_nn.writing.notation.signs import ASCII, COMMON, UNICODE

    notation = dict(zip(SIGNS, (UNICODE, COMMON, ASCII), strict=True))[SIGNS[view.signs]]
    # Each view has signs and a theme of its own, which other programs choose once.
    own = {
        "notation": notation,
        "colours": view.theme,
        "erases": view.erases,
        # Textual finds a style sheet beside the module of its class.
        "__module__": FollowApp.__module__,
    }
    of_view: Any = type("ViewApp", (FollowApp,), own)
    with _terminal_of(view):
        app: FollowApp = of_view(lesson.path, lesson.lesson, because_recorded=False, listens=False, runs=lesson.runs)
    app.driver_class = FilmDriver
    return app
