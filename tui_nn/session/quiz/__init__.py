"""Questions, the answers to them, and which answers are right."""
