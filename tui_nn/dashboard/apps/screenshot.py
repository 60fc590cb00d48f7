"""The screen as a picture, without a terminal."""

import asyncio
from typing import ClassVar

from tui_nn.dashboard.apps.base import LessonApp
from tui_nn.dashboard.features.controller import Status
from tui_nn.session.state import State
from tui_nn.session.viewer_session import ViewerSession


class _Screenshot(LessonApp):
    """A lesson that stands still."""

    # What has no terminal has no colours either that would have to be kept to.
    colours: ClassVar[str] = "textual-dark"

    def __init__(self, state: State) -> None:
        super().__init__()
        session = ViewerSession(state)
        self.lesson.open(session)
        banner = "".join(f"Note: {note}" for note in state.notes_here[-1:])
        self._status = Status(speed=state.speed, banner=banner, given=session.given)
        self.compose_of(self.navigation, *self.basic_features)

    def status(self) -> Status:
        """Nothing but the lesson, as its teacher sees it."""
        return self._status


def picture_of(state: State, columns: int, lines: int) -> str:
    """The screen on which the lesson stands so, as SVG, on so many columns and lines."""
    return asyncio.run(_taken(_Screenshot(state), columns, lines))


async def _taken(app: _Screenshot, columns: int, lines: int) -> str:
    async with app.run_test(size=(columns, lines), notifications=False) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        return app.svg
