"""Lets a class follow the lesson that is taught here."""

from collections.abc import Mapping
from pathlib import Path

from tui_nn.dashboard.features.class_painter import ClassPainter
from tui_nn.dashboard.features.controller import LessonController
from tui_nn.dashboard.features.feature import Action, Feature
from tui_nn.dashboard.features.teaching.cost_recording import CostRecording
from tui_nn.language import _
from tui_nn.session.storage.file_replacement import Consent
from tui_nn.session.storage.session_file import SessionError


class Sharing(Feature):
    """Lets others read the file that the lesson is recorded in, and says what to tell them."""

    def __init__(self, lesson: LessonController, recording: CostRecording, painter: ClassPainter) -> None:
        super().__init__(lesson)
        self._recording = recording
        self._painter = painter

    @property
    def actions(self) -> Mapping[str, Action]:
        return {"share": self._share}

    def _share(self) -> None:
        """Asks for another place first if the recording is in the user's own folder, where nobody else can look."""
        from tui_nn.dashboard.dialogs.user_files import NewFile
        from tui_nn.session.storage.sharing import make_folder_for, proposed_path

        if not self.screen.may_leave():
            return
        session = self._recording.session

        def save(path: Path, consent: Consent) -> None:
            make_folder_for(path)
            session.save_as(path, consent)

        session.settle()
        if session.recording_failure:
            says = _("Nothing can be followed that is not recorded: {reason}.", reason=session.recording_failure)
            self.app.notify(says, severity="error", markup=False)
        elif session.is_in_named_file:
            self._invite()
        else:
            question = _("Share the lesson from this file, where it is recorded from now on:")
            file = NewFile(question, proposed_path(session.name), lambda: session.text, save)
            self.files.hand_over(self.app, file, self._invite)

    def _invite(self) -> None:
        from tui_nn.dashboard.dialogs.questions import MessageDialog
        from tui_nn.session.storage.sharing import invitation

        session = self._recording.session
        self.lesson.show()
        try:
            session.let_others_read()
        except SessionError as error:
            self.app.notify(str(error), severity="error", markup=False)
        else:
            if session.path:
                self._painter.start(session.path)
            self.app.push_screen(MessageDialog(invitation(session.path or session.proposed_path())))
