"""Waiting for what a key sets off, without asking every widget and without looking at the clock."""

import asyncio
from typing import Any

from textual.pilot import Pilot


async def until_nothing_is_ready() -> None:
    """Gives way until each task waits for a timer, a thread or a key: no message is under way then."""
    ready = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
    await asyncio.sleep(0)
    while ready:
        await asyncio.sleep(0)


async def no_wait(min_sleep: float = 0, max_sleep: float = 0) -> None:
    """What the pilot does before it looks whether a key was handled, in place of waiting for an idle processor.

    A busy machine and a training lesson never come to that.
    """


async def screen_waits(_: Pilot[Any]) -> bool:
    """What the pilot does after a key, in place of sending a message to each widget and waiting for all of them."""
    await until_nothing_is_ready()
    return True
