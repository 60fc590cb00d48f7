"""Prints what lets a shell complete the commands and options of tui-nn when the user presses Tab."""

import argparse

from tui_nn.cli.arguments import completing_parser
from tui_nn.handouts.output import to_standard_output


def completion(request: argparse.Namespace) -> int:
    """Prints the script for the shell that ``request`` names."""
    # Imported here: no other command needs it.
    import shtab

    parser = completing_parser(shtab.FILE)
    to_standard_output(f"{shtab.complete(parser, request.shell, root_prefix='tui_nn')}\n", "utf-8")
    return 0
