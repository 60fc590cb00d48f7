"""The arguments of each command: their names, the values that they take, and their help."""

import argparse
import re
import shlex
from collections.abc import Sequence
from pathlib import Path

from tui_nn.cli.argument_values import (
    parse_count,
    parse_count_of_processes,
    parse_count_of_starts,
    parse_epsilon,
    parse_mistake,
    parse_number,
    parse_points,
    parse_seed,
    parse_size,
    parse_speed,
)
from tui_nn.cli.command_table import COMMANDS
from tui_nn.cli.examples import EXAMPLES
from tui_nn.cli.opening_parser import (
    FILE_HELP,
    THEME_HELP,
    Parser,
    add_decimal_comma,
    add_language,
    add_opening_options,
    add_signs,
    add_table_options,
    opening_parser,
)
from tui_nn.cli.serve_arguments import add_serve_options
from tui_nn.handouts import FILMS, FORMATS_WITHOUT_SCREEN, PICTURE
from tui_nn.language import _
from tui_nn.network import Mistake
from tui_nn.network.model.generated_data import KINDS
from tui_nn.session.runs.swept_settings import SWEPT
from tui_nn.session.storage import bundled_lessons
from tui_nn.session.storage.session_file import SessionError
from tui_nn.session.tables.column_selection import EVERYTHING, TableSelection
from tui_nn.session.tables.selection_options import WITHOUT, Y
from tui_nn.writing.notation.setting_names import setting_text

_WITH_CSV = ("train", "show", "predict", "starts", "sweep", "answers")
_TAKING_NUMBERS = ("predict", "sweep")
_STUDENTS_FILES_HELP = "the students' session files, or files of what their programs print"
_SHARE_HELP = "the share of the rows that is kept back for a test, from 0 to below 1; default:"
_LESSONS, _FILES = ("file", "lesson"), ("files", "numbers", "output")
SHELLS = ("bash", "zsh", "fish", "powershell")
_FILE_IS_MISSING = re.compile(r"the following arguments are required: FILE\b")
_FILE_FIRST = f"name the table's file before {Y} and {WITHOUT}, which take every word after them as a column's name"
_READING_TABLES = (
    *("train", "show", "derive", "walk", "predict", "check", "diagnose"),
    *("export", "starts", "sweep", "verify", "split"),
)


def parse_opening(words: Sequence[str]) -> argparse.Namespace:
    """Parses ``words`` that begin with no command: they open the dashboard. Raises `SessionError`."""
    parser = opening_parser()
    found, left = parser.parse_known_args(words)
    if found.file in COMMANDS and (left or not Path(found.file).is_file()):
        raise SessionError(_command_first(words, found.file))
    if left:
        parser.error(f"unrecognized arguments: {' '.join(left)}")
    request = _with_selection(found)
    if request.file is None:
        if request.selection != EVERYTHING:
            raise SessionError(_FILE_FIRST)
        request.file = bundled_lessons.LECTURE
    return request


def parse_command(words: Sequence[str]) -> argparse.Namespace:
    """Parses ``words``, which begin with a command. Raises `SessionError`."""
    unmistakable = map(_with_unmistakable_minus, words) if words[0] in _TAKING_NUMBERS else words
    try:
        return _with_selection(_command_parser().parse_args(list(unmistakable)))
    except SessionError as error:
        if _FILE_IS_MISSING.match(str(error.__cause__)) and {Y, WITHOUT} & set(words):
            raise SessionError(_FILE_FIRST) from None
        raise


def _command_first(words: Sequence[str], command: str) -> str:
    """What to type instead of ``words``, in which options stand before the command."""
    place = words.index(command)
    better = [command, *words[place + 1 :], *words[:place]]
    try:
        parse_command(better)
    except SessionError:
        return _("write {command} first, then its options (tui-nn {command} --help says more)", command=command)
    return _("write the options behind the command: {words}", words=shlex.join(["tui-nn", *better]))


def _with_selection(request: argparse.Namespace) -> argparse.Namespace:
    """Sets ``request.selection`` to the table's columns and rows if the command reads tables; returns ``request``."""
    if hasattr(request, "y"):
        request.selection = TableSelection(tuple(request.y), tuple(request.without), request.skip_missing)
    return request


def _with_unmistakable_minus(word: str) -> str:
    """Writes the minus of a negative number as −. argparse takes -1e-3 and -1/3 for options, −1e-3 for a value."""
    return re.sub(r"^-(?=[.,]?\d)", "−", word)


def completing_parser(of_lessons: object, of_files: object) -> argparse.ArgumentParser:
    """The parser of all commands and of the options of the dashboard. Do not parse with it.

    What completes a lesson or a file is attached to each argument that takes one. The place where a command stands can
    have nothing attached: what completes there, instead of a command, is up to the script of each shell.
    """
    options = Parser(prog="tui-nn")
    add_opening_options(options)
    parser, of_commands = _command_parsers(parents=[options])
    for added in of_commands:
        for action in added._actions:
            if action.dest in (*_LESSONS, *_FILES):
                action.complete = of_lessons if action.dest in _LESSONS else of_files  # type: ignore[attr-defined]
    return parser


def described_parser() -> argparse.ArgumentParser:
    """The parser from which the man page is written: it has every command and every option. Do not parse with it."""
    return _command_parsers(parents=[opening_parser()])[0]


def _command_parser() -> argparse.ArgumentParser:
    return _command_parsers()[0]


def _command_parsers(
    parents: Sequence[argparse.ArgumentParser] = (),
) -> tuple[argparse.ArgumentParser, list[argparse.ArgumentParser]]:
    """The parser of words that begin with a command, with the arguments of ``parents``, and that of each command."""
    parser = Parser(prog="tui-nn", parents=parents, add_help=not parents)
    commands = parser.add_subparsers(title="commands", prog="tui-nn", metavar="COMMAND", parser_class=Parser)
    of_commands: list[argparse.ArgumentParser] = []

    def command(name: str, description: str) -> argparse.ArgumentParser:
        examples = "\n".join(["examples:", *(f"  {example}" for example in EXAMPLES[name])])
        added = commands.add_parser(
            name,
            description=description,
            help=description,
            epilog=examples,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        of_commands.append(added)
        if name == "answers":
            added.add_argument("files", nargs="+", metavar="FILE", help=_STUDENTS_FILES_HELP)
        elif name == "completion":
            added.add_argument("shell", choices=SHELLS, help="your shell")
            return added
        elif name == "serve":
            says = f"{FILE_HELP}; default: {bundled_lessons.LECTURE}"
            added.add_argument("file", nargs="?", default=bundled_lessons.LECTURE, metavar="FILE", help=says)
        elif name not in ("sessions", "new"):
            added.add_argument("file", metavar="FILE", help=FILE_HELP)
        if name in _READING_TABLES:
            add_table_options(added)
        if name == "export":
            added.add_argument(
                "--to",
                choices=(*FORMATS_WITHOUT_SCREEN, PICTURE, *FILMS),
                required=True,
                help="a worked iteration, its numbers, a program; a recorded lesson that plays",
            )
        elif name in ("replay", "follow", "serve"):
            add_signs(added)
            added.add_argument("--theme", default="", metavar="NAME", help=THEME_HELP)
        elif name == "walk":
            add_signs(added)
        else:
            choices = ("text", "json", "csv") if name in _WITH_CSV else ("text", "json")
            added.add_argument("--format", choices=choices, default="text", help="default: text")
            add_signs(added)
        if COMMANDS[name].is_translated:
            add_language(added)
        if COMMANDS[name].has_decimal_sign:
            add_decimal_comma(added)
        return added

    train = command("train", "Train, and print the weights after the last update and the predictions.")
    train.add_argument("--iterations", type=parse_count, metavar="N", help="instead of the file's")
    train.add_argument(
        "--history", action="store_true", help="the cost of every iteration as well, and the mean cost of the test rows"
    )
    show = command("show", "Print every matrix of one iteration.")
    show.add_argument("--iteration", type=parse_count, required=True, metavar="K", help="1 is the first")
    show.add_argument("--step", metavar="S", help="only what is known at this step: Z2, A2, ... delta2, dJdW1, update")
    show.add_argument("--cell", metavar="delta2[1,3]", help="only this number, and where it comes from")
    derive = command("derive", "Print why the formulas are as they are: the chain rule, line by line.")
    derive.add_argument("--step", metavar="S", help="of this step alone: Z2, A2, ... delta2, dJdW1, update")
    walk = command("walk", "Walk through a lesson in lines of text, for screen readers and plain terminals.")
    walk.add_argument("--iteration", type=parse_count, default=1, metavar="K", help="begin there; default: 1")
    predict = command("predict", "Print the prediction for rows that need not be in the data, in the data's units.")
    predict.add_argument(
        "--x",
        type=parse_number,
        nargs="+",
        action="append",
        required=True,
        metavar="X",
        help="a row: a number for each input, such as --x 8 5; may be given again",
    )
    predict.add_argument(
        "--iteration",
        type=parse_count,
        metavar="K",
        help="with the weights that iteration K begins with; default: those after the last update",
    )
    check = command("check", "Compare the gradient of backpropagation with a numeric one; exit 1 where they differ.")
    check.add_argument("--iteration", type=parse_count, default=1, metavar="K", help="default: 1")
    check.add_argument(
        "--epsilon",
        type=parse_epsilon,
        metavar="E",
        help="the only epsilon to measure with; default: for each weight the epsilon with the smallest error",
    )
    check.add_argument(
        "--mistake",
        type=parse_mistake,
        metavar="NAME",
        help=f"check a program with this mistake in it: {', '.join(Mistake)}",
    )
    what = check.add_mutually_exclusive_group()
    what.add_argument("--weight", metavar="W1[1,2]", help="this weight alone, at each epsilon")
    what.add_argument("--ladder", action="store_true", help="the whole gradient at each epsilon")
    diagnose = command(
        "diagnose", "Find where the numbers of your own program first differ, and which mistake explains them."
    )
    diagnose.add_argument(
        "numbers", metavar="NUMBERS", help="a file with what your program prints, CSV or JSON; -: standard input"
    )
    diagnose.add_argument(
        "--iteration",
        type=parse_count,
        metavar="K",
        help="the iteration that NUMBERS come from, if they do not say it; default: 1 or the last, by their fit",
    )
    export = command("export", "Write a worked iteration as a document, or the run as a program.")
    export.add_argument("--iteration", type=parse_count, metavar="K", help="default: where the lesson stands")
    export.add_argument("--step", metavar="S", help="end with this step: Z2, A2, ... delta2, dJdW1, update")
    export.add_argument(
        "--size",
        type=parse_size,
        default=(120, 40),
        metavar="CxL",
        help="of svg, cast, html-replay; default: 120x40",
    )
    export.add_argument("-o", "--output", metavar="OUT", help="write this file, instead of to standard output")
    starts = command("starts", "Train from many starts, and print how far each gets and how many get stuck.")
    starts.add_argument("--count", type=parse_count_of_starts, default=1000, metavar="N", help="default: 1000")
    starts.add_argument(
        "--from-seed", type=parse_seed, default=1, metavar="S", help="the seeds count from here; default: 1"
    )
    starts.add_argument("--iterations", type=parse_count, metavar="N", help="instead of the file's")
    _add_sweep_options(command("sweep", "Train with every combination of some settings, and print which do best."))
    command("verify", "Compute every recorded cost again; exit with 1 if one has a relative error above 1e-9.")
    answers = command(
        "answers",
        "Print what a class answered to a lesson's questions, or which mistakes their programs make; a row for each.",
    )
    answers.add_argument(
        "--lesson", metavar="LESSON", default="", help="for files of numbers: the lesson that they are compared with"
    )
    answers.add_argument(
        "--iteration", type=parse_count, metavar="K", help="for files of numbers: as for tui-nn diagnose"
    )
    new = command("new", "Write a lesson with data drawn at random, and a network that learns them.")
    new.add_argument("kind", choices=tuple(KINDS), metavar="KIND", help=f"one of {', '.join(KINDS)}")
    new.add_argument("--points", type=parse_points, metavar="N", help="default: 500, or 1200 of plane and gaussian")
    new.add_argument("--noise", type=parse_number, default=0.1, metavar="Z", help="from 0 to 1; default: 0.1")
    new.add_argument("--seed", type=parse_seed, default=1, metavar="S", help="of R's generator; default: 1")
    new.add_argument("--test-share", type=parse_number, default=0.5, metavar="P", help=f"{_SHARE_HELP} 0.5")
    new.add_argument("-o", "--output", metavar="OUT", help="default: KIND.toml in this directory")
    split = command("split", "Write a copy of a lesson in which some rows, drawn at random, are kept back for a test.")
    split.add_argument("--share", type=parse_number, default=0.25, metavar="P", help=f"{_SHARE_HELP} 0.25")
    split.add_argument("--seed", type=parse_seed, default=1, metavar="S", help="of R's generator; default: 1")
    split.add_argument("-o", "--output", metavar="OUT", help="default: NAME-split.toml in this directory")
    command("share", "Let everyone on this machine read a lesson, and print what to tell the class.")
    sessions = command("sessions", "List the lessons that come with tui-nn.")
    sessions.add_argument("--recorded", action="store_true", help="those that were recorded here, the newest first")
    replay = command("replay", "Replay a recorded lesson as it was taught.")
    replay.add_argument("--speed", type=parse_speed, default=1.0, metavar="S", help="2 is twice as fast; default: 1")
    replay.add_argument("--from", dest="mark", metavar="MARK", help="begin at this mark")
    replay.add_argument("--share", action="store_true", help="let a class follow the replay, and say what to tell it")
    replay.add_argument("--share-as", metavar="NEW", help="the same, in the file NEW, which must not exist yet")
    command("follow", "Follow a lesson live while it is taught. Nothing is written to its file.")
    add_serve_options(command("serve", "Let people follow a lesson in a browser, or give each a lesson of their own."))
    command("completion", "Print a script with which your shell completes tui-nn's commands when you press Tab.")
    return parser, of_commands


def _add_sweep_options(sweep: argparse.ArgumentParser) -> None:
    sweep.add_argument("--seeds", type=parse_count_of_starts, default=20, metavar="N", help="default: 20")
    sweep.add_argument(
        "--from",
        dest="from_seed",
        type=parse_seed,
        default=1,
        metavar="S",
        help="the seeds count from here; default: 1",
    )
    sweep.add_argument("--iterations", type=parse_count, metavar="N", help="instead of the file's")
    sweep.add_argument(
        "--processes", type=parse_count_of_processes, default=0, metavar="N", help="default: as many as have work"
    )
    sweep.add_argument(
        "--rate-test",
        action="store_true",
        help="instead of a sweep: one run whose learning rate grows in each iteration, to see from where J rises",
    )
    settings = sweep.add_argument_group(
        "settings to vary",
        "values with commas between them: 0.1,1,5. A range 0.001..10:5 is five values, evenly spaced in the logarithm; "
        "8-8 is two layers of hidden units.",
    )
    for key, setting in SWEPT.items():
        named = ", ".join(map(setting_text, setting.choices))
        says = f"{setting.label}: {named}" if named else setting.label
        settings.add_argument(f"--{key.replace('_', '-')}", dest=f"swept_{key}", metavar="VALUES", help=says)
