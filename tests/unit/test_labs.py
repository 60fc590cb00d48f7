"""The files of a browser of ``tui-nn serve --lab``: how many there may be, and how large all of them together."""

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

import pytest
from aiohttp import web

from tui_nn.web.faces import Face
from tui_nn.web.serving.browser import Browser
from tui_nn.web.serving.downloads import Downloads
from tui_nn.web.serving.labs import MEGABYTE, Labs, NoRoomError
from tui_nn.web.serving.program_process import ProgramProcess
from tui_nn.web.serving.settings import ServerSettings


def _settings(folder: Path, most: int = 50) -> ServerSettings:
    return ServerSettings(Face.LAB, folder, "localhost", 0, most, 60, 500, 4, 1, (), folder)


def test_uploads_have_a_bound_of_their_own_and_leave_the_lesson_open(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    labs, key = Labs(tmp_path, megabytes=1, most=1), Labs.new_key()
    labs.enter(key)
    (labs.folder_of(key) / "lesson.toml").write_bytes(bytes(MEGABYTE))
    assert labs.keep_upload(key, "a.csv", bytes(MEGABYTE // 4)) == "a.csv"
    assert labs.keep_upload(key, "b.csv", bytes(MEGABYTE // 4)) == "b.csv"
    with pytest.raises(NoRoomError, match=r"would take more than 0\.5 MB"):
        labs.keep_upload(key, "c.csv", b"1")
    assert f"{labs.uploads_of(key)} would take over 0.5 MB" in capsys.readouterr().err
    assert not labs.why_full(key)


def test_recordings_beyond_the_bound_end_the_lesson_and_the_log_says_whose(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    labs, key = Labs(tmp_path, megabytes=1, most=1), Labs.new_key()
    labs.enter(key)
    recording = labs.folder_of(key) / "tui-nn" / "lessons" / "lesson.toml"
    recording.parent.mkdir(parents=True)
    recording.write_bytes(bytes(MEGABYTE + 1))
    assert "take more than 1 MB" in labs.why_full(key)
    assert f"the recordings in {labs.folder_of(key)} take over 1 MB" in capsys.readouterr().err


def test_a_server_keeps_so_many_lessons_and_lets_their_owners_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    labs, keys = Labs(tmp_path, megabytes=1, most=2), [Labs.new_key() for _ in range(3)]
    (tmp_path / "notes of the teacher").mkdir()
    labs.enter(keys[0])
    labs.enter(keys[1])
    with pytest.raises(NoRoomError, match="already keeps 2 lessons"):
        labs.enter(keys[2])
    assert not labs.has(keys[2])
    assert f"{tmp_path} has 2, the most" in capsys.readouterr().err
    labs.enter(keys[0])
    # A browser in which nothing has happened leaves its place to another.
    labs.leave(keys[1])
    labs.enter(keys[2])


def test_new_browsers_that_come_at_once_get_no_more_places_than_there_are(tmp_path: Path) -> None:
    labs = Labs(tmp_path, megabytes=1, most=3)
    refused: list[str] = []

    def come() -> None:
        try:
            labs.enter(Labs.new_key())
        except NoRoomError as error:
            refused.append(str(error))

    threads = [threading.Thread(target=come) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(list(tmp_path.iterdir())), len(refused)) == (3, 5)


@pytest.mark.parametrize(("most", "labs"), [(1, 200), (10, 200), (50, 1000)])
def test_the_lessons_that_are_kept_are_those_of_a_few_courses(tmp_path: Path, most: int, labs: int) -> None:
    assert _settings(tmp_path, most).most_labs == labs


class _Page:
    """A page that says nothing."""

    closed = False

    def __init__(self) -> None:
        self.heard: list[object] = []

    async def __aiter__(self) -> AsyncIterator[object]:
        await asyncio.Event().wait()
        yield None

    async def send_json(self, message: object) -> None:
        self.heard.append(message)

    async def close(self, code: int) -> None:
        """Closes nothing."""


class _Program:
    """A program that shows nothing."""

    async def packets(self) -> AsyncIterator[tuple[bytes, bytes]]:
        await asyncio.Event().wait()
        yield b"", b""

    async def end(self) -> None:
        """Ends nothing."""


async def test_the_server_looks_at_the_files_of_an_open_lesson_in_another_thread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui_nn.web.serving.browser._LOOK_AT_FILES_SECONDS", 0)
    looks: list[int] = []

    def why_full() -> str:
        looks.append(threading.get_ident())
        return "It is full." if len(looks) > 1 else ""

    page = _Page()
    await Browser(
        cast(web.WebSocketResponse, page), cast(ProgramProcess, _Program()), _settings(tmp_path), Downloads(), why_full
    ).run()
    assert page.heard == [["tui_nn", {"sentence": "It is full.", "again": False}]]
    assert threading.get_ident() not in looks
