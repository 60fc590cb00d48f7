"""Reports what ``tui-nn check`` found, with the verdict: the gradient at one ε, or the errors at each ε."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace

from tui_nn.network import GradientCheck, GradientVerdict, MeasuredSlope, Pass, Slope, SlopeVerdict
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.session.document import Document
from tui_nn.writing.formulas.cell_formula import cell_name
from tui_nn.writing.notation.signs import Notation
from tui_nn.writing.reports.epsilon_sweep_table import epsilon_text, error_text, least_error, sweep_table, sweep_text
from tui_nn.writing.reports.run_report import Report
from tui_nn.writing.sentences.verdict_sentences import BACKPROPAGATION, gradient_verdict, slope_verdict

# A quotient is poor if it is farther from the slope than this share of it.
_POOR = 0.01
_WIDE = 200


def check_report(
    document: Document, check: GradientCheck, iteration: int, notation: Notation, program: str = BACKPROPAGATION
) -> Report:
    """The gradient at one ε, by ``program`` and by two costs, and the relative error between them."""
    report = Report(document.title)
    report.add("iteration", iteration, "Iteration")
    report.add("epsilon", check.epsilon, notation.epsilon)
    report.add("relative_error", check.relative_error, "Relative error of the whole gradient")
    for name, analytic in check.analytic.items():
        report.add(name, analytic, f"{notation.name(name)} by {program}")
        report.add(f"{name}_numeric", check.numeric[name], f"{notation.name(name)} by two costs for each weight")
    return report


def weight_report(
    document: Document,
    computed: Pass,
    cell: Cell,
    slopes: Sequence[Slope],
    iteration: int,
    notation: Notation,
    verdict: SlopeVerdict,
    program: str = BACKPROPAGATION,
) -> Report:
    """The slope at one weight at each ε, by ``program`` and by two costs, with the verdict."""
    report = Report(document.title)
    name, slope = cell_name(cell, notation), cell_name(Cell(f"dJd{cell.name}", cell.row, cell.column), notation)
    report.add("iteration", iteration, "Iteration")
    report.add("matrix", cell.name)
    report.add("row", cell.row)
    report.add("column", cell.column)
    report.add("weight", cell.value(computed.matrices), f"w = {name}")
    report.add("cost", computed.cost, "J(w)")
    report.add("analytic", slopes[0].analytic, f"{slope} by {program}")
    ladder = [
        {
            "epsilon": quotient.epsilon,
            "above": quotient.above,
            "below": quotient.below,
            "numeric": quotient.numeric,
            "relative_error": quotient.relative_error,
        }
        for quotient in slopes
    ]
    # Programs read -, not −.
    lines = ["".join(cells) for cells in sweep_table(slopes, None, _WIDE, replace(notation, minus="-"))]
    _add_sweep(report, ladder, lines, [quotient.relative_error for quotient in slopes], notation, verdict)
    return report


def sweep_report(
    document: Document, checks: Sequence[GradientCheck], iteration: int, notation: Notation, verdict: SlopeVerdict
) -> Report:
    """The relative error of the whole gradient at each ε, with the verdict."""
    report = Report(document.title)
    report.add("iteration", iteration, "Iteration")
    ladder = [{"epsilon": check.epsilon, "relative_error": check.relative_error} for check in checks]
    width = max(len(notation.epsilon), len(epsilon_text(checks[0].epsilon)))
    lines = [f"{notation.epsilon:>{width}}   relative error of the whole gradient"]
    lines += [
        f"{epsilon_text(check.epsilon):>{width}}   {error_text(check.relative_error, notation)}" for check in checks
    ]
    _add_sweep(report, ladder, lines, [check.relative_error for check in checks], notation, verdict)
    return report


def add_slope_verdict(
    report: Report,
    measured: MeasuredSlope,
    slope: float,
    document: Document,
    notation: Notation,
    program: str = BACKPROPAGATION,
) -> SlopeVerdict:
    """Adds the verdict on one slope, as a value and in a sentence; returns it."""
    verdict = measured.verdict(slope)
    report.add("verdict", str(verdict))
    report.add("measured_at", measured.epsilon)
    report.add("measured", measured.numeric)
    report.add("measured_error", measured.error)
    if verdict is SlopeVerdict.KINK:
        report.add("kinks", [asdict(kink) for kink in measured.kinks])
    report.add("passed", verdict is not SlopeVerdict.DIFFER)
    iteration = report.values["iteration"]
    assert isinstance(iteration, int)  # noqa: S101 - every report of a check has it
    report.paragraphs.append(slope_verdict(measured, document.network, iteration, notation, slope, program))
    return verdict


def add_gradient_verdict(
    report: Report, judged: GradientVerdict, document: Document, notation: Notation, program: str = BACKPROPAGATION
) -> SlopeVerdict:
    """Adds the verdict on the whole gradient, as a value and in sentences; returns it."""
    report.add("verdict", str(judged.verdict))
    report.add("differing", list(_slopes_with_verdict(judged, SlopeVerdict.DIFFER)))
    left_out = [kind for kind in SlopeVerdict if not kind.is_measured]
    report.add("left_out", [slope for kind in left_out for slope in _slopes_with_verdict(judged, kind)])
    report.add("passed", judged.verdict is not SlopeVerdict.DIFFER)
    iteration = report.values["iteration"]
    assert isinstance(iteration, int)  # noqa: S101 - every report of a check has it
    report.paragraphs += gradient_verdict(judged, document.network, iteration, notation, program)
    return judged.verdict


def add_poor_quotients(report: Report, shown: GradientCheck, judged: GradientVerdict, notation: Notation) -> None:
    """Adds a sentence if quotients in ``shown`` are far from the slopes, but the verdict is that the slopes agree."""
    agree = judged.those(SlopeVerdict.AGREE)
    poor = [
        measured
        for measured, slope in agree
        for name, row, column in [measured.place]
        if abs(float(shown.numeric[f"dJd{name}"][row - 1, column - 1]) - slope) > _POOR * abs(slope)
    ]
    if poor and judged.verdict is SlopeVerdict.AGREE:
        epsilon = f"{notation.epsilon} = {epsilon_text(shown.epsilon)}"
        report.paragraphs.append(
            f"With {epsilon}, some quotients above are far from the slopes. The verdict measures each slope with the "
            f"{notation.epsilon} that does best for it."
        )


def _slopes_with_verdict(judged: GradientVerdict, verdict: SlopeVerdict) -> Iterator[dict[str, object]]:
    for measured, slope in judged.those(verdict):
        matrix, row, column = measured.place
        yield {
            "matrix": matrix,
            "row": row,
            "column": column,
            "verdict": str(verdict),
            "analytic": slope,
            "measured": measured.numeric,
            "measured_at": measured.epsilon,
            "measured_error": measured.error,
            **({"kinks": [asdict(kink) for kink in measured.kinks]} if verdict is SlopeVerdict.KINK else {}),
        }


def _add_sweep(
    report: Report,
    ladder: list[dict[str, float]],
    lines: list[str],
    errors: Sequence[float],
    notation: Notation,
    verdict: SlopeVerdict,
) -> None:
    report.add("ladder", ladder)
    least = least_error(errors)
    report.add("best_epsilon", None if least is None else ladder[least]["epsilon"])
    report.paragraphs.append("\n".join(lines))
    if len(ladder) > 1 and (said := sweep_text([rung["epsilon"] for rung in ladder], errors, notation, verdict)):
        report.paragraphs.append(said)
