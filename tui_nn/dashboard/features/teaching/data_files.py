"""Takes the data from a CSV file, writes them to one, and keeps rows back for a test."""

from collections.abc import Mapping
from pathlib import Path

from tui_nn.dashboard.features.controller import LessonController
from tui_nn.dashboard.features.feature import Action, Feature
from tui_nn.dashboard.features.teaching.editing import Editing
from tui_nn.dashboard.panes.data import DataPane
from tui_nn.language import _, ngettext
from tui_nn.session.events import DataReplaced, HyperparameterSet
from tui_nn.session.reducer import apply_event
from tui_nn.session.splitting import parse_split
from tui_nn.session.storage.session_file import TABLE_SUFFIX


class DataFiles(Feature):
    """Asks for a CSV file or for test rows, wherever the user is; the pane of the data then has the keys."""

    def __init__(self, lesson: LessonController, editing: Editing) -> None:
        super().__init__(lesson)
        self._editing = editing

    @property
    def actions(self) -> Mapping[str, Action]:
        return {"read_csv": self._ask_what_to_read, "write_csv": self._ask_where_to_write, "split": self._ask_for_split}

    def _ask_what_to_read(self) -> None:
        from tui_nn.dashboard.dialogs.file_questions import ask_for_data

        def check(data: DataReplaced) -> None:
            apply_event(self.state, data)

        if pane := self._pane_with_keys():
            ask_for_data(self.app, self.files, self.state.document.dataset, check, pane.take)

    def _ask_where_to_write(self) -> None:
        from tui_nn.dashboard.dialogs.file_questions import write_data

        if self._pane_with_keys():
            name = self.view.file_name if self.view else ""
            proposed = Path(f"{name or 'data'}{TABLE_SUFFIX}")
            write_data(self.app, self.files, proposed, self.state.document.dataset)

    def _ask_for_split(self) -> None:
        """Asks which share of the rows to keep back; what was kept back before is drawn anew."""
        from tui_nn.dashboard.dialogs.ask import ask

        rows = self.state.document.dataset.rows

        def keep(test_rows: tuple[int, ...]) -> None:
            self._editing.edit(HyperparameterSet("test_rows", test_rows))
            says = ngettext(
                "{kept} of {rows} row kept back for a test; u takes it back.",
                "{kept} of {rows} rows kept back for a test; u takes it back.",
                rows,
                kept=len(test_rows),
                rows=rows,
            )
            self.say(says)

        if self._pane_with_keys():
            question = _("Which share of the rows to keep back for a test, and the seed that draws them (0: none):")
            ask(self.app, question, lambda text: parse_split(text, rows), keep, value="0.25 1")

    def _pane_with_keys(self) -> DataPane | None:
        """Gives the keys to the pane of the data; None if a value that is being typed elsewhere is refused."""
        if not self.screen.may_leave():
            return None
        pane = self.screen.query_one(DataPane)
        if self.screen.focused is not pane:
            self.screen.go_to_pane(pane.info.name)
        return pane
