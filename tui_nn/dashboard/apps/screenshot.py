"""The screen as a picture, without a terminal."""

import asyncio
from typing import ClassVar

from textual.binding import BindingType

from tui_nn.dashboard.apps.viewer import ViewerApp
from tui_nn.dashboard.screens.commands import bindings_of
from tui_nn.session.state import State


class _Shown(ViewerApp):
    """A lesson that stands still."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(*ViewerApp.COMMANDS_OF)

    # What has no terminal has no colours either that would have to be kept to.
    colours: ClassVar[str] = "textual-dark"

    @property
    def is_guest(self) -> bool:
        """The picture is that of who teaches it."""
        return False

    @property
    def whereabouts(self) -> list[str]:
        """Nothing but the lesson."""
        return []


def picture_of(state: State, columns: int, lines: int) -> str:
    """The screen on which the lesson stands so, as SVG, on so many columns and lines."""
    return asyncio.run(_taken(_Shown(state), columns, lines))


async def _taken(app: _Shown, columns: int, lines: int) -> str:
    async with app.run_test(size=(columns, lines), notifications=False) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        return app.svg
