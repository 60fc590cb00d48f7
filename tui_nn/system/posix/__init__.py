"""Linux, macOS and other Unixes."""
