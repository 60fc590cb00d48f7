"""Finds the character that looks like another character, among those that nearly every font has.

Source: Windows Glyph List 4, which Courier New, Consolas, Liberation Mono and the fonts of X11 have.
"""

_BRAILLE = 0x2800
_TOP, _MIDDLE, _BOTTOM = 0b00001001, 0b00110110, 0b11000000
"""The dots of the first row of braille, of the two in the middle, and of the last."""
_LOOKALIKES = {
    "►": "▸▶",
    "◄": "◀",
    "─": "╌┈╍",
    "│": "▎▏▕┆┊⎢⎥‖",
    "║": "┃",
    "═": "━",
    "╔": "┏",
    "╗": "┓",
    "╚": "┗",
    "╝": "┛",
    "╓": "┎",
    "╖": "┒",
    "╙": "┖",
    "╜": "┚",
    "┌": "╭⎡",
    "┐": "╮⎤",
    "└": "╰⎣",
    "┘": "╯⎦",
    "◊": "◆",
    "√": "✓",
    "×": "✗",
    "*": "⊙",
    "'": "ᵀ",
    "(": "⁽",
    ")": "⁾",
    "-": "⁻₋",
    "L": "ℒ",
    "n": "ₙ",
    "i": "ᵢ",
    "j": "ⱼ",
    "k": "ₖᵏ",
    "z": "ᶻ",
    "t": "ᵗₜ",
    "_": "▁",
    "[": "⌊",
    "]": "⌋",
    "^": "\u0302",
    "¯": "▔",
    "▄": "▂▃▅",
    "█": "▆▇▊",
    " ": "⠀\u2009\u202f",
} | dict(zip("0123456789", ("⁰₀", "₁", "₂", "₃", "⁴₄", "⁵₅", "⁶₆", "⁷₇", "⁸₈", "⁹₉"), strict=True))
_COMMON_BY_SIGN = {sign: common for common, signs in _LOOKALIKES.items() for sign in signs}


def common_lookalike(sign: str) -> str:
    """A common character that looks like ``sign``: ``sign`` itself if nearly every font has it.

    A braille sign becomes a dot at the top, in the middle or at the bottom, or two dots.
    """
    if sign in _COMMON_BY_SIGN:
        return _COMMON_BY_SIGN[sign]
    if not (len(sign) == 1 and 0 < ord(sign) - _BRAILLE < 0x100):
        return sign
    dots = ord(sign) - _BRAILLE
    if dots & _TOP:
        return ":" if dots & _BOTTOM else "˙"
    return "·" if dots & _MIDDLE and not dots & _BOTTOM else "."
