"""``python -m tui_nn.painting LANGUAGE NUMBER LESSON``: a painter beside a teacher."""

import asyncio
import sys
from pathlib import Path

from tui_nn.languages import speak_in

assert sys.platform == "linux"  # noqa: S101 - tells mypy not to check this elsewhere


def main() -> None:
    """Paints until the teacher's program ends."""
    language, number, lesson = sys.argv[1:]
    speak_in(language)
    # They ask for sentences while Python imports them.
    from tui_nn.painting.painter import paint
    from tui_nn.system import processes

    # Usually a process may have 1 024 connections at most, unless it asks for more.
    processes.allow_many_files()
    with processes.low_priority():
        asyncio.run(paint(Path(lesson), int(number)))


if __name__ == "__main__":
    main()
