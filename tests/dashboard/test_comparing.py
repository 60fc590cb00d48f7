"""A student's numbers beside the lesson's: the screen says what differs first, and shows theirs below its own."""

import json
import re
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from tests.dashboard.asking import asking
from tests.dashboard.stage import Place, Stage, follow_app, on_stage, opened, recorded, replay_app, taught
from tests.unit.helpers import plain
from tui_nn.dashboard.dialogs.numbers_dialog import THREAD
from tui_nn.session.events import Moved, Noted, NumbersCompared, NumbersPutAway, PaneChosen

_HOMEWORK = Path(__file__).parent.parent / "data" / "homework" / "forgotten_derivative_hidden.txt"
_THEIRS = "✗0.009888"
_ANN = NumbersCompared(
    "Ann",
    ("Z2", "delta3"),
    (37, 37),
    (((0.2257, 0.9643, 0.8746), (0.3305, 0.5482, 0.3713), (0.6610, 1.0965, 0.7427)), ((0.5,), (0.7,), (-0.01051,))),
    (((5e-5,) * 3,) * 3, ((5e-5,),) * 3),
    ("Z2",),
    "delta3",
    37,
    1,
    1,
    ("no such mistake",),
    (1e-6,),
    ("",),
)


async def _compare(stage: Stage, what: str, iteration: str = "") -> None:
    await stage.press("j")
    await stage.paste(what)
    if "\n" not in what:
        await stage.press("tab")
    await stage.type(iteration)
    await stage.press("enter")
    await stage.until(lambda: "Looking for" not in stage.text)
    await stage.settle()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_paste_is_diagnosed_and_enter_leads_to_what_differs_first(size: tuple[int, int]) -> None:
    async with opened(size=size) as stage:
        await _compare(stage, _HOMEWORK.read_text(encoding="utf-8"), "1")
        assert stage.dialog == ""
        says = stage.words("diagnosis")
        assert "✓ Z⁽²⁾, A⁽²⁾, Z⁽³⁾, Ŷ, J, δ⁽³⁾, ∂J/∂W⁽²⁾, new W⁽²⁾ agree" in says
        assert "✗ δ⁽²⁾[1,1] differs first, in iteration 1" in says
        assert "student 0.009887609 lesson 0.002349942" in says
        assert "forgotten derivative, hidden" in says
        await stage.press("enter")
        assert stage.place == Place(1, "δ⁽²⁾")
        below = stage.pane("step").partition("0.002350")[2]
        assert _THEIRS in below
        assert "δ⁽³⁾✓" in stage.pane("step")
        assert plain(recorded().state) == plain(stage.app.state)
        await stage.go_to("2 delta2")
        assert "✗" not in stage.pane("step")
        await stage.go_to("1 delta2")
        await stage.press("u")
        assert _THEIRS not in stage.text
        assert not stage.pane("diagnosis")
        await stage.press("U")
        assert _THEIRS in stage.text


async def test_a_file_is_read_or_refused_in_words_and_what_was_typed_stays(tmp_path: Path) -> None:
    async with opened() as stage:
        await _compare(stage, str(tmp_path / "ann.txt"))
        assert "can't be read: no such file or directory." in stage.dialog
        assert "ann.txt" in stage.dialog
        await stage.press("escape")
        await _compare(stage, "nothing\nto read")
        assert "no numbers in this text" in stage.dialog
        await stage.press("escape", "j", "tab")
        await stage.type("10001")
        await stage.press("enter")
        assert "10 000" in stage.dialog
        await stage.press("escape")
        numbers = stage.app.lesson.run.pass_at(3)
        json_file = tmp_path / "ben.json"
        json_file.write_text(json.dumps({"iteration": 3, "W1": numbers["W1"].tolist(), "Z2": numbers["Z2"].tolist()}))
        await _compare(stage, str(json_file))
        assert "All numbers agree with the lesson's" in stage.words("diagnosis")
        assert "Diagnosis: ben.json" in stage.pane("diagnosis")
        await stage.press("F")
        assert "Nothing differs" in stage.latest_notice
        await stage.press("d")
        assert not stage.pane("diagnosis")
        assert recorded().entries[-1].event == NumbersPutAway()


async def test_numbers_of_a_lesson_are_read_by_name_and_enter_leads_to_where_the_mistake_acts() -> None:
    async with opened("homework-gradients", size=(120, 40)) as stage:
        await _compare(stage, "homework-gradients/carl")
        says = stage.words("diagnosis")
        assert "✗ new W⁽¹⁾[1,1] differs first, in iteration 1" in says
        assert "forgotten derivative, hidden" in says
        assert "wrong delta2 <- delta3 %*% t(W2) right delta2 <- (delta3 %*% t(W2)) * sigmoidprime(Z2)" in says
        await stage.press("down", "enter")
        assert stage.place == Place(1, "δ⁽²⁾")
        await stage.press("up", "enter")
        assert stage.place == Place(1, "update")
        (line,) = (y for y, text in enumerate(stage.text.splitlines()) if "· forgotten" in text)
        await stage.pilot.click(offset=(70, line))
        await stage.settle()
        assert stage.place == Place(1, "δ⁽²⁾")
        await stage.press("F")
        assert stage.place == Place(1, "update")


async def test_mistakes_that_no_formula_has_lead_to_where_their_number_or_their_start_is_used(tmp_path: Path) -> None:
    several = ("other learning rate", "ones for the start", "other number of iterations")
    places = (("learning_rate",), ("W1",), ("",))
    lines = (("",),) * 3
    ben = replace(_ANN, mistakes=several, largest_differences=(0.0,) * 3, details=("",) * 3, acts_in=places)
    ben = replace(ben, right_lines=lines, wrong_lines=lines, example_lines=lines)
    async with opened(taught(tmp_path, ben), size=(120, 40)) as stage:
        await stage.focus("diagnosis")
        for place in (Place(37, "update"), Place(1, "Z⁽²⁾"), Place(37, "δ⁽³⁾")):
            await stage.press("down", "enter")
            assert stage.place == place


async def test_while_it_looks_the_screen_says_so_and_escape_stops_it(tmp_path: Path) -> None:
    # Long enough that it is still being read when Esc comes.
    slow = tmp_path / "slow.txt"
    slow.write_text("nothing but words\n" * 15_000 + _HOMEWORK.read_text(encoding="utf-8"), encoding="utf-8")
    async with opened() as stage:
        await stage.press("j")
        await stage.paste(str(slow))
        await stage.press("enter")
        assert "Looking for the mistake that explains these numbers" in stage.text
        await stage.press("escape", "right")
        assert stage.place == Place(1, "A⁽²⁾")
        await stage.until(lambda: all(thread.name != THREAD for thread in threading.enumerate()))
        await stage.settle()
        assert stage.app.state.compared is None
        await stage.press("right")
        assert stage.place == Place(1, "Z⁽³⁾")


async def test_a_note_tells_the_class_what_differs(tmp_path: Path) -> None:
    async with opened(taught(tmp_path, _ANN, Moved(2, "A2"))) as stage:
        await stage.press("T")
        assert stage.place == Place(37, "δ⁽³⁾")
        await stage.press("enter")
        (note,) = (entry.event for entry in recorded().entries if isinstance(entry.event, Noted))
        assert note.text == (
            "Ann: Z⁽²⁾ agrees. δ⁽³⁾[1,1] differs first, in iteration 37: 0.5, and not 0.01148396. "
            "What explains it: no such mistake."
        )


async def test_those_who_follow_and_replay_see_them_below_the_lessons_own(tmp_path: Path) -> None:
    path = taught(tmp_path, _ANN, Moved(37, "delta3"), PaneChosen("diagnosis"))
    for app in (follow_app(path), replay_app(path)):
        async with on_stage(app) as stage:
            if app.walks_by != "Walking through the lesson":
                await stage.press("end")
            shown = stage.pane("step")
            assert re.search(r"✗0\.5\d* *⎥", shown), shown
            assert "≠" not in shown
            # The third cell agrees in the digits that were given.
            assert shown.count("✗0.") == 2
            assert "Diagnosis: Ann" in stage.pane("diagnosis")
            await stage.focus("network")
            assert "δ≠0.01148" in stage.pane("network")
            await stage.press("left", "left")
            assert "δ −0.01051" in stage.pane("network")


async def test_numbers_that_a_question_hides_are_hidden_in_the_students_as_well(tmp_path: Path) -> None:
    async with opened(asking(tmp_path)) as stage:
        await stage.go_to("37 delta3")
        stage.app.lesson.dispatch(_ANN, PaneChosen("diagnosis"))
        await stage.settle()
        assert "δ⁽³⁾[1,1] differs first" in stage.words("diagnosis")
        assert "student ? lesson ?" in stage.words("diagnosis")
        assert "✗0" not in stage.text
        assert "0.7" not in stage.pane("step").replace("0.7500", "")


async def test_an_edit_makes_the_diagnosis_that_of_another_run(tmp_path: Path) -> None:
    async with opened(taught(tmp_path, _ANN)) as stage:
        await stage.focus("diagnosis")
        assert "another" not in stage.words("diagnosis")
        await stage.choose_setting("learning_rate")
        await stage.type("4")
        await stage.press("enter")
        await stage.focus("diagnosis")
        assert "You edited the lesson after this comparison." in stage.words("diagnosis")


async def test_without_a_students_numbers_the_keys_say_so() -> None:
    async with opened() as stage:
        for key in "FT":
            await stage.press(key)
            assert "No student's numbers are compared" in stage.latest_notice
