"""Writes a document as TOML, and reads it. Every error names the key, what was found and what was expected."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import asdict, fields, replace

from rtoml import TomlParsingError

from tui_nn.language import _, pgettext
from tui_nn.late_pattern import late_pattern
from tui_nn.network import Dataset, Parameters, Start, ValidationError
from tui_nn.network.formulas.optimizers import UPDATE_RULES
from tui_nn.session import limits, validation
from tui_nn.session.document import Document, lecture_data, usual_names
from tui_nn.session.quiz.questions import Question, checked_question, step_of
from tui_nn.session.settings import HYPERPARAMETERS
from tui_nn.session.storage.event_log import HEADER, LogContent, LogEntry, LogError, log_text, read_entries
from tui_nn.session.storage.toml_text import TomlTooLarge, assignment_lines, loads

FORMAT = 1
_QUESTION = "question"

_SECTIONS = {
    section: tuple(h.key for h in HYPERPARAMETERS.values() if h.section == section)
    for section in ("data", "network", "start", "training")
}
_DATA_KEYS = ("x_names", "y_names", "x", "y", *_SECTIONS["data"])
_TRANSPOSED = "_transposed"
_WEIGHT = late_pattern(rf"(?:W[1-9][0-9]?(?:{_TRANSPOSED})?|b[1-9][0-9]?)")
_BARE_KEY = late_pattern(r"[A-Za-z0-9_-]+")
# The beginning of the first event's header, where the text was cut off within it.
_CUT_OFF_HEADER = late_pattern(r"(?<=\n)[ \t]*\[(?:\[(?:e(?:v(?:e(?:n(?:t\]?)?)?)?)?)?)?\Z")


class _UnknownKey(ValidationError):
    """A key that has no meaning where it stands."""

    def __init__(self, section: str, key: str, expected: str) -> None:
        shown = validation.shortened(key)
        super().__init__(shown if _BARE_KEY.fullmatch(key) else f'"{shown}"', _("unknown"), expected)
        self.section = section
        self.key = key


class TomlError(ValueError):
    """Why a text is no session, in a sentence that names the line if it is known."""


def parse(source: str) -> tuple[Document, LogContent]:
    """The document in ``source``, and the log behind it. Raises `TomlError`."""
    # No text in a document has a line break, so the first line that looks like an event's header is one.
    header = HEADER.search(source) or _CUT_OFF_HEADER.search(source)
    head = source[: header.start()] if header else source
    content = _parse_head(head)
    try:
        document = _read_document(content)
        log = read_entries(source[len(head) :], first_line=head.count("\n") + 1)
    except ValidationError as error:
        raise TomlError(_message_with_line(error, head, content)) from None
    except LogError as error:
        raise TomlError(str(error)) from None
    return document, replace(log, end=len(head) + log.end)


def _parse_head(head: str) -> dict[str, object]:
    try:
        return loads(head)
    except TomlTooLarge as error:
        raise TomlError(str(error)) from None
    except TomlParsingError as error:
        message = str(error)
        message = message[:1].lower() + message[1:]
        raise TomlError(_("no valid TOML: {message}", message=message)) from None


def dump(document: Document, entries: Iterable[LogEntry] = ()) -> str:
    """``document`` as TOML, with all digits of its numbers, and the log behind it."""
    data = document.dataset
    sections: dict[str, dict[str, object]] = {
        "data": {"x_names": data.x_names, "y_names": data.y_names, "x": data.x.tolist(), "y": data.y.tolist()},
        "network": {},
        "start": {},
        "training": {},
    }
    for key, hyperparameter in HYPERPARAMETERS.items():
        value = hyperparameter.get(document)
        if hyperparameter.usual is None or value != hyperparameter.usual(document):
            sections[hyperparameter.section][key] = value
    if document.start.given is not None:
        sections["start"] |= {name: matrix.tolist() for name, matrix in document.start.given.named.items()}
    lines = [*assignment_lines({"format": FORMAT, "title": document.title})]
    for section, table in sections.items():
        lines += ["", f"[{section}]", *assignment_lines(table)]
    for question in document.questions:
        lines += ["", f"[[{_QUESTION}]]", *assignment_lines(_question_table(question, document))]
    return "\n".join(lines) + "\n" + log_text(entries)


def _read_document(content: dict[str, object]) -> Document:
    if "event" in content:
        expected = _("blocks headed [[event]], behind everything else")
        raise ValidationError("event", validation.quoted_value(content["event"]), expected)
    _check_keys("", content, ("format", "title", *_SECTIONS, _QUESTION))
    format_number = content.get("format", FORMAT)
    if format_number != FORMAT or not isinstance(format_number, int) or isinstance(format_number, bool):
        expected = _("{format}, the only one that this version reads", format=FORMAT)
        raise ValidationError("format", validation.quoted_value(format_number), expected)
    sections = {section: _read_section(content, section) for section in _SECTIONS}
    _check_keys("data", sections["data"], _DATA_KEYS)
    _check_keys("network", sections["network"], _SECTIONS["network"])
    _check_keys("training", sections["training"], _SECTIONS["training"])

    checked = {
        key: hyperparameter.check(key, sections[hyperparameter.section][key])
        for key, hyperparameter in HYPERPARAMETERS.items()
        if key in sections[hyperparameter.section]
    }
    data = _read_dataset(sections["data"], checked)
    start = _read_start(sections["start"], checked)
    of_document = {
        key: value for key, value in checked.items() if HYPERPARAMETERS[key].section in ("network", "training")
    }
    if "optimizer" in checked and "learning_rate" not in checked:
        of_document["learning_rate"] = UPDATE_RULES[str(checked["optimizer"])].usual_rate
    title = validation.text("title", content.get("title", ""), limits.TITLE_LENGTH)
    document = Document(title=title, dataset=data, start=start, **of_document)  # type: ignore[arg-type]
    return replace(document, questions=_read_questions(content.get(_QUESTION, []), document))


def _read_questions(found: object, document: Document) -> tuple[Question, ...]:
    if not isinstance(found, list) or not all(isinstance(block, dict) for block in found):
        heading = f"[[{_QUESTION}]]"
        expected = _("blocks headed {heading}", heading=heading)
        raise ValidationError(_QUESTION, validation.quoted_value(found), expected)
    if len(found) > limits.QUESTIONS:
        there = _("{blocks} blocks", blocks=len(found))
        raise ValidationError(_QUESTION, there, _("at most {most}", most=limits.QUESTIONS))
    questions = []
    for number, table in enumerate(found, start=1):
        try:
            _check_keys(_QUESTION, table, tuple(field.name for field in fields(Question)))
            for key in ("ask", "matrix"):
                if key not in table:
                    raise ValidationError(key, _("absent"), pgettext("expected", "one"))
            question = Question(**table)
            rows = _rows_of_question(question, document)
            questions.append(checked_question(question, document.network, rows, document.iterations))
        except ValidationError as error:
            raise ValidationError(f"{_QUESTION} {number}, {error.where}", error.found, error.expected) from None
    return tuple(questions)


def _rows_of_question(question: Question, document: Document) -> int:
    """How many rows the matrices have that ``question`` asks about, if it names an iteration of the lesson.

    A row of the data that the iteration does not have is no reason to refuse the file: the quiz says that it is not
    there.
    """
    iteration, row = question.iteration, question.row
    is_there = isinstance(iteration, int) and 1 <= iteration <= document.iterations
    rows = document.moment(iteration if is_there else 1).rows
    return row if isinstance(row, int) and rows < row <= document.dataset.rows else rows


def _question_table(question: Question, document: Document) -> dict[str, object]:
    """The keys of ``question`` in the file: those whose value is not the default."""
    usual = {field.name: field.default for field in fields(Question)}
    usual["step"] = step_of(document.network, question.matrix)
    return {key: value for key, value in asdict(question).items() if value != usual[key]}


def _read_section(content: dict[str, object], section: str) -> dict[str, object]:
    table = content.get(section, {})
    if not isinstance(table, dict):
        heading = f"[{section}]"
        raise ValidationError(section, validation.quoted_value(table), _("a table, headed {heading}", heading=heading))
    return table


def _check_keys(section: str, table: dict[str, object], keys: tuple[str, ...]) -> None:
    for key in table:
        if key not in keys:
            near = difflib.get_close_matches(key, keys, n=1)
            expected = _("{name}, perhaps", name=near[0]) if near else _("one of {names}", names=", ".join(keys))
            raise _UnknownKey(section, key, expected)


def _read_dataset(section: dict[str, object], checked: dict[str, object]) -> Dataset:
    given: dict[str, object] = {}
    for key in ("x", "y"):
        if key in section:
            given[key] = table = validation.table(key, section[key])
            given[f"{key}_names"] = usual_names(key, len(table[0]))
            if key == "y" and len(table[0]) != 1 and "y_scaling" not in checked:
                expected = _("one, as y has {columns} columns", columns=len(table[0]))
                raise ValidationError("y_scaling", _("absent"), expected)
        if f"{key}_names" in section:
            given[f"{key}_names"] = validation.names(f"{key}_names", section[f"{key}_names"])
    scalings = {key: value for key, value in checked.items() if HYPERPARAMETERS[key].section == "data"}
    return replace(lecture_data(), **given, **scalings)  # type: ignore[arg-type]  # all of them are checked


def _read_start(section: dict[str, object], checked: dict[str, object]) -> Start:
    settings = {key: checked[key] for key in _SECTIONS["start"] if key in checked}
    _check_keys(
        "start", {key: value for key, value in section.items() if not _WEIGHT.fullmatch(key)}, _SECTIONS["start"]
    )
    names = [key for key in section if _WEIGHT.fullmatch(key)]
    if not names:
        return Start(**settings)  # type: ignore[arg-type]
    if settings.get("method") != "given":
        raise ValidationError(names[0], pgettext("found", "given"), _('method = "given" beside it, or no weights'))
    return Start(**settings, given=_read_given_weights(section, names))  # type: ignore[arg-type]


def _read_given_weights(section: dict[str, object], names: list[str]) -> Parameters:
    matrices: dict[str, list[list[float]]] = {}
    for name in names:
        value = section[name]
        # A bias is one row, and may be written as one.
        if name.startswith("b") and isinstance(value, list) and not any(isinstance(cell, list) for cell in value):
            value = [value]
        table = validation.table(name, value, rows=limits.UNITS, columns=limits.UNITS)
        if name.endswith(_TRANSPOSED):
            plain = name.removesuffix(_TRANSPOSED)
            if plain in names:
                both = _(
                    "Give {plain} or {transposed}, its rows and columns the other way round, but not both.",
                    plain=plain,
                    transposed=name,
                )
                raise ValidationError(name, _("given beside {plain}", plain=plain), _("one of both"), both)
            matrices[plain] = [list(column) for column in zip(*table, strict=True)]
        else:
            matrices[name] = table
    ordered: dict[str, list[list[list[float]]]] = {"W": [], "b": []}
    for letter, group in ordered.items():
        numbers = sorted(int(name[1:]) for name in matrices if name.startswith(letter))
        for expected, number in enumerate(numbers, start=1):
            if number != expected:
                other = f"{letter}{number}"
                needed = _("a matrix, as {other} is there", other=other)
                raise ValidationError(f"{letter}{expected}", _("absent"), needed)
        group += [matrices[f"{letter}{number}"] for number in numbers]
    return Parameters(tuple(ordered["W"]), tuple(ordered["b"]))  # type: ignore[arg-type]  # Parameters makes them arrays


def _message_with_line(error: ValidationError, source: str, content: dict[str, object]) -> str:
    if isinstance(error, _UnknownKey):
        section, key = error.section, error.key
    else:
        key = error.where.split(",")[0]
        section = next((name for name in _SECTIONS if key in _section_or_empty(content, name)), "")
    line = _find_line(source, section, key)
    where = f"[{section}] {error.where}" if section else error.where
    why = f"{where}: {error.sentence}" if error.sentence else str(ValidationError(where, error.found, error.expected))
    return _("line {line}: {why}", line=line, why=why) if line else why


def _section_or_empty(content: dict[str, object], section: str) -> dict[str, object]:
    table = content.get(section)
    return table if isinstance(table, dict) else {}


def _find_line(source: str, section: str, key: str) -> int | None:
    """The line of ``key`` in ``section``, counted from 1; None if no line looks like it."""
    current = ""
    for number, line in enumerate(source.split("\n"), start=1):
        if header := re.match(r"\s*\[\s*([A-Za-z]+)\s*\]", line):
            current = header[1]
            if not section and current == key:
                return number
        elif current == section and re.match(rf"\s*{re.escape(key)}\s*=", line):
            return number
    return None
