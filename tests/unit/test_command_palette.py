"""What the palette finds: by words, never by letters scattered over a name."""

import pytest

from tui_nn.dashboard.dialogs.command_palette import found
from tui_nn.dashboard.dialogs.palette_entry import Entry


def _entry(title: str, says: str = "", words: str = "", *, edits: bool = False) -> Entry:
    return Entry(title, says, lambda: None, words, edits)


_ENTRIES = (
    _entry("Add a row below, equal to this one until you edit it", "key: a", edits=True),
    _entry("Delete this row", "key: d", edits=True),
    _entry("Predict for a new row, one that is not in the data", "key: N"),
    _entry("Setting: learning rate, 5", "goes to it", "eta alpha"),
    _entry("Setting: activation, relu", "goes to it", "network"),
    _entry("Lesson: too-fast", "Too fast: a learning rate that diverges"),
)


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("relu", ["Setting: activation, relu"]),
        ("Learning RATE", ["Setting: learning rate, 5", "Lesson: too-fast"]),
        ("eta", ["Setting: learning rate, 5"]),
        ("netw", ["Setting: activation, relu"]),
        ("row", [_ENTRIES[2].title, _ENTRIES[0].title, _ENTRIES[1].title]),
        ("del row", ["Delete this row"]),
        # Two letters are the beginning of very much.
        ("de", []),
        ("arow", []),
        ("???", []),
        ("zebra", []),
        ("", [entry.title for entry in _ENTRIES]),
    ],
)
def test_words_find_what_has_them_and_edits_come_last(text: str, titles: list[str]) -> None:
    assert [entry.title for entry in found(_ENTRIES, text)] == titles


def test_a_setting_of_that_very_name_comes_first() -> None:
    speed = _entry("Setting: speed of playing, 5 iterations a second", "asks for another speed")
    iterations = _entry("Setting: iterations, 10 000", "leads to it", "epochs")
    assert found((speed, iterations), "iterations") == [iterations, speed]
    assert found((speed, iterations), "speed") == [speed]
