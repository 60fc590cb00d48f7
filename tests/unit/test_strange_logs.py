"""Logs from strangers: whatever happened in them, a lesson comes back or one sentence that names the line."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.helpers import entries, is_one_sentence, written
from tui_nn.session import limits
from tui_nn.session.document import Document
from tui_nn.session.events import EVENT_CLASSES, Ended, Marked, Moved, Noted, Undone
from tui_nn.session.storage import document_toml, event_log
from tui_nn.session.storage.session_file import SessionError, lesson_from_content, read

_PATH = Path("lesson.toml")
_PIECES = [kind.encode() for kind in EVENT_CLASSES]
_ENDED = '\n[[event]]\nkind = "ended"\nseq = 2\n'


def _sentence(source: str | bytes) -> str:
    """Why ``source`` is refused."""
    with pytest.raises(SessionError) as error:
        lesson_from_content(_PATH, source if isinstance(source, bytes) else source.encode())
    assert is_one_sentence(f"{error.value}\n"), error.value
    assert len(str(error.value)) < 600
    assert str(error.value).startswith("lesson.toml: line ")
    return str(error.value)


def _event(fields: str, seq: object = 1) -> str:
    return f"[[event]]\n{fields}\nseq = {seq}\n"


_MOVED = 'kind = "moved"\niteration = 2\nstep = "J"'
_FIELDS = {
    "an unknown kind": ('kind = "tomorrow"', 'kind is the text "tomorrow"', '"moved"'),
    "no kind": ("at = 1.0", 'kind is the text ""', '"moved"'),
    "a kind that is no text": ("kind = 1", "kind is 1", '"moved"'),
    "an unknown field": (f"{_MOVED}\ncolour = 1", "colour is unknown", "iteration, step"),
    "a field of a kind that has none": ('kind = "undone"\ncolour = 1', "colour is unknown", "nothing but kind"),
    "a table as a field": (f"{_MOVED}\nmore = {{a = 1}}", "more is unknown"),
    "a field too few": ('kind = "moved"\nstep = "J"', "iteration is absent", '"moved"'),
    "a number that is no whole one": (_MOVED.replace("2", "2.0"), "iteration is 2.0", "whole number"),
    "a truth for a number": (_MOVED.replace("2", "true"), "iteration is true", "whole number"),
    "an iteration of -1": (_MOVED.replace("2", "-1"), "iteration is -1", "whole number from 0"),
    "an iteration too large": (_MOVED.replace("2", "9" * 30), f"iteration is {'9' * 30}", "10000000"),
    "an iteration of thousands of digits": (_MOVED.replace("2", "1" * 5000), "38 digits"),
    "one in hexadecimal": (_MOVED.replace("2", "0x" + "f" * 9000), "more than 38 digits"),
    "an iteration after the last": (_MOVED.replace("2", "10_001"), "iteration is 10001", "one from 1 to 10000"),
    "a step that there is not": (_MOVED.replace('"J"', '"Z9"'), 'step is "Z9"', "one of Z2 A2"),
    "a step in control characters": (_MOVED.replace('"J"', '"\\u001b[31m"'), "step is", "control characters"),
    "a step very long": (_MOVED.replace("J", "J" * 10_000), "step is 10000 characters long", "at most 500"),
    "a time before the lesson": (f"{_MOVED}\nat = -1.0", "at is -1.0", "seconds"),
    "a time that is nan": (f"{_MOVED}\nat = nan", "at is nan", "finite"),
    "a time without an end": (f"{_MOVED}\nat = inf", "at is inf", "finite"),
    "a time too late": (f"{_MOVED}\nat = 1e300", "at is 1e+300", "seconds"),
    "a time of thousands of digits": (f"{_MOVED}\nat = {'1' * 400}", "more than 38 digits"),
    "a date": (f"{_MOVED}\nat = 2024-01-31", "at is 2024-01-31", "finite"),
    "a row of -1": ('kind = "row removed"\nrow = -1', "row is -1", "whole number"),
    "a row that there is not": ('kind = "row removed"\nrow = 4', "row is 4", "one from 1 to 3"),
    "a table that there is not": ('kind = "cell set"\ntable = "z"\nrow = 1\ncolumn = 1\nvalue = 1', "table is", '"x"'),
    "a value that is nan": ('kind = "cell set"\ntable = "x"\nrow = 1\ncolumn = 1\nvalue = nan', "value is nan"),
    "a value too large": (
        'kind = "cell set"\ntable = "x"\nrow = 1\ncolumn = 1\nvalue = 1e999',
        "above 1.8e308",
    ),
    "a row of texts": ('kind = "row added"\nrow = 1\nx = ["a"]\ny = [1]', 'x is the text "a"', "finite number"),
    "a row that is no list": ('kind = "row added"\nrow = 1\nx = 1\ny = [1]', "x is 1", "a list"),
    "a row too long": (f'kind = "row added"\nrow = 1\nx = {[1] * 100_001}\ny = [1]', "a list of 100001", "100000"),
    "a setting that is a table": ('kind = "hyperparameter set"\nkey = "bias"\nvalue = {a = 1}', "value is a table"),
    "a setting of lists": ('kind = "hyperparameter set"\nkey = "hidden"\nvalue = [[1]]', "value is a list"),
    "a setting that there is not": ('kind = "hyperparameter set"\nkey = "format"\nvalue = 2', 'key is "format"'),
    "a setting too large": ('kind = "hyperparameter set"\nkey = "hidden"\nvalue = [1_000_000_000]', "hidden is"),
    "a seed of thousands of digits": (
        f'kind = "hyperparameter set"\nkey = "seed"\nvalue = 0x{"f" * 9000}',
        "more than 38 digits",
    ),
    "a note with an escape sequence": ('kind = "noted"\ntext = "\\u001b]0;title\\u0007"', "text is", "control"),
    "a note of two lines": ('kind = "noted"\ntext = "a\\nb"', "text is", "line breaks"),
    "a note of two lines in three quotes": ('kind = "noted"\ntext = """a\nb"""', "text is", "line breaks"),
    "a note from right to left": ('kind = "noted"\ntext = "\\u202ea"', "text is", "control characters"),
    "a note too long": (f'kind = "noted"\ntext = "{"a" * 501}"', "501 characters", "500"),
    "a mark with an escape sequence": ('kind = "marked"\nname = "\\u009b31m"', "name is", "control"),
    "a mark too long": (f'kind = "marked"\nname = "{"a" * 61}"', "61 characters", "60"),
    "a run that there is not": ('kind = "branch chosen"\nname = "B"', 'name is "B"', '"A"'),
    "a run twice": ('kind = "branched"\nname = "A"', 'name is "A"', "no other run"),
    "nothing to undo": ('kind = "undone"', "There is no edit", "to undo"),
    "a cost that is infinite": ('kind = "reached"\niteration = 1\ncost = inf', "cost is inf", "finite"),
    "a mistake that there is not": ('kind = "mistake planted"\nmistake = "typo"', 'mistake is the text "typo"', "lost"),
    "a mistake that is a number": ('kind = "mistake planted"\nmistake = 1', "mistake is 1", "a text in quotes"),
    "a guess without a mistake": ('kind = "mistake guessed"\nmistake = "lost minus"', "none is planted", "first"),
    "playing backwards": ('kind = "played"\nspeed = -1', "speed is -1", "whole number"),
    "standing still": ('kind = "played"\nspeed = 0', "speed is 0", "whole number from 1"),
}


@pytest.mark.parametrize("case", _FIELDS)
def test_an_event_that_can_t_be_is_refused_in_one_sentence_with_its_line(case: str) -> None:
    fields, *fragments = _FIELDS[case]
    for behind in ("", _ENDED):
        sentence = _sentence(f'title = "a"\n\n{_event(fields)}{behind}')
        assert "line 3: " in sentence
        for fragment in fragments:
            assert fragment in sentence


@pytest.mark.parametrize(
    ("seq", "found"),
    [
        ("0", "0"),
        ("-1", "-1"),
        ("1", "1"),
        ("3", "3"),
        ("20", "20"),
        ("true", "true"),
        ("2.0", "2.0"),
        ('"2"', 'the text "2"'),
        ("[2]", "a list of 1"),
    ],
)
def test_a_number_that_is_not_the_next_is_refused(seq: str, found: str) -> None:
    log_of_three = _event(_MOVED) + _event(_MOVED, seq) + _event(_MOVED, 3)
    assert f"line 6: [[event]] seq is {found}; expected 2" in _sentence(log_of_three)


@pytest.mark.parametrize("seq", ["true", "1.0", "-1", "2", "11"])
def test_the_last_number_is_no_other_than_the_next(seq: str) -> None:
    assert "line 1: [[event]] seq is" in _sentence(_event(_MOVED, seq))


def test_an_event_without_a_number_is_refused_where_another_follows() -> None:
    assert "line 1: [[event]] seq is absent" in _sentence(f"[[event]]\n{_MOVED}\n{_event(_MOVED)}")


@pytest.mark.parametrize(
    "behind",
    ["[training]\niterations = 5", "[[other]]\na = 1", "[event.more]\na = 1", '["event".more]\na = 1', "[[event.a]]"],
)
def test_nothing_but_events_stands_behind_an_event(behind: str) -> None:
    for end in ("", "\n", "\n" + _event(_MOVED, 2)):
        assert "line 1: " in _sentence(_event(_MOVED) + "\n" + behind + end)


_BROKEN = {
    "no bracket": '[[event]\nkind = "undone"\nseq = 2\n',
    "no quote": '[[event]]\nkind = "undone\nat = 1.0\nseq = 2\n',
    "no value": "[[event]]\nkind =\nat = 1.0\nseq = 2\n",
    "a key twice": '[[event]]\nkind = "undone"\nkind = "undone"\nseq = 2\n',
    "a control character": '[[event]]\nkind = "\x1b[31m"\nseq = 2\n',
    "zeros in the middle": '[[event]]\nkind = "un\0\0\0\0\nat = 1.0\nseq = 2\n',
    "a list without an end": '[[event]]\nx = [\nkind = "row added"\nseq = 2\n',
    "lists nested deeply": f"[[event]]\nx = {'[' * 100_000}\nseq = 2\n",
    "lists nested deeply and closed": f"[[event]]\nx = {'[' * 600}{']' * 600}\nseq = 2\n",
    "tables nested deeply": f"[[event]]\nx = {'{a=' * 5000}\nseq = 2\n",
    "a key of many parts": f"[[event]]\n{'a.' * 100_000}b = 1\nseq = 2\n",
    "a key of many parts in quotes": "[[event]]\n" + '"a".' * 3000 + "b = 1\nseq = 2\n",
    "a key of many parts behind quotes": "[[event]]\nx = {a = '\"', " + "b." * 3000 + "c = '\"'}\nseq = 2\n",
    "and behind more quotes": "[[event]]\nx = {a = '''\n\" ''', " + "b." * 3000 + 'c = " "}\nseq = 2\n',
}


@pytest.mark.parametrize("case", _BROKEN)
def test_what_was_not_cut_off_but_is_no_toml_is_refused(case: str) -> None:
    for behind in ("", _event(_MOVED, 3)):
        sentence = _sentence(_event(_MOVED) + _BROKEN[case] + behind)
        assert re.match(r"lesson.toml: line [1678]: ", sentence)
        assert "no valid TOML" in sentence or "the most that is read" in sentence


def test_what_is_wrong_in_an_event_is_told_by_the_lines_of_the_file() -> None:
    assert "at line 7 column 8" in _sentence(_event(_MOVED) + "[[event]]\nkind = undone\nseq = 2\n")


def _notes(source: bytes) -> list[str]:
    """The notes in ``source``, or the sentence for which it is refused; any other exception is a failure."""
    try:
        return [note.text for note in lesson_from_content(_PATH, source).state.notes]
    except SessionError as error:
        return [str(error)]


@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_no_character_of_a_note_reaches_the_terminal_as_a_control_sequence(text: str) -> None:
    quoted = "".join(f"\\U{ord(char):08X}" for char in text)
    (said,) = _notes(_event(f'kind = "noted"\ntext = "{quoted}"').encode())
    assert said == text or is_one_sentence(f"{said}\n")
    assert said.isprintable()


def test_markup_in_notes_and_names_is_text_as_it_stands() -> None:
    markup = "[bold red]a[/] [link=http://b]c[/link] $(d) ${e} %s {f}"
    source = document_toml.dump(Document(), entries(Noted(markup), Marked(markup)))
    state = lesson_from_content(_PATH, source.encode()).state
    assert (state.notes[0].text, state.marks[0].name) == (markup, markup)


def test_a_million_events_are_refused_by_their_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, b"".join(b'[[event]]\nkind = "ended"\nseq = %d\n' % seq for seq in range(1, 1_000_001)))
    assert path.stat().st_size > limits.FILE_BYTES

    def never(text: str) -> None:
        raise AssertionError(f"{len(text)} characters are parsed")

    monkeypatch.setattr(document_toml, "parse", never)
    with pytest.raises(SessionError, match="larger than 16 MiB"):
        read(path)


@pytest.mark.parametrize(("made", "most"), [(Noted, limits.NOTES), (Marked, limits.MARKS)])
def test_notes_and_marks_have_a_limit(made: type[Noted | Marked], most: int) -> None:
    source = document_toml.dump(Document(), entries(*(made(f"number {number}") for number in range(most))))
    assert len(lesson_from_content(_PATH, source.encode()).entries) == most
    one_more = event_log.log_text([event_log.LogEntry(most + 1, 1e6, made("one more"))])
    line = source.count("\n") + 2
    assert f"line {line}: [[event]] {most + 1}: " in _sentence(source + one_more)


@given(place=st.integers(0, 200), drop=st.integers(0, 12), piece=st.binary(max_size=6) | st.sampled_from(_PIECES))
def test_a_log_changed_anywhere_is_read_or_refused(place: int, drop: int, piece: bytes) -> None:
    source = event_log.log_text(entries(Moved(2, "J"), Noted("it falls"), Ended())).encode()
    said = _notes(source[:place] + piece + source[place + drop :])
    assert len(said) <= 1
    assert all(text.isprintable() for text in said)


def test_a_way_back_that_there_is_not_is_refused_with_its_own_line() -> None:
    source = document_toml.dump(Document(), entries(Moved(2, "J"), Undone(), Ended()))
    line = source[: source.index('kind = "undone"')].count("\n")
    assert f"line {line}: [[event]] 2: There is no edit to undo" in _sentence(source)
