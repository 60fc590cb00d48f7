"""A terminal that does not mark a paste as one sends it as keys: none of them is a command, and typing stays typing."""

from pathlib import Path

from tests.terminal.program import DASHBOARD, is_opened, running, step_shown
from tui_nn.session.storage.session_file import read


def test_what_is_pasted_as_keys_is_a_paste_and_what_is_typed_fast_is_not(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('title = "Mine"\n[training]\niterations = 40\n', encoding="utf-8")
    with running((*DASHBOARD, str(path))) as program:
        program.until(is_opened)
        program.press("hours\tscore\r8\t75\r5\t82\r")
        program.shows("its letters ran no commands")
        assert "iteration 1 of 40" in program.screen.lines[0]
        assert step_shown(program.screen) == "Z⁽²⁾"
        program.press("g37\rnn.")
        program.shows("iteration 38 of 40")
        program.stands_at("Z⁽³⁾")
        program.focus("Data")
        # A word is none of the data's commands, and no number.
        program.press("nan")
        program.shows("1 nan")
        program.press("enter")
        program.shows('"nan".')
        program.press("escape")
        program.until(lambda screen: "nan" not in screen.text)
        # More than the terminal's buffer holds, with Linux's line ends and without one at its end.
        rows = [(i % 7 + 1, i % 5 + 1, i % 90 + 1) for i in range(900)]
        program.press("\n".join("\t".join(map(str, row)) for row in rows))
        program.shows("900 rows of 3 numbers pasted")
        program.press("enter", "s")
        program.shows("Save the lesson to this file")
        program.press("enter")
        program.shows("Saved to")
    data = read(path).state.document.dataset
    assert [(*x, *y) for x, y in zip(data.x.tolist(), data.y.tolist(), strict=True)] == rows
