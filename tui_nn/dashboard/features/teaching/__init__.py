"""What only a teacher does: edits, notes, files and sharing."""
