"""Tells what a program printed from the code that stands around it: prompts, comments, scripts."""

import re
from collections.abc import Sequence
from typing import NamedTuple

_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_COLOURS = re.compile(r"\x1b\[[0-9;]{0,20}[A-Za-z]")
# R, Python, IPython, Octave, MATLAB, Julia.
_PROMPT = re.compile(
    r"(?:>>> |>>>$|In ?\[\d{0,6}\]:=? ?|octave(?:\.exe)?:\d{1,6}> ?|julia> ?|>> |>>$|> |>$|Browse\[\d{1,3}\]> ?)"
)
_MORE = re.compile(r"(?:\+ |\+$|\.\.\. |\.\.\.$| {0,12}\.\.\.: ?)")
_ANSWER = re.compile(r"Out ?\[\d{1,6}\](?::|=) ?")
_SHELL = re.compile(r"\$ (?:python|Rscript|\./|R |octave|julia|ls|cd|cat )|PS [A-Z]:|[A-Z]:\\.*>")
_OUTPUT_MARK = re.compile(r"\s{0,8}(?:##|#>)(?: |$)")
_LIKE_OUTPUT = re.compile(r"\[\d{0,7},?\d{0,7}\]|\d\.\d")
_QUOTED_OUTPUT = re.compile(r">\s{1,40}\[,?\d{1,7},?\]|> {1,3}-?\d+\.\d+ +-?\d+\.\d")
_BEGINS_NUMBER = frozenset(["", *"0123456789-+."])
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")

_STATEMENT = re.compile(
    r"""\s*+(?:
    [\w.$\[\],"' ]{1,80}<<?-(?![\d.])
    | [\w.$\[\],"' ]{1,80}<<?-\s
    | (?:import|from)\s+\w[\w.]*(?:\s+(?:import|as)\b|\s*$|,)
    | (?:def|class)\s+\w+\s*[(:]
    | (?:for|while|if|elif|switch)\s*\(.*
    | (?:for|while|if|elif|with)\s.*:\s*(?:\#.*)?$
    | for\s+\w+\s*(?:=|in)\s.*
    | (?:else|try|finally|repeat)\s*[:{]
    | (?:else|end|endfunction|endfor|endif|repeat|function)\s*$
    | return\b.*
    | (?:library|require|set\.seed|options|source|print|cat|message|disp|printf|fprintf|plt\.\w+|np\.random\.seed|
        np\.set_printoptions|invisible|rm|setwd)\s*\(.*
    | function\b.*[(=].*
    | [})\]]+\s*;?\s*$
    | [\w.\[\], :]{1,60}(?<![<>!=])[-+*/]?=(?!=)(?!\s*np\.float)\s*[^=].*
        (?:np\.|torch\.|math\.|pd\.|tf\.|%\*%|@|\.dot\(|\.T\b|%o%).*
    | [\w.\[\], :]{1,60}(?<![<>!=])[-+*/]?=(?!=)\s*(?:-\s*)?
        (?!array|tensor|structure|list|c\(|matrix|OrderedDict|Matrix)
        [A-Za-z_]\w{0,40}\s*[(*/+-].*
    | [\w.\[\]]{1,60}\s*[-+*/]=\s.*
    )""",
    re.VERBOSE,
)
_LITERAL = re.compile(r"\s*+[A-Za-z_][\w.]{0,60}\s*=\s*(?:\[|\(|\{|[-+]?[\d.]+\s*(?:[#;]|$))")
_LONGEST = 2_000
_MOST_CONTINUED = 100
_IN_QUOTES = re.compile(r"""\"[^\"]*+\"|'[^']*+'""")


class SourceLine(NamedTuple):
    """A line without its prompt. ``is_code`` is true for what the user typed, ``is_title`` for a comment."""

    text: str
    is_code: bool
    is_title: bool = False


def source_lines(text: str) -> list[SourceLine]:
    """The lines of ``text``, each told to be code or output."""
    if "\x1b" in text:
        text = _COLOURS.sub("", text)
    lines = [line.replace("\0", " ").rstrip() for line in _LINE_ENDS.split(text)]
    lines = _without_quote_marks(lines)
    if any(_OUTPUT_MARK.match(line) and _LIKE_OUTPUT.search(line[:_LONGEST]) for line in lines):
        return _of_document(lines)
    if any(_PROMPT.match(line) or _ANSWER.match(line) for line in lines):
        return _of_console(lines)
    return _of_script(lines)


def _without_quote_marks(lines: list[str]) -> list[str]:
    """``lines`` without the > that mail puts before each; a console's output has none."""
    if not any(map(_QUOTED_OUTPUT.match, lines)):
        return lines
    return [line[1:].removeprefix(" ") if line.startswith(">") else line for line in lines]


def _of_document(lines: Sequence[str]) -> list[SourceLine]:
    """A document of knitr: marks stand before the output, and code between fences or without any mark."""
    found: list[SourceLine] = []
    has_fences, is_fenced = any(map(_FENCE.match, lines)), False
    for line in lines:
        if _FENCE.match(line):
            is_fenced = not is_fenced
            found.append(SourceLine("", False))
        elif mark := _OUTPUT_MARK.match(line):
            found.append(SourceLine(line[mark.end() :], False))
        else:
            found.append(SourceLine(line, bool(line.strip()) and (is_fenced or not has_fences)))
    return found


def _of_console(lines: Sequence[str]) -> list[SourceLine]:
    found: list[SourceLine] = []
    was_code = False
    for line in lines:
        if prompt := _PROMPT.match(line) or (_MORE.match(line) if was_code else None):
            was_code = True
            found.append(SourceLine(line[prompt.end() :], True))
        elif answer := _ANSWER.match(line):
            was_code = False
            # Keeps the columns below each other.
            found.append(SourceLine(" " * len(answer[0]) + line[answer.end() :], False))
        else:
            was_code = False
            found.append(SourceLine(line, bool(_SHELL.match(line))))
    return found


def _of_script(lines: Sequence[str]) -> list[SourceLine]:
    """A text without prompts: lines that can only be statements are code, and so is what they continue in."""
    found: list[SourceLine] = []
    depth = continued = 0
    for line in lines:
        if _FENCE.match(line):
            found.append(SourceLine("", False))
            continue
        if depth <= 0 and line.lstrip(" ")[:1] in _BEGINS_NUMBER:
            found.append(SourceLine(line, False))
            continue
        start = line[:_LONGEST]
        if depth > 0 and continued < _MOST_CONTINUED:
            continued += 1
            depth += _opened(start)
            found.append(SourceLine(line, True))
            continue
        is_code = bool(_STATEMENT.match(start)) or bool(_SHELL.match(start))
        if is_code:
            depth, continued = _opened(start), 0
        is_title = line.lstrip().startswith("#")
        found.append(SourceLine(line, is_code and not is_title, is_title))
    return _with_literals(found)


def _opened(line: str) -> int:
    bare = _IN_QUOTES.sub("", line).split("#", 1)[0]
    return sum(map(bare.count, "([{")) - sum(map(bare.count, ")]}"))


def _with_literals(lines: list[SourceLine]) -> list[SourceLine]:
    """``lines`` with "x = [[3, 5], [5, 1]]" taken for code where it stands next to other code."""
    written = [i for i, line in enumerate(lines) if line.text.strip() and not line.is_title]
    code = {i for i in written if lines[i].is_code}
    if not code:
        return lines
    for order in (range(len(written)), range(len(written) - 1, -1, -1)):
        near = False
        for place in order:
            i = written[place]
            if i not in code and near and _LITERAL.match(lines[i].text[:_LONGEST]) and "=" in lines[i].text:
                code.add(i)
            near = i in code
    return [SourceLine(line.text, i in code, line.is_title) for i, line in enumerate(lines)]
