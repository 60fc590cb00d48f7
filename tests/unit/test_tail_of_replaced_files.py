"""Whoever follows a file goes on with it when it was edited, replaced, taken away, or is wrong for a while."""

import os
from pathlib import Path

import pytest

from tests.unit.followed import FOURTH, HEAD, THIRD, TWO, append, happened, is_as_read, lesson_file, look, up_to_date
from tests.unit.helpers import entries
from tui_nn.session import limits
from tui_nn.session.events import Moved, Noted
from tui_nn.session.storage import event_log
from tui_nn.session.storage import tail as tail_module
from tui_nn.session.storage.tail import Tail


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return lesson_file(tmp_path)


@pytest.fixture
def tail(path: Path) -> Tail:
    return up_to_date(path)


def test_a_torn_event_that_is_replaced_by_another_is_not_seen(path: Path, tail: Tail) -> None:
    append(path, THIRD[:-5])
    assert tail.look() is None
    path.write_text(HEAD + TWO + event_log.log_text([event_log.LogEntry(3, 4.0, Noted("another"))]), encoding="utf-8")
    assert happened(look(tail))[2:] == [Noted("another")]


def test_a_lesson_that_begins_again_is_seen_from_its_beginning(path: Path, tail: Tail) -> None:
    path.write_text(HEAD, encoding="utf-8")
    assert happened(look(tail)) == []
    append(path, event_log.log_text(entries(Moved(7, "J"))))
    assert happened(look(tail)) == [Moved(7, "J")]


@pytest.mark.parametrize(
    "other",
    [
        HEAD.replace("Größen", "Grössen") + TWO,
        HEAD.replace("5.0\n", "6.0\n") + TWO,
        HEAD.replace("iterations = 10000", "iterations = 99999") + TWO,
        HEAD + TWO.replace("iteration = 2", "iteration = 3"),
        HEAD + TWO.replace("iteration = 2", "iteration = 3") + THIRD,
        "# a comment\n" * 100 + HEAD + TWO,
        HEAD,
        "",
    ],
    ids=["longer", "as long", "another length", "another event", "and one more", "comments", "no events", "nothing"],
)
@pytest.mark.parametrize("how", ["in place", "another file"])
def test_a_file_that_was_edited_or_replaced_is_read_anew(path: Path, tail: Tail, other: str, how: str) -> None:
    if how == "in place":
        path.write_text(other, encoding="utf-8")
    else:
        path.with_name("other").write_text(other, encoding="utf-8")
        path.with_name("other").replace(path)
    # Two changes within one tick of the file system's clock are told apart by their size alone.
    os.utime(path, ns=(1, 1))
    news = look(tail)
    assert news.problem == ""
    assert is_as_read(news, path)
    append(path, event_log.log_text([event_log.LogEntry(len(news.lesson.entries) + 1, 9.0, Moved(9, "J"))]))
    news = look(tail)
    assert happened(news)[-1] == Moved(9, "J")
    assert is_as_read(news, path)


def test_the_same_lesson_in_another_file_is_no_news(path: Path, tail: Tail) -> None:
    path.with_name("other").write_bytes(path.read_bytes())
    path.with_name("other").replace(path)
    assert tail.look() is None


def test_a_file_that_is_gone_is_said_to_be_and_followed_when_it_is_back(path: Path, tail: Tail) -> None:
    aside = path.with_name("aside")
    path.rename(aside)
    news = look(tail)
    assert "can't be read at the moment: no such file" in news.problem
    assert happened(news) == [Moved(2, "J"), Noted("δ⁽³⁾ 🎓")]
    aside.rename(path)
    news = look(tail)
    assert (news.problem, len(happened(news))) == ("", 2)
    append(path, THIRD)
    assert len(happened(look(tail))) == 3


def _directory(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.posix
@pytest.mark.parametrize("make", [_directory, _pipe, _device])
def test_what_took_the_place_of_the_file_and_is_none_is_waited_out(path: Path, tail: Tail, make: object) -> None:
    assert callable(make)
    aside = path.with_name("aside")
    path.rename(aside)
    make(path)
    news = look(tail)
    assert news.problem
    assert len(happened(news)) == 2
    if path.is_dir():
        path.rmdir()
    aside.replace(path)
    assert look(tail).problem == ""


@pytest.mark.parametrize(
    "wrong",
    [
        THIRD.replace("seq = 3", "seq = 5") + FOURTH,
        THIRD.replace('kind = "row removed"', "kind = row removed") + FOURTH,
        THIRD.replace("row = 1", "row = 9"),
        "\n[training]\n" + THIRD,
        "\n[[event]]\n" + "a." * 3000 + "b = 1\nseq = 3\n",
        "\n[[event]]\nkind = 'noted'\ntext = '\x00'\nseq = 3\n",
        b"\n[[event]]\nkind = 'noted'\ntext = '\xff'\nseq = 3\n",
    ],
    ids=["number", "TOML", "row", "table", "parts", "zero", "bytes"],
)
def test_what_is_wrong_is_said_and_the_lesson_is_the_one_before(path: Path, tail: Tail, wrong: str | bytes) -> None:
    before = path.read_bytes()
    append(path, wrong)
    news = look(tail)
    assert news.problem
    assert happened(news) == [Moved(2, "J"), Noted("δ⁽³⁾ 🎓")]
    path.write_bytes(before + THIRD.encode())
    news = look(tail)
    assert (news.problem, len(happened(news))) == ("", 3)


def test_a_file_that_was_replaced_by_a_wrong_one_is_followed_when_that_is_mended(path: Path, tail: Tail) -> None:
    other = path.with_name("other")
    other.write_text("title = wrong\n" * 100, encoding="utf-8")
    other.replace(path)
    assert look(tail).problem
    path.write_text('title = "mended"\n' + "# a comment\n" * 200, encoding="utf-8")
    news = look(tail)
    assert (news.problem, news.lesson.document.title, happened(news)) == ("", "mended", [])


def test_a_file_that_grew_too_large_is_said_to_be(path: Path, tail: Tail) -> None:
    with path.open("r+b") as file:
        file.truncate(limits.FILE_BYTES + 1)
    news = look(tail)
    assert "larger than 16 MiB" in news.problem
    assert len(happened(news)) == 2


def test_what_was_changed_in_the_middle_of_a_file_that_grew_is_seen_when_all_of_it_is_compared(
    path: Path, tail: Tail, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened = [Moved(iteration, "J") for iteration in range(1, 3000)]
    whole = HEAD + event_log.log_text(entries(*happened))
    path.write_text(whole, encoding="utf-8")
    look(tail)
    middle = whole.index("iteration = 1500\n")
    path.write_text(whole[:middle] + whole[middle:].replace("1500", "1777", 1), encoding="utf-8")
    append(path, event_log.log_text([event_log.LogEntry(3000, 1e6, Moved(7, "J"))]))
    monkeypatch.setattr(tail_module, "_COMPARE_SECONDS", 0.0)
    news = look(tail)
    assert news.lesson.entries[1499].event == Moved(1777, "J")
    assert is_as_read(news, path)
