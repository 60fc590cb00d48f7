"""Playing a lesson: iteration after iteration, at a speed that can be changed."""

from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.timer import Timer

SPEEDS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
"""Iterations a second."""
_FRAMES_A_SECOND = 10


class Player:
    """Calls ``advance`` with a number of iterations, again and again while it plays; never faster than can be seen."""

    def __init__(self, app: App[Any], advance: Callable[[int], None]) -> None:
        self._app = app
        self._advance = advance
        self._timer: Timer | None = None
        self.speed = SPEEDS[2]
        """Iterations a second."""

    @property
    def playing(self) -> bool:
        """Whether it plays now."""
        return self._timer is not None

    def play(self) -> None:
        """Begins, or goes on at the speed of now."""
        self.pause()
        stride = max(1, self.speed // _FRAMES_A_SECOND)
        self._timer = self._app.set_interval(stride / self.speed, lambda: self._advance(stride))

    def pause(self) -> None:
        """Stops; without effect where it does not play."""
        if self._timer:
            self._timer.stop()
            self._timer = None

    def change_speed(self, by: int) -> None:
        """So many speeds up or down, as far as there are any."""
        place = min(max(0, SPEEDS.index(self.speed) + by), len(SPEEDS) - 1)
        self.set_speed(SPEEDS[place])

    def set_speed(self, speed: int) -> None:
        """Sets the speed, one of `SPEEDS` in iterations a second; a lesson that plays goes on at it."""
        self.speed = speed
        if self.playing:
            self.play()
