"""One browser: carries what its page and its program say to each other, until one of them ends."""

import asyncio
import contextlib
import json
import time
from collections.abc import Callable

from aiohttp import WSCloseCode, WSMsgType, web

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.session.validation import shortened
from tui_nn.web.faces import Face
from tui_nn.web.serving.downloads import Download, Downloads
from tui_nn.web.serving.log import log
from tui_nn.web.serving.messages import Ping, Told, Typed, parse_message
from tui_nn.web.serving.program_process import ProgramProcess
from tui_nn.web.serving.settings import ServerSettings

_LOOK_SECONDS = 1.0
_LOOK_AT_FILES_SECONDS = 10.0
_CLOSE_SECONDS = 1.0


@frozen_dataclass
class Goodbye:
    """Why a browser shows no lesson any more. With ``again``, its page tries again by itself."""

    sentence: str
    again: bool = False


NOTHING_SAID = Goodbye("")
"""The browser itself has gone."""
_PROGRAM_ENDED = Goodbye(_("The program has ended."))
SERVER_STOPS = Goodbye(_("The server has stopped. This page goes on as soon as it runs again."), again=True)
OPENED_ELSEWHERE = Goodbye(_("This lesson is open in another window now."))


class Browser:
    """A page with its program."""

    def __init__(
        self,
        socket: web.WebSocketResponse,
        program: ProgramProcess,
        settings: ServerSettings,
        downloads: Downloads,
        why_full: Callable[[], str],
    ) -> None:
        self._socket = socket
        self._program = program
        self._settings = settings
        self._downloads = downloads
        self._why_full = why_full
        self._active = time.monotonic()
        self._refused = ""
        self._told_to_end: asyncio.Future[Goodbye] = asyncio.get_running_loop().create_future()

    async def run(self) -> None:
        """Serves the browser until it goes, its program ends, it reaches a limit, or `end` is called."""
        ways = [
            asyncio.create_task(way)
            for way in (self._be_told(), self._listen(), self._show(), self._watch_clock(), self._watch_files())
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            goodbye = next(way.result() for way in ways if way.done())
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            await self._program.end()
            self._downloads.forget(self)
        await say_goodbye(self._socket, self._why_program_ended() if goodbye is _PROGRAM_ENDED else goodbye)

    def end(self, goodbye: Goodbye) -> None:
        """Ends the browser's program and tells the page why; `run` returns when that is done."""
        if not self._told_to_end.done():
            self._told_to_end.set_result(goodbye)

    async def uploaded(self, name: str) -> None:
        """Tells the program that a file has come."""
        self._active = time.monotonic()
        await self._program.tell({"type": "uploaded", "name": name})

    async def _be_told(self) -> Goodbye:
        return await self._told_to_end

    async def _listen(self) -> Goodbye:
        """Takes what the page says, until it goes or says what no page says."""
        async for message in self._socket:
            self._active = time.monotonic()
            try:
                if message.type is not WSMsgType.TEXT:
                    raise ValueError("it is no text")
                said = parse_message(message.data)
            except ValueError as error:
                log(f"A browser sent a message that can't be understood ({error}): {shortened(str(message.data))}")
                return Goodbye(_("This page sent what the server does not understand. Load it again."))
            match said:
                case Typed(text):
                    await self._program.type(text)
                case Told(content):
                    await self._program.tell(content)
                case Ping(text):
                    with contextlib.suppress(ConnectionError):
                        await self._socket.send_json(["pong", text])
        return NOTHING_SAID

    async def _show(self) -> Goodbye:
        """Gives the page what the program sends, until one of them is gone."""
        try:
            async for kind, content in self._program.packets():
                match kind:
                    case b"D":
                        self._active = time.monotonic()
                        await self._socket.send_bytes(content)
                    case b"F":
                        key = self._downloads.offer(self, Download.from_packet(content))
                        await self._socket.send_json(["tui_nn", {"download": key}])
                    case b"M":
                        self._take(json.loads(content))
        except ConnectionError:
            return NOTHING_SAID
        except (ValueError, KeyError, TypeError) as error:
            log(f"A browser's program sent what can't be understood: {type(error).__name__} {error}")
        return _PROGRAM_ENDED

    def _take(self, message: object) -> None:
        match message:
            case {"type": "refused", "sentence": str(sentence)}:
                self._refused = sentence

    async def _watch_clock(self) -> Goodbye:
        """Returns when nobody has done anything for long."""
        minutes = self._settings.idle_minutes
        while time.monotonic() - self._active < minutes * 60:
            await asyncio.sleep(_LOOK_SECONDS)
        return Goodbye(
            _(
                "Nothing has happened here for {minutes} minutes, so the server has closed this lesson.",
                minutes=format(minutes, "g"),
            )
        )

    async def _watch_files(self) -> Goodbye:
        """Returns when the browser's recordings have reached their limit."""
        while True:
            await asyncio.sleep(_LOOK_AT_FILES_SECONDS)
            # In a thread: on a slow disk, the other browsers would have to wait.
            if says := await asyncio.to_thread(self._why_full):
                return Goodbye(says)

    def _why_program_ended(self) -> Goodbye:
        is_lab = self._settings.face is Face.LAB
        if self._refused:
            log(f"A browser could not open the lesson: {self._refused}")
            return Goodbye(f"{self._refused[:1].upper()}{self._refused[1:]}.", again=not is_lab)
        if self._program.exit_code == 0:
            return Goodbye(_("You have left the lesson. It is recorded.") if is_lab else _("You have left the lesson."))
        log(f"A browser's program has failed ({self._program.exit_code}): {self._program.last_words}")
        if self._program.ran_out_of_memory:
            why = _(
                "This lesson needed more than {memory} MB, the most that one may have.", memory=self._settings.memory
            )
        else:
            why = _("The program that shows this lesson has failed.")
        return Goodbye(" ".join([why, _("The lesson is recorded up to there.")]) if is_lab else why)


async def say_goodbye(socket: web.WebSocketResponse, goodbye: Goodbye) -> None:
    """Tells the page why there is no lesson any more, and closes the connection."""
    with contextlib.suppress(ConnectionError, TimeoutError, RuntimeError):
        async with asyncio.timeout(_CLOSE_SECONDS):
            if goodbye.sentence and not socket.closed:
                await socket.send_json(["tui_nn", {"sentence": goodbye.sentence, "again": goodbye.again}])
            await socket.close(code=WSCloseCode.OK)
