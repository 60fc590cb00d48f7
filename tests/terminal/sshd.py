"""A real sshd on loopback, with keys of its own, and ssh clients in terminals of their own."""

import getpass
import os
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.terminal.program import PATIENCE_SECONDS, Program, running

SSHD = "/usr/sbin/sshd"
TUI_NN = (sys.executable, "-m", "tui_nn")

_CONFIG = """\
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host_key
AuthorizedKeysFile {folder}/user_key.pub
PidFile {folder}/sshd.pid
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin yes
SetEnv {environment}
"""


class Server:
    """A running sshd."""

    def __init__(self, folder: Path, port: int) -> None:
        self._folder = folder
        self.port = port

    def command(self, *words: str, options: Sequence[str] = ("-t",)) -> tuple[str, ...]:
        """An ssh client that logs in and runs ``words``; whatever the server forces upon it."""
        given = ("StrictHostKeyChecking=no", f"UserKnownHostsFile={self._folder}/known_hosts", "LogLevel=ERROR")
        settings = [part for option in given for part in ("-o", option)]
        own = ("-F", "none", "-i", f"{self._folder}/user_key", "-p", str(self.port))
        return ("ssh", *own, *settings, *options, f"{getpass.getuser()}@127.0.0.1", *words)

    @contextmanager
    def logged_in(self, *words: str, size: tuple[int, int] = (120, 40)) -> Iterator[Program]:
        """A client in a terminal of its own."""
        with running(self.command(*words), size) as client:
            yield client

    def answer(self, *words: str, options: Sequence[str] = ()) -> "subprocess.CompletedProcess[str]":
        """What a client without a terminal gets."""
        return subprocess.run(
            self.command(*words, options=options),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )


def dashboard(*arguments: object) -> str:
    """``tui-nn`` as one would type it there."""
    return shlex.join((*TUI_NN, *map(str, arguments)))


@contextmanager
def sshd(folder: Path, *settings: str) -> Iterator[Server]:
    """An sshd with further ``settings``, as long as it is needed."""
    folder.mkdir()
    for name in ("host_key", "user_key"):
        subprocess.run(("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name), check=True)
    port = _free_port()
    set_there = {"XDG_STATE_HOME": os.environ["XDG_STATE_HOME"], "LC_ALL": "C.UTF-8", "COLORTERM": "truecolor"}
    # Where the package is not installed, but found by a path.
    set_there |= {name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ}
    environment = " ".join(f'"{name}={value}"' for name, value in set_there.items())
    config = folder / "sshd_config"
    text = _CONFIG.format(port=port, folder=folder, environment=environment) + "\n".join(settings) + "\n"
    config.write_text(text, encoding="utf-8")
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen((SSHD, "-D", "-e", "-f", config), stdin=subprocess.DEVNULL, stderr=log)
        try:
            _until_it_listens(process, port, folder / "log")
            yield Server(folder, port)
        finally:
            process.terminate()
            process.wait()


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _until_it_listens(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        assert process.poll() is None, log.read_text(encoding="utf-8")
        assert time.monotonic() < deadline, log.read_text(encoding="utf-8")
        with socket.socket() as asking:
            asking.settimeout(1.0)
            if asking.connect_ex(("127.0.0.1", port)) == 0:
                return
