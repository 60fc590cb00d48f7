"""An app that handles one key after the other, in the order in which the user pressed them."""

import asyncio
import contextlib
from collections import deque
from typing import Any, TypeVar

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.errors import NoWidget
from textual.message import Message
from textual.screen import Screen

from tui_nn.dashboard.terminal.key_priority import KeyPriority
from tui_nn.dashboard.terminal.plain_paste import Burst, PlainPaste, is_paste

Result = TypeVar("Result")

_PATIENCE_SECONDS = 1


class OrderedInput(App[Result]):
    """Holds back each key, paste and click until the ones before it are handled.

    Over a slow line, several keys arrive in one read. A key goes from widget to widget in messages, and a later key
    could overtake it: after "open a file", the letters of its name would run commands, and "q" would quit before the
    steps pressed earlier.
    """

    def __init__(self) -> None:
        super().__init__()
        self.keys_first = KeyPriority()
        self._held_events: deque[events.InputEvent | events.Paste] = deque()
        self._handling: asyncio.Task[None] | None = None

    def post_message(self, message: Message) -> bool:
        """Takes a message. A key, a paste or a click waits until those before it are handled."""
        if (
            not isinstance(message, events.InputEvent | events.Paste)
            or isinstance(message, events.MouseMove)
            or message.is_forwarded
            or not self.is_running
        ):
            return super().post_message(message)
        self._held_events.append(message)
        if self._handling is None or self._handling.done():
            self._handling = asyncio.create_task(self._handle_held_events())
        return True

    def takes_as_paste(self, text: str) -> bool:
        """Whether keys that came in one piece are a paste for the widget that gets the next key."""
        return is_paste(text)

    async def wait_until_handled(self) -> None:
        """Waits until everything that the user has pressed so far is handled."""
        if self._handling:
            await asyncio.wait([self._handling])

    async def _handle_held_events(self) -> None:
        while self._held_events and self.is_running:
            event = self._held_events.popleft()
            if isinstance(event, Burst):
                # Earlier keys are handled by now, so the widget in focus is the one that these keys are meant for.
                input_events = [PlainPaste(event.text)] if self.takes_as_paste(event.text) else event.keys
                self._held_events.extendleft(reversed(input_events))
                continue
            with self.keys_first.handling_a_key():
                await self._handle(event)

    async def _handle(self, event: events.InputEvent | events.Paste) -> None:
        screen = self.screen
        nodes = [self, *self._target_of(event).ancestors_with_self, self]
        super().post_message(event)
        # The next key must not wait for a widget that is gone or can't be drawn.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE_SECONDS):
                # Once for the event, which goes up from widget to widget; once more for the messages that they post.
                for node in nodes * 2:
                    await _wait_until_messages_handled(node)
                if self.screen is not screen:
                    await _wait_until_drawn(self.screen)

    def _target_of(self, event: events.InputEvent | events.Paste) -> DOMNode:
        if isinstance(event, events.MouseEvent):
            with contextlib.suppress(NoWidget):
                return self.get_widget_at(event.x, event.y)[0]
        return self.focused or self.screen


def give_way_to_keys(app: App[Any]) -> None:
    """Waits while ``app`` handles a key, at most a quarter of a second. Called by threads that compute."""
    if isinstance(app, OrderedInput):
        app.keys_first.give_way()


async def _wait_until_messages_handled(node: DOMNode) -> None:
    handled = asyncio.Event()
    if node.is_running and node.post_message(events.Callback(handled.set)):
        await handled.wait()


async def _wait_until_drawn(screen: Screen[object]) -> None:
    """Waits until a new screen is drawn. Only then does it take keys, and leave nothing behind when it closes."""
    await _wait_until_messages_handled(screen)
    drawn = asyncio.Event()
    screen.call_after_refresh(drawn.set)
    await drawn.wait()
