"""A lesson that is taught in another terminal, followed live."""

import os
from functools import partial
from pathlib import Path
from threading import Event as Flag

from textual import on
from textual.app import App
from textual.message import Message

from tui_nn.dashboard.apps.base import LessonApp, NextApp
from tui_nn.dashboard.features.controller import Status
from tui_nn.dashboard.features.inspecting.runs import Runs
from tui_nn.dashboard.features.watching.viewing import Viewing
from tui_nn.dashboard.screens.commands import LOOKING_AROUND
from tui_nn.following.protocol import socket_path
from tui_nn.language import _
from tui_nn.session.runs.run_cache import RunCache
from tui_nn.session.storage.session_file import Lesson, printable_path, read
from tui_nn.session.storage.tail import Tail, TailUpdate
from tui_nn.session.viewer_session import ViewerSession
from tui_nn.writing.notation.number_format import group_digits

_LOOK_SECONDS = 0.1
_SECONDS_BACK = 8.0


class FollowApp(LessonApp):
    """Follows the lesson in a file that a teacher records; it reads that file and nothing else."""

    is_viewer = True

    class Heard(Message):
        """There is something new in the file."""

        def __init__(self, news: TailUpdate) -> None:
            super().__init__()
            self.news = news

    def __init__(
        self, path: Path, lesson: Lesson, *, because_recorded: bool, listens: bool = True, runs: RunCache | None = None
    ) -> None:
        """Follows the ``lesson`` in ``path``. Unless it ``listens``, somebody else calls `show_news`.

        ``runs`` keeps the lesson's runs, if others in this process follow it as well.
        """
        super().__init__()
        self._listens = listens
        self._small_command: tuple[str, ...] = ()
        self._path = path
        self._lesson = lesson
        self._news: TailUpdate | None = None
        self._stop = Flag()
        self._because_recorded = because_recorded
        self.session = ViewerSession(lesson.state)
        self.lesson.open(self.session, runs)
        self._viewing = Viewing(self.lesson, self.session, self.navigation, self._whereabouts)
        self.compose_of(self.navigation, *self.basic_features, Runs(self.lesson, self.navigation), self._viewing)

    @classmethod
    def opened(cls, path: Path, *, because_recorded: bool = False) -> "FollowApp":
        """Follows the lesson in ``path``. Raises `SessionError` if there is none.

        ``because_recorded`` is true if the user wanted to teach the lesson, which another program does already.
        """
        return cls(path, read(path), because_recorded=because_recorded)

    def become_small_by(self, command: tuple[str, ...]) -> None:
        """Lets ``command`` take the place of this program once its user has been back with the teacher for a while."""
        self._small_command = command

    def _become_small(self) -> None:
        """Exits for the small follower, if there is a painter whose frames it can copy.

        Stays while the user looks around or has a dialog open, and for some seconds after each key.
        """
        if not Path(socket_path(str(self._path))).is_socket():
            return
        is_back = not self.session.is_looking_around and len(self.screen_stack) == 1 and not self.lesson_screen.focused
        if is_back and self._news and self._news.is_taught and self.keys_first.seconds_without_keys > _SECONDS_BACK:
            self.exit(partial(_take_place, self._small_command))

    def status(self) -> Status:
        """Whether there is a teacher, and whether the viewer sees what the teacher sees."""
        return self._viewing.status(printable_path(Path(self._path.stem)))

    @property
    def places(self) -> list[str]:
        """The key contexts, the nearest first: while the viewer looks around, the way back to the teacher."""
        return [LOOKING_AROUND, *super().places] if self.session.is_looking_around else super().places

    def on_mount(self) -> None:
        """Starts the thread that reads what the teacher adds to the file."""
        if self._because_recorded:
            self.notify(_("Another tui-nn records this lesson: here you follow it."), markup=False)
        if self._small_command:
            self.set_interval(_SECONDS_BACK, self._become_small)
        if self._listens:
            # A timer of the screen would cost a hundred terminals ten times as much as a thread that sleeps.
            self.run_worker(self._listen, thread=True, group="follow")

    def on_unmount(self) -> None:
        """Ends that thread."""
        self._stop.set()

    def _listen(self) -> None:
        tail = Tail(self._path, self._lesson)
        while not self._stop.wait(_LOOK_SECONDS):
            if news := tail.look():
                self.post_message(self.Heard(news))

    @on(Heard)
    def show_news(self, message: Heard) -> None:
        """Shows what the teacher has done."""
        self._news = message.news
        self._viewing.show_teachers(message.news.state)

    def _whereabouts(self) -> list[str]:
        """Whether the viewer sees what the teacher sees, and whether there is a teacher."""
        news = self._news
        is_there = news is None or news.is_taught
        parts = [_("Following"), _("you see what the teacher sees")] if is_there else [_("Following")]
        if self.session.is_looking_around:
            teacher = self.session.teacher_state
            step = self.notation.for_network(teacher.document.network).name(teacher.step.name)
            iteration = group_digits(teacher.iteration)
            where = _("the teacher is at iteration {iteration}, {step}", iteration=iteration, step=step)
            parts = [_("Looking around"), _("Esc: back to the teacher"), where]
        if news and news.problem:
            parts.append(news.problem)
        elif news and not news.is_taught:
            parts.append(_absence(news))
        return parts


def _take_place(command: tuple[str, ...]) -> App[NextApp]:
    os.execv(command[0], command)  # noqa: S606 - the command that this program was started with


def _absence(news: TailUpdate) -> str:
    """A sentence about why the lesson does not move on at the moment."""
    if news.last is None:
        return _("the lesson has not begun yet")
    if news.is_ended:
        return _("the teacher has ended the lesson; it goes on here if they do")
    return _("the teacher's program is gone; it goes on here when they are back")
