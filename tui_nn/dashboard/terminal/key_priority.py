"""Training pauses while the screen handles a key: Python runs one thread at a time, and the key goes first."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# Textual draws a moment after the key's handler has returned.
_SECONDS_TO_DRAW = 0.05
# If the threads waited longer, a key that is held down would stop training.
_LONGEST_SECONDS = 0.25


class KeyPriority:
    """Lets the threads that compute wait while the screen handles keys."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock, self._sleep = clock, sleep
        self._is_busy = self._has_key = False
        self._drawn_at = self._last_key = clock()

    @contextmanager
    def handling_a_key(self) -> Iterator[None]:
        """Makes the threads wait until the block ends and the screen has had time to draw."""
        self._has_key = True
        try:
            with self.drawing():
                yield
        finally:
            self._has_key, self._last_key = False, self._drawn_at

    @contextmanager
    def drawing(self) -> Iterator[None]:
        """Makes the threads wait while the screen draws what no key asked for: a key that comes then waits for that."""
        was_busy, self._is_busy = self._is_busy, True
        try:
            yield
        finally:
            self._drawn_at = self._clock() + _SECONDS_TO_DRAW
            self._is_busy = was_busy

    @property
    def seconds_without_keys(self) -> float:
        """For how long no key has been handled."""
        return 0.0 if self._has_key else max(0.0, self._clock() - self._last_key)

    def give_way(self) -> None:
        """Waits while the screen is busy, at most a quarter of a second. Never call it on the UI thread."""
        latest = self._clock() + _LONGEST_SECONDS
        while (now := self._clock()) < latest and (self._is_busy or now < self._drawn_at):
            # Sleeps long, without an event: each time this thread wakes, it takes the interpreter from the screen.
            self._sleep(_SECONDS_TO_DRAW if self._is_busy else self._drawn_at - now)
