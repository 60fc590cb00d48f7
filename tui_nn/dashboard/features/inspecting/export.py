"""Writes the lesson to a file: as a document, as a program, or as a picture of the screen."""

from collections.abc import Mapping
from pathlib import Path

from tui_nn.dashboard.dialogs.user_files import NewFile
from tui_nn.dashboard.features.feature import Action, Feature
from tui_nn.handouts.export_formats import EXPORT_FORMATS, ExportFormat, ExportScope
from tui_nn.handouts.output import to_file
from tui_nn.language import _
from tui_nn.session.storage.file_replacement import Consent
from tui_nn.writing.notation.number_format import group_digits


class Export(Feature):
    """Asks what to hand out, and to which file it goes."""

    @property
    def actions(self) -> Mapping[str, Action]:
        return {"hand_out": self._ask_what}

    def _ask_what(self) -> None:
        from tui_nn.dashboard.dialogs.questions import ChoiceDialog

        view = self.view
        if not view or not view.iteration_numbers:
            here = group_digits(self.lesson.shown_iteration)
            self.say(_("Iteration {iteration} is still being computed. Press E again in a moment.", iteration=here))
            return
        asked = bool(view.hidden.matrices)
        iteration = group_digits(view.iteration)
        # A sheet of the iteration would answer its questions.
        offered = [form for form in EXPORT_FORMATS.values() if not asked or form.scope is not ExportScope.ITERATION]
        answers = [(form.key, form.description.format(iteration)) for form in offered]

        def chosen(key: str | None) -> None:
            if key:
                self._write(next(form for form in offered if form.key == key), view.iteration)

        question = _("What is to be handed out?")
        if asked:
            question = _("What is to be handed out? Its numbers are, when its questions are answered.")
        self.app.push_screen(ChoiceDialog(question, answers), chosen)

    def _write(self, form: ExportFormat, iteration: int) -> None:
        if form.scope is ExportScope.SCREEN:
            self._ask_for_file(form, iteration, self.app.svg)
            return
        state, run = self.state, self.lesson.run

        def write() -> None:
            # Imports all the writers, which nothing else needs; computes the costs that are missing.
            from tui_nn.handouts.exports import export

            text = export(state, run, form.name, None if form.scope is ExportScope.RUN else iteration)
            self.app.call_from_thread(self._ask_for_file, form, iteration, text)

        self.app.run_worker(write, thread=True, exclusive=True, group="handing out")

    def _ask_for_file(self, form: ExportFormat, iteration: int, text: str) -> None:
        name = self.view.file_name if self.view else ""
        proposed = Path(f"{name or 'lesson'}-{iteration}{form.suffix}")

        def save(path: Path, consent: Consent) -> None:
            to_file(text, path, consent=consent)

        file = NewFile(_("Write it to this file:"), proposed, lambda: text, save)
        self.files.hand_over(self.app, file, lambda: None)
