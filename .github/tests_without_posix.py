"""Prints the files of ``tests/unit`` that a system without POSIX can run, one per line.

A file is left out if it, or what it imports, needs a module that only POSIX systems have. Standard error says which
files are left out, and why. Any other failed import is an error of the file: it stays in, and pytest reports it.
"""

import importlib
import sys
from pathlib import Path

_POSIX_MODULES = frozenset({"fcntl", "grp", "pty", "pwd", "resource", "termios", "tty", "_curses"})
_ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Returns the exit code: 1 if no file can run."""
    sys.path.insert(0, str(_ROOT))
    can_run = 0
    for path in sorted((_ROOT / "tests" / "unit").glob("test_*.py")):
        missing = _missing_module(f"tests.unit.{path.stem}")
        if missing in _POSIX_MODULES:
            sys.stderr.write(f"left out: {path.name} needs {missing}\n")
        else:
            sys.stdout.write(f"{path.relative_to(_ROOT).as_posix()}\n")
            can_run += 1
    return 0 if can_run else 1


def _missing_module(name: str) -> str | None:
    """The module that is missing when ``name`` is imported; None if none is."""
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as error:
        return error.name
    except Exception:  # noqa: BLE001 - whatever is wrong with the file, pytest reports it
        return None
    return None


sys.exit(main())
