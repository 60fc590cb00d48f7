"""The bytes of a step against those of a screen of Static widgets that shows the same.

Run it from the root of the checkout, with the package installed::

    python -m tests.bench.static [--steps N] [--size 80x24]

The frames are taken from the dashboard: its lines with their colours, step by step. The other screen has a `Static` for
each of its parts (the header, the tabs, the panes' lines, the timeline, the keys) and updates, at a key, those whose
text or colours changed. Both run in a pty, in the same process after process, at the same keys. Exits with 1 where the
dashboard sends more than half the bytes at 80×24.
"""

import argparse
import asyncio
import pickle
import statistics
import sys
import tempfile
from pathlib import Path
from unittest.mock import patch

from textual import constants

from tests.bench.screen import Terminal
from tests.dashboard.stage import opened
from tests.emulator import Cell, Emulator

_MOST_PART = 0.5
_STATIC = """
import pickle, sys
from rich.text import Text
from textual.app import App
from textual.widgets import Static

with open(sys.argv[1], "rb") as file:
    frames = pickle.load(file)

class Statics(App):
    CSS = "Static { width: 100%; height: auto; } #part2 { height: 1fr; }"

    def compose(self):
        self.at = 0
        for number, lines in enumerate(frames[0]):
            yield Static(self.text(lines), id=f"part{number}")

    @staticmethod
    def text(lines):
        return Text("\\n").join(Text.assemble(*line) for line in lines)

    def on_key(self, event):
        before, self.at = frames[self.at], min(self.at + 1, len(frames) - 1)
        for number, (old, new) in enumerate(zip(before, frames[self.at])):
            if old != new:
                self.query_one(f"#part{number}", Static).update(self.text(new))

Statics().run()
"""

Line = list[tuple[str, str]]
Frame = list[list[Line]]


def _styled(cells: list[Cell]) -> Line:
    """A line of cells as texts with rich's styles."""
    line: Line = []
    for cell in cells:
        colours = [f"#{cell.foreground}" if cell.foreground != "default" else ""]
        colours += [f"on #{cell.background}" if cell.background != "default" else ""]
        looks = [name for name in ("bold", "italic") if getattr(cell, name)]
        looks += ["underline"] if cell.underlined else []
        looks += ["reverse"] if cell.reversed else []
        style = " ".join(part for part in (*looks, *colours) if part)
        if line and line[-1][1] == style:
            line[-1] = (line[-1][0] + cell.char, style)
        else:
            line.append((cell.char, style))
    return line


def _parts(terminal: Emulator) -> Frame:
    lines = [_styled(cells) for cells in terminal.cells]
    return [lines[:1], lines[1:2], lines[2:-2], lines[-2:-1], lines[-1:]]


async def _frames(steps: int, size: tuple[int, int]) -> list[Frame]:
    with patch.object(constants, "COLOR_SYSTEM", "truecolor"):
        return await _frames_of(steps, size)


async def _frames_of(steps: int, size: tuple[int, int]) -> list[Frame]:
    async with opened(size=size) as stage:
        frames = [_parts(stage.terminal)]
        for _ in range(steps):
            await stage.press("n")
            frames.append(_parts(stage.terminal))
        return frames


def _bytes(command: tuple[str, ...], word: bytes, steps: int, size: tuple[int, int], state: Path) -> list[int]:
    terminal = Terminal(command, state, size)
    terminal.until(word)
    while terminal.press("")[0]:
        pass
    counts = [terminal.press("n")[0] for _ in range(steps)]
    terminal.close()
    return counts


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, default=50)
    parser.add_argument("--size", default="80x24")
    request = parser.parse_args()
    columns, lines = map(int, request.size.split("x"))
    with tempfile.TemporaryDirectory() as directory:
        here = Path(directory)
        frames = asyncio.run(_frames(request.steps, (columns, lines)))
        (here / "frames").write_bytes(pickle.dumps(frames))
        ours = (sys.executable, "-m", "tui_nn", "lecture")
        theirs = (sys.executable, "-c", _STATIC, str(here / "frames"))
        medians = {}
        for name, command in (("Static widgets", theirs), ("the dashboard", ours)):
            counts = _bytes(command, b"help", request.steps, (columns, lines), here / name)
            medians[name] = statistics.median(counts)
            print(f"{name}: {medians[name]:.0f} bytes a step (from {min(counts)} to {max(counts)})")
    part = medians["the dashboard"] / medians["Static widgets"]
    print(f"at {request.size}: {part:.2f} of the bytes")
    return 1 if part > _MOST_PART else 0


if __name__ == "__main__":
    sys.exit(main())
