"""A terminal that nobody sees: it keeps what the dashboard writes, for a film of it."""

from collections.abc import Callable

from textual.drivers.headless_driver import HeadlessDriver


class FilmDriver(HeadlessDriver):
    """Keeps what is written until it is taken."""

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self._written: list[str] = []
        self.tell: Callable[[], None] = lambda: None
        """Is called whenever something is written."""

    @property
    def is_headless(self) -> bool:
        """False: then the app draws only what it believes to have changed, as on a real terminal."""
        return False

    def write(self, data: str) -> None:
        """Keeps ``data``."""
        self._written.append(data)
        self.tell()

    def take(self) -> str:
        """What was written since the last call."""
        written, self._written = "".join(self._written), []
        return written
