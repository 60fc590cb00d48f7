"""A follower, as the painter knows it."""

import socket
from typing import TYPE_CHECKING

from tui_nn.following.protocol import SeatView

if TYPE_CHECKING:
    from tui_nn.painting.views import PaintedView


class Follower:
    """A small program that copies what it is sent."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.view: PaintedView | None = None
        self.wanted: SeatView | None = None
        self.changed_at = 0.0
        self.seconds_to_next_view = 0.0
        """For how many seconds it has to wait until the painter gives it another view."""
        self.stays = False
        """Whether it must not be sent to the other painter."""
        self.is_behind = False
        """Whether it missed a frame, because it has not read the ones before: it needs the whole picture."""

    def send(self, message: bytes) -> None:
        """Sends a frame without waiting; raises BlockingIOError if the follower has too much to read already."""
        self.connection.send(message)
