"""Reports the numbers that a class handed in: a row for each student, and how many made which mistake."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.diagnosis.diagnosis import FirstDifference
from tui_nn.network.diagnosis.given import COST
from tui_nn.session.document import Document
from tui_nn.session.homework.diagnosing import HomeworkDiagnosis
from tui_nn.session.storage.session_file import printable_path
from tui_nn.session.validation import counted
from tui_nn.writing.notation.number_format import group_digits
from tui_nn.writing.notation.signs import Notation
from tui_nn.writing.reports.csv_table import csv_table
from tui_nn.writing.reports.diagnosis_explanation import other_iteration
from tui_nn.writing.reports.mistake_paragraphs import name_of
from tui_nn.writing.reports.paragraphs import filled, sign_of
from tui_nn.writing.reports.run_report import Report
from tui_nn.writing.reports.spreadsheet_cells import escape_formula

NO_MISTAKE = "no mistake found"
NOTHING_EXPLAINS = "nothing explains it"
CHANGES = "the lesson is edited before this iteration"
NOT_READ = "can't be read"

_GAP = "  "
_HEADINGS = ("", "right", "iteration", "first difference", "mistake")
_COLUMNS = (
    "student",
    "file",
    "outcome",
    "right",
    "compared",
    "iteration",
    "matrix",
    "row",
    "column",
    "theirs",
    "ours",
    "mistake",
    "others",
    "complete",
    "why",
)


@frozen_dataclass
class HomeworkRow:
    """What the table says of one file.

    ``right`` of ``compared`` matrices agree before the first difference. ``mistakes`` are those that explain the
    numbers best: one, or two together; ``others`` name what gives the same numbers. ``same_as_iteration`` is the
    iteration whose numbers these are, if it is another. ``is_complete`` is false where a part of the search was left
    out. ``why`` says why a file can't be read, "" if it can.
    """

    path: Path
    outcome: str = NOT_READ
    right: int | None = None
    compared: int | None = None
    iteration: int | None = None
    iteration_assumed: bool | None = None
    first: FirstDifference | None = None
    mistakes: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    same_as_iteration: int | None = None
    is_complete: bool = True
    why: str = ""


def homework_row(path: Path, found: HomeworkDiagnosis | str) -> HomeworkRow:
    """The row of the file at ``path``; ``found`` is a sentence if it can't be read."""
    if isinstance(found, str):
        return HomeworkRow(path, why=found)
    diagnosis = found.diagnosis
    best, *others = diagnosis.explanations.found or (None,)
    if diagnosis.first is None:
        outcome = NO_MISTAKE
    elif best is not None:
        outcome = name_of(best)
    else:
        outcome = NOTHING_EXPLAINS
        if found.changed_before:
            outcome = CHANGES
    return HomeworkRow(
        path,
        outcome,
        *_right_of_compared(found),
        found.placed.iteration,
        found.is_assumed,
        diagnosis.first,
        tuple(mistake.name for mistake in best.mistakes) if best else (),
        tuple(name_of(one) for one in others),
        other_iteration(diagnosis.explanations.found, diagnosis.given.iterations),
        diagnosis.explanations.is_complete or diagnosis.first is None,
    )


def _right_of_compared(found: HomeworkDiagnosis) -> tuple[int, int]:
    """How many matrices agree before the first difference, and how many were compared; a list of costs is one."""
    diagnosis, first = found.diagnosis, found.diagnosis.first
    costs = diagnosis.costs
    count = len(diagnosis.compared) + (costs is not None)
    if first is None:
        return count, count
    right = 0
    for one in diagnosis.compared:
        if not one.agrees or one.given.iteration > first.iteration:
            break
        right += 1
    return right + (costs is not None and costs.agrees), count


class HomeworkReport(Report):
    """What a class handed in; the user stopped the comparison before the last ``stopped_before`` files."""

    def __init__(
        self, document: Document, rows: Sequence[HomeworkRow], notation: Notation, *, stopped_before: int = 0
    ) -> None:
        super().__init__(document.title)
        self._rows, self._notation = rows, notation
        names = _names(rows)
        counts = Counter(mistake for row in rows for mistake in row.mistakes)
        self.add("lesson", document.title)
        self.add("homework", [_row_value(row, name) for row, name in zip(rows, names, strict=True)])
        self.add("not_compared", stopped_before)
        self.add("mistakes", [{"mistake": name, "students": count} for name, count in counts.most_common()])
        self._lines = [_csv_line(row, name) for row, name in zip(rows, names, strict=True)]
        self.paragraphs = [_table([_HEADINGS, *(self._cells(*pair) for pair in zip(rows, names, strict=True))])]
        self.paragraphs += [*self._below(counts)]
        if stopped_before:
            self.paragraphs.append(f"Stopped. Not compared: {counted(stopped_before, 'more file')}.")

    def csv(self) -> str:
        """A line for each file."""
        return csv_table((_COLUMNS, *([escape_formula(cell) for cell in line] for line in self._lines)))

    def _cells(self, row: HomeworkRow, name: str) -> tuple[str, ...]:
        if row.why:
            # What to do about it stands in CSV and JSON, and `diagnose` says it.
            why = row.why.split(". ")[0].removesuffix(".")
            return name, "", "", "", f"{NOT_READ}: {why[:1].lower()}{why[1:]}"
        first = row.first
        where = ""
        if first is not None:
            cell = "" if first.matrix == COST else f"[{first.row},{first.column}]"
            where = f"{sign_of(first.matrix, self._notation)}{cell}"
        said = row.outcome
        if row.same_as_iteration is not None:
            said += f", the numbers of iteration {group_digits(row.same_as_iteration)}"
        if row.others:
            said += f", or {counted(len(row.others), 'other')}"
        elif row.outcome == NOTHING_EXPLAINS and not row.is_complete:
            said += ", not all tried"
        iteration = "" if first is None else group_digits(first.iteration)
        return name, f"{row.right} of {row.compared}", iteration, where, said

    def _below(self, counts: Counter[str]) -> Iterator[str]:
        lines = [f"{count:>4}  {name}" for name, count in counts.most_common()]
        outcomes = Counter(row.outcome for row in self._rows)
        lines += [
            f"{outcomes[name]:>4}  {name}"
            for name in (NO_MISTAKE, NOTHING_EXPLAINS, CHANGES, NOT_READ)
            if outcomes[name]
        ]
        yield "\n".join([f"Of {counted(len(self._rows), 'file')}:", *lines])
        sentences = ["right: how many of the matrices given agree, up to the first difference."]
        if any(row.iteration_assumed for row in self._rows):
            sentences.append(
                "Some files do not say of which iteration their numbers are. tui-nn compares these with iteration 1 or "
                "with the last one, whichever is nearer. --iteration K sets the iteration for all files."
            )
        if any(row.others for row in self._rows):
            sentences.append(
                "or 1 other: another mistake gives the same numbers; tui-nn diagnose and --format json name it."
            )
        if any(row.outcome == NOTHING_EXPLAINS and not row.is_complete for row in self._rows):
            sentences.append("not all tried: some mistakes were left out, as they would have taken too long.")
        yield "\n".join(map(filled, sentences))


def _names(rows: Sequence[HomeworkRow]) -> list[str]:
    """What each row is called: its file's name without the ending, or the whole path where two have the same name."""
    stems = [printable_path(Path(row.path.stem)) for row in rows]
    times = Counter(stems)
    return [stem if times[stem] == 1 else printable_path(row.path) for stem, row in zip(stems, rows, strict=True)]


def _row_value(row: HomeworkRow, name: str) -> dict[str, object]:
    return {
        "name": name,
        "file": printable_path(row.path),
        "outcome": row.outcome,
        "right": row.right,
        "compared": row.compared,
        "iteration": row.iteration,
        "iteration_assumed": row.iteration_assumed,
        "first_difference": None if row.first is None else vars(row.first),
        "mistakes": list(row.mistakes),
        "others": list(row.others),
        "same_as_iteration": row.same_as_iteration,
        "complete": row.is_complete,
        "why": row.why or None,
    }


def _csv_line(row: HomeworkRow, name: str) -> list[object]:
    first = row.first
    values = [first.iteration, first.matrix, first.row, first.column, first.theirs, first.ours] if first else [""] * 6
    return [
        name,
        printable_path(row.path),
        row.outcome,
        "" if row.right is None else row.right,
        "" if row.compared is None else row.compared,
        *values,
        " and ".join(row.mistakes),
        "; ".join(row.others),
        "yes" if row.is_complete else "no",
        row.why,
    ]


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    """Lines in columns; iterations end below each other."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [
            cell.rjust(width) if number == _HEADINGS.index("iteration") else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append(_GAP.join(cells).rstrip())
    return "\n".join(lines)
