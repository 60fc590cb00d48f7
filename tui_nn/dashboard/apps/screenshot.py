"""A picture of the screen, made without a terminal."""

import asyncio

from tui_nn.dashboard.apps.unattended import UnattendedApp
from tui_nn.session.state import State


def picture_of(state: State, columns: int, lines: int) -> str:
    """The screen of a lesson in ``state`` as SVG, ``columns`` wide and ``lines`` high."""
    return asyncio.run(_taken(UnattendedApp(state), columns, lines))


async def _taken(app: UnattendedApp, columns: int, lines: int) -> str:
    async with app.run_test(size=(columns, lines), notifications=False) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        return app.svg
