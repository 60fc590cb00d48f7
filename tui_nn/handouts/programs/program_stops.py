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


def patience_in_r(plan: ProgramPlan, formulas: Iterable[str]) -> Iterator[str]:
    """The lines after the update that wait for the test cost to fall, which ``formulas`` compute as J_test."""
    if not plan.run_plan.document.stopping.patience:
        return
    lines = [
        "# Has the mean cost of the test rows fallen below its least?",
        *formulas,
        "if (isTRUE(J_test < least_test_cost)) {\n  least_test_cost <- J_test\n  waited <- 0\n} else {",
        "  waited <- waited + 1\n}",
        "if (waited == patience) break",
    ]
    yield f"if (i %% per_epoch == 0) {{\n{indent(chr(10).join(lines), '  ')}\n}}" if plan.batches else "\n".join(lines)


def patience_in_python(plan: ProgramPlan, formulas: Iterable[str]) -> Iterator[str]:
    """The lines after the update that wait for the test cost to fall, which ``formulas`` compute as J_test."""
    if not plan.run_plan.document.stopping.patience:
        return
    lines = [
        "# Has the mean cost of the test rows fallen below its least?",
        *formulas,
        "if J_test < least_test_cost:\n    least_test_cost, waited = J_test, 0\nelse:\n    waited += 1",
        "if waited == patience:\n    break",
    ]
    yield f"if i % per_epoch == 0:\n{indent(chr(10).join(lines), '    ')}" if plan.batches else "\n".join(lines)
