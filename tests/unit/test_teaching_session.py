"""A lesson that is taught: where it is recorded, what saving makes of it, and whether its edits are in a file."""

from pathlib import Path

import pytest

from tests.unit.autosaved import happened_in
from tests.unit.helpers import entries, plain
from tests.unit.holding import holder
from tui_nn.session.document import Document
from tui_nn.session.events import CellSet, Ended, Moved, Noted, Paused, Played, QuestionAsked, Undone
from tui_nn.session.storage import bundled_lessons, document_toml, library
from tui_nn.session.storage.event_log import log_text
from tui_nn.session.storage.session_file import SessionError, read
from tui_nn.session.teaching_session import TeachingSession

_LECTURE = bundled_lessons.bundled()["lecture"]
_EDIT = CellSet("x", 1, 1, 7.0)


@pytest.fixture(autouse=True)
def _recordings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of the user's with a log."""
    path = tmp_path / "mine.toml"
    path.write_text(document_toml.dump(Document(title="Mine")) + log_text(entries(Moved(2, "J"))), encoding="utf-8")
    return path


def _opened(path: Path) -> TeachingSession:
    session = TeachingSession.opened(path)
    assert session
    return session


def test_a_lesson_of_tui_nn_s_own_is_recorded_in_the_user_s_folder_from_its_first_event_on() -> None:
    session = _opened(_LECTURE)
    assert (session.name, session.path, session.has_new_events) == ("lecture", None, False)
    session.append(Moved(2, "J"))
    session.close()
    assert session.has_new_events
    assert not session.is_in_named_file
    (recording,) = library.unfinished_recordings()
    assert recording.path == session.path
    assert happened_in(recording.path) == [Moved(2, "J")]


def test_a_file_with_a_log_goes_on_and_no_other_program_records_in_it_meanwhile(path: Path) -> None:
    session = _opened(path)
    assert session.state.iteration == 2
    assert session.is_in_named_file
    assert session.own_file == path
    with holder(path) as other:
        assert other.answer == "busy"
    session.append(Moved(3, "J"))
    session.end()
    assert happened_in(path) == [Moved(2, "J"), Moved(3, "J"), Ended()]
    assert library.unfinished_recordings() == []
    with holder(path) as other:
        assert other.answer == "recording"


def test_a_file_in_which_another_program_records_is_not_opened(path: Path) -> None:
    with holder(path):
        assert TeachingSession.opened(path) is None


def test_a_file_that_can_t_be_read_is_free_again_for_other_programs(path: Path) -> None:
    path.write_text("[network\n", encoding="utf-8")
    with pytest.raises(SessionError):
        TeachingSession.opened(path)
    with holder(path) as other:
        assert other.answer == "recording"


def test_a_lesson_that_broke_off_while_it_played_goes_on_paused(path: Path) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(log_text(entries(Moved(2, "J"), Played(5))[1:]))
    session = _opened(path)
    session.close()
    assert session.state.speed is None
    assert happened_in(path)[-1] == Paused()


def test_what_is_edited_counts_as_changed_until_it_is_undone_or_in_a_file_of_the_user_s(tmp_path: Path) -> None:
    session = _opened(_LECTURE)
    for event, is_changed in ((Moved(2, "J"), False), (_EDIT, True), (Undone(), False), (_EDIT, True)):
        session.append(event)
        assert session.is_changed == is_changed, event
    session.close()
    # As it is when the recording is opened again.
    again = _opened(library.recordings()[0].path)
    changed = [again.is_changed]
    again.save_as(tmp_path / "saved.toml")
    changed.append(again.is_changed)
    again.close()
    assert changed == [True, False]


def test_a_saved_lesson_is_recorded_in_the_new_file_and_the_old_one_says_that_it_ended(tmp_path: Path) -> None:
    session, saved = _opened(_LECTURE), tmp_path / "saved.toml"
    session.append(Moved(2, "J"))
    before = session.path
    assert before
    assert session.proposed_path() == Path("lecture.toml")
    session.save_as(saved)
    session.append(Moved(3, "J"))
    assert session.is_recorded_in(saved)
    assert (session.proposed_path(), session.own_file, session.name) == (saved, saved, "saved")
    assert happened_in(saved) == [Moved(2, "J"), Moved(3, "J")]
    assert happened_in(before) == [Moved(2, "J"), Ended()]
    # Saved again to the same file, it stays as it is.
    content = saved.read_bytes()
    session.save_as(saved)
    assert saved.read_bytes() == content
    # It broke off there.
    session.close()
    assert [one.path.resolve() for one in library.unfinished_recordings()] == [saved.resolve()]


@pytest.mark.parametrize(("name", "says"), [("no/such/folder.toml", "can't be written"), ("a\0b", "no name")])
def test_where_a_lesson_can_t_be_saved_it_is_still_recorded_where_it_was(
    name: str, says: str, path: Path, tmp_path: Path
) -> None:
    session = _opened(path)
    with pytest.raises(SessionError, match=says):
        session.save_as(tmp_path / name)
    session.append(Moved(3, "J"))
    session.close()
    assert happened_in(path) == [Moved(2, "J"), Moved(3, "J")]


def test_a_fresh_copy_has_the_edits_and_the_questions_and_no_log(path: Path, tmp_path: Path) -> None:
    session, fresh = _opened(path), tmp_path / "fresh.toml"
    session.append(_EDIT, Noted("Look"), QuestionAsked("cell", "delta3", 2))
    assert session.proposed_fresh_path() == Path("mine-fresh.toml")
    session.save_fresh(fresh)
    session.close()
    lesson = read(fresh)
    assert lesson.entries == ()
    assert lesson.document.dataset.x[0, 0] == 7
    assert [question.matrix for question in lesson.document.questions] == ["delta3"]
    assert plain(lesson.document) == plain(session.fresh_document)


def test_a_table_is_saved_as_a_lesson_beside_it_and_never_over_it(tmp_path: Path) -> None:
    table = tmp_path / "grades.csv"
    table.write_text("slept,score\n3,75\n5,82\n", encoding="utf-8")
    session = _opened(table)
    assert session.proposed_path() == tmp_path / "grades.toml"
    assert session.own_file is None
    session.close()


def test_the_moves_of_a_lesson_that_plays_are_on_the_disk_once_it_is_closed(path: Path) -> None:
    session = _opened(path)
    for iteration in range(3, 40):
        session.append_while_playing(Moved(iteration, "J"))
    session.close()
    assert session.state.iteration == 39
    assert plain(read(path).state) == plain(session.state)


@pytest.mark.posix
def test_others_can_be_let_read_the_file(path: Path) -> None:
    session = _opened(path)
    path.chmod(0o600)
    session.let_others_read()
    session.close()
    assert path.stat().st_mode & 0o777 == 0o644
