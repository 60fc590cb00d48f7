"""What an edit does to a run, to its notes, and how many edits a lesson may have."""
