"""Handing out what is on the screen: as a document, as a program, or as a picture of it."""

from pathlib import Path

from tui_nn.dashboard.features.files import ask_for_file
from tui_nn.dashboard.features.quiz import AskingApp
from tui_nn.handouts import PICTURE, PROGRAMS
from tui_nn.handouts.output import to_file
from tui_nn.session.storage.file_replacement import Consent
from tui_nn.writing.notation.number_format import grouped

_KINDS = {
    "m": ("md", "Markdown: iteration {} worked out"),
    "t": ("tex", "LaTeX: the same"),
    "h": ("html", "a page for a browser: the same"),
    "c": ("csv", "CSV: the costs, and every matrix of iteration {}"),
    "r": ("r", "a program for R: the whole run"),
    "p": ("python", "a program for Python: the whole run"),
    "s": (PICTURE, "SVG: the screen as it stands"),
}
_SUFFIXES = {"r": ".R", "python": ".py"}


class HandingApp(AskingApp):
    """A lesson of which one can hand something out."""

    def action_hand_out(self) -> None:
        """Asks what is to be handed out, and to which file it goes."""
        from tui_nn.dashboard.dialogs.questions import ChoiceDialog

        view = self.view
        if not view or not view.figures:
            self.notify("This iteration is not computed yet.", timeout=3, markup=False)
            return
        asked = bool(view.hidden.names)
        iteration = grouped(view.iteration)
        # A sheet of the iteration would answer its questions.
        offered = {key: one for key, one in _KINDS.items() if not asked or one[0] in (*PROGRAMS, PICTURE)}
        answers = [(key, says.format(iteration)) for key, (_, says) in offered.items()]

        def chosen(key: str | None) -> None:
            if key:
                self._ask_where_to(_KINDS[key][0], view.iteration)

        question = "What is to be handed out?"
        if asked:
            question += " Its numbers are, when its questions are answered."
        self.push_screen(ChoiceDialog(question, answers), chosen)

    def _ask_where_to(self, kind: str, iteration: int) -> None:
        if kind == PICTURE:
            self._ask_for_file(kind, iteration, self.svg)
            return
        state, run = self.state, self.run_of(self.state.branches.current)

        def write() -> None:
            # All the writers, which nothing else needs. What costs are not there yet are computed as well.
            from tui_nn.handouts.exports import export

            text = export(state, run, kind, None if kind in PROGRAMS else iteration)
            self.call_from_thread(self._ask_for_file, kind, iteration, text)

        self.run_worker(write, thread=True, exclusive=True, group="handing out")

    def _ask_for_file(self, kind: str, iteration: int, text: str) -> None:
        proposed = Path(f"{self.file_name or 'lesson'}-{iteration}{_SUFFIXES.get(kind, f'.{kind}')}")

        def save(path: Path, consent: Consent) -> None:
            to_file(text, path, consent=consent)

        ask_for_file(self, "Write it to this file:", proposed, save, None, lambda: None)
