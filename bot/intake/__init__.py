"""Finds the inquiry in whatever Slack delivered, and writes it down."""
