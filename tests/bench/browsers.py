"""A class that follows in browsers: a teacher in a terminal, and ``tui-nn serve``, all on this machine.

Run it from the root of the checkout, with the package installed::

    python -m tests.bench.browsers [--browsers N] [--pages N] [--steps N] [--idle SECONDS]

``--pages`` of the ``--browsers`` are pages in Chromium; the others are websocket clients that send what the page sends.
The teacher takes a step a second. The bench measures the delay from the teacher's key to each browser (the first byte
of the frame and the last), the processor time and the memory of the server, its programs and Chromium, and what an idle
class costs.
"""

import argparse
import asyncio
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType
from playwright.async_api import WebSocket, async_playwright

from tests.browser.serving import Server, serving
from tests.terminal.program import answered, environment_of, set_size

_SIZES = ((120, 40), (100, 30), (160, 50))
_QUIET_SECONDS = 0.5
_START_TOGETHER = 4
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Seen:
    """What one browser was sent, and when."""

    written: int = 0
    first: float = 0.0
    last: float = 0.0

    def take(self, data: bytes) -> None:
        now = time.perf_counter()
        self.written += len(data)
        self.first = self.first or now
        self.last = now


class Teacher:
    """The teacher's program in a terminal."""

    def __init__(self, state: Path) -> None:
        self._end, terminal = os.openpty()
        set_size(self._end, (120, 40))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tui_nn", "lecture"],
            stdin=terminal, stdout=terminal, stderr=terminal,
            env=environment_of(XDG_STATE_HOME=str(state)), start_new_session=True,
        )  # fmt: skip
        os.close(terminal)
        self.seen = Seen()
        asyncio.get_running_loop().add_reader(self._end, self._read)

    def _read(self) -> None:
        data = os.read(self._end, 1 << 16)
        if answer := answered(data):
            os.write(self._end, answer)
        self.seen.take(data)

    def press(self, key: str) -> None:
        os.write(self._end, key.encode())

    def end(self) -> None:
        asyncio.get_running_loop().remove_reader(self._end)
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


async def _listen(socket: ClientWebSocketResponse, seen: Seen) -> None:
    async for message in socket:
        if message.type is WSMsgType.BINARY:
            seen.take(message.data)


async def _until_still(everyone: list[Seen]) -> None:
    while not all(one.first and time.perf_counter() - one.last > _QUIET_SECONDS for one in everyone):
        await asyncio.sleep(_QUIET_SECONDS / 5)


def _cpu(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _memory(process: int) -> float:
    """Proportional memory, in MiB."""
    text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    found = re.search(r"^Pss: +(\d+) kB", text, re.MULTILINE)
    assert found
    return int(found[1]) / 1024


def _chromium() -> list[int]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if b"chromium" in (process / "cmdline").read_bytes():
                found.append(int(process.name))
        except OSError:
            continue
    return found


async def _measure(server: Server, teacher: Teacher, request: argparse.Namespace) -> None:
    everyone: list[Seen] = []
    listening = []
    began = time.perf_counter()
    async with ClientSession() as session, async_playwright() as playwright:
        chromium = await playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        for _ in range(request.pages):
            page = await (await chromium.new_context(viewport={"width": 1200, "height": 760})).new_page()
            seen = Seen()
            everyone.append(seen)
            page.on("websocket", _watching(seen))
            await page.goto(server.url)
        while len(everyone) < request.browsers:
            group = []
            for _ in range(min(_START_TOGETHER, request.browsers - len(everyone))):
                columns, lines = _SIZES[len(everyone) % len(_SIZES)]
                address = f"ws://localhost:{server.port}/socket?width={columns}&height={lines}"
                origin = {"Origin": server.url.rstrip("/")}
                socket = await session.ws_connect(address, protocols=["tui-nn"], headers=origin)
                await socket.send_str(json.dumps(["resize", {"width": columns, "height": lines}]))
                group.append(Seen())
                everyone.append(group[-1])
                listening.append(asyncio.create_task(_listen(socket, group[-1])))
            await _until_still(group)
        await _until_still(everyone)
        took = time.perf_counter() - began
        print(f"{len(everyone)} browsers, {request.pages} of them Chromium, sat down in {took:.0f} s")

        kinds: dict[str, list[int]] = {
            "teacher": [teacher.process.pid],
            "server": [server.process.pid],
            "programs": server.programs,
            "Chromium": _chromium(),
        }
        before = {name: sum(map(_cpu, processes)) for name, processes in kinds.items()}
        written = [one.written for one in everyone]
        delays = await _steps(teacher, everyone, request.steps)
        used = {name: sum(map(_cpu, processes)) - before[name] for name, processes in kinds.items()}
        bytes_a_step = [(one.written - earlier) / request.steps for one, earlier in zip(everyone, written, strict=True)]
        await asyncio.sleep(3)
        before = {name: sum(map(_cpu, processes)) for name, processes in kinds.items()}
        written = [one.written for one in everyone]
        await asyncio.sleep(request.idle)
        idly = {name: sum(map(_cpu, processes)) - before[name] for name, processes in kinds.items()}
        said = sum(one.written - earlier for one, earlier in zip(everyone, written, strict=True))

        print(f"\n{request.steps} steps, one a second; milliseconds from the teacher's key")
        for name, found in delays.items():
            found.sort()
            print(
                f"  {name:32} median {1000 * statistics.median(found):6.0f}   95 %"
                f" {1000 * found[int(0.95 * len(found))]:6.0f}   worst {1000 * found[-1]:6.0f}"
            )
        print(f"bytes per step and browser: median {statistics.median(bytes_a_step):.0f}")
        print(f"bytes to all browsers while idle: {said}")
        print("\nprocessor time in percent of one core, during the steps and while idle; memory (PSS) in MiB")
        for name, processes in kinds.items():
            lasted = delays["a step lasts"][0] * request.steps
            print(
                f"  {name:10} {100 * used[name] / lasted:6.1f} {100 * idly[name] / request.idle:6.2f}"
                f"   {sum(map(_memory, processes)):6.0f} in {len(processes)}"
            )
        for task in listening:
            task.cancel()
        await chromium.close()


def _watching(seen: Seen) -> Callable[[WebSocket], None]:
    def take(frame: str | bytes) -> None:
        if isinstance(frame, bytes):
            seen.take(frame)

    return lambda socket: socket.on("framereceived", take)


async def _steps(teacher: Teacher, everyone: list[Seen], steps: int) -> dict[str, list[float]]:
    firsts: list[float] = []
    lasts: list[float] = []
    own: list[float] = []
    began = time.perf_counter()
    for step in range(steps):
        for one in (teacher.seen, *everyone):
            one.first = one.last = 0.0
        pressed = time.perf_counter()
        teacher.press("n")
        await asyncio.sleep(max(0.0, began + step + 1 - time.perf_counter()))
        own.append(teacher.seen.last - pressed)
        # The next key waits for the last browser: a late frame must not count as an early one of the next step.
        while late := sum(not one.first for one in everyone):
            print(f"step {step + 1}: {late} browsers were sent nothing within {time.perf_counter() - pressed:.1f} s")
            await asyncio.sleep(0.2)
        firsts += [one.first - pressed for one in everyone]
        lasts += [one.last - pressed for one in everyone]
    return {
        "teacher's own screen, last byte": own,
        "browsers, first byte": firsts,
        "browsers, last byte": lasts,
        "a step lasts": [(time.perf_counter() - began) / steps],
    }


async def _main(request: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as directory:
        folder = Path(directory)
        teacher = Teacher(folder)
        try:
            await _until_still([teacher.seen])
            teacher.press("n")
            recorded = folder / "tui-nn" / "lessons"
            while not list(recorded.glob("*.toml")):
                await asyncio.sleep(0.1)
            (path,) = recorded.glob("*.toml")
            with serving(folder, str(path), "--follow", "--most", str(request.browsers)) as server:
                await _measure(server, teacher, request)
        finally:
            teacher.end()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--browsers", type=int, default=40)
    parser.add_argument("--pages", type=int, default=2)
    parser.add_argument("--steps", type=int, default=30)
    parser.add_argument("--idle", type=float, default=20.0)
    asyncio.run(_main(parser.parse_args()))


if __name__ == "__main__":
    main()
