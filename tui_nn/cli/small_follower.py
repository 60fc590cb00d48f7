"""Starts `tui-nn follow` as a small program that copies what a painter draws, if there is a painter for the lesson."""

import os
import stat
import sys
from collections.abc import Sequence
from pathlib import Path

from tui_nn import decimal_sign
from tui_nn.cli.language_choice import LANGUAGE_OPTION, language_wanted
from tui_nn.following.protocol import COLOURS, FULL_VARIABLE, SIGNS, socket_path

became_full = False
"""Whether this program has taken the place of a small one, and may become small again."""

_ROOT = Path(__file__).parents[2]
_RUN = (
    f"import sys; sys.path.insert(0, {str(_ROOT)!r}); "
    "from tui_nn.following.copier import main; sys.exit(main(sys.argv[1:]))"
)
_TAKING_A_VALUE = ("--theme", "--signs", LANGUAGE_OPTION)
_UNUSUAL_TERMINALS = ("", "dumb", "unknown", "linux")
_TRUE_COLOURS = ("truecolor", "24bit")
# These say something that only the full program knows how to do.
_OF_FULL_PROGRAM = ("TEXTUAL_DRIVER", "TEXTUAL_COLOR_SYSTEM", "FORCE_COLOR", "TUI_NN_CURSOR")


def follow_small(words: Sequence[str]) -> None:
    """Puts the small program in the place of this one; returns if there is no painter, or if it is not for this user.

    ``words`` are those of the command line, which begin with ``follow``.
    """
    global became_full
    if os.environ.pop(FULL_VARIABLE, ""):
        became_full = True
        return
    if any(map(os.environ.get, _OF_FULL_PROGRAM)):
        return
    lesson, options = _lesson_and_options(words[1:])
    if not lesson or not (os.isatty(0) and os.isatty(1)) or not _has_painter(lesson):
        return
    kind = os.environ.get("TERM", "")
    if kind in _UNUSUAL_TERMINALS or not _has_utf8():
        return
    from tui_nn.system import terminal

    signs = options.get("--signs", os.environ.get("TUI_NN_SIGNS", "")) or SIGNS[0]
    if signs not in SIGNS:
        return
    comma = "--decimal-comma" in options or decimal_sign.is_comma()
    view = (
        str(COLOURS.index(_colours(kind))),
        str(SIGNS.index(signs)),
        str(int(terminal.erases_with_ground())),
        str(int(comma)),
        options.get("--theme", ""),
        language_wanted(words, os.environ),
    )
    full = [sys.executable, "-m", "tui_nn", *words]
    # Without -S, Python looks for modules that a small program does not need.
    os.execv(sys.executable, [sys.executable, "-S", "-c", _RUN, lesson, *view, *full])  # noqa: S606


def _lesson_and_options(words: Sequence[str]) -> tuple[str, dict[str, str]]:
    """The lesson and the options on the command line; no lesson for words that only the full parser understands."""
    options: dict[str, str] = {}
    lessons: list[str] = []
    ahead = iter(words)
    for word in ahead:
        option, is_joined, value = word.partition("=")
        if option in _TAKING_A_VALUE:
            options[option] = value if is_joined else next(ahead, "")
        elif word == "--ascii":
            options["--signs"] = "ascii"
        elif word == "--decimal-comma":
            options[word] = ""
        elif word.startswith("-"):
            return "", {}
        else:
            lessons.append(word)
    return (os.path.realpath(lessons[0]), options) if len(lessons) == 1 else ("", {})


def _has_painter(lesson: str) -> bool:
    try:
        return stat.S_ISSOCK(Path(socket_path(lesson)).stat().st_mode) and Path(lesson).is_file()
    except (OSError, ValueError):
        return False


def _has_utf8() -> bool:
    """Whether the terminal is certain to show UTF-8; the full program finds out what others show."""
    named = [os.environ.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG")]
    # In the C locale, Python itself sets LC_CTYPE to a locale with UTF-8.
    is_pythons_own = not named[0] and named[1] == "C.UTF-8" and named[2] in ("C", "POSIX")
    locale = next(filter(None, named), "UTF-8")
    is_utf8 = locale.lower().replace("-", "").endswith("utf8")
    return is_utf8 and not is_pythons_own and (sys.stdout.encoding or "").lower() == "utf-8"


def _colours(kind: str) -> str:
    """How many colours the terminal has, found out as Rich does."""
    if os.environ.get("NO_COLOR"):
        return "none"
    if os.environ.get("COLORTERM", "").strip().lower() in _TRUE_COLOURS:
        return "truecolor"
    ending = kind.rpartition("-")[2]
    return "256" if ending in ("256color", "kitty") else "standard"
