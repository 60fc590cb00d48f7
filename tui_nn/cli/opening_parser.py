"""The arguments of tui-nn without a command, and what all parsers share.

``tui-nn --help`` and ``--version`` need this module alone: it imports no numpy.
"""

import argparse
import re
from typing import NoReturn

from tui_nn import __version__, decimal_sign
from tui_nn.cli.language_choice import LANGUAGE_OPTION, LANGUAGE_VARIABLE
from tui_nn.language import _, ngettext
from tui_nn.languages import languages
from tui_nn.session.tables.selection_options import SKIP_MISSING, WITHOUT, Y
from tui_nn.writing.notation.sign_set import SIGNS_VARIABLE, SignSet

_SIGNS_HELP = (
    "if your font shows boxes: common is what nearly every font has (δ3, W2', no braille), ascii is ASCII alone "
    f"(delta3, Y_hat); default: all, or what {SIGNS_VARIABLE} says"
)
_LANGUAGE_HELP = (
    f"the language of what you read; default: that of {LANGUAGE_VARIABLE}, else that of your locale, else English"
)
OPTION = "\x1a"
"""Stands for the option's name in the sentence of an `argparse.ArgumentTypeError`: what reads a value can't know it.

It is a control character, which no quoted text has: `shortened` replaces them.
"""

THEME_HELP = "the colours, such as high-contrast, colour-blind, textual-light or ansi-dark"
FILE_HELP = "a session file, a table of data such as a CSV file, or a lesson's name (tui-nn sessions lists them)"


class Parser(argparse.ArgumentParser):
    """A parser that words its errors as tui-nn does: a `SessionError`, whose cause is the error of argparse."""

    def error(self, message: str) -> NoReturn:
        """Raises `SessionError` with what is wrong about the words, and where more is said."""
        # Imported here: who asks for help makes no error.
        from tui_nn.session.storage.session_file import SessionError

        sentence = _("{what} ({program} --help says more)", what=_reworded(message), program=self.prog)
        raise SessionError(sentence) from argparse.ArgumentError(None, message)


def _reworded(message: str) -> str:
    """Rewords a message of argparse as tui-nn words its own: what was expected, and what the user typed."""
    from tui_nn.session.validation import shortened

    if missing := re.fullmatch(r"the following arguments are required: (.*)", message):
        count = len(missing[1].split(", "))
        return ngettext("{arguments} is missing", "{arguments} are missing", count, arguments=missing[1])
    if choice := re.fullmatch(r"argument (\S+): invalid choice: '(.*)' \(choose from (.*)\)", message, re.DOTALL):
        one_of = choice[3].replace("'", "")
        return _(
            '{option} must be one of {names}; you typed "{typed}"',
            option=choice[1],
            names=one_of,
            typed=shortened(choice[2]),
        )
    if unknown := re.fullmatch(r"unrecognized arguments: (.*)", message, re.DOTALL):
        return _('there is no option or place for "{typed}"', typed=shortened(unknown[1]))
    if empty := re.fullmatch(r"argument (\S+): expected (?:one|at least one) argument", message):
        return _("{option} needs a value behind it", option=empty[1])
    if full := re.fullmatch(r"argument (\S+): ignored explicit argument '(.*)'", message, re.DOTALL):
        return _('{option} takes no value; you typed "{typed}"', option=full[1], typed=shortened(full[2]))
    if pair := re.fullmatch(r"argument (\S+): not allowed with argument (\S+)", message):
        return _("{option} can't be used together with {other}", option=pair[1], other=pair[2])
    if short := re.fullmatch(r"ambiguous option: (.*) could match (.*)", message, re.DOTALL):
        return _('"{typed}" may be any of {options}; write it in full', typed=shortened(short[1]), options=short[2])
    if (value := re.fullmatch(r"argument (\S+): (.*)", message, re.DOTALL)) and OPTION in value[2]:
        return value[2].replace(OPTION, value[1], 1)
    return message


def opening_parser() -> argparse.ArgumentParser:
    """The parser of words that begin with no command."""
    parser = Parser(
        prog="tui-nn",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Walk through the training of a small neural network, number by number.",
        epilog="commands for a lesson that was recorded:\n"
        "  replay FILE    replay it as it was taught\n"
        "  follow FILE    follow it live while it is taught\n"
        "  share FILE     let others read it, and say what to tell the class\n"
        "  serve FILE     let people follow it in a browser, or give each a lesson of their own\n"
        "  verify FILE    compute its costs again, and compare\n"
        "  answers FILE...  the answers or the mistakes of a class, as a table\n\n"
        "commands that print instead of opening the dashboard:\n"
        "  train FILE     train, and print the weights and predictions\n"
        "  show FILE      print every matrix of one iteration, or where a number comes from\n"
        "  derive FILE    print why the formulas are as they are\n"
        "  walk FILE      read the lesson line by line, for screen readers\n"
        "  predict FILE   print the prediction for a row that is not in the data\n"
        "  check FILE     check the gradient numerically\n"
        "  diagnose FILE NUMBERS  find where your own program goes wrong\n"
        "  export FILE    write a handout, or a program for R or Python\n"
        "  starts FILE    train from many starts, and print how they end\n"
        "  sweep FILE     train with several values of settings, and compare them\n"
        "  new KIND       write a lesson with data drawn at random: circle, xor, spiral, ...\n"
        "  split FILE     write a copy of a lesson with rows kept back for a test\n"
        "  completion SHELL  print a completion script for bash, zsh, fish or PowerShell\n"
        "  sessions       list the lessons that come with tui-nn\n\n"
        "tui-nn COMMAND --help says what each takes.",
    )
    parser.add_argument("file", nargs="?", metavar="NAME or FILE", help=FILE_HELP)
    add_opening_options(parser)
    return parser


def add_opening_options(parser: argparse.ArgumentParser) -> None:
    """Adds the options of words that begin with no command."""
    add_table_options(parser)
    add_signs(parser)
    add_language(parser)
    add_decimal_comma(parser)
    parser.add_argument("--theme", default="", metavar="NAME", help=THEME_HELP)
    parser.add_argument("--version", action="version", version=f"tui-nn {__version__}")


def add_signs(parser: argparse.ArgumentParser) -> None:
    """Adds the options that choose the signs; ``signs`` is "" if the user chose none."""
    names = [signs.value for signs in SignSet]
    parser.add_argument("--signs", choices=names, default="", help=_SIGNS_HELP)
    parser.add_argument(
        "--ascii", dest="signs", action="store_const", const=SignSet.ASCII.value, help="short for --signs ascii"
    )


def add_decimal_comma(parser: argparse.ArgumentParser) -> None:
    """Adds the option that chooses the decimal sign; ``decimal`` is "" if the user chose none."""
    parser.add_argument(
        decimal_sign.OPTION,
        dest="decimal",
        action="store_const",
        const=decimal_sign.COMMA,
        default="",
        help="write 0,5 for 0.5, and CSV with semicolons; JSON and programs keep the point",
    )


def add_language(parser: argparse.ArgumentParser) -> None:
    """Adds the option that `choose_language` has already obeyed; here it is checked and explained."""
    parser.add_argument(LANGUAGE_OPTION, choices=languages(), help=_LANGUAGE_HELP)


def add_table_options(parser: argparse.ArgumentParser) -> None:
    """Adds the options that choose a table's columns and rows."""
    of_table = parser.add_argument_group("options for a table of data")
    for option, says in (
        (Y, "these columns are y, in this order; default: the last one"),
        (WITHOUT, "leave these columns out"),
    ):
        of_table.add_argument(option, nargs="+", action="extend", default=[], metavar="NAME", help=says)
    of_table.add_argument(SKIP_MISSING, action="store_true", help="leave out the rows in which a number is missing")
