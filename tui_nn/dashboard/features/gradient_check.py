"""The gradient check, and mistakes that are planted in a program to be found by it."""

import random

from textual import on

from tui_nn.dashboard.features.help import MenuApp
from tui_nn.dashboard.panes.check import CheckPane
from tui_nn.network import Mistake, SlopeVerdict, mistaken, on_offer
from tui_nn.session.events import MistakeGuessed, MistakePlanted
from tui_nn.writing.sentences.mistake_sentences import mistake_name, shows, why_not

_BY_CHANCE, _NONE = "s", "0"
_CAUGHT = 1e-2


class FindingApp(MenuApp):
    """A lesson whose gradient can be checked, beside that of a program with a mistake in it."""

    def action_check(self) -> None:
        """Goes to the gradient check."""
        self.lesson_screen.go_to_pane("check")

    def action_plant(self) -> None:
        """Asks which mistake to plant."""
        from tui_nn.dashboard.dialogs.questions import ChoiceDialog

        offered = self._offered()
        answers = [(_BY_CHANCE, "surprise me: one of these, by chance")]
        answers += self._answers(offered)
        if self.state.planted:
            answers.append((_NONE, "take the one out that is planted"))
        question = "Which mistake is to be planted in a program that the gradient check is to catch?"
        missing = [f"{self._called(one)} ({why_not(one)})" for one in Mistake if one not in offered]
        if missing:
            question += f"\nNot in this network: {', '.join(missing)}."
        self.push_screen(ChoiceDialog(question, answers), self._plant)

    def _plant(self, key: str | None) -> None:
        if key is None:
            return
        offered = self._offered()
        if key == _NONE:
            self.dispatch(MistakePlanted(""))
            return
        # Whoever is surprised is to find something.
        seen = [one for one in offered if self._shows(one)] or list(offered)
        mistake = random.choice(seen) if key == _BY_CHANCE else list(Mistake)[int(key) - 1]  # noqa: S311 - no secret
        self.dispatch(MistakePlanted(str(mistake)))
        self.lesson_screen.go_to_pane("check")

    def _shows(self, mistake: Mistake) -> bool:
        """Whether the gradient check at the iteration shown finds that the mistake's slopes differ."""
        view, document = self.view, self.state.document
        if not view or not view.check or not view.figures:
            return True
        program = view.check.program(mistaken(document.network, document.dataset.rows, mistake))
        names = [f"dJd{name}" for name in document.network.shapes]
        if program and (judged := view.check.judged(program)):
            return judged.verdict is SlopeVerdict.DIFFER
        # Where it takes its time, nobody waits for it here.
        return program is None or shows(program, view.figures.computed.matrices, names, _CAUGHT)

    @on(CheckPane.GuessAsked)
    def ask_for_guess(self) -> None:
        """Asks which mistake it is."""
        from tui_nn.dashboard.dialogs.questions import ChoiceDialog

        state = self.state
        if not state.planted or state.is_found:
            what = "It is found already" if state.planted else "No mistake is planted"
            self.notify(f"{what}: M plants one.", timeout=3, markup=False)
            return
        self.push_screen(ChoiceDialog("Which mistake has the program?", self._answers(tuple(Mistake))), self._guess)

    def _guess(self, key: str | None) -> None:
        if key is None or not self.state.planted:
            return
        mistake = list(Mistake)[int(key) - 1]
        self.dispatch(MistakeGuessed(str(mistake)))
        if self.state.is_found:
            self.notify(f"Right: it is {self._called(mistake)}.", timeout=3, markup=False)
        else:
            self.notify(f"No, it is not {self._called(mistake)}.", timeout=3, markup=False)

    def _offered(self) -> tuple[Mistake, ...]:
        document = self.state.document
        return on_offer(document.network, document.dataset.rows)

    def _answers(self, mistakes: tuple[Mistake, ...]) -> list[tuple[str, str]]:
        """Each with its number, which is the same wherever it is asked for."""
        return [(str(number), self._called(one)) for number, one in enumerate(Mistake, start=1) if one in mistakes]

    def _called(self, mistake: Mistake) -> str:
        return mistake_name(mistake, self.notation)
