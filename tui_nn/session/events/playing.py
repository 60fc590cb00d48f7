"""The lesson plays: it goes on by itself, several iterations a second."""

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.session import limits, validation
from tui_nn.session.events.event import Event
from tui_nn.session.state import State, replace


@frozen_dataclass
class Played(Event, kind="played", viewer_may_make=True):
    """The lesson began to play, at ``speed`` iterations a second."""

    speed: int

    def apply(self, state: State) -> State:
        return replace(state, speed=validation.whole_number("speed", self.speed, 1, limits.ITERATIONS))


@frozen_dataclass
class Paused(Event, kind="paused", viewer_may_make=True):
    """The lesson stopped playing."""

    def apply(self, state: State) -> State:
        return replace(state, speed=None)
