"""Small files that lead to another file."""

import sys
from pathlib import Path

assert sys.platform != "win32"  # noqa: S101 - tells mypy not to check this on Windows


def create(link: Path, target: Path) -> None:
    """Makes ``link`` lead to ``target``. Raises OSError."""
    link.symlink_to(target)


def opened_by(path: Path) -> Path:
    """The path by which a program opens what ``path``, perhaps a link, leads to."""
    return path


def target_of(path: Path) -> Path | None:
    """Where the link at ``path`` leads to; None if it is no link."""
    try:
        return path.readlink()
    except OSError:
        return None
