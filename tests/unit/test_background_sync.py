"""A slow disk holds back what shows an event, and not the thread that takes the next one; nothing is lost by that."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple

import pytest

from tests.unit.autosaved import autosaved, happened_in, holds_all
from tests.unit.slow_disk import IO_ERROR, SlowDisk
from tui_nn.session.events import Moved
from tui_nn.session.lesson_log import LessonLog
from tui_nn.session.storage.autosave import Autosave
from tui_nn.session.storage.background_sync import BackgroundSync
from tui_nn.system import files

_PATIENCE_SECONDS = 60


class _Recorded(NamedTuple):
    path: Path
    autosave: Autosave
    history: LessonLog
    disk: SlowDisk
    background: BackgroundSync
    has_failed: Event


@pytest.fixture
def recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[_Recorded]:
    """A lesson recorded on a slow disk. Its first event is in the file, and a sync of it is under way."""
    disk, has_failed = SlowDisk(), Event()
    monkeypatch.setattr(files, "sync", disk.sync)
    background = BackgroundSync(has_failed.set)
    path, autosave, history = autosaved(tmp_path)
    autosave.sync_in(background)
    history.append(Moved(2, "J"))
    assert disk.asked.get(timeout=_PATIENCE_SECONDS) == path.stat().st_size
    yield _Recorded(path, autosave, history, disk, background, has_failed)
    for _ in range(9):
        disk.answers.put(None)
    autosave.close()
    background.stop()


def _all_are_asked(recorded: _Recorded) -> bool:
    """Whether the next sync begins when all events are in the file."""
    return recorded.disk.asked.get(timeout=_PATIENCE_SECONDS) == recorded.path.stat().st_size


def test_events_that_come_while_the_disk_is_busy_are_synced_at_once(recorded: _Recorded) -> None:
    path, autosave, history, disk, background, _ = recorded
    for iteration in (3, 4, 5):
        history.append(Moved(iteration, "J"))
        assert holds_all(path, history)
    shown: list[bool] = []
    showing = Thread(target=lambda: shown.append(background.wait()))
    showing.start()
    disk.answers.put(None)
    assert _all_are_asked(recorded)
    assert not shown
    disk.answers.put(None)
    showing.join()
    assert shown == [True]
    assert disk.asked.empty()
    assert autosave.failure == ""


def test_what_the_disk_refuses_is_not_shown_before_it_is_said_and_is_written_again_whole(recorded: _Recorded) -> None:
    path, autosave, history, disk, background, has_failed = recorded
    before = path.read_bytes()
    history.append(Moved(3, "J"))
    disk.answers.put(None)
    assert _all_are_asked(recorded)
    history.append(Moved(4, "J"))
    disk.answers.put(IO_ERROR)
    assert has_failed.wait(_PATIENCE_SECONDS)
    assert not background.wait()
    # From now on, each write waits for the disk.
    disk.answers.put(IO_ERROR)
    history.append(Moved(5, "J"))
    assert "input/output error" in autosave.failure
    assert path.read_bytes() == before
    assert not background.wait()
    background.show()
    assert background.wait()
    disk.answers.put(None)
    autosave.catch_up()
    assert autosave.failure == ""
    assert holds_all(path, history)


def test_a_new_file_that_the_disk_refuses_is_replaced_by_a_whole_one(recorded: _Recorded) -> None:
    path, autosave, history, disk, _, has_failed = recorded
    refused = path.stat().st_ino
    disk.answers.put(IO_ERROR)
    assert has_failed.wait(_PATIENCE_SECONDS)
    disk.answers.put(IO_ERROR)
    history.append(Moved(3, "J"))
    assert "input/output error" in autosave.failure
    assert happened_in(path) == [Moved(2, "J")]
    disk.answers.put(None)
    autosave.catch_up()
    assert autosave.failure == ""
    assert holds_all(path, history)
    assert path.stat().st_ino != refused
    assert list(path.parent.iterdir()) == [path]


def _close(autosave: Autosave, _: Path) -> None:
    autosave.close()


def _save_elsewhere(autosave: Autosave, path: Path) -> None:
    autosave.move_to(path.with_name("elsewhere.toml"))


def _sync_itself(autosave: Autosave, _: Path) -> None:
    autosave.sync_in(None)


@pytest.mark.parametrize("act", [_close, _save_elsewhere, _sync_itself])
def test_what_comes_after_waits_for_the_disk_and_writes_what_it_refuses_once_more(
    act: Callable[[Autosave, Path], None], recorded: _Recorded
) -> None:
    path, autosave, history, disk, _, has_failed = recorded
    acting = Thread(target=act, args=(autosave, path))
    acting.start()
    acting.join(0.1)
    assert acting.is_alive()
    disk.answers.put(IO_ERROR)
    disk.answers.put(None)
    disk.answers.put(None)
    acting.join()
    assert has_failed.is_set()
    assert autosave.failure == ""
    assert holds_all(path, history)
