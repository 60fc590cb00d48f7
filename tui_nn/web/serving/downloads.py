"""Files on their way to a browser. Each is kept until the browser has fetched it, once."""

import json
import re
import secrets
from pathlib import PurePath
from urllib.parse import quote

from tui_nn.frozen_dataclass import frozen_dataclass

_MOST_PENDING = 8
_MIME_TYPE = re.compile(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,60}")
_UNKNOWN_TYPE = "application/octet-stream"


@frozen_dataclass(eq=False)
class Download:
    """A file, and the type that the browser is told."""

    name: str
    mime_type: str
    content: bytes

    @classmethod
    def from_packet(cls, packet: bytes) -> "Download":
        """What a program sent: a line of JSON, then the file. Raises ValueError, KeyError and TypeError."""
        header, _, content = packet.partition(b"\n")
        said = json.loads(header)
        mime_type = str(said["mime_type"])
        known = mime_type if _MIME_TYPE.fullmatch(mime_type) else _UNKNOWN_TYPE
        return cls(PurePath(str(said["name"])).name, known, content)

    @property
    def disposition(self) -> str:
        """The header that makes a browser save the file under its name."""
        plain = re.sub(r"[^A-Za-z0-9._-]", "_", self.name)
        return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(self.name, safe='')}"


class Downloads:
    """The downloads that browsers have not fetched yet."""

    def __init__(self) -> None:
        self._pending: dict[str, tuple[object, Download]] = {}

    def offer(self, owner: object, download: Download) -> str:
        """Keeps a download for ``owner``; returns the key to fetch it with. Of many, the oldest is given up."""
        own = [key for key, (whose, _) in self._pending.items() if whose is owner]
        for key in own[: len(own) - _MOST_PENDING + 1]:
            del self._pending[key]
        key = secrets.token_urlsafe(24)
        self._pending[key] = owner, download
        return key

    def take(self, key: str) -> Download | None:
        """The download with this key, which is no longer kept; None if there is none."""
        found = self._pending.pop(key, None)
        return found[1] if found else None

    def forget(self, owner: object) -> None:
        """Gives up what ``owner`` has not fetched."""
        for key in [key for key, (whose, _) in self._pending.items() if whose is owner]:
            del self._pending[key]
