"""Generated data: R draws the same points, and each kind's lesson is whole."""

import subprocess

import numpy as np
import pytest

from tests.programs import needs
from tui_nn.network import ValidationError
from tui_nn.network.model.generated_data import KINDS, generate
from tui_nn.network.model.row_split import drawn_test_rows
from tui_nn.session.generated_lessons import GeneratedData, parse_generated
from tui_nn.session.storage import document_toml

_POINTS, _NOISE, _SEED = 9, 0.3, 7

# What a student writes in R: a loop that draws one point after the other, then the order of all.
_IN_R = {
    "circle": """
        r <- if (i <= 5) runif(1, 0, 2.5) else runif(1, 3.5, 5)
        t <- runif(1, 0, 2 * pi)
        x <- c(r * sin(t), r * cos(t))
        c(x, if (sqrt(sum((x + runif(2, -5, 5) * z)^2)) < 2.5) 1 else -1)""",
    "xor": """
        x <- runif(2, -5, 5)
        x <- x + ifelse(x > 0, 0.3, -0.3)
        c(x, if (prod(x + runif(2, -5, 5) * z) >= 0) 1 else -1)""",
    "gauss": """
        y <- if (i <= 5) 1 else -1
        c(rnorm(2, 2 * y, sqrt(0.5 + 7 * z)), y)""",
    "spiral": """
        k <- if (i <= 5) (i - 1) / 5 else (i - 6) / 4
        t <- 1.75 * k * 2 * pi + if (i <= 5) 0 else pi
        c(5 * k * c(sin(t), cos(t)) + runif(2, -1, 1) * z, if (i <= 5) 1 else -1)""",
    "moons": """
        x <- if (i <= 5) c(cos((i - 1) * pi / 4), sin((i - 1) * pi / 4))
             else c(1 - cos((i - 6) * pi / 3), 0.5 - sin((i - 6) * pi / 3))
        c(x + rnorm(2, 0, z), if (i <= 5) 1 else -1)""",
    "gaussian": """
        x <- runif(2, -6, 6)
        at <- x + runif(2, -6, 6) * z
        d <- sqrt((at[1] - c(-4, 0, 4, -4, 0, 4))^2 + (at[2] - c(2.5, 2.5, 2.5, -2.5, -2.5, -2.5))^2)
        near <- which.min(d)
        c(x, c(1, -1, 1, 1, -1, 1)[near] * max(0, 1 - d[near] / 2))""",
}


@needs("Rscript", called="R")
def test_R_draws_the_same_points() -> None:
    program = [f"z <- {_NOISE}"]
    for point in _IN_R.values():
        program.append(f"set.seed({_SEED}); p <- t(sapply(1:{_POINTS}, function(i) {{{point}\n}}))")
        program.append(f'cat(sprintf("%.17g", t(p[sample({_POINTS}), ])), "\\n")')
    program.append('set.seed(3); cat(sort(sample(10)[-(1:7)]), "\\n")')
    done = subprocess.run(
        ["Rscript", "--vanilla", "-e", "\n".join(program)], capture_output=True, check=True, encoding="utf-8"
    )
    *kinds, test_rows = done.stdout.splitlines()
    for name, line in zip(_IN_R, kinds, strict=True):
        x, y = generate(KINDS[name], _POINTS, _NOISE, _SEED)
        found = np.array(line.split(), dtype=float).reshape(_POINTS, 3)
        # R and numpy may round sin, cos and √ to different last digits.
        np.testing.assert_allclose(np.hstack((x, y)), found, rtol=1e-12, atol=1e-12, err_msg=name)
    assert drawn_test_rows(10, 0.3, 3) == tuple(map(int, test_rows.split()))


@pytest.mark.parametrize(("rows", "share", "kept"), [(10, 0.0, 0), (10, 0.9, 9), (3, 1 / 3, 1), (500, 0.25, 125)])
def test_the_share_of_test_rows_is_the_one_typed(rows: int, share: float, kept: int) -> None:
    assert len(drawn_test_rows(rows, share, seed=1)) == kept


@pytest.mark.parametrize("kind", KINDS)
def test_a_lesson_of_each_kind_is_one_that_its_file_gives_again(kind: str) -> None:
    drawn = GeneratedData(kind, points=12, noise=0.2, seed=5, test_share=0.25)
    lesson = drawn.document()
    assert (lesson.dataset.rows, len(lesson.dataset.test_rows)) == (12, 3)
    again, log = document_toml.parse(drawn.lesson().source)
    assert not log.entries
    assert document_toml.dump(again) == document_toml.dump(lesson)
    assert drawn.lesson().source.startswith(f"# tui-nn new {kind} {drawn.options}\n")
    assert parse_generated(kind, drawn.options) == drawn
    run = lesson.trajectory()
    run.extend(4)
    assert np.isfinite(run.costs[:4]).all()


@pytest.mark.parametrize("kind", ["circle", "xor", "curve", "plane"])
def test_noise_of_labels_moves_no_point(kind: str) -> None:
    (x, y), (noisy_x, noisy_y) = (generate(KINDS[kind], 200, noise, 1) for noise in (0.0, 0.5))
    assert (x == noisy_x).all()
    assert (y != noisy_y).any()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("--points 1", "from 2 to 100000"),
        ("--noise 1.5", "from 0 to 1"),
        ("--test-share 1", "from 0 to below 1"),
        ("--noise", "noise"),
        ("--colour 3", '"--colour" is none of the options'),
        ("100", '"100" is none of the options'),
    ],
)
def test_options_that_can_t_be_are_refused(text: str, says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        parse_generated("circle", text)
