"""What stands in a lesson is text on paper and in programs: character by character, whatever it means there."""

import ast
import html
import re
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.handed_out import of, written
from tui_nn.handouts.documents import markdown, mathml
from tui_nn.handouts.documents.latex_text import escaped, is_fully_shown, prose
from tui_nn.handouts.programs.program_parts import comment
from tui_nn.handouts.programs.r_program import _text as r_text
from tui_nn.network import Dataset
from tui_nn.session.document import Document
from tui_nn.session.events import Noted

# What an escaped text may ask LaTeX to do: to set a sign, or to put an accent over a letter.
_COMMANDS = {
    *"#%&_{}`'^~=\".",
    *("u", "H", "v", "r", "c", "ss", "ae", "AE", "o", "O", "oe", "OE", "l", "L", "mathdollar", "textbackslash"),
    *("textasciicircum", "textasciitilde", "textquotedblleft", "textquotedblright", "textquoteleft", "textquoteright"),
    *("dots", "cdots", "vdots", "textendash", "textemdash", "cdot", "times", "rightarrow", "circ", "tfrac", "leq"),
    *("neq", "odot", "partial", "sum", "textstyle"),
    *[
        "alpha",
        "beta",
        "gamma",
        "delta",
        "epsilon",
        "zeta",
        "eta",
        "theta",
        "iota",
        "kappa",
        "lambda",
        "mu",
        "nu",
        "xi",
        "pi",
        "rho",
        "sigma",
        "tau",
        "phi",
        "chi",
        "psi",
        "omega",
    ],
}
_SPECIAL = "#%&_{}$\\^~<>|\"'`-"
# What LaTeX has no letter for, or what is no letter at all.
_NONE = ("睡", "😀", "\x1b", "\x00", "\u202e", "\x7f", "ά", "ς", "ο", "Ж", "\u0301", "ḗ", "\u00a0")


@pytest.mark.parametrize("sign", _NONE, ids=ascii)
def test_what_has_no_letter_is_replaced_and_that_is_known(sign: str) -> None:
    assert escaped(sign) == "[?]"
    assert not is_fully_shown(f"a {sign}")


_printable = st.characters(min_codepoint=0x20, max_codepoint=0x7E)


@given(st.text(_printable))
def test_letters_are_set_as_they_are_and_signs_one_by_one(words: str) -> None:
    assert escaped(words) == "".join(escaped(char) if char in _SPECIAL else char for char in words)


@given(st.text())
def test_no_text_holds_a_command_of_its_own(words: str) -> None:
    made = escaped(words)
    assert set(re.findall(r"\\([A-Za-z]+|.)", made, re.DOTALL)) <= _COMMANDS
    bare = re.sub(r"\\.", "", made)
    # What is left opens and closes formulas and groups, and comments nothing out.
    assert bare.count("{") == bare.count("}")
    assert bare.count("$") % 2 == 0
    assert not set(bare) & set("#%&_~")
    assert made.isascii()
    assert made.isprintable()


def test_only_the_lecture_s_signs_become_formulas_in_a_sentence() -> None:
    assert prose("a_b $x$ \\input{W⁽¹⁾}") == (r"a\_b $\mathdollar$$x$$\mathdollar$ \textbackslash{}input\{$W^{(1)}$\}")


@given(st.text(_printable | st.characters()))
def test_a_comment_is_one_line_whatever_stands_in_it(words: str) -> None:
    written = comment(words)
    assert written.startswith("# ")
    assert written.isprintable()
    assert len(written) == len(words) + 2
    assert ast.parse(written).body == []


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_a_text_in_r_is_ascii_and_ends_where_it_ends(words: str) -> None:
    written = r_text(words)
    assert written.isascii()
    assert written.isprintable()
    assert written[0] == written[-1] == '"'
    # R's escapes are Python's as well.
    assert ast.literal_eval(written) == words


def test_what_r_can_hold_in_no_text_is_replaced_there() -> None:
    assert r_text("a\x00b\ud800c\udfff") == r'"a\ufffdb\ufffdc\ufffd"'


def _rendered(escaped: str) -> str:
    """What Markdown shows of a paragraph whose signs are all escaped. Source: CommonMark 0.31, "Backslash escapes"."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", escaped)


@given(st.text(_printable))
def test_markdown_shows_each_sign_as_it_is(words: str) -> None:
    escaped = markdown.escaped(words)
    assert _rendered(escaped) == words.strip()
    bare = re.sub(r"\\.", "", escaped)
    assert not set(bare) & set("\\`*_{}[]<>#|~&!$@^")
    assert html.unescape(bare) == bare
    assert not re.match(r"[-+=]|\d+[.)]", escaped)
    assert "://" not in bare
    assert not re.search(r"www\.", escaped, re.IGNORECASE)


@pytest.mark.parametrize(
    ("words", "escaped"),
    [
        ("HTTPS://a.b", "HTTPS\\://a.b"),
        ("ftp://a.b", "ftp\\://a.b"),
        ("Www.a.b", "Www\\.a.b"),
        ("1) one", "1\\) one"),
        ("12. twelve", "12\\. twelve"),
        ("+ plus", "\\+ plus"),
        ("a - b + c = 1.5", "a - b + c = 1.5"),
        ("Note: this", "Note: this"),
    ],
)
def test_no_link_list_or_heading_comes_of_a_text(words: str, escaped: str) -> None:
    assert markdown.escaped(words) == escaped


def test_a_sign_in_a_formula_is_no_markup() -> None:
    assert mathml.formula("a < b & c > d").count("&lt;") == 1
    ElementTree.fromstring(f"<a>{mathml.formula('a < b & c > 1')}</a>")  # noqa: S314 - our own


@given(st.text(st.characters(categories=["Cc", "Cf", "Zl", "Zp"]), min_size=1))
def test_no_control_character_stands_in_a_document(words: str) -> None:
    assert markdown.escaped(f"a{words}b") == f"a{'�' * len(words)}b"


_MARKUP = "<script>alert('1')</script> & \"a\" <b>"


def test_a_page_has_no_element_and_no_attribute_of_a_stranger_s() -> None:
    x = np.array([[1.0], [2.0]])
    data = Dataset(x, x / 4, (_MARKUP,), (f"{_MARKUP}!",), "none", "none")
    state = of(Document(_MARKUP, data, iterations=2), Noted(_MARKUP))
    page = ElementTree.fromstring(written(state, "html").removeprefix("<!DOCTYPE html>\n"))  # noqa: S314 - our own
    assert {"script", "b"}.isdisjoint(one.tag.rpartition("}")[2] for one in page.iter())
    xhtml = "{http://www.w3.org/1999/xhtml}"
    assert (page.findtext(f".//{xhtml}title") or "").startswith(_MARKUP)
    assert page.findtext(f".//{xhtml}h1") == _MARKUP
    assert page.findtext(f".//{xhtml}p[@class='note']") == _MARKUP
    assert [one.text for one in page.findall(f".//{xhtml}th[@scope='col']")][1:3] == [_MARKUP, f"{_MARKUP}!"]


@pytest.mark.parametrize("kind", ["html", "tex", "md", "r", "python"])
def test_no_control_character_of_a_title_stands_in_what_is_handed_out(kind: str) -> None:
    # A file can't hold such a title; what is handed out does not rely on that.
    source = written(of(Document("a\x00\x1b[31m\u202e\nb", iterations=2)), kind)
    assert all(line.isprintable() for line in source.splitlines())
    if kind == "html":
        ElementTree.fromstring(source.removeprefix("<!DOCTYPE html>\n"))  # noqa: S314 - our own
