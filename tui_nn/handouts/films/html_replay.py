"""Writes a film as one page for a browser, which plays it offline, and which screen readers can read."""

import html
import json
import re
import unicodedata
from collections.abc import Iterator
from importlib import resources

from tui_nn.decimal_sign import for_reading
from tui_nn.handouts.films.frame import Film, Frame, Run
from tui_nn.language import _, language_code, pgettext
from tui_nn.session.document import Document
from tui_nn.session.runs.run_cache import RunCache
from tui_nn.writing.notation.signs import ASCII
from tui_nn.writing.reports.linear_reading import LinearReading, note_sentences

_NOT_IN_EVERY_FONT = re.compile(r".[\u0300-\u036f]+|[^\x00-\x7f]")
_BRIGHT = 8
_NAMED_COLOURS = (
    *("#000000", "#cd3131", "#0dbc79", "#e5e510", "#2472c8", "#bc3fbc", "#11a8cd", "#e5e5e5"),
    *("#666666", "#f14c4c", "#23d18b", "#f5f543", "#3b8eea", "#d670d6", "#29b8db", "#ffffff"),
)

_PLAY = pgettext("button of a film", "Play")
# The words of the page, by their names in it.
_WORDS = {
    "LANGUAGE": language_code(),
    "REPLAY": pgettext("heading of a film's buttons", "Replay"),
    "BACK": pgettext("button of a film", "Back"),
    "PLAY": _PLAY,
    "NEXT": pgettext("button of a film", "Next"),
    "MARK_BACK": pgettext("button of a film", "Mark back"),
    "NEXT_MARK": pgettext("button of a film", "Next mark"),
    "PLACE": _("Place in the lesson"),
    "IN_WORDS": pgettext("what a step computes", "in words"),
    "STEP": _("What the step computes"),
    "KEYS": _(
        "Keys: → and ← go on and back, space plays, n and p go from mark to mark, Home and End to the beginning and "
        "the end."
    ),
    "NO_SCRIPT": _("This page needs JavaScript to play the lesson. It loads nothing from the network."),
}
# Those that the script writes, by their names there; it puts values in the places of the names in braces.
_SENTENCES = {
    "play": _PLAY,
    "pause": pgettext("button of a film", "Pause"),
    # For translators: two times, such as 0:12 of 1:30.
    "place": _("{time} of {whole}"),
    "place and mark": _("{place} · mark: {mark}"),
    "place at mark": _("{time}, mark {mark}"),
}


def html_replay(film: Film) -> str:
    """The page. Each frame names the lines that it has; equal lines stand in it once."""
    page = resources.files("tui_nn.handouts.films").joinpath("replay.html").read_text(encoding="utf-8")
    for name, words in _WORDS.items():
        page = page.replace(f"%%{name}%%", html.escape(words))
    lines, styles, numbers = list[str](), dict[str, str](), dict[str, int]()
    frames = []
    spoken_before = ""
    for frame in film.frames:
        places = []
        # The last line has the keys of the dashboard, which do other things on this page.
        for line in frame.lines[:-1]:
            written = _line(line, styles)
            if written not in numbers:
                numbers[written] = len(lines)
                lines.append(written)
            places.append(numbers[written])
        spoken = for_reading("\n".join(_spoken(frame)))
        frames.append([round(frame.at, 3), places, frame.mark, spoken if spoken != spoken_before else ""])
        spoken_before = spoken
    rules = "\n".join(f".{name}{{{rule}}}" for rule, name in styles.items())
    replacements = {
        "SENTENCES": _in_script(_SENTENCES),
        "TITLE": html.escape(film.title or _("A lesson")),
        "STYLES": rules,
        "FILM": _in_script({"lines": lines, "frames": frames}),
    }
    for name, text in replacements.items():
        page = page.replace(f"%%{name}%%", text)
    return page


def _in_script(value: object) -> str:
    """``value`` as JSON in an element ``script``: no text of a lesson can end it."""
    told = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return told.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _line(line: tuple[Run, ...], styles: dict[str, str]) -> str:
    """A line as HTML; ``styles`` has a class for each rule so far."""
    return "".join(_span(text, _rule(sgr), styles) for text, sgr in line)


def _span(text: str, rule: str, styles: dict[str, str]) -> str:
    written = _NOT_IN_EVERY_FONT.sub(_in_a_cell, html.escape(text))
    if not rule:
        return written
    name = styles.setdefault(rule, f"s{len(styles)}")
    return f'<span class="{name}">{written}</span>'


def _in_a_cell(found: re.Match[str]) -> str:
    """A sign in a cell of its own: another font, which may be wider, must not move what stands behind it."""
    sign = found[0]
    return f"<b>{sign}</b>" if unicodedata.east_asian_width(sign[0]) in "WF" else f"<i>{sign}</i>"


def _rule(sgr: str) -> str:
    """The CSS for the parameters of an escape sequence: ``1;38;2;255;0;0`` is bold and red."""
    rules = dict[str, str]()
    numbers = iter(int(part) for part in sgr.split(";") if part)
    is_reversed = False
    for number in numbers:
        match number:
            case 1:
                rules["font-weight"] = "bold"
            case 2:
                rules["opacity"] = ".7"
            case 3:
                rules["font-style"] = "italic"
            case 4:
                rules["text-decoration"] = "underline"
            case 7:
                is_reversed = True
            case 38 | 48:
                rules["color" if number == 38 else "background"] = _colour(numbers)
            case _ if 30 <= number <= 37 or 90 <= number <= 97:
                rules["color"] = _NAMED_COLOURS[number % 10 + _BRIGHT * (number >= 90)]
            case _ if 40 <= number <= 47 or 100 <= number <= 107:
                rules["background"] = _NAMED_COLOURS[number % 10 + _BRIGHT * (number >= 100)]
    if is_reversed:
        rules["color"], rules["background"] = rules.get("background", "#121212"), rules.get("color", "#e0e0e0")
    return ";".join(f"{name}:{value}" for name, value in rules.items())


def _colour(numbers: Iterator[int]) -> str:
    """The colour that the next parameters name: 2;r;g;b or 5;number."""
    if next(numbers) == 2:
        red, green, blue = (next(numbers) for _ in range(3))
        return f"#{red:02x}{green:02x}{blue:02x}"
    number = next(numbers)
    if number < 16:
        return _NAMED_COLOURS[number]
    if number >= 232:
        grey = 8 + 10 * (number - 232)
        return f"#{grey:02x}{grey:02x}{grey:02x}"
    levels = (0, 95, 135, 175, 215, 255)
    number -= 16
    return "#" + "".join(f"{levels[part]:02x}" for part in (number // 36, number // 6 % 6, number % 6))


def _spoken(frame: Frame) -> Iterator[str]:
    """What a screen reader reads: the step with its numbers, and the notes of the teacher.

    It reads delta2 better than δ⁽²⁾.
    """
    state = frame.state
    run = RunCache().run_of(state.plan)
    run.extend(state.iteration)
    if state.iteration > run.last:
        return
    document: Document = state.plan.document_at(state.iteration)
    reading = LinearReading(
        state.plan, document, run.pass_at(state.iteration), state.iteration, ASCII.for_network(document.network)
    )
    yield _("Iteration {iteration} of {last}.", iteration=state.iteration, last=document.iterations)
    yield from reading.step([*reading.steps].index(state.step))
    yield from note_sentences(state)
