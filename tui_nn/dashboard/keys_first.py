"""Training waits while a key is seen to: Python runs one thread at a time, and each would take half of the other's."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# What a key sets off is drawn after it has been seen to.
_DRAWN_SECONDS = 0.05
# While a key is held down, training still goes on for a slice at a time.
_LONGEST_SECONDS = 0.25


class KeysFirst:
    """Lets the threads that compute wait as long as the screen has something to do for whoever presses keys."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock, self._sleep = clock, sleep
        self._is_busy = False
        self._drawn_at = clock()

    @contextmanager
    def seeing_to_a_key(self) -> Iterator[None]:
        """Keeps them waiting meanwhile, and until the screen is likely to be drawn."""
        self._is_busy = True
        try:
            yield
        finally:
            self._drawn_at = self._clock() + _DRAWN_SECONDS
            self._is_busy = False

    def give_way(self) -> None:
        """Comes back when no key is being seen to, but after a quarter of a second at most; for other threads alone."""
        latest = self._clock() + _LONGEST_SECONDS
        while (now := self._clock()) < latest and (self._is_busy or now < self._drawn_at):
            # A long sleep, and nothing that wakes it: a thread that looks takes the interpreter from the screen.
            self._sleep(_DRAWN_SECONDS if self._is_busy else self._drawn_at - now)
