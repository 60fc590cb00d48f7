"""Starts `tui-nn follow` as a small program, which copies what a painter draws, or waits until there is a lesson."""

import os
import stat
import sys
from collections.abc import Sequence
from pathlib import Path

from tui_nn import decimal_sign
from tui_nn.cli.language_choice import LANGUAGE_OPTION, choose_language, language_wanted
from tui_nn.following.protocol import COLOURS, FOR_GOOD, FULL_VARIABLE, SIGNS, socket_path
from tui_nn.language import _
from tui_nn.system.own_program import command_of

may_become_small = False
"""Whether a small program could take the place of this one: the user and the terminal need nothing else."""

_ROOT = Path(__file__).parents[2]
_RUN = (
    f"import sys; sys.path.append({str(_ROOT)!r}); "
    "from tui_nn.following.copier import main; sys.exit(main(sys.argv[1:]))"
)
_TAKING_A_VALUE = ("--theme", "--signs", LANGUAGE_OPTION)
_UNUSUAL_TERMINALS = ("", "dumb", "unknown", "linux")
_TRUE_COLOURS = ("truecolor", "24bit")
# These say something that only the full program knows how to do.
_OF_FULL_PROGRAM = ("TEXTUAL_DRIVER", "TEXTUAL_COLOR_SYSTEM", "FORCE_COLOR", "TUI_NN_CURSOR")


def follow_small(words: Sequence[str]) -> None:
    """Puts the small program in the place of this one, if it is for this user, and has to copy or to wait.

    ``words`` are those of the command line, which begin with ``follow``.
    """
    global may_become_small
    takes_over = os.environ.pop(FULL_VARIABLE, "")
    if any(map(os.environ.get, _OF_FULL_PROGRAM)):
        return
    typed, options = _lesson_and_options(words[1:])
    lesson, is_path = os.path.realpath(typed), bool(Path(typed).suffix or len(Path(typed).parts) > 1)
    if not typed or not (os.isatty(0) and os.isatty(1)):
        return
    kind = os.environ.get("TERM", "")
    if kind in _UNUSUAL_TERMINALS or not _has_utf8():
        return
    from tui_nn.system import terminal

    signs = options.get("--signs", os.environ.get("TUI_NN_SIGNS", "")) or SIGNS[0]
    if signs not in SIGNS:
        return
    may_become_small = bool(socket_path(lesson)) and takes_over != FOR_GOOD
    # A name alone is that of a lesson that comes with tui-nn.
    waits = may_become_small and is_path and has_to_wait(Path(lesson))
    if takes_over or not (waits or _has_painter(lesson)):
        return
    choose_language(words)
    says = waiting_message(Path(lesson)) if waits else "", _("Drawing the lesson for your terminal …")
    comma = "--decimal-comma" in options or decimal_sign.is_comma()
    view = (
        str(COLOURS.index(_colours(kind))),
        str(SIGNS.index(signs)),
        str(int(terminal.erases_with_ground())),
        str(int(comma)),
        options.get("--theme", ""),
        language_wanted(words, os.environ),
    )
    # -S: Python ignores installed packages, which a small program does not need; -P: it ignores the current directory.
    small = [sys.executable, "-S", "-P", "-c", _RUN]
    os.execv(sys.executable, [*small, lesson, *says, *view, *command_of("tui_nn.cli"), *words])  # noqa: S606


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
    return (lessons[0], options) if len(lessons) == 1 else ("", {})


def has_to_wait(lesson: Path) -> bool:
    """Whether a student comes too early: the teacher has not saved the lesson yet, or not shared it.

    The key w may make the lesson's folder as well. False where time would not help: where the folder above that one is
    missing too, or where the lesson is a link that leads nowhere.
    """
    # Methods of Path raise where the user may not look.
    has_folder = any(map(os.path.isdir, lesson.parents[:2]))
    is_dead_link = os.path.islink(lesson) and not os.path.exists(lesson)  # noqa: PTH110, PTH114
    return has_folder and not is_dead_link and not os.access(lesson, os.R_OK)


def waiting_message(lesson: Path) -> str:
    """A sentence for who comes before the teacher has saved the lesson, or has shared it."""
    # `printable_path` stands where numpy is imported, which no small program should wait for.
    file = "".join(sign if sign.isprintable() else "�" for sign in str(lesson))
    if os.path.lexists(lesson):
        return _("You may not read {file} yet. Waiting until the teacher shares it; ctrl+c leaves.", file=file)
    if not os.path.isdir(lesson.parent):  # noqa: PTH112 - methods of Path raise where the user may not look
        return _("There is no lesson in {file} yet, nor its folder. Waiting for the teacher; ctrl+c leaves.", file=file)
    return _("There is no lesson in {file} yet. Waiting for the teacher; ctrl+c leaves.", file=file)


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
