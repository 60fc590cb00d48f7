"""The one command line. It imports the dashboard only when a screen is wanted."""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from tui_nn import __version__
from tui_nn.network import Trajectory, gradient_check, steps
from tui_nn.session import lessons, limits
from tui_nn.session.document import Document
from tui_nn.session.file import SessionError, read
from tui_nn.session.hyperparameters import HYPERPARAMETERS
from tui_nn.session.values import short
from tui_nn.writing.figures import grouped, significant
from tui_nn.writing.notation import ASCII, UNICODE, Notation
from tui_nn.writing.report import Report, check_report, show_report, train_report
from tui_nn.writing.sentences import overflow_sentence

_LARGEST_RELATIVE_ERROR = 1e-6
_FILE_HELP = "a session file, or the name of a lesson (tui-nn sessions lists them)"


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise SessionError(f"{message} ({self.prog} --help says more)")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; gives its exit code: 0, 1 for a check that failed, 2 for a request that can't be met."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if words and words[0] in _COMMANDS:
            return _COMMANDS[words[0]](_command_parser().parse_args(words))
        return _open(_opening_parser().parse_args(words))
    except SessionError as error:
        return _fail(str(error))
    except KeyboardInterrupt:
        return 130


def _fail(sentence: str) -> int:
    if sys.stderr is not None:
        encoding = sys.stderr.encoding or "ascii"
        line = "".join(char if char.isprintable() else "�" for char in sentence)
        sys.stderr.write(f"tui-nn: {line}\n".encode(encoding, "replace").decode(encoding))
    return 2


def _opening_parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="tui-nn",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Walk through the training of a small neural network, number by number.",
        epilog="commands that print instead of opening the dashboard:\n"
        "  train FILE     train, and print the weights and predictions\n"
        "  show FILE      print every matrix of one iteration\n"
        "  check FILE     check the gradient numerically\n"
        "  sessions       list the lessons that come with tui-nn\n\n"
        "tui-nn COMMAND --help says what each takes.",
    )
    parser.add_argument("file", nargs="?", default=lessons.LECTURE, metavar="NAME or FILE", help=_FILE_HELP)
    parser.add_argument("--version", action="version", version=f"tui-nn {__version__}")
    return parser


def _command_parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="tui-nn")
    commands = parser.add_subparsers(parser_class=_Parser)

    def command(name: str, says: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, description=says, help=says)
        if name != "sessions":
            added.add_argument("file", metavar="FILE", help=_FILE_HELP)
        choices = ("text", "json", "csv") if name in ("train", "show") else ("text", "json")
        added.add_argument("--format", choices=choices, default="text", help="default: text")
        return added

    train = command("train", "Train, and print the weights after the last update and the predictions.")
    train.add_argument("--iterations", type=_counting, metavar="N", help="instead of the file's")
    train.add_argument("--history", action="store_true", help="the cost of every iteration as well")
    show = command("show", "Print every matrix of one iteration.")
    show.add_argument("--iteration", type=_counting, required=True, metavar="K", help="1 is the first")
    show.add_argument("--step", metavar="S", help="only what is known at this step: Z2, A2, … delta2, dJdW1, update")
    check = command("check", "Compare the gradient of backpropagation with a numeric one; exit 1 where they differ.")
    check.add_argument("--iteration", type=_counting, default=1, metavar="K", help="default: 1")
    check.add_argument("--epsilon", type=_epsilon, default=1e-5, metavar="E", help="default: 1e-5")
    command("sessions", "List the lessons that come with tui-nn.")
    return parser


def _counting(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if not 1 <= number <= limits.ITERATIONS:
        raise argparse.ArgumentTypeError(f'"{short(text)}" is no whole number from 1 to {limits.ITERATIONS}')
    return number


def _epsilon(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number <= 1:
        raise argparse.ArgumentTypeError(f'"{short(text)}" is no number above 0 and at most 1')
    return number


def _train(request: argparse.Namespace) -> int:
    document = _document(request.file)
    if request.iterations:
        document = HYPERPARAMETERS["iterations"].set(document, request.iterations)
    run = document.trajectory()
    run.extend(document.iterations)
    if run.overflow and not run.reached:
        raise SessionError(overflow_sentence(run.overflow, document.learning_rate, _notation(document)))
    _print(train_report(document, run, request.history, _notation(document)), request.format)
    return 0


def _show(request: argparse.Namespace) -> int:
    document = _document(request.file)
    step = None
    if request.step:
        names = {step.name: step for step in steps(document.network)}
        if request.step not in names:
            raise SessionError(f'there is no step "{short(request.step)}"; the steps are {" ".join(names)}')
        step = names[request.step]
    computed = _reached(document, request.iteration).pass_at(request.iteration)
    _print(show_report(document, computed, request.iteration, step, _notation(document)), request.format)
    return 0


def _check(request: argparse.Namespace) -> int:
    document = _document(request.file)
    run = _reached(document, request.iteration)
    parameters = run.parameters(request.iteration)
    check = gradient_check(document.network, document.dataset, parameters, request.epsilon)
    report = check_report(document, check, request.iteration, _notation(document))
    passed = check.relative_error <= _LARGEST_RELATIVE_ERROR
    report.add("passed", passed)
    limit = significant(_LARGEST_RELATIVE_ERROR)
    report.remarks.append(
        f"The gradients agree: the error is at most {limit}."
        if passed
        else f"The gradients differ: the error is above {limit}."
    )
    _print(report, request.format)
    return 0 if passed else 1


def _sessions(request: argparse.Namespace) -> int:
    titles = {name: read(path).document.title for name, path in lessons.bundled().items()}
    width = max(map(len, titles))
    report = Report("\n".join(f"{name:<{width}}  {title}" for name, title in titles.items()), dict(titles))
    _print(report, request.format)
    return 0


def _open(request: argparse.Namespace) -> int:
    path = lessons.find(request.file)
    lesson = read(path)
    instead = "tui-nn train, show and check print without"
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        raise SessionError(f"the dashboard needs a terminal; {instead} one")
    if _notation(lesson.document).unicode is False:
        raise SessionError(f"the dashboard needs a terminal with UTF-8 (try LC_ALL=C.UTF-8); {instead} it")
    from tui_nn.dashboard.app import run

    return run(lesson, path)


def _document(name: str) -> Document:
    return read(lessons.find(name)).document


def _reached(document: Document, iteration: int) -> Trajectory:
    """The run up to ``iteration``. Raises `SessionError` where the lesson has no such iteration."""
    if iteration > document.iterations:
        raise SessionError(f"there is no iteration {iteration}: the lesson has {grouped(document.iterations)}")
    run = document.trajectory()
    run.extend(iteration)
    if run.last < iteration and run.overflow:
        raise SessionError(overflow_sentence(run.overflow, document.learning_rate, _notation(document)))
    return run


def _notation(document: Document) -> Notation:
    encoding = sys.stdout.encoding if sys.stdout else "ascii"
    try:
        "Ŷδ⁽²⁾⊙ᵀ−".encode(encoding or "ascii")
    except UnicodeEncodeError:
        return ASCII.of(document.network)
    return UNICODE.of(document.network)


def _print(report: Report, form: str) -> None:
    text = {"text": report.text, "json": report.json, "csv": report.csv}[form]()
    if sys.stdout is None:
        raise SessionError("there is no standard output to write to")
    encoding = sys.stdout.encoding or "ascii"
    try:
        sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
        sys.stdout.flush()
    except OSError as error:
        # What is left in the buffer would be tried again on the way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        # Whoever was reading may have read enough (tui-nn train lecture --history | head): no failure.
        if not isinstance(error, BrokenPipeError):
            raise SessionError(f"the answer can't be written: {(error.strerror or str(error)).lower()}") from None


_COMMANDS = {"train": _train, "show": _show, "check": _check, "sessions": _sessions}
