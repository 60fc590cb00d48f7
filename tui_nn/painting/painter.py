"""Draws a lesson once for each view, and sends what changes to all followers who have that view.

The teacher's program writes a byte to the painter's standard input for each change. When that program has ended, the
input closes: the painter then shows the class that the lesson has ended, or that the teacher's program is gone, and
ends as well. A view is drawn from the moment at which its first follower comes; without followers, nothing is drawn.
"""

import asyncio
import contextlib
import os
import signal
import socket
import stat
import sys
from pathlib import Path

from tui_nn.following.protocol import (
    CHANGES,
    ELSEWHERE,
    LONGEST_FRAME,
    MESSAGE_BYTES,
    REFUSED,
    WHOLE,
    SeatView,
    read_wish,
    socket_path,
)
from tui_nn.painting.follower import Follower
from tui_nn.painting.views import PaintedLesson, PaintedView

assert sys.platform == "linux"  # noqa: S101 - tells mypy not to check this elsewhere

_MOST_FOLLOWERS = 4000
_EXACT_VIEWS = 12
_MOST_VIEWS = 32
_COLUMNS = (60, 80, 100, 120, 140, 160, 200)
_LINES = (20, 24, 30, 36, 40, 50, 60)
_LOOK_SECONDS = 0.5
_SECONDS_TO_ASK = 5.0
_MESSAGES_AT_ONCE = 100
# A window that is dragged asks for many sizes: a follower that goes on asking waits longer each time.
_SECONDS_BETWEEN_VIEWS, _MOST_SECONDS_BETWEEN_VIEWS = 0.2, 5.0
# To begin a view takes as long as to draw twenty frames: a painter begins a dozen at once, and then one in each second.
_SECONDS_OF_A_VIEW = 1.0
_SECONDS_UNSEEN = 30.0
# The time to find out that the teacher's program is gone, and to draw the last pictures.
_MOST_SECONDS_TO_END = 3.0
_SECONDS_BETWEEN_LAST_LOOKS = 0.05
_SENT_BYTES = 2 * LONGEST_FRAME


class Painter:
    """One lesson with its views and its followers.

    There are two painters, each with half of the views: the first, whose ``number`` is 0, sends followers to the other.
    """

    def __init__(self, path: Path, number: int) -> None:
        self._path = path
        self._number = number
        # mypy reads this line on Linux alone.
        from tui_nn.painting.other_painter import OtherPainter

        self._other = None if number else OtherPainter(str(path))
        self._loop = asyncio.get_running_loop()
        self._followers: set[Follower] = set()
        self._views: dict[SeatView, PaintedView] = {}
        self._lesson: PaintedLesson | None = None
        self._ended = asyncio.Event()
        self._ending: asyncio.Task[None] | None = None
        self._drawing = asyncio.create_task(self._draw_news())
        self._may_begin, self._counted_at = float(_EXACT_VIEWS), self._loop.time()
        """How many views may begin now, and when that was counted."""

    async def run(self, nudges: int) -> None:
        """Serves until ``nudges``, a descriptor, is closed at its other end."""
        address = Path(socket_path(str(self._path), self._number))
        listening = _listen(address)
        own = address.lstat()
        try:
            os.set_blocking(nudges, False)
            self._loop.add_reader(nudges, self._nudged, nudges)
            self._loop.add_signal_handler(signal.SIGTERM, self._ended.set)
            self._loop.add_reader(listening, self._welcome, listening)
            look = asyncio.create_task(self._look_now_and_then())
            await self._ended.wait()
            look.cancel()
        finally:
            # The teacher may be back already, with a painter that has a socket there.
            with contextlib.suppress(OSError):
                if address.lstat().st_ino == own.st_ino:
                    address.unlink()
            listening.close()

    def _nudged(self, nudges: int) -> None:
        """The teacher has changed something, or is gone."""
        try:
            is_over = not os.read(nudges, 4096)
        except BlockingIOError:
            return
        if is_over:
            self._loop.remove_reader(nudges)
            self._ending = asyncio.create_task(self._end_with_last_picture())
        else:
            self._look()

    async def _end_with_last_picture(self) -> None:
        """Ends when everyone has the last picture, or after three seconds."""
        until = self._loop.time() + _MOST_SECONDS_TO_END
        is_seen = False
        try:
            while self._loop.time() < until and not is_seen:
                self._look()
                # Also sends what is drawn already: that takes a few turns of the loop.
                await asyncio.sleep(_SECONDS_BETWEEN_LAST_LOOKS)
                is_seen = not self._lesson or not (self._lesson.is_taught or self._has_more_to_show)
        finally:
            self._ended.set()

    @property
    def _has_more_to_show(self) -> bool:
        views = [view for view in self._views.values() if view.followers]
        is_drawn = self._drawing.done() and all(view.is_ready and not view.has_news for view in views)
        return not is_drawn or any(follower.is_behind for view in views for follower in view.followers)

    async def _look_now_and_then(self) -> None:
        """Finds what nobody said: another program wrote to the file, or the teacher's program is gone."""
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            self._look()
            self._forget_unseen()

    def _look(self) -> None:
        if self._lesson and (news := self._lesson.look(is_over=self._ending is not None)):
            for view in self._views.values():
                view.hear(news)
        self._draw()

    def _draw(self) -> None:
        if self._drawing.done():
            self._drawing = asyncio.create_task(self._draw_news())

    async def _draw_news(self) -> None:
        """Draws one view after the other, those with most followers first: drawn together, all would be late."""
        while any(view.has_news and view.followers for view in self._views.values()):
            for view in sorted(self._views.values(), key=lambda one: -len(one.followers)):
                if view.has_news and view.followers:
                    await view.draw()

    def _welcome(self, listening: socket.socket) -> None:
        try:
            connection, _ = listening.accept()
        except BlockingIOError:
            return
        except OSError:
            # There are too many connections already: looks again when some may have gone.
            self._loop.remove_reader(listening)
            self._loop.call_later(_LOOK_SECONDS, self._loop.add_reader, listening, self._welcome, listening)
            return
        if len(self._followers) >= _MOST_FOLLOWERS:
            connection.close()
            return
        connection.setblocking(False)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SENT_BYTES)
        follower = Follower(connection)
        self._followers.add(follower)
        self._loop.add_reader(connection, self._hear, follower)
        self._loop.call_later(_SECONDS_TO_ASK, self._leave_if_silent, follower)

    def _leave_if_silent(self, follower: Follower) -> None:
        if follower.wanted is None:
            self._dismiss(follower)

    def _hear(self, follower: Follower) -> None:
        """Lets a follower have the view that it asks for: the first at once, another one after a while."""
        is_first = follower.wanted is None
        if not self._take_wishes(follower):
            return
        now = self._loop.time()
        if is_first or now - follower.changed_at > _MOST_SECONDS_BETWEEN_VIEWS:
            follower.seconds_to_next_view = _SECONDS_BETWEEN_VIEWS
        wait = 0.0 if is_first else max(0.0, follower.changed_at + follower.seconds_to_next_view - now)
        self._give_view_in(wait, follower)

    def _take_wishes(self, follower: Follower) -> bool:
        """Takes what a follower says last. Dismisses who says what no follower says, or is gone, and returns False."""
        for _ in range(_MESSAGES_AT_ONCE):
            try:
                wish = read_wish(follower.connection.recv(MESSAGE_BYTES + 1))
            except BlockingIOError:
                break
            except (OSError, ValueError):
                self._dismiss(follower)
                return False
            follower.wanted = wish.view
            follower.is_behind |= wish.again
            follower.stays |= wish.here
        return follower.wanted is not None

    def _give_view_in(self, seconds: float, follower: Follower) -> None:
        # Nobody can keep the painter busy with what they say meanwhile.
        self._loop.remove_reader(follower.connection)
        self._loop.call_later(seconds, self._give_view, follower)

    def _give_view(self, follower: Follower) -> None:
        """Gives a follower the view that it asked for last, or the nearest that there is room for."""
        if follower not in self._followers or not self._take_wishes(follower):
            return
        assert follower.wanted is not None  # noqa: S101 - it has asked for a view
        if not follower.stays and self._is_elsewhere(follower.wanted):
            self._dismiss(follower, ELSEWHERE)
            return
        wanted = self._nearest_view(follower.wanted)
        if wanted not in self._views:
            if not self._may_begin_view():
                self._give_view_in(_LOOK_SECONDS, follower)
                return
            follower.seconds_to_next_view = min(2 * follower.seconds_to_next_view, _MOST_SECONDS_BETWEEN_VIEWS)
        self._loop.add_reader(follower.connection, self._hear, follower)
        follower.changed_at = self._loop.time()
        view = self._views.get(wanted) or self._begin_view(wanted)
        if view is None:
            self._dismiss(follower, REFUSED)
            return
        if follower.view is not view:
            if follower.view:
                follower.view.followers.discard(follower)
            follower.view = view
            view.followers.add(follower)
            follower.is_behind = True
        if follower.is_behind and view.is_ready:
            self._send_whole(follower)
            # Nobody had this view for a while, perhaps.
            self._draw()

    def _nearest_view(self, wanted: SeatView) -> SeatView:
        """The view for a wish. Few sizes are drawn exactly; for more, the next smaller of a list."""
        if wanted in self._views or len(self._views) < _EXACT_VIEWS:
            return wanted
        return wanted._replace(columns=_at_most(_COLUMNS, wanted.columns), lines=_at_most(_LINES, wanted.lines))

    def _is_elsewhere(self, wanted: SeatView) -> bool:
        """Whether the other painter draws a view."""
        if self._other is None or wanted in self._views:
            return False
        is_new = self._nearest_view(wanted) not in self._views
        return self._other.draws(wanted, takes_more=is_new and self._other.views < len(self._views))

    def _may_begin_view(self) -> bool:
        """Whether few views have begun lately: the class waits while one begins."""
        now = self._loop.time()
        earned = (now - self._counted_at) / _SECONDS_OF_A_VIEW
        self._may_begin, self._counted_at = min(_EXACT_VIEWS, self._may_begin + earned), now
        return self._may_begin >= 1

    def _begin_view(self, wanted: SeatView) -> PaintedView | None:
        """A new view; None if it can't be drawn here, or there are too many already."""
        if len(self._views) >= _MOST_VIEWS:
            self._forget_views([one for one, view in self._views.items() if not view.followers][:1])
        if self._lesson is None:
            self._lesson = PaintedLesson(self._path)
        if len(self._views) >= _MOST_VIEWS or not self._lesson.can_draw(wanted):
            return None
        self._may_begin -= 1
        view = self._views[wanted] = PaintedView(self._lesson, wanted, self._send_changes, self._give_up)
        return view

    def _give_up(self, view: PaintedView) -> None:
        """Lets the followers of a view that can't be drawn become full programs."""
        self._views = {wanted: other for wanted, other in self._views.items() if other is not view}
        for follower in tuple(view.followers):
            self._dismiss(follower, REFUSED)

    def _send_changes(self, view: PaintedView, changes: bytes) -> None:
        """Sends what has changed in a view, to those who have it, and the whole picture to those who do not."""
        message = CHANGES + changes
        for follower in tuple(view.followers):
            if follower.is_behind or len(message) > LONGEST_FRAME:
                self._send_whole(follower)
                continue
            try:
                follower.send(message)
            except BlockingIOError:
                self._wait_for(follower)
            except OSError:
                self._dismiss(follower)

    def _send_whole(self, follower: Follower) -> None:
        assert follower.view is not None  # noqa: S101 - only who has a view is sent a picture
        picture = follower.view.whole_picture()
        if len(picture) > LONGEST_FRAME:
            self._dismiss(follower, REFUSED)
            return
        try:
            follower.send(WHOLE + picture)
            follower.is_behind = False
        except BlockingIOError:
            self._wait_for(follower)
        except OSError:
            self._dismiss(follower)

    def _wait_for(self, follower: Follower) -> None:
        """Skips a follower that does not read, until it does; then it gets the whole picture."""
        follower.is_behind = True
        self._loop.add_writer(follower.connection, self._catch_up, follower)

    def _catch_up(self, follower: Follower) -> None:
        self._loop.remove_writer(follower.connection)
        if follower in self._followers and follower.is_behind and follower.view and follower.view.is_ready:
            self._send_whole(follower)

    def _dismiss(self, follower: Follower, last_words: bytes = b"") -> None:
        if follower in self._followers:
            if last_words:
                with contextlib.suppress(OSError):
                    follower.send(last_words)
            self._followers.discard(follower)
            if follower.view:
                follower.view.followers.discard(follower)
            self._loop.remove_reader(follower.connection)
            self._loop.remove_writer(follower.connection)
            follower.connection.close()

    def _forget_unseen(self) -> None:
        """Stops drawing views that nobody has had for a while."""
        now = self._loop.time()
        for view in self._views.values():
            if view.followers:
                view.unseen_since = now
        self._forget_views(
            [wanted for wanted, view in self._views.items() if now - view.unseen_since > _SECONDS_UNSEEN]
        )

    def _forget_views(self, unseen: list[SeatView]) -> None:
        for wanted in unseen:
            self._views.pop(wanted).end()


def _at_most(sizes: tuple[int, ...], size: int) -> int:
    return max((one for one in sizes if one <= size), default=size)


def _listen(address: Path) -> socket.socket:
    """A socket that everyone who can read the lesson's folder can connect to. Raises OSError."""
    with contextlib.suppress(FileNotFoundError):
        found = address.lstat()
        if not stat.S_ISSOCK(found.st_mode) or found.st_uid != os.geteuid():
            raise FileExistsError(str(address))
        address.unlink()
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    listening.bind(str(address))
    # A follower may be anyone who can read the lesson.
    address.chmod(0o666)
    listening.listen(1024)
    listening.setblocking(False)
    return listening


async def paint(path: Path, number: int) -> None:
    """Paints the lesson in ``path`` until standard input ends, as painter number 0 or 1."""
    await Painter(path, number).run(sys.stdin.fileno())
