"""How well a worked iteration predicts the classes of the data, on paper."""

from collections.abc import Iterator

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.handouts.documents.paper_matrices import PaperTable
from tui_nn.language import _, ngettext
from tui_nn.network import Classification, Dataset, Pass, classification, log_likelihood
from tui_nn.writing.notation.class_text import TRUTH, class_sign, likelihood_meaning, share_text, threshold_text
from tui_nn.writing.notation.number_format import group_digits, rounded_text
from tui_nn.writing.notation.signs import Notation

HEADING = _("The classes")
_MOST_CLASSES = 16


@frozen_dataclass(eq=False)
class ClassResults:
    """Sentences on the accuracy and the log-likelihood, and the confusion matrix.

    ``confusion`` is None where Ŷ overflows, or where there are more classes than fit on paper.
    """

    sentences: tuple[str, ...]
    confusion: PaperTable | None


def class_results(dataset: Dataset, computed: Pass, notation: Notation, *, has_cost: bool) -> ClassResults | None:
    """What Ŷ of an iteration says of the classes of ``dataset``; None if these are no classes.

    The log-likelihood is left out unless J is worked out, too.
    """
    found = classification(dataset, computed["Y_hat"], computed.row_numbers)
    if not found:
        return None
    likelihood = log_likelihood(dataset, computed) if has_cost else None
    sentences = [*_sentences(found, notation)]
    if likelihood is not None:
        meaning = likelihood_meaning(found.classes, computed.network, notation.name("Y_hat"), notation.minus)
        value = rounded_text(likelihood).replace("-", notation.minus)
        sentences.append(_("The log-likelihood is {value}: {meaning}.", value=value, meaning=meaning))
    return ClassResults(tuple(sentences), _confusion(found))


def _sentences(found: Classification, notation: Notation) -> Iterator[str]:
    rows, classes, name = len(found.predicted), found.classes, notation.name("Y_hat")
    if found.right is None:
        yield ngettext(
            "{name} overflows in {rows} row, so there is no accuracy.",
            "{name} overflows in {rows} rows, so there is no accuracy.",
            found.unknown,
            name=name,
            rows=found.unknown,
        )
        return
    if classes.is_binary:
        rule = _(
            "The class predicted for a row is {second} where {name} is {threshold} or more.",
            second=classes.names[1],
            name=name,
            threshold=threshold_text(classes, notation),
        )
    else:
        rule = _("The class predicted for a row is the one with the largest {name}.", name=name)
    is_right = ngettext(
        "It is right in {right} of {rows} row: the accuracy is {accuracy}.",
        "It is right in {right} of {rows} rows: the accuracy is {accuracy}.",
        rows,
        right=group_digits(found.right),
        rows=rows,
        accuracy=share_text(found.accuracy),
    )
    yield f"{rule} {is_right}"
    if classes.is_binary:
        first, second = (name.replace("-", notation.minus) for name in classes.names)
        yield _(
            "The sensitivity, the share of the {second}s that are predicted as {second}, is {sensitivity}; the "
            "specificity, the share of the {first}s that are predicted as {first}, is {specificity}.",
            first=first,
            second=second,
            sensitivity=share_text(found.sensitivity),
            specificity=share_text(found.specificity),
        )
    if not _fits(found):
        return
    if not classes.is_binary:
        # For translators: a sign, such as A, and the class that it stands for.
        each = _("{sign} is {named}")
        signs = (
            each.format_map({"sign": class_sign(classes, number), "named": named})
            for number, named in enumerate(classes.names)
        )
        yield _("In the table, {signs}.", signs=", ".join(signs))
    yield _("The table counts the rows: a line for each true class, a column for each predicted one.")


def _fits(found: Classification) -> bool:
    return len(found.classes.names) <= _MOST_CLASSES


def _confusion(found: Classification) -> PaperTable | None:
    if found.confusion is None or not _fits(found):
        return None
    signs = [class_sign(found.classes, number) for number in range(len(found.classes.names))]
    rows = [(sign, *map(str, counts)) for sign, counts in zip(signs, found.confusion.tolist(), strict=True)]
    return PaperTable((TRUTH, *signs), tuple(rows))
