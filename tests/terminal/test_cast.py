"""The film of a lesson, played by asciinema in a real terminal."""

import json
import sys
from pathlib import Path

from tests.emulator import Emulator
from tests.films import short_film, short_lesson
from tests.terminal.program import running
from tui_nn.handouts.films.cast import cast


def test_asciinema_shows_what_the_dashboard_showed(tmp_path: Path) -> None:
    film = short_film(short_lesson(tmp_path))
    header, *events = [json.loads(line) for line in cast(film).splitlines()]
    assert (header["version"], header["width"], header["height"]) == (2, 100, 30)
    assert [event[2] for event in events if event[1] == "m"] == [frame.mark for frame in film.frames if frame.mark]
    times = [event[0] for event in events]
    assert times == sorted(times)
    assert times[-1] > 10
    # Frame by frame, a terminal shows what the film has: cell by cell.
    screen = Emulator(100, 30)
    for event, frame in zip((event for event in events[:-1] if event[1] == "o"), film.frames, strict=True):
        screen.write(event[2])
        assert screen.lines == ["".join(text for text, _ in line).rstrip() for line in frame.lines]
    path = tmp_path / "lesson.cast"
    path.write_text(cast(film), encoding="utf-8")
    played = (sys.executable, "-m", "asciinema", "play", "--speed", "1000", str(path))
    with running(played, (100, 30), HOME=str(tmp_path)) as program:
        program.shows("Step 8 of 10: δ⁽²⁾")
        assert program.ended() == 0
