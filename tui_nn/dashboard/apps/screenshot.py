"""A picture of the screen, made without a terminal."""

import asyncio
from typing import ClassVar

from tui_nn.dashboard.apps.base import LessonApp
from tui_nn.dashboard.features.controller import Status
from tui_nn.session.state import State
from tui_nn.session.viewer_session import ViewerSession


class _Screenshot(LessonApp):
    """A lesson that stands still."""

    # There is no terminal whose colours the theme would have to suit.
    colours: ClassVar[str] = "textual-dark"

    def __init__(self, state: State) -> None:
        super().__init__()
        self._session = ViewerSession(state)
        self.lesson.open(self._session)
        self.compose_of(self.navigation, *self.basic_features)

    def status(self) -> Status:
        """Nothing but the lesson, as its teacher sees it; the last note of the step, while that is out of sight."""
        notes = () if self.lesson_screen.shows_step_at(self.state.pane) else self.state.notes_here[-1:]
        banner = "".join(f"Note: {note}" for note in notes)
        return Status(speed=self.state.speed, banner=banner, counted_answers=self._session.answered_numbers)


def picture_of(state: State, columns: int, lines: int) -> str:
    """The screen of a lesson in ``state`` as SVG, ``columns`` wide and ``lines`` high."""
    return asyncio.run(_taken(_Screenshot(state), columns, lines))


async def _taken(app: _Screenshot, columns: int, lines: int) -> str:
    async with app.run_test(size=(columns, lines), notifications=False) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        return app.svg
