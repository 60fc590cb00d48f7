"""Writes the first difference: the student's matrix beside the lesson's, and a sentence."""

import numpy as np

from tui_nn.network.diagnosis.diagnosis import ComparedMatrix, Diagnosis, FirstDifference
from tui_nn.session.validation import counted
from tui_nn.writing.notation.number_format import group_digits, rounded_text
from tui_nn.writing.notation.signs import Notation
from tui_nn.writing.reports.paragraphs import INDENT, filled, sign_of
from tui_nn.writing.reports.side_by_side import MARK, costs_side_by_side, one_above_the_other, side_by_side

# Both numbers of a sentence have so many digits, or as many more as tell them apart.
_LEAST_DIGITS, _MOST_DIGITS = 7, 17


class FirstDifferenceWriter:
    """Writes the first difference of a diagnosis."""

    def __init__(self, diagnosis: Diagnosis, notation: Notation) -> None:
        self._diagnosis, self._notation = diagnosis, notation

    def paragraph(self, first: FirstDifference) -> str:
        """The matrix, the table and the sentence."""
        one = next(
            (
                one
                for one in self._diagnosis.compared
                if (one.given.name, one.given.iteration) == (first.matrix, first.iteration) and not one.agrees
            ),
            None,
        )
        name = sign_of(first.matrix, self._notation)
        heading = f"First difference: {name} in iteration {group_digits(first.iteration)}"
        if one is None:
            table, sentence = self._of_costs(first, name)
        elif one.has_own_shape:
            their_size, our_size = one.given.numbers.shape, one.ours.shape
            table = one_above_the_other(one.given.numbers, one.ours, self._notation)
            sentence = (
                f"Your {name} has {counted(their_size[0], 'row')} and {counted(their_size[1], 'column')}, "
                f"the lesson's {counted(our_size[0], 'row')} and {counted(our_size[1], 'column')}."
            )
        elif one.given.numbers.size == 1:
            theirs, ours = self._both(first)
            width = max(len(theirs), len(ours))
            table, sentence = [f"yours  {theirs:>{width}}", f"right  {ours:>{width}}"], ""
        else:
            table = side_by_side(one.given.numbers, one.ours, one.differing, self._notation)
            sentence = self._differing_cells(one, first)
        below = [filled(sentence)] if sentence else []
        return "\n".join([heading, *(f"{INDENT}{line}".rstrip() for line in table), *below])

    def _differing_cells(self, one: ComparedMatrix, first: FirstDifference) -> str:
        count, given = int(one.differing.sum()), int((~np.isnan(one.given.numbers)).sum())
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
        theirs, ours = self._both(first)
        return f"{theirs} in place of {ours}"

    def _both(self, first: FirstDifference) -> tuple[str, str]:
        """Theirs and ours, with so many digits that they differ."""
        for digits in range(_LEAST_DIGITS, _MOST_DIGITS + 1):
            texts = [rounded_text(number, digits) for number in (first.theirs, first.ours)]
            if texts[0] != texts[1]:
                break
        theirs, ours = (
            text.replace("-", self._notation.minus) if np.isfinite(number) else "no finite number"
            for text, number in zip(texts, (first.theirs, first.ours), strict=True)
        )
        return theirs, ours
