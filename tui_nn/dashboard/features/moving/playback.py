"""A clock for playing a lesson: iteration after iteration, at a speed that can be changed."""

from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.timer import Timer

SPEEDS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
"""Iterations a second."""
_FRAMES_A_SECOND = 10


class Player:
    """While it plays, calls ``advance`` with a number of iterations, at most ten times a second."""

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
        """Starts to play, or goes on at the current speed."""
        self.pause()
        stride = max(1, self.speed // _FRAMES_A_SECOND)
        self._timer = self._app.set_interval(stride / self.speed, lambda: self._advance(stride))

    def pause(self) -> None:
        """Stops playing; has no effect if it doesn't play."""
        if self._timer:
            self._timer.stop()
            self._timer = None

    def change_speed(self, by: int) -> None:
        """Goes ``by`` places up in the list of `SPEEDS`, or down, as far as the list goes."""
        place = min(max(0, SPEEDS.index(self.speed) + by), len(SPEEDS) - 1)
        self.set_speed(SPEEDS[place])

    def set_speed(self, speed: int) -> None:
        """Sets the speed, one of `SPEEDS` in iterations a second; a lesson that plays goes on at it."""
        self.speed = speed
        if self.playing:
            self.play()
