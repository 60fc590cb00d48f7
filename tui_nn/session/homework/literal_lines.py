"""Reads lines with values in brackets, and the numbers beside these: J = 0.01, yhat = [0.8, 0.7]."""

import re
from collections.abc import Sequence

from tui_nn.session.homework.collector import Collector, clean_label
from tui_nn.session.homework.headings import DECORATION, Headings
from tui_nn.session.homework.iteration_words import iteration_in, without_iteration
from tui_nn.session.homework.literal_matrices import add_value
from tui_nn.session.homework.literal_tokens import NotRead
from tui_nn.session.homework.literals import read_literal
from tui_nn.session.homework.log_lines import read_log_line

_LITERAL = re.compile(
    r"(?P<name>.{0,120}?)(?:^|(?<=[\s=:,(]))(?=\[[-+−.\d\[\]\s'\"{(]|\[(?:nan|inf|array|tensor|np\.|torch\.)|\{|"
    r"(?:np\.|jnp\.)?array\(|(?:torch\.)?tensor\(|tf\.Tensor\(|Matrix\(|OrderedDict\(|structure\(|list\(|c\(|matrix\(|Parameter\(|"
    r"(?:np\.)?float\d\d\()"
)
_COUNTED = re.compile(r"\s*+\[ {0,8}\d{1,8} {0,8}\]\s++[^\W\d]")
_MOST_LITERALS_IN_A_LINE = 1_000
_LONGEST_LOG_LINE = 2_000


def read_literals(lines: Sequence[str], line: int, collector: Collector, about: Headings) -> int | None:
    """Adds the values in brackets that begin in ``line``, and gives the line behind them; None if there are none."""
    if _COUNTED.match(lines[line]):
        return None
    place, behind, found_any = 0, line, False
    for _ in range(_MOST_LITERALS_IN_A_LINE):
        found = _LITERAL.match(lines[behind], place) if behind < len(lines) else None
        if not found:
            break
        try:
            value, next_line, next_place = read_literal(lines, behind, found.end())
        except NotRead:
            break
        _take_name(found["name"], about, behind, is_first=not found_any)
        add_value(collector, value, about.take_label(), behind, about.iteration)
        behind, place, found_any = next_line, next_place, True
    if not found_any:
        return None
    rest = lines[behind][place:] if behind < len(lines) and place else ""
    if rest.strip() and (log_line := read_log_line(rest[:_LONGEST_LOG_LINE])):
        about.take_log_line(log_line, behind, has_values=True)
    return behind + 1 if place or behind == line else behind


def _take_name(name: str, about: Headings, line: int, *, is_first: bool) -> None:
    """Takes what stands before a value in brackets: its name, behind other numbers of the line."""
    log_line = read_log_line(name)
    if log_line and log_line.entries:
        about.take_log_line(log_line, line, has_values=True)
        name = log_line.behind
    elif (number := iteration_in(name)) is not None:
        about.iteration, name = number, without_iteration(name)
    label = clean_label(name).strip(DECORATION + ",;()'\"")
    if label or not is_first:
        about.set_labels([label])
