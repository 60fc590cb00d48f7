"""Which glyphs pdflatex prints for a text's characters.

Source: "LaTeX font encodings" (encguide) by the LaTeX Project, tables OT1, OML and OMS. In OT1, <, > and | print as
¡, ¿ and —, and -- as one sign.
"""

import re
import subprocess
from pathlib import Path

from tests.programs import needs
from tests.unit.handed_out import LESSONS, written
from tui_nn.handouts.documents.latex_text import escaped, is_fully_shown

pytestmark = needs("pdflatex", called="LaTeX")
# The slots of the encodings: letters and punctuation, Greek and comparison, symbols.
_OT1 = {
    **{sign: (ord(sign),) for sign in "#%&$^~-"},
    **dict(zip("ßæœøÆŒØ", zip(range(25, 32)), strict=True)),
    **{"¡": (60,), "¿": (62,), "“": (92,), "”": (34,), '"': (34,), "’": (39,), "'": (39,), "‘": (96,), "`": (18,)},
    **{"–": (123,), "—": (124,), "…": (46, 46, 46), "⋮": (46, 46, 46), "²": (50,), "³": (51,)},
    **{"à": (18, 97), "é": (19, 101), "e\u0301": (19, 101), "č": (20, 99), "ă": (21, 97), "ū": (22, 117)},
    **{"å": (23, 97), "ç": (24, 99), "ô": (94, 111), "ż": (95, 122), "ő": (125, 111), "ñ": (126, 110), "ü": (127, 117)},
    **{"ł": (32, 108), "Ł": (32, 76), "½": (49, 50)},
}
_OML = {
    **dict(zip("αβγδεζηθικλμνξπρστ", zip(range(11, 29)), strict=True)),
    **{"φ": (30,), "χ": (31,), "ψ": (32,), "ω": (33,), "<": (60,), ">": (62,)},
}
_OMS = {
    **{"−": (0,), "·": (1,), "×": (2,), "°": (14,), "→": (33,), "≤": (20,), "⋯": (1, 1, 1)},
    **{"{": (102,), "}": (103,), "|": (106,), "\\": (110,)},
}
_PRINTED = {
    # A rule, and no glyph.
    "_": [],
    **{
        sign: [(encoding, slot) for slot in slots]
        for encoding, table in (("OT1", _OT1), ("OML", _OML), ("OMS", _OMS))
        for sign, slots in table.items()
    },
}


def _glyphs(box: str) -> list[tuple[str, int]]:
    """The glyphs of a box as TeX's log lists them: the encoding of each font, and the slot in it."""
    found = re.findall(r"\\(O\w+)/\w+/\w+/\w+/[\d.]+ (\^\^.|.)", box, re.DOTALL)
    # TeX writes ^^A for 1: 64 more or less than the letter's code.
    return [(encoding, ord(char[-1]) ^ 64 if len(char) > 1 else ord(char)) for encoding, char in found]


def test_each_sign_is_printed_as_itself(tmp_path: Path) -> None:
    assert all(map(is_fully_shown, _PRINTED))
    head, begin, _ = written(LESSONS["lecture"], "tex").partition("\\begin{document}")
    boxes = [rf"\setbox0\hbox{{{escaped(sign)}}}\showbox0" for sign in _PRINTED]
    source = "\n".join([head, begin, r"\showboxbreadth=100 \showboxdepth=100", *boxes, r"\end{document}"])
    (tmp_path / "signs.tex").write_text(source, encoding="utf-8")
    command = ("pdflatex", "-interaction=nonstopmode", "-no-shell-escape", "signs.tex")
    subprocess.run(command, cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    log = (tmp_path / "signs.log").read_text(encoding="latin-1")
    _, *shown = log.split("> \\box0=")
    printed = [_glyphs(box.partition("! OK")[0]) for box in shown]
    assert dict(zip(_PRINTED, printed, strict=True)) == _PRINTED
