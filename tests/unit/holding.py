"""Other programs that record in a file: real processes, as locks are the system's."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PROGRAM = """
import json, sys
from pathlib import Path
from tui_nn.session.storage.locked_file import FileInUse, LockedFile
sys.platform = sys.argv[3]
path = Path(sys.argv[1])
try:
    record = LockedFile.resume(path) if sys.argv[2] == "resume" else LockedFile.create(path, "theirs")
except FileInUse:
    print("busy", flush=True)
else:
    print("recording", flush=True)
    for line in sys.stdin:
        record.append(json.loads(line))
        print("appended", flush=True)
"""


class Holder:
    """A process that tried to record in a file: ``answer`` says whether it could.

    It believes to run on the system that this process believes to run on.
    """

    def __init__(self, path: Path, how: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, str(path), how, sys.platform],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.answer = self._read()

    def _read(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline().strip()

    def append(self, text: str) -> None:
        """Has the process append a text."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps(text) + "\n")
        self._process.stdin.flush()
        assert self._read() == "appended"

    def kill(self) -> None:
        """Ends the process as a crash would."""
        self._process.kill()
        self._process.communicate()


@contextmanager
def holder(path: Path, how: str = "resume") -> Iterator[Holder]:
    """A process that records in ``path``, if it can, and is killed in the end."""
    held = Holder(path, how)
    try:
        yield held
    finally:
        held.kill()
