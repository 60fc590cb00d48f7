"""The command ``sweep``: trains with every combination of some settings, or tests the learning rate."""

import argparse

from tui_nn.cli.command_support import notation_for_document, print_report, read_run_plan, with_reading_note
from tui_nn.cli.progress_line import progress_line
from tui_nn.handouts.output import to_standard_error
from tui_nn.network import ValidationError
from tui_nn.network.checks.rate_test import rate_test
from tui_nn.session.document import Document
from tui_nn.session.runs.sweep import CombinationRuns, ProcessEnded, sweep
from tui_nn.session.runs.swept_settings import SWEPT, Combination, combinations, parse_values
from tui_nn.session.settings import HYPERPARAMETERS
from tui_nn.session.storage.session_file import SessionError
from tui_nn.session.validation import counted
from tui_nn.writing.notation.number_format import group_digits
from tui_nn.writing.reports.sweep_report import SweepReport, rate_test_report
from tui_nn.writing.sentences.steps_and_errors import error_sentence

_INTERRUPTED = 130


@with_reading_note
def sweep_command(request: argparse.Namespace) -> int:
    """Prints the runs of every combination; returns the exit code, 130 if the user stopped it before the last one."""
    document = read_run_plan(request).document
    typed = {key: text for key in SWEPT if (text := getattr(request, f"swept_{key}"))}
    if request.rate_test and typed:
        raise SessionError("--rate-test varies the learning rate alone; leave out the other settings, or --rate-test")
    if request.rate_test:
        found = rate_test(
            document.network,
            document.dataset,
            document.start_parameters,
            document.learning_rate,
            document.pace.batches,
        )
        print_report(rate_test_report(document, found, notation_for_document(document)), request.format)
        return 0
    if not typed:
        raise SessionError("name a setting to vary, with its values, such as --learning-rate 0.1,1,5")
    seeds = range(request.from_seed, request.from_seed + request.seeds)
    swept = _combinations(document, typed, request.iterations, seeds)
    runs = _trained(swept, seeds, request.processes)
    print_report(SweepReport(document, runs, len(swept), notation_for_document(document)), request.format)
    if len(runs) < len(swept):
        to_standard_error(f"Stopped: {len(runs)} of {counted(len(swept), 'combination')} are complete.")
        return _INTERRUPTED
    return 0


def _combinations(document: Document, typed: dict[str, str], iterations: int | None, seeds: range) -> list[Combination]:
    """Every combination of the values typed. Raises `SessionError` if one can't be."""
    try:
        if iterations:
            document = HYPERPARAMETERS["iterations"].set(document, iterations)
        return combinations(document, {key: parse_values(key, text) for key, text in typed.items()}, seeds)
    except ValidationError as error:
        raise SessionError(error_sentence(error, minus="-")) from None


def _trained(swept: list[Combination], seeds: range, processes: int) -> list[CombinationRuns]:
    count = sum(len(one.seeds(seeds)) for one in swept)
    with progress_line() as say:

        def progress(done: float) -> None:
            say(f"{100 * done:.0f} % of {group_digits(count)} runs trained")

        try:
            return sweep(swept, seeds, processes, progress=progress)
        except ProcessEnded as ended:
            raise SessionError(f"{ended} --processes 1 needs less memory.") from None
