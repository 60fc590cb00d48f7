"""The palette: commands, settings, panes, lessons and themes, found by the words in their names.

A word typed must begin a word of the entry. Letters scattered over a name are no match: a wrong match could edit the
lesson.
"""

import re
from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Label, OptionList
from textual.widgets.option_list import Option

from tui_nn.dashboard.dialogs.over_lesson import ScreenOverLesson
from tui_nn.dashboard.dialogs.palette_entry import Entry
from tui_nn.language import _

_WORD = re.compile(r"\w+")
_LEAST_LETTERS = 3
_MOVES = {"up": "cursor_up", "down": "cursor_down", "pageup": "page_up", "pagedown": "page_down"}


class Palette(ScreenOverLesson[Entry | None]):
    """Asks for an entry by words of its name. Gives the entry, or None for Esc."""

    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back"),
        *(Binding(key, f"go('{to}')", "Choose", show=False) for key, to in _MOVES.items()),
    ]

    def __init__(self, entries: Iterable[Entry], *, unicode: bool) -> None:
        super().__init__()
        self._entries = list(entries)
        self._found = self._entries
        self._text = ""
        arrows = "↑ ↓" if unicode else _("up, down")
        self._hint = _("Type words of its name.   Enter: run it   {arrows}: choose   Esc: back", arrows=arrows)

    def compose(self) -> ComposeResult:
        """The field, the entries found, and the hint."""
        with Vertical(classes="dialog"):
            says = _("Search for commands, settings, panes, lessons, themes")
            field = Input(placeholder=says, select_on_focus=False)
            field.cursor_blink = False
            yield field
            yield OptionList(*map(_option, self._entries))
            yield Label(self._hint, id="hint", markup=False)

    @on(Input.Changed)
    def show_found(self, event: Input.Changed) -> None:
        """Lists the entries that the words typed so far find, or says that they find none."""
        self._show(event.value)

    def _show(self, text: str) -> None:
        self._text, self._found = text, found(self._entries, text)
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options(map(_option, self._found))
        listed.highlighted = 0 if self._found and text.strip() else None
        hint = self.query_one("#hint", Label)
        hint.set_class(not self._found, "-error")
        hint.update(Text(self._hint if self._found else _nothing(text)))

    async def action_go(self, to: str) -> None:
        """Moves the cursor in the list of entries found; ``to`` is the list's own action."""
        await self.app.run_action(to, self.query_one(OptionList))

    @on(Input.Submitted)
    def choose(self, event: Input.Submitted) -> None:
        """Gives the entry at the cursor; does nothing if no entry is found."""
        if event.value != self._text:
            # The list may still show what earlier words found.
            self._show(event.value)
        chosen = self.query_one(OptionList).highlighted
        if chosen is not None and chosen < len(self._found):
            self.dismiss(self._found[chosen])

    @on(OptionList.OptionSelected)
    def clicked(self, event: OptionList.OptionSelected) -> None:
        """Gives the entry that was clicked."""
        self.dismiss(self._found[event.option_index])


def found(entries: Sequence[Entry], text: str) -> list[Entry]:
    """The entries that all words of ``text`` find, the best first; all entries if ``text`` is empty."""
    if not text.strip():
        return list(entries)
    wanted = _words(text)
    if not wanted:
        return []
    ranked = [(rank, place, entry) for place, entry in enumerate(entries) if (rank := _rank(entry, wanted)) is not None]
    return [one[2] for one in sorted(ranked, key=lambda one: one[:2])]


def _rank(entry: Entry, wanted: Sequence[str]) -> tuple[int, bool, int, int] | None:
    """How well the words find an entry, less being better; None if they don't.

    Its name counts most, then its other words, then its help. Entries that edit come last. Whole words come before
    beginnings of words, and words near the beginning of a name before later ones: "iterations" finds the setting of
    that name first.
    """
    title = _words(entry.title)
    inexact = sum(word not in title for word in wanted)
    behind = next((place for place, one in enumerate(title) if one.startswith(wanted[0])), 0)
    sources = [title]
    if not entry.edits:
        sources += [title + _words(entry.words), title + _words(entry.words) + _words(entry.help)]
    for tier, words in enumerate(sources):
        if all(_begins_one(word, words, least=_LEAST_LETTERS if entry.edits else 1) for word in wanted):
            return tier, entry.edits, inexact, behind
    return None


def _begins_one(word: str, words: Sequence[str], least: int) -> bool:
    return word in words or (len(word) >= least and any(one.startswith(word) for one in words))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold().replace("_", " "))


def _option(entry: Entry) -> Option:
    return Option(Text.assemble((entry.title, "bold"), f"\n  {entry.help}" if entry.help else ""))


def _nothing(text: str) -> str:
    return _(
        'Nothing matches "{typed}". Try one word of a command, a setting, a pane, a lesson or a theme.',
        typed=text.strip(),
    )
