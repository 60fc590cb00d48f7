"""The hundred texts of `hostile_files`: each is small to write down, and asks for as much time or memory as it can."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from tui_nn.network import Dataset
from tui_nn.session.document import Document
from tui_nn.session.events import (
    Answered,
    BlockPasted,
    Branched,
    CellSet,
    ColumnRenamed,
    CostReached,
    Event,
    HyperparameterSet,
    Moved,
    NewRowAdded,
    NewRowRemoved,
    Noted,
    QuestionAsked,
    QuestionWithdrawn,
    Redone,
    RowAdded,
    RowRemoved,
    StartTried,
    Undone,
    WeightSet,
)
from tui_nn.session.storage import document_toml, event_log

LONG = {
    "ten million iterations",
    "ten million iterations of a large network",
    "16 hidden layers and 60 000 rows",
    "16 hidden layers, changed on the way",
    "hidden layers of 1024 units",
    "starts drawn in a large network",
    "starts tried and undone",
    "costs reached far out",
    "two million numbers",
    "CSV of 99 000 rows",
    "a large table edited on the way",
}
"""Those that are lessons like any other, but for the time that their training takes."""

_MIB = 2**20
_ALL = 16 * _MIB - 2000
_HEAD = document_toml.dump(Document(title="hostile"))


def _fill(piece: str, before: str = "", behind: str = "", size: int = _ALL) -> Callable[[], str]:
    return lambda: before + piece * ((size - len(before) - len(behind)) // len(piece.encode())) + behind


def _events(make: Callable[[int], Event], count: int, document: Document | None = None) -> Callable[[], str]:
    def text() -> str:
        head = document_toml.dump(document) if document else _HEAD
        return head + event_log.log_text(event_log.LogEntry(seq, float(seq), make(seq)) for seq in range(1, count + 1))

    return text


def _raw_events(fields: str, end: str = "\n", count: int = 400_000) -> Callable[[], str]:
    def text() -> str:
        blocks, size = [], 0
        for seq in range(1, count + 1):
            blocks.append(end.join(("[[event]]", fields, f"seq = {seq}", "")))
            size += len(blocks[-1])
            if size > _ALL - len(_HEAD):
                blocks.pop()
                break
        return _HEAD + "".join(blocks)

    return text


def _table(rows: int, columns: int, hidden: tuple[int, ...] = (), **settings: object) -> Document:
    numbers = np.random.default_rng(1).integers(1, 9, (rows, columns + 1)).astype(float)
    names = tuple(f"a{i}" for i in range(columns))
    data = Dataset(numbers[:, :columns], numbers[:, columns:] / 10, names, ("y",))
    return replace(Document(), dataset=data, hidden=hidden, **settings)  # type: ignore[arg-type]


def _keys(parts: int, count: int) -> Callable[[], str]:
    return lambda: "".join(f"k{i}{'.a' * (parts - 1)} = 1\n" for i in range(count))


def _matrix(cell: str, rows: int, columns: int, end: str = "") -> Callable[[], str]:
    row = "[" + ", ".join([cell] * columns) + "],\n"
    return lambda: f"[data]\nx = [\n{row * rows}]\n{end}"


def _setting(key: str, value: object) -> Callable[[], str]:
    return lambda: document_toml.dump(replace(Document(), **{key: value}))  # type: ignore[arg-type]


def _wide(columns: int) -> Callable[[], str]:
    return lambda: ",".join(f"c{i}" for i in range(columns)) + "\n" + ",".join("1" * columns) + "\n"


TEXTS: dict[str, Callable[[], str | bytes]] = {
    # Keys and headers
    "a key of 20 000 quoted parts": lambda: '"a b".' * 20_000 + "c = 1",
    "a key of 20 000 bare parts": lambda: "a." * 20_000 + "c = 1",
    "a key that fills the file": _fill("a.", behind="b = 1"),
    "a key in single quotes that fills the file": _fill("'a'.", behind="b = 1"),
    "a key of digits that fills the file": _fill("1 . ", behind="b = 1"),
    "20 000 keys of 99 parts": _keys(99, 20_000),
    "80 000 keys of 9 parts": _keys(9, 80_000),
    "a header of many parts": _fill("a.", "[", "b]"),
    "a header of a list, of many parts": _fill('"a".', "[[", "b]]"),
    "1.5 million headers of lists": _fill("[[a]]\n"),
    "a million headers": lambda: "".join(f"[a{i}]\n" for i in range(1_000_000)),
    "headers within headers": lambda: "".join(f"[{'a.' * 9}b{i}]\n" for i in range(300_000)),
    "a million keys": lambda: "".join(f"a{i}=1\n" for i in range(1_000_000)),
    "one key a million times": _fill("a=1\n"),
    "a name without an end": _fill("a"),
    "many questions": _fill('[[question]]\nask="sign"\nmatrix="W1"\n'),
    # Lists and tables
    "lists opened": _fill("[", "x = "),
    "lists opened and closed": lambda: "x = " + "[" * 4_000_000 + "]" * 4_000_000,
    "tables opened": _fill("{a=", "x = "),
    "900 lists within each other": lambda: "x = " + "[" * 900 + "]" * 900,
    "empty lists": _fill("[],", "x = [", "]"),
    "empty tables": _fill("{},", "x = [", "]"),
    "tables of one key": _fill("{a=1},", "x = [", "]"),
    "one table of a million keys": lambda: "x = {" + ",".join(f"a{i}=1" for i in range(1_000_000)) + "}",
    "keys of many parts in a table": _fill("a.", "x = {", "b=1}"),
    "ten million numbers": _fill("1,", "[data]\nx = [", "]"),
    "ten million numbers in one row": _fill("1,", "[data]\nx = [[", "]]"),
    "rows of one number": _fill("[1],", "[data]\nx = [", "]"),
    "rows, each number on its own line": _fill("[\n1,\n2,\n],\n", "[data]\nx = [", "]"),
    "numbers that are infinite": _fill("inf,", "[data]\nx = [", "]"),
    "numbers in hexadecimal": _fill("0x1,", "[data]\nx = [", "]"),
    "numbers with underscores": _fill("1_0,", "[data]\nx = [", "]"),
    "numbers with comments": _fill("1, # a\n", "[data]\nx = [", "]"),
    "texts in a list": _fill('"",', "[data]\nx_names = [", "]"),
    "dates in a list": _fill("2024-01-31,", "[data]\nx = [", "]"),
    "commas": _fill(",", "[data]\nx = [", "]"),
    "numbers without an end": _fill("1,", "[data]\nx = ["),
    "truths": _fill("true,", "[data]\nx = [", "]"),
    # Texts
    "a text without an end": _fill("a", 'title = "'),
    "a text": _fill("a", 'title = "', '"'),
    "a text of escapes": _fill("\\u00e9", 'title = "', '"'),
    "a text of many lines": _fill("a\n", 'title = """', '"""'),
    "a text of many lines without an end": _fill("a\n", 'title = """'),
    "a text of backslashes": _fill("\\\\", 'title = "'),
    "quotes": _fill('"'),
    "single quotes": _fill("'", "x = "),
    "two quotes again and again": _fill('""', "x = "),
    "many texts": _fill('a="' + "b" * 1000 + '"\n'),
    # Numbers
    "a whole number of 16 million digits": _fill("9", "[training]\niterations = "),
    "a number of 10 million digits": lambda: "[training]\nlearning_rate = 0." + "9" * 10_000_000,
    "a number of 10 million digits in a matrix": lambda: "[data]\nx = [[1.0," + "9" * 10_000_000 + ".0]]",
    "numbers of 4 000 digits": _fill("9" * 4000 + ",", "[data]\nx = [[", "]]"),
    "numbers of 9 000 digits behind the point": _fill("0." + "9" * 9000 + ",", "[data]\nx = [[", "]]"),
    "a number in hexadecimal": _fill("f", "[start]\nseed = 0x"),
    "a number in binary": _fill("1", "[start]\nseed = 0b"),
    "an exponent of millions of digits": _fill("9", "[training]\nlearning_rate = 1e"),
    "underscores": _fill("1_", "[start]\nseed = ", "1"),
    "a date that goes on": _fill("9", "title = 2024-01-31T00:00:00."),
    # Lines
    "blank lines": _fill("\n"),
    "lines that end in CR alone": _fill("\r"),
    "CR LF": _fill("\r\n"),
    "comments": _fill("#\n"),
    "one comment": _fill("a.", "# "),
    "blanks": _fill(" "),
    "zeros": _fill("\0"),
    "a mark at the beginning of every line": _fill("\ufeff\n"),
    "no UTF-8": lambda: b"\xff" * _ALL,
    "letters with accents": _fill("é"),
    "equals signs": _fill("="),
    "words": _fill("a "),
    "brackets closed": _fill("]"),
    # Events
    "400 000 events": _raw_events('kind = "ended"'),
    "events with comments": _raw_events('kind = "ended" # a comment'),
    "events in single quotes": _raw_events("kind = 'paused'"),
    "events with quoted keys": _raw_events('"kind" = "ended"'),
    "events with line ends of Windows": _raw_events('kind = "ended"\r', "\r\n"),
    "events without fields": _fill("[[event]]\n", _HEAD),
    "an event of a long kind": _fill("a", f'{_HEAD}[[event]]\nkind = "', '"\nseq = 1\n'),
    "an event of many fields": _fill("a = 1\n", f"{_HEAD}[[event]]\n"),
    "an event of a key of many parts": _fill("a.", f"{_HEAD}[[event]]\n", "b = 1\nseq = 1\n"),
    "an event of ten million numbers": _fill("1,", f'{_HEAD}[[event]]\nkind = "row added"\nx = [', "]\nseq = 1\n"),
    "an event of a long number": _fill("9", f'{_HEAD}[[event]]\nkind = "moved"\nat = 0.', "\nseq = 1\n"),
    "an event that was cut off in a list": _fill("1,", f'{_HEAD}[[event]]\nkind = "row added"\nx = ['),
    "180 000 moves": _events(lambda seq: Moved(seq % 10_000 + 1, "J"), 180_000),
    "moves, undone and redone": _events(
        lambda seq: CellSet("x", 1, 1, 2.0) if seq == 1 else (Redone(), Undone())[seq % 2 == 0], 180_000
    ),
    # Work
    "100 000 edits": _events(lambda seq: CellSet("x", 1, 1, float(seq)), 100_000),
    "edits on the way": _events(lambda seq: CellSet("x", 1, 1, float(seq), 2 + seq % 990), 100_000),
    "edits of weights on the way": _events(lambda seq: WeightSet("W1", 1, 1, 0.5, 2 + seq % 900), 100_000),
    "a large table edited": _events(
        lambda seq: CellSet("x", 1, 1, float(seq)), 9_000, _table(90_000, 20, iterations=10)
    ),
    "a large table edited on the way": _events(
        lambda seq: CellSet("x", 1, 1, float(seq), seq + 1), 900, _table(90_000, 20, iterations=1000)
    ),
    "a large table, rows added and removed": _events(
        lambda seq: RowRemoved(1) if seq % 2 else RowAdded(1, (1.0,) * 20, (0.5,)), 20_000, _table(90_000, 20)
    ),
    "columns renamed in many segments": _events(
        lambda seq: CellSet("x", 1, 1, float(seq), seq + 1) if seq < 900 else ColumnRenamed("x", 1, f"n{seq}"),
        19_000,
        _table(1000, 9),
    ),
    "blocks of 100 000 numbers": _events(
        lambda seq: BlockPasted(1, 1, (), ((float(seq),) * 10,) * 10_000), 20, _table(10_000, 10)
    ),
    "every run changed": _events(
        lambda seq: Branched(f"r{seq}") if seq < 26 else HyperparameterSet("learning_rate", 1.0 + seq % 7), 100_000
    ),
    "starts drawn in a large network": _events(
        lambda seq: WeightSet("W1", 1, 1, 0.5) if seq % 2 else HyperparameterSet("method", "normal"),
        19_000,
        replace(Document(), hidden=(1000, 900)),
    ),
    "starts tried and undone": _events(
        lambda seq: StartTried("B", seq) if seq % 2 else Undone(), 39_000, replace(Document(), hidden=(1000, 900))
    ),
    "costs reached far out": _events(
        lambda seq: CostReached(10_000_000 - seq, 0.5), 100_000, _table(3, 2, iterations=10**7)
    ),
    "costs reached after every edit": _events(
        lambda seq: CostReached(9_999, 0.5) if seq % 2 else CellSet("x", 1, 1, float(seq)), 38_000
    ),
    "questions asked, answered, withdrawn": _events(
        lambda seq: (
            (QuestionWithdrawn(seq // 3), QuestionAsked("sign", "W1"), Answered(seq // 3 + 1, "+"))[seq % 3]
            if seq > 2
            else (QuestionAsked("sign", "W1"), Answered(1, "+"))[seq - 1]
        ),
        150_000,
    ),
    "new rows added and removed": _events(
        lambda seq: NewRowAdded((1.0, 2.0)) if seq % 2 else NewRowRemoved(1), 180_000
    ),
    "notes with escapes": _events(lambda seq: Noted('"\\' * 200 + str(seq)), 1000),
    "ten million iterations": _setting("iterations", 10_000_000),
    "ten million iterations of a large network": lambda: document_toml.dump(
        replace(Document(), hidden=(1000, 900), iterations=10_000_000)
    ),
    "16 hidden layers and 60 000 rows": lambda: document_toml.dump(_table(60_000, 8, (7,) * 16)),
    "16 hidden layers, changed on the way": _events(
        lambda seq: HyperparameterSet("learning_rate", 1.0 + seq, seq + 1), 900, _table(60_000, 8, (7,) * 16)
    ),
    "hidden layers of 1024 units": lambda: document_toml.dump(_table(100, 200, (1024, 700))),
    "two million numbers": lambda: document_toml.dump(_table(100_000, 20)),
    "a matrix of texts": _matrix('"a"', 30_000, 30),
    "a matrix of many columns": _matrix("1.5", 3, 900_000),
    "200 MB": lambda: b"a = 1\n" * (200 * _MIB // 6),
    # Tables of data alone
    "CSV of ten million columns": _fill("1,"),
    "CSV of ten million columns, semicolons": _fill("1;", "a;b\n"),
    "CSV of ten million words": _fill("1 ", "a b\n"),
    "CSV of named columns": _wide(900_000),
    "CSV of one cell": _fill("a"),
    "CSV of one number": _fill("9"),
    "CSV of a quote without an end": _fill("a,\n", '"'),
    "CSV of quotes": _fill('"'),
    "CSV of quoted cells": _fill('"",'),
    "CSV of comments": lambda: "# 1,2\n" * 190_000,
    "CSV of blank lines": _fill("\n"),
    "CSV of lines that end in CR": _fill("1,2\r", "a,b\r"),
    "CSV of zeros": _fill("\0"),
    "CSV of rows": _fill("1,2\n", "a,b\n"),
    "CSV of 99 000 rows": lambda: "a,b\n" + "1.5,2.5\n" * 99_000,
    "CSV of 99 000 rows of many numbers": lambda: "a,b\n" + (",".join(["12"] * 50) + "\n") * 99_000,
    "CSV of dots": _fill(".", "a,b\n"),
    "CSV of digits and commas": _fill("1,2,3.4;5\n"),
    "CSV in UTF-16": lambda: ("a,b\n" + "1,2\n" * 1_500_000).encode("utf-16"),
    "CSV of 200 MB": lambda: b"1,2\n" * (50 * _MIB),
}
