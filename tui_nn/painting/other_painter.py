"""The second painter, as the first knows it: the first sends half of the views there."""

import os
import socket
import struct
import sys
import time

from tui_nn.following.protocol import SeatView, socket_path

assert sys.platform == "linux"  # noqa: S101 - tells mypy not to check this elsewhere

_LOOK_SECONDS = 0.5
_SECONDS_REMEMBERED = 600.0


class OtherPainter:
    """Which views the second painter of a lesson draws."""

    def __init__(self, lesson: str) -> None:
        self._lesson = lesson
        self._asked_for: dict[SeatView, float] = {}
        """The views that it draws, and when somebody asked for each."""
        self._looked_at, self._is_there = float("-inf"), False

    @property
    def views(self) -> int:
        """How many views it draws, about: those that somebody has asked for in the last ten minutes."""
        return len(self._asked_for)

    def draws(self, view: SeatView, *, takes_more: bool) -> bool:
        """Whether it draws ``view``; if it ``takes_more``, also one that is new."""
        now = time.monotonic()
        if now > self._looked_at + _LOOK_SECONDS:
            self._looked_at, self._is_there = now, _listens(socket_path(self._lesson, 1))
            self._asked_for = {one: at for one, at in self._asked_for.items() if now - at < _SECONDS_REMEMBERED}
        if not self._is_there:
            self._asked_for.clear()
            return False
        if takes_more or view in self._asked_for:
            self._asked_for[view] = now
        return view in self._asked_for


def _listens(address: str) -> bool:
    """Whether a painter of this user answers there: one that was killed leaves its socket behind."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as asking:
        asking.setblocking(False)
        try:
            asking.connect(address)
            of_peer = asking.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
        except BlockingIOError:
            # So many followers come that it has not let all of them in yet.
            return True
        except OSError:
            return False
        _pid, user, _group = struct.unpack("iii", of_peer)
        return bool(user == os.geteuid())
