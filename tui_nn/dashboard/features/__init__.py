"""What the user can do in the apps."""
