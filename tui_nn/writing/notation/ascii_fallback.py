"""Replaces a character by one of ASCII that looks like it, for terminals that show only ASCII."""

_BRAILLE = range(0x2801, 0x2900)
_UPPER_DOTS = 0b00011011
_LIKE = {
    ">": "▸→›",
    "<": "←‹≤",
    "^": "↑",
    "v": "↓",
    "-": "─−–—▁▔╌┈▂",
    "=": "━",
    "|": "│┃▎▊▏▕┆┊",
    "+": "┌┐└┘├┤┬┴┼╭╮╰╯◆⊙✓",
    "O": "●",
    "o": "○",
    ".": "·…⠀░",
    ":": "▒",
    "*": "▓",
    "#": "█▇▆▅▄▃",
    "[": "⎡⎢⎣",
    "]": "⎤⎥⎦",
    "'": "′’‘",
    '"': "“”",
    "(": "⁽",
    ")": "⁾",
    "x": "×✗",
    "d": "∂",
    "D": "δ",
    "n": "η",
    "e": "ε",
    "J": "ℒ",
    "~": "≈",
    "T": "ᵀ",
    "S": "Σ",
} | dict(zip("0123456789", ("⁰₀", "¹₁", "²₂", "³₃", "⁴₄", "⁵₅", "⁶₆", "⁷₇", "⁸₈", "⁹₉"), strict=True))
_PLAIN = {sign: ascii_of for ascii_of, signs in _LIKE.items() for sign in signs}


def ascii_of(sign: str) -> str:
    """The ASCII character that looks like ``sign``; a question mark if none does."""
    if sign.isascii():
        return sign
    if ord(sign[0]) in _BRAILLE:
        dots = ord(sign[0]) - 0x2800
        upper, lower = bool(dots & _UPPER_DOTS), bool(dots & ~_UPPER_DOTS)
        return ":" if upper and lower else "'" if upper else "."
    return _PLAIN.get(sign[0], "?")
