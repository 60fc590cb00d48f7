"""Reports where a student's program first differs from the lesson, and which mistake explains its numbers."""

import re
import textwrap
from collections.abc import Iterable, Iterator

import numpy as np

from tui_nn.network.diagnosis.diagnosis import ComparedMatrix, FirstDifference
from tui_nn.network.diagnosis.explanations import Explanation, step_order
from tui_nn.network.diagnosis.given import COST
from tui_nn.network.formulas.equations import Equation, equations
from tui_nn.network.formulas.expression import symbols
from tui_nn.session.document import Document
from tui_nn.session.homework.diagnosing import HomeworkDiagnosis
from tui_nn.session.validation import counted, shortened
from tui_nn.writing.notation.number_format import group_digits, rounded_text
from tui_nn.writing.notation.signs import Notation
from tui_nn.writing.reports.diagnosis_explanation import (
    ExplainedMistake,
    ExplanationWriter,
    ProgramLines,
    other_iteration,
    within,
)
from tui_nn.writing.reports.run_report import Report
from tui_nn.writing.reports.side_by_side import MARK, WIDTH, costs_side_by_side, one_above_the_other, side_by_side
from tui_nn.writing.sentences.placing_sentences import (
    aside_sentence,
    convention_sentence,
    iteration_sentence,
    listed,
    place_sentences,
    why_aside,
)

_ALIKE = 8
"""So many other mistakes with the same numbers are named in the text."""
_INDENT = "  "
_KEPT_TOGETHER = re.compile(r"(?<=\bnew) |(?<=--iteration) |(?<=\d) (?=\d{3}\b)")


def diagnosis_report(
    document: Document, found: HomeworkDiagnosis, notation: Notation, lines: ProgramLines
) -> Report:
    """The answer of ``tui-nn diagnose``; ``lines`` writes the lines of the right program and of the wrong one."""
    return _DiagnosisReport(document, found, notation, lines).report()


class _DiagnosisReport:
    def __init__(
        self, document: Document, found: HomeworkDiagnosis, notation: Notation, lines: ProgramLines
    ) -> None:
        self._document, self._found, self._notation = document, found, notation
        self._diagnosis = found.diagnosis
        self._writer = ExplanationWriter(document, notation, lines)
        self._formulas = equations(document.network)
        self._explained = [(one, [*self._writer.mistakes(one)]) for one in self._diagnosis.explanations.found]

    def report(self) -> Report:
        """All of it: values for programs, paragraphs for people."""
        report = Report(self._document.title)
        first, diagnosis = self._diagnosis.first, self._diagnosis
        report.add("agrees", list(diagnosis.agrees))
        report.add("first_difference", None if first is None else _first_value(first))
        report.add("explanations", [self._explanation_value(*one) for one in self._explained])
        report.add("same_as_iteration", self._same_iteration())
        report.add("iteration", self._found.placed.iteration)
        report.add("iteration_assumed", self._found.is_assumed)
        report.add("compared", [*self._compared_values()])
        report.add(
            "left_aside",
            [
                {"label": shortened(one.printed.label), "line": one.printed.line, "why": why_aside(one.why)}
                for one in self._found.placed.aside
            ],
        )
        report.add("convention", self._convention() or None)
        report.add("complete", diagnosis.explanations.is_complete)
        # Not `report.notes`: these stand in the first paragraph, and the JSON always has them.
        report.add("notes", [*map(_printable, self._found.printed.notes)])
        report.paragraphs += [part for part in self._paragraphs() if part]
        return report

    # What programs read.

    def _compared_values(self) -> Iterator[dict[str, object]]:
        places = {(place.name, place.iteration): place for place in self._found.placed.places}
        for one in self._diagnosis.compared:
            place = places.get((one.given.name, one.given.iteration))
            differences = one.given.differences(one.ours)
            yield {
                "name": one.given.name,
                "iteration": one.given.iteration,
                "agrees": one.agrees,
                "differing_cells": int(one.differing.sum()),
                "largest_difference": float(differences.max(initial=0.0)),
                "label": shortened(place.printed.label) if place else "",
                "line": place.printed.line if place else None,
            }
        costs, given = self._diagnosis.costs, self._diagnosis.given.costs
        if costs is not None and given is not None and given.iterations.size:
            yield {
                "name": COST,
                "iterations": [int(given.iterations.min()), int(given.iterations.max())],
                "agrees": costs.agrees,
                "differing_cells": int(costs.differing.sum()),
                "largest_difference": float(costs.given.differences(costs.ours).max(initial=0.0)),
            }

    def _explanation_value(self, one: Explanation, mistakes: list[ExplainedMistake]) -> dict[str, object]:
        return {
            "mistake": _name(one),
            "mistakes": [mistake.name for mistake in one.mistakes],
            "largest_difference": one.largest_difference,
            "details": list(one.program.details),
            "does": [mistake.does for mistake in mistakes],
            "matrices": list(dict.fromkeys(name for mistake in mistakes for name in mistake.matrices)),
            "formula": [mistake.formula for mistake in mistakes if mistake.formula],
            "right": [mistake.right for mistake in mistakes if mistake.right],
            "wrong": [mistake.wrong for mistake in mistakes if mistake.wrong],
        }

    def _same_iteration(self) -> int | None:
        found = self._diagnosis.explanations.found
        other = other_iteration(found[0], self._diagnosis.given.iterations) if found else None
        return other["is"] if other else None

    # What people read.

    def _paragraphs(self) -> Iterator[str]:
        yield self._how_it_was_read()
        first = self._diagnosis.first
        if first is None:
            yield from self._no_mistake()
            return
        yield self._right_so_far(first)
        yield self._first_difference(first)
        yield self._further_on(first)
        yield self._convention()
        if self._found.changed_before:
            yield _filled(
                "The lesson changes its data, its learning rate or its weights before: no mistake is looked for there."
            )
            yield self._where_to_look(first)
        elif self._explained:
            yield from self._explanation_paragraphs()
        else:
            yield self._nothing_explains()
            yield self._where_to_look(first)

    def _how_it_was_read(self) -> str:
        """What was read, and how it was understood."""
        placed = self._found.placed
        names = [
            f"{self._names(one.given.name for one in self._diagnosis.compared if one.given.iteration == iteration)} "
            f"of iteration {group_digits(iteration)}"
            for iteration in self._diagnosis.given.iterations[:4]
        ]
        more = len(self._diagnosis.given.iterations) - len(names)
        if more > 0:
            names.append(f"matrices of {counted(more, 'other iteration')}")
        given = self._diagnosis.given.costs
        if given is not None and given.iterations.size:
            first, last = int(given.iterations.min()), int(given.iterations.max())
            name = self._notation.name("J")
            many = len(given.iterations)
            names.append(
                f"{name} of iteration {group_digits(first)}"
                if many == 1
                else f"{name} of {group_digits(many)} iterations, from {group_digits(first)} to {group_digits(last)}"
            )
        sentences = [f"Compared: {'; '.join(names)}."]
        sentences.append(iteration_sentence(self._found, self._document.iterations))
        sentences += place_sentences(placed.places, self._notation)
        if placed.aside:
            sentences.append(aside_sentence(placed.aside))
        sentences += map(_printable, self._found.printed.notes)
        return "\n".join(_filled(sentence) for sentence in sentences if sentence)

    def _no_mistake(self) -> Iterator[str]:
        yield _filled("No mistake found: all numbers agree with the lesson's, to the digits given.")
        yield self._convention()
        yield self._equal_start()

    def _right_so_far(self, first: FirstDifference) -> str:
        before = [one for one in self._diagnosis.compared if self._order(one) < self._order_of(first)]
        names = [*self._names_by_iteration(one for one in before if one.agrees)]
        costs, given = self._diagnosis.costs, self._diagnosis.given.costs
        if costs is not None and given is not None:
            place = int(np.argmax(costs.differing[0])) if not costs.agrees else len(given.iterations)
            if place > 1:
                until = group_digits(int(given.iterations[place - 1]))
                names.append(f"{self._notation.name('J')} up to iteration {until}")
            elif place == 1:
                names.append(f"{self._notation.name('J')} of iteration {group_digits(int(given.iterations[0]))}")
        if not names:
            return "Nothing was given that comes before the first difference."
        return _filled(f"Right so far: {'; '.join(names)}")

    def _first_difference(self, first: FirstDifference) -> str:
        one = next(
            (
                one
                for one in self._diagnosis.compared
                if (one.given.name, one.given.iteration) == (first.matrix, first.iteration) and not one.agrees
            ),
            None,
        )
        name = self._notation.name(first.matrix if first.matrix != COST else "J")
        heading = f"First difference: {name} in iteration {group_digits(first.iteration)}"
        if one is None:
            table, sentence = self._of_costs(first, name)
        elif one.has_own_shape:
            theirs, ours = one.given.numbers.shape, one.ours.shape
            table = one_above_the_other(one.given.numbers, one.ours, self._notation)
            sentence = (
                f"Your {name} has {counted(theirs[0], 'row')} and {counted(theirs[1], 'column')}, "
                f"the lesson's {counted(ours[0], 'row')} and {counted(ours[1], 'column')}."
            )
        else:
            table = side_by_side(one.given.numbers, one.ours, one.differing, self._notation)
            sentence = self._differing_cells(one, first)
        return "\n".join([heading, *(f"{_INDENT}{line}".rstrip() for line in table), _filled(sentence)])

    def _differing_cells(self, one: ComparedMatrix, first: FirstDifference) -> str:
        count, given = int(one.differing.sum()), int((~np.isnan(one.given.numbers)).sum())
        if given == 1:
            return f"Yours is {self._numbers(first)}."
        where = f"row {first.row}, column {first.column}"
        if count == given:
            return f"Every number differs. In {where}, yours is {self._numbers(first)}."
        differ = "1 number differs" if count == 1 else f"{count} numbers differ"
        of_all = f"{differ} ({MARK}), {counted(given - count, 'number')} {'agrees' if given - count == 1 else 'agree'}."
        return f"{of_all} The first is in {where}: yours is {self._numbers(first)}."

    def _of_costs(self, first: FirstDifference, name: str) -> tuple[list[str], str]:
        costs, given = self._diagnosis.costs, self._diagnosis.given.costs
        assert costs is not None and given is not None  # noqa: S101, PT018 - the difference is one of costs
        table = costs_side_by_side(
            given.iterations.tolist(), costs.given.numbers[0], costs.ours[0], costs.differing[0], self._notation
        )
        count, every = int(costs.differing.sum()), costs.differing.size
        differ = "It differs" if every == 1 else f"{group_digits(count)} of {group_digits(every)} costs differ"
        return table, f"{differ}. In iteration {group_digits(first.iteration)}, your {name} is {self._numbers(first)}."

    def _numbers(self, first: FirstDifference) -> str:
        """Both numbers, with so many digits that they differ."""
        for digits in range(7, 18):
            theirs, ours = (rounded_text(number, digits) for number in (first.theirs, first.ours))
            if theirs != ours:
                break
        theirs = theirs if np.isfinite(first.theirs) else "no finite number"
        return f"{theirs} in place of {ours}".replace("-", self._notation.minus)

    def _further_on(self, first: FirstDifference) -> str:
        """What else differs, and what agrees all the same."""
        later = [
            one
            for one in self._diagnosis.compared
            if self._order(one) > self._order_of(first)
            or (one.given.name, one.given.iteration) != (first.matrix, first.iteration)
            and not one.agrees
        ]
        parts = []
        for title, chosen in (
            ("Differs as well", [one for one in later if not one.agrees]),
            ("Agrees all the same", [one for one in later if one.agrees]),
        ):
            if chosen:
                parts.append(_filled(f"{title}: {'; '.join(self._names_by_iteration(chosen))}"))
        costs = self._diagnosis.costs
        if costs is not None and first.matrix != COST:
            name = self._notation.name("J")
            count = int(costs.differing.sum())
            parts.append(
                f"{name} agrees in all {group_digits(costs.differing.size)} iterations."
                if costs.agrees
                else f"{name} differs in {group_digits(count)} of {group_digits(costs.differing.size)} iterations."
            )
        return "\n".join(parts)

    def _convention(self) -> str:
        sentence = convention_sentence(
            self._diagnosis.convention,
            self._document.dataset.rows,
            self._document.learning_rate,
            has_mistake=bool(self._diagnosis.explanations.found),
        )
        return _filled(self._notation.translated(sentence))

    def _explanation_paragraphs(self) -> Iterator[str]:
        (best, mistakes), *others = self._explained
        if other := other_iteration(best, self._diagnosis.given.iterations):
            yield _filled(
                f"These numbers are those of iteration {group_digits(other['is'])}, "
                f"not of iteration {group_digits(other['given'])}."
            )
        yield "\n".join([f"What explains it: {_name(best)}", *self._of_mistakes(mistakes)])
        print_them = f"prints these numbers {within(best.largest_difference, self._notation.minus)}."
        those = "these two mistakes" if len(mistakes) > 1 else "this mistake"
        sentences = [f"With {those}, a program {print_them}"]
        if others:
            named = [_name(one) for one, _ in others[:_ALIKE]]
            if len(others) > _ALIKE:
                named.append(f"{len(others) - _ALIKE} more")
            sentences.append(f"The same numbers come from: {'; '.join(named)}.")
        if not self._diagnosis.explanations.is_complete:
            sentences.append("Not everything was tried: that would have taken too long.")
        yield "\n".join(map(_filled, sentences))
        if others:
            yield self._what_would_tell()
            yield self._equal_start()

    def _of_mistakes(self, mistakes: Iterable[ExplainedMistake]) -> Iterator[str]:
        several = [*mistakes]
        for number, one in enumerate(several, start=1):
            if len(several) > 1:
                yield from [""] if number > 1 else []
                yield f"{_INDENT}{number}. {one.name}"
            where = f" Here it is in {self._names(one.matrices)}." if len(one.matrices) > 1 else ""
            yield _filled(one.does + where, _INDENT)
            rows = [("wrong", one.wrong), ("right", one.right), ("that is", one.formula)]
            yield from (
                f"{_INDENT}{title:9}{line}"
                for title, text in rows
                if text
                for title, line in _on_lines(title, text)
            )

    def _what_would_tell(self) -> str:
        """What to print so that fewer mistakes explain the numbers."""
        there = {one.given.name for one in self._diagnosis.compared if one.given.iteration == 1}
        missing = [one.name for one in self._formulas if one.name not in there and one.name not in ("J", "penalty")]
        if not missing:
            return "The numbers alone do not tell these apart: look at your program."
        names = self._names(missing)
        return _filled(
            f"These numbers do not tell them apart. Let your program print {names} of iteration 1 as well, and ask again."
        )

    def _equal_start(self) -> str:
        """That a start with equal weights hides some mistakes; "" if it does not."""
        weights = [matrix for name, matrix in self._document.start_parameters.named.items() if name.startswith("W")]
        if not all((matrix == matrix.flat[0]).all() for matrix in weights):
            return ""
        return _filled(
            "All weights of a matrix are equal at the start, so all hidden units stay equal: a program that takes rows "
            "for columns, or one unit for another, may print the same numbers."
        )

    def _nothing_explains(self) -> str:
        tried = "No mistake that tui-nn knows, and no two of them together, gives all of these numbers."
        if not self._diagnosis.explanations.is_complete:
            tried += " Not everything was tried: that would have taken too long."
        return _filled(tried)

    def _where_to_look(self, first: FirstDifference) -> str:
        """The step of the first difference, its formula, and what of its inputs agrees."""
        name = "J" if first.matrix == COST else first.matrix
        equation = next((one for one in self._formulas if one.name == name), None)
        if equation is None:
            what = "the data" if name in ("X", "Y") else "the weights to start from"
            return _filled(f"Look first at {what}: {self._notation.name(name)} is not computed, it is given.")
        lines = [
            f"Look first at {self._notation.name(name)} in iteration {group_digits(first.iteration)}:",
            f"{_INDENT}{'right':9}{self._writer.line_of(name)}",
            f"{_INDENT}{'that is':9}{self._notation.formula(equation)}",
        ]
        return "\n".join([*lines, _filled(self._inputs_sentence(equation, first))])

    def _inputs_sentence(self, equation: Equation, first: FirstDifference) -> str:
        inputs = [one for one in self._input_names(equation) if self._notation.name(one)]
        judged = {one.given.name: one.agrees for one in self._diagnosis.compared if one.given.iteration == first.iteration}
        agree = [one for one in inputs if judged.get(one)]
        unknown = [one for one in inputs if one not in judged]
        if agree and not unknown:
            one = len(agree) == 1
            return f"Its {'input' if one else 'inputs'} {self._names(agree)} {'agrees' if one else 'agree'}, so look at this line."
        if unknown:
            plus = f"{self._names(agree)} {'agrees' if len(agree) == 1 else 'agree'}. " if agree else ""
            return (
                f"{plus}Nobody knows yet whether {self._names(unknown)} {'is' if len(unknown) == 1 else 'are'} right: "
                f"print {'it' if len(unknown) == 1 else 'them'} as well."
            )
        return ""

    def _input_names(self, equation: Equation) -> list[str]:
        used = symbols(equation.expression)
        every = ["X", "Y", *self._document.network.shapes, *(one.name for one in self._formulas)]
        return [name for name in every if name in used]

    # Names and order.

    def _order(self, one: ComparedMatrix) -> tuple[int, int]:
        return one.given.iteration, step_order(self._formulas, one.given.name)

    def _order_of(self, first: FirstDifference) -> tuple[int, int]:
        return first.iteration, step_order(self._formulas, first.matrix)

    def _names(self, names: Iterable[str]) -> str:
        written = [*dict.fromkeys(self._notation.name("J" if name == COST else name) for name in names)]
        return listed(written) if written else ""

    def _names_by_iteration(self, matrices: Iterable[ComparedMatrix]) -> Iterator[str]:
        """The names of matrices, those of each iteration together; without the iteration where there is only one."""
        groups: dict[int, list[str]] = {}
        for one in matrices:
            name = "J" if one.given.name == COST else one.given.name
            groups.setdefault(one.given.iteration, []).append(self._notation.name(name))
        for iteration, names in groups.items():
            when = "" if len(self._diagnosis.given.iterations) == 1 else f" of iteration {group_digits(iteration)}"
            yield ", ".join(dict.fromkeys(names)) + when


def _first_value(first: FirstDifference) -> dict[str, object]:
    return {
        "iteration": first.iteration,
        "matrix": first.matrix,
        "row": first.row,
        "column": first.column,
        "theirs": first.theirs,
        "ours": first.ours,
    }


def _name(explanation: Explanation) -> str:
    return " and ".join(mistake.name for mistake in explanation.mistakes)


def _on_lines(title: str, text: str) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(text.splitlines()):
        yield ("" if number else title), line


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else "�" for char in text)


def _filled(text: str, indent: str = "") -> str:
    """A paragraph on lines of a bounded width; no line ends between ``new`` and a name, or inside an option."""
    kept = _KEPT_TOGETHER.sub("\0", text)
    lines = textwrap.fill(
        kept, WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
    return lines.replace("\0", " ")
