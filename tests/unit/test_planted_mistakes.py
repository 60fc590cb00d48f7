"""A mistake is planted, guessed and found: the events, and what a lesson makes of them."""

import pytest

from tests.unit.helpers import after_events, lesson
from tui_nn.network import Mistake, ValidationError
from tui_nn.session.events import HyperparameterSet, MistakeGuessed, MistakePlanted, RowAdded
from tui_nn.session.reducer import apply_event
from tui_nn.session.state import State

_OPENED = State.opened(lesson("lecture"))


def test_what_is_planted_is_found_by_guessing_it() -> None:
    state = apply_event(_OPENED, MistakePlanted("lost minus"))
    assert (state.planted_mistake, state.guesses, state.is_mistake_found) == ("lost minus", (), False)
    state = after_events(state, [MistakeGuessed("mean for sum"), MistakeGuessed("mean for sum")])
    assert (state.guesses, state.is_mistake_found) == (("mean for sum",), False)
    state = apply_event(state, MistakeGuessed("lost minus"))
    assert state.is_mistake_found
    assert apply_event(state, MistakePlanted("mean for sum")).guesses == ()


def test_what_is_planted_can_be_taken_out() -> None:
    state = after_events(_OPENED, [MistakePlanted("lost minus"), MistakeGuessed("mean for sum"), MistakePlanted("")])
    assert (state.planted_mistake, state.guesses) == ("", ())
    assert not state.is_mistake_found
    with pytest.raises(ValidationError, match="none is planted"):
        apply_event(state, MistakeGuessed("lost minus"))


def test_only_what_the_network_can_have_is_planted() -> None:
    with pytest.raises(ValidationError, match='"forgotten derivative", "lost minus", "mean for sum"'):
        apply_event(apply_event(_OPENED, RowAdded(1, (1.0, 1.0), (1.0,))), MistakePlanted("missing transpose"))
    assert apply_event(_OPENED, MistakePlanted("missing transpose")).planted_mistake == Mistake.TRANSPOSE


def test_an_edit_may_take_a_mistake_its_place_and_give_it_back() -> None:
    state = after_events(_OPENED, [MistakePlanted("missing transpose"), HyperparameterSet("hidden", (4,))])
    assert state.planted_mistake == "missing transpose"


def test_many_guesses_are_kept_once() -> None:
    state = apply_event(_OPENED, MistakePlanted("lost minus"))
    state = after_events(state, [MistakeGuessed(str(mistake)) for mistake in [*Mistake] * 50])
    assert state.guesses == tuple(Mistake)
