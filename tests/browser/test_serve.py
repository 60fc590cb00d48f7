"""tui-nn serve, in a real browser: a lesson of one's own, and one that is followed."""

import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.bad_requests import Sender
from tests.browser.serving import Server, Shown, chromium, serving
from tests.emulator import Emulator
from tests.programs import needs
from tests.terminal.program import DASHBOARD, is_opened, running
from tui_nn.session.storage import bundled_lessons
from tui_nn.session.storage.session_file import read

pytestmark = needs("chromium", called="Chromium")

_LECTURE = bundled_lessons.bundled()["lecture"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("lab"), "lecture", "--lab", "--most", "2", "--upload", "1") as server:
        yield server


@pytest.fixture
def first(browser: Browser, lab: Server) -> Iterator[Shown]:
    shown = Shown(browser, lab.url)
    shown.stands_at("Z⁽²⁾")
    yield shown
    shown.close()
    lab.until_programs(0)


def test_keys_the_mouse_a_new_size_a_paste_a_download_and_a_replay(first: Shown) -> None:
    page = first.page
    assert page.title() == "Backpropagation, number by number – tui-nn"
    (cookie,) = first.context.cookies()
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Strict"
    first.press("ArrowRight")
    first.stands_at("A⁽²⁾")
    # The mouse: a click on a step of the strip in the second line.
    box = page.locator(".xterm-screen").bounding_box()
    assert box
    columns = max(map(len, first.screen.lines))
    x = first.screen.lines[1].index("J") + 0.5
    width, height = box["width"] / len(first.screen.cells[0]), box["height"] / len(first.screen.lines)
    page.mouse.click(box["x"] + x * width, box["y"] + 1.5 * height)
    first.stands_at("J")
    page.set_viewport_size({"width": 800, "height": 700})
    first.until(lambda screen: 60 < max(map(len, screen.lines)) < columns and "▶ J " in screen.lines[1])
    numbers = "W1:\n 0.2 0.3 0.4\n 0.5 0.6 0.7\n"
    page.evaluate("text => navigator.clipboard.writeText(text)", numbers)
    first.press("j")
    first.shows("or name an upload of yours:")
    first.press("Control+v")
    first.shows("0.5 0.6 0.7", "3 lines pasted")
    # A path of the server is none of the user's files.
    first.press("Shift+Tab")
    page.keyboard.type("/etc/hostname")
    first.press("Enter")
    first.shows("hostname can't be read: it is none of your files.")
    first.press("Escape")
    first.until(lambda screen: "an upload of yours" not in screen.text)
    first.press("E")
    first.shows("What is to be handed out?")
    with page.expect_download() as exported:
        first.press("m")
    assert exported.value.suggested_filename == "lecture-1.md"
    assert "2.1" in exported.value.path().read_text(encoding="utf-8")
    with page.expect_download() as saved:
        first.press("s")
    assert saved.value.suggested_filename == "lecture.toml"
    assert [entry.event.kind for entry in read(saved.value.path()).entries][-1] != "ended"
    # The replay is another app of the same program, and so is the lesson after it.
    first.press("R")
    first.shows("Replay")
    first.press("q")
    first.until(lambda screen: "Replay" not in screen.text and "▶ J " in screen.lines[1])


def test_two_labs_see_nothing_of_each_other_and_a_third_finds_no_place(
    first: Shown, browser: Browser, lab: Server, tmp_path: Path
) -> None:
    table = tmp_path / "my flowers.csv"
    table.write_text("petal,sepal,kind\n1,2,3\n2,3,4\n3,5,6\n", encoding="utf-8")
    first.page.set_input_files("#file", table)
    first.shows("my flowers", "y is kind, the last column.")
    large = tmp_path / "large.csv"
    large.write_bytes(b"1\n" * 600_000)
    first.page.set_input_files("#file", large)
    first.page.locator("#said", has_text="large.csv is too large: 1 MB is the most.").wait_for()
    program = tmp_path / "run.sh"
    program.write_text("", encoding="utf-8")
    first.page.set_input_files("#file", program)
    first.page.locator("#said", has_text="the file's name must end in one of .toml, .csv").wait_for()

    second = Shown(browser, lab.url)
    second.stands_at("Z⁽²⁾")
    assert "my flowers" not in second.screen.text
    second.press("o")
    second.shows("Open a lesson")
    assert "my flowers" not in second.screen.text
    (others,) = lab.labs.glob("*/uploads/my flowers.csv")
    for name in ("my flowers.csv", str(others), f"../../{others.parts[-3]}/uploads/my flowers.csv"):
        second.page.keyboard.type(name)
        second.press("Enter")
        second.shows("no lesson and no file of yours")
        second.press("Control+u")
    third = Shown(browser, lab.url)
    third.says("This server takes 2 browsers at once, and so many are here already.")
    second.close()
    # The place is free now: the page comes by itself.
    third.stands_at("Z⁽²⁾")
    third.close()


def _is_at_its_place(screen: Emulator) -> bool:
    """Whether the lesson stands at δ of iteration 37, and the numbers have been computed."""
    return "iteration 37 " in screen.lines[0] and "▶ δ⁽³⁾ " in screen.lines[1] and "−0.01051" in screen.text


def test_a_reload_a_link_and_a_server_that_was_gone_find_the_lesson_at_its_place(
    first: Shown, browser: Browser, lab: Server
) -> None:
    page = first.page
    first.press("g")
    first.shows("Go to")
    page.keyboard.type("37 delta3")
    first.press("Enter")
    first.stands_at("δ⁽³⁾")
    first.reload()
    first.until(_is_at_its_place)
    # A download has the lesson's name, not that of its recording.
    first.press("E")
    first.shows("What is to be handed out?")
    with page.expect_download() as exported:
        first.press("m")
    assert exported.value.suggested_filename == "lecture-37.md"
    page.click("#link-button")
    link = page.input_value("#address")
    assert re.fullmatch(rf"{lab.url}#[A-Za-z0-9_-]{{32}}", link)
    page.click("#copy")
    assert page.evaluate("navigator.clipboard.readText()") == link
    # Killed, the server tells nobody; its programs notice, and the page waits for the next one.
    lab.process.send_signal(signal.SIGKILL)
    lab.process.wait()
    first.says("The connection is gone. Your lesson is recorded.")
    lab.until_programs(0)
    lab.start()
    first.comes_back()
    first.until(_is_at_its_place)
    # A stop is told.
    assert lab.stop() == 0
    first.says("The server has stopped.")
    lab.start()
    first.comes_back()
    first.until(_is_at_its_place)
    elsewhere = Shown(browser, link)
    elsewhere.until(lambda screen: "iteration 37 " in screen.text)
    first.says("This lesson is open in another window now.")
    elsewhere.close()
    lost = Shown(browser, link[:-1])
    lost.says("There is no lesson at this link.")
    lost.close()
    page.get_by_role("button", name="Open it again").click()
    first.comes_back()
    first.stands_at("δ⁽³⁾")
    first.press("q")
    first.says("You have left the lesson. It is recorded.")


def test_a_follower_sees_what_is_taught_in_a_terminal_and_can_change_nothing(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "taught.toml"
    with serving(tmp_path, str(path), "--follow") as server:
        shown = Shown(browser, server.url)
        shown.says("There is no lesson yet.")
        state_folder = str(tmp_path / "state")
        with running((*DASHBOARD, "lecture"), cwd=str(tmp_path), XDG_STATE_HOME=state_folder) as teacher:
            teacher.until(is_opened)
            teacher.press("right", "s")
            teacher.shows("Save the lesson")
            teacher.press("\x15", str(path), "enter")
            shown.stands_at("A⁽²⁾")
            shown.shows("you see what the teacher sees")
            teacher.press("right")
            shown.stands_at("Z⁽³⁾")
            before = path.read_bytes()
            shown.press("s")
            shown.shows("Only the teacher can do this;")
            shown.press("j")
            shown.shows("Paste what a program printed:")
            shown.page.keyboard.type(str(_LECTURE))
            shown.press("Enter")
            shown.shows("it is none of your files")
            shown.press("Escape")
            shown.press("ArrowRight")
            shown.shows("Looking around", "the teacher is at iteration 1, Z⁽³⁾")
            assert path.read_bytes() == before
            shown.press("Escape")
            shown.shows("you see what the teacher sees")
            teacher.press("q")
            shown.shows("the teacher has ended the lesson")
        assert str(tmp_path) not in shown.screen.text
        shown.close()
        server.until_programs(0)
    assert {one.name for one in tmp_path.iterdir()} <= {"taught.toml", "log", "state"}


def test_bad_requests_get_nothing_and_leave_nothing(tmp_path: Path) -> None:
    with serving(tmp_path, "lecture", "--lab", "--upload", "1") as server:
        sender = Sender(server, seed=7)
        sender.send(200)
        sender.end()


def test_a_browser_whose_files_take_too_much_of_the_disk_is_told_so(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path, "lecture", "--lab", "--disk", "1") as server:
        shown = Shown(browser, server.url)
        shown.stands_at("Z⁽²⁾")
        (of_lab,) = server.labs.iterdir()
        full = of_lab / "tui-nn" / "lessons" / "full"
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_bytes(bytes(1_000_001))
        shown.reload()
        shown.says("Your recorded lessons take more than 1 MB, the most that this server keeps for you.")
        assert f"the recordings in {of_lab} take over 1 MB" in server.log
        full.unlink()
        shown.reload()
        shown.stands_at("Z⁽²⁾")
        # A file too much is refused in a sentence that can be read to its end, and the lesson goes on below it.
        table = tmp_path / "table.csv"
        table.write_bytes(b"1,2\n" * 125_001)
        lines = len(shown.screen.lines)
        shown.page.set_input_files("#file", table)
        said = shown.page.locator("#said", has_text="would take more than 0.5 MB")
        said.wait_for()
        assert said.evaluate("said => said.scrollWidth <= said.clientWidth && said.scrollHeight <= said.clientHeight")
        shown.until(lambda screen: len(screen.lines) < lines)
        shown.press("ArrowRight")
        shown.stands_at("A⁽²⁾")
        shown.close()


def test_a_lesson_in_which_nothing_happens_is_closed(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path, "lecture", "--lab", "--idle", "0.05") as server:
        shown = Shown(browser, server.url)
        shown.says("Nothing has happened here for 0.05 minutes, so the server has closed this lesson.")
        server.until_programs(0)
        shown.close()
