"""In a locale without UTF-8 nothing but ASCII is written; in one with it, in any spelling, the lecture's signs."""

import os
import subprocess
import sys

import pytest

from tui_nn.writing.notation.ascii_fallback import ascii_lookalike
from tui_nn.writing.notation.common_fallback import common_lookalike
from tui_nn.writing.notation.encoding import fit_to_encoding, locale_has_utf8

_WITHOUT_LOCALE = {
    name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHONUTF8", "PYTHONIO"))
}


@pytest.mark.parametrize(
    ("environment", "has_utf8"),
    [
        ("LANG=en_US.UTF-8", True),
        ("LANG=en_US.utf8", True),
        ("LANG=C.UTF-8", True),
        ("LANG=C.utf8", True),
        ("LANG=ca_ES.UTF-8@valencia", True),
        ("LC_CTYPE=UTF-8", True),
        ("LANG=C", False),
        ("LANG=POSIX", False),
        ("LANG=en_US.ISO-8859-1", False),
        ("LANG=de_DE@euro", False),
        ("LANG=ja_JP.eucJP", False),
        # POSIX: LC_ALL before LC_CTYPE before LANG; what is empty is absent.
        ("LC_ALL=C LANG=en_US.UTF-8", False),
        ("LC_ALL=en_US.UTF-8 LC_CTYPE=C LANG=C", True),
        ("LC_CTYPE=C LANG=en_US.UTF-8", False),
        ("LC_CTYPE=de_DE.UTF-8 LANG=C", True),
        ("LC_ALL= LC_CTYPE= LANG=C", False),
        ("LC_MESSAGES=C LANG=en_US.UTF-8", True),
        ("", True),
        ("LC_ALL= LANG=", True),
    ],
)
def test_the_locale_is_ranked_and_read_as_posix_says(environment: str, has_utf8: bool) -> None:
    assert locale_has_utf8(dict(one.split("=") for one in environment.split())) is has_utf8


@pytest.mark.posix
# What Python itself makes of the first four is UTF-8.
@pytest.mark.parametrize(
    ("environment", "is_ascii"),
    [
        ("LANG=C", True),
        ("LC_CTYPE=C LANG=C.UTF-8", True),
        ("LANG=en_US.ISO-8859-1", True),
        ("LANG=C PYTHONUTF8=0", True),
        ("LC_CTYPE=C.UTF-8 LANG=C", False),
        ("", False),
    ],
)
def test_what_the_commands_print_is_in_the_signs_of_the_locale(environment: str, is_ascii: bool) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tui_nn", "show", "lecture", "--iteration", "1"],
        env={**_WITHOUT_LOCALE, **dict(one.split("=") for one in environment.split())},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.isascii() is is_ascii
    assert ("delta3" in done.stdout) is is_ascii


def test_the_letters_of_german_can_be_read_in_ascii_as_well() -> None:
    """In lines of text two letters stand for one; on the screen, whose cells have room for one, its plain letter."""
    german = "Überläßt Größen: „Ärger“, Öl, für"
    assert fit_to_encoding(german, "ascii") == 'Ueberlaesst Groessen: "Aerger", Oel, fuer'
    assert fit_to_encoding(german, "latin-1") == 'Überläßt Größen: "Ärger", Öl, für'
    assert "".join(map(ascii_lookalike, german)) == 'Uberlast Grosen: "Arger", Ol, fur'


def test_nearly_every_font_has_the_letters_and_quotation_marks_of_german() -> None:
    assert all(common_lookalike(sign) == sign for sign in "äöüÄÖÜß„“‚‘")
