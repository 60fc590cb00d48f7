"""The dashboard in a terminal that can be read: keys go in, and what it wrote is what stands there."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from textual.drivers.headless_driver import HeadlessDriver
from textual.events import Paste
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widget import Widget

from tests.dashboard.waiting import until_nothing_is_ready
from tests.emulator import Emulator
from tests.unit.helpers import entries
from tui_nn.dashboard.apps.base import LessonApp, NextApp
from tui_nn.dashboard.apps.follow import FollowApp
from tui_nn.dashboard.apps.replay import ReplayApp
from tui_nn.dashboard.apps.teach import TeachApp
from tui_nn.dashboard.features.moving.step_navigation import events_to
from tui_nn.session.document import Document
from tui_nn.session.events import Event, Selected
from tui_nn.session.storage import bundled_lessons, document_toml, library
from tui_nn.session.storage.event_log import log_text
from tui_nn.session.storage.session_file import Lesson, read
from tui_nn.session.teaching_session import TeachingSession

_PATIENCE = 3000
# What is painted calls what waited for it, and that is painted in turn.
_ROUNDS = 3
# How many iterations there are gives way on a narrow screen.
_ITERATION = re.compile(r"iteration (\d[\d ]*\d|\d)")
# At the end of the line no blank is left behind it.
_STEP = re.compile(r"[▶>] (\S+)(?: |$)")

_MARKED_TAB = re.compile(r"[\[›>]([^\[\]›‹<>]+)[\]‹<]")

# Of dialogs, notices and scrollbars.
_BORDERS = re.compile("[▀-▟]")
_FRAME = re.compile("[╭╰]─+[╮╯]|│")


class Place(NamedTuple):
    """Where the two lines at the top say that the lesson stands."""

    iteration: int
    step: str


class Stage:
    """One running dashboard, its pilot and its terminal."""

    def __init__(self, app: LessonApp, pilot: Pilot[NextApp], terminal: Emulator) -> None:
        self.app = app
        self.pilot = pilot
        self.terminal = terminal

    @property
    def document(self) -> Document:
        return self.app.state.document

    @property
    def dump(self) -> str:
        """The document as its file would have it, every digit."""
        return document_toml.dump(self.document)

    @property
    def text(self) -> str:
        return self.terminal.text

    @property
    def header(self) -> str:
        return self.terminal.lines[0]

    @property
    def key_line(self) -> str:
        return self.terminal.lines[-1]

    @property
    def place(self) -> Place:
        iteration, step = _ITERATION.search(self.header), _STEP.search(self.terminal.lines[1])
        assert iteration, self.header
        assert step, self.terminal.lines[1]
        return Place(int(iteration[1].replace(" ", "")), step[1])

    @property
    def banner(self) -> str:
        """The message below the strip of steps; empty where there is none."""
        return self.words("banner")

    @property
    def tab(self) -> str:
        """The name that is marked on the tabs; empty where the panes are no tabs."""
        marked = _MARKED_TAB.search(self.pane("tabs"))
        return marked[1] if marked else ""

    def pane(self, name: str) -> str:
        """What the terminal shows where the pane is: its title, and what stands in its frame."""
        pane = self.app.screen_stack[0].query_one(f"#{name}")
        inside, top = pane.content_region, pane.region.y
        return self._under(Region(inside.x, top, inside.width, inside.bottom - top)) if pane.region else ""

    @property
    def results(self) -> list[list[str]]:
        """The words of each line of the results, without the mark of the row that is chosen."""
        return [line.lstrip("› ").split() for line in self.pane("results").splitlines()]

    def words(self, name: str) -> str:
        """The same with single spaces, so that a sentence can be found that goes over several lines."""
        return _words(self.pane(name))

    @property
    def dialog(self) -> str:
        """The words of the dialog on top; empty where there is none."""
        focused = self.app.screen.focused
        if len(self.app.screen_stack) == 1 or not focused:
            return ""
        outermost = next(node for node in focused.ancestors_with_self if node.parent is self.app.screen)
        assert isinstance(outermost, Widget)
        return _words(_FRAME.sub(" ", self._under(outermost.region)))

    @property
    def notices(self) -> list[str]:
        """The words of each notice that pops up."""
        return [_words(self._under(toast.region)) for toast in self.app.screen.query("Toast")]

    @property
    def latest_notice(self) -> str:
        """The newest notice but for what an edit did to J: that one comes whenever the new run is trained."""
        return [notice for notice in self.notices if not notice.startswith("J in iteration ")][-1]

    def _under(self, region: Region) -> str:
        lines = self.terminal.lines[region.y : region.bottom]
        return "\n".join(line[region.x : region.right].rstrip() for line in lines)

    async def press(self, *keys: str) -> None:
        """Presses keys, by Textual's names or as characters, and waits for what each sets off."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Presses the key of each character, one upon the other."""
        await self.pilot.press(*text)
        await self.settle()

    async def erase(self, characters: int) -> None:
        """Presses backspace so many times."""
        await self.pilot.press(*["backspace"] * characters)
        await self.settle()

    async def paste(self, text: str) -> None:
        """What a terminal sends when one pastes."""
        self.app.post_message(Paste(text))
        await self.settle()

    async def go_to(self, place: str) -> None:
        """Goes to an iteration and a step, such as "37 delta3"; not by the dialog, which costs four times as much."""
        self.app.navigation.move(*events_to(self.app.state, self.app.lesson.last_iteration, place))
        await self.settle()

    async def ask_for(self, place: str) -> None:
        """Goes to a place by the dialog; pastes its name, which costs less than to type it."""
        await self.press("g")
        await self.paste(place)
        await self.press("enter")

    async def focus(self, pane: str) -> None:
        """Gives a pane the keys, as a click does; Tab would draw all panes on the way."""
        self.app.screen.query_one(f"#{pane}").focus()
        await self.settle()

    async def choose_setting(self, key: str) -> None:
        """Gives the settings the keys, with the cursor on the setting that the file calls ``key``."""
        await self.focus("settings")
        self.app.lesson.dispatch(Selected(key))
        await self.settle()

    async def dismiss_notices(self) -> None:
        """Takes away what pops up over the timeline and the keys, as time would."""
        self.app.clear_notifications()
        await self.until(lambda: not self.app.screen.query("Toast"))
        await self.settle()

    async def resize(self, columns: int, lines: int) -> None:
        self.terminal.resize(columns, lines)
        await self.pilot.resize_terminal(columns, lines)
        await self.settle()

    async def settle(self) -> None:
        """Waits until the messages that are under way have been seen to, and the screen is painted."""
        await self.app.wait_until_handled()
        for _ in range(_ROUNDS):
            await until_nothing_is_ready()
            # Widgets of an app that is closing process no more messages: nothing would end a wait for them.
            if self.app._exit or not self.app.is_running:
                return
            await self.app.animator.wait_until_complete()
            self.app.screen._on_timer_update()
            # What waits for the screen to be painted is called when the screen has nothing else to do.
            self.app.screen.check_idle()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Looks again and again until ``condition`` holds; gives up after very many looks."""
        for _ in range(_PATIENCE):
            if condition():
                return
            assert self.app.is_running, "the dashboard has ended"
            await self.pilot.pause(0.02)
        raise AssertionError(f"this did not come about; the screen is\n{self.text}")

    async def still(self) -> None:
        """Waits until no thread works any more and all that it said is shown; one that listens goes on."""
        await self.until(lambda: all(worker.is_finished or worker.group == "follow" for worker in self.app.workers))
        await self.settle()

    async def ended(self) -> None:
        """Waits until the dashboard has been left."""
        for _ in range(_PATIENCE):
            if not self.app.is_running:
                return
            await self.settle()
        raise AssertionError(f"the dashboard goes on; the screen is\n{self.text}")


def _words(text: str) -> str:
    return " ".join(_BORDERS.sub(" ", text).split())


def lesson_in(directory: Path, source: str, name: str = "mine.toml") -> Path:
    """A lesson of the user's own."""
    path = directory / name
    path.write_text(source, encoding="utf-8")
    return path


def recorded() -> Lesson:
    """What is on the disk of the only lesson that was recorded without having been saved."""
    (recording,) = library.recordings()
    return read(recording.path)


def lesson_app(lesson: str | Path) -> TeachApp:
    """The dashboard on a lesson that comes with tui-nn, or on a file."""
    session = TeachingSession.opened(lesson if isinstance(lesson, Path) else bundled_lessons.bundled()[lesson])
    assert session, "another program records this lesson"
    return TeachApp(session)


def taught(directory: Path, *happened: Event, lesson: str = "lecture", seconds: float = 0.5) -> Path:
    """The file of a lesson in which this happened, one event every so many seconds."""
    source = bundled_lessons.bundled()[lesson].read_text(encoding="utf-8")
    return lesson_in(directory, source + log_text(entries(*happened, seconds=seconds)), "taught.toml")


def replay_app(path: Path, speed: float = 1.0) -> ReplayApp:
    """The replay of the lesson in a file."""
    return ReplayApp(read(path), path, speed=speed)


def follow_app(path: Path) -> FollowApp:
    """One who follows the lesson in a file."""
    return FollowApp.opened(path)


@asynccontextmanager
async def opened(
    lesson: str | Path = "lecture", size: tuple[int, int] = (120, 40), *, trained: bool = True, notices: bool = True
) -> AsyncIterator[Stage]:
    """The dashboard on a lesson, trained to its end unless that is not to be waited for."""
    async with on_stage(lesson_app(lesson), size, trained=trained, notices=notices) as stage:
        yield stage


@asynccontextmanager
async def on_stage(
    app: LessonApp, size: tuple[int, int] = (120, 40), *, trained: bool = True, notices: bool = True
) -> AsyncIterator[Stage]:
    """Any way of seeing a lesson; whoever looks on is trained as well before the first key."""
    terminal = Emulator(*size)
    app.driver_class = _driver(terminal)
    async with app.run_test(headless=False, size=size, notifications=notices) as pilot:
        stage = Stage(app, pilot, terminal)
        # Training begins when the first screen is there.
        await stage.settle()
        if trained:
            await stage.still()
        try:
            yield stage
        finally:
            app.exit()
            await stage.ended()


def _driver(terminal: Emulator) -> type[HeadlessDriver]:
    class Driver(HeadlessDriver):
        """Writes as to a real terminal: only what the app believes to have changed."""

        @property
        def is_headless(self) -> bool:
            return False

        def write(self, data: str) -> None:
            terminal.write(data)

    return Driver
