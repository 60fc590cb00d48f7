"""Takes the data from a CSV file, and writes them to one."""

from collections.abc import Mapping
from pathlib import Path

from tui_nn.dashboard.features.feature import Action, Feature
from tui_nn.dashboard.panes.data import DataPane
from tui_nn.session.events import DataReplaced
from tui_nn.session.reducer import apply_event
from tui_nn.session.storage.session_file import TABLE_SUFFIX


class DataFiles(Feature):
    """Asks for a CSV file, wherever the user is; the pane of the data then has the keys."""

    @property
    def actions(self) -> Mapping[str, Action]:
        return {"read_csv": self._ask_what_to_read, "write_csv": self._ask_where_to_write}

    def _ask_what_to_read(self) -> None:
        from tui_nn.dashboard.dialogs.file_questions import ask_for_data

        def check(data: DataReplaced) -> None:
            apply_event(self.state, data)

        if pane := self._pane_with_keys():
            ask_for_data(self.app, self.state.document.dataset, check, pane.take)

    def _ask_where_to_write(self) -> None:
        from tui_nn.dashboard.dialogs.file_questions import ask_where_to_write_data

        if self._pane_with_keys():
            name = self.view.file_name if self.view else ""
            proposed = Path(f"{name or 'data'}{TABLE_SUFFIX}")
            ask_where_to_write_data(self.app, proposed, self.state.document.dataset)

    def _pane_with_keys(self) -> DataPane | None:
        """Gives the keys to the pane of the data; None if a value that is being typed elsewhere is refused."""
        if not self.screen.may_leave():
            return None
        pane = self.screen.query_one(DataPane)
        if self.screen.focused is not pane:
            self.screen.go_to_pane(pane.info.name)
        return pane
