"""What ``tui-nn check`` says of the gradient at each ε."""

from collections.abc import Sequence
from dataclasses import replace

from tui_nn.network import GradientCheck, Pass, Slope
from tui_nn.network.scalar import Cell
from tui_nn.session.document import Document
from tui_nn.writing.ladder import best, course, epsilon_written, error_written, table
from tui_nn.writing.notation import Notation
from tui_nn.writing.report import Report
from tui_nn.writing.written_out import cell_name

_WIDE = 200


def weight_report(
    document: Document, computed: Pass, cell: Cell, slopes: Sequence[Slope], iteration: int, notation: Notation
) -> Report:
    """One weight at each ε."""
    report = Report(document.title)
    name, slope = cell_name(cell, notation), cell_name(Cell(f"dJd{cell.name}", cell.row, cell.column), notation)
    report.add("iteration", iteration, "Iteration")
    report.add("matrix", cell.name)
    report.add("row", cell.row)
    report.add("column", cell.column)
    report.add("weight", cell.value(computed.matrices), f"w = {name}")
    report.add("cost", computed.cost, "J(w)")
    report.add("analytic", slopes[0].analytic, f"{slope} by backpropagation")
    ladder = [
        {
            "epsilon": one.epsilon,
            "above": one.above,
            "below": one.below,
            "numeric": one.numeric,
            "relative_error": one.relative_error,
        }
        for one in slopes
    ]
    # A number has the sign that programs read, as everywhere in what is printed.
    lines = ["".join(cells) for cells in table(slopes, None, _WIDE, replace(notation, minus="-"))]
    _add_ladder(report, ladder, lines, [one.relative_error for one in slopes], notation)
    return report


def ladder_report(document: Document, checks: Sequence[GradientCheck], iteration: int, notation: Notation) -> Report:
    """The whole gradient at each ε."""
    report = Report(document.title)
    report.add("iteration", iteration, "Iteration")
    ladder = [{"epsilon": one.epsilon, "relative_error": one.relative_error} for one in checks]
    width = max(len(notation.epsilon), len(epsilon_written(checks[0].epsilon)))
    lines = [f"{notation.epsilon:>{width}}   relative error of the whole gradient"]
    lines += [
        f"{epsilon_written(one.epsilon):>{width}}   {error_written(one.relative_error, notation)}" for one in checks
    ]
    _add_ladder(report, ladder, lines, [one.relative_error for one in checks], notation)
    return report


def _add_ladder(
    report: Report, ladder: list[dict[str, float]], lines: list[str], errors: Sequence[float], notation: Notation
) -> None:
    report.add("ladder", ladder)
    least = best(errors)
    report.add("best_epsilon", None if least is None else ladder[least]["epsilon"])
    report.remarks.append("\n".join(lines))
    if len(ladder) > 1:
        report.remarks.append(course([one["epsilon"] for one in ladder], errors, notation))
