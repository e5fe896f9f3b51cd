"""Reminders as they come: the words, the card, and the card of the inquiry they hang on."""
