"""Finds the ASCII character that looks like another character, for terminals that show only ASCII."""

_BRAILLE = range(0x2801, 0x2900)
_UPPER_DOTS = 0b00011011
_LOOKALIKES = {
    ">": "→›≥▶",
    "<": "←‹≤◀",
    "^": "↑▲\u0302",
    "v": "↓",
    "-": "₋─−–—▁▔╌┈▂",
    "=": "━╍≠",
    "|": "‖│┃▎▊▏▕┆┊",
    "+": "┏┓┗┛┎┒┖┚┌┐└┘├┤┬┴┼╭╮╰╯◆⊙✓±",
    "A": "Ä",
    "O": "●Ö",
    "U": "Ü",
    "a": "ä",
    "o": "○•ö",
    "u": "ü",
    ".": "·…⠀░◦",
    ":": "▒",
    "*": "▓",
    "#": "█▇▆▅▄▃▀■",
    "[": "⎡⎢⎣⌊",
    "]": "⎤⎥⎦⌋",
    "'": "′’‘‚",
    '"': "“”„",
    "(": "⁽",
    ")": "⁾",
    "x": "×✗",
    "y": "ŷ",
    "Y": "Ŷ",
    "d": "∂",
    "D": "δΔ",
    "n": "η",
    "i": "ᵢ",
    "j": "ⱼ",
    "k": "ₖᵏ",
    "l": "λ",
    "e": "ε",
    "m": "μ",
    "r": "ρ√",
    "b": "β",
    "t": "ᵗₜ",
    "J": "ℒ",
    "~": "≈",
    "T": "ᵀ",
    "S": "ΣŜ",
    "s": "ŝß",
    "p": "π",
} | dict(zip("0123456789", ("⁰₀", "¹₁", "²₂", "³₃", "⁴₄", "⁵₅", "⁶₆", "⁷₇", "⁸₈", "⁹₉"), strict=True))
_ASCII_BY_SIGN = {sign: ascii_of for ascii_of, signs in _LOOKALIKES.items() for sign in signs}
_SPELLED = {"Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}


def ascii_lookalike(sign: str) -> str:
    """The ASCII character that looks like ``sign``; a question mark if none does."""
    if sign.isascii():
        return sign
    if ord(sign[0]) in _BRAILLE:
        dots = ord(sign[0]) - 0x2800
        upper, lower = bool(dots & _UPPER_DOTS), bool(dots & ~_UPPER_DOTS)
        return ":" if upper and lower else "'" if upper else "."
    return _ASCII_BY_SIGN.get(sign[0], "?")


def ascii_spelling(sign: str) -> str:
    """As `ascii_lookalike`, but a letter of German becomes the two letters that stand for it where there is room."""
    return _SPELLED.get(sign) or ascii_lookalike(sign)
