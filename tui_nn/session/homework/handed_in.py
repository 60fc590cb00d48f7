"""Diagnoses a file that a student handed in; a file that can't be read is an answer, too."""

from pathlib import Path

from tui_nn.language import _
from tui_nn.network import ValidationError
from tui_nn.session.homework.diagnosing import HomeworkDiagnosis, diagnose_numbers
from tui_nn.session.homework.reading import read_printed_file
from tui_nn.session.runs.run_plan import RunPlan
from tui_nn.session.storage.session_file import os_error_reason


def diagnose_file(plan: RunPlan, path: Path, iteration: int | None = None) -> HomeworkDiagnosis | str:
    """The diagnosis of the numbers in the file at ``path``; a sentence that says why there is none."""
    try:
        return diagnose_numbers(plan, read_printed_file(path), iteration)
    except ValidationError as error:
        return error.sentence
    except OSError as error:
        reason = os_error_reason(error)
        return f"{reason[:1].upper()}{reason[1:]}."
    except ValueError:
        return _("A file can't have this name.")
