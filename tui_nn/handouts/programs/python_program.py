"""The run as a program in Python, which needs numpy alone."""

from collections.abc import Iterable, Iterator
from textwrap import indent

from tui_nn.handouts.programs.program_batches import (
    batch_in_python,
    dealing_anew_in_python,
    dealing_in_python,
    modules_in_python,
    sampling_in_python,
)
from tui_nn.handouts.programs.program_derived import derived_in_python
from tui_nn.handouts.programs.program_formulas import PYTHON, remark
from tui_nn.handouts.programs.program_functions import functions_in_python
from tui_nn.handouts.programs.program_parts import (
    Change,
    ProgramPlan,
    comment,
    enclosed,
    number,
    numbers,
    on_lines,
)
from tui_nn.handouts.programs.program_scalings import scaled_in_python
from tui_nn.handouts.programs.program_schedules import rate_in_python
from tui_nn.handouts.programs.program_starts import drawn_in_python, drawn_in_words, seeded_in_python
from tui_nn.handouts.programs.program_stops import (
    best_in_python,
    conditions_before,
    early_stop_in_python,
    patience_in_python,
    waiting_in_python,
)
from tui_nn.network import Dataset, Equation
from tui_nn.network.formulas.equations import PENALISED
from tui_nn.network.formulas.optimizers.update_rule import LEARNING_RATE
from tui_nn.network.model.array import Array


def python_program(plan: ProgramPlan) -> str:
    """The text of the program."""
    return "\n".join(_lines(plan)) + "\n"


def _lines(plan: ProgramPlan) -> Iterator[str]:
    document = plan.run_plan.document
    # The title comes below the second line: what stands in a comment above could declare another encoding.
    yield comment(plan.made_by)
    yield "# It needs Python 3 and numpy."
    if document.title:
        yield comment(document.title)
    yield from plan.rounding_comments
    yield f"{modules_in_python(plan)}\nimport numpy as np\n"
    yield 'np.seterr(all="ignore")  # numbers that become too large end the run below'
    yield "\n# The data as typed in, and as the network sees them."
    yield from _data(document.dataset)
    for change in plan.changes:
        if change.dataset:
            yield f"\n# The data from iteration {change.first} on."
            yield from _data(change.dataset, f"_{change.first}")
    yield "\n# The weights to start from."
    yield from _start(plan)
    if plan.kept:
        yield comment(f"What {plan.network.optimizer.name} keeps from one iteration to the next.")
        yield from (f"{name} = np.zeros({shape})" for name, shape in plan.kept.items())
    yield "\n\n# The activations and their slopes."
    yield "\n\n\n".join(functions_in_python(activation) for activation in plan.activations)
    if plan.cost_of_error:
        yield "\n\n# What an error costs, and its slope."
        yield functions_in_python(plan.cost_of_error)
    if sampling := sampling_in_python(plan):
        yield sampling.rstrip("\n")
    yield '\n\ndef say(name, matrix):\n    print(f"\\n{name}")\n    for row in np.atleast_2d(matrix).tolist():'
    yield '        print("  ", "  ".join(map(repr, row)))\n\n'
    yield f"iterations = {document.iterations}"
    yield from (f"{name} = {number(value)}" for name, value in plan.numbers.items())
    yield from (f"{name} = {value}" for name, value in conditions_before(plan).items())
    if waiting := waiting_in_python(plan):
        yield waiting
    yield 'cost_history = []\noverflow = ""\n'
    yield from dealing_in_python(plan)
    yield "for i in range(1, iterations + 1):"
    for change in plan.changes:
        yield from _change(plan, change)
    if plan.batches:
        yield _indented(batch_in_python(plan.batches), "    ")
    if not plan.schedule.is_constant:
        yield f"    {LEARNING_RATE} = {rate_in_python(plan.schedule.name)}"
    yield from _iteration(plan)
    yield ""
    yield from _end(plan)


def _data(dataset: Dataset, ending: str = "") -> Iterator[str]:
    """The data as x and X, y and Y, these names followed by ``ending``; the test rows as X_test, Y_test."""
    if dataset.test_rows:
        yield "# The test rows are never trained on, and have no say in the scalings."
        listed = enclosed("np.array([", map(str, sorted(dataset.test_rows)), "])")
        yield f"test_rows{ending} = {listed} - 1"
        yield f"training_rows{ending} = np.setdiff1d(np.arange({dataset.rows}), test_rows{ending})"
    for name, table, names, scaling in (
        ("x", dataset.x, dataset.input_names, dataset.scaling_of_inputs),
        ("y", dataset.y, dataset.y_names, dataset.y_scaling),
    ):
        called = f"{name}{ending}"
        if not ending:
            yield f"{name}_names = {enclosed('[', map(repr, names), ']')}"
        yield f"{called} = {_matrix(table)}"
        if name == "x" and dataset.derived:
            yield derived_in_python(called, dataset.formulas)
        test = f"{name}_test{ending}"
        if dataset.test_rows:
            yield f"{test} = {called}[test_rows{ending}]"
            yield f"{called} = {called}[training_rows{ending}]"
        yield f"{called.upper()} = {scaled_in_python(called, scaling)}"
        if dataset.test_rows:
            scaled = scaled_in_python(test, scaling, called)
            yield f"{name.upper()}_test{ending} = {scaled}"


def _matrix(matrix: Array) -> str:
    rows = ",\n".join(f"    [{on_lines(numbers(row), '     ').strip()}]" for row in matrix)
    return f"np.array([\n{rows},\n], dtype=float)"


def _start(plan: ProgramPlan) -> Iterator[str]:
    document = plan.run_plan.document
    start, network = document.start, document.network
    seeded = seeded_in_python(start) if start.distribution else ""
    if start.distribution and not seeded:
        yield comment(drawn_in_words(start))
    if seeded:
        yield seeded
    for name, matrix in document.start_parameters.named.items():
        is_drawn = name.startswith("W") or start.biases_are_drawn
        if seeded and is_drawn:
            yield f"{name} = {drawn_in_python(start, network, name)}"
        elif start.method != "given" and (start.constant is not None or not is_drawn):
            constant = number(float(matrix[0, 0]))
            filled = (
                f"np.ones({matrix.shape})" if constant == "1" else f"np.full({matrix.shape}, {constant}, dtype=float)"
            )
            yield f"{name} = {filled}"
        else:
            yield f"{name} = {_matrix(matrix)}"


def _change(plan: ProgramPlan, change: Change) -> Iterator[str]:
    yield f"    if i == {change.first}:"
    if change.dataset:
        every = "_all" if plan.batches else ""
        yield f"        X{every} = X_{change.first}\n        Y{every} = Y_{change.first}"
        if change.dataset.test_rows:
            yield f"        X_test = X_test_{change.first}\n        Y_test = Y_test_{change.first}"
        if waiting := waiting_in_python(plan):
            yield indent(waiting, "        ")
    if plan.batches and change.has_other_count:
        yield _indented(dealing_anew_in_python(plan.batches), "        ")
    yield from (f"        {name} = {number(value)}" for name, value in change.numbers.items())
    for cell in change.weights:
        yield f"        {cell.name}[{cell.row - 1}, {cell.column - 1}] = {number(cell.value)}"
    if change.dataset is None and not change.numbers and not change.weights:
        yield "        pass"


def _iteration(plan: ProgramPlan) -> Iterator[str]:
    names = list(plan.run_plan.document.network.shapes)
    if penalised := plan.network.penalised:
        yield f"    {PENALISED} = np.concatenate([{', '.join(f'{name}.ravel()' for name in penalised)}])"
    yield _indented(_formulas(plan.equations), "    ")
    if plan.iteration:
        yield f'    if i == {plan.iteration}:\n        print("\\nIteration {plan.iteration}")'
        if plan.batches:
            yield f'        say("rows", {_row_numbers(plan, plan.iteration)} + 1)'
        yield from (f'        say("{name}", {name})' for name in plan.printed)
    updated = ", ".join((*(f"{name}_next" for name in names), *plan.kept))
    computed = on_lines((f'"{one.name}": {one.name}' for one in plan.equations), "            ")
    yield f"    if not all(np.isfinite(matrix).all() for matrix in (J, {updated})):"
    yield f"        computed = {{\n{computed},\n        }}"
    yield "        too_large = next(name for name, matrix in computed.items() if not np.isfinite(matrix).all())"
    yield '        overflow = f"The run ends at iteration {i}: {too_large} is too large a number."'
    yield "        break"
    yield from (indent(line, "    ") for line in early_stop_in_python(plan))
    yield from (f"    {name} = {name}_next" for name in names)
    yield "    cost_history.append(float(J))\n    Y_hat_before = Y_hat"
    yield from (indent(line, "    ") for line in patience_in_python(plan, _formulas(plan.of_test_rows)))


def _end(plan: ProgramPlan) -> Iterator[str]:
    yield "last = len(cost_history)\nif not last:\n    raise SystemExit(overflow)"
    yield "# With the weights after the last update."
    if plan.batches:
        yield "X = X_all"
    yield from _formulas(plan.prediction)
    yield '\nprint(f"\\nIterations = {last}")'
    yield 'say(f"J of iteration {last}", cost_history[-1])'
    yield from (f'say("{name} after the last update", {name})' for name in plan.run_plan.document.network.shapes)
    yield 'say(f"Y_hat of iteration {last}, before its update", Y_hat_before)'
    yield 'say("Y_hat with the weights after the last update", Y_hat)'
    if plan.final_data.test_rows:
        yield "\n# The test rows, with the same weights. Their cost is a mean over the rows, without a penalty."
        yield from _formulas(plan.of_test_rows)
        yield 'say("Y_hat of the test rows with the weights after the last update", Y_hat_test)'
        yield 'say("Mean cost of the test rows with the weights after the last update", J_test)'
    yield from best_in_python(plan)
    yield 'if overflow:\n    print(f"\\n{overflow}")'
    if plan.rounding:
        yield f"print()\nprint({plan.rounding!r})"


def _formulas(equations: Iterable[Equation]) -> Iterator[str]:
    for equation in equations:
        if says := remark(equation.expression):
            yield says
        yield f"{equation.name} = {PYTHON.formula(equation.expression)}"


def _row_numbers(plan: ProgramPlan, iteration: int) -> str:
    """The numbers in the file, from 0, of the rows that an iteration uses."""
    is_whole = not plan.data_at(iteration).test_rows
    return "np.array(rows)" if is_whole else f"training_rows{plan.ending_at(iteration)}[rows]"


def _indented(lines: Iterable[str], by: str) -> str:
    return indent("\n".join(lines), by)
