"""What a teacher does: edits, notes, runs, files and sharing."""
