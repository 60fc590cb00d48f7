"""The log has a quick reader of its own for what the program writes: it takes what TOML takes, and nothing else."""

import math
import tomllib

import pytest

from tui_nn.session.storage import event_log

_NUMBERS = (
    "0", "00", "01", "-0", "-01", "1", "12", "+1", "1_000", "1__0", "0x1f", "1.", ".5", "00.5", "0.5", "-1.5", "1e5",
    "1E5", "1e+05", "1e-3", "1.e3", "1e", "-", "inf", "-nan", "9" * 18, "9" * 19, "9" * 30,
)  # fmt: skip
_TEXTS = ('"a"', '"a\\tb"', '"a\tb"', '"a\x7fb"', '"a"b"', '"\\u00e9"', '"\\x"', "'a'", '"a # b"', '"δ⁽³⁾"', '""')


def _event(**fields: str) -> str:
    given = "".join(f"{key} = {value}\n" for key, value in fields.items())
    return f"[[event]]\n{given}"


def _taken(source: str) -> object:
    """The event, or None where it is refused."""
    try:
        (entry,) = event_log.read_entries(source).entries
    except (event_log.LogError, ValueError):
        return None
    return vars(entry.event)


def _by_toml(source: str, field: str) -> object:
    try:
        return tomllib.loads(source)["event"][0][field]
    except tomllib.TOMLDecodeError:
        return None


@pytest.mark.parametrize("number", _NUMBERS)
def test_a_number_is_one_of_toml_s(number: str) -> None:
    source = _event(kind='"reached"', at="0.5", iteration="1", cost=number, seq="1")
    expected, taken = _by_toml(source, "cost"), _taken(source)
    if isinstance(expected, int | float) and math.isfinite(expected):
        assert taken == {"iteration": 1, "cost": float(expected)}
    else:
        assert taken is None


@pytest.mark.parametrize("text", _TEXTS, ids=ascii)
def test_a_text_is_one_of_toml_s_without_control_characters(text: str) -> None:
    source = _event(kind='"noted"', at="0.5", text=text, seq="1")
    expected, taken = _by_toml(source, "text"), _taken(source)
    if isinstance(expected, str) and expected.isprintable():
        assert taken == {"text": expected}
    else:
        assert taken is None


def test_a_field_that_stands_twice_is_refused() -> None:
    for fields in ("iteration = 1\niteration = 2\n", "iteration = 2\niteration = 2\n"):
        source = f'[[event]]\nkind = "moved"\n{fields}step = "J"\nseq = 1\n'
        assert _by_toml(source, "iteration") is None
        assert _taken(source) is None
