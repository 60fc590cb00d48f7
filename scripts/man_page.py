"""Writes the man page, docs/tui-nn.1, from the parsers of the command line: ``python -m scripts.man_page``."""

import argparse
import os
from pathlib import Path

from argparse_manpage.manpage import Manpage

from tui_nn import __version__
from tui_nn.cli.arguments import described_parser
from tui_nn.cli.examples import EXAMPLES

PAGE = Path(__file__).parents[1] / "docs" / "tui-nn.1"
_DATE = "2026-11-29"
"""When the page said something new for the last time."""

_SUMMARY = "teach backpropagation in a terminal"
_SYNOPSIS = r"""\fBtui\-nn\fR [\fIOPTIONS\fR] [\fINAME or FILE\fR]
.br
\fBtui\-nn\fR \fICOMMAND\fR [\fIOPTIONS\fR] [\fIARGUMENTS\fR]"""
_DESCRIPTION = r"""\fBtui\-nn\fR walks a class through the training of a small neural network, number by
number: every matrix of every iteration, with its formula, its numbers and its shape, forwards and backwards.
.PP
Without a command, it opens the dashboard. It shows the lecture, or the lesson or table that you name. The key ? shows
all keys, q quits. With a command, it prints or writes a result and ends; \fBreplay\fR and \fBfollow\fR open the
dashboard, and \fBserve\fR runs until ctrl+c."""
_ENVIRONMENT = r""".TP
\fBTUI_NN_SIGNS\fR
the signs on the screen and in what is printed: all, common or ascii
.TP
\fBTUI_NN_LANGUAGE\fR
the language of what you read: en or de, as for \-\-language
.TP
\fBTUI_NN_DECIMAL\fR
the decimal sign in what people read: point or comma
.TP
\fBTUI_NN_CURSOR\fR
1 shows the terminal's own cursor at the number selected, for screen readers and braille displays
.TP
\fBNO_COLOR\fR
if it is set, the dashboard uses no colours
.TP
\fBXDG_STATE_HOME\fR
tui\-nn keeps its recordings in the subfolder tui\-nn/lessons of this folder; default: ~/.local/state"""
_EXIT_STATUS = r""".TP
\fB0\fR
done
.TP
\fB1\fR
a check failed: gradients or costs differ, a program has a mistake
.TP
\fB2\fR
tui\-nn can't do what was asked; a sentence says why
.TP
\fB130\fR
ended by ctrl+c"""


def man_page() -> str:
    """The man page as troff."""
    data = {"project_name": "tui-nn", "version": __version__, "manual_title": "tui-nn", "date": _DATE}
    page = Manpage(_for_the_page(described_parser()), data, format="single-commands-section")
    page.description = _SUMMARY
    page.add_section("synopsis", "=", _SYNOPSIS)
    page.add_section("description", "=", _DESCRIPTION)
    page.add_section("examples", "=", _examples())
    page.add_section("environment", "=", _ENVIRONMENT)
    page.add_section("exit status", "=", _EXIT_STATUS)
    return str(page)


def _for_the_page(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """``parser`` without what the page would say twice."""
    parser.description = parser.epilog = None
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for of_command in action.choices.values():
                # The page begins each command with its help, which says the same.
                of_command.description = None
                of_command.usage = _usage(of_command)
    return parser


def _usage(parser: argparse.ArgumentParser) -> str:
    """How a command is called, on one short line: what it needs. `man` would fill the lines of a long usage up."""
    formatter = argparse.HelpFormatter(parser.prog)
    words = [parser.prog]
    if any(action.option_strings and not action.required and action.dest != "help" for action in parser._actions):
        words.append("[OPTIONS]")
    for action in parser._actions:
        name = action.dest.upper()
        if not action.option_strings:
            words.append(formatter._format_args(action, name))
        elif action.required:
            # Its choices stand below, with the option.
            words.append(f"{action.option_strings[0]} {action.metavar or name}")
    return " ".join(words)


def _examples() -> str:
    lines = ["tui-nn", "tui-nn xor", "tui-nn my-data.csv"]
    lines += [example for examples in EXAMPLES.values() for example in examples]
    return "\n".join([".nf", *(line.replace("\\", "\\e").replace("-", r"\-") for line in lines), ".fi"])


if __name__ == "__main__":
    # argparse wraps what it writes to the width of the terminal.
    os.environ["COLUMNS"] = "80"
    PAGE.write_text(man_page(), encoding="utf-8")
