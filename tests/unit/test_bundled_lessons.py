"""The lessons that come with it, and finding a lesson by name or path."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.unit.command_line import command
from tests.unit.helpers import lesson, written
from tui_nn.network import predict, steps
from tui_nn.network.checks.fit import Fit, fit_of
from tui_nn.network.formulas.derivation import derivation
from tui_nn.session.document import Document
from tui_nn.session.generated_lessons import parse_generated
from tui_nn.session.quiz.answers import answers_of
from tui_nn.session.reducer import apply_event
from tui_nn.session.state import State
from tui_nn.session.storage import bundled_lessons, document_toml
from tui_nn.session.storage.session_file import SessionError, read
from tui_nn.session.verify import verify

_NAMES = [
    "lecture",
    "circle",
    "cross-entropy",
    "eleven-lines",
    "first-lesson",
    "homework-biases",
    "homework-gradients",
    "iris",
    "lecture-ones",
    "lecture-quiz",
    "lecture-walkthrough",
    "overfitting",
    "ridge",
    "softmax",
    "spiral",
    "too-fast",
    "two-hidden-layers",
    "worked-2-2-2",
    "xor",
]


def test_the_lecture_comes_first_and_has_its_companions() -> None:
    assert list(bundled_lessons.bundled()) == _NAMES


@pytest.mark.parametrize("name", _NAMES)
def test_every_lesson_trains_to_its_last_iteration_but_the_one_that_is_too_fast(name: str) -> None:
    document = lesson(name)
    assert document.title
    run = document.trajectory()
    run.extend(document.iterations)
    if name == "too-fast":
        assert run.overflow is not None
        assert 1 < run.overflow.iteration < document.iterations
    else:
        assert (run.reached, run.overflow) == (document.iterations, None)
        assert run.cost(document.iterations) < run.cost(1)


@pytest.mark.parametrize(
    ("name", "options", "right"),
    [
        ("circle", "--points 300 --noise 0", {500: (117, 109), 3000: (150, 150)}),
        ("spiral", "--noise 0.05", {15_000: (238, 235)}),
    ],
)
def test_lessons_drawn_at_random_are_learned_as_their_notes_say(
    name: str, options: str, right: dict[int, tuple[int, int]]
) -> None:
    recorded = read(bundled_lessons.bundled()[name])
    document = recorded.document
    assert f"tui-nn new {name} {options} " in recorded.state.notes[0].text
    drawn = replace(parse_generated(name, options).document(), title=document.title)
    # Another machine's sine and cosine may differ in the last digit.
    assert drawn.dataset.x == pytest.approx(document.dataset.x, rel=1e-12)
    data = replace(drawn.dataset, x=document.dataset.x)
    assert document_toml.dump(replace(drawn, dataset=data)) == document_toml.dump(document)
    run = document.trajectory()
    run.extend(document.iterations)
    for iteration, counts in right.items():
        parameters = run.parameters(iteration)
        for rows, count in zip((document.dataset.training, document.dataset.test), counts, strict=True):
            predicted = predict(document.network, rows.X, parameters)
            # Another machine's tanh may put a row that is close to the boundary on its other side.
            assert abs(int(((predicted >= 0) == (rows.Y > 0)).sum()) - count) <= 1


def test_the_network_that_overfits_does_what_its_notes_say_and_what_helps_helps() -> None:
    recorded = read(bundled_lessons.bundled()["overfitting"])
    document = recorded.document
    data = document.dataset
    options = "--points 30 --noise 0.4 --seed 7 --test-share 0.33"
    where, results, helps = (note.text for note in recorded.state.notes)
    assert f"tui-nn new moons {options} draws" in where
    drawn = parse_generated("moons", options).document().dataset
    assert drawn.x == pytest.approx(data.x, rel=1e-12)
    assert (drawn.y.tolist(), drawn.test_rows) == (data.y.tolist(), data.test_rows)

    def fits(changed: Document, iteration: int) -> list[Fit]:
        run = changed.trajectory()
        run.extend(iteration)
        parameters = run.parameters(iteration)
        return [fit_of(changed.network, data, rows, parameters) for rows in (data.training, data.test)]

    for iteration, right in ((67, (16, 9)), (3000, (20, 7))):
        found = fits(document, iteration)
        # Another machine's tanh may put a row that is close to the boundary on its other side.
        assert [fit.classes.right if fit.classes else None for fit in found] == pytest.approx(right, abs=1)
        assert " and ".join(f"{fit.mean_cost:.4f}" for fit in found) in results
    assert min((60, 67, 75, 3000), key=lambda iteration: fits(document, iteration)[1].mean_cost) == 67
    assert f"L2 penalty 0.03 the test cost ends at {fits(replace(document, l2=0.03), 3000)[1].mean_cost:.4f}" in helps
    assert f"instead of 8 at {fits(replace(document, hidden=(2,)), 3000)[1].mean_cost:.4f}" in helps
    run = replace(document, patience=100).trajectory()
    run.extend(3000)
    assert run.stopped
    assert f"patience 100 ends the run at iteration {run.stopped.iteration}," in helps


def test_xor_is_learned() -> None:
    document = lesson("xor")
    assert document.network.layers == (2, 4, 1)
    assert document.network.bias
    assert document.dataset.y.ravel().tolist() == [0, 1, 1, 0]
    run = document.trajectory()
    run.extend(document.iterations)
    predicted = run.pass_at(document.iterations)["Y_hat"]
    assert np.round(predicted).ravel().tolist() == [0, 1, 1, 0]


def test_the_companions_are_what_their_names_say() -> None:
    assert set(lesson("lecture-ones").start_parameters.flat.tolist()) == {1.0}
    assert lesson("homework-biases").network.bias
    assert len(lesson("two-hidden-layers").hidden) == 2


def test_cross_entropy_leaves_the_start_that_a_squared_error_can_t_leave() -> None:
    document = lesson("cross-entropy")
    ends = {}
    for cost in ("cross-entropy", "half squared error"):
        run = replace(document, cost=cost, questions=()).trajectory()
        run.extend(document.iterations)
        ends[cost] = run.pass_at(document.iterations)["Y_hat"]
    assert np.round(ends["cross-entropy"]).tolist() == document.dataset.Y.tolist()
    assert ends["half squared error"].max() < 1e-5


def test_softmax_learns_how_many_switches_are_on() -> None:
    run = lesson("softmax").trajectory()
    run.extend(300)
    # What the notes say.
    assert round(float(run.pass_at(1)["Y_hat"][0, 0]), 4) == 0.3984
    right = run.pass_at(300)["Y_hat"][[0, 1, 2, 3], [0, 1, 1, 2]]
    assert right.min() > 0.97


def test_the_eleven_lines_end_with_the_outputs_that_they_print() -> None:
    run = lesson("eleven-lines").trajectory()
    run.extend(10_000)
    # Source: the article "A Neural Network in 11 lines of Python", the output after training.
    assert np.round(run.pass_at(10_000)["Y_hat"].ravel(), 8).tolist() == [
        0.00966449,
        0.00786506,
        0.99358898,
        0.99211957,
    ]


def test_the_worked_example_has_the_numbers_that_were_published() -> None:
    run = lesson("worked-2-2-2").trajectory()
    run.extend(10_000)
    # Source: the article "A Step by Step Backpropagation Example"; it computes round 2 from rounded weights.
    assert [f"{run.cost(i):.9f}" for i in (1, 2, 10_000)] == ["0.298371109", "0.291027774", "0.000035109"]
    assert np.round(run.pass_at(1)["W2_next"], 8)[0].tolist() == [0.35891648, 0.51130127]


@pytest.mark.parametrize("name", ["cross-entropy", "eleven-lines", "iris", "ridge", "softmax", "worked-2-2-2"])
def test_a_lesson_about_one_thing_has_notes_two_questions_and_a_mark(name: str) -> None:
    state = read(bundled_lessons.bundled()[name]).state
    assert len(state.notes) >= 4
    assert (len(state.document.questions), len(state.marks)) == (2, 1)


@pytest.mark.parametrize("name", _NAMES)
def test_a_lesson_is_found_by_its_name_even_where_a_file_is_called_so(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).touch()
    assert bundled_lessons.find(name) == bundled_lessons.bundled()[name]
    assert bundled_lessons.find(f"./{name}").samefile(tmp_path / name)


def test_a_path_stands_for_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").touch()
    for name in ("mine", "mine.toml", "folder/mine", str(tmp_path / "lecture")):
        assert bundled_lessons.find(name) == Path(name)


@pytest.mark.parametrize(
    ("name", "fragment"),
    [("lectur", "did you mean lecture?"), ("xor2", "did you mean xor?"), ("zzz", "the lessons are")],
)
def test_a_name_misspelled_is_answered_with_the_nearest(name: str, fragment: str) -> None:
    with pytest.raises(SessionError, match=name) as error:
        bundled_lessons.find(name)
    assert fragment in str(error.value)


@pytest.mark.parametrize("name", _NAMES)
def test_the_costs_that_a_lesson_recorded_are_those_computed_here(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = command(capsys, "verify", name)
    assert answer.code == 0, answer.out


def test_one_lesson_was_recorded_with_notes_marks_and_two_runs() -> None:
    recorded = read(bundled_lessons.bundled()["first-lesson"])
    assert len(recorded.entries) > 50
    assert recorded.is_ended
    assert [mark.name for mark in recorded.state.marks] == ["forwards", "backwards", "another rate"]
    assert recorded.state.branches.names == ("A", "B")
    assert len(recorded.state.notes) > 5


@pytest.mark.parametrize("digit", [0, 5])
def test_one_digit_of_a_recorded_cost_that_is_another_fails_the_check(
    digit: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = bundled_lessons.bundled()["first-lesson"].read_text(encoding="utf-8")
    before, after = text.split("cost = 0.00", 1)
    changed = str((int(after[digit]) + 1) % 10)
    path = written(tmp_path, f"{before}cost = 0.00{after[:digit]}{changed}{after[digit + 1 :]}")
    answer = command(capsys, "verify", str(path))
    assert answer.code == 1
    assert "The costs differ." in answer.out


def test_the_walkthrough_is_the_whole_lecture_with_its_sections_its_notes_and_its_quiz() -> None:
    recorded = read(bundled_lessons.bundled()["lecture-walkthrough"])
    state = recorded.state
    assert 60 <= len(recorded.entries) <= 120
    assert recorded.is_ended
    assert [mark.name for mark in state.marks] == [
        "the data",
        "the shapes",
        "forwards",
        "the cost",
        "the derivation",
        "the update",
        "the gradient check",
        "the results",
        "a new row",
    ]
    assert len(state.notes) >= len(state.marks)
    assert {(question.ask, question.matrix) for question in state.questions.values()} == {
        ("shape", name) for name in ("X", "W1", "W2", "Y")
    }
    given = answers_of(recorded).values()
    assert len(given) == 4
    assert all(one.verdict and one.verdict.is_right for one in given)
    assert state.new_rows == ((8.0, 5.0),)
    assert verify(recorded).passed


def test_the_walkthrough_goes_through_every_line_of_the_derivation_of_the_gradients() -> None:
    recorded = read(bundled_lessons.bundled()["lecture-walkthrough"])
    state = State.opened(recorded.document)
    seen = set()
    for entry in recorded.entries:
        state = apply_event(state, entry.event)
        if state.pane == "derive":
            seen.add((state.step.name, state.shown_derivation_line))
    network = recorded.document.network
    backward = [step for step in steps(network) if step.name in ("delta3", "dJdW2", "delta2", "dJdW1")]
    lines = [(step.name, line) for step in backward for line in range(1, len(derivation(network, step)) + 1)]
    assert set(lines) <= seen
