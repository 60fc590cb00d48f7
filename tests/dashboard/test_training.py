"""Training beside the screen: keys are answered, an edit ends the old run, and what overflows ends with a sentence."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from textual.worker import Worker

from tests.dashboard.stage import Place, Stage, opened
from tui_nn.session.document import Document

_ENDLESS = 10_000_000


def _lesson(directory: Path, iterations: int) -> Path:
    path = directory / "long.toml"
    path.write_text(f"[training]\niterations = {iterations}\n", encoding="utf-8")
    return path


def _running(stage: Stage) -> list[Worker[object]]:
    return [worker for worker in stage.app.workers if worker.group == "training" and not worker.is_finished]


def _computed(stage: Stage) -> int:
    found = re.search(r"([\d ]+) computed", stage.header)
    return int(found[1].replace(" ", "")) if found else 0


async def test_keys_are_answered_while_a_million_iterations_are_computed() -> None:
    async with opened() as stage:
        await stage.choose_setting("iterations")
        await stage.type("1000000")
        await stage.press("enter", "escape")
        assert "iteration 1 of 1 000 000" in stage.header
        await stage.press("right")
        assert stage.place == Place(1, "A⁽²⁾")
        assert _computed(stage) < 1_000_000
        assert _running(stage)
        await stage.go_to("37 delta3")
        assert stage.place == Place(37, "δ⁽³⁾")
        assert "−0.00049" in stage.pane("step")


async def test_the_screen_tells_how_far_the_run_is(tmp_path: Path) -> None:
    async with opened(_lesson(tmp_path, _ENDLESS), trained=False) as stage:
        seen = {_computed(stage)}
        while len(seen) < 4:
            known = max(seen)
            await stage.until(lambda known=known: _computed(stage) > known)  # type: ignore[misc]
            seen.add(_computed(stage))
        assert _running(stage)
        await stage.until(lambda: "━" in stage.terminal.lines[-2])


async def test_an_iteration_not_computed_yet_is_said_to_be_and_comes_when_it_is(tmp_path: Path) -> None:
    async with opened(_lesson(tmp_path, 100_000), trained=False) as stage:
        await stage.press("end")
        if not stage.app.view or not stage.app.view.iteration_numbers:
            assert "Iteration 100 000 is being computed" in stage.words("step")
            assert "J not yet" in stage.header
        await stage.still()
        assert stage.place == Place(100_000, "update")
        assert "being computed" not in stage.text
        _shows(stage, stage.document)


async def test_every_iteration_of_a_long_run_is_there_at_once_afterwards(tmp_path: Path) -> None:
    async with opened(_lesson(tmp_path, 20_000)) as stage:
        run = stage.document.trajectory()
        run.extend(20_000)
        for iteration in (1, 10_001, 19_999, 20_000, 2):
            await stage.go_to(f"{iteration} Y_hat")
            await stage.still()
            for prediction in run.pass_at(iteration)["Y_hat"][:, 0] * 100:
                assert f"{prediction:.5f}" in stage.pane("results"), iteration


def _shows(stage: Stage, document: Document) -> None:
    """Whether the results are those of the iteration that the header names."""
    run = document.trajectory()
    run.extend(stage.place.iteration)
    for prediction in run.pass_at(stage.place.iteration)["Y_hat"][:, 0] * 100:
        assert f"{prediction:.5f}" in stage.pane("results")


async def test_an_edit_ends_the_run_that_it_makes_stale(tmp_path: Path) -> None:
    async with opened(_lesson(tmp_path, _ENDLESS), trained=False) as stage:
        (old,) = _running(stage)
        await stage.go_to("37 Y_hat")
        await stage.until(lambda: _computed(stage) > 37)
        await stage.focus("data")
        await stage.press("7", "enter")
        await stage.until(lambda: old.is_finished)
        assert old.is_cancelled
        (new,) = _running(stage)
        assert new is not old
        x = np.array([[7.0, 5.0], [5.0, 1.0], [10.0, 2.0]])
        edited = replace(stage.document, dataset=replace(stage.document.dataset, x=x))
        await stage.until(lambda: re.search(r"\d\.\d{5}", stage.pane("results")) is not None)
        _shows(stage, edited)


async def test_leaving_ends_the_run(tmp_path: Path) -> None:
    async with opened(_lesson(tmp_path, _ENDLESS), trained=False) as stage:
        (run,) = _running(stage)
        await stage.press("q")
        await stage.ended()
        assert run.is_cancelled


async def test_another_number_of_iterations_goes_on_with_the_run_and_its_figures_stay_right(tmp_path: Path) -> None:
    async with opened(_lesson(tmp_path, _ENDLESS), trained=False) as stage:
        await stage.choose_setting("iterations")
        for iterations in (9_000_000, 8_000_000, 7_000_000, 6_000_000, 90_000):
            await stage.type(str(iterations))
            await stage.press("enter")
        await stage.still()
        await stage.press("escape", "end")
        await stage.still()
        assert stage.place == Place(90_000, "update")
        _shows(stage, stage.document)


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_a_rate_that_diverges_ends_the_run_with_a_sentence(size: tuple[int, int]) -> None:
    async with opened("too-fast", size) as stage:
        await stage.press("end")
        assert stage.place.iteration == 129
        assert "The run ends at iteration 129" in stage.words("step")
        assert "A learning rate below 2 may help." in stage.words("step")
        await stage.press("right", "down", "space")
        for _ in range(7):
            assert not re.search(r"\b(nan|inf)\b", stage.text, re.IGNORECASE)
            await stage.press("tab")
        await stage.press("escape", "left")
        for _ in stage.app.state.steps:
            assert not re.search(r"\b(nan|inf)\b", stage.text, re.IGNORECASE)
            await stage.press("left")


async def test_a_rate_that_is_mended_lets_the_run_go_on() -> None:
    async with opened("too-fast") as stage:
        await stage.press("end")
        await stage.choose_setting("learning_rate")
        await stage.type("0.1")
        await stage.press("enter", "escape", "end")
        await stage.still()
        assert stage.place.iteration == 1000
        assert "The run ends" not in stage.text


async def test_computing_is_stopped_and_gone_on_with(tmp_path: Path) -> None:
    async with opened(_lesson(tmp_path, _ENDLESS), trained=False) as stage:
        (run,) = _running(stage)
        # It is offered where computing takes its time.
        await stage.until(lambda: stage.key_line.startswith(" k stop computing "))
        await stage.press("k")
        await stage.until(lambda: run.is_finished)
        await stage.settle()
        assert not _running(stage)
        assert stage.key_line.startswith(" k compute on ")
        found = re.search(r"stopped at ([\d ]+?) ", stage.header.replace("·", ""))
        assert found, stage.header
        reached = int(found[1].replace(" ", ""))
        # What is there can be walked through; what isn't says so.
        await stage.go_to(f"{reached} Y_hat")
        _shows(stage, stage.document)
        await stage.press("end")
        assert "is not computed: it was stopped at" in stage.words("step")
        assert "k goes on" in stage.words("step")
        await stage.press("k")
        await stage.until(lambda: _computed(stage) > reached)
        assert _running(stage)


async def test_an_edit_begins_anew_what_was_stopped(tmp_path: Path) -> None:
    async with opened(_lesson(tmp_path, _ENDLESS), trained=False) as stage:
        await stage.until(lambda: _computed(stage) > 1)
        await stage.press("k")
        assert "stopped at" in stage.header
        await stage.focus("data")
        await stage.press("7", "enter")
        assert _running(stage)
        await stage.until(lambda: _computed(stage) > 1)
        assert "stopped" not in stage.header


async def test_where_all_is_computed_there_is_nothing_to_stop() -> None:
    async with opened() as stage:
        await stage.press("k")
        assert stage.notices == ["All iterations are computed."]
        assert " k " not in stage.key_line


async def test_what_was_stopped_goes_on_for_no_look_at_another_run(tmp_path: Path) -> None:
    async with opened(_lesson(tmp_path, _ENDLESS), trained=False) as stage:
        await stage.until(lambda: _computed(stage) > 20)
        await stage.press("k", "b", "enter", "v")
        assert not _running(stage)
        await stage.choose_setting("learning_rate")
        await stage.press(*"0.5", "enter")
        assert _running(stage)


async def test_a_run_beside_the_one_shown_can_be_stopped(tmp_path: Path) -> None:
    async with opened(_lesson(tmp_path, 200)) as stage:
        await stage.press("b", "enter")
        await stage.choose_setting("iterations")
        await stage.press(*str(_ENDLESS), "enter", "escape", "v")
        assert "200" in stage.header
        await stage.until(lambda: stage.key_line.startswith(" k stop computing "))
        await stage.press("k")
        await stage.until(lambda: not _running(stage))


async def test_a_lesson_that_plays_pauses_where_computing_was_stopped(tmp_path: Path) -> None:
    async with opened(_lesson(tmp_path, _ENDLESS), trained=False) as stage:
        await stage.until(lambda: _computed(stage) > 20)
        await stage.press("k")
        # Far behind what was computed, whatever the thread still does before it notices.
        await stage.ask_for("9000000")
        await stage.press("space")
        await stage.until(lambda: stage.app.status().speed is None and "playing" not in stage.header)
