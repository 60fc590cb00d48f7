"""A mistake is planted in the program; the check shows that it is there, and its name only once it is guessed."""

import re
from pathlib import Path

import pytest

from tests.dashboard.checking import guess, plant, rungs
from tests.dashboard.stage import follow_app, on_stage, opened, recorded, replay_app, taught
from tests.unit.helpers import lesson, plain
from tui_nn.network import Mistake, possible_mistakes
from tui_nn.session.events import (
    MistakeGuessed,
    MistakePlanted,
    Moved,
    PaneChosen,
    RowAdded,
    Selected,
)
from tui_nn.writing.notation.signs import UNICODE
from tui_nn.writing.sentences.mistake_sentences import mistake_name

_MISTAKES = possible_mistakes(lesson("lecture").network, 3)
_NAMES = [mistake_name(mistake, UNICODE) for mistake in _MISTAKES]


@pytest.mark.parametrize(("mistake", "size"), zip(_MISTAKES, [(80, 24), (120, 40)] * 2, strict=True))
async def test_a_mistake_is_caught_and_its_name_is_nowhere_until_it_is_found(
    mistake: Mistake, size: tuple[int, int]
) -> None:
    async with opened(size=size, notices=False) as stage:
        await stage.go_to("37 delta3")
        ordinary = [stage.pane(pane) for pane in ("step", "forward", "backward")]
        await plant(stage, mistake)
        assert recorded().entries[-2].event == MistakePlanted(str(mistake))
        assert "A program with a mistake in it" in stage.words("check")
        assert stage.app.view
        assert not any(name in stage.text for name in (*_NAMES, str(mistake)))
        # The relative errors of the whole gradient, right and mistaken, at 1e-05.
        *_, right, _, mistaken = next(line for line in rungs(stage) if line[0] == "1e-05")
        assert float(right) < 1e-6 < 1e-3 < float(mistaken)
        wrong = next(one for one in Mistake if one is not mistake)
        await guess(stage, wrong)
        assert f"It is not {mistake_name(wrong, UNICODE)}." in stage.words("check")
        assert mistake_name(mistake, UNICODE) not in stage.text
        await guess(stage, mistake)
        assert f"Found: it is {mistake_name(mistake, UNICODE)}." in stage.words("check")
        assert {" mistaken ", " right "} <= set(re.findall(r" mistaken | right ", stage.pane("check")))
        await stage.press("escape")
        assert [stage.pane(pane) for pane in ("step", "forward", "backward")] == ordinary
        assert plain(recorded().state) == plain(stage.app.state)


async def test_without_a_mistake_there_is_nothing_to_guess() -> None:
    async with opened() as stage:
        await stage.press("G", "enter")
        assert "No mistake is planted" in " ".join(stage.notices)
        await stage.press("M", "3", "enter", "3", "enter")
        assert "It is found already" in " ".join(stage.notices)
        await stage.press("M", "0")
        assert stage.app.state.planted_mistake == ""
        assert "mistake in it" not in stage.words("check")


async def test_what_is_said_of_a_guess_comes_in_sight() -> None:
    async with opened(size=(80, 24), notices=False) as stage:
        await stage.press("M", "2", "end")
        assert "w = W" not in stage.pane("check")
        assert "measured, ε = 1e-05" in stage.pane("check")
        await guess(stage, Mistake.MINUS)
        assert "It is not a lost minus." in stage.pane("check")
        await stage.press("end", "home")
        assert "w = W⁽¹⁾[1,1]" in stage.pane("check")


async def test_a_surprise_is_one_that_can_be_seen() -> None:
    async with opened() as stage:
        for _ in range(8):
            await stage.press("M", "s")
            assert stage.app.state.planted_mistake in tuple(Mistake)


async def test_what_this_network_can_t_have_is_not_on_offer_and_that_is_said() -> None:
    async with opened() as stage:
        stage.app.dispatch(MistakePlanted("missing transpose"), RowAdded(4, (1.0, 1.0), (50.0,)))
        await stage.press("G")
        assert "can't be made in this network any more" in stage.words("check")
        await stage.press("M")
        assert "Not in this network: a missing transpose (without a transpose no shapes fit)" in stage.dialog
        assert "2 a missing transpose" not in stage.dialog
        await stage.press("2")
        assert stage.app.state.planted_mistake == "lost minus"


@pytest.mark.parametrize("name", ["lecture", "iris", "homework-biases", "ridge"])
async def test_the_mistakes_on_offer_have_the_keys_1_2_3_and_so_on(name: str) -> None:
    async with opened(name, notices=False) as stage:
        offered = possible_mistakes(stage.document.network, stage.document.dataset.rows)
        for number, mistake in enumerate(offered, start=1):
            await stage.press("M")
            assert f"{number} {mistake_name(mistake, stage.app.notation)}" in stage.dialog
            await stage.press(str(number))
            assert stage.app.state.planted_mistake == mistake
            await stage.press("enter", str(number))
            assert stage.app.state.is_mistake_found


async def test_a_class_that_follows_sees_the_check_and_may_guess_for_itself(tmp_path: Path) -> None:
    path = taught(tmp_path, Moved(37, "J"), PaneChosen("check"), MistakePlanted("lost minus"), Selected("W2", 2, 1))
    before = path.read_bytes()
    async with on_stage(follow_app(path)) as stage:
        assert "w = W⁽²⁾[2,1]" in stage.pane("check")
        assert "A program with a mistake in it" in stage.pane("check")
        await stage.press("G")
        await guess(stage, Mistake.MINUS)
        assert "Found: it is a lost minus." in stage.pane("check")
        await stage.press("escape")
        assert "Which mistake is it?" in stage.pane("check")
        assert path.read_bytes() == before


async def test_a_replay_shows_how_it_was_found(tmp_path: Path) -> None:
    guesses = MistakeGuessed("mean for sum"), MistakeGuessed("lost minus")
    happened = PaneChosen("check"), MistakePlanted("lost minus"), *guesses
    async with on_stage(replay_app(taught(tmp_path, *happened))) as stage:
        for what, says in (
            ("looked at", "∂J/∂W⁽¹⁾[1,1] by backpropagation"),
            ("mistake planted", "Which mistake is it?"),
            ("mistake guessed", "It is not the mean in place of the sum."),
            ("mistake guessed", "Found: it is a lost minus."),
        ):
            await stage.press("right")
            assert what in stage.banner
            assert says in stage.words("check")
        await stage.press("left", "left")
        assert "Found" not in stage.words("check")
