"""The settings that a sweep varies: their values as typed, and the document of each combination."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import prod

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _, ngettext
from tui_nn.network import ValidationError
from tui_nn.network.model.errors import quoted
from tui_nn.session import limits, validation
from tui_nn.session.document import Document
from tui_nn.session.hyperparameter import Hyperparameter
from tui_nn.session.input_parsing import parse_decimal, parse_whole_number_in_range, split_values
from tui_nn.session.settings import HYPERPARAMETERS

SWEPT = {key: setting for key, setting in HYPERPARAMETERS.items() if setting.can_be_swept}
"""The settings that a sweep can vary, by their keys."""
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
_RANGE = "0.001..10:5"
_DIGITS = 12
_MOST_VALUES = 1_000


@frozen_dataclass(eq=False)
class Combination:
    """A value for each setting that is varied, by its key, and the lesson with these values."""

    settings: Mapping[str, object]
    document: Document

    def seeds(self, seeds: range) -> range:
        """Those of ``seeds`` that it is trained with: one if its start draws nothing."""
        return seeds if self.document.start.distribution else seeds[:1]


def parse_values(key: str, text: str) -> list[object]:
    """The values typed for a setting, each once: ``0.1,1,5``, ``3,8-8`` for lists of numbers, ``0.001..10:5``.

    The last are five values from 0.001 to 10, evenly spaced in the logarithm. Raises `ValidationError` for a value that
    the setting does not take.
    """
    setting = SWEPT[key]
    values: list[object] = []
    for part in split_values(text):
        if not part:
            says = _(
                "A value is missing: type the values of the {setting} with commas between them.", setting=setting.label
            )
            raise ValidationError(key, _("nothing"), _("a value between two commas"), says)
        for value in _values_in_range(setting, part) if ".." in part else [_value(setting, part)]:
            if value not in values:
                values.append(value)
    return values


def _value(setting: Hyperparameter, text: str) -> object:
    """One value. A list has blanks or hyphens between its parts, as a comma begins the next value; "none" is empty."""
    refused: ValidationError | None = None
    for form in dict.fromkeys((text, _HYPHEN.sub(" ", text), "" if text == "none" else text)):
        try:
            return setting.check(setting.key, setting.parse_input(form))
        except ValidationError as error:
            refused = refused or error
    assert refused  # noqa: S101 - the loop has tried at least one form
    raise refused


def _values_in_range(setting: Hyperparameter, text: str) -> list[object]:
    ends, _colon, typed = text.partition(":")
    low, high = (parse_decimal(end, _("0.001 or 1e-3"), setting.key) for end in ends.split("..", 1))
    if not typed:
        says = _(
            "Say how many values you want: {ends}:5 gives five. You typed {typed}.",
            ends=ends.strip(),
            typed=validation.shortened(text),
        )
        raise _no_range(setting, text, says)
    try:
        count = parse_whole_number_in_range(setting.key, typed, 2, _MOST_VALUES)
    except ValidationError:
        says = _(
            "A range has from 2 to {most} values; you typed {typed}.",
            most=_MOST_VALUES,
            typed=validation.shortened(typed),
        )
        raise _no_range(setting, text, says) from None
    if min(low, high) <= 0:
        says = _(
            "Both ends of a range must be above 0, as in {example}: its values are evenly spaced in the logarithm.",
            example=_RANGE,
        )
        raise _no_range(setting, text, says)
    numbers = [float(f"{low * (high / low) ** (i / (count - 1)):.{_DIGITS}g}") for i in range(count)]
    try:
        return [_value(setting, repr(number).removesuffix(".0")) for number in numbers]
    except ValidationError:
        # A setting that takes whole numbers takes the nearest ones.
        return [_value(setting, str(round(number))) for number in numbers]


def _no_range(setting: Hyperparameter, text: str, says: str) -> ValidationError:
    return ValidationError(setting.key, text, _("a range such as {example}", example=_RANGE), says)


def combinations(document: Document, values: Mapping[str, Sequence[object]], seeds: range) -> list[Combination]:
    """Every combination of these values, the last setting changing fastest.

    Raises `ValidationError` if there are too many, or if one of them can't be.
    """
    count = prod(map(len, values.values()))
    if count * len(seeds) > limits.STARTS:
        runs, most = count * len(seeds), limits.STARTS
        says = _(
            "{combinations} with {seeds} each are {runs} runs; a sweep can have at most {most}.",
            combinations=ngettext("{number} combination", "{number} combinations", count, number=count),
            seeds=ngettext("{number} seed", "{number} seeds", len(seeds), number=len(seeds)),
            runs=runs,
            most=most,
        )
        raise ValidationError("count", str(runs), _("at most {most} runs", most=most), says)
    return [*_combinations(document, values, seeds)]


def _combinations(document: Document, values: Mapping[str, Sequence[object]], seeds: range) -> Iterator[Combination]:
    for chosen in product(*values.values()):
        settings = dict(zip(values, chosen, strict=True))
        made = Combination(settings, with_settings(document, settings))
        own, size = made.seeds(seeds), made.document.network.size
        # Raises now for a seed that the generator does not take.
        for seed in {own[0], own[-1]}:
            HYPERPARAMETERS["seed"].set(made.document, seed)
        if len(own) * size > limits.CELLS_IN_RUNS:
            says = _(
                "{networks} networks of {weights} weights are too many to train in one go. Take fewer seeds or units.",
                networks=len(own),
                weights=size,
            )
            expected = _("at most {most} weights", most=limits.CELLS_IN_RUNS)
            raise ValidationError("hidden", str(len(own) * size), expected, says)
        yield made


def with_settings(document: Document, settings: Mapping[str, object]) -> Document:
    """``document`` with each of the ``settings`` at its value, in whichever order is possible.

    Some settings fit only after another has changed, and some move others that stand at their usual values: so they are
    set again until all hold. Raises `ValidationError` if they do not fit together.
    """
    wanted = {key: _known(key).check(key, value) for key, value in settings.items()}
    refused: dict[str, ValidationError] = {}
    for _time in range(len(wanted) + 1):
        refused = {}
        for key, value in wanted.items():
            if HYPERPARAMETERS[key].get(document) != value:
                try:
                    document = HYPERPARAMETERS[key].set(document, value)
                except ValidationError as error:
                    refused[key] = error
    for refusal in refused.values():
        raise refusal
    return document


def _known(key: str) -> Hyperparameter:
    if key not in HYPERPARAMETERS:
        expected = _("one of {names}", names=", ".join(HYPERPARAMETERS))
        raise ValidationError("key", quoted(validation.shortened(key)), expected)
    return HYPERPARAMETERS[key]
