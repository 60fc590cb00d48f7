"""A hundred hostile files: whatever is in them, an answer or one sentence, within 5 seconds and 1 GB.

Run it from the root of the checkout, with the package installed::

    python -m tests.bench.hostile_files [--all] [--only NAME] [--commands train,screen]

Each file is given to three of the commands in turn, or with --all to every one that reads files; the screen is opened
in a pty. Measured are the CPU time and the memory of each process, up to its end or its first screen. Where a file is a
lesson whose training takes long, which whoever asks for it may want, it is up to the sentence that says so; then ctrl+c
has to end it. Exits with 1 where one takes more than 5 s of CPU or 1 GB, ends with a traceback or a signal, or says
more than one sentence.
"""

import argparse
import os
import resource
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

from tests.bench.hostile_texts import LONG, TEXTS
from tests.terminal.program import answered, environment_of, set_size
from tui_nn.cli.slow_notice import SENTENCE

_CPU_SECONDS, _BYTES = 5.0, 2**30
_PATIENCE_SECONDS = 60.0
_SIZE = (120, 40)
_TAKES_LONG = SENTENCE.strip().encode()
COMMANDS = {
    "train": ("train", "FILE"),
    "show": ("show", "FILE", "--iteration", "1"),
    "check": ("check", "FILE"),
    "predict": ("predict", "FILE", "--x", "8", "5"),
    "answers": ("answers", "FILE"),
    "starts": ("starts", "FILE", "--count", "100"),
    "verify": ("verify", "FILE"),
    "export": ("export", "FILE", "--to", "md", "--iteration", "1"),
    "export r": ("export", "FILE", "--to", "r"),
    "share": ("share", "FILE"),
    "sessions": ("sessions", "--recorded"),
    "screen": ("FILE",),
    "replay": ("replay", "FILE"),
    "follow": ("follow", "FILE"),
}
_LONG_COMMANDS = ("starts", "verify")
_ON_THE_SCREEN = ("screen", "replay", "follow")


class Outcome(NamedTuple):
    """How a process ended: its CPU seconds, its most bytes, and what is wrong with that, or ""."""

    cpu: float
    memory: int
    wrong: str
    said: str


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--commands", default=",".join(COMMANDS))
    request = parser.parse_args()
    chosen = request.commands.split(",")
    turns = cycle(chosen)
    worst, failed, ran = Outcome(0.0, 0, "", ""), 0, 0
    for name, make in TEXTS.items():
        commands = chosen if request.all else list(islice(turns, min(3, len(chosen))))
        if request.only not in name:
            continue
        for command, outcome in _tried(name, make, commands):
            ran += 1
            failed += bool(outcome.wrong)
            worst = Outcome(max(worst.cpu, outcome.cpu), max(worst.memory, outcome.memory), "", "")
            verdict = f"WRONG: {outcome.wrong}" if outcome.wrong else ""
            print(
                f"{name:48.48} {command:9} {outcome.cpu:5.2f} s {outcome.memory / 2**20:5.0f} MB  {verdict}"
                f"{outcome.said[:150]}",
                flush=True,
            )
    print(
        f"{len(TEXTS)} files, {ran} runs: at most {worst.cpu:.2f} s and {worst.memory / 2**20:.0f} MB; {failed} wrong"
    )
    return 1 if failed else 0


def _tried(name: str, make: Callable[[], str | bytes], commands: list[str]) -> Iterator[tuple[str, Outcome]]:
    with tempfile.TemporaryDirectory() as directory:
        # The recordings of a user of its own, for the list of what was recorded.
        folder = Path(directory) / "tui-nn" / "lessons"
        folder.mkdir(parents=True)
        path = folder / f"hostile{'.csv' if name.startswith('CSV') else '.toml'}"
        text = make()
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        # What this process holds counts as the other's until that one has begun.
        del text
        for command in commands:
            arguments = [str(path) if word == "FILE" else word for word in COMMANDS[command]]
            environment = environment_of(XDG_STATE_HOME=directory, OPENBLAS_NUM_THREADS="1")
            if command in _ON_THE_SCREEN:
                yield command, _on_the_screen(arguments, environment)
            else:
                yield command, _printing(arguments, environment, may_go_on=name in LONG or command in _LONG_COMMANDS)


def _printing(arguments: list[str], environment: dict[str, str], *, may_go_on: bool) -> Outcome:
    read, write = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-m", "tui_nn", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=write,
        env=environment,
        preexec_fn=_limited,
    )
    os.close(write)
    said, usage = b"", None
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline and select.select([read], [], [], deadline - time.monotonic())[0]:
        part = os.read(read, 65536)
        if not part:
            break
        said += part
        if _TAKES_LONG in said and may_go_on:
            cpu, memory = _used(process.pid)
            process.send_signal(signal.SIGINT)
            code = process.wait()
            os.close(read)
            wrong = "" if code == 130 else f"ctrl+c gave {code}"
            return _judged(cpu, memory, wrong, said)
    os.close(read)
    if time.monotonic() >= deadline:
        process.kill()
    _, status, usage = os.wait4(process.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    process.returncode = code
    wrong = "" if code in (0, 1, 2) else f"exit code {code}"
    return _judged(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, wrong, said)


def _on_the_screen(arguments: list[str], environment: dict[str, str]) -> Outcome:
    user_end, terminal = os.openpty()
    set_size(user_end, _SIZE)
    process = subprocess.Popen(
        [sys.executable, "-m", "tui_nn", *arguments],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env=environment,
        start_new_session=True,
        preexec_fn=_limited,
    )
    os.close(terminal)
    said, deadline = b"", time.monotonic() + _PATIENCE_SECONDS
    while b"help" not in said and time.monotonic() < deadline:
        try:
            part = os.read(user_end, 65536)
        except OSError:
            break
        cpu, memory = _used(process.pid)
        if answer := answered(part):
            os.write(user_end, answer)
        said += part
    is_drawn = b"help" in said
    if is_drawn:
        cpu, memory = _used(process.pid)
    if is_drawn or time.monotonic() >= deadline:
        process.kill()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = code = os.waitstatus_to_exitcode(status)
    os.close(user_end)
    if is_drawn:
        return _judged(cpu, memory, "", b"")
    wrong = "" if code == 2 else f"exit code {code}"
    return _judged(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, wrong, said.replace(b"\r", b""))


def _limited() -> None:
    # Far above what is allowed: it saves the machine, and the measurement says the rest.
    resource.setrlimit(resource.RLIMIT_AS, (8 * _BYTES, 8 * _BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))


def _used(pid: int) -> tuple[float, int]:
    """CPU seconds and the most bytes so far."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except (OSError, IndexError):
        return 0.0, 0
    cpu = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    most = next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0)
    return cpu, most * 1024


def _judged(cpu: float, memory: int, wrong: str, said: bytes) -> Outcome:
    text = said.decode("utf-8", "replace").strip()
    if cpu > _CPU_SECONDS:
        wrong = f"{wrong} {cpu:.1f} s"
    if memory > _BYTES:
        wrong = f"{wrong} {memory / 2**20:.0f} MB"
    lines = [line for line in text.splitlines() if _TAKES_LONG not in line.encode()]
    if "Traceback" in text or len(lines) > 1:
        wrong = f"{wrong} more than a sentence"
    return Outcome(cpu, memory, wrong.strip(), text.replace("\n", " | "))


if __name__ == "__main__":
    sys.exit(main())
