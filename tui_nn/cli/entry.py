"""Runs a command. Imports the dashboard only to open a screen, and the printing commands only to print."""

import argparse
import contextlib
import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from time import sleep

from tui_nn import decimal_sign
from tui_nn.cli import small_follower
from tui_nn.cli.arguments import parse_command, parse_opening
from tui_nn.cli.command_table import COMMANDS
from tui_nn.cli.language_choice import LANGUAGE_VARIABLE, language_of_locale
from tui_nn.handouts import FILMS
from tui_nn.handouts.output import to_standard_error
from tui_nn.language import _
from tui_nn.languages import languages
from tui_nn.session.state import State
from tui_nn.session.storage import bundled_lessons
from tui_nn.session.storage.session_file import SessionError
from tui_nn.session.validation import shortened
from tui_nn.system import processes, terminal
from tui_nn.system.own_program import command_of
from tui_nn.writing.notation.encoding import notation_for_stream
from tui_nn.writing.notation.sign_set import SIGNS_VARIABLE, SignSet
from tui_nn.writing.notation.signs import ASCII, Notation

_WAIT_SECONDS = 0.5
_WEB_DRIVER = "textual.drivers.web_driver:WebDriver"
_WITHOUT_ONE = _("tui-nn walk reads a lesson in lines of text, and tui-nn train, show and check print without one")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns its exit code: 0, 1 if a check failed, 2 if it can't do what was asked."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if words and words[0] in _COMMANDS:
            return _COMMANDS[words[0]](_with_choices(parse_command(words)))
        return _open_lesson(_with_choices(parse_opening(words)))
    except SessionError as error:
        to_standard_error(str(error))
        return 2
    except KeyboardInterrupt:
        return 130


def _with_choices(request: argparse.Namespace) -> argparse.Namespace:
    """Puts the signs, the decimal sign and the language that were chosen into the environment, for all code to see.

    Returns ``request``. Raises `SessionError` if the environment names a choice that does not exist.
    """
    choices = (
        ("signs", SIGNS_VARIABLE, tuple(signs.value for signs in SignSet), str),
        ("decimal", decimal_sign.VARIABLE, (decimal_sign.POINT, decimal_sign.COMMA), str),
        ("language", LANGUAGE_VARIABLE, languages(), language_of_locale),
    )
    for option, variable, names, understood in choices:
        typed = getattr(request, option, "") or os.environ.get(variable, "")
        chosen = understood(typed)
        if typed and chosen not in names:
            raise SessionError(
                _(
                    '{variable} must be one of {names}; it is "{value}"',
                    variable=variable,
                    names=", ".join(names),
                    value=shortened(typed),
                )
            )
        if chosen:
            os.environ[variable] = chosen
    return request


def _open_lesson(request: argparse.Namespace) -> int:
    path = bundled_lessons.find(request.file)
    _check_terminal()
    _disable_garbage_collector()
    from tui_nn.dashboard.apps.launch import teach, use

    use(_notation(), request.theme)
    return teach(path, request.selection)


def _replay_lesson(request: argparse.Namespace) -> int:
    path = bundled_lessons.find(request.file)
    _check_terminal()
    _disable_garbage_collector()
    from tui_nn.dashboard.apps.launch import replay, use

    use(_notation(), request.theme)
    shared_as = Path(request.share_as) if request.share_as else None
    return replay(path, request.speed, request.mark, is_shared=request.share, shared_as=shared_as)


def _follow_lesson(request: argparse.Namespace) -> int:
    path = bundled_lessons.find(request.file)
    _check_terminal()
    # A class that follows must not slow down the teacher's keys.
    with processes.low_priority():
        _wait_for_lesson(path)
        from tui_nn.session.storage.sharing import check_no_table

        check_no_table(path)
        _disable_garbage_collector()
        from tui_nn.dashboard.apps.launch import follow, use

        use(_notation(), request.theme)
        small = (*command_of("tui_nn.cli"), *sys.argv[1:]) if small_follower.may_become_small else ()
        return follow(path, small_command=small)


def _disable_garbage_collector() -> None:
    # The garbage collector takes a tenth of the time to the first screen, and frees almost nothing.
    # The app enables it again after the first screen.
    gc.disable()


@contextlib.contextmanager
def _garbage_collector_disabled() -> Iterator[None]:
    """Disables the garbage collector, which takes a third of the time to read a log of 100 000 events."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _wait_for_lesson(path: Path) -> None:
    """Waits as long as the teacher has not saved the lesson, or not shared it."""
    if not small_follower.has_to_wait(path):
        return
    if processes.CAN_PAINT:
        # The small program that was here, and has lost the lesson's file, has handed over the terminal.
        import_module("tui_nn.following.taking_over").give_terminal_back()
    sys.stdout.write(f"{small_follower.waiting_message(path)}\n")
    sys.stdout.flush()
    while small_follower.has_to_wait(path):
        sleep(_WAIT_SECONDS)


def _serve(request: argparse.Namespace) -> int:
    from tui_nn.cli.serve_command import serve

    return serve(request)


def _check_terminal() -> None:
    """Raises `SessionError` if the terminal can't show the dashboard; ends the program once the terminal is gone."""
    if os.environ.get("TEXTUAL_DRIVER") == _WEB_DRIVER:
        # A server of Textual's has started this program, and shows it in a browser: there is no terminal.
        return
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        raise SessionError(
            _(
                "the dashboard needs a terminal for input and output{hint}; {otherwise}",
                hint=terminal.NO_TERMINAL_HINT,
                otherwise=_WITHOUT_ONE,
            )
        )
    if why := terminal.why_no_screen(sys.stdout.fileno()):
        raise SessionError(f"{why}; {_WITHOUT_ONE}")
    terminal.exit_when_gone(sys.stdin.fileno(), sys.stdout.fileno())


def _notation() -> Notation:
    """The notation for the dashboard: ASCII on the Linux console, which lacks our signs, unless the user chose."""
    is_chosen = bool(os.environ.get(SIGNS_VARIABLE))
    return ASCII if terminal.is_bare_console() and not is_chosen else notation_for_stream(sys.stdout)


def _run_printing_command(command: str, request: argparse.Namespace) -> int:
    from tui_nn.cli import printing_commands
    from tui_nn.cli.slow_notice import slow_notice

    if sys.stdout is not None and sys.stdout.isatty():
        # A user whose terminal is gone cannot see the answer: the command stops computing.
        terminal.exit_when_gone(sys.stdout.fileno())
    # Who walks through a lesson takes the time that it takes.
    notice = contextlib.nullcontext() if command == "walk" else slow_notice()
    with _garbage_collector_disabled(), notice:
        return printing_commands.COMMANDS[command](request)


def _export(request: argparse.Namespace) -> int:
    from tui_nn.cli import printing_commands
    from tui_nn.cli.slow_notice import slow_notice

    def picture_of(state: State) -> str:
        from tui_nn.dashboard.apps.screenshot import picture_of

        return picture_of(state, *request.size)

    if request.to in FILMS:
        from tui_nn.cli.film_command import film

        with slow_notice():
            return film(request)
    with _garbage_collector_disabled(), slow_notice():
        return printing_commands.export(request, picture_of)


_NOT_PRINTING: dict[str, Callable[[argparse.Namespace], int]] = {
    "export": _export,
    "replay": _replay_lesson,
    "follow": _follow_lesson,
    "serve": _serve,
}
_COMMANDS = {name: _NOT_PRINTING.get(name) or partial(_run_printing_command, name) for name in COMMANDS}
