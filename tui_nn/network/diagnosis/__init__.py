"""Where a student's program first differs from the right one, and which mistake explains its numbers."""
