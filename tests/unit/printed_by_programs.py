"""Matrices as R and numpy print them, for the tests of diagnoses."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from tests.unit.helpers import dataset, random_problem
from tests.unit.strategies import networks
from tui_nn.network import Penalty, Start, named_shapes
from tui_nn.network.model.array import Array
from tui_nn.session.document import Document
from tui_nn.session.runs.run_plan import RunPlan
from tui_nn.session.state import State


def plan_of(document: Document) -> RunPlan:
    return State.opened(document).plan


def matrices_of(plan: RunPlan, iteration: int) -> dict[str, Array]:
    """The right matrices of an iteration by their names; J is called cost."""
    document = plan.document
    run = document.trajectory()
    run.extend(iteration)
    computed = run.pass_at(iteration)
    found = {name: computed[name] for name in named_shapes(document.network, document.dataset.rows)}
    return {"cost" if name == "J" else name: matrix for name, matrix in found.items() if name != "loss"}


def by_numpy(matrix: Array, precision: int = 8) -> str:
    with np.printoptions(precision=precision, threshold=10**6):
        return str(matrix)


def by_R(matrix: Array, digits: int = 7) -> str:
    """As R's print(): each column has as many decimals as its cells need for ``digits`` significant digits."""
    columns = [[f"[,{number}]", *_column_of_R(cells, digits)] for number, cells in enumerate(matrix.T, start=1)]
    heads = ["", *(f"[{number},]" for number in range(1, len(matrix) + 1))]
    widths = [max(map(len, column)) for column in (heads, *columns)]
    return "\n".join(
        " ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        for row in zip(heads, *columns, strict=True)
    )


def _column_of_R(cells: Array, digits: int) -> list[str]:
    mantissas = [f"{cell:.{digits - 1}e}".split("e") for cell in cells]
    needed = [len(mantissa.lstrip("-").replace(".", "").rstrip("0")) or 1 for mantissa, _ in mantissas]
    decimals = max(0, *(count - int(power) - 1 for count, (_, power) in zip(needed, mantissas, strict=True)), 0)
    fixed = [f"{cell:.{decimals}f}" for cell in cells]
    scientific = [f"{cell:.{max(needed) - 1}e}" for cell in cells]
    return fixed if max(map(len, fixed)) <= max(map(len, scientific)) else scientific


def text_of(matrices: Mapping[str, Array], form: str, *, is_named: bool = True, is_turned: bool = False) -> str:
    """The matrices as a program prints them: ``form`` is "numpy", "numpy 3" or "R"."""

    def written(matrix: Array) -> str:
        return by_R(matrix) if form == "R" else by_numpy(matrix, 3 if form == "numpy 3" else 8)

    return "\n\n".join(
        (f"{name}\n" if is_named else "") + written(matrix.T if is_turned else matrix)
        for name, matrix in matrices.items()
    )


@st.composite
def plans(draw: st.DrawFn, iterations: int = 4) -> RunPlan:
    """Lessons with small networks of every kind, and weights of both signs."""
    network = draw(networks(most_units=3))
    network = replace(network, penalty=draw(st.sampled_from((Penalty(), Penalty(l2=0.1), Penalty(0.05, 0.0, True)))))
    problem = random_problem(network, draw(st.integers(1, 4)), draw(st.integers(0, 10**6)))
    return plan_of(
        Document(
            title="printed",
            dataset=dataset(problem.dataset.x, problem.dataset.y),
            hidden=network.layers[1:-1],
            activation=network.activation,
            output_activation=network.output_activation,
            bias=network.bias,
            fixed=network.fixed,
            start=Start("given", given=problem.parameters),
            cost=network.cost,
            reduction=network.reduction,
            l1=network.penalty.l1,
            l2=network.penalty.l2,
            penalise_biases=network.penalty.on_biases,
            learning_rate=draw(st.sampled_from((0.05, 0.5, 1.0))),
            iterations=iterations,
        )
    )
