"""Runs the server until ctrl+c or SIGTERM; then ends every program that it has started."""

import asyncio
import signal
import sys

from aiohttp import web

from tui_nn.language import _
from tui_nn.session.storage.session_file import SessionError, os_error_reason, printable_path
from tui_nn.web.faces import Face
from tui_nn.web.serving.browsers import Browsers
from tui_nn.web.serving.downloads import Downloads
from tui_nn.web.serving.guard import add_headers, guard
from tui_nn.web.serving.labs import Labs
from tui_nn.web.serving.log import LOGGER, log_libraries
from tui_nn.web.serving.routes import Routes
from tui_nn.web.serving.settings import ServerSettings

_CLOSE_SECONDS = 2.0


def serve(settings: ServerSettings) -> None:
    """Serves until the user stops it. Raises `SessionError` if the address can't be used."""
    log_libraries()
    asyncio.run(_serve(settings))


async def _serve(settings: ServerSettings) -> None:
    labs, downloads = Labs(settings.folder, settings.disk, settings.most_labs), Downloads()
    browsers = Browsers(settings, labs, downloads)
    app = web.Application(middlewares=[guard(settings)])
    app.add_routes(Routes(settings, labs, downloads, browsers).routes())
    app.on_response_prepare.append(add_headers)
    runner = web.AppRunner(app, access_log=None, logger=LOGGER, shutdown_timeout=_CLOSE_SECONDS, max_line_size=4096)
    await runner.setup()
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for one in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(one, stopped.set)
    site = web.TCPSite(runner, settings.host, settings.port)
    try:
        await site.start()
    except OSError as error:
        await runner.cleanup()
        address, reason = f"{settings.host}:{settings.port}", os_error_reason(error)
        raise SessionError(_("{address} can't be used: {reason}", address=address, reason=reason)) from None
    _say_where(settings, runner.addresses[0][1])
    await stopped.wait()
    await site.stop()
    await browsers.stop()
    await runner.cleanup()


def _say_where(settings: ServerSettings, port: int) -> None:
    file, folder = printable_path(settings.file), printable_path(settings.folder)
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    lines = [f"  http://{host}:{port}/"]
    if settings.face is Face.FOLLOW:
        lines.insert(0, _("Browsers follow {file}:", file=file))
    else:
        lines.insert(0, _("Each browser gets a lesson of its own, which begins as {file}:", file=file))
        lines.append(_("Their lessons are in {folder}", folder=folder))
    sys.stdout.write("\n".join([*lines, _("ctrl+c stops the server."), ""]))
    sys.stdout.flush()
