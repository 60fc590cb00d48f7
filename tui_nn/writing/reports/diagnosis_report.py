"""Reports where a student's program first differs from the lesson, and which mistake explains its numbers."""

from collections.abc import Iterator

from tui_nn.network.diagnosis.diagnosis import FirstDifference
from tui_nn.network.diagnosis.explanations import Explanation
from tui_nn.network.diagnosis.given import COST
from tui_nn.session.document import Document
from tui_nn.session.homework.diagnosing import HomeworkDiagnosis
from tui_nn.session.validation import shortened
from tui_nn.writing.notation.signs import Notation
from tui_nn.writing.reports.diagnosis_explanation import (
    ExplainedMistake,
    ExplanationWriter,
    other_iteration,
)
from tui_nn.writing.reports.diagnosis_text import DiagnosisText
from tui_nn.writing.reports.mistake_paragraphs import name_of
from tui_nn.writing.reports.paragraphs import printable
from tui_nn.writing.reports.program_lines import ProgramLines
from tui_nn.writing.reports.run_report import Report
from tui_nn.writing.sentences.mistake_text import NO_BREAK
from tui_nn.writing.sentences.placing_sentences import why_aside


def diagnosis_report(document: Document, found: HomeworkDiagnosis, notation: Notation, lines: ProgramLines) -> Report:
    """The answer of ``tui-nn diagnose``; ``lines`` writes the lines of the right program and of the wrong one."""
    writer = ExplanationWriter(document, notation, lines)
    diagnosis, placed = found.diagnosis, found.placed
    explained = [(one, [*writer.mistakes(one)]) for one in diagnosis.explanations.found]
    text = DiagnosisText(document, found, explained, writer, notation)
    report = Report(document.title)
    report.add("agrees", list(diagnosis.agrees))
    report.add("first_difference", None if diagnosis.first is None else _first_value(diagnosis.first))
    report.add("explanations", [_explanation_value(*one) for one in explained])
    report.add("same_as_iteration", other_iteration(diagnosis.explanations.found, diagnosis.given.iterations))
    report.add("iteration", placed.iteration)
    report.add("iteration_assumed", found.is_assumed)
    report.add("compared", [*_compared_values(found)])
    report.add(
        "left_aside",
        [
            {"label": shortened(one.printed.label), "line": one.printed.line, "why": why_aside(one.why)}
            for one in placed.aside
        ],
    )
    report.add("convention", text.convention() or None)
    report.add("complete", diagnosis.explanations.is_complete)
    # Not `report.notes`: the first paragraph has these, and programs always find the key.
    report.add("notes", [*map(printable, found.printed.notes)])
    report.paragraphs += [part for part in text.paragraphs() if part]
    return report


def _compared_values(found: HomeworkDiagnosis) -> Iterator[dict[str, object]]:
    places = {(place.name, place.iteration): place for place in found.placed.places}
    for one in found.diagnosis.compared:
        place = places.get((one.given.name, one.given.iteration))
        differences = one.given.differences(one.ours)
        yield {
            "name": one.given.name,
            "iteration": one.given.iteration,
            "agrees": one.agrees,
            "differing_cells": int(one.differing.sum()),
            "largest_difference": float(differences.max(initial=0.0)),
            "label": shortened(place.printed.label) if place else "",
            "line": place.printed.line if place else None,
        }
    costs, given = found.diagnosis.costs, found.diagnosis.given.costs
    if costs is not None and given is not None and given.iterations.size:
        yield {
            "name": COST,
            "iterations": [int(given.iterations.min()), int(given.iterations.max())],
            "agrees": costs.agrees,
            "differing_cells": int(costs.differing.sum()),
            "largest_difference": float(costs.given.differences(costs.ours).max(initial=0.0)),
        }


def _explanation_value(one: Explanation, mistakes: list[ExplainedMistake]) -> dict[str, object]:
    return {
        "mistake": name_of(one),
        "mistakes": [mistake.name for mistake in one.mistakes],
        "largest_difference": one.largest_difference,
        "details": list(one.program.details),
        "does": [mistake.does.replace(NO_BREAK, " ") for mistake in mistakes],
        "matrices": list(dict.fromkeys(name for mistake in mistakes for name in mistake.matrices)),
        "formula": [mistake.formula for mistake in mistakes if mistake.formula],
        "right": [mistake.right for mistake in mistakes if mistake.right],
        "wrong": [wrong for mistake in mistakes if (wrong := mistake.wrong or mistake.wrong_in_numpy)],
        "wrong_is_example": [mistake.is_example for mistake in mistakes if mistake.wrong or mistake.wrong_in_numpy],
    }


def _first_value(first: FirstDifference) -> dict[str, object]:
    return {
        "iteration": first.iteration,
        "matrix": first.matrix,
        "row": first.row,
        "column": first.column,
        "theirs": first.theirs,
        "ours": first.ours,
    }
