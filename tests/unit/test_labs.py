"""The files of a browser of ``tui-nn serve --lab``: how many there may be, and how large all of them together."""

from pathlib import Path

import pytest

from tui_nn.web.serving.labs import MEGABYTE, Labs, UploadError


def test_the_uploads_and_the_recordings_of_a_browser_have_one_bound(tmp_path: Path) -> None:
    labs, key = Labs(tmp_path, megabytes=1), Labs.new_key()
    labs.enter(key)
    assert labs.keep_upload(key, "a.csv", bytes(MEGABYTE // 2)) == "a.csv"
    (labs.folder_of(key) / "lesson.toml").write_bytes(bytes(MEGABYTE // 4))
    with pytest.raises(UploadError, match="would take more than 1 MB"):
        labs.keep_upload(key, "b.csv", bytes(MEGABYTE // 4 + 1))
    assert labs.keep_upload(key, "b.csv", bytes(MEGABYTE // 4)) == "b.csv"
    assert not labs.why_full(key)
    assert labs.why_full(key, further=1)
