"""TOML as text: read with care, and written for people to read: a matrix has a line for each row, not for each cell."""

import re
import tomllib
from collections.abc import Iterator, Mapping

import tomli_w

_WIDEST_LINE = 100
# tomllib takes time that grows with the square of a key's parts: minutes for some kilobytes.
_MOST_PARTS = 100
_PARTS = re.compile(r"""(?<![\w"'-])(?:[\w"'-]++[ \t]*+\.[ \t]*+)++""")
_QUOTED = re.compile(r""""(?:[^"\\\n]|\\.)*+"|'[^'\n]*+'""")


def loads(text: str) -> dict[str, object]:
    """What ``text`` holds. Raises TOMLDecodeError, and nothing else, whatever stands there."""
    if len(text) > 2 * _MOST_PARTS and _has_a_key_of_many_parts(text):
        raise tomllib.TOMLDecodeError(f"a key of more than {_MOST_PARTS} parts")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise tomllib.TOMLDecodeError("nested too deeply") from None
    except tomllib.TOMLDecodeError:
        raise
    except ValueError:
        raise tomllib.TOMLDecodeError("a whole number of thousands of digits") from None


def _has_a_key_of_many_parts(text: str) -> bool:
    if not _looks_so(text):
        return False
    # A remark may look so as well. Where quotes may last for several lines, no simple look tells one from the other.
    return "'''" in text or '"""' in text or _looks_so(_QUOTED.sub("a", text))


def _looks_so(text: str) -> bool:
    return any(found[0].count(".") >= _MOST_PARTS for found in _PARTS.finditer(text))


def assignments(table: Mapping[str, object]) -> Iterator[str]:
    """``key = value`` for each item of ``table``."""
    for key, value in table.items():
        line = f"{key} = {_inline(value)}"
        if len(line) > _WIDEST_LINE and isinstance(value, (list, tuple)):
            line = "\n".join((f"{key} = [", *(f"    {_inline(item)}," for item in value), "]"))
        yield line


def _inline(value: object) -> str:
    # tomli_w gives every cell of a matrix a line of its own, which no one wants to read or to edit.
    match value:
        case list() | tuple():
            return "[" + ", ".join(_inline(item) for item in value) + "]"
        case bool():
            return "true" if value else "false"
        case float():
            # Not repr(value): numpy's floats are floats as well, and write "np.float64(1.0)".
            return float.__repr__(value)
        case int():
            return int.__repr__(value)
        case _:
            return tomli_w.dumps({"_": value})[4:-1]
