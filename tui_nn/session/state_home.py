"""Where a program keeps what it goes on with the next time. Source: XDG Base Directory Specification 0.8."""

import os
import pwd
import sys
from pathlib import Path

VARIABLE = "XDG_STATE_HOME"
_USUAL = Path(".local", "state")
_ON_MACOS = Path("Library", "Application Support")


def state_home() -> Path | None:
    """The folder that the user named, or else the system's; None for a user without a home directory."""
    # The specification has paths that are not absolute ignored: they would lead elsewhere from every folder.
    if (named := Path(os.environ.get(VARIABLE, ""))).is_absolute():
        return named
    # A variable: to a type checker, what holds on another system can't be reached.
    system: str = sys.platform
    home = _home()
    return home and home / (_ON_MACOS if system == "darwin" else _USUAL)


def ignored() -> str:
    """What the user wrote in the variable, where it is no absolute path; "" where there is nothing to ignore."""
    named = os.environ.get(VARIABLE, "")
    return "" if Path(named).is_absolute() else named


def _home() -> Path | None:
    if (named := Path(os.environ.get("HOME", ""))).is_absolute():
        return named
    try:
        home = Path(pwd.getpwuid(os.getuid()).pw_dir)
    except KeyError:
        return None
    return home if home.is_absolute() else None
