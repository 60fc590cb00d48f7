"""Small files that lead to another file. Windows lets only some users make links, so these contain the path as text."""

import sys
from pathlib import Path

assert sys.platform == "win32"  # noqa: S101 - tells mypy not to check this anywhere else

_MARK = "# tui-nn: the lesson is in another file, "
_MOST_BYTES = 100_000


def create(link: Path, target: Path) -> None:
    """Makes ``link`` lead to ``target``. Raises OSError."""
    with link.open("x", encoding="utf-8", errors="surrogatepass", newline="\n") as file:
        file.write(f"{_MARK}{target}\n")


def opened_by(path: Path) -> Path:
    """The path by which a program opens what ``path``, perhaps a link, leads to."""
    return target_of(path) or path


def target_of(path: Path) -> Path | None:
    """Where the link at ``path`` leads to; None if it is no link."""
    try:
        with path.open("rb") as file:
            line = file.readline(_MOST_BYTES).decode("utf-8", "surrogatepass")
    except (OSError, UnicodeDecodeError):
        return None
    return Path(line.removeprefix(_MARK).rstrip("\n")) if line.startswith(_MARK) else None
