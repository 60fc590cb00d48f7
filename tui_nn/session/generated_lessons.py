"""Lessons whose data are drawn at random, each with a network and settings that are known to learn them.

Source of the settings: TensorFlow Playground's (tanh, batches of 10, the rate 0.03, starting weights from −0.5 to 0.5
and biases of 0.1), whose classes are 1 and −1, with tanh outputs and ½ (y − ŷ)².
"""

from collections.abc import Callable
from itertools import zip_longest
from typing import Any

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.network import Dataset, Start, ValidationError
from tui_nn.network.model.batches import Batches, epochs
from tui_nn.network.model.errors import quoted
from tui_nn.network.model.generated_data import KINDS, Kind, Targets, generate
from tui_nn.network.model.row_split import drawn_test_rows
from tui_nn.network.model.scalings import NO_SCALING
from tui_nn.session import input_parsing, limits, validation
from tui_nn.session.document import Document, usual_names
from tui_nn.session.state import State
from tui_nn.session.storage import document_toml
from tui_nn.session.storage.session_file import Lesson
from tui_nn.session.validation import shortened

_LEAST_SEED, _GREATEST_SEED = -(2**31) + 1, 2**31 - 1
_CLASS_NAMES = ("A", "B", "C")
_BATCH = 10
_PARSED: dict[str, Callable[[str], float]] = {
    "--points": input_parsing.parse_whole_number,
    "--noise": input_parsing.parse_number,
    "--seed": input_parsing.parse_whole_number,
    "--test-share": input_parsing.parse_number,
}
"""The options of ``tui-nn new``, and what parses the number behind each."""
_OUTPUTS = {
    Targets.SIGN: ("tanh", "half squared error"),
    Targets.NUMBER: ("identity", "half squared error"),
    Targets.CLASS: ("softmax", "cross-entropy"),
}
"""The activation of the outputs, and the cost, for each form of y."""


def checked_seed(seed: object) -> int:
    """``seed``. Raises `ValidationError` if R's ``set.seed`` does not take it."""
    return validation.whole_number("seed", seed, _LEAST_SEED, _GREATEST_SEED)


@frozen_dataclass
class GeneratedData:
    """What data to draw. Raises `ValidationError` for a value that is out of range.

    Without ``points``, these are as many as are usual for the ``kind``. ``test_share`` of the rows are kept back for a
    test. ``noise`` is from 0 to 1.
    """

    kind: str
    points: int | None = None
    noise: float = 0.1
    seed: int = 1
    test_share: float = 0.5

    def __post_init__(self) -> None:
        kind = KINDS[validation.choice("kind", self.kind, tuple(KINDS))]
        if self.points is None:
            object.__setattr__(self, "points", kind.usual_points)
        validation.whole_number("points", self.points, kind.fewest_points, limits.ROWS)
        if not 0 <= validation.number("noise", self.noise) <= 1:
            raise ValidationError("noise", validation.quoted_value(self.noise), _("a number from 0 to 1"))
        checked_seed(self.seed)
        validation.share("test_share", self.test_share)

    @property
    def options(self) -> str:
        """The options of ``tui-nn new`` that draw these data."""
        values = (self.points, self.noise, self.seed, self.test_share)
        return " ".join(f"{option} {value}" for option, value in zip(_PARSED, values, strict=True))

    @property
    def title(self) -> str:
        """The title of a lesson with these data, which says how they were made."""
        return f"{self.kind.capitalize()}: {self.points} points, noise {self.noise:g}, seed {self.seed}"

    def document(self) -> Document:
        """The lesson."""
        kind = KINDS[self.kind]
        output, cost = _OUTPUTS[kind.targets]
        data = self._dataset(kind)
        return Document(
            self.title,
            data,
            kind.hidden,
            "tanh",
            output,
            bias=True,
            start=Start(low=-0.5, high=0.5, biases=0.1),
            cost=cost,
            reduction="mean",
            learning_rate=kind.learning_rate,
            iterations=kind.epochs * epochs(len(data.training_rows), Batches(_BATCH)).per_epoch,
            batch_size=_BATCH,
        )

    def lesson(self) -> Lesson:
        """The lesson, without events; its file begins with a comment on how the data were made."""
        document = self.document()
        source = f"# tui-nn new {self.kind} {self.options}\n{document_toml.dump(document)}"
        return Lesson(document, State.opened(document), (), source, len(source.encode()))

    def _dataset(self, kind: Kind) -> Dataset:
        points = self.points or kind.usual_points
        x, y = generate(kind, points, self.noise, self.seed)
        names = _CLASS_NAMES if kind.targets is Targets.CLASS else usual_names("y", y.shape[1])
        test_rows = drawn_test_rows(points, self.test_share, self.seed)
        return Dataset(x, y, usual_names("x", x.shape[1]), names, NO_SCALING, NO_SCALING, test_rows)


def parse_generated(kind: str, text: str) -> GeneratedData:
    """The data that the options in ``text`` draw: ``--points 200 --noise 0.2``. Raises `ValidationError`."""
    words = text.replace("=", " ").split()
    values: dict[str, Any] = {}
    for option, value in zip_longest(words[::2], words[1::2]):
        if option not in _PARSED:
            typed, options = shortened(option), ", ".join(_PARSED)
            says = _(
                '"{typed}" is none of the options: {options}, each with a number behind it.',
                typed=typed,
                options=options,
            )
            raise ValidationError("options", quoted(typed), _("an option"), says)
        field, parse = option.removeprefix("--").replace("-", "_"), _PARSED[option]
        try:
            values[field] = parse(value or "")
        except ValidationError as error:
            raise ValidationError(field, error.found, error.expected, error.sentence) from None
    return GeneratedData(kind, **values)
