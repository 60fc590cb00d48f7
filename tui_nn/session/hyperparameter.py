"""A setting: where it stands in the file, what values it takes, and what another value does to a run."""

from collections.abc import Callable
from dataclasses import replace
from enum import Enum
from functools import partial
from typing import Any

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network import GENERATORS, START_METHODS, Start, ValidationError, fitted_activation
from tui_nn.network.formulas.optimizers import UPDATE_RULES
from tui_nn.network.model.schedules import SCHEDULES
from tui_nn.session import input_parsing, validation
from tui_nn.session.document import Document


class EffectOnRun(Enum):
    """What another value of a setting does to a run."""

    RESTART = "the run starts again"
    FROM_ANY_ITERATION = "the run starts again, or the value holds from a later iteration on"
    LENGTH = "the run has another length, and the same numbers"


@frozen_dataclass
class Hyperparameter:
    """One setting.

    - ``key`` and ``section``: where it stands in the file. In the sections "data" and "start" it is an attribute of
      the document's dataset or start, in the others of the document itself.
    - ``label``: its name in sentences and on the screen; ``is_counted`` if it is the number of something.
    - ``check(key, value)``: returns the value as the document has it. Raises `ValidationError` if ``value`` has the
      wrong type or is out of range.
    - ``parse(text)``: returns the value that the user typed, not checked yet. Raises `ValidationError` if ``text`` can
      stand for no value.
    - ``choices``: all values of a setting with few; ``names``: the named values of a setting that also takes numbers.
    - ``takes_list``: whether it takes one of ``choices`` for all hidden layers, or one for each.
    - ``effect_on_run``: what another value does to a run.
    - ``can_be_swept``: whether a sweep may vary it. A sweep has its own seeds and one length, and compares runs on the
      same rows, which make all their iterations.
    - ``search_words``: more words, separated by blanks, under which the palette finds it.
    - ``meaning``: what it sets, in a line; "" where its name says it.
    - ``idle_because(document)``: the key of the setting whose value leaves this one without effect; "" if it has an
      effect.
    - ``usual(document)``: the value if the file does not have the key; a file is written without it. None if the file
      always has the key.
    """

    key: str
    section: str
    label: str
    check: Callable[[str, object], object]
    parse: Callable[[str], object]
    choices: tuple[object, ...] = ()
    names: tuple[object, ...] = ()
    effect_on_run: EffectOnRun = EffectOnRun.RESTART
    is_counted: bool = False
    takes_list: bool = False
    can_be_swept: bool = True
    search_words: str = ""
    meaning: str = ""
    idle_because: Callable[[Document], str] = lambda document: ""  # noqa: ARG005
    usual: Callable[[Document], object] | None = None

    def get(self, document: Document) -> object:
        """The value in ``document``."""
        match self.section:
            case "data":
                return getattr(document.dataset, self.key)
            case "start":
                return getattr(document.start, self.key)
            case _:
                return getattr(document, self.key)

    def parse_input(self, text: str) -> object:
        """The value that ``text`` stands for, not checked yet. Raises `ValidationError` if it stands for none."""
        try:
            return self.parse(text.strip())
        except ValidationError as error:
            raise ValidationError(self.key, error.found, error.expected, error.sentence) from None

    def set(self, document: Document, value: object) -> Document:
        """``document`` with this setting at ``value``. Raises `ValidationError` if it does not take that value."""
        changes = {self.key: self.check(self.key, value)}
        match self.section:
            case "data":
                return replace(document, dataset=replace(document.dataset, **changes))  # type: ignore[arg-type]
            case "start":
                return replace(document, start=_changed_start(document, changes))
            case _:
                changes |= _further_changes(document, self.key, changes[self.key])
                return replace(document, **changes)  # type: ignore[arg-type]  # check has checked its type


def _changed_start(document: Document, changes: dict[str, object]) -> Start:
    start = document.start
    if "method" in changes:
        # The weights shown become the given ones, so that the user can go on by changing some of them.
        changes["given"] = document.start_parameters if changes["method"] == "given" else None
    # The defaults of the old method or generator give way to those of the new one.
    if "method" in changes and start.biases == START_METHODS[start.method].biases:
        changes["biases"] = ""
    if "generator" in changes and start.fill == GENERATORS[start.generator].fill:
        changes["fill"] = ""
    return replace(start, **changes)  # type: ignore[arg-type]  # their checks have checked their types


def _further_changes(document: Document, key: str, value: object) -> dict[str, object]:
    """What changes with a setting: defaults give way to those of the new value."""
    match key, value:
        case "hidden", tuple():
            return {"activation": fitted_activation(document.activation, len(value))}
        case "optimizer", str() if document.learning_rate == UPDATE_RULES[document.optimizer].usual_rate:
            return {"learning_rate": UPDATE_RULES[value].usual_rate}
        case "schedule", str() if document.decay == SCHEDULES[document.schedule].usual_decay:
            return {"decay": None}
    return {}


def choice_setting(
    key: str, section: str, label: str, choices: tuple[str, ...], other_words: str = "", **others: Any
) -> Hyperparameter:
    """A setting with few values, which are names."""
    check, parse = partial(validation.choice, choices=choices), partial(input_parsing.parse_choice, choices=choices)
    return Hyperparameter(key, section, label, check, parse, choices, search_words=other_words, **others)
