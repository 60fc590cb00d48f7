"""What a painter sends draws on a terminal what the follower's own program would draw there."""

import asyncio
import tempfile
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.dashboard.stage import follow_app, on_stage
from tests.emulator import Emulator
from tests.unit.event_strategies import likely_events
from tui_nn.following.protocol import SeatView
from tui_nn.network import ValidationError
from tui_nn.painting.views import PaintedLesson, PaintedView
from tui_nn.session.document import Document
from tui_nn.session.events import Edit, SettingsTried, StartTried
from tui_nn.session.lesson_log import LessonLog
from tui_nn.session.storage import document_toml
from tui_nn.session.storage.event_log import log_text
from tui_nn.session.storage.session_file import Lesson

pytestmark = pytest.mark.posix

_VIEW = SeatView(120, 40, 3, 0, erases=True, comma=False, theme="textual-dark", language="en")
_SIZES = ((120, 40), (80, 24), (60, 20))
_PATIENCE, _LOOK_SECONDS = 300, 0.02


class _Seat:
    """A follower's terminal, which joins late: first it gets a whole picture, then what changes."""

    def __init__(self, view: SeatView) -> None:
        self.screen = Emulator(view.columns, view.lines)
        self.failures: list[PaintedView] = []
        self._has_joined = False

    def take(self, view: PaintedView, changes: bytes) -> None:
        if not self._has_joined:
            self._has_joined = True
            changes = view.whole_picture()
        self.screen.write(changes.decode())


async def _check(path: Path, history: LessonLog, joins_at: int, view: SeatView) -> None:
    """Compares a seat, in front of which the lesson is taught, with a program that opens it when all has happened."""
    document, entries = history.as_lesson.document, history.entries
    path.write_text(document_toml.dump(document, entries), encoding="utf-8")
    async with on_stage(follow_app(path), (view.columns, view.lines)) as alone:
        # It has looked whether there is a teacher: nobody teaches this lesson.
        await alone.until(lambda: "you see what the teacher sees" not in alone.text)
        await alone.still()
        cells, text = alone.terminal.cells, alone.text
    path.write_text(document_toml.dump(document, entries[:joins_at]), encoding="utf-8")
    lesson, seat = PaintedLesson(path), _Seat(view)
    painted = PaintedView(lesson, view, seat.take, seat.failures.append)
    for entry in entries[joins_at:]:
        with path.open("a", encoding="utf-8") as file:
            file.write(log_text([entry]))
        painted.hear(lesson.look())
        await asyncio.sleep(0)
    for _ in range(_PATIENCE):
        painted.hear(lesson.look())
        if painted.has_news:
            await painted.draw()
        await asyncio.sleep(_LOOK_SECONDS)
        if seat.failures or seat.screen.cells == cells:
            break
    painted.end()
    await painted.ended()
    assert not seat.failures
    assert seat.screen.cells == cells, f"{seat.screen.text}\n\n{text}"


@st.composite
def _lessons(draw: st.DrawFn) -> LessonLog:
    """A short lesson to which this and that has happened; an edit may make it last for hours, so there is none."""
    ticks = count()
    document = replace(Document(), iterations=40)
    history = LessonLog(Lesson.without_events(document), clock=lambda: 0.37 * next(ticks))
    for _ in range(draw(st.integers(0, 10))):
        event = draw(likely_events(history.state))
        if not isinstance(event, Edit | SettingsTried | StartTried):
            with suppress(ValidationError):
                history.append(event)
    return history


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(_lessons(), st.integers(0, 12), st.sampled_from(_SIZES))
def test_a_seat_shows_what_a_program_of_its_own_shows(history: LessonLog, joins_at: int, size: tuple[int, int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        view = _VIEW._replace(columns=size[0], lines=size[1])
        asyncio.run(_check(Path(folder, "l.toml"), history, min(joins_at, len(history.entries)), view))
