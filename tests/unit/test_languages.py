"""The screen in other languages than English."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from scripts.languages import catalogs, compiled, key, read_catalog, said, written
from tests.unit.command_line import command
from tui_nn.cli.language_choice import language_wanted

_MOST_MISSING = 0.02
_IN_BRACES = re.compile(r"\{(\w*)\}")
_CATALOGS = pytest.mark.parametrize("path", catalogs(), ids=lambda path: path.parent.parent.name)


def _forms(of: object) -> tuple[str, ...]:
    return (of,) if isinstance(of, str) else tuple(of)  # type: ignore[arg-type]


@_CATALOGS
def test_hardly_a_sentence_lacks_its_translation(path: Path) -> None:
    """Up to 2 % of the sentences may lack a translation; with more, the screen would mix two languages."""
    translated = {key(message) for message in read_catalog(path) if message.id and message.string}
    missing = [key(message) for message in said() if message.id and key(message) not in translated]
    assert len(missing) <= _MOST_MISSING * len(translated), missing


@_CATALOGS
def test_the_program_reads_what_people_have_written(path: Path) -> None:
    compiled_now = GNUTranslations(BytesIO(compiled(read_catalog(path))))
    with path.with_suffix(".mo").open("rb") as file:
        shipped = GNUTranslations(file)
    assert _said(shipped) == _said(compiled_now)
    assert shipped.info()["language"] == path.parent.parent.name


def _said(catalog: GNUTranslations) -> dict[object, str]:
    """Each sentence with its translation, without the header, which the tools that write a catalog word differently."""
    return {sentence: says for sentence, says in vars(catalog)["_catalog"].items() if sentence}


@_CATALOGS
def test_a_catalog_stays_the_same_whenever_and_with_whichever_babel_it_is_written(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, compiled_before = written(read_catalog(path)), compiled(read_catalog(path))
    monkeypatch.setattr("babel.messages.catalog.VERSION", "99", raising=False)
    catalog = read_catalog(path)
    catalog.creation_date = catalog.revision_date = datetime(2001, 1, 1, tzinfo=UTC)
    assert (written(catalog), compiled(catalog)) == (before, compiled_before)


def _names(text: str) -> set[str]:
    return set(_IN_BRACES.findall(text))


def _mistold(message: Message) -> bool:
    """Whether a translation leaves out a value of its sentence, or has a name in braces that the sentence lacks."""
    ids, strings = _forms(message.id), _forms(message.string)
    there_are = set[str]().union(*map(_names, ids))
    return any(_names(text) - there_are for text in strings) or _names(strings[-1]) != _names(ids[-1])


@_CATALOGS
def test_a_translation_says_the_same_values_and_ends_as_its_sentence_does(path: Path) -> None:
    messages = [message for message in read_catalog(path) if message.id and message.string]
    assert [message.id for message in messages if _mistold(message)] == []
    ends = [
        (text, form)
        for message in messages
        for text, form in zip(_forms(message.id)[-1:], _forms(message.string)[-1:], strict=True)
        if len(text) - len(text.rstrip()) != len(form) - len(form.rstrip())
    ]
    assert ends == []


@pytest.mark.parametrize(
    ("environment", "words", "wanted"),
    [
        ({}, (), "en"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "de"}, (), "en"),
        ({"LANG": "de_AT.UTF-8"}, (), "de"),
        ({"LANG": "de_AT.UTF-8", "LC_ALL": "C"}, (), "en"),
        ({"LC_ALL": "de_DE"}, ("--language", "en"), "en"),
        ({"LANG": "fi_FI.UTF-8", "LANGUAGE": "sv:de:en"}, (), "de"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "en_GB"}, (), "en"),
        ({"LANG": "fi_FI.UTF-8"}, (), "en"),
        ({"TUI_NN_LANGUAGE": "de"}, (), "de"),
        ({"TUI_NN_LANGUAGE": "de"}, ("lecture", "--language=en"), "en"),
        ({"TUI_NN_LANGUAGE": "xx", "LANG": "de_DE"}, (), "de"),
        ({"TUI_NN_LANGUAGE": "DE"}, (), "de"),
        ({"TUI_NN_LANGUAGE": "de_DE.UTF-8"}, (), "de"),
        ({}, ("walk", "lecture", "--lang", "de"), "de"),
        ({}, ("walk", "lecture", "--l=de"), "de"),
        ({}, ("serve", "--lab", "de"), "en"),
        ({}, ("walk", "lecture", "--language", "en", "--lang", "de"), "de"),
        ({}, ("walk", "lecture", "--language", "de", "--lang", "en"), "en"),
        ({"TUI_NN_LANGUAGE": "de"}, ("derive", "lecture", "--format", "json"), "en"),
        ({}, ("derive", "lecture", "--language", "de", "--form=json"), "en"),
        ({}, ("lecture", "--language", "de"), "de"),
        ({}, ("lecture", "--language"), "en"),
    ],
)
def test_the_language_is_that_of_the_option_then_of_the_variable_then_of_the_locale(
    environment: dict[str, str], words: tuple[str, ...], wanted: str
) -> None:
    assert language_wanted(words, environment) == wanted


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "tui_nn", *words]
    return subprocess.run(command, env=environment, input="", capture_output=True, text=True, encoding="utf-8")


def test_a_lesson_is_walked_through_in_the_language_chosen() -> None:
    assert "Tasten: " in _run("walk", "lecture", "--language", "de").stdout


def test_a_wrong_formula_is_called_so_in_the_language_chosen() -> None:
    derived = _run("derive", "lecture", "--step", "Z3", "--ascii", "--language", "de").stdout
    assert "FALSCH: W2 . A2" in derived


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("walk", "lecture", "--iteration", "x"), "--iteration – erwartet: eine ganze Zahl von 1 bis 10 000 000"),
        (("export", "xor"), "--to fehlt (mehr sagt tui-nn export --help)"),
        (("export", "xor", "--to", "cast"), "wurde nicht aufgezeichnet"),
    ],
)
def test_an_error_is_wholly_in_the_language_chosen(words: tuple[str, ...], says: str) -> None:
    done = _run(*words, "--language", "de")
    assert done.returncode == 2
    assert says in done.stderr
    assert "must" not in done.stderr
    assert "typed" not in done.stderr


def test_a_variable_with_an_unknown_language_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TUI_NN_LANGUAGE", "xx")
    answer = command(capsys, "sessions")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == 'tui-nn: TUI_NN_LANGUAGE must be one of en, de; it is "xx"\n'


def test_a_language_that_nobody_knows_is_refused_with_those_that_there_are() -> None:
    done = _run("walk", "lecture", "--language", "xx")
    assert done.returncode == 2
    assert '--language must be one of en, de; you typed "xx"' in done.stderr
