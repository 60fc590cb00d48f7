"""The gradient check, and the mistakes that the check is to find in a program."""

import random
from collections.abc import Mapping

from tui_nn.dashboard.features.feature import Action, Feature
from tui_nn.dashboard.panes.check import CheckPane
from tui_nn.language import _
from tui_nn.network import Mistake, SlopeVerdict, mistaken_equations, possible_mistakes
from tui_nn.session.events import MistakeGuessed, MistakePlanted
from tui_nn.writing.sentences.mistake_sentences import is_mistake_visible, mistake_name, why_impossible

_AT_RANDOM, _NONE = "s", "0"
_CLEAR_DIFFERENCE = 1e-2


class GradientChecking(Feature):
    """Goes to the gradient check. Plants a mistake in the program that is checked, and asks which mistake it is."""

    @property
    def actions(self) -> Mapping[str, Action]:
        return {"check": lambda: self.screen.go_to_pane(CheckPane.info.name), "plant": self._ask_which_to_plant}

    def _ask_which_to_plant(self) -> None:
        from tui_nn.dashboard.dialogs.questions import ChoiceDialog

        offered = self._possible()
        answers = [(_AT_RANDOM, _("surprise me: one of these, by chance"))]
        answers += self._answers(offered)
        if self.state.planted_mistake:
            answers.append((_NONE, _("take the one out that is planted")))
        question = _("Which mistake is to be planted in a program that the gradient check is to catch?")
        missing = [f"{self._name(one)} ({why_impossible(one)})" for one in Mistake if one not in offered]
        if missing:
            question += "\n" + _("Not in this network: {mistakes}.", mistakes=", ".join(missing))
        self.app.push_screen(ChoiceDialog(question, answers), self._plant)

    def _plant(self, key: str | None) -> None:
        if key is None:
            return
        if key == _NONE:
            self.lesson.dispatch(MistakePlanted(""))
            return
        offered = self._possible()
        # A mistake chosen by chance should be one that the check can find.
        seen = [one for one in offered if self._is_detected(one)] or list(offered)
        mistake = random.choice(seen) if key == _AT_RANDOM else offered[int(key) - 1]  # noqa: S311 - no secret
        self.screen.go_to_pane(CheckPane.info.name, MistakePlanted(str(mistake)))

    def _is_detected(self, mistake: Mistake) -> bool:
        """Whether the gradient check at the iteration shown finds that the mistake's slopes differ."""
        view, document = self.view, self.state.document
        if not view or not view.check or not view.iteration_numbers:
            return True
        at = view.moment
        formulas = mistaken_equations(document.network, at.rows, mistake, is_new_epoch=at.is_new_epoch)
        program = view.check.mistaken_pass(formulas)
        names = [f"dJd{name}" for name in document.network.shapes]
        if program and (judged := view.check.gradient_verdict(program)):
            return judged.verdict is SlopeVerdict.DIFFER
        # Nobody waits here for a measurement that takes long.
        return program is None or is_mistake_visible(
            program, view.iteration_numbers.computed.matrices, names, _CLEAR_DIFFERENCE
        )

    def ask_for_guess(self) -> None:
        """Asks which mistake it is."""
        from tui_nn.dashboard.dialogs.questions import ChoiceDialog

        state = self.state
        if not state.planted_mistake or state.is_mistake_found:
            if state.planted_mistake:
                self.say(_("It is found already: M plants one."))
            else:
                self.say(_("No mistake is planted: M plants one."))
            return
        answers = self._answers(self._guessable())
        self.app.push_screen(ChoiceDialog(_("Which mistake has the program?"), answers), self._guess)

    def _guess(self, key: str | None) -> None:
        if key is None or not self.state.planted_mistake:
            return
        mistake = self._guessable()[int(key) - 1]
        self.lesson.dispatch(MistakeGuessed(str(mistake)))
        if self.state.is_mistake_found:
            self.say(_("Right: it is {mistake}.", mistake=self._name(mistake)))
        else:
            self.say(_("No, it is not {mistake}.", mistake=self._name(mistake)))

    def _possible(self) -> tuple[Mistake, ...]:
        at = self.state.document.moment(self.state.iteration)
        return possible_mistakes(self.state.document.network, at.rows, is_new_epoch=at.is_new_epoch)

    def _guessable(self) -> tuple[Mistake, ...]:
        """The mistakes that can be planted, and the planted one, even if an edit has made it impossible since."""
        possible = self._possible()
        return tuple(one for one in Mistake if one in possible or one == self.state.planted_mistake)

    def _answers(self, mistakes: tuple[Mistake, ...]) -> list[tuple[str, str]]:
        """Each mistake with the key that chooses it: 1, 2, 3, …"""
        return [(str(number), self._name(one)) for number, one in enumerate(mistakes, start=1)]

    def _name(self, mistake: Mistake) -> str:
        return mistake_name(mistake, self.notation)
