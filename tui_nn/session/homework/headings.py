"""Keeps what the lines of a text say about the numbers below them: their names, and the iteration."""

import re

from tui_nn.session.homework.collector import Collector, clean_label
from tui_nn.session.homework.iteration_words import (
    ends_iterations,
    is_about_iteration,
    iteration_in,
    without_iteration,
)
from tui_nn.session.homework.log_lines import LogLine
from tui_nn.session.homework.number_rows import is_rule

DECORATION = " \t#*=-_~:>|•,;"
"""What may stand around a name and is no part of it."""
_OF_ROW = re.compile(r"(.{1,60}?)[ _]?(?:row|Row|zeile|Zeile)[ _]?(\d{1,6})")
# What programs print about numbers.
_ASIDE = re.compile(
    r"\s*+(?:#? ?A tibble:.*|\[\d+ rows x \d+ columns\]|dtype:.*|Length:.*|Levels:.*|NULL|(?:numeric|integer)\(0\)|"
    r"Parameter containing:|(?:\d+[×x]\d+|\d+-element) [\w{}<: ,]+.*:|<(?:dbl|int|num|chr)>.*|attr\(,.*|\[\d+ x \d+\]|"
    r"ans =|\(\w{1,60}\): \w{1,60}\(.*|Registered S3.*|Warning message.*)"
)


def describes_numbers(text: str) -> bool:
    """Whether a line says something about the numbers beside it, such as their type, and is no name of theirs."""
    return _ASIDE.fullmatch(text) is not None


class Headings:
    """The names of the numbers that come next, in their order, and the iteration of all that follows."""

    def __init__(self, collector: Collector) -> None:
        self._collector = collector
        self.labels: list[str] = []
        self.iteration: int | None = None
        self._line_of_log = -2

    def take_label(self) -> str:
        """The name of the next numbers, taken; "" if they have none."""
        return self.labels.pop(0) if self.labels else ""

    def take_title(self, text: str) -> None:
        """Takes a line without numbers for the name of what follows, or for its iteration."""
        if is_rule(text):
            return
        number = iteration_in(text)
        if number is not None:
            self.iteration = number
            rest = clean_label(without_iteration(text)).strip(DECORATION + ".,;()/0123456789")
            self.labels = [] if is_about_iteration(text) and " " in rest else [rest] if rest else []
            return
        if ends_iterations(text):
            self.iteration = None
        label = clean_label(text).strip(DECORATION).removeprefix("Table: ")
        if label:
            self.labels = [label]

    def take_log_line(self, found: LogLine, line: int) -> None:
        """Adds the numbers of a line that names them. ``line`` is counted from 0."""
        if found.iteration is not None:
            # Behind a log of several lines, the weights are no longer those of its last line.
            self.iteration = None if line == self._line_of_log + 1 else found.iteration
            self._line_of_log = line
        iteration = self.iteration if found.iteration is None else found.iteration
        for entry in found.entries:
            name = entry.name or (self.labels[0] if self.labels else "")
            if of_row := _OF_ROW.fullmatch(name):
                for column, cell in enumerate(entry.cells, start=1):
                    place = int(of_row[2]), column
                    self._collector.add_cell(of_row[1], place, cell, iteration, line + 1)
            elif entry.place:
                self._collector.add_cell(name, entry.place, entry.cells[0], iteration, line + 1)
            elif len(entry.cells) == 1 and iteration is not None:
                self._collector.add_of_iteration(name, entry.cells[0], iteration, line + 1)
            else:
                self._collector.add(name, [entry.cells], line + 1, is_list=True, iteration=iteration)
