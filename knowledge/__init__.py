"""Knows buyers and knows nothing of Slack: text in, verdict with its evidence out."""
