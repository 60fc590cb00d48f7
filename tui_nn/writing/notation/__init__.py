"""Writes names, signs and numbers."""
