"""Writes a film in asciinema's format, version 2: a line of JSON for the whole, then one for each frame."""

import json

from tui_nn.handouts.films.frame import Film

_CLEARED = "\x1b[2J\x1b[H\x1b[?25l"
_SECONDS_AT_END = 2.0
"""The last frame stays so long before a player goes back to the beginning."""


def cast(film: Film) -> str:
    """The film as a text that asciinema plays, with a marker for each mark of the teacher."""
    header = {
        "version": 2,
        "width": film.columns,
        "height": film.lines,
        "duration": round(film.frames[-1].at + _SECONDS_AT_END, 3),
        "title": film.title,
        "env": {"TERM": "xterm-256color"},
    }
    events: list[list[object]] = []
    for number, frame in enumerate(film.frames):
        at = round(frame.at, 3)
        if frame.mark:
            events.append([at, "m", frame.mark])
        events.append([at, "o", (_CLEARED if not number else "") + frame.written])
    events.append([round(film.frames[-1].at + _SECONDS_AT_END, 3), "o", ""])
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in (header, *events))
