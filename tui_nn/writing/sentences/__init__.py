"""What the program says in sentences."""
