"""The arguments of ``tui-nn serve``."""

import argparse
import re
from functools import partial
from pathlib import Path

from tui_nn.cli.argument_values import parse_whole_number
from tui_nn.cli.opening_parser import OPTION
from tui_nn.language import _
from tui_nn.session.validation import shortened

_parse_port = partial(parse_whole_number, least=0, greatest=65_535)
_parse_most = partial(parse_whole_number, least=1, greatest=10_000)
_parse_memory = partial(parse_whole_number, least=400, greatest=1_000_000)
_parse_disk = partial(parse_whole_number, least=1, greatest=1_000_000)
_parse_upload = partial(parse_whole_number, least=1, greatest=16)
_MOST_MINUTES = 7 * 24 * 60
_NAME = re.compile(r"\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+")


def add_serve_options(serve: argparse.ArgumentParser) -> None:
    """Adds what ``tui-nn serve`` takes besides its file."""
    what = serve.add_mutually_exclusive_group()
    what.add_argument(
        "--follow",
        dest="face",
        action="store_const",
        const="follow",
        default="",
        help="each browser follows the lesson that is recorded in FILE; the default if somebody teaches FILE now",
    )
    what.add_argument(
        "--lab",
        dest="face",
        action="store_const",
        const="lab",
        help="each browser has a lesson of its own, which begins as FILE does; the default if nobody teaches FILE now",
    )
    where = serve.add_argument_group("where")
    where.add_argument(
        "--host",
        default="localhost",
        metavar="ADDRESS",
        help="listen at this address; 0.0.0.0: at all of them; default: localhost, which only this machine reaches",
    )
    where.add_argument("--port", type=_parse_port, default=8000, metavar="N", help="0: one that is free; default: 8000")
    where.add_argument(
        "--name",
        dest="names",
        type=_parse_name,
        action="append",
        default=[],
        metavar="NAME",
        help="browsers know this server by this name, such as that of the nginx before it; may be given again",
    )
    where.add_argument(
        "--folder",
        type=Path,
        metavar="DIR",
        help="keep the lessons of a lab there; default: labs, beside this user's own recordings",
    )
    most = serve.add_argument_group("limits; the page says which of them has been reached")
    most.add_argument("--most", type=_parse_most, default=50, metavar="N", help="browsers at once; default: 50")
    most.add_argument(
        "--idle",
        type=_parse_minutes,
        default=60.0,
        metavar="MIN",
        help="close a lesson in which nothing has happened for so many minutes; default: 60",
    )
    most.add_argument(
        "--memory",
        type=_parse_memory,
        default=500,
        metavar="MB",
        help="memory that the program of one browser may use, where the system can limit it; default: 500",
    )
    most.add_argument(
        "--upload",
        type=_parse_upload,
        default=4,
        metavar="MB",
        help="size of one file or paste; at most 16, default: 4",
    )
    most.add_argument(
        "--disk",
        type=_parse_disk,
        default=100,
        metavar="MB",
        help="disk space for the recordings of one browser in a lab; its uploads may take half as much; default: 100",
    )


def _parse_minutes(text: str) -> float:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        number = 0.0
    if not 0 < number <= _MOST_MINUTES:
        raise argparse.ArgumentTypeError(
            _(
                '{option} must be a number of minutes above 0 and at most {greatest}; you typed "{typed}"',
                option=OPTION,
                greatest=_MOST_MINUTES,
                typed=shortened(text),
            )
        )
    return number


def _parse_name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise argparse.ArgumentTypeError(
            _(
                '{option} must be the name of a machine, such as {such_as}; you typed "{typed}"',
                option=OPTION,
                such_as="class.example.org",
                typed=shortened(text),
            )
        )
    return text
