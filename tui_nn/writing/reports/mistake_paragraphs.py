"""Writes which mistake explains a student's numbers, or where to look first if none does."""

from collections.abc import Iterable, Iterator, Sequence

from tui_nn.decimal_sign import as_code
from tui_nn.network.diagnosis.diagnosis import Diagnosis, FirstDifference
from tui_nn.network.diagnosis.explanations import Explanation
from tui_nn.network.diagnosis.given import COST
from tui_nn.network.diagnosis.telling_apart import telling_matrices
from tui_nn.network.formulas.equations import PENALTY, Equation, equations
from tui_nn.network.formulas.expression import symbols
from tui_nn.session.document import Document
from tui_nn.writing.notation.number_format import group_digits
from tui_nn.writing.notation.signs import Notation
from tui_nn.writing.reports.diagnosis_explanation import ExplainedMistake, ExplanationWriter, other_iteration, within
from tui_nn.writing.reports.paragraphs import INDENT, filled, names_of
from tui_nn.writing.sentences.diagnosis_sentences import TEXTS
from tui_nn.writing.sentences.mistake_text import detail_of

_ALIKE = 8
"""So many other mistakes with the same numbers are named in the text."""


class MistakeParagraphs:
    """Writes what explains a diagnosis; ``explained`` has the words of each explanation."""

    def __init__(
        self,
        document: Document,
        diagnosis: Diagnosis,
        explained: Sequence[tuple[Explanation, list[ExplainedMistake]]],
        writer: ExplanationWriter,
        notation: Notation,
    ) -> None:
        self._document, self._diagnosis, self._explained = document, diagnosis, explained
        self._writer, self._notation = writer, notation
        self._formulas = equations(document.network)

    def explanation(self) -> Iterator[str]:
        """The best explanation, and what else gives the same numbers."""
        (best, mistakes), *others = self._explained
        iterations = self._diagnosis.given.iterations
        if other := other_iteration(self._diagnosis.explanations.found, iterations):
            yield filled(
                f"These are the numbers of iteration {group_digits(other)}, not of iteration "
                f"{group_digits(iterations[0])}. If you meant iteration {group_digits(other)}, your program is right, "
                "to the digits given."
            )
        yield "\n".join([f"What explains it: {name_of(best)}", *self._of_mistakes(mistakes)])
        print_them = f"prints these numbers {within(best.largest_difference, self._notation.minus)}."
        those = "these two mistakes" if len(mistakes) > 1 else "this mistake"
        sentences = [f"With {those}, a program {print_them}"]
        if others:
            named = [_named(one) for one, _ in others[:_ALIKE]]
            if len(others) > _ALIKE:
                named.append(f"{len(others) - _ALIKE} more")
            sentences.append(f"The same numbers come from: {'; '.join(named)}.")
        if not self._diagnosis.explanations.is_complete:
            these = "these mistakes explain" if len(mistakes) > 1 else "this mistake explains"
            sentences.append(
                f"So {these} your numbers; but not everything was tried, as that would have taken too long: another "
                "mistake may explain them as well."
            )
        yield "\n".join(map(filled, sentences))
        if others:
            yield self._what_would_tell()

    def _of_mistakes(self, mistakes: Iterable[ExplainedMistake]) -> Iterator[str]:
        several = [*mistakes]
        for number, one in enumerate(several, start=1):
            if len(several) > 1:
                yield from [""] if number > 1 else []
                yield f"{INDENT}{number}. {one.name}"
            where = f" Here it is in {names_of(one.matrices, self._notation)}." if len(one.matrices) > 1 else ""
            yield filled(one.does + where, INDENT)
            title = "for example" if one.is_example else "wrong"
            rows = [(title, one.wrong or one.wrong_in_numpy), ("right", one.right), ("that is", one.formula)]
            if one.wrong and one.wrong_in_numpy:
                rows.insert(1, ("in numpy", one.wrong_in_numpy))
            shown = [(title, as_code(text)) for title, text in rows if text]
            width = 1 + max((len(title) for title, _ in [*shown, ("in numpy", "")]))
            yield from (
                f"{INDENT}{first:{width}}{line}" for title, text in shown for first, line in _on_lines(title, text)
            )

    def _what_would_tell(self) -> str:
        """What to print so that fewer mistakes explain the numbers."""
        there = {one.given.name for one in self._diagnosis.compared if one.given.iteration == 1}
        there |= {"J"} if COST in there or self._diagnosis.costs is not None else set()
        missing = [one.name for one in self._formulas if one.name not in there and one.name != PENALTY]
        telling = telling_matrices([one for one, _ in self._explained], missing)
        if not telling.names:
            return filled("No matrix of iteration 1 tells these apart: look for each of them in your program.")
        names = names_of(telling.names, self._notation)
        rest = "" if telling.all_apart else " That tells some of them apart; look for the others in your program."
        return filled(
            f"These numbers do not tell them apart. Let your program print {names} of iteration 1 as well, "
            f"and ask again.{rest}"
        )

    def nothing_explains(self) -> str:
        """That no mistake was found."""
        tried = "No mistake that tui-nn knows, alone or together with another, gives all of these numbers."
        if not self._diagnosis.explanations.is_complete:
            tried += " Not everything was tried: that would have taken too long."
        return filled(tried)

    def where_to_look(self, first: FirstDifference) -> str:
        """The step of the first difference, its formula, and what of its inputs agrees."""
        name = "J" if first.matrix == COST else first.matrix
        equation = next((one for one in self._formulas if one.name == name), None)
        if equation is None:
            what = "the data" if name in ("X", "Y") else "the weights to start from"
            return filled(f"Look first at {what}: {self._notation.name(name)} is not computed, it is given.")
        lines = [
            f"Look first at {self._notation.name(name)} in iteration {group_digits(first.iteration)}:",
            f"{INDENT}{'right':9}{as_code(self._writer.line_of(name))}",
            f"{INDENT}{'that is':9}{self._notation.formula(equation)}",
        ]
        return "\n".join([*lines, filled(self._inputs_sentence(equation, first))])

    def _inputs_sentence(self, equation: Equation, first: FirstDifference) -> str:
        judged = {
            one.given.name: one.agrees for one in self._diagnosis.compared if one.given.iteration == first.iteration
        }
        inputs = self._input_names(equation)
        agree = [one for one in inputs if judged.get(one)]
        unknown = [one for one in inputs if one not in judged]
        right = f"Its {_numbered('input', agree)} {names_of(agree, self._notation)} {_numbered('agrees', agree)}"
        if agree and not unknown:
            return f"{right}, so look at this line."
        if unknown:
            names, begin = names_of(unknown, self._notation), f"{right}. " if agree else ""
            if len(unknown) == 1:
                return f"{begin}You did not print {names}. It may be wrong already: print it as well."
            return f"{begin}You did not print {names}. One of them may be wrong already: print them as well."
        return ""

    def _input_names(self, equation: Equation) -> list[str]:
        used = symbols(equation.expression)
        every = ["X", "Y", *self._document.network.shapes, *(one.name for one in self._formulas)]
        return [name for name in every if name in used]


def name_of(explanation: Explanation) -> str:
    """The name of a mistake, or of two together."""
    return " and ".join(mistake.name for mistake in explanation.mistakes)


def _named(explanation: Explanation) -> str:
    """Its name, with the rate, the seed or the activation that belongs to it in brackets."""
    details = [detail_of(explanation.program, place) for place in range(len(explanation.mistakes))]
    return " and ".join(
        f"{one.name} ({detail})" if detail and "{detail}" in TEXTS[one.name].does else one.name
        for one, detail in zip(explanation.mistakes, details, strict=True)
    )


def _on_lines(title: str, text: str) -> Iterator[tuple[str, str]]:
    """A title and a text; further lines of the text have no title."""
    for number, line in enumerate(text.splitlines()):
        yield ("" if number else title), line


def _numbered(word: str, things: Sequence[str]) -> str:
    """``input agrees`` of one thing, ``inputs agree`` of several."""
    if word.endswith("s"):
        return word if len(things) == 1 else word.removesuffix("s")
    return word if len(things) == 1 else f"{word}s"
