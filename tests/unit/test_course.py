"""What a course has after the lecture comes out as autograd computes it: costs, gradients, Ŷ, parameters."""

import numpy as np
import pytest

from tests.unit.course import COVERED, course_figures, course_lesson
from tests.unit.handed_out import run_of
from tui_nn.network import agreement


@pytest.mark.parametrize("name", COVERED)
def test_a_lesson_of_the_course_comes_out_as_autograd_computes_it(name: str) -> None:
    figures, run = course_figures(name), run_of(course_lesson(name))
    # RMSProp makes rounding errors grow: from iteration 88 on, no two programs agree on its numbers.
    agreed = agreement(run, run.reached)
    assert name == "lecture, rmsprop" or agreed.first is None
    for iteration, cost in figures["costs"].items():
        assert run.cost(int(iteration)) == pytest.approx(cost, rel=10.0 ** -min(9, agreed.digits(int(iteration))))
    for iteration, wanted in figures["snapshots"].items():
        computed, within = run.pass_at(int(iteration)), 10.0 ** -min(9, agreed.digits(int(iteration)))
        assert (computed.row_numbers + 1).tolist() == wanted["rows"]
        assert computed["learning_rate"].item() == pytest.approx(wanted["learning_rate"], rel=1e-12)
        np.testing.assert_allclose(computed["Y_hat"], wanted["Y_hat"], rtol=0, atol=within)
        for kind, matrices in (("dJd{}", wanted["gradients"]), ("{}_next", wanted["next"])):
            for matrix, cells in matrices.items():
                found = computed[kind.format(matrix)]
                np.testing.assert_allclose(found, np.reshape(cells, found.shape), rtol=0, atol=within)
