"""Reads simple blocks of events, as nearly all are, ten times as fast as tomllib.

A block that these functions can't read may still be valid TOML.
"""

import json
import re

_NUMBER = r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,400})?(?:e[+-]?[0-9]{1,9})?"
_OWN_STYLE = re.compile(
    rf"""\[\[event\]\]\n
    (?:[a-z]+\ =\ (?:"[^"\\\x00-\x1f\x7f]{{0,2000}}" | {_NUMBER})\n)+
    \n*""",
    re.VERBOSE,
)
# A line of an event that another program or a person wrote; its value ends on the same line.
_LINE = re.compile(
    rf"""[\ \t]*+
    (?:(?P<key>[A-Za-z0-9_-]{{1,60}})[\ \t]*+=[\ \t]*+
        (?:"(?P<text>(?:[^"\\\x00-\x1f\x7f]|\\["\\bfnrt]|\\u(?![dD][89a-fA-F])[0-9a-fA-F]{{4}}){{0,2000}})"
        |'(?P<literal>[^'\x00-\x1f\x7f]{{0,2000}})'
        |(?P<flag>true|false)
        |(?P<number>{_NUMBER}(?![-+.:_\w]))
        |(?P<list>\[{_NUMBER}(?:,\ {_NUMBER}){{0,200}}\])
    )[\ \t]*+)?+
    (?:\#[^\x00-\x08\x0a-\x1f\x7f]*+)?(?:\n|\Z)""",
    re.VERBOSE,
)
_LONGEST_BLOCK = 20_000
_HEADER_LINE = re.compile(r"[ \t]*\[\[event\]\][ \t]*(?:#[^\x00-\x08\x0a-\x1f\x7f]*)?\n")
_FIELD = re.compile(r"^([a-z]+) = (.*)$", re.MULTILINE)


def read_fields(block: str) -> dict[str, object] | None:
    """The fields of the event in ``block``; None if only tomllib can read it."""
    # A longer block holds a table, or more than an event may hold.
    return (_read_own_style(block) or read_line_by_line(block)) if len(block) <= _LONGEST_BLOCK else None


def _read_own_style(block: str) -> dict[str, object] | None:
    """The fields of a block in the form in which tui-nn writes most events; None for any other TOML."""
    if not _OWN_STYLE.fullmatch(block):
        return None
    found = _FIELD.findall(block)
    content = {
        key: value[1:-1] if value[0] == '"' else float(value) if "." in value or "e" in value else int(value)
        for key, value in found
    }
    return content if len(content) == len(found) else None


def read_line_by_line(block: str) -> dict[str, object] | None:
    """The fields of a block with one value on each line, with or without comments; None if only tomllib can read it."""
    block = block.replace("\r\n", "\n")
    header = _HEADER_LINE.match(block)
    if header is None:
        return None
    content: dict[str, object] = {}
    position = header.end()
    while position < len(block):
        line = _LINE.match(block, position)
        if line is None or line["key"] in content:
            return None
        position = line.end()
        if key := line["key"]:
            content[key] = _line_value(line)
    return content


def _line_value(line: re.Match[str]) -> object:
    kind = line.lastgroup or ""
    text = line[kind]
    match kind:
        case "text":
            return json.loads(f'"{text}"') if "\\" in text else text
        case "literal":
            return text
        case "flag":
            return text == "true"
        case "list":
            return json.loads(text)
        case _:
            return float(text) if "." in text or "e" in text else int(text)
