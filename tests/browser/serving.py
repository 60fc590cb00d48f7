"""A server of browsers in a process of its own, and what its pages show."""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, WebSocket, sync_playwright

from tests.emulator import Emulator
from tests.terminal.program import PATIENCE_SECONDS

_QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
          "--disable-component-update", "--disable-sync")  # fmt: skip
_PATIENCE = 1000 * PATIENCE_SECONDS


class Server:
    """``tui-nn serve`` with some arguments."""

    def __init__(self, arguments: Sequence[str], folder: Path) -> None:
        self.labs = folder / "labs"
        self._arguments = arguments
        self._folder = folder
        self._mark = f"STARTED_BY={folder}".encode()
        self.port = 0
        self.process: subprocess.Popen[str]
        self.start()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}/"

    def start(self) -> None:
        """Starts it, at the same port as before."""
        if self.port and self.process.stdout:
            self.process.stdout.close()
        options = ["--port", str(self.port), "--folder", str(self.labs)]
        with (self._folder / "log").open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tui_nn", "serve", *self._arguments, *options],
                stdout=subprocess.PIPE,
                stderr=log,
                encoding="utf-8",
                cwd=self._folder,
                env=os.environ | {"STARTED_BY": str(self._folder)},
            )
        assert self.process.stdout
        found = None
        while not found:
            line = self.process.stdout.readline()
            assert line, self.log
            found = re.search(r"http://localhost:(\d+)/", line)
        self.port = int(found[1])

    @property
    def log(self) -> str:
        """What it wrote to standard error."""
        return (self._folder / "log").read_text(encoding="utf-8")

    @property
    def programs(self) -> list[int]:
        """The processes that it has started and that are still there."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if self._mark in (process / "environ").read_bytes().split(b"\0"):
                    found.append(int(process.name))
        return [one for one in found if one != self.process.pid]

    def until_programs(self, count: int) -> None:
        """Waits until it has so many programs."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while len(self.programs) != count:
            assert time.monotonic() < deadline, f"{len(self.programs)} programs; {self.log}"
            time.sleep(0.02)

    def stop(self, how: int = signal.SIGTERM) -> int:
        """Stops it; gives its exit code."""
        self.process.send_signal(how)
        assert self.process.stdout
        self.process.stdout.close()
        return self.process.wait(PATIENCE_SECONDS)


@contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[Server]:
    """A server, which leaves no program behind and writes no traceback."""
    server = Server(arguments, folder)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            assert server.stop() == 0
    assert server.programs == []
    assert "Traceback" not in server.log


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium, which fails a test that lets a page make an error or ask another host for anything."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=[*_QUIET])
        yield browser
        browser.close()


class Shown:
    """A page of a server, and what its terminal is told to show."""

    def __init__(self, browser: Browser, url: str, columns: int = 120) -> None:
        self.context = browser.new_context(
            viewport={"width": 10 * columns, "height": 760}, permissions=["clipboard-read", "clipboard-write"]
        )
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.screen = Emulator(80, 24)
        self._socket: WebSocket | None = None
        here = re.sub(r"#.*", "", url)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on(
            "console", lambda said: self.faults.append(said.text) if "Content Security Policy" in said.text else None
        )
        self.page.on(
            "request", lambda asked: None if asked.url.startswith((here, "data:")) else self.faults.append(asked.url)
        )
        self.page.on("websocket", self._connected)
        self.page.goto(url)

    def _connected(self, socket: WebSocket) -> None:
        self._socket, self.screen = socket, Emulator(80, 24)
        socket.on("framesent", self._sent)
        socket.on("framereceived", self._received)

    def _sent(self, content: str | bytes) -> None:
        kind, *said = json.loads(content)
        if kind == "resize":
            self.screen.resize(said[0]["width"], said[0]["height"])

    def _received(self, content: str | bytes) -> None:
        if isinstance(content, bytes):
            self.screen.write(content.decode())

    def until(self, condition: Callable[[Emulator], bool]) -> None:
        """Waits until ``condition`` holds for the screen."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not condition(self.screen):
            assert time.monotonic() < deadline, f"this did not come about; the screen is\n{self.screen.text}"
            # Only a call of the page hands over what has come meanwhile.
            self.page.wait_for_timeout(20)

    def shows(self, *texts: str) -> None:
        """Waits until all ``texts`` are on the screen."""
        self.until(lambda screen: all(text in screen.text for text in texts))

    def stands_at(self, step: str) -> None:
        """Waits until the strip of the steps marks ``step``."""
        self.until(lambda screen: f"▶ {step} " in screen.lines[1])

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def says(self, sentence: str) -> None:
        """Waits until the page says a sentence over its terminal."""
        self.page.locator("#sentence", has_text=sentence).wait_for(timeout=_PATIENCE)

    def reload(self) -> None:
        self.screen = Emulator(80, 24)
        self.page.reload()

    def comes_back(self) -> None:
        """Waits until the page has a lesson again."""
        self.page.locator("#notice").wait_for(state="hidden", timeout=_PATIENCE)

    def close(self) -> None:
        assert not self.faults
        self.context.close()
