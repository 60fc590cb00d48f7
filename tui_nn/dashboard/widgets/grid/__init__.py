"""A table whose cells the user edits: its shape, its keys, and the text being typed."""
