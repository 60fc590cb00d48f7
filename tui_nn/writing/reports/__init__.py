"""Writes the answers of the commands: text for people, JSON and CSV for programs."""
