"""The process that runs the dashboard for one browser, and what it and the server write to each other.

`tui_nn.dashboard.terminal.browser_driver` says what their packets are.
"""

import asyncio
import contextlib
import json
import os
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

from tui_nn.system import processes
from tui_nn.system.own_program import command_of

_DRIVER = "tui_nn.dashboard.terminal.browser_driver:BrowserDriver"
_READY = b"__GANGLION__\n"
_MOST_IN_A_PACKET = 64 * 2**20
_KEPT_OF_ERRORS = 4096
_PATIENCE_SECONDS = 3.0
_OF_THE_SERVERS_TERMINAL = ("TEXTUAL", "TERM", "COLUMNS", "LINES", "NO_COLOR", "TMUX", "LC_", "LANG", "XDG_STATE_HOME")


class ProgramProcess:
    """A running program."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._errors = b""
        self._listening = asyncio.create_task(self._read_errors())

    @classmethod
    async def start(
        cls, arguments: Sequence[str], size: tuple[int, int], folder: Path, state_folder: Path
    ) -> "ProgramProcess":
        """Starts `tui_nn.web.program` with ``arguments`` in ``folder``. Raises OSError.

        It records lessons in ``state_folder``. It does not have the server's terminal: ctrl+c reaches the server alone.
        """
        process = await asyncio.create_subprocess_exec(
            # Never runs a module of the folder of a browser's uploads.
            *command_of("tui_nn.web.program"),
            *arguments,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            cwd=folder,
            env=_environment(size, state_folder),
            start_new_session=True,
        )
        return cls(process)

    @property
    def exit_code(self) -> int | None:
        """How it ended; None while it runs."""
        return self._process.returncode

    @property
    def ran_out_of_memory(self) -> bool:
        """Whether it has ended because it got no more memory."""
        return b"MemoryError" in self._errors or b"Unable to allocate" in self._errors

    @property
    def last_words(self) -> str:
        """The last line that it wrote to standard error."""
        lines = self._errors.decode(errors="replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip(" │╰╯─╭╮")), "")

    async def packets(self) -> AsyncIterator[tuple[bytes, bytes]]:
        """The letter and the content of each packet, until the program ends. Raises ValueError where it sends none."""
        output = self._process.stdout
        assert output is not None  # noqa: S101 - a pipe, see `start`
        with contextlib.suppress(asyncio.IncompleteReadError):
            await output.readuntil(_READY)
            while True:
                kind, size = await output.readexactly(1), int.from_bytes(await output.readexactly(4), "big")
                if size > _MOST_IN_A_PACKET:
                    raise ValueError(f"a packet of {size} bytes")
                yield kind, await output.readexactly(size)

    async def type(self, text: str) -> None:
        """Sends what the user typed; waits while the program takes nothing."""
        await self._send(b"D", text.encode(errors="replace"))

    async def tell(self, message: dict[str, Any]) -> None:
        """Sends a message."""
        await self._send(b"M", json.dumps(message).encode())

    async def _send(self, kind: bytes, content: bytes) -> None:
        pipe = self._process.stdin
        assert pipe is not None  # noqa: S101 - a pipe, see `start`
        # A program that has just ended takes no more.
        with contextlib.suppress(ConnectionError, RuntimeError):
            pipe.write(kind + len(content).to_bytes(4, "big") + content)
            await pipe.drain()

    async def _read_errors(self) -> None:
        errors = self._process.stderr
        assert errors is not None  # noqa: S101 - a pipe, see `start`
        while piece := await errors.read(_KEPT_OF_ERRORS):
            self._errors = (self._errors + piece)[-_KEPT_OF_ERRORS:]

    async def end(self) -> None:
        """Ends the program: asks it, and kills what is left of it and its children. Nobody may read `packets` now."""
        with contextlib.suppress(TimeoutError, asyncio.LimitOverrunError, ValueError):
            async with asyncio.timeout(_PATIENCE_SECONDS):
                if self.exit_code is None:
                    await self.tell({"type": "quit"})
                output = self._process.stdout
                # It can't end while it waits for somebody to read what it draws.
                while output and await output.read(65_536):
                    pass
                await self._process.wait()
        processes.kill_session(self._process.pid)
        await self._process.wait()
        if self._process.stdin:
            self._process.stdin.close()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._listening, _PATIENCE_SECONDS)


def _environment(size: tuple[int, int], state_folder: Path) -> dict[str, str]:
    """The environment of a program: the server's, but the browser's terminal and the browser's folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OF_THE_SERVERS_TERMINAL)}
    columns, lines = size
    return kept | {
        "TEXTUAL_DRIVER": _DRIVER,
        "TEXTUAL_COLOR_SYSTEM": "truecolor",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "COLUMNS": str(columns),
        "ROWS": str(lines),
        "LC_ALL": "C.UTF-8",
        "PYTHONUTF8": "1",
        "XDG_STATE_HOME": str(state_folder),
        # Many programs share this machine; the matrices of a lesson are too small for several threads each.
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }
