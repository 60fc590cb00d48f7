"""The charts, one file each, drawn by plotext."""
