"""All browsers of a server: how many there are at once, and that a lesson is open in one of them alone."""

import asyncio
import contextlib
import os
import tempfile
from functools import partial
from pathlib import Path

from aiohttp import web

from tui_nn.language import _, language_code, ngettext
from tui_nn.web.faces import Face
from tui_nn.web.serving.browser import OPENED_ELSEWHERE, SERVER_STOPS, Browser, Goodbye, say_goodbye
from tui_nn.web.serving.downloads import Downloads
from tui_nn.web.serving.labs import Labs, NoRoomError
from tui_nn.web.serving.log import log
from tui_nn.web.serving.program_process import ProgramProcess
from tui_nn.web.serving.settings import ServerSettings

_NO_LESSON_YET = Goodbye(_("There is no lesson yet. This page shows it as soon as the teacher begins."), again=True)
_NO_START = Goodbye(_("The server can't start another lesson at the moment."), again=True)


class Browsers:
    """The browsers that are connected now."""

    def __init__(self, settings: ServerSettings, labs: Labs, downloads: Downloads) -> None:
        self._settings = settings
        self._labs = labs
        self._downloads = downloads
        self._connected: dict[object, Browser | None] = {}
        self._is_stopping = False
        self._changed = asyncio.Condition()

    def of_key(self, key: str) -> Browser | None:
        """The browser that has the lesson with this key open."""
        return self._connected.get(key)

    async def serve(self, socket: web.WebSocketResponse, key: str, size: tuple[int, int]) -> None:
        """Serves a browser until it goes. ``key`` is that of its lesson in a lab, and "" for a follower."""
        place: object = key or object()
        # After a reload, or a connection that broke, the browser before may still be there: two can't record a lesson.
        while key and not self._is_stopping and place in self._connected:
            await self._end_and_wait(place)
        if refusal := self._refusal():
            await say_goodbye(socket, refusal)
            return
        self._connected[place] = None
        try:
            await self._run(socket, key, place, size)
        finally:
            del self._connected[place]
            if key:
                self._labs.leave(key)
            async with self._changed:
                self._changed.notify_all()

    def _refusal(self) -> Goodbye | None:
        settings = self._settings
        if self._is_stopping:
            return SERVER_STOPS
        if len(self._connected) >= settings.most:
            log(f"A browser found no place: {settings.most} are here, the most at once (--most).")
            says = ngettext(
                "This server takes {most} browser at once, and so many are here already. This page goes on when one "
                "leaves.",
                "This server takes {most} browsers at once, and so many are here already. This page goes on when one "
                "leaves.",
                settings.most,
                most=settings.most,
            )
            return Goodbye(says, again=True)
        if settings.face is Face.FOLLOW and not os.path.lexists(settings.file):
            return _NO_LESSON_YET
        return None

    async def _run(self, socket: web.WebSocketResponse, key: str, place: object, size: tuple[int, int]) -> None:
        settings = self._settings
        arguments = [settings.face.value, str(settings.file)]
        arguments += ["--memory", str(settings.memory), "--theme", settings.theme, "--language", language_code()]
        try:
            if key:
                await asyncio.to_thread(self._labs.enter, key)
                if says := await asyncio.to_thread(self._labs.why_full, key):
                    await say_goodbye(socket, Goodbye(says))
                    return
                folder, state_folder = self._labs.uploads_of(key), self._labs.folder_of(key)
            else:
                # A follower writes nothing anywhere; this is only a folder that is there.
                folder = state_folder = Path(tempfile.gettempdir())
            program = await ProgramProcess.start(arguments, size, folder, state_folder)
        except NoRoomError as error:
            await say_goodbye(socket, Goodbye(str(error)))
            return
        except OSError as error:
            log(f"A program for a browser can't be started: {error}")
            await say_goodbye(socket, _NO_START)
            return
        why_full = partial(self._labs.why_full, key) if key else str
        browser = self._connected[place] = Browser(socket, program, settings, self._downloads, why_full)
        if self._is_stopping:
            browser.end(SERVER_STOPS)
        await browser.run()

    async def _end_and_wait(self, place: object) -> None:
        async with self._changed:
            if browser := self._connected.get(place):
                browser.end(OPENED_ELSEWHERE)
            # A browser whose program is still starting can't end yet: looks again a little later.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(0.1):
                    await self._changed.wait_for(lambda: place not in self._connected)

    async def stop(self) -> None:
        """Ends all browsers, and returns when their programs have ended."""
        self._is_stopping = True
        for browser in self._connected.values():
            if browser:
                browser.end(SERVER_STOPS)
        async with self._changed:
            await self._changed.wait_for(lambda: not self._connected)
