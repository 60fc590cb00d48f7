"""What a lesson keeps of the mistakes that explain a student's numbers: where each acts, and its lines of code."""

from collections.abc import Iterable

from tui_nn.network.diagnosis.explanations import Explanation
from tui_nn.session.compared_numbers import MistakeLines
from tui_nn.session.document import Document
from tui_nn.writing.notation.signs import UNICODE
from tui_nn.writing.reports.diagnosis_explanation import ExplainedMistake, ExplanationWriter
from tui_nn.writing.reports.program_lines import ProgramLines


def mistake_lines(
    document: Document, explanations: Iterable[Explanation], lines: ProgramLines
) -> tuple[tuple[MistakeLines, ...], ...]:
    """The lines of the one or two mistakes of each explanation, in the order of their names.

    A mistake acts in the matrix whose formula it changes: the first of them, of the kind that its words are about.
    """
    # Lines of code have no signs of a notation.
    writer = ExplanationWriter(document, UNICODE.for_network(document.network), lines)
    return tuple(tuple(map(_lines, writer.mistakes(one))) for one in explanations)


def _lines(one: ExplainedMistake) -> MistakeLines:
    # A lesson keeps each text on one line.
    wrong, right = (text.replace("\n", "; ") for text in (one.wrong or one.wrong_in_numpy, one.right))
    return MistakeLines(one.acts_in, right, *(("", wrong) if one.is_example else (wrong, "")))
