"""A fork server: starts hundreds of dashboards one after the other, each a process in a terminal of its own.

The server imports tui_nn once and forks for each dashboard, which saves hundreds of imports. As in a shell, each forked
process leads a session of its own.
"""

import contextlib
import fcntl
import json
import os
import select
import signal
import socket
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Sequence

from tests.emulator import Emulator
from tests.terminal.program import PATIENCE_SECONDS, answered, environment_of, set_size

_MOST = 65536
_FRAME_ENDS = b"\x1b[?2026l"


class ForkedDashboard:
    """One dashboard from its start to its end. Keeps each frame that it draws, once the frame's end has come."""

    def __init__(self, pid: int, user_end: int, size: tuple[int, int]) -> None:
        self.pid = pid
        self.screen = Emulator(*size)
        self._user_end = user_end
        self._rest = b""
        self._frames: list[bytes] = []

    @property
    def frames(self) -> int:
        """How many whole frames came since the last `look`."""
        return len(self._frames)

    @property
    def report(self) -> str:
        """What the screen shows, and what came after its last whole frame; for messages of failed tests."""
        *_, screen = [self.screen, *self.look()]
        return f"the screen is\n{screen.text}\nand then came {self._rest.decode(errors='replace')!r}"

    def look(self) -> Iterator[Emulator]:
        """The screen after each frame that came since the last `look`."""
        while self._frames:
            self.screen.write(self._frames.pop(0).decode())
            yield self.screen

    def until(self, condition: Callable[[Emulator], bool]) -> None:
        """Reads until ``condition`` holds for the screen."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not condition(self.screen) and not any(map(condition, self.look())):
            assert time.monotonic() < deadline, f"this did not come about; {self.report}"
            assert self.read(1.0), f"the dashboard has ended; {self.report}"

    def press(self, keys: str) -> None:
        """Presses as many of ``keys`` as the terminal takes at once."""
        with contextlib.suppress(BlockingIOError):
            os.write(self._user_end, keys.encode())

    def read(self, seconds: float) -> bool:
        """Takes what the dashboard draws within so many seconds; False once it has ended."""
        if not select.select([self._user_end], [], [], max(0.0, seconds))[0]:
            return True
        try:
            data = os.read(self._user_end, _MOST)
        except OSError:
            # How Linux says that the other end is closed.
            return False
        if answer := answered(data):
            os.write(self._user_end, answer)
        *frames, self._rest = (self._rest + data).split(_FRAME_ENDS)
        # Each with its end: before that the emulator shows nothing of a frame.
        self._frames += [frame + _FRAME_ENDS for frame in frames]
        return bool(data)

    def kill(self) -> None:
        """``kill -9``; then reads everything that the dashboard wrote before."""
        os.kill(self.pid, signal.SIGKILL)
        while self.read(PATIENCE_SECONDS):
            pass

    def close(self) -> None:
        os.close(self._user_end)


class ForkServer:
    """The test's end of the connection to the server."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    @contextlib.contextmanager
    def start(self, arguments: Sequence[str], size: tuple[int, int]) -> Iterator[ForkedDashboard]:
        """``tui-nn`` with ``arguments`` in a terminal of its own."""
        user_end, terminal = os.openpty()
        os.set_blocking(user_end, False)
        set_size(user_end, size)
        request = json.dumps({"arguments": arguments, "environment": environment_of()})
        socket.send_fds(self._connection, [request.encode()], [terminal])
        os.close(terminal)
        dashboard = ForkedDashboard(int(self._connection.recv(_MOST)), user_end, size)
        try:
            yield dashboard
        finally:
            dashboard.close()


@contextlib.contextmanager
def fork_server() -> Iterator[ForkServer]:
    """A running fork server, which ends with the context."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, theirs:
        process = subprocess.Popen([sys.executable, "-m", __name__], stdin=theirs.fileno(), env=environment_of())
        theirs.close()
        try:
            yield ForkServer(ours)
        finally:
            ours.close()
            process.wait()


def _serve(connection: socket.socket) -> int:
    """Forks a dashboard for each request, until the test closes the connection."""
    # Imported here, once, for all the children.
    import plotext  # noqa: F401

    import tui_nn.dashboard.apps.launch  # noqa: F401
    from tui_nn import cli

    # The server waits for no child: the test sees in the terminal that one has ended.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        message, (*terminals,), _, _ = socket.recv_fds(connection, _MOST, 1)
        if not message:
            return 0
        pid = os.fork()
        if not pid:
            request = json.loads(message)
            connection.detach()
            _move_to(terminals[0], request["environment"])
            os._exit(cli.main(request["arguments"]))
        connection.send(str(pid).encode())
        os.close(terminals[0])


def _move_to(terminal: int, environment: dict[str, str]) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    for stream in (0, 1, 2):
        os.dup2(terminal, stream)
    os.close(terminal)
    os.environ.clear()
    os.environ.update(environment)


if __name__ == "__main__":
    sys.exit(_serve(socket.socket(fileno=0)))
