"""Where a student's numbers belong in the lesson."""

from dataclasses import replace

import numpy as np

from tests.unit.helpers import dataset, lesson
from tests.unit.printed_by_programs import by_numpy, matrices_of, plan_of, text_of
from tui_nn.network import Parameters, Start
from tui_nn.session.document import Document
from tui_nn.session.homework.diagnosing import HomeworkDiagnosis, diagnose_numbers
from tui_nn.session.homework.placed_numbers import WhyAside
from tui_nn.session.homework.reading import read_printed

LECTURE = plan_of(lesson("lecture"))
FIRST = matrices_of(LECTURE, 1)


def _found(text: str, iteration: int | None = None) -> HomeworkDiagnosis:
    return diagnose_numbers(LECTURE, read_printed(text), iteration, effort=0)


def _names(found: HomeworkDiagnosis) -> list[str]:
    return [place.name for place in found.placed.places]


def test_weights_counted_from_zero_are_those_of_the_next_number() -> None:
    text = text_of({"W0": FIRST["W1"], "W1": FIRST["W2"]}, "R")
    found = _found(text, 1)
    assert _names(found) == ["W1", "W2"]
    assert found.diagnosis.first is None


def test_beside_weights_called_new_those_without_are_those_before_the_update() -> None:
    after = {"W1_new": FIRST["W1_next"], "W2": FIRST["W2"]}
    found = _found(text_of(after, "numpy"), 1)
    assert _names(found) == ["W1_next", "W2"]
    assert found.diagnosis.first is None


def test_weights_above_the_slopes_may_be_those_before_the_update() -> None:
    found = _found(text_of({"W2": FIRST["W2"], "dJdW2": FIRST["dJdW2"]}, "numpy"))
    assert found.placed.iteration == 1
    assert found.diagnosis.agrees == ("W2", "dJdW2")


def test_weights_that_were_never_updated_are_not_taken_for_those_before_the_update() -> None:
    found = _found(text_of({"dJdW2": FIRST["dJdW2"], "W2": FIRST["W2"]}, "numpy"))
    assert found.diagnosis.first is not None
    assert found.diagnosis.first.matrix == "W2_next"


def test_without_a_name_the_matrix_whose_digits_agree_is_meant_even_where_another_is_near() -> None:
    found = _found(by_numpy(FIRST["W1_next"]), 1)
    assert _names(found) == ["W1_next"]
    assert found.diagnosis.first is None


def test_numbers_without_a_name_are_taken_for_data_only_if_they_agree() -> None:
    right, wrong = FIRST["X"], FIRST["X"] + 0.05
    assert _names(_found(by_numpy(right), 1)) == ["X"]
    found = _found(f"{by_numpy(wrong)}\n\ncost\n{by_numpy(FIRST['cost'])}", 1)
    assert "X" not in _names(found)


def test_a_transposed_matrix_is_recognized() -> None:
    found = _found(text_of({name: FIRST[name] for name in ("Z2", "W2_next")}, "R", is_turned=True), 1)
    assert [place.is_transposed for place in found.placed.places] == [True, True]
    assert found.diagnosis.first is None


def test_rounded_costs_of_every_thousandth_iteration_are_placed_by_their_digits() -> None:
    run = LECTURE.document.trajectory()
    run.extend(10_000)
    costs = [run.cost(iteration) for iteration in range(1000, 10_001, 1000)]
    found = _found("cost_history\n" + "\n".join(f"{cost:.6f}" for cost in costs))
    given = found.placed.given.costs
    assert given is not None
    assert given.iterations.tolist() == [*range(1000, 10_001, 1000)]
    assert found.diagnosis.first is None


def test_a_row_near_the_costs_that_agrees_with_a_matrix_is_that_matrix() -> None:
    x, y = np.array([[0.6094573, 0.96037096]]), np.array([[0.71168077]])
    weights = (np.array([[0.91783912, -0.10106968], [0.07732232, 0.72432415]]), np.array([[0.05471862], [0.2793499]]))
    start = Start("given", given=Parameters(weights, ()))
    document = Document(title="near", dataset=dataset(x, y), hidden=(2,), bias=False, start=start)
    plan = plan_of(replace(document, cost="cross-entropy", iterations=4))
    ours = matrices_of(plan, 1)
    assert abs(ours["A2"] - ours["cost"]).max() < 1e-3
    found = diagnose_numbers(plan, read_printed(by_numpy(ours["A2"])), 1, effort=0)
    assert _names(found) == ["A2"]


def test_the_errors_are_not_taken_for_costs() -> None:
    text = "error\n" + by_numpy((FIRST["Y"] - FIRST["Y_hat"]).T) + "\n\nY_hat\n" + by_numpy(FIRST["Y_hat"])
    found = _found(text, 1)
    assert [one.why for one in found.placed.aside] == [WhyAside.ERRORS]
    assert np.isfinite(found.placed.given.matrices[0].numbers).all()
    assert _names(found) == ["Y_hat"]


def test_what_follows_a_whole_pass_without_a_heading_was_printed_after_the_loop() -> None:
    last = LECTURE.document.iterations
    final = matrices_of(LECTURE, last)
    of_pass = ("Z2", "A2", "Z3", "Y_hat", "delta3", "dJdW2", "delta2", "dJdW1")
    first = {**{name: FIRST[name] for name in of_pass}, "W1": FIRST["W1_next"], "W2": FIRST["W2_next"]}
    after = {"W1": final["W1_next"], "W2": final["W2_next"], "Y_hat": final["Y_hat"]}
    found = _found(text_of(first, "R") + "\n\n" + text_of(after, "R"), 1)
    assert [place.iteration for place in found.placed.places] == [1] * len(first) + [last] * len(after)
    assert found.diagnosis.first is None


def test_numbers_of_a_loop_that_is_an_iteration_too_long_are_all_of_the_last_iteration() -> None:
    last = LECTURE.document.iterations
    longer = matrices_of(LECTURE, last + 1)
    text = text_of({"W1": longer["W1_next"], "W2": longer["W2_next"], "Y_hat": longer["Y_hat"]}, "R")
    assert {place.iteration for place in _found(text).placed.places} == {last}


def test_biases_as_a_row_of_the_weights_are_taken_out_of_them() -> None:
    plan = plan_of(lesson("homework-biases"))
    ours = matrices_of(plan, 1)
    with_ones = {
        "X": np.hstack((np.ones((3, 1)), ours["X"])),
        "dJdW2": np.vstack((ours["dJdb2"], ours["dJdW2"])),
        "W1": np.vstack((ours["b1_next"], ours["W1_next"])),
        "W2": np.vstack((ours["b2_next"], ours["W2_next"])),
    }
    found = diagnose_numbers(plan, read_printed(text_of(with_ones, "numpy")), 1, effort=0)
    assert found.diagnosis.agrees == ("X", "dJdW2", "dJdb2", "W1_next", "W2_next", "b1_next", "b2_next")
    assert found.diagnosis.first is None


def test_iterations_that_a_loop_counts_from_0_are_one_more() -> None:
    second = matrices_of(LECTURE, 2)
    text = "\n".join(
        f"iter {number}: J={ours['cost'][0, 0]:.8g}\n{text_of({'W1': ours['W1_next']}, 'numpy')}"
        for number, ours in enumerate((FIRST, second))
    )
    found = _found(text)
    assert [(place.name, place.iteration) for place in found.placed.places] == [("W1_next", 1), ("W1_next", 2)]
    assert found.diagnosis.first is None


def test_weights_that_a_loop_prints_without_names_are_of_one_iteration_after_the_other() -> None:
    text = "\n\n".join(
        text_of({name: matrices_of(LECTURE, iteration)[f"{name}_next"] for name in ("W1", "W2")}, "R", is_named=False)
        for iteration in (1, 2, 3)
    )
    found = _found(text)
    assert _names(found) == ["W1_next", "W2_next"] * 3
    assert [place.iteration for place in found.placed.places] == [1, 1, 2, 2, 3, 3]
    assert found.diagnosis.first is None


def test_squares_that_are_transposed_and_have_the_opposite_sign_are_understood() -> None:
    ours = {name: FIRST[name] for name in ("A2", "W1_next", "W2_next")}
    opposite = {name: -FIRST[name] for name in ("delta3", "delta2", "dJdW2", "dJdW1")}
    found = _found(text_of({**ours, **opposite}, "numpy", is_turned=True), 1)
    assert found.diagnosis.first is None
    assert found.diagnosis.convention.of_delta == -1


def test_a_list_of_costs_alone_needs_no_name_even_where_they_are_wrong() -> None:
    run = LECTURE.document.trajectory()
    run.extend(12)
    given = _found("\n".join(f"{2 * run.cost(iteration):.8g}" for iteration in range(1, 13))).placed.given.costs
    assert given is not None
    assert given.iterations.tolist() == [*range(1, 13)]
