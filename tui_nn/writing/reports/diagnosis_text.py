"""Writes a diagnosis for people, from what was read to what explains it."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from tui_nn.network.diagnosis.diagnosis import ComparedMatrix, FirstDifference
from tui_nn.network.diagnosis.explanations import Explanation, step_order
from tui_nn.network.diagnosis.given import COST
from tui_nn.network.formulas.equations import equations
from tui_nn.session.document import Document
from tui_nn.session.homework.diagnosing import HomeworkDiagnosis
from tui_nn.session.validation import counted
from tui_nn.writing.notation.number_format import group_digits
from tui_nn.writing.notation.signs import Notation
from tui_nn.writing.reports.diagnosis_explanation import ExplainedMistake, ExplanationWriter
from tui_nn.writing.reports.first_difference import FirstDifferenceWriter
from tui_nn.writing.reports.mistake_paragraphs import MistakeParagraphs
from tui_nn.writing.reports.paragraphs import filled, names_of, printable, sign_of
from tui_nn.writing.sentences.placing_sentences import (
    aside_sentence,
    convention_sentence,
    digits_sentence,
    iteration_sentence,
    place_sentences,
    why_none_is_looked_for,
)

# Of more iterations, only the number is said.
_ITERATIONS_NAMED = 4


class DiagnosisText:
    """The paragraphs of a diagnosis; ``explained`` has the words of each explanation."""

    def __init__(
        self,
        document: Document,
        found: HomeworkDiagnosis,
        explained: Sequence[tuple[Explanation, list[ExplainedMistake]]],
        writer: ExplanationWriter,
        notation: Notation,
    ) -> None:
        self._document, self._found, self._explained, self._notation = document, found, explained, notation
        self._diagnosis = found.diagnosis
        self._formulas = equations(document.network)
        self._mistakes = MistakeParagraphs(document, found.diagnosis, explained, writer, notation)

    def paragraphs(self) -> Iterator[str]:
        """All paragraphs in their order; some may be ""."""
        yield self._how_it_was_read()
        first = self._diagnosis.first
        if first is None:
            yield from self._no_mistake()
            return
        yield self._right_so_far(first)
        yield FirstDifferenceWriter(self._diagnosis, self._notation).paragraph(first)
        yield self._further_on(first)
        yield filled(digits_sentence(self._diagnosis))
        yield self.convention()
        if why := why_none_is_looked_for(self._found):
            yield filled(why)
            yield self._mistakes.where_to_look(first)
        elif self._explained:
            yield from self._mistakes.explanation()
            yield self._equal_start() if len(self._explained) > 1 else ""
        else:
            yield self._mistakes.nothing_explains()
            yield self._mistakes.where_to_look(first)

    def _how_it_was_read(self) -> str:
        """What was read, and how it was understood."""
        placed = self._found.placed
        names = []
        for iteration in self._diagnosis.given.iterations[:_ITERATIONS_NAMED]:
            of_it = [one.given.name for one in self._diagnosis.compared if one.given.iteration == iteration]
            names.append(f"{names_of(of_it, self._notation)} of iteration {group_digits(iteration)}")
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
        sentences += map(printable, self._found.printed.notes)
        return "\n".join(filled(sentence) for sentence in sentences if sentence)

    def _no_mistake(self) -> Iterator[str]:
        yield filled(
            "No mistake found: all numbers agree with the lesson's, to the digits given."
            if self._diagnosis.amplified is None
            else "No mistake found, as far as these numbers can tell."
        )
        yield filled(digits_sentence(self._diagnosis))
        yield self.convention()
        yield self._equal_start()

    def _right_so_far(self, first: FirstDifference) -> str:
        before = [one for one in self._diagnosis.compared if self._order(one) < self._order_of(first)]
        names = [*self._names_by_iteration(one for one in before if self._is_right(one))]
        costs, given = self._diagnosis.costs, self._diagnosis.given.costs
        if costs is not None and given is not None:
            place = int(np.argmax(costs.differing[0])) if not costs.agrees else len(given.iterations)
            if place > 1:
                until = group_digits(int(given.iterations[place - 1]))
                names.append(f"{self._notation.name('J')} up to iteration {until}")
            elif place == 1:
                names.append(f"{self._notation.name('J')} of iteration {group_digits(int(given.iterations[0]))}")
        if not names:
            return "You printed nothing that is computed before the first difference."
        return filled(f"Right so far: {'; '.join(names)}")

    def _further_on(self, first: FirstDifference) -> str:
        """What else differs, and what is right all the same."""
        later = [
            one
            for one in self._diagnosis.compared
            if self._order(one) > self._order_of(first)
            or ((one.given.name, one.given.iteration) != (first.matrix, first.iteration) and not one.agrees)
        ]
        parts = []
        for title, chosen in (
            ("Differs as well", [one for one in later if not one.agrees]),
            ("Still right", [one for one in later if self._is_right(one)]),
        ):
            if chosen:
                parts.append(filled(f"{title}: {'; '.join(self._names_by_iteration(chosen))}"))
        costs = self._diagnosis.costs
        # That all agree up to the last stands above already.
        if costs is not None and first.matrix != COST and not costs.agrees:
            name = self._notation.name("J")
            count = int(costs.differing.sum())
            every = group_digits(costs.differing.size)
            parts.append(f"{name} differs in {group_digits(count)} of {every} iterations.")
        return "\n".join(parts)

    def convention(self) -> str:
        """In which form a right program prints its numbers; "" if in the lesson's."""
        sentence = convention_sentence(
            self._diagnosis.convention,
            self._document.dataset.rows,
            self._document.learning_rate,
            has_mistake=bool(self._diagnosis.explanations.found),
        )
        return filled(self._notation.translated(sentence))

    def _equal_start(self) -> str:
        """That a start with equal weights hides some mistakes; "" if it does not."""
        weights = [matrix for name, matrix in self._document.start_parameters.named.items() if name.startswith("W")]
        if not all((matrix == matrix.flat[0]).all() for matrix in weights):
            return ""
        return filled(
            "All weights of a matrix are equal at the start, so all hidden units stay equal: a program that takes rows "
            "for columns, or one unit for another, may print the same numbers."
        )

    def _is_right(self, one: ComparedMatrix) -> bool:
        """Whether a matrix agrees, and no other that was printed as the same one differs."""
        wrong = {(other.given.name, other.given.iteration) for other in self._diagnosis.compared if not other.agrees}
        return (one.given.name, one.given.iteration) not in wrong

    def _order(self, one: ComparedMatrix) -> tuple[int, int]:
        return one.given.iteration, step_order(self._formulas, one.given.name)

    def _order_of(self, first: FirstDifference) -> tuple[int, int]:
        return first.iteration, step_order(self._formulas, first.matrix)

    def _names_by_iteration(self, matrices: Iterable[ComparedMatrix]) -> Iterator[str]:
        """The names of matrices, those of each iteration together; without the iteration where there is only one."""
        groups: dict[int, list[str]] = {}
        for one in matrices:
            groups.setdefault(one.given.iteration, []).append(sign_of(one.given.name, self._notation))
        for iteration, names in groups.items():
            when = "" if len(self._diagnosis.given.iterations) == 1 else f" of iteration {group_digits(iteration)}"
            yield ", ".join(dict.fromkeys(names)) + when
