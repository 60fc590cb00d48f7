"""A thread that waits for the disk in place of the thread that handles keys."""

from collections.abc import Callable
from threading import Condition, Thread


class BackgroundSync:
    """Lets one thread wait for the disk, and holds back what shows an event until the event is there.

    One thread, the owner, writes to files, makes requests and takes failures; any thread may call `wait`. Where the
    disk refuses something, the thread calls ``tell_of_failure`` and does nothing more until the owner has taken the
    failure.
    """

    def __init__(self, tell_of_failure: Callable[[], object]) -> None:
        self._tell_of_failure = tell_of_failure
        self._changed = Condition()
        self._sync: Callable[[], None] = lambda: None
        self._requested = self._done = 0
        self._failure: OSError | None = None
        self._holds = self._is_over = False
        self._thread = Thread(target=self._run, name="disk", daemon=True)
        self._thread.start()

    def request(self, sync: Callable[[], None]) -> None:
        """Lets the thread call ``sync``, which waits until the disk has all that was written before and raises OSError.

        Requests that come while the thread waits for the disk become one: that of the last.
        """
        with self._changed:
            self._sync = sync
            self._requested += 1
            self._changed.notify_all()

    def wait(self) -> bool:
        """Waits until the disk has, or has refused, all that was requested before. Returns whether it may be shown.

        After a failure, nothing may be shown before `show` is called.
        """
        with self._changed:
            requested = self._requested
            self._changed.wait_for(lambda: self._done >= requested or self._holds)
            return not self._holds

    def show(self) -> None:
        """Ends the hold after a failure that the user has been told of, unless another one has not been taken yet."""
        with self._changed:
            self._holds = self._failure is not None

    def take_failure(self) -> OSError | None:
        """The error of the last sync; None if it went well. After an error, drops the open requests."""
        with self._changed:
            failure, self._failure = self._failure, None
            if failure:
                self._done = self._requested
            return failure

    def settle(self) -> OSError | None:
        """Waits until the disk has, or has refused, all that was requested. Returns what `take_failure` does."""
        with self._changed:
            self._changed.wait_for(lambda: self._done == self._requested or self._failure)
            return self.take_failure()

    def stop(self) -> None:
        """Ends the thread, and lets everything be shown. All requests must be settled."""
        with self._changed:
            self._is_over, self._holds = True, False
            self._changed.notify_all()
        self._thread.join()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._is_over or self._is_wanted)
                if self._is_over:
                    return
                sync, requested = self._sync, self._requested
            failure = None
            try:
                sync()
            except OSError as error:
                failure = error
            with self._changed:
                if failure:
                    self._failure, self._holds = failure, True
                else:
                    self._done = requested
                self._changed.notify_all()
            if failure:
                self._tell_of_failure()

    @property
    def _is_wanted(self) -> bool:
        return self._done < self._requested and not self._failure
