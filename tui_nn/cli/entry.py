"""The one command line. It imports the dashboard only when a screen is wanted, and what prints only when it is not."""

import argparse
import contextlib
import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from time import sleep

from tui_nn.cli import terminal_watch
from tui_nn.cli.arguments import of_command, of_opening
from tui_nn.handouts.output import to_standard_error
from tui_nn.session.state import State
from tui_nn.session.storage import bundled_lessons
from tui_nn.session.storage.session_file import SessionError, shown
from tui_nn.session.validation import short
from tui_nn.writing.notation.encoding import notation_of
from tui_nn.writing.notation.signs import ASCII, Notation

_WAIT_SECONDS = 0.5
_NICENESS = 5
_AUTOGROUP = Path("/proc/self/autogroup")
_WITHOUT_ONE = "tui-nn train, show and check print without one"
_PRINTING = ("train", "show", "predict", "check", "starts", "verify", "answers", "share", "sessions")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; gives its exit code: 0, 1 for a check that failed, 2 for a request that can't be met."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if words and words[0] in _COMMANDS:
            return _COMMANDS[words[0]](of_command(words))
        return _open(of_opening(words))
    except SessionError as error:
        to_standard_error(str(error))
        return 2
    except KeyboardInterrupt:
        return 130


def _open(request: argparse.Namespace) -> int:
    path = bundled_lessons.find(request.file)
    _check_terminal()
    _leave_the_garbage()
    from tui_nn.dashboard.apps.launch import teach, use

    use(_notation(request), request.theme)
    return teach(path, request.choice)


def _replay(request: argparse.Namespace) -> int:
    path = bundled_lessons.find(request.file)
    _check_terminal()
    _leave_the_garbage()
    from tui_nn.dashboard.apps.launch import replay, use

    use(_notation(request), request.theme)
    return replay(path, request.speed, request.mark)


def _follow(request: argparse.Namespace) -> int:
    path = bundled_lessons.find(request.file)
    _check_terminal()
    with _giving_way():
        _wait_for(path)
        from tui_nn.session.storage.sharing import refuse_a_table

        refuse_a_table(path)
        _leave_the_garbage()
        from tui_nn.dashboard.apps.launch import follow, use

        use(_notation(request), request.theme)
        return follow(path)


def _leave_the_garbage() -> None:
    # The garbage collector takes a tenth of the time to the first screen, and frees next to nothing there.
    # The app enables it again once that screen is shown.
    gc.disable()


@contextlib.contextmanager
def _without_garbage_collector() -> Iterator[None]:
    """Disables the garbage collector, which takes a third of the time for reading a log of 100 000 events."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextlib.contextmanager
def _giving_way() -> Iterator[None]:
    """Lets others on this machine go first: a class must not keep the teacher's keys waiting."""
    os.nice(_NICENESS)
    # Linux may weigh terminals against each other, and then a process's own niceness counts in its terminal alone.
    with contextlib.suppress(OSError):
        _AUTOGROUP.write_text(str(_NICENESS), encoding="ascii")
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            _AUTOGROUP.write_text("0", encoding="ascii")


def _wait_for(path: Path) -> None:
    """Comes back when there is a file in the folder: whoever follows may be there before the teacher is."""
    if os.path.lexists(path) or not os.path.isdir(path.parent):  # noqa: PTH112 - Path.is_dir raises where it may not look
        return
    sys.stdout.write(f"There is no lesson in {shown(path)} yet. Waiting for the teacher; ctrl+c leaves.\n")
    sys.stdout.flush()
    while not os.path.lexists(path):
        sleep(_WAIT_SECONDS)


def _check_terminal() -> None:
    """Ends the program once its terminal is gone. Raises `SessionError` if no terminal can show the dashboard."""
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        raise SessionError(f"the dashboard needs a terminal for input and output; {_WITHOUT_ONE}")
    kind = os.environ.get("TERM", "")
    if not kind:
        raise SessionError(f"TERM is not set; set it to what your terminal is, such as TERM=xterm; {_WITHOUT_ONE}")
    if not _can_place_the_cursor(kind):
        why = "the dashboard needs a terminal that can write anywhere on its screen"
        raise SessionError(f"{why}; TERM says that yours is of the kind {short(kind)}; {_WITHOUT_ONE}")
    terminal_watch.exit_when_gone(sys.stdin.fileno(), sys.stdout.fileno())


def _can_place_the_cursor(kind: str) -> bool:
    """Whether a terminal of this kind can move its cursor; True for kinds that this machine does not know."""
    if kind in ("dumb", "unknown"):
        return False
    try:
        import curses

        curses.setupterm(kind, sys.stdout.fileno())
        return (curses.tigetstr("cup") or b"").startswith(b"\x1b[")
    except (ImportError, curses.error):
        # Over SSH, the remote machine often lacks the description of a new terminal.
        return True


def _notation(request: argparse.Namespace) -> Notation:
    """ASCII's signs where they are asked for, where the locale has no others, or where the console has no glyphs."""
    return ASCII if request.ascii or os.environ.get("TERM") == "linux" else notation_of(sys.stdout)


def _print(command: str, request: argparse.Namespace) -> int:
    from tui_nn.cli import printing_commands
    from tui_nn.cli.slow_notice import slow_notice

    if sys.stdout is not None and sys.stdout.isatty():
        # A user whose terminal is gone cannot see the answer: the command stops computing.
        terminal_watch.exit_when_gone(sys.stdout.fileno())
    with _without_garbage_collector(), slow_notice():
        return printing_commands.COMMANDS[command](request)


def _export(request: argparse.Namespace) -> int:
    from tui_nn.cli import printing_commands
    from tui_nn.cli.slow_notice import slow_notice

    def picture_of(state: State) -> str:
        from tui_nn.dashboard.apps.screenshot import picture_of

        return picture_of(state, *request.size)

    with _without_garbage_collector(), slow_notice():
        return printing_commands.export(request, picture_of)


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    **{name: partial(_print, name) for name in _PRINTING},
    "export": _export,
    "replay": _replay,
    "follow": _follow,
}
