"""What every request must say, and what every answer says: the page is this server's own, and loads nothing else."""

import re
from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.typedefs import Middleware

from tui_nn.language import _
from tui_nn.session.validation import shortened
from tui_nn.web.serving.settings import ServerSettings

LOOPBACK = ("localhost", "127.0.0.1", "[::1]", "::1")
_ANY_ADDRESS = ("", "0.0.0.0", "::", "[::]")  # noqa: S104 - compared with, not bound to
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9._-]{1,253})(?::[0-9]{1,5})?")
# The terminal's script puts style sheets of its own into the page.
_POLICY = "; ".join([
    "default-src 'none'", "script-src 'self'", "style-src 'self' 'unsafe-inline'", "font-src 'self'",
    "img-src 'self' data:", "connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
])  # fmt: skip
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Server": "tui-nn",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def guard(settings: ServerSettings) -> Middleware:
    """Refuses requests for other servers, and such from pages of other servers."""
    names = _names(settings)

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        _check_host(request, names)
        if request.method == "POST" or "Upgrade" in request.headers:
            _check_origin(request)
        return await handler(request)

    return check


async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """Adds the headers that every answer has."""
    response.headers.update(_HEADERS)
    response.headers.setdefault("Cache-Control", "no-store")


def is_secure(request: web.Request) -> bool:
    """Whether the page was loaded through TLS, by what the browser says of its origin."""
    return request.headers.get("Origin", "").startswith("https://")


def _names(settings: ServerSettings) -> frozenset[str]:
    """The names that a browser may know this server by; empty where it may be any.

    A page elsewhere can give its own name this machine's address. Then its browser takes this server for the page's
    own, but still says the page's name.
    """
    if settings.host in _ANY_ADDRESS and not settings.names:
        return frozenset()
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return frozenset(name.lower() for name in (*LOOPBACK, host, *settings.names))


def _check_host(request: web.Request, names: frozenset[str]) -> None:
    said = request.headers.getall("Host", [])
    found = _HOST.fullmatch(said[0]) if len(said) == 1 else None
    if not found:
        raise web.HTTPBadRequest(text=_("The request does not say which server it is for."))
    if names and found[1].lower() not in names:
        name = shortened(found[1])
        says = _("This server is not known as {name}. Start it with --name {name}.", name=name)
        raise web.HTTPMisdirectedRequest(text=says)


def _check_origin(request: web.Request) -> None:
    """A browser says in ``Origin`` which page makes a request: it must be this server's."""
    said = request.headers.getall("Origin", [])
    scheme, _separator, host = said[0].partition("://") if len(said) == 1 else ("", "", "")
    if scheme not in ("http", "https") or host.lower() != request.headers["Host"].lower():
        raise web.HTTPForbidden(text=_("Only this server's own page may ask for this."))
