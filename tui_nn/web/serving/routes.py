"""What the server answers: the page and its parts, the key of a lesson, the websocket, uploads and downloads."""

import asyncio
import json
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from aiohttp import web

from tui_nn.language import _
from tui_nn.web.faces import Face
from tui_nn.web.serving.browsers import Browsers
from tui_nn.web.serving.downloads import Downloads
from tui_nn.web.serving.guard import is_secure
from tui_nn.web.serving.labs import COOKIE, MEGABYTE, Labs, NoRoomError, UploadError
from tui_nn.web.serving.log import log
from tui_nn.web.serving.messages import parse_size
from tui_nn.web.serving.page_text import page_text
from tui_nn.web.serving.settings import ServerSettings

PROTOCOL = "tui-nn"
_PAGE = Path(__file__).with_name("page")
_QUESTION_BYTES = 1000
_HALF_A_YEAR = 182 * 24 * 3600
_UPLOAD_SECONDS = 120
_HEARTBEAT_SECONDS = 20
_NO_LESSON = _("There is no lesson at this link. Its last signs may be missing, or it was deleted.")
_NO_LESSON_NAMED = _("The request does not say which lesson it is for.")


def page_parts() -> Mapping[str, tuple[Path, str]]:
    """The files that the page consists of, and their types, by the names that the page loads them by.

    Raises ModuleNotFoundError if textual-serve, which has the script of the terminal, is not installed.
    """
    found = find_spec("textual_serve")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("textual_serve")
    theirs = Path(found.origin).parent / "static"
    return {
        "page.js": (_PAGE / "page.js", "text/javascript"),
        "page.css": (_PAGE / "page.css", "text/css"),
        "terminal.js": (theirs / "js" / "textual.js", "text/javascript"),
        "terminal.css": (theirs / "css" / "xterm.css", "text/css"),
        "mono.ttf": (theirs / "fonts" / "RobotoMono-VariableFont_wght.ttf", "font/ttf"),
        "mono-italic.ttf": (theirs / "fonts" / "RobotoMono-Italic-VariableFont_wght.ttf", "font/ttf"),
    }


class Routes:
    """The answers of one server."""

    def __init__(self, settings: ServerSettings, labs: Labs, downloads: Downloads, browsers: Browsers) -> None:
        self._settings = settings
        self._labs = labs
        self._downloads = downloads
        self._browsers = browsers
        self._keeping = asyncio.Lock()
        self._parts = page_parts()
        self._page = page_text((_PAGE / "index.html").read_text(encoding="utf-8"))

    def routes(self) -> list[web.RouteDef]:
        """The paths and methods that there are."""
        return [
            web.get("/", self.page),
            web.get("/static/{name}", self.part),
            web.get("/alive", self.alive),
            web.post("/lesson", self.lesson),
            web.get("/socket", self.socket, allow_head=False),
            web.post("/upload", self.upload),
            web.get("/download/{key}", self.download, allow_head=False),
        ]

    async def page(self, _request: web.Request) -> web.StreamResponse:
        """The page; it asks for everything else."""
        return web.Response(text=self._page, content_type="text/html")

    async def part(self, request: web.Request) -> web.StreamResponse:
        """A file of the page: looked up by its name, which never becomes a path."""
        part = self._parts.get(request.match_info["name"])
        if part is None:
            raise web.HTTPNotFound
        path, kind = part
        return web.FileResponse(path, headers={"Content-Type": kind, "Cache-Control": "max-age=3600"})

    async def alive(self, _request: web.Request) -> web.StreamResponse:
        """Nothing: the page only asks whether the server is there."""
        return web.Response(status=204)

    async def lesson(self, request: web.Request) -> web.StreamResponse:
        """What the page shows, and in a lab the key of its lesson: the link's, the cookie's, or a new one."""
        asked = _key_asked_for(await _read(request, _QUESTION_BYTES))
        if self._settings.face is Face.FOLLOW:
            return web.json_response({"face": Face.FOLLOW.value})
        if asked and not self._labs.has(asked):
            return web.json_response({"sentence": _NO_LESSON}, status=404)
        known = request.cookies.get(COOKIE, "")
        own = known if self._labs.is_key(known) else asked or self._labs.new_key()
        answer = web.json_response({
            "face": Face.LAB.value, "key": asked or own, "most": self._settings.upload * MEGABYTE,
        })  # fmt: skip
        # A link to another lesson does not take away the one that this browser has.
        answer.set_cookie(
            COOKIE, own, max_age=_HALF_A_YEAR, httponly=True, samesite="Strict", secure=is_secure(request), path="/"
        )
        return answer

    async def socket(self, request: web.Request) -> web.StreamResponse:
        """The websocket of a page. In a lab, its protocols name the key, which so stands in no log of addresses."""
        named = [one.strip() for one in request.headers.get("Sec-WebSocket-Protocol", "").split(",")]
        key = ""
        if self._settings.face is Face.LAB:
            key = next((one for one in named if self._labs.is_key(one)), "")
            if not key:
                raise web.HTTPForbidden(text=_NO_LESSON_NAMED)
        socket = web.WebSocketResponse(
            heartbeat=_HEARTBEAT_SECONDS, protocols=(PROTOCOL,), max_msg_size=self._settings.upload * MEGABYTE
        )
        await socket.prepare(request)
        size = parse_size(request.query.get("width", ""), request.query.get("height", ""))
        await self._browsers.serve(socket, key, size)
        return socket

    async def upload(self, request: web.Request) -> web.StreamResponse:
        """Keeps a file in the folder of a browser's lab, and tells its program."""
        key = request.headers.get("X-Lesson", "")
        browser = self._browsers.of_key(key) if self._settings.face is Face.LAB and self._labs.is_key(key) else None
        if browser is None:
            raise web.HTTPConflict(text=_("Open the lesson before you upload a file."))
        content = await _read(request, self._settings.upload * MEGABYTE)
        try:
            # One after another: two files must not both take the last room.
            async with self._keeping:
                name = await asyncio.to_thread(self._labs.keep_upload, key, request.query.get("name", ""), content)
        except UploadError as error:
            raise web.HTTPUnsupportedMediaType(text=str(error)) from None
        except NoRoomError as error:
            raise web.HTTPInsufficientStorage(text=str(error)) from None
        except OSError as error:
            log(f"An upload can't be written: {error}")
            raise web.HTTPInsufficientStorage(text=_("The server can't keep the file at the moment.")) from None
        await browser.uploaded(name)
        return web.Response(text=_("{name} is uploaded.", name=name))

    async def download(self, request: web.Request) -> web.StreamResponse:
        """A file that a program has made, once."""
        found = self._downloads.take(request.match_info["key"])
        if found is None:
            raise web.HTTPNotFound(text=_("This download is no longer there. Ask for it again in the lesson."))
        headers = {"Content-Type": found.mime_type, "Content-Disposition": found.disposition}
        return web.Response(body=found.content, headers=headers)


async def _read(request: web.Request, most: int) -> bytes:
    """The body of a request. Refuses one of more than ``most`` bytes, before it has come where it says its length."""
    says = _("The file is too large: {megabytes} MB is the most.", megabytes=format(most / MEGABYTE, "g"))
    too_large = web.HTTPRequestEntityTooLarge(most, text=says)
    if (request.content_length or 0) > most:
        raise too_large
    content = bytearray()
    try:
        async with asyncio.timeout(_UPLOAD_SECONDS):
            async for piece in request.content.iter_any():
                content += piece
                if len(content) > most:
                    raise too_large
    except TimeoutError:
        raise web.HTTPRequestTimeout(text=_("The file took too long to come.")) from None
    return bytes(content)


def _key_asked_for(body: bytes) -> str:
    """The key at the end of the page's address, "" if it has none."""
    try:
        said: Any = json.loads(body)
    except (ValueError, RecursionError):
        said = None
    match said:
        case {"key": str(key)}:
            return key
    raise web.HTTPBadRequest(text=_NO_LESSON_NAMED)
