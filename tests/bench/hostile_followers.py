"""What followers that mean ill do to a teacher and a class: each kind alone, beside the same class left in peace.

Run it from the root of the checkout, with the package installed::

    python -m tests.bench.hostile_followers [--followers N] [--steps N]

A teacher takes a step a second, and some followers copy what the painters draw. Meanwhile somebody connects 10 000
times, sends rubbish, never reads, or asks for 1 000 sizes a second; or both painters are killed every six seconds, at
any moment of their work. The bench prints the delays of the others. Exits with 1 where a follower shows something else
in the end than one that has just come.
"""

import argparse
import contextlib
import os
import random
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

from tests.bench.follow import COMMAND, SEATS, Room, Seat, painters_of, print_row, shared
from tests.emulator import Emulator
from tui_nn.following.protocol import MESSAGE_BYTES, SeatView, socket_path, view_message

_VIEW = SeatView(100, 30, 3, 0, erases=True, comma=False, theme="", language="en")
_CONNECTIONS, _SIZES_A_SECOND, _DEAF = 10_000, 1_000, 200
_SECONDS_BETWEEN_KILLS = 6.0
_PATIENCE_SECONDS = 20.0
_RANDOM = random.Random(1)  # noqa: S311 - no secret

Attack = Callable[[Path, Event], None]
"""Attacks the painter of a lesson until the event is set."""


def _connect(path: Path, painter: int = 0) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    connection.settimeout(1.0)
    connection.connect(socket_path(str(path), painter))
    return connection


def _peace(_path: Path, stop: Event) -> None:
    stop.wait()


def _crowd(path: Path, stop: Event) -> None:
    """Connects as often as it can, 10 000 times at least, and holds 900 connections."""
    count, held = 0, []
    while not stop.is_set() or count < _CONNECTIONS:
        with contextlib.suppress(OSError):
            held.append(_connect(path))
            count += 1
        if len(held) > 900:
            for one in held:
                one.close()
            held.clear()
    print(f"  ({count} connections)")


def _rubbish(path: Path, stop: Event) -> None:
    count = 0
    while not stop.is_set():
        with contextlib.suppress(OSError), _connect(path) as connection:
            connection.send(os.urandom(_RANDOM.choice((1, MESSAGE_BYTES, 50_000))))
            count += 1
    print(f"  ({count} messages)")


def _deaf(path: Path, stop: Event) -> None:
    connections = [_connect(path, number % 2) for number in range(_DEAF)]
    for number, connection in enumerate(connections):
        size, _theme = SEATS[number % len(SEATS)]
        connection.send(view_message(_VIEW._replace(columns=size[0], lines=size[1]), here=True))
    stop.wait()
    for connection in connections:
        connection.close()


def _restless(path: Path, stop: Event) -> None:
    connection, count, began = _connect(path, 1), 0, time.monotonic()
    while not stop.is_set():
        view = _VIEW._replace(columns=_RANDOM.randint(40, 300), lines=_RANDOM.randint(10, 90))
        with contextlib.suppress(OSError):
            connection.send(view_message(view))
            count += 1
        time.sleep(max(0.0, began + count / _SIZES_A_SECOND - time.monotonic()))
    connection.close()
    print(f"  ({count} sizes)")


def _killer(path: Path, stop: Event) -> None:
    count = 0
    while not stop.wait(_SECONDS_BETWEEN_KILLS + _RANDOM.uniform(0, 0.3)):
        for painter in painters_of(path):
            os.kill(painter, signal.SIGKILL)
            count += 1
    print(f"  ({count} kills)")


_ATTACKS: dict[str, Attack] = {
    "peace": _peace,
    "10 000 connections": _crowd,
    "rubbish": _rubbish,
    f"{_DEAF} that never read": _deaf,
    "1 000 sizes a second": _restless,
    "painters killed every six seconds": _killer,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--followers", type=int, default=30)
    parser.add_argument("--steps", type=int, default=15)
    parser.add_argument("--only", default="", help="the attacks whose names have this in them")
    request = parser.parse_args()
    room, all_alike = Room(keeps_content=True), True
    with tempfile.TemporaryDirectory() as directory, contextlib.closing(room):
        teacher = room.seat(*COMMAND, "lecture", state=Path(directory))
        room.until_still([teacher])
        teacher.press("n")
        room.read(1.0)
        path = shared(room, teacher, Path(directory))
        followers = _followers(room, path, request.followers)
        for name, attack in ((name, attack) for name, attack in _ATTACKS.items() if request.only in name):
            print(name)
            all_alike &= _attacked(room, path, teacher, followers, attack, request.steps)
    return 0 if all_alike else 1


def _followers(room: Room, path: Path, count: int) -> list[Seat]:
    found = []
    for number in range(count):
        size, theme = SEATS[number % len(SEATS)]
        found.append(room.seat(*COMMAND, "follow", str(path), "--theme", theme, state=path.parent, size=size))
    room.until_still(found)
    return found


def _attacked(room: Room, path: Path, teacher: Seat, followers: list[Seat], attack: Attack, steps: int) -> bool:
    """Prints the delays during an attack; whether all followers show the right thing in the end."""
    stop = Event()
    attacker = Thread(target=attack, args=(path, stop))
    attacker.start()
    room.read(1.0)
    teachers: list[float] = []
    lasts: list[float] = []
    late = 0
    began = time.perf_counter()
    for step in range(steps):
        pressed = room.press_and_read(teacher, "n", began + step + 1)
        teachers.append(teacher.last - pressed)
        lasts += [seat.last - pressed for seat in followers if seat.first]
        late += sum(not seat.first for seat in followers)
    stop.set()
    attacker.join()
    newcomers = _followers(room, path, len(SEATS))
    ended, is_alike = time.perf_counter(), False
    while not is_alike and time.perf_counter() < ended + _PATIENCE_SECONDS:
        room.read(0.5)
        is_alike = all(
            _shown(seat, number) == _shown(newcomers[number % len(SEATS)], number)
            for number, seat in enumerate(followers)
        )
    after = time.perf_counter() - ended
    for newcomer in newcomers:
        room.leave(newcomer)
    print_row("teacher's own screen, last byte", teachers)
    print_row("followers' screens, last byte", lasts)
    print(f"  frames later than a second: {late} of {steps * len(followers)}")
    print(f"  all show the same: {is_alike}, after {after:.1f} s", flush=True)
    return is_alike


def _shown(seat: Seat, number: int) -> object:
    size, _theme = SEATS[number % len(SEATS)]
    screen = Emulator(*size)
    screen.write(seat.content.decode("utf-8", "replace"))
    return screen.cells


if __name__ == "__main__":
    sys.exit(main())
