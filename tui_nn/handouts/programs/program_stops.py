"""Writes where a program's run stops before its last iteration, in R and in Python."""

from collections.abc import Iterable, Iterator
from textwrap import indent

from tui_nn.handouts.programs.program_parts import ProgramPlan, number


def conditions_before(plan: ProgramPlan) -> dict[str, str]:
    """The settings of the stop that a program sets before its loop, as code, by their names."""
    stopping = plan.run_plan.document.stopping
    found = {"stop_cost": stopping.cost, "stop_gradient": stopping.gradient if plan.network.trained else 0}
    settings = {name: number(value) for name, value in found.items() if value}
    return settings | ({"patience": str(stopping.patience)} if stopping.patience else {})


def early_stop_in_r(plan: ProgramPlan) -> Iterator[str]:
    """The lines before the update that end the loop where J, or every slope of what is trained, is small enough."""
    names = ", ".join(f"dJd{name}" for name in plan.network.trained)
    if met := _conditions(plan, f"max(abs(c({names}))) < stop_gradient", " || "):
        yield f"if ({met}) {{  # the run ends before this update"
        yield "  cost_history[i] <- J\n  Y_hat_before <- Y_hat\n  last <- i\n  break\n}"


def early_stop_in_python(plan: ProgramPlan) -> Iterator[str]:
    """The lines before the update that end the loop where J, or every slope of what is trained, is small enough."""
    names = ", ".join(f"dJd{name}" for name in plan.network.trained)
    slopes = f"all(np.abs(slopes).max() < stop_gradient for slopes in ({names},))"
    if met := _conditions(plan, slopes, " or "):
        yield f"if {met}:  # the run ends before this update"
        yield "    cost_history.append(float(J))\n    Y_hat_before = Y_hat\n    break"


def _conditions(plan: ProgramPlan, of_slopes: str, between: str) -> str:
    settings, conditions = conditions_before(plan), {"stop_cost": "J < stop_cost", "stop_gradient": of_slopes}
    return between.join(condition for name, condition in conditions.items() if name in settings)


def waiting_in_r(plan: ProgramPlan) -> str:
    """The line before the first iteration, and before one with other data, that has seen no test cost; "" if none."""
    return "least_test_cost <- Inf\nwaited <- best_iteration <- 0" if _waits(plan) else ""


def waiting_in_python(plan: ProgramPlan) -> str:
    """The line before the first iteration, and before one with other data, that has seen no test cost; "" if none."""
    return "least_test_cost, waited, best_iteration = np.inf, 0, 0" if _waits(plan) else ""


def patience_in_r(plan: ProgramPlan, formulas: Iterable[str]) -> Iterator[str]:
    """The lines after the update that wait for the test cost to fall, which ``formulas`` compute as J_test."""
    if not _waits(plan):
        return
    kept = "\n".join(f"  best_{name} <- {name}" for name in plan.network.shapes)
    lines = [
        "# Has the mean cost of the test rows fallen below its least?",
        *formulas,
        "if (isTRUE(J_test < least_test_cost)) {\n  least_test_cost <- J_test\n  waited <- 0\n  best_iteration <- i",
        f"{kept}\n}} else {{",
        "  waited <- waited + 1\n}",
        "if (waited == patience) break",
    ]
    conditions = " && ".join(_moments(plan, "i %% per_epoch == 0"))
    yield f"if ({conditions}) {{\n{indent(chr(10).join(lines), '  ')}\n}}" if conditions else "\n".join(lines)


def patience_in_python(plan: ProgramPlan, formulas: Iterable[str]) -> Iterator[str]:
    """The lines after the update that wait for the test cost to fall, which ``formulas`` compute as J_test."""
    if not _waits(plan):
        return
    kept = "\n".join(f"    best_{name} = {name}.copy()" for name in plan.network.shapes)
    lines = [
        "# Has the mean cost of the test rows fallen below its least?",
        *formulas,
        "if J_test < least_test_cost:\n    least_test_cost, waited, best_iteration = J_test, 0, i",
        f"{kept}\nelse:\n    waited += 1",
        "if waited == patience:\n    break",
    ]
    conditions = " and ".join(_moments(plan, "i % per_epoch == 0"))
    yield f"if {conditions}:\n{indent(chr(10).join(lines), '    ')}" if conditions else "\n".join(lines)


def best_in_r(plan: ProgramPlan) -> Iterator[str]:
    """The lines at the end that print the least test cost and the weights that it was computed with."""
    if not _waits(plan):
        return
    yield f"{_best_in_words(plan)}\nif (best_iteration > 0) {{"
    yield '  say(paste0("Least mean cost of the test rows, after iteration ", best_iteration), least_test_cost)'
    for name in plan.network.shapes:
        yield f'  say(paste0("{name} after iteration ", best_iteration), best_{name})'
    yield "}"


def best_in_python(plan: ProgramPlan) -> Iterator[str]:
    """The lines at the end that print the least test cost and the weights that it was computed with."""
    if not _waits(plan):
        return
    yield f"{_best_in_words(plan)}\nif best_iteration:"
    yield '    say(f"Least mean cost of the test rows, after iteration {best_iteration}", least_test_cost)'
    for name in plan.network.shapes:
        yield f'    say(f"{name} after iteration {{best_iteration}}", best_{name})'


def _best_in_words(plan: ProgramPlan) -> str:
    which = " at the end of an epoch" if plan.batches else ""
    return f"# The test cost{which} was least after the update of the best iteration."


def _waits(plan: ProgramPlan) -> bool:
    return bool(plan.run_plan.document.stopping.patience)


def _moments(plan: ProgramPlan, at_end_of_epoch: str) -> list[str]:
    """The conditions on i after whose update the test cost is computed."""
    without = next((one.first for one in plan.changes if one.dataset and not one.dataset.test_rows), None)
    return [*([at_end_of_epoch] if plan.batches else []), *([f"i < {without}"] if without else [])]
