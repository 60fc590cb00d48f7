"""What the server of a browser tells the dashboard: a file has come."""

from textual.message import Message


class FileUploaded(Message):
    """The user has uploaded a file through the page; ``name`` is its name among their files."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
