"""The run as a program in R, as the lecture writes it."""

from collections.abc import Iterable, Iterator
from textwrap import indent

from tui_nn.handouts.programs.program_batches import batch_in_r, dealing_anew_in_r, dealing_in_r
from tui_nn.handouts.programs.program_derived import derived_in_r
from tui_nn.handouts.programs.program_formulas import R, remark
from tui_nn.handouts.programs.program_functions import functions_in_r
from tui_nn.handouts.programs.program_parts import (
    Change,
    ProgramPlan,
    comment,
    enclosed,
    number,
    numbers,
    on_lines,
)
from tui_nn.handouts.programs.program_scalings import scaled_in_r
from tui_nn.handouts.programs.program_schedules import rate_in_r
from tui_nn.handouts.programs.program_starts import drawn_in_r, drawn_in_words
from tui_nn.handouts.programs.program_stops import (
    best_in_r,
    conditions_before,
    early_stop_in_r,
    patience_in_r,
    waiting_in_r,
)
from tui_nn.network import Dataset, Equation
from tui_nn.network.formulas.equations import PENALISED
from tui_nn.network.formulas.optimizers.update_rule import LEARNING_RATE
from tui_nn.network.model.array import Array

_NUMBERS_AT_ONCE = 1000


def r_program(plan: ProgramPlan) -> str:
    """The text of the program."""
    return "\n".join(_lines(plan)) + "\n"


def _lines(plan: ProgramPlan) -> Iterator[str]:
    document = plan.run_plan.document
    yield comment(plan.made_by)
    yield '# Rscript FILE runs it, or source("FILE") in R. It needs no packages.'
    if document.title:
        yield comment(document.title)
    yield from plan.rounding_comments
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
        yield from (f"{name} <- matrix(0, {rows}, {columns})" for name, (rows, columns) in plan.kept.items())
    yield "\n# The activations and their slopes."
    yield from (functions_in_r(activation) for activation in plan.activations)
    if plan.cost_of_error:
        yield "\n# What an error costs, and its slope."
        yield functions_in_r(plan.cost_of_error)
    yield '\nsay <- function(name, matrix) {\n  cat("\\n", name, "\\n", sep = "")'
    yield "  print(unname(as.matrix(matrix)), digits = 17)\n}"
    yield f"\niterations <- {document.iterations}"
    yield from (f"{name} <- {number(value)}" for name, value in plan.numbers.items())
    yield from (f"{name} <- {value}" for name, value in conditions_before(plan).items())
    if waiting := waiting_in_r(plan):
        yield waiting
    yield "cost_history <- rep(NA, iterations)\nlast <- 0\noverflow <- NULL\n"
    yield from dealing_in_r(plan)
    yield "for (i in 1:iterations) {"
    for change in plan.changes:
        yield from _change(plan, change)
    if plan.batches:
        yield _indented(batch_in_r(plan.batches), "  ")
    if not plan.schedule.is_constant:
        yield f"  {LEARNING_RATE} <- {rate_in_r(plan.schedule.name)}"
    yield from _iteration(plan)
    yield "}\n"
    yield from _end(plan)


def _data(dataset: Dataset, ending: str = "") -> Iterator[str]:
    """The data as x and X, y and Y, these names followed by ``ending``; the test rows as X_test, Y_test."""
    if dataset.test_rows:
        yield "# The test rows are never trained on, and have no say in the scalings."
        listed = enclosed("c(", map(str, sorted(dataset.test_rows)), ")")
        yield f"test_rows{ending} <- {listed}\ntraining_rows{ending} <- setdiff(1:{dataset.rows}, test_rows{ending})"
    for name, table, names, scaling in (
        ("x", dataset.x, dataset.input_names, dataset.scaling_of_inputs),
        ("y", dataset.y, dataset.y_names, dataset.y_scaling),
    ):
        called = f"{name}{ending}"
        if not ending:
            yield f"{name}_names <- {enclosed('c(', map(_text, names), ')')}"
        yield from _matrix(called, table)
        if name == "x" and dataset.derived:
            yield derived_in_r(called, dataset.formulas)
        yield f"colnames({called}) <- {name}_names"
        test = f"{name}_test{ending}"
        if dataset.test_rows:
            yield f"{test} <- {called}[test_rows{ending}, , drop = FALSE]"
            yield f"{called} <- {called}[training_rows{ending}, , drop = FALSE]"
        yield f"{called.upper()} <- unname({scaled_in_r(called, scaling)})"
        if dataset.test_rows:
            scaled = scaled_in_r(test, scaling, called)
            yield f"{name.upper()}_test{ending} <- unname({scaled})"


def _matrix(name: str, matrix: Array) -> Iterator[str]:
    """``name`` becomes the matrix, whose numbers are listed row by row."""
    rows, columns = matrix.shape
    # R takes a time to read one list that grows with the square of its length.
    at_once = max(1, _NUMBERS_AT_ONCE // columns)
    parts = [matrix[first : first + at_once] for first in range(0, rows, at_once)]
    listed = [",\n".join(on_lines(numbers(row), "  ") for row in part) for part in parts]
    if len(listed) == 1:
        yield f"{name} <- matrix(c(\n{listed[0]}\n), {rows}, {columns}, byrow = TRUE)"
    else:
        yield f"{name} <- c()"
        yield from (f"{name} <- c({name},\n{part}\n)" for part in listed)
        yield f"{name} <- matrix({name}, {rows}, {columns}, byrow = TRUE)"


def _start(plan: ProgramPlan) -> Iterator[str]:
    document = plan.run_plan.document
    start, network = document.start, document.network
    is_r = start.distribution is not None and start.generator == "R"
    if is_r:
        yield f"set.seed({start.seed})"
    elif start.distribution:
        yield comment(drawn_in_words(start))
    for name, matrix in document.start_parameters.named.items():
        is_drawn = name.startswith("W") or start.biases_are_drawn
        if is_r and is_drawn:
            yield f"{name} <- {drawn_in_r(start, network, name)}"
        elif start.method != "given" and (start.constant is not None or not is_drawn):
            yield f"{name} <- matrix({number(float(matrix[0, 0]))}, {matrix.shape[0]}, {matrix.shape[1]})"
        else:
            yield from _matrix(name, matrix)


def _change(plan: ProgramPlan, change: Change) -> Iterator[str]:
    yield f"  if (i == {change.first}) {{"
    if change.dataset:
        every = "_all" if plan.batches else ""
        yield f"    X{every} <- X_{change.first}\n    Y{every} <- Y_{change.first}"
        if change.dataset.test_rows:
            yield f"    X_test <- X_test_{change.first}\n    Y_test <- Y_test_{change.first}"
        if waiting := waiting_in_r(plan):
            yield indent(waiting, "    ")
    if plan.batches and change.has_other_count:
        yield _indented(dealing_anew_in_r(plan.batches), "    ")
    yield from (f"    {name} <- {number(value)}" for name, value in change.numbers.items())
    for cell in change.weights:
        yield f"    {cell.name}[{cell.row}, {cell.column}] <- {number(cell.value)}"
    yield "  }"


def _iteration(plan: ProgramPlan) -> Iterator[str]:
    names = list(plan.run_plan.document.network.shapes)
    if penalised := plan.network.penalised:
        yield f"  {PENALISED} <- c({', '.join(penalised)})"
    yield _indented(_formulas(plan.equations), "  ")
    if plan.iteration:
        yield f'  if (i == {plan.iteration}) {{\n    cat("\\nIteration {plan.iteration}\\n")'
        if plan.batches:
            yield f'    say("rows", t({_row_numbers(plan, plan.iteration)}))'
        yield from (f'    say("{name}", {name})' for name in plan.printed)
        yield "  }"
    updated = ", ".join((*(f"{name}_next" for name in names), *plan.kept))
    computed = on_lines((f"{one.name} = {one.name}" for one in plan.equations), "      ")
    yield f"  if (!all(is.finite(c(J, {updated})))) {{"
    yield f"    computed <- list(\n{computed}\n    )"
    yield "    too_large <- names(Filter(function(matrix) !all(is.finite(matrix)), computed))[1]"
    yield '    overflow <- paste0("The run ends at iteration ", i, ": ", too_large, " is too large a number.")'
    yield "    break\n  }"
    yield from (indent(line, "  ") for line in early_stop_in_r(plan))
    yield from (f"  {name} <- {name}_next" for name in names)
    yield "  cost_history[i] <- J\n  Y_hat_before <- Y_hat\n  last <- i"
    yield from (indent(line, "  ") for line in patience_in_r(plan, _formulas(plan.of_test_rows)))


def _end(plan: ProgramPlan) -> Iterator[str]:
    yield "if (last == 0) stop(overflow)"
    yield "# With the weights after the last update."
    if plan.batches:
        yield "X <- X_all"
    yield from _formulas(plan.prediction)
    yield '\ncat("\\nIterations = ", last, "\\n", sep = "")'
    yield 'say(paste0("J of iteration ", last), cost_history[last])'
    yield from (f'say("{name} after the last update", {name})' for name in plan.run_plan.document.network.shapes)
    yield 'say(paste0("Y_hat of iteration ", last, ", before its update"), Y_hat_before)'
    yield 'say("Y_hat with the weights after the last update", Y_hat)'
    if plan.final_data.test_rows:
        yield "\n# The test rows, with the same weights. Their cost is a mean over the rows, without a penalty."
        yield from _formulas(plan.of_test_rows)
        yield 'say("Y_hat of the test rows with the weights after the last update", Y_hat_test)'
        yield 'say("Mean cost of the test rows with the weights after the last update", J_test)'
    yield from best_in_r(plan)
    yield 'if (!is.null(overflow)) cat("\\n", overflow, "\\n", sep = "")'
    if plan.rounding:
        yield f'cat("\\n", {_text(plan.rounding)}, "\\n", sep = "")'


def _formulas(equations: Iterable[Equation]) -> Iterator[str]:
    for equation in equations:
        if says := remark(equation.expression):
            yield says
        yield f"{equation.name} <- {R.formula(equation.expression)}"


def _row_numbers(plan: ProgramPlan, iteration: int) -> str:
    """The numbers in the file of the rows that an iteration uses."""
    is_whole = not plan.data_at(iteration).test_rows
    return "rows" if is_whole else f"training_rows{plan.ending_at(iteration)}[rows]"


def _indented(lines: Iterable[str], by: str) -> str:
    return indent("\n".join(lines), by)


def _text(text: str) -> str:
    """``text`` as R reads it in any locale: what is no ASCII goes by its number."""
    return '"' + "".join(map(_char, text)) + '"'


def _char(char: str) -> str:
    code = ord(char)
    if 0xD800 <= code < 0xE000 or code == 0:
        code = 0xFFFD
    if 0x20 <= code < 0x7F:
        return f"\\{char}" if char in '"\\' else char
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
