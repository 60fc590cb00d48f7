"""Makes the README's picture: ``python docs/picture.py`` writes docs/dashboard.svg."""

import asyncio
import re
from pathlib import Path

from tui_nn.dashboard.app import TuiNN
from tui_nn.session import lessons
from tui_nn.session.file import read

_PICTURE = Path(__file__).with_name("dashboard.svg")
_FONTS = re.compile(r"@font-face \{.*?\}", re.DOTALL)


async def main() -> None:
    """Walks to iteration 37, step δ⁽³⁾, and takes the picture."""
    path = lessons.find(lessons.LECTURE)
    app = TuiNN(read(path), path)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.press("g", *"37 delta3", "enter")
        await pilot.pause()
        # The fonts of whoever looks at it, not some from the network.
        _PICTURE.write_text(_FONTS.sub("", app.export_screenshot()), encoding="utf-8")


asyncio.run(main())
