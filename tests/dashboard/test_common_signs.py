"""With common signs, every sign on the screen is one that nearly every font has, and the lecture's names stay."""

import pytest

from tests.dashboard.stage import opened
from tests.dashboard.test_ascii import texts_of_the_program
from tests.unit.command_line import process
from tui_nn.dashboard.terminal.terminal_app import TerminalApp
from tui_nn.writing.notation.sign_set import LOOKALIKES, SignSet
from tui_nn.writing.notation.signs import ASCII, COMMON, UNICODE

# Of Windows Glyph List 4, what a screen of text needs: Latin, Greek, punctuation, arrows, operators, frames, blocks.
_WGL4 = {
    chr(code)
    for low, high in (
        (0x20, 0x7E),
        (0xA0, 0x17F),
        (0x391, 0x3A1),
        (0x3A3, 0x3CE),
        (0x2013, 0x2015),
        (0x2018, 0x201E),
        (0x2190, 0x2195),
    )
    for code in range(low, high + 1)
} | set("˙†•…‰′″‹›∂∆∏∑−∙√∞∩≈≠≡≤≥─│┌┐└┘├┤┬┴┼═║╓╔╖╗╙╚╜╝╠╣╦╩╬▀▄█▌▐░▒▓■□▪▫▬▲►▼◄◊○●◦")
# What only tables are read with, and the sign of what is refused.
_NEVER_SHOWN = set("\x7f\x9f\u2010\u2011\ufe63\uff0d�")


def _common(sign: str) -> str:
    return LOOKALIKES[SignSet.COMMON](sign)


def test_every_sign_that_the_program_writes_has_a_common_one() -> None:
    written = {char for text in texts_of_the_program() for char in text if not char.isascii()} - _NEVER_SHOWN
    written |= {chr(code) for code in range(0x2800, 0x2900)}
    assert {char: _common(char) for char in written if _common(char) not in _WGL4} == {}


def test_a_dot_of_braille_keeps_its_height() -> None:
    assert [_common(dot) for dot in "⠁⠂⠄⡀⠈⠐⠠⢀"] == list("˙··." * 2)
    assert {_common(dots) for dots in "⡇⣿⢸⡈"} == {":"}


def test_names_of_users_stay_as_they_are() -> None:
    assert "".join(map(_common, "Größe 身長 Ωμέγα")) == "Größe 身長 Ωμέγα"


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_every_pane_and_chart_is_there_in_common_signs(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TerminalApp, "notation", COMMON)
    async with opened(size=size) as stage:
        await stage.go_to("37 delta2")
        for pane, words in (("forward", "Z3"), ("backward", "δ2 = δ3 · W2' * f′(Z2)"), ("results", "83.22623")):
            await stage.focus(pane)
            assert set(stage.text) <= _WGL4 | {"\n"}
            assert words.replace(" ", "") in stage.pane(pane).replace(" ", "")
        for key in ("0", *"123456789", "escape", "e", "escape", "y", "G", "?"):
            await stage.press(key)
            await stage.still()
            assert set(stage.text) <= _WGL4 | {"\n"}


async def test_a_key_takes_fewer_signs_and_brings_all_of_them_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TerminalApp, "notation", UNICODE)
    async with opened() as stage:
        await stage.go_to("37 delta3")
        shown = []
        for _ in range(4):
            shown.append("δ⁽³⁾" in stage.text and "╭" in stage.text)
            shown.append("δ3" in stage.text and "┌" in stage.text)
            shown.append(stage.text.isascii() and "delta3" in stage.text)
            await stage.press("f2")
            await stage.still()
        assert shown == [True, False, False, False, True, False, False, False, True, True, False, False]


@pytest.mark.parametrize(("signs", "name"), [("all", "δ⁽³⁾"), ("common", "δ3"), ("ascii", "delta3")])
@pytest.mark.parametrize("is_option", [True, False])
def test_the_commands_print_in_the_signs_that_the_user_chose(signs: str, name: str, is_option: bool) -> None:
    option = ["--signs", signs] if is_option else []
    variables = {"LC_ALL": "C.UTF-8", "TUI_NN_SIGNS": "all" if is_option else signs}
    answer = process("show", "lecture", "--iteration", "1", *option, **variables)
    assert f"\n{name} = " in answer.out
    assert (set(answer.out) <= _WGL4 | {"\n"}) is (signs != "all")


def test_signs_that_do_not_exist_are_refused_in_a_sentence() -> None:
    answer = process("show", "lecture", "--iteration", "1", TUI_NN_SIGNS="few")
    assert answer.code == 2
    assert answer.err == 'tui-nn: TUI_NN_SIGNS must be one of all, common, ascii; it is "few"\n'


def test_each_set_of_signs_has_a_notation() -> None:
    assert [one.signs for one in (UNICODE, COMMON, ASCII)] == list(SignSet)
