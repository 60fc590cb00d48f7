"""Reports the answers of a class: a table with a row for each student and a column for each question."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.session.quiz.answers import RecordedAnswer
from tui_nn.session.quiz.questions import Question
from tui_nn.session.storage.session_file import Lesson, printable_path
from tui_nn.writing.notation.number_format import group_digits
from tui_nn.writing.notation.signs import Notation
from tui_nn.writing.reports.csv_table import csv_table
from tui_nn.writing.reports.run_report import Report
from tui_nn.writing.reports.spreadsheet_cells import escape_formula
from tui_nn.writing.sentences.question_text import expected_text, question_label, question_text

_GAP = "  "
_LONGEST = 16
_COLUMNS = ("student", "file", "question", "asked", "answer", "shown", "right", "expected", "seconds", "edited")


@frozen_dataclass(eq=False)
class Student:
    """A student's file: its path, its lesson, and the answers in it, by their questions."""

    path: Path
    lesson: Lesson
    answers: Mapping[Question, RecordedAnswer]

    @property
    def name(self) -> str:
        """The file's name without its suffix."""
        return printable_path(Path(self.path.stem))

    @property
    def right_count(self) -> int:
        """How many answers are right."""
        return sum(map(is_right, self.answers.values()))


class AnswersReport(Report):
    """The answers of all students."""

    def csv(self) -> str:
        """A line for each question of each student, whether answered or not."""
        return csv_table((_COLUMNS, *([escape_formula(cell) for cell in row] for row in self._rows)))

    def __init__(self, students: Sequence[Student], notation: Notation) -> None:
        super().__init__("")
        # The same question in several files is one question.
        questions: dict[Question, None] = {}
        for student in students:
            questions |= dict.fromkeys((*student.lesson.state.questions.values(), *student.answers))
        order = list(questions)
        answers = {student: [_answer_fields(student, question, notation) for question in order] for student in students}
        self.add(
            "questions",
            [
                {"number": number, **_question_fields(question, notation)}
                for number, question in enumerate(order, start=1)
            ],
        )
        self.add(
            "students",
            [
                {
                    "name": student.name,
                    "file": printable_path(student.path),
                    "right": student.right_count,
                    "answers": answers[student],
                }
                for student in students
            ],
        )
        self._rows = [
            [
                student.name,
                printable_path(student.path),
                number,
                _question_fields(question, notation)["asked"],
                *_csv_cells(answer),
            ]
            for student in students
            for number, (question, answer) in enumerate(zip(order, answers[student], strict=True), start=1)
        ]
        self.paragraphs = (
            [_questions_text(order, students, notation), _answers_table(order, students, notation)] if order else []
        )
        if not order:
            self.paragraphs = ["No question is asked in what was given."]


def is_right(given: RecordedAnswer) -> bool:
    """Whether an answer is right. If its iteration was never computed, it is not."""
    return given.verdict is not None and given.verdict.is_right


def _question_fields(question: Question, notation: Notation) -> dict[str, object]:
    return {"asked": question_text(question, notation), **vars(question)}


def _answer_fields(student: Student, question: Question, notation: Notation) -> dict[str, object]:
    given = student.answers.get(question)
    verdict = given.verdict if given else None
    return {
        "answer": given.text or None if given else None,
        "shown": not given.text if given else None,
        "right": verdict.is_right if verdict else None,
        # Programs read -, not −.
        "expected": expected_text(question, verdict, notation).replace("−", "-") if verdict else None,
        "seconds": given.at if given else None,
        "edited": given.is_edited if given else None,
    }


def _csv_cells(answer: Mapping[str, object]) -> list[object]:
    right = {True: "yes", False: "no", None: ""}
    return ["" if value is None else right[value] if isinstance(value, bool) else value for value in answer.values()]


def _questions_text(order: list[Question], students: Sequence[Student], notation: Notation) -> str:
    """A line for each question: its number, its text, the right answer, and how many students gave it."""
    lines = []
    for number, question in enumerate(order, start=1):
        given = [student.answers[question] for student in students if question in student.answers]
        told = dict.fromkeys(expected_text(question, answer.verdict, notation) for answer in given if answer.verdict)
        expected = f" {' or '.join(told)}" if told else ""
        right = f"{group_digits(sum(map(is_right, given)))} of {group_digits(len(students))} right"
        lines.append(f"{number:>3}  {question_text(question, notation)}{expected}: {right}")
    return "\n".join(lines)


def _answers_table(order: list[Question], students: Sequence[Student], notation: Notation) -> str:
    """A row for each student: each answer, with a sign for right or wrong, and how many are right."""
    signs = ("✓", "✗") if notation.all_signs else ("+", "x")
    rows = [["", *(f"{number} {question_label(one, notation)}" for number, one in enumerate(order, start=1)), "right"]]
    for student in students:
        cells = [_answer_cell(student.answers.get(question), signs, notation.ellipsis) for question in order]
        rows.append([student.name, *cells, f"{student.right_count} of {len(order)}"])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    cells_of = (zip(row, widths, strict=True) for row in rows)
    return "\n".join(_GAP.join(cell.ljust(width) for cell, width in row).rstrip() for row in cells_of)


def _answer_cell(given: RecordedAnswer | None, signs: tuple[str, str], ellipsis: str) -> str:
    if given is None:
        return "-"
    if given.verdict is None:
        return "not computed"
    text = given.text if len(given.text) <= _LONGEST else given.text[: _LONGEST - 1] + ellipsis
    edited = " (edited)" if given.is_edited else ""
    return f"{signs[0] if given.verdict.is_right else signs[1]} {text or 'gave up'}{edited}"
