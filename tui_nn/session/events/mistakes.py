"""The exercise with a wrong program: a mistake is planted in it, and the class guesses which."""

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.network import Mistake, ValidationError, possible_mistakes
from tui_nn.session import validation
from tui_nn.session.events.event import Event
from tui_nn.session.state import State, replace


@frozen_dataclass
class MistakePlanted(Event, kind="mistake planted", viewer_may_make=True):
    """The gradient check now checks a program with this mistake, a value of `network.Mistake`; "" takes it out."""

    mistake: str

    def apply(self, state: State) -> State:
        if self.mistake:
            moment = state.document.moment(state.iteration)
            possible = possible_mistakes(state.document.network, moment.rows, is_new_epoch=moment.is_new_epoch)
            validation.choice("mistake", self.mistake, possible)
        return replace(state, planted_mistake=self.mistake, guesses=())


@frozen_dataclass
class MistakeGuessed(Event, kind="mistake guessed", viewer_may_make=True):
    """Somebody guessed that this mistake is planted, a value of `network.Mistake`."""

    mistake: str

    def apply(self, state: State) -> State:
        if not state.planted_mistake:
            sentence = _(
                "There is no mistake to guess: none is planted. Plant one first, with M in the gradient check."
            )
            raise ValidationError("mistake", f'"{self.mistake}"', _("a planted mistake"), sentence)
        guess = validation.choice("mistake", self.mistake, tuple(Mistake))
        return state if guess in state.guesses else replace(state, guesses=(*state.guesses, guess))
