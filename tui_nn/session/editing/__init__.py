"""Undo and redo of edits and of notes, and how many edits a lesson may have."""
