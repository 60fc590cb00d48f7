"""What only the log is about: the costs that were computed, and the end of the lesson."""

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.session import validation
from tui_nn.session.events.event import Event
from tui_nn.session.state import State, replace


@frozen_dataclass
class CostReached(Event, kind="reached", is_visible=False):
    """The cost of an iteration of the run shown, as it was computed: `verify` compares it with its own."""

    iteration: int
    cost: float

    def apply(self, state: State) -> State:
        state.plan.check_iteration(self.iteration)
        validation.number("cost", self.cost)
        return state


@frozen_dataclass
class Ended(Event, kind="ended"):
    """The teacher left the lesson. Events after this one come from a teacher who took it up again."""

    def apply(self, state: State) -> State:
        return replace(state, speed=None)
