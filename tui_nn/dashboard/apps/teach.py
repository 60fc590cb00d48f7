"""A lesson that is being taught here: opened, saved, shared, replayed, left."""

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.app import App
from textual.binding import BindingType

from tui_nn.dashboard.apps.base import Following
from tui_nn.dashboard.features.command_palette import Entry
from tui_nn.dashboard.features.files import (
    ask_about_changes,
    ask_what_became,
    ask_where_to_save,
    ask_where_to_save_fresh,
)
from tui_nn.dashboard.features.runs import BranchingApp
from tui_nn.dashboard.screens.commands import EVERYWHERE, HANDING, MOVING, RUNS, SEEING, TEACHING, bindings_of
from tui_nn.dashboard.view_model.builder import ViewBuilder
from tui_nn.session.state import PANES
from tui_nn.session.storage import bundled_lessons, library
from tui_nn.session.storage.library import Recording
from tui_nn.session.storage.session_file import SessionError, title_of
from tui_nn.session.tables.column_selection import EVERYTHING, TableSelection
from tui_nn.session.teaching_session import TeachingSession

_REMARK_SECONDS = 10


class TeachApp(BranchingApp):
    """A lesson that is taught here. ``unfinished`` are lessons that broke off, the newest of which is offered."""

    COMMANDS_OF: ClassVar[tuple[str, ...]] = (MOVING, SEEING, TEACHING, RUNS, HANDING, EVERYWHERE)
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(*COMMANDS_OF)

    def __init__(self, desk: TeachingSession, unfinished: Iterable[Recording] = ()) -> None:
        super().__init__(desk)
        self._unfinished = list(unfinished)
        self._comes_back = False

    def on_mount(self) -> None:
        """Says where the lesson is recorded, if not where the user wanted; offers to resume an interrupted lesson."""
        if remark := library.remark():
            self.notify(remark, severity="warning", timeout=_REMARK_SECONDS, markup=False)
        if self._unfinished:
            ask_what_became(self, self._unfinished, self._go_on_with)

    def on_unmount(self) -> None:
        """Lets others record in the file, unless the lesson comes back."""
        if not self._comes_back:
            self._desk.close()

    @property
    def is_changed(self) -> bool:
        """Whether there are edits that are in no file of the user's."""
        return self._desk.is_changed

    @property
    def file_name(self) -> str:
        """What a lesson without a title is called."""
        return self._desk.name

    def finish_typing(self) -> bool:
        """Takes what is still being typed into a table; False where that can't be."""
        return self.lesson_screen.may_leave()

    def action_open(self) -> None:
        """Asks for a lesson, and about changes to this one."""
        if self.finish_typing():
            ask_about_changes(self, self._desk, self._ask_what_to_open)

    def _ask_what_to_open(self) -> None:
        from tui_nn.dashboard.dialogs.questions import OpenLessonDialog

        self.push_screen(OpenLessonDialog(), self._open_chosen)

    def _open_chosen(self, chosen: tuple[Path, TableSelection] | None) -> None:
        if chosen:
            self._open(*chosen)

    def _open_instead(self, path: Path) -> None:
        if self.finish_typing():
            ask_about_changes(self, self._desk, partial(self._open, path))

    def _open(self, path: Path, choice: TableSelection = EVERYTHING) -> None:
        if self._desk.is_recorded_in(path):
            self.notify("That is the lesson that you are teaching.", markup=False)
            return
        try:
            desk = TeachingSession.opened(path, choice)
        except SessionError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        self.pause()
        self._desk.end()
        if desk:
            self._take(desk)
        else:
            self.exit(partial(_follow, path))

    def _take(self, desk: TeachingSession) -> None:
        self._desk = desk
        self._numbers = ViewBuilder(self._runner, self.notation)
        self.show_from_the_start()
        self.train()

    def show_from_the_start(self) -> None:
        """The keys go to the pane that had them when the lesson broke off."""
        super().show_from_the_start()
        self.say_how_it_was_read(self._desk.lesson)
        # A chart that is asked for is in sight without them, until one walks along its curve.
        is_seen_only = self.state.pane == "cost" and not self.state.pointed
        if self.state.pane != PANES[0] and not is_seen_only:
            self.lesson_screen.set_focus(self.lesson_screen.query_one(f"#{self.state.pane}"))

    def _go_on_with(self, recording: Recording) -> None:
        self._open(recording.path)

    def action_save(self) -> None:
        """Asks for a file, and goes on recording there."""
        if self.finish_typing():
            ask_where_to_save(self, self._desk, self.show)

    def action_save_fresh(self) -> None:
        """Asks for a file for the lesson as it stands."""
        if self.finish_typing():
            ask_where_to_save_fresh(self, self._desk)

    def action_share(self) -> None:
        """Lets the class follow."""
        from tui_nn.dashboard.features.sharing import share

        if self.finish_typing():
            share(self, self._desk, self.show)

    def action_replay(self) -> None:
        """Replays what has happened so far, and comes back."""
        self.pause()
        self._desk.history.flush()
        if not self._desk.history.count:
            self.notify("Nothing has happened yet that could be replayed.", markup=False)
            return
        # It stays on the desk, and nobody else records in its file meanwhile.
        self._comes_back = True
        self.exit(partial(_replay, self._desk))

    async def action_quit(self) -> None:
        """Leaves, after asking about changes."""
        if self.finish_typing():
            ask_about_changes(self, self._desk, self._quit)

    def _quit(self) -> None:
        self.pause()
        self._desk.end()
        self.exit()

    def palette_entries(self) -> Iterator[Entry]:
        """Every lesson as well."""
        yield from super().palette_entries()
        for name, path in bundled_lessons.bundled().items():
            yield Entry(f"Lesson: {name}", title_of(path), partial(self._open_instead, path))


def _follow(path: Path) -> App[Following]:
    from tui_nn.dashboard.apps.follow import FollowApp

    return FollowApp.opened(path, because_recorded=True)


def _replay(desk: TeachingSession) -> App[Following]:
    from tui_nn.dashboard.apps.replay import ReplayApp

    return ReplayApp(desk.history.as_lesson, Path(desk.name), back=lambda: TeachApp(desk))
