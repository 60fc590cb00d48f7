"""Lessons on the disk: reading and writing files, autosave, the library, following and sharing."""
