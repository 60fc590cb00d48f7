"""The error for a value that is not allowed."""

from tui_nn.language import _


def quoted(text: object) -> str:
    """``text`` in quotation marks, as a sentence has them."""
    return _('"{text}"', text=text)


class ValidationError(ValueError):
    """A value is not allowed: where it stands, what was found there, and what was expected.

    ``where`` is a key of the session file, such as ``learning_rate`` or ``W1``. ``sentence`` says all of it in words,
    and what to do; without a sentence, the user reads one made of ``found`` and ``expected``.
    """

    def __init__(self, where: str, found: str, expected: str, sentence: str = "") -> None:
        super().__init__(
            sentence or _("{where} is {found}; expected {expected}", where=where, found=found, expected=expected)
        )
        self.where = where
        self.found = found
        self.expected = expected
        self.sentence = sentence
