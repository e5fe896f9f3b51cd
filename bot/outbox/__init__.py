"""The one mechanism that speaks later or again: each row is said once."""
