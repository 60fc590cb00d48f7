"""Watches a lesson of another person: live, or as a replay."""
