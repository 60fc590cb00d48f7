"""What a value that can't be is answered with."""


class Refusal(ValueError):
    """A value that the mathematics can't take: where it stands, what was found there and what was expected.

    ``where`` is a key of the session file, such as ``learning_rate`` or ``W1``.
    """

    def __init__(self, where: str, found: str, expected: str) -> None:
        super().__init__(f"{where} is {found}; expected {expected}")
        self.where = where
        self.found = found
        self.expected = expected
