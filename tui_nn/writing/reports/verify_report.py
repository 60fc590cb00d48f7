"""Reports how the recorded costs of a lesson compare with those computed again."""

from tui_nn.session.storage.session_file import Lesson
from tui_nn.session.verify import TOLERANCE, ComparedValue, Verification
from tui_nn.writing.notation.number_format import group_digits, shortest_text
from tui_nn.writing.reports.run_report import Report
from tui_nn.writing.sentences.note_sentences import rounding_sentence

_NAMED = 10


def verify_report(lesson: Lesson, found: Verification) -> Report:
    """How many costs were compared, the largest difference, and the costs that differ."""
    report = Report(lesson.document.title)
    report.add("events", len(lesson.entries), "Events")
    report.add("compared", found.compared, "Recorded costs")
    report.add("tolerance", TOLERANCE)
    report.add("largest_difference", found.largest_difference if found.compared else None)
    report.add("differing", [_json_value(value) for value in found.differing])
    report.add("bytes_left_out", lesson.cut_off_bytes)
    report.add("passed", found.passed)
    report.add("widest_tolerance", found.largest_tolerance)
    if lesson.cut_off_bytes:
        report.paragraphs.append(f"The last event was cut off; {lesson.cut_off_bytes} bytes of it are left out.")
    if found.worst:
        worst = found.worst
        where = f"event {group_digits(worst.seq)}, iteration {group_digits(worst.iteration)} of run {worst.run}"
        report.paragraphs.append(f"The largest relative difference is {found.largest_difference:.3g} ({where}).")
    report.paragraphs += [_difference_sentence(value) for value in found.differing[:_NAMED]]
    if len(found.differing) > _NAMED:
        report.paragraphs.append(f"{group_digits(len(found.differing) - _NAMED)} more differ.")
    if not found.compared:
        report.paragraphs.append("The lesson has recorded no cost that could be compared.")
    elif found.passed:
        most = f"up to {found.largest_tolerance:.2g} of it" if found.largest_tolerance < 1 else "up to all of it"
        beside = f", or than rounding can change it ({most})" if found.largest_tolerance > TOLERANCE else ""
        report.paragraphs.append(f"The costs agree: none differs by more than {TOLERANCE:g} of itself{beside}.")
    else:
        report.paragraphs.append("The costs differ.")
    report.notes = [f"Run {name}: {rounding_sentence(agreed)}" for name, agreed in found.runs_that_amplify]
    return report


def _difference_sentence(value: ComparedValue) -> str:
    computed = (
        "the run ends before that here" if value.computed is None else f"computed is {shortest_text(value.computed)}"
    )
    place = f"Event {group_digits(value.seq)}: iteration {group_digits(value.iteration)} of run {value.run}"
    return f"{place}: recorded is {shortest_text(value.recorded)}, {computed}."


def _json_value(value: ComparedValue) -> dict[str, object]:
    return {
        "seq": value.seq,
        "run": value.run,
        "iteration": value.iteration,
        "recorded": value.recorded,
        "computed": value.computed,
        "difference": value.difference,
        "tolerance": value.tolerance,
    }
