"""The beginning of the recorded first lesson: 14 events, two marks and notes among them."""

from functools import lru_cache
from pathlib import Path

from tui_nn.dashboard.apps.film import film_of
from tui_nn.handouts.films.frame import Film
from tui_nn.session.storage.bundled_lessons import bundled
from tui_nn.session.storage.session_file import read

_EVENTS = 14


def short_lesson(folder: Path) -> Path:
    """A file with the beginning of the first lesson."""
    document, *events = bundled()["first-lesson"].read_text(encoding="utf-8").split("[[event]]")
    path = folder / "short.toml"
    path.write_text("[[event]]".join([document, *events[:_EVENTS]]), encoding="utf-8")
    return path


@lru_cache(maxsize=1)
def short_film(path: Path) -> Film:
    """Its film, on a screen of 100 columns and 30 lines."""
    return film_of(read(path), 100, 30)
