"""What a course has after the lecture comes out as autograd computes it: costs, gradients, Ŷ, parameters."""

import numpy as np
import pytest

from tests.unit.course import COVERED, course_figures, course_lesson
from tests.unit.handed_out import run_of


@pytest.mark.parametrize("name", COVERED)
def test_a_lesson_of_the_course_comes_out_as_autograd_computes_it(name: str) -> None:
    figures, run = course_figures(name), run_of(course_lesson(name))
    for iteration, cost in figures["costs"].items():
        assert run.cost(int(iteration)) == pytest.approx(cost, rel=1e-9)
    for iteration, wanted in figures["snapshots"].items():
        computed = run.pass_at(int(iteration))
        np.testing.assert_allclose(computed["Y_hat"], wanted["Y_hat"], rtol=0, atol=1e-9)
        for kind, matrices in (("dJd{}", wanted["gradients"]), ("{}_next", wanted["next"])):
            for matrix, cells in matrices.items():
                found = computed[kind.format(matrix)]
                np.testing.assert_allclose(found, np.reshape(cells, found.shape), rtol=0, atol=1e-9)
