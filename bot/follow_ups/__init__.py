"""Follow-ups: what to remind of, and when."""
