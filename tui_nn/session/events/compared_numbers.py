"""A student's numbers were compared with the lesson's, and put away again."""

import math
from typing import TypeVar

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _, pgettext
from tui_nn.network import ValidationError
from tui_nn.session import limits, validation
from tui_nn.session.compared_numbers import (
    BETWEEN_MISTAKES,
    ComparedNumbers,
    FirstDifferingCell,
    MistakeLines,
    TheirMatrix,
)
from tui_nn.session.events.event import ListsOfTexts, MatricesOfNumbers, Texts
from tui_nn.session.events.notes import NoteChange
from tui_nn.session.events.phrase import Phrase
from tui_nn.session.state import Notes, State

_Item = TypeVar("_Item")


class ComparedChange(NoteChange, viewer_may_make=True):
    """The numbers that stand beside the lesson's are others from now on."""

    stays_as_it_was = True


@frozen_dataclass
class NumbersCompared(ComparedChange, kind="numbers compared", viewer_may_make=True):
    """Numbers that a student's program printed were compared with the lesson's.

    ``matrices``, ``iterations``, ``numbers`` and ``tolerances`` say the same of each matrix, in the same order; the
    fields of the first difference are "" and 0 if nothing differs. ``acts_in``, ``right_lines``, ``wrong_lines`` and
    ``example_lines`` have a list for each of ``mistakes``, with a text for its one or two mistakes: the fields of
    `MistakeLines`. `ComparedNumbers` says what the others mean. None of them rests on what the lesson has: it may
    change later.
    """

    whose: str
    matrices: tuple[str, ...]
    iterations: tuple[int, ...]
    numbers: MatricesOfNumbers
    tolerances: MatricesOfNumbers
    agrees: tuple[str, ...] = ()
    first_matrix: str = ""
    first_iteration: int = 0
    first_row: int = 0
    first_column: int = 0
    mistakes: Texts = ()
    largest_differences: tuple[float, ...] = ()
    details: Texts = ()
    of_delta: float = 1.0
    of_slopes: float = 1.0
    is_complete: bool = True
    acts_in: ListsOfTexts = ()
    right_lines: ListsOfTexts = ()
    wrong_lines: ListsOfTexts = ()
    example_lines: ListsOfTexts = ()
    remarks: Texts = ()
    of_velocity: float = 1.0

    def changed_notes(self, state: State) -> Notes:
        compared = ComparedNumbers(
            validation.name("whose", self.whose),
            self._checked_matrices(),
            validation.names("agrees", _at_most("agrees", self.agrees, limits.COMPARED_MATRICES)),
            self._checked_first(),
            *self._checked_mistakes(),
            _factor("of_delta", self.of_delta),
            _factor("of_slopes", self.of_slopes),
            _factor("of_velocity", self.of_velocity),
            self.is_complete,
            self._checked_lines(),
            tuple(validation.note("remarks", one) for one in _at_most("remarks", self.remarks, limits.MISTAKES_NAMED)),
            state.plan,
        )
        return state.all_notes._replace(compared=compared)

    def _checked_matrices(self) -> tuple[TheirMatrix, ...]:
        names = validation.names("matrices", _at_most("matrices", self.matrices, limits.COMPARED_MATRICES))
        if not names:
            raise ValidationError("matrices", _("an empty list"), _("the name of one matrix at least"))
        for key, found in (
            ("iterations", self.iterations),
            ("numbers", self.numbers),
            ("tolerances", self.tolerances),
        ):
            if len(found) != len(names):
                raise ValidationError(
                    key,
                    _("a list of {length}", length=len(found)),
                    _("{matrices}, one for each matrix", matrices=len(names)),
                )
        cells = 0
        for numbers, tolerances in zip(self.numbers, self.tolerances, strict=True):
            lengths, others = [*map(len, numbers)], [*map(len, tolerances)]
            if not lengths or not lengths[0] or len(set(lengths)) > 1:
                raise ValidationError(
                    "numbers", _("rows of several lengths"), _("rows of numbers, all of the same length")
                )
            if lengths != others:
                raise ValidationError(
                    "tolerances", _("another shape"), _("as many rows and columns as the numbers have")
                )
            cells += sum(lengths)
            for tolerance in (cell for row in tolerances for cell in row):
                validation.not_negative("tolerances", tolerance)
        if cells > limits.COMPARED_CELLS:
            most = limits.COMPARED_CELLS
            raise ValidationError("numbers", _("{cells} numbers", cells=cells), _("at most {most}", most=most))
        every = zip(names, self.iterations, self.numbers, self.tolerances, strict=True)
        return tuple(
            TheirMatrix(name, _iteration("iterations", iteration), numbers, tolerances)
            for name, iteration, numbers, tolerances in every
        )

    def _checked_first(self) -> FirstDifferingCell | None:
        if not self.first_matrix:
            return None
        return FirstDifferingCell(
            _iteration("first_iteration", self.first_iteration),
            validation.name("first_matrix", self.first_matrix),
            validation.whole_number("first_row", self.first_row, 1, limits.COMPARED_CELLS),
            validation.whole_number("first_column", self.first_column, 1, limits.COMPARED_CELLS),
        )

    def _checked_mistakes(self) -> tuple[tuple[str, ...], tuple[float, ...], tuple[str, ...]]:
        mistakes = _at_most("mistakes", self.mistakes, limits.MISTAKES_NAMED)
        for key, of_each in (("largest_differences", self.largest_differences), ("details", self.details)):
            if len(of_each) != len(mistakes):
                expected = _("{mistakes}, one for each of the mistakes", mistakes=len(mistakes))
                raise ValidationError(key, _("a list of {length}", length=len(of_each)), expected)
        return (
            tuple(validation.note("mistakes", one) for one in mistakes),
            tuple(validation.not_negative("largest_differences", one) for one in self.largest_differences),
            tuple(validation.text("details", one, limits.NOTE_LENGTH) for one in self.details),
        )

    def _checked_lines(self) -> tuple[tuple[MistakeLines, ...], ...]:
        """What is known of each mistake; () if the log has none of these fields, as those of older versions."""
        fields = {
            "acts_in": self.acts_in,
            "right_lines": self.right_lines,
            "wrong_lines": self.wrong_lines,
            "example_lines": self.example_lines,
        }
        if not any(fields.values()):
            return ()
        named = [one.count(BETWEEN_MISTAKES) + 1 for one in self.mistakes]
        for key, lists in fields.items():
            if [*map(len, lists)] != named:
                raise ValidationError(
                    key, _("lists of other lengths"), _("a list for each of the mistakes, a text for each")
                )
            for text in (text for texts in lists for text in texts):
                validation.text(key, text, limits.NOTE_LENGTH)
        return tuple(
            tuple(MistakeLines(*texts) for texts in zip(*of_one, strict=True))
            for of_one in zip(*fields.values(), strict=True)
        )

    @property
    def description(self) -> Phrase:
        return (_("numbers of {student} compared", student=validation.shortened(self.whose)),)


@frozen_dataclass
class NumbersPutAway(ComparedChange, kind="numbers put away", viewer_may_make=True):
    """The student's numbers no longer stand beside the lesson's."""

    def changed_notes(self, state: State) -> Notes:
        if state.compared is None:
            sentence = _("No student's numbers are compared with the lesson's: there is nothing to put away.")
            raise ValidationError("numbers", pgettext("numbers", "none"), _("numbers that are compared"), sentence)
        return state.all_notes._replace(compared=None)

    @property
    def description(self) -> Phrase:
        return (_("numbers put away"),)


def _iteration(key: str, value: int) -> int:
    return validation.whole_number(key, value, 1, limits.ITERATIONS)


def _factor(key: str, value: float) -> float:
    if not math.isfinite(value) or value == 0:
        raise ValidationError(key, validation.quoted_value(value), _("a number other than 0"))
    return value


def _at_most(key: str, values: tuple[_Item, ...], most: int) -> tuple[_Item, ...]:
    if len(values) > most:
        raise ValidationError(key, _("a list of {length}", length=len(values)), _("at most {most}", most=most))
    return values
