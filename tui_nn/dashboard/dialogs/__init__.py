"""Dialogs over the screen that ask for a text, a choice or a lesson."""
